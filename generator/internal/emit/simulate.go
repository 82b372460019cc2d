package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

func (e *emitter) simulated(name string) *jen.Statement {
	return jen.Qual(e.p.Runtime+"/simulate", name)
}

// kept is what the store does for a method; nil when it does nothing.
func (e *emitter) kept(m *plan.Method) *plan.SimulatedAct {
	if e.p.Simulation == nil {
		return nil
	}
	for _, a := range e.p.Simulation.Acts {
		if a.Method == m {
			return a
		}
	}
	return nil
}

// cloud prints the server that keeps what it is told.
func (e *emitter) cloud(f *jen.File) {
	sim := e.p.Simulation
	f.Add(jenx.Comment("NewCloud returns a Server that keeps what it is told, as the service does: what is created can be listed, changed and deleted, " +
		"states change as time goes by, and limits hold. A function that is set goes before it."))
	f.Func().Id("NewCloud").Params().Op("*").Id("Server").Block(
		jen.Return(jen.Op("&").Id("Server").Values(jen.Id("Store").Op(":").Add(e.simulated("New")).Call(jen.Id("tables").Call(), jen.Id("acts").Call()))))
	f.Line()
	f.Comment("// tables describe what is kept.")
	f.Func().Id("tables").Params().Index().Add(e.simulated("Table")).Block(jen.Return(jen.Index().Add(e.simulated("Table")).Add(multi(func(add func(jen.Code)) {
		for _, t := range sim.Tables {
			add(e.table(t))
		}
	}))))
	f.Line()
	f.Comment("// acts describe what operations do to it.")
	f.Func().Id("acts").Params().Map(jen.String()).Add(e.simulated("Act")).Block(jen.Return(jen.Map(jen.String()).Add(e.simulated("Act")).Add(multi(func(add func(jen.Code)) {
		for _, a := range sim.Acts {
			add(jenx.Lit(a.Method.Operation.ID).Op(":").Add(e.act(a)))
		}
	}))))
}

// members collects the members of a literal that are not zero.
type literal struct{ members []jen.Code }

func (l *literal) add(name string, v jen.Code) {
	l.members = append(l.members, jen.Id(name).Op(":").Add(v))
}

func (l *literal) text(name, v string) {
	if v != "" {
		l.add(name, jenx.Lit(v))
	}
}

func (l *literal) number(name string, v int) {
	if v != 0 {
		l.add(name, jen.Lit(v))
	}
}

func (l *literal) flag(name string, v bool) {
	if v {
		l.add(name, jen.True())
	}
}

func (l *literal) texts(name string, list []string) {
	if len(list) > 0 {
		l.add(name, texts(list))
	}
}

func texts(list []string) *jen.Statement { return jen.Index().String().Add(values(list)) }

func values(list []string) *jen.Statement {
	return jen.ValuesFunc(func(g *jen.Group) {
		for _, v := range list {
			g.Add(jenx.Lit(v))
		}
	})
}

func (l *literal) of(t *jen.Statement) *jen.Statement { return t.Values(l.members...) }

func (e *emitter) simulatedFailure(l *literal, name string, f plan.SimulatedFailure) {
	if f.Code == "" {
		return
	}
	var in literal
	in.number("Status", f.Status)
	in.text("Code", f.Code)
	in.text("Message", f.Message)
	l.add(name, in.of(e.simulated("Failure")))
}

func (e *emitter) table(t *plan.SimulatedTable) *jen.Statement {
	var l literal
	l.text("What", t.What)
	l.text("ID", t.ID)
	l.text("Name", t.Name)
	l.number("Parent", t.Parent)
	l.text("ParentID", t.ParentID)
	l.text("Initial", t.Initial)
	e.simulatedFailure(&l, "Missing", t.Missing)
	l.number("Limit", t.Limit)
	e.simulatedFailure(&l, "Full", t.Full)
	if len(t.Flows) > 0 {
		l.add("Flows", jen.Index().Add(e.simulated("Flow")).Add(multi(func(add func(jen.Code)) {
			for _, f := range t.Flows {
				var in literal
				in.when("When", f.When)
				if f.After > 0 {
					in.add("After", duration(f.After))
				}
				in.text("Set", f.Set)
				add(in.of(jen.Null()))
			}
		})))
	}
	if len(t.Children) > 0 {
		l.add("Children", jen.Index().Add(e.simulated("Child")).ValuesFunc(func(g *jen.Group) {
			for _, c := range t.Children {
				var in literal
				in.text("Member", c.Member)
				in.number("Table", c.Table)
				g.Add(in.of(jen.Null()))
			}
		}))
	}
	l.flag("Newest", t.Newest)
	if t.Capacity != nil {
		l.add("Capacity", e.capacity(t.Capacity))
	}
	if t.Scale != nil {
		l.add("Scale", e.scale(t.Scale))
	}
	return l.of(jen.Null())
}

func (e *emitter) act(a *plan.SimulatedAct) *jen.Statement {
	var l literal
	l.add("Kind", e.simulated(a.Kind))
	l.number("Table", a.Table)
	l.text("ID", a.ID)
	l.text("Parent", a.Parent)
	l.texts("At", a.At)
	l.text("Set", a.Set)
	if len(a.Needs) > 0 {
		l.add("Needs", jen.Index().Add(e.simulated("Need")).ValuesFunc(func(g *jen.Group) {
			for _, n := range a.Needs {
				var in literal
				in.number("Of", n.Of)
				in.text("Member", n.Member)
				in.texts("Values", n.Values)
				e.simulatedFailure(&in, "Or", n.Or)
				in.text("Unless", n.Unless)
				g.Add(in.of(jen.Null()))
			}
		}))
	}
	l.text("Each", a.Each)
	l.number("Through", a.Through)
	l.flag("Quiet", a.Quiet)
	l.text("Replaced", a.Replaced)
	e.simulatedFailure(&l, "Below", a.Below)
	e.simulatedFailure(&l, "Above", a.Above)
	e.simulatedFailure(&l, "Taken", a.Taken)
	l.number("Status", a.Method.Answer.Status)
	l.text("Wrap", a.Wrap)
	l.texts("Only", a.Only)
	l.flag("Empty", a.Empty)
	l.flag("Many", a.Many)
	l.texts("All", a.All)
	if p := a.Page; p != nil {
		var in literal
		in.texts("Items", p.Items)
		in.texts("Total", p.Total)
		in.texts("Next", p.Next)
		in.texts("Link", p.Link)
		in.flag("Rel", p.Rel)
		in.text("Cursor", p.Cursor)
		in.flag("Number", p.Number)
		in.text("Limit", p.Limit)
		in.number("Size", p.Size)
		in.number("Most", p.Most)
		in.text("Fuzzy", p.Fuzzy)
		if len(p.Match) > 0 {
			in.add("Match", jen.Map(jen.String()).String().ValuesFunc(func(g *jen.Group) {
				for _, m := range p.Match {
					g.Add(jenx.Lit(m[0])).Op(":").Add(jenx.Lit(m[1]))
				}
			}))
		}
		l.add("Page", in.of(jen.Op("&").Add(e.simulated("Page"))))
	}
	return l.of(jen.Null())
}
