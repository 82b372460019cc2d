package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// examples prints a runnable example per service, against the fake server.
func (e *emitter) examples(f *jen.File) {
	f.Anon(e.p.ImportPath) // where nothing of it is named, go vet would not find what the examples are of
	for _, x := range e.p.Examples {
		e.example(f, x)
	}
}

func (e *emitter) example(f *jen.File, x *plan.Example) {
	m := x.Method
	server := jen.Qual(e.p.ImportPath+"/"+e.p.TestName, "Server")
	f.Func().Id("Example" + x.Service.Type + "_" + m.Name).Params().BlockFunc(func(g *jen.Group) {
		g.Id("server").Op(":=").Op("&").Add(server).Add(multi(func(add func(jen.Code)) {
			add(jen.Id(m.Call).Op(":").Add(e.exampleServe(x)))
		}))
		stop := []jen.Code{jen.Qual("fmt", "Println").Call(jen.Err()), jen.Return()}
		fatal := jen.If(jen.Err().Op("!=").Nil()).Block(stop...)
		g.List(jen.Id("client"), jen.Err()).Op(":=").Id("server").Dot("Client").Call()
		g.Add(fatal.Clone())
		call := jen.Id("client").Dot(x.Service.Field).Dot(m.Name).Call(e.exampleArgs(m)...)
		if m.Result == nil {
			g.If(jen.Err().Op(":=").Add(call), jen.Err().Op("!=").Nil()).Block(stop...)
		} else {
			if len(x.Print) == 0 {
				g.If(jen.List(jen.Id("_"), jen.Err()).Op(":=").Add(call), jen.Err().Op("!=").Nil()).Block(stop...)
			} else {
				g.List(jen.Id("out"), jen.Err()).Op(":=").Add(call)
				g.Add(fatal.Clone())
			}
		}
		show := func(v *jen.Statement) *jen.Statement {
			return jen.Qual("fmt", "Println").CallFunc(func(g *jen.Group) {
				for _, f := range x.Print {
					g.Add(v.Clone()).Dot(f.Name)
				}
			})
		}
		switch {
		case len(x.Print) == 0:
			g.Qual("fmt", "Println").Call(jen.Lit("done"))
		case x.Items != nil:
			g.For(jen.List(jen.Id("_"), jen.Id("item")).Op(":=").Range().Add(member(jen.Id("out"), x.Items))).Block(show(jen.Id("item")))
		default:
			g.Add(show(jen.Id("out")))
		}
		g.Comment("// Output:\n// " + strings.Join(x.Output, "\n// "))
	})
	f.Line()
}

// exampleServe is the function that answers with the document's example.
func (e *emitter) exampleServe(x *plan.Example) *jen.Statement {
	m := x.Method
	return e.fakeFuncNamed(m).BlockFunc(func(g *jen.Group) {
		if m.Result == nil {
			g.Return(jen.Nil())
			return
		}
		if m.Result.Struct == nil {
			g.Return(jen.Op("*").New(valueType(m, e.home, e.homeType)), jen.Nil())
			return
		}
		g.Id("answer").Op(":=").New(e.home(m.Result.Struct.Name))
		if x.Answer == "" {
			g.Return(e.exampleResult(m), jen.Nil())
			return
		}
		g.Err().Op(":=").Id("answer").Dot("UnmarshalJSON").Call(jen.Index().Byte().Call(jenx.Text(x.Answer)))
		g.Return(e.exampleResult(m), jen.Err())
	})
}

func (e *emitter) exampleResult(m *plan.Method) *jen.Statement {
	switch {
	case m.Unwrap == nil:
		return jen.Id("answer")
	case isObject(m.Unwrap):
		return jen.Op("&").Id("answer").Dot(m.Unwrap.Name)
	}
	return jen.Id("answer").Dot(m.Unwrap.Name)
}

// fakeFuncNamed is fakeFunc with its parameters unnamed, as a literal that does not use them.
func (e *emitter) fakeFuncNamed(m *plan.Method) *jen.Statement {
	args := []jen.Code{jen.Qual("context", "Context")}
	for _, a := range m.PathArgs {
		args = append(args, e.homeType(a.Type))
	}
	if m.Params != nil {
		args = append(args, jen.Op("*").Add(e.home(m.Params.Name)))
	}
	if r := m.Request; r != nil && !r.Constant {
		args = append(args, e.bodyType(r))
	}
	return jen.Func().Params(args...).Add(e.fakeReturns(m))
}

func (e *emitter) exampleArgs(m *plan.Method) []jen.Code {
	args := []jen.Code{jen.Qual("context", "Background").Call()}
	for _, a := range m.PathArgs {
		switch {
		case e.isString(a.Type):
			args = append(args, jenx.Lit(e.exampleText(a)))
		case a.Type.Name == "bool":
			args = append(args, jen.True())
		default:
			args = append(args, jen.Lit(1))
		}
	}
	if m.Params != nil {
		args = append(args, jen.Nil())
	}
	return args
}

// exampleText is a value for a path parameter: the first of an enum, or the parameter's name.
func (e *emitter) exampleText(a *plan.PathArg) string {
	for _, en := range e.p.Enums {
		if a.Type.Name == en.Name && len(en.Values) > 0 {
			return en.Values[0].Text
		}
	}
	return a.Name
}
