package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// when adds members and the values that they have.
func (l *literal) when(name string, list []*model.MemberValues) {
	if len(list) == 0 {
		return
	}
	l.add(name, jen.Map(jen.String()).Index().String().ValuesFunc(func(g *jen.Group) {
		for _, w := range list {
			g.Add(jenx.Lit(w.Member)).Op(":").Add(values(w.Values))
		}
	}))
}

// capacity prints how many units a resource is made of.
func (e *emitter) capacity(c *plan.SimulatedCapacity) *jen.Statement {
	var l literal
	l.text("Number", c.Number)
	l.text("Least", c.Least)
	l.text("Most", c.Most)
	e.simulatedFailure(&l, "Outside", c.Outside)
	l.text("Cooldown", c.Cooldown)
	l.when("When", c.When)
	l.text("Ready", c.Ready)
	l.text("Pending", c.Pending)
	l.text("Busy", c.Busy)
	l.text("List", c.List)
	l.number("Units", c.Table)
	e.phase(&l, "Comes", c.Units.Comes)
	l.text("There", string(c.Units.There))
	e.phase(&l, "Goes", c.Units.Goes)
	l.when("Keep", c.Units.Keep)
	e.simulatedLog(&l, c.Log)
	return l.of(jen.Op("&").Add(e.simulated("Capacity")))
}

func (e *emitter) phase(l *literal, name string, p model.Phase) {
	if p.For == 0 && len(p.Set) == 0 {
		return
	}
	var in literal
	if p.For > 0 {
		in.add("For", duration(p.For))
	}
	in.text("Set", string(p.Set))
	l.add(name, in.of(e.simulated("Phase")))
}

func (e *emitter) simulatedLog(l *literal, log *plan.SimulatedLog) {
	if log == nil {
		return
	}
	var in literal
	in.number("Table", log.Table)
	in.text("Set", log.Set)
	in.text("Run", log.Run)
	l.add("Log", in.of(jen.Op("&").Add(e.simulated("Log"))))
}

// scale prints how what runs changes a capacity.
func (e *emitter) scale(p *plan.SimulatedScale) *jen.Statement {
	var l literal
	l.text("To", p.To)
	l.text("By", p.By)
	l.text("Percent", p.Percent)
	l.flag("Away", p.Away)
	if o := p.Operation; o != nil {
		var in literal
		in.text("Member", o.Member)
		in.texts("More", o.More)
		in.texts("Less", o.Less)
		in.texts("Exactly", o.Exactly)
		l.add("Operation", in.of(jen.Op("&").Add(e.simulated("Operation"))))
	}
	l.number("Otherwise", p.Otherwise)
	l.text("Cooldown", p.Cooldown)
	e.simulatedFailure(&l, "Cooling", p.Cooling)
	e.simulatedFailure(&l, "Unchanged", p.Unchanged)
	e.simulatedFailure(&l, "Full", p.Full)
	e.simulatedLog(&l, p.Log)
	return l.of(jen.Op("&").Add(e.simulated("Scale")))
}
