package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// oldNames prints the names from before, each as a forward to the one that is right now.
func (e *emitter) oldNames(f *jen.File) {
	for _, a := range e.p.Aliases {
		f.Add(jenx.Comment(a.Old+" is the former name of "+a.Current()+".", "Deprecated: use "+a.Current()+"."))
		switch a.Kind {
		case plan.AliasType:
			f.Type().Id(a.Old).Op("=").Id(a.New)
		case plan.AliasConst:
			f.Const().Id(a.Old).Op("=").Id(a.New)
		case plan.AliasValues:
			f.Func().Id(a.Old).Params().Index().Id(a.Base).Add(onOneLine(jen.Return(jen.Id(a.New).Call())))
		case plan.AliasMethod:
			e.forward(f, a)
		}
		f.Line()
	}
}

// forward prints an old method, of this service or another, that calls the new one.
func (e *emitter) forward(f *jen.File, a *plan.Alias) {
	target := jen.Id("s")
	if a.Target != a.Service {
		target = jen.Parens(jen.Op("&").Id(a.Target.Type).Values(jen.Id("client").Op(":").Id("s").Dot("client")))
	}
	args := append([]jen.Code{ctxParam()}, signature(a.Method)...)
	call := append(append([]jen.Code{jen.Id("ctx")}, arguments(a.Method)...), jen.Id("opts").Op("..."))
	f.Func().Params(jen.Id("s").Op("*").Id(a.Service.Type)).Id(a.Old).Params(append(args, optsParam())...).Add(returns(a.Method)).Block(
		jen.Return(target.Dot(a.New).Call(call...)))
}
