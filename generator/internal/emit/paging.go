package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// pagerOf says which runtime pager walks a list and how it is told the cursor.
type pagerOf struct{ typ, cursor, next string }

var pagers = map[model.PaginationKind]pagerOf{
	model.PageOffset: {"OffsetPager", "Offset", ""},
	model.PageNumber: {"PagePager", "Number", ""},
	model.PageMarker: {"MarkerPager", "Marker", "next"},
	model.PageToken:  {"TokenPager", "Token", "next"},
}

// all prints the iterator over all pages of a list.
func (e *emitter) all(f *jen.File, s *plan.Service, m *plan.Method) {
	pg := m.Pages
	kind, ok := pagers[pg.Kind]
	if !ok || pg.Cursor == nil {
		e.diags.Warnf(model.Pos{}, "unsupported-pagination", "%s.%s: pagination of kind %s has no iterator", s.Field, m.Name, pg.Kind)
		return
	}
	name := "All"
	if m.Name != "List" {
		name = "All" + trimList(m.Name)
	}
	elem := jenx.Type(pg.Elem)
	if pg.ElemPointer {
		elem = jen.Op("*").Add(elem)
	}
	copied, typ := "params", jen.Null()
	if pg.InBody {
		copied, typ = "req", jen.Id(m.Request.Struct.Name)
	} else {
		typ = jen.Id(m.Params.Name)
	}
	f.Comment("// " + name + " iterates over the items of all pages of " + m.Name + ", requesting each page when it is reached. It stops at the")
	f.Comment("// first error, which it yields. The arguments are not changed.")
	args := append([]jen.Code{ctxParam()}, signature(m)...)
	seq := jen.Qual("iter", "Seq2").Index(jen.List(elem, jen.Error()))
	f.Func().Params(jen.Id("s").Op("*").Id(s.Type)).Id(name).Params(append(args, optsParam())...).Add(seq).Block(
		jen.Return(jen.Func().Params(jen.Id("yield").Func().Params(elem.Clone(), jen.Error()).Bool()).BlockFunc(func(g *jen.Group) {
			g.Var().Id("p").Add(typ)
			g.If(jen.Id(copied).Op("!=").Nil()).Block(jen.Id("p").Op("=").Op("*").Id(copied))
			cursor := jen.Id("p").Dot(pg.Cursor.Name)
			g.Id("pager").Op(":=").Add(e.rt(kind.typ)).ValuesFunc(func(g *jen.Group) {
				g.Id(kind.cursor).Op(":").Add(e.cursorStart(pg))
				if pg.Limit != nil && kind.typ != "TokenPager" {
					g.Id("Limit").Op(":").Add(orZero(jen.Id("p").Dot(pg.Limit.Name), pg.Limit))
				}
				if pg.First != 0 && kind.next == "" {
					g.Id("First").Op(":").Lit(pg.First)
				}
			})
			g.For(jen.Id("pager").Dot("Next").Call()).BlockFunc(func(g *jen.Group) {
				g.If(jen.Id("pager").Dot("Started").Call()).Block(
					cursor.Clone().Op("=").Add(wrapCursor(pg.Cursor, jen.Id("pager").Dot(kind.cursor), e)))
				g.List(jen.Id("page"), jen.Err()).Op(":=").Id("s").Dot(m.Name).Call(e.pageArgs(m)...)
				g.If(jen.Err().Op("!=").Nil()).Block(
					jen.Id("yield").Call(e.zero(pg), jen.Err()),
					jen.Return())
				items := member(jen.Id("page"), pg.Items)
				guard := guards(jen.Id("page"), pg.Items)
				if guard != nil {
					g.If(guard).Block(jen.Return())
				}
				item := items.Clone().Index(jen.Id("i"))
				if pg.ElemPointer {
					item = jen.Op("&").Add(item)
				}
				g.For(jen.Id("i").Op(":=").Range().Add(items)).Block(
					jen.If(jen.Op("!").Id("yield").Call(item, jen.Nil())).Block(jen.Return()))
				e.pageEnd(g, pg, kind, items)
			})
			g.If(jen.Err().Op(":=").Id("pager").Dot("Err").Call(), jen.Err().Op("!=").Nil()).Block(
				jen.Id("yield").Call(e.zero(pg), jen.Err()))
		})))
	f.Line()
}

func trimList(name string) string {
	const list = "List"
	if len(name) > len(list) && name[:len(list)] == list {
		return name[len(list):]
	}
	return name
}

func (e *emitter) zero(pg *plan.Pages) *jen.Statement {
	if pg.ElemPointer {
		return jen.Nil()
	}
	if e.isString(pg.Elem) {
		return jen.Lit("")
	}
	return jen.Op("*").New(jenx.Type(pg.Elem))
}

func orZero(v *jen.Statement, f *plan.Field) *jen.Statement {
	if !f.Optional {
		return v
	}
	if f.Type.Elem.Name == "string" || f.Type.Elem.Kind == plan.Defined {
		return v.Dot("Or").Call(jen.Lit(""))
	}
	return v.Dot("Or").Call(jen.Lit(0))
}

// cursorStart is where the caller wants to begin.
func (e *emitter) cursorStart(pg *plan.Pages) *jen.Statement {
	v := orZero(jen.Id("p").Dot(pg.Cursor.Name), pg.Cursor)
	if pg.First != 0 && pg.Cursor.Optional && (pg.Kind == model.PageNumber || pg.Kind == model.PageOffset) {
		v = jen.Id("p").Dot(pg.Cursor.Name).Dot("Or").Call(jen.Lit(pg.First))
	}
	t := pg.Cursor.Type
	if t.Kind == plan.Opt {
		t = *t.Elem
	}
	if t.Kind == plan.Defined && e.isString(t) {
		return jen.String().Call(v)
	}
	return v
}

func wrapCursor(f *plan.Field, v *jen.Statement, e *emitter) *jen.Statement {
	t := f.Type
	if t.Kind == plan.Opt {
		t = *t.Elem
	}
	if t.Kind == plan.Defined {
		v = jen.Id(t.Name).Call(v)
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
	if m.Params != nil {
		if m.Pages.InBody {
			args = append(args, jen.Id("params"))
		} else {
			args = append(args, jen.Op("&").Id("p"))
		}
	}
	if m.Request != nil && !m.Request.Constant {
		if m.Pages.InBody {
			args = append(args, jen.Op("&").Id("p"))
		} else {
			args = append(args, jen.Id("req"))
		}
	}
	return append(args, jen.Id("opts").Op("..."))
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
	var cond *jen.Statement
	for i, f := range path[:max(len(path)-1, 0)] {
		if f.Type.Kind != plan.Pointer {
			continue
		}
		c := member(v, path[:i+1]).Op("==").Nil()
		if cond == nil {
			cond = c
		} else {
			cond = cond.Op("||").Add(c)
		}
	}
	return cond
}

func (e *emitter) pageEnd(g *jen.Group, pg *plan.Pages, kind pagerOf, items *jen.Statement) {
	n := jen.Len(items.Clone())
	if kind.next == "" {
		total := jen.Lit(0)
		if len(pg.Total) == 1 {
			total = member(jen.Id("page"), pg.Total)
			if pg.Total[0].Type.Name == "int64" {
				total = jen.Int().Call(total)
			}
		}
		g.Id("pager").Dot("Page").Call(n, total)
		return
	}
	if len(pg.Next) > 0 {
		guard := guards(jen.Id("page"), pg.Next)
		last := pg.Next[len(pg.Next)-1]
		next := member(jen.Id("page"), pg.Next)
		if last.Type.Kind == plan.Defined {
			next = jen.String().Call(next)
		}
		if guard == nil {
			g.Id("pager").Dot("Page").Call(n, next)
			return
		}
		g.If(guard).Block(jen.Return())
		g.Id("pager").Dot("Page").Call(n, next)
		return
	}
	if pg.ItemMarker != nil {
		g.If(n.Clone().Op("==").Lit(0)).Block(jen.Return())
		last := items.Clone().Index(n.Clone().Op("-").Lit(1)).Dot(pg.ItemMarker.Name)
		if pg.ItemMarker.Type.Kind == plan.Defined {
			last = jen.String().Call(last)
		}
		g.Id("pager").Dot("Items").Call(n, last)
		return
	}
	g.Return()
}
