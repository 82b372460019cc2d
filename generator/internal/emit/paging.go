package emit

import (
	"slices"
	"strings"

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
	model.PageWhole:    {typ: "LinkPager"}, // that never meets a link
}

// iterators prints the iterators over the pages and the items of a list.
func (e *emitter) iterators(f *jen.File, s *plan.Service, m *plan.Method) {
	pg := m.Pages
	page := pageType(m)
	params := append(append([]jen.Code{ctxParam()}, signature(m)...), optsParam())
	f.Add(jenx.Comment(pg.Pages + " iterates over the pages of " + m.Name + ", requesting each when it is reached. " +
		"It stops at the first error, which it yields. The arguments are not changed."))
	f.Func().Params(jen.Id("s").Op("*").Id(s.Type)).Id(pg.Pages).Params(params...).Add(seq(page)).Block(
		jen.Return(jen.Func().Params(jen.Id("yield").Func().Params(page.Clone(), jen.Error()).Bool()).BlockFunc(func(g *jen.Group) {
			e.pages(g, m, page)
		})))
	f.Line()

	e.items(f, s, m, params, page)
}

// items prints the iterator over the items of a list.
func (e *emitter) items(f *jen.File, s *plan.Service, m *plan.Method, params []jen.Code, page *jen.Statement) {
	pg := m.Pages
	one := jenx.Type(pg.Elem)
	item := member(jen.Id("page"), pg.Items).Index(jen.Id("i"))
	if pg.ElemPointer {
		one, item = jen.Op("*").Add(one), jen.Op("&").Add(item)
	}
	opts := jen.Id("opts")
	if pg.InParts {
		opts = e.rt("InParts").CallFunc(func(g *jen.Group) {
			g.Id("opts")
			for _, f := range pg.Items {
				g.Add(jenx.Lit(f.Wire))
			}
		})
	}
	f.Add(jenx.Comment(pg.Name + " iterates over the items of all pages of " + m.Name + ". It stops at the first error, which it yields."))
	f.Func().Params(jen.Id("s").Op("*").Id(s.Type)).Id(pg.Name).Params(params...).Add(e.sequence(m)).Block(
		jen.Return(e.rt("Items").Call(
			opts,
			jen.Func().Params(jen.Id("opts").Index().Id("CallOption")).Add(seq(page)).Block(
				jen.Return(jen.Id("s").Dot(pg.Pages).Call(append(append([]jen.Code{jen.Id("ctx")}, arguments(m)...), jen.Id("opts").Op("..."))...))),
			jen.Func().Params(jen.Id("page").Add(page.Clone())).Int().BlockFunc(func(g *jen.Group) {
				if guard := guards(jen.Id("page"), pg.Items); guard != nil {
					g.If(guard).Block(jen.Return(jen.Lit(0)))
				}
				g.Return(jen.Len(member(jen.Id("page"), pg.Items)))
			}),
			jen.Func().Params(jen.Id("page").Add(page.Clone()), jen.Id("i").Int()).Add(one).Block(jen.Return(item)))))
	f.Line()
}

// pageType is the type of a page: what the method of the list returns.
func pageType(m *plan.Method) *jen.Statement {
	return valueType(m, func(s string) *jen.Statement { return jen.Id(s) }, jenx.Type)
}

// pages prints how the pages are walked through.
func (e *emitter) pages(g *jen.Group, m *plan.Method, page *jen.Statement) {
	pg := m.Pages
	kind := pagers[pg.Kind]
	if pg.Cursor != nil {
		e.pageRequest(g, m)
	}
	g.Id("pager").Op(":=").Add(e.rt(kind.typ)).ValuesFunc(func(g *jen.Group) { e.pagerFields(g, pg, kind) })
	g.Add(e.rt("Pages")).Call(jen.Id("ctx"), jen.Op("&").Id("pager"), jen.Id("opts"), jen.Id("yield"),
		jen.Func().Params(ctxParam(), jen.Id("opts").Index().Id("CallOption")).Params(page.Clone(), jen.Error()).BlockFunc(func(g *jen.Group) {
			e.page(g, m, kind)
		}))
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

// page prints the request for one page, and how the pager learns of it.
func (e *emitter) page(g *jen.Group, m *plan.Method, kind pagerOf) {
	pg := m.Pages
	if pg.Cursor != nil {
		g.If(jen.Id("pager").Dot("Moved").Call()).Block(
			jen.Id("p").Dot(pg.Cursor.Name).Op("=").Add(cursorValue(pg.Cursor, jen.Id("pager").Dot(kind.cursor), kind.of)))
	}
	g.List(jen.Id("page"), jen.Err()).Op(":=").Id("s").Dot(m.Name).Call(e.pageArgs(m)...)
	if m.Answer.Empty > 0 || m.Operation.NullAnswer { // an answer without a body ends the list
		g.If(jen.Err().Op("==").Nil().Op("&&").Id("page").Op("==").Nil()).Block(jen.Return(jen.Nil(), e.rt("NoPage")))
	}
	result := jen.Return(jen.Id("page"), jen.Err())
	if last := e.lastPage(pg); last != nil {
		g.If(jen.Err().Op("!=").Nil().Op("||").Add(last)).Block(result)
		e.pageEnd(g, pg, kind)
		g.Return(jen.Id("page"), jen.Nil())
		return
	}
	g.If(jen.Err().Op("==").Nil()).BlockFunc(func(g *jen.Group) { e.pageEnd(g, pg, kind) })
	g.Add(result)
}

// lastPage is the condition that a page cannot say where the list goes on, and is the last for that; nil when each can.
func (e *emitter) lastPage(pg *plan.Pages) *jen.Statement {
	page := jen.Id("page")
	where := pg.Next
	if pg.NextItem != nil {
		where = pg.NextItem.List
	}
	var cond *jen.Statement
	or := func(c *jen.Statement) {
		switch {
		case c == nil:
		case cond == nil:
			cond = c
		default:
			cond = cond.Op("||").Add(c)
		}
	}
	or(guards(page, pg.Items))
	if !samePath(pg.Items, where) {
		or(guards(page, where))
	}
	if e.byItem(pg) {
		or(jen.Len(member(page, pg.Items)).Op("==").Lit(0))
	}
	return cond
}

// samePath reports whether two paths lead through the same members, but for the last.
func samePath(a, b []*plan.Field) bool {
	return len(a) == len(b) && (len(a) == 0 || slices.Equal(a[:len(a)-1], b[:len(b)-1]))
}

// byItem reports whether the last item of a page says where the list goes on.
func (e *emitter) byItem(pg *plan.Pages) bool {
	return pg.Cursor != nil && pagers[pg.Kind].of == "string" && len(pg.Next) == 0 && pg.NextHeader == "" && pg.NextItem == nil
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
	if m.Pages.NextHeader != "" || m.Pages.TotalHeader != "" {
		opts = jen.Id("pager").Dot("Capture").Call(opts)
	}
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
func (e *emitter) pageEnd(g *jen.Group, pg *plan.Pages, kind pagerOf) {
	items := member(jen.Id("page"), pg.Items)
	n := jen.Len(items.Clone())
	done := func(next jen.Code) { g.Id("pager").Dot("Page").Call(n, next) }
	switch {
	case kind.of == "int":
		e.pageTotal(g, pg, done)
	case pg.Kind == model.PageWhole:
		done(jen.Lit(""))
	case pg.NextItem != nil:
		done(e.nextItem(pg.NextItem))
	case pg.NextHeader != "" && kind.typ == "LinkPager" && strings.EqualFold(pg.NextHeader, "Link"):
		done(jen.Id("pager").Dot("NextLink").Call())
	case pg.NextHeader != "":
		done(jen.Id("pager").Dot("Header").Call(jenx.Lit(pg.NextHeader)))
	case len(pg.Next) > 0:
		last := pg.Next[len(pg.Next)-1]
		done(converted(valueOr(member(jen.Id("page"), pg.Next), last, 0), last, "string"))
	default:
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

// pageTotal prints what a page says of the number of all items.
func (e *emitter) pageTotal(g *jen.Group, pg *plan.Pages, done func(jen.Code)) {
	switch {
	case pg.TotalHeader != "":
		done(jen.Id("pager").Dot("HeaderNumber").Call(jenx.Lit(pg.TotalHeader)))
		return
	case len(pg.Total) == 0:
		done(jen.Lit(0))
		return
	}
	last := pg.Total[len(pg.Total)-1]
	total := converted(valueOr(member(jen.Id("page"), pg.Total), last, 0), last, "int")
	guard := present(jen.Id("page"), pg.Total)
	if guard == nil || samePath(pg.Items, pg.Total) {
		done(total)
		return
	}
	g.Id("total").Op(":=").Lit(0)
	g.If(guard).Block(jen.Id("total").Op("=").Add(total))
	done(jen.Id("total"))
}
