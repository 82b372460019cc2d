package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// pagerOf says which runtime pager walks a list, and the field and type of its cursor.
type pagerOf struct{ typ, cursor, of string }

var pagers = map[model.PaginationKind]pagerOf{
	model.PageOffset:   {"OffsetPager", "Offset", "int"},
	model.PageNumber:   {"PagePager", "Number", "int"},
	model.PageMarker:   {"MarkerPager", "Marker", "string"},
	model.PageToken:    {"TokenPager", "Token", "string"},
	model.PageNextLink: {typ: "LinkPager"},
}

// all prints the iterator over all pages of a list.
func (e *emitter) all(f *jen.File, s *plan.Service, m *plan.Method) {
	pg := m.Pages
	kind := pagers[pg.Kind]
	elem := jenx.Type(pg.Elem)
	if pg.ElemPointer {
		elem = jen.Op("*").Add(elem)
	}
	f.Add(jenx.Comment(pg.Name + " iterates over the items of all pages of " + m.Name + ", requesting each page when it is reached. " +
		"It stops at the first error, which it yields. The arguments are not changed."))
	args := append([]jen.Code{ctxParam()}, signature(m)...)
	seq := jen.Qual("iter", "Seq2").Index(jen.List(elem, jen.Error()))
	f.Func().Params(jen.Id("s").Op("*").Id(s.Type)).Id(pg.Name).Params(append(args, optsParam())...).Add(seq).Block(
		jen.Return(jen.Func().Params(jen.Id("yield").Func().Params(elem.Clone(), jen.Error()).Bool()).BlockFunc(func(g *jen.Group) {
			if pg.Cursor != nil {
				e.pageRequest(g, m)
			}
			g.Id("pager").Op(":=").Add(e.rt(kind.typ)).ValuesFunc(func(g *jen.Group) { e.pagerFields(g, pg, kind) })
			g.For(jen.Id("pager").Dot("Next").Call()).BlockFunc(func(g *jen.Group) { e.page(g, m, kind) })
			g.If(jen.Err().Op(":=").Id("pager").Dot("Err").Call(), jen.Err().Op("!=").Nil()).Block(
				jen.Id("yield").Call(e.zero(pg), jen.Err()))
		})))
	f.Line()
}

// pageRequest prints the copy of the request in which the cursor moves.
func (e *emitter) pageRequest(g *jen.Group, m *plan.Method) {
	from, typ := "req", ""
	if m.Pages.InBody {
		typ = m.Request.Struct.Name
	} else {
		from, typ = "params", m.Params.Name
	}
	g.Var().Id("p").Id(typ)
	g.If(jen.Id(from).Op("!=").Nil()).Block(jen.Id("p").Op("=").Op("*").Id(from))
}

// pagerFields prints where the caller wants to begin.
func (e *emitter) pagerFields(g *jen.Group, pg *plan.Pages, kind pagerOf) {
	if pg.Cursor == nil {
		return
	}
	first := 0
	if kind.of == "int" {
		first = pg.First
	}
	g.Id(kind.cursor).Op(":").Add(converted(valueOr(jen.Id("p").Dot(pg.Cursor.Name), pg.Cursor, first), pg.Cursor, kind.of))
	if pg.Limit != nil && kind.typ != "TokenPager" {
		g.Id("Limit").Op(":").Add(converted(valueOr(jen.Id("p").Dot(pg.Limit.Name), pg.Limit, 0), pg.Limit, "int"))
	}
	if first != 0 {
		g.Id("First").Op(":").Lit(first)
	}
}

// page prints the request for one page and what is done with its items.
func (e *emitter) page(g *jen.Group, m *plan.Method, kind pagerOf) {
	pg := m.Pages
	if pg.Cursor != nil {
		g.If(jen.Id("pager").Dot("Started").Call()).Block(
			jen.Id("p").Dot(pg.Cursor.Name).Op("=").Add(cursorValue(pg.Cursor, jen.Id("pager").Dot(kind.cursor), kind.of)))
	}
	g.List(jen.Id("page"), jen.Err()).Op(":=").Id("s").Dot(m.Name).Call(e.pageArgs(m)...)
	g.If(jen.Err().Op("!=").Nil()).Block(
		jen.Id("yield").Call(e.zero(pg), jen.Err()),
		jen.Return())
	if m.Answer.Empty > 0 || m.Operation.NullAnswer {
		g.If(jen.Id("page").Op("==").Nil()).Block(jen.Return()) // an answer without a body ends the list
	}
	if guard := guards(jen.Id("page"), pg.Items); guard != nil {
		g.If(guard).Block(jen.Return())
	}
	items := member(jen.Id("page"), pg.Items)
	item := items.Clone().Index(jen.Id("i"))
	if pg.ElemPointer {
		item = jen.Op("&").Add(item)
	}
	g.For(jen.Id("i").Op(":=").Range().Add(items)).Block(
		jen.If(jen.Op("!").Id("yield").Call(item, jen.Nil())).Block(jen.Return()))
	e.pageEnd(g, pg, kind, items)
}

// nextItem is what the item of a list says of the next page.
func (e *emitter) nextItem(n *plan.NextItem) *jen.Statement {
	item := jen.Id("item")
	value := jenx.Lit(n.Value)
	if n.Const != "" {
		value = jen.Id(n.Const)
	}
	result := n.Result[0]
	return e.rt("Pick").Call(member(jen.Id("page"), n.List), jen.Func().Params(item.Clone().Op("*").Add(jenx.Type(n.Elem))).Params(jen.String(), jen.Bool()).Block(
		jen.Return(
			converted(valueOr(item.Clone().Dot(result.Name), result, 0), result, "string"),
			valueOr(item.Clone().Dot(n.Member.Name), n.Member, 0).Op("==").Add(value))))
}

func (e *emitter) zero(pg *plan.Pages) *jen.Statement {
	if pg.ElemPointer || pg.Elem.Kind == plan.Pointer {
		return jen.Nil()
	}
	if e.isString(pg.Elem) {
		return jen.Lit("")
	}
	return jen.Op("*").New(jenx.Type(pg.Elem))
}

// valueOr is the value in a field, or a number (for a string: nothing) when there is none.
func valueOr(v *jen.Statement, f *plan.Field, number int) *jen.Statement {
	switch {
	case !f.Optional:
		return v
	case f.Codec.Kind == "String":
		return v.Dot("Or").Call(jen.Lit(""))
	}
	return v.Dot("Or").Call(jen.Lit(number))
}

// converted is a field's value as the runtime takes it.
func converted(v *jen.Statement, f *plan.Field, to string) *jen.Statement {
	if f.Held().Name == to {
		return v
	}
	return jen.Id(to).Call(v)
}

// cursorValue is a pager's cursor as the field takes it.
func cursorValue(f *plan.Field, v *jen.Statement, from string) *jen.Statement {
	if t := f.Held(); t.Name != from {
		v = jenx.Type(t).Call(v)
	}
	if f.Optional {
		return jen.Id("Some").Call(v)
	}
	return v
}

func (e *emitter) pageArgs(m *plan.Method) []jen.Code {
	args := []jen.Code{jen.Id("ctx")}
	for _, a := range m.PathArgs {
		args = append(args, jen.Id(a.Name))
	}
	arg := func(name string, copied bool) {
		if copied {
			args = append(args, jen.Op("&").Id("p"))
		} else {
			args = append(args, jen.Id(name))
		}
	}
	if m.Params != nil {
		arg("params", m.Pages.Cursor != nil && !m.Pages.InBody)
	}
	if m.Request != nil && !m.Request.Constant {
		arg("req", m.Pages.InBody)
	}
	opts := jen.Id("opts")
	if m.Pages.Cursor == nil {
		opts = jen.Id("pager").Dot("Options").Call(opts)
	}
	return append(args, opts.Op("..."))
}

// member is a path of fields from a value.
func member(v *jen.Statement, path []*plan.Field) *jen.Statement {
	v = v.Clone()
	for _, f := range path {
		v.Dot(f.Name)
	}
	return v
}

// guards is the condition that a pointer on the way to the member is nil; nil when there is none.
func guards(v *jen.Statement, path []*plan.Field) *jen.Statement {
	return pointers(v, path, "==", "||")
}

// present is the opposite of guards.
func present(v *jen.Statement, path []*plan.Field) *jen.Statement {
	return pointers(v, path, "!=", "&&")
}

func pointers(v *jen.Statement, path []*plan.Field, compare, join string) *jen.Statement {
	var cond *jen.Statement
	for i, f := range path[:max(len(path)-1, 0)] {
		if f.Type.Kind != plan.Pointer {
			continue
		}
		c := member(v, path[:i+1]).Op(compare).Nil()
		if cond == nil {
			cond = c
		} else {
			cond = cond.Op(join).Add(c)
		}
	}
	return cond
}

// pageEnd prints how the pager learns where the list goes on.
func (e *emitter) pageEnd(g *jen.Group, pg *plan.Pages, kind pagerOf, items *jen.Statement) {
	n := jen.Len(items.Clone())
	done := func(next jen.Code) { g.Id("pager").Dot("Page").Call(n, next) }
	switch {
	case kind.of == "int" && len(pg.Total) == 0:
		done(jen.Lit(0))
	case kind.of == "int":
		last := pg.Total[len(pg.Total)-1]
		total := converted(valueOr(member(jen.Id("page"), pg.Total), last, 0), last, "int")
		guard := present(jen.Id("page"), pg.Total)
		if guard == nil {
			done(total)
			return
		}
		g.Id("total").Op(":=").Lit(0)
		g.If(guard).Block(jen.Id("total").Op("=").Add(total))
		done(jen.Id("total"))
	case pg.NextItem != nil:
		if guard := guards(jen.Id("page"), pg.NextItem.List); guard != nil {
			g.If(guard).Block(jen.Return())
		}
		done(e.nextItem(pg.NextItem))
	case len(pg.Next) > 0:
		if guard := guards(jen.Id("page"), pg.Next); guard != nil {
			g.If(guard).Block(jen.Return())
		}
		last := pg.Next[len(pg.Next)-1]
		done(converted(valueOr(member(jen.Id("page"), pg.Next), last, 0), last, "string"))
	default:
		g.If(n.Clone().Op("==").Lit(0)).Block(jen.Return())
		f := pg.ItemMarker
		last := valueOr(items.Clone().Index(n.Clone().Op("-").Lit(1)).Dot(f.Name), f, 0)
		if f.Codec.Kind == "String" {
			last = converted(last, f, "string")
		} else {
			last = e.rt("PathText").Call(last)
		}
		g.Id("pager").Dot("Items").Call(n, last)
	}
}
