package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

func (e *emitter) resource(name string) *jen.Statement {
	return jen.Qual(e.p.Runtime+"/resource", name)
}

// layered reports whether any service offers more than its operations.
func (e *emitter) layered() bool {
	for _, s := range e.p.Services {
		if s.Layer != nil && len(s.Layer.Extras) > 0 {
			return true
		}
	}
	return false
}

// extras prints the methods of the resource layer.
func (e *emitter) extras(f *jen.File, s *plan.Service) {
	if s.Layer == nil {
		return
	}
	for _, x := range s.Layer.Extras {
		if x.Wait != nil {
			e.goal(f, s, x.Wait)
		}
		f.Add(jenx.Comment(e.extraDocs(s, x)...))
		args, _ := e.extraArgs(s, x)
		params := pathParams(x.PathArgs)
		if x.Kind != plan.ExtraSession {
			params = append([]jen.Code{ctxParam()}, params...)
		}
		f.Func().Params(jen.Id("s").Op("*").Id(s.Type)).Id(x.Name).Params(append(append(params, args...), optsParam())...).Add(e.extraReturns(s, x)).BlockFunc(func(g *jen.Group) {
			switch x.Kind {
			case plan.ExtraFind:
				e.findBody(g, s, x)
			case plan.ExtraWait:
				e.waitBody(g, s, x)
			case plan.ExtraBatch:
				e.batchBody(g, x)
			case plan.ExtraChange:
				e.changeBody(g, s, x)
			case plan.ExtraMerge:
				e.mergeBody(g, x)
			case plan.ExtraEnsure:
				e.ensureBody(g, s, x)
			case plan.ExtraTree:
				e.treeBody(g, s, x)
			case plan.ExtraSession:
				e.sessionBody(g, x)
			case plan.ExtraSingle:
				e.singleBody(g, s, x)
			case plan.ExtraDrain:
				e.drainBody(g, x)
			case plan.ExtraLink:
				e.linkBody(g, x)
			}
		})
		f.Line()
	}
}

func pathParams(args []*plan.PathArg) []jen.Code {
	var out []jen.Code
	for _, a := range args {
		out = append(out, jen.Id(a.Name).Add(jenx.Type(a.Type)))
	}
	return out
}

func pathNames(args []*plan.PathArg) []jen.Code {
	var out []jen.Code
	for _, a := range args {
		out = append(out, jen.Id(a.Name))
	}
	return out
}

// extraArgs are the arguments of a method of the layer behind those of the path, and their names.
func (e *emitter) extraArgs(s *plan.Service, x *plan.Extra) (params, names []jen.Code) {
	one := func(name string, typ *jen.Statement) {
		params, names = append(params, jen.Id(name).Add(typ)), append(names, jen.Id(name))
	}
	switch x.Kind {
	case plan.ExtraFind:
		one("nameOrID", jen.String())
	case plan.ExtraBatch:
		if x.Method.Params != nil {
			one("params", jen.Op("*").Id(x.Method.Params.Name))
		}
		if x.Only {
			one("items", jenx.Type(x.Items.Type))
		} else {
			one("req", jen.Op("*").Id(x.Method.Request.Struct.Name))
		}
	case plan.ExtraSingle:
		if x.Method.Params != nil {
			one("params", jen.Op("*").Id(x.Method.Params.Name))
		}
		one("item", jen.Op("*").Add(jenx.Type(*x.Method.Request.Type.Elem)))
	case plan.ExtraChange:
		if x.Whole {
			union := jenx.Type(x.Method.Request.Type)
			one("change", jen.Func().Params(jen.Id("have").Add(union)).Params(union.Clone(), jen.Error()))
			break
		}
		one("change", jen.Func().Params(jen.Id("req").Op("*").Id(x.Method.Request.Struct.Name)).Error())
	case plan.ExtraMerge:
		one("entries", jenx.Type(x.Map[len(x.Map)-1].Held()))
	case plan.ExtraEnsure:
		one("req", jen.Op("*").Id(x.Method.Request.Struct.Name))
	case plan.ExtraTree:
		if x.Method.Params != nil {
			one("params", jen.Op("*").Id(x.Method.Params.Name))
		}
	case plan.ExtraLink:
		skip := len(x.Method.PathArgs)
		one("link", jen.String())
		return append(params, signature(x.Method)[skip:]...), append(names, arguments(x.Method)[skip:]...)
	case plan.ExtraSession:
		skip := len(x.Method.PathArgs)
		return signature(x.Method)[skip:], arguments(x.Method)[skip:]
	}
	return params, names
}

// extraReturns is what a method of the layer returns.
func (e *emitter) extraReturns(s *plan.Service, x *plan.Extra) *jen.Statement {
	pair := func(t *jen.Statement) *jen.Statement { return jen.Params(t, jen.Error()) }
	switch x.Kind {
	case plan.ExtraFind:
		return pair(jen.Op("*").Id(found(s.Layer).Name))
	case plan.ExtraWait:
		if x.Wait.Missing {
			return jen.Error()
		}
		return pair(jen.Op("*").Id(s.Layer.Item.Name))
	case plan.ExtraBatch:
		return pair(jen.Op("*").Id("BatchResult").Types(jenx.Type(*x.Items.Type.Elem)))
	case plan.ExtraEnsure:
		return pair(jen.Op("*").Id("Ensured").Types(jen.Id(s.Layer.Item.Name)))
	case plan.ExtraDrain:
		return jen.Error()
	case plan.ExtraTree:
		return pair(jen.Op("*").Id("DeletePlan"))
	case plan.ExtraSingle:
		return pair(jen.Op("*").Add(jenx.Type(*listed(x.Method).Elem)))
	case plan.ExtraSession:
		return jen.Op("*").Id("Session").Types(e.answered(x.Method))
	}
	return returns(x.Method)
}

// sequence is the iterator over the items of a list.
func (e *emitter) sequence(m *plan.Method) *jen.Statement {
	elem := jenx.Type(m.Pages.Elem)
	if m.Pages.ElemPointer {
		elem = jen.Op("*").Add(elem)
	}
	return jen.Qual("iter", "Seq2").Index(jen.List(elem, jen.Error()))
}
