package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// access prints what the test package needs of the package: methods of one type, so that they take one name.
func (e *emitter) access(f *jen.File) {
	f.Comment("// Wire is how package " + e.p.TestName + " reads what this package writes. It is of no other use.")
	f.Type().Id("Wire").Struct()
	f.Line()
	for _, t := range e.p.Access.Types {
		ref := e.refOf(t, jen.Id("v"))
		f.Func().Params(jen.Id("Wire")).Id(accessName(t)).Params(jen.Id("v").Op("*").Add(jenx.Type(t.Type))).Qual(e.json(), "Ref").Block(jen.Return(ref))
		f.Line()
	}
	for _, d := range e.p.XML {
		f.Func().Params(jen.Id("Wire")).Id(xmlName(d)).Params().Op("*").Add(e.xml("Document")).Block(jen.Return(jen.Op("&").Id(d.Var)))
		f.Line()
	}
	for _, r := range e.p.Access.Checks {
		f.Func().Params(jen.Id("Wire")).Id(upper(r.Check)).Params(e.checker(), jen.Id("v").Add(jenx.Type(r.Type))).Block(jen.Id(r.Check).Call(jen.Id("c"), jen.Id("v")))
		f.Line()
	}
	for _, s := range e.p.Access.Timed {
		f.Func().Params(jen.Id("Wire")).Id("Check"+s.Name).Params(e.checker(), jen.Id("v").Op("*").Id(s.Name)).Block(jen.Id("v").Dot("check").Call(jen.Id("c")))
		f.Line()
	}
	for _, m := range e.p.Access.Judges {
		f.Func().Params(jen.Id("Wire")).Id(upper(m.Judge)).Params(append([]jen.Code{e.checker()}, signature(m)...)...).Block(
			jen.Id(m.Judge).Call(append([]jen.Code{jen.Id("c")}, arguments(m)...)...))
		f.Line()
	}
}

// refOf is the codec's reference to the value a variable points to.
func (e *emitter) refOf(t *plan.CodecType, pointer *jen.Statement) *jen.Statement {
	if t.Struct != nil {
		return pointer.Dot("ref").Call()
	}
	return jen.Id("ref" + accessName(t)).Call(pointer)
}

// accessName is the word of a description.
func accessName(t *plan.CodecType) string { return t.Var[1:] }

// xmlName is the method that gives a document.
func xmlName(d *plan.XMLDocument) string { return "XML" + d.Var[len("xml"):] }

func upper(name string) string { return string(name[0]-'a'+'A') + name[1:] }

// wireRef is what refOf is in the package, as the test package sees it.
func (e *emitter) wireRef(t *plan.CodecType, pointer jen.Code) *jen.Statement {
	return e.home("Wire").Values().Dot(accessName(t)).Call(pointer)
}

// wireCheck is a check of a body that is no struct, or of a call, as the test package sees it.
func (e *emitter) wireCheck(check string, args ...jen.Code) *jen.Statement {
	return jen.Func().Params(e.checker()).Block(e.home("Wire").Values().Dot(upper(check)).Call(append([]jen.Code{jen.Id("c")}, args...)...))
}
