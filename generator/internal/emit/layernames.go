package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/plan"
)

// layerNames prints the names of the runtime that users of the resource layer need.
func (e *emitter) layerNames(f *jen.File) {
	kinds := e.p.LayerKinds()
	f.Comment("// Names of the runtime that the methods of resources need.")
	f.Type().DefsFunc(func(g *jen.Group) {
		for _, a := range plan.LayerNames {
			if a.Func != "" || a.Value || !slices.Contains(kinds, a.Kind) {
				continue
			}
			of := e.resource(a.Name)
			if a.In != "" {
				of = jen.Qual(e.p.Runtime+"/"+a.In, a.Name)
			}
			g.Comment("// " + a.Doc)
			if a.Param == "" {
				g.Id(a.Name).Op("=").Add(of)
			} else {
				g.Id(a.Name).Types(jen.Id(a.Param).Any()).Op("=").Add(of).Types(jen.Id(a.Param))
			}
		}
	})
	f.Line()
	for _, a := range plan.LayerNames {
		switch {
		case !slices.Contains(kinds, a.Kind):
		case a.Value:
			f.Comment("// " + a.Doc)
			f.Const().Id(a.Name).Op("=").Add(e.resource(a.Name))
			f.Line()
		case a.Func != "":
			f.Comment("// " + a.Doc)
			f.Func().Id(a.Name).Params(jen.Id(a.Arg).Id(a.Func)).Id("CallOption").Block(jen.Return(e.resource(a.Name).Call(jen.Id(a.Arg))))
			f.Line()
		}
	}
}
