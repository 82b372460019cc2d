package emit

import (
	"slices"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// goal prints the static description of a wait.
func (e *emitter) goal(f *jen.File, s *plan.Service, w *plan.Goal) {
	f.Var().Id(w.Var).Op("=").Add(e.resource("Goal")).ValuesFunc(func(g *jen.Group) {
		g.Id("What").Op(":").Add(jenx.Lit(s.Layer.What))
		g.Id("Name").Op(":").Add(jenx.Lit(w.Words))
		texts := func(name string, list []string) {
			if len(list) > 0 {
				g.Id(name).Op(":").Index().String().ValuesFunc(func(g *jen.Group) {
					for _, v := range list {
						g.Add(jenx.Lit(v))
					}
				})
			}
		}
		texts("Success", w.Success)
		texts("Failure", w.Failure)
		if w.Every > 0 {
			g.Id("Every").Op(":").Add(duration(w.Every))
		}
		if w.Within > 0 {
			g.Id("Within").Op(":").Add(duration(w.Within))
		}
		if w.Settle > 0 {
			g.Id("Settle").Op(":").Lit(w.Settle)
		}
		if w.Appears {
			g.Id("Appears").Op(":").True()
		}
	})
	f.Line()
}

// duration is a length of time in the largest unit that it is a whole number of.
func duration(d time.Duration) *jen.Statement {
	for _, u := range []struct {
		of   time.Duration
		name string
	}{{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"}, {time.Millisecond, "Millisecond"}} {
		if d%u.of == 0 {
			return jen.Lit(int(d/u.of)).Op("*").Qual("time", u.name)
		}
	}
	return jen.Lit(int(d)).Op("*").Qual("time", "Nanosecond")
}

// waitBody prints how a state is waited for.
func (e *emitter) waitBody(g *jen.Group, s *plan.Service, x *plan.Extra) {
	l, w := s.Layer, x.Wait
	var read *jen.Statement
	if x.Read != nil {
		read = getCall(x.Read, jen.Id("s"), jen.Id("ctx"), pathNames(x.PathArgs), optsSpread())
	} else {
		id := x.PathArgs[len(x.PathArgs)-1]
		list := listCall(l, jen.Id("s"), e.match(l.List.PathArgs, x.PathArgs, nil, func(*plan.PathArg) bool { return false }), jen.Nil(), optsSpread())
		text := jen.Id(id.Name)
		if !e.isString(id.Type) {
			text = e.rt("PathText").Call(text)
		} else if id.Type.Name != "string" {
			text = jen.String().Call(text)
		}
		read = e.resource("Lookup").Call(jenx.Lit(l.What), text, list, e.key(l.Listed, plan.Key{ID: l.ItemKey.ID}))
	}
	get := jen.Func().Params(ctxParam()).Params(jen.Op("*").Id(l.Item.Name), jen.Error()).Block(jen.Return(read))
	var state *jen.Statement = jen.Nil()
	if len(w.Member) > 0 {
		value := member(jen.Id("v"), w.Member)
		state = jen.Func().Params(jen.Id("v").Op("*").Id(l.Item.Name)).Add(e.resource("State")).BlockFunc(func(g *jen.Group) {
			for _, path := range holders(w) {
				if guard := guards(jen.Id("v"), path); guard != nil {
					g.If(guard).Block(jen.Return(e.resource("State").Values()))
				}
			}
			if len(w.Equals) > 0 {
				g.Return(e.resource("Equal").Call(value, member(jen.Id("v"), w.Equals)))
				return
			}
			states := []jen.Code{e.stateText(value, w.Member[len(w.Member)-1])}
			for _, path := range w.Also {
				states = append(states, e.stateText(member(jen.Id("v"), path), path[len(path)-1]))
			}
			g.Return(jen.Id(w.Var).Dot("State").Call(states...))
		})
	}
	name := "Wait"
	if w.Missing {
		name = "WaitGone"
	}
	g.Return(e.resource(name).Call(jen.Id("ctx"), jen.Op("&").Id(w.Var), jen.Id("opts"), get, state))
}

// holders are the members that a wait looks at, without those that stand in the same object as an earlier one.
func holders(w *plan.Goal) [][]*plan.Field {
	out := [][]*plan.Field{w.Member}
	for _, path := range append([][]*plan.Field{w.Equals}, w.Also...) {
		same := func(have []*plan.Field) bool { return slices.Equal(have[:len(have)-1], path[:len(path)-1]) }
		if len(path) > 0 && !slices.ContainsFunc(out, same) {
			out = append(out, path)
		}
	}
	return out
}

// stateText is the value of a state as text.
func (e *emitter) stateText(v *jen.Statement, f *plan.Field) *jen.Statement {
	if f.Codec.Kind == "String" {
		return e.keyText(v, f)
	}
	return e.rt("PathText").Call(v)
}
