package emit

import (
	"slices"

	"regexp"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// unionType prints a sealed interface, the types made for it, and which types it takes.
func (e *emitter) unionType(f *jen.File, u *plan.Union) {
	f.Add(unionDocs(u))
	f.Type().Id(u.Name).Add(oneLine("interface", jen.Id(marker(u)).Params()))
	f.Line()
	for _, v := range u.Variants {
		if v.Of != nil {
			f.Add(variantDocs(u, v))
			f.Type().Id(v.Type.Name).Add(jenx.Type(*v.Of))
			f.Line()
		}
	}
	f.Comment("// " + u.Unknown + " is a value that the document does not know, as it came.")
	f.Type().Id(u.Unknown).Add(oneLine("struct", jen.Id("Raw").Id("Raw")))
	f.Line()
	f.Comment("// MarshalJSON returns the value as it came.")
	f.Func().Params(jen.Id("v").Id(u.Unknown)).Id("MarshalJSON").Params().Params(jen.Index().Byte(), jen.Error()).Block(
		jen.Return(jen.Id("v").Dot("Raw").Dot("MarshalJSON").Call()))
	f.Line()
	for _, v := range u.Variants {
		f.Func().Params(jenx.Type(v.Type)).Id(marker(u)).Params().Block()
	}
	f.Func().Params(jen.Id(u.Unknown)).Id(marker(u)).Params().Block()
	f.Line()
}

// oneLine is a struct or interface with one member.
func oneLine(keyword string, member jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: keyword + "{ ", Close: " }"}, member)
}

// marker is the method that only the variants of a union have.
func marker(u *plan.Union) string { return "is" + u.Name }

// unionDocs says what the union is, and of which types its values are.
func unionDocs(u *plan.Union) *jen.Statement {
	types := make([]string, len(u.Variants))
	for i, v := range u.Variants {
		types[i] = article(v.Type.String()) + " " + v.Type.String()
	}
	list := strings.Join(types, ", ") + " or, for what the document does not know, " + article(u.Unknown) + " " + u.Unknown + "."
	if u.Doc.Summary == "" && u.Doc.Body == "" {
		t := u.Doc
		t.Body = list
		return describe(u.Name+" is "+list, plan.Text{Source: t.Source, URL: t.URL, Deprecated: t.Deprecated})
	}
	return describe(lead(u.Name, u.Doc, false), u.Doc, "It is "+list)
}

// an is the beginning of names that are spoken with a vowel first.
var an = regexp.MustCompile(`^\*?([AEIO]|U[lmpr]|Un[^i])`)

// article goes before the name of a type.
func article(name string) string {
	if an.MatchString(name) {
		return "an"
	}
	return "a"
}

func variantDocs(u *plan.Union, v *plan.Variant) *jen.Statement {
	if v.Doc.Summary == "" && v.Doc.Body == "" {
		return jenx.Comment(v.Type.Name + " is " + article(u.Name) + " " + u.Name + ".")
	}
	return docs(v.Type.Name, v.Doc)
}

// unionEntry describes a union to the codec.
func (e *emitter) unionEntry(u *plan.Union) *jen.Statement {
	union := multi(func(add func(jen.Code)) {
		key := func(name string, v jen.Code) { add(jen.Id(name).Op(":").Add(v)) }
		key("Name", jenx.Lit(u.Name))
		if u.Key != "" {
			key("Key", jenx.Lit(jsonKey(u.Key)))
		}
		if u.Guess {
			key("Guess", jen.True())
		}
		if u.Shared {
			key("Shared", jen.True())
		}
		if u.Open {
			key("Open", jen.True())
		}
		key("Variants", jen.Index().Qual(e.json(), "Variant").Add(multi(func(add func(jen.Code)) {
			for _, v := range u.Variants {
				add(e.variantEntry(v, u.Circle))
			}
		})))
		if !e.p.Codec.Inline {
			key("Put", jen.Id("put"+u.Name))
			key("Get", jen.Id("get"+u.Name))
			if u.Inline {
				key("Value", jen.Id("valueOf"+u.Name))
			}
		}
	})
	return jen.Values(
		jen.Id("Name").Op(":").Add(jenx.Lit(u.Name)), jen.Id("Kind").Op(":").Add(e.kind("Interface")),
		jen.Id("Union").Op(":").Op("&").Qual(e.json(), "Union").Add(union))
}

func (e *emitter) variantEntry(v *plan.Variant, circle int) *jen.Statement {
	return jen.ValuesFunc(func(g *jen.Group) {
		g.Id("Type").Op(":").Add(e.typeAt(v.Codec, circle))
		if len(v.Values) > 0 {
			g.Id("Values").Op(":").Index().String().ValuesFunc(func(g *jen.Group) {
				for _, value := range v.Values {
					g.Add(jenx.Lit(shortest(value)))
				}
			})
		}
		if v.Default {
			g.Id("Default").Op(":").True()
		}
	})
}

// shortest is a JSON scalar as the codec has it: strings without needless escapes.
func shortest(value string) string {
	if text, ok := model.Value(value).Text(); ok {
		return string(json.AppendString(nil, text))
	}
	return value
}

// unionFuncs prints how the codec stores a variant in the interface, and finds it there.
func (e *emitter) unionFuncs(f *jen.File, u *plan.Union) {
	at := func(name string) *jen.Statement {
		return jen.Op("*").Add(pointerTo(jen.Id(u.Name), jen.Id(name)))
	}
	of := func(t *jen.Statement) *jen.Statement { return jen.Op("*").Add(pointerTo(t, jen.Id("v"))) }
	f.Func().Id("put"+u.Name).Params(jen.Id("dst").Add(address()), jen.Id("variant").Int(), jen.Id("v").Add(address())).Block(
		jen.Switch(jen.Id("variant")).BlockFunc(func(g *jen.Group) {
			for i, v := range u.Variants {
				value := of(jenx.Type(v.Type))
				if v.Struct != nil {
					value = jen.Parens(jenx.Type(v.Type)).Call(unsafePointer(jen.Id("v")))
				}
				g.Case(jen.Lit(i)).Block(at("dst").Op("=").Add(value))
			}
			g.Default().Block(at("dst").Op("=").Id(u.Unknown).Values(jen.Id("Raw").Op(":").Add(of(jen.Id("Raw")))))
		}))
	f.Line()
	f.Func().Id("get"+u.Name).Params(jen.Id("src").Add(address())).Params(jen.Int(), address()).Block(
		jen.Switch(jen.Id("v").Op(":=").Parens(at("src")).Assert(jen.Type())).BlockFunc(func(g *jen.Group) {
			for i, v := range u.Variants {
				value := jen.Id("v")
				if v.Struct == nil {
					value = jen.Op("&").Id("v")
				}
				g.Case(jenx.Type(v.Type)).Block(jen.Return(jen.Lit(i), addressOf(value)))
			}
			g.Case(jen.Id(u.Unknown)).Block(jen.Return(jen.Qual(e.json(), "UnknownVariant"), addressOf(jen.Op("&").Id("v").Dot("Raw"))))
		}),
		jen.Return(jen.Qual(e.json(), "NoVariant"), jen.Nil()))
	f.Line()
}

// unionCheck prints the checks of the variant that a value is.
func (e *emitter) unionCheck(f *jen.File, u *plan.Union) {
	if !u.Checked {
		return
	}
	f.Func().Id("check"+u.Name).Params(jen.Id("v").Id(u.Name), jen.Id("c").Op("*").Add(e.rt("Checker"))).BlockFunc(func(g *jen.Group) {
		explained := slices.ContainsFunc(u.Variants, func(v *plan.Variant) bool { return v.Struct != nil && v.Struct.Checked || len(v.Checks) > 0 })
		for _, c := range u.Checks {
			judged := e.judge(c, "", jen.Id("v"))
			if u.Judged && explained { // the checks of the variant say why
				g.If(jen.Id("v").Op("==").Nil().Op("||").Op("!").Add(judged).Dot("Broken").Call()).Block(jen.Return())
			} else {
				g.If(jen.Id("v").Op("!=").Nil()).Block(judged)
			}
		}
		if explained {
			e.variantChecks(g, u)
		}
	})
	f.Line()
}

// variantChecks prints the checks of the variant that v is.
func (e *emitter) variantChecks(g *jen.Group, u *plan.Union) {
	g.Switch(jen.Id("v").Op(":=").Id("v").Assert(jen.Type())).BlockFunc(func(g *jen.Group) {
		for _, v := range u.Variants {
			switch {
			case v.Struct != nil && v.Struct.Checked:
				g.Case(jenx.Type(v.Type)).Block(jen.If(jen.Id("v").Op("!=").Nil()).Block(jen.Id("v").Dot("check").Call(jen.Id("c"))))
			case v.Struct == nil && len(v.Checks) > 0:
				g.Case(jenx.Type(v.Type)).BlockFunc(func(g *jen.Group) {
					t := v.Type
					if v.Of != nil && v.Of.Kind != plan.Basic {
						t = *v.Of
					}
					e.checks(g, v.Checks, "", jen.Id("v"), t, 1)
				})
			}
		}
	})
}
