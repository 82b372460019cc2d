package plan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// iterators names the iterators of a service: All and Pages for List, AllMembers and PagesMembers for ListMembers.
func (b *builder) iterators(s *Service) {
	taken := map[string]bool{}
	var paged []*Method
	var list []member
	for _, m := range s.Methods {
		taken[m.Name] = true
		if m.Pages != nil {
			paged = append(paged, m)
			rest := strings.TrimPrefix(m.Name, "List")
			list = append(list, member{wire: m.Operation.ID, base: "All" + rest}, member{wire: m.Operation.ID, base: "Pages" + rest})
		}
	}
	names := b.members(scope{what: "iterator", fallback: "Items", reserved: taken, hint: "give one of the operations another x-pantograph.method"}, list)
	for i, m := range paged {
		m.Pages.Name, m.Pages.Pages = names[2*i], names[2*i+1]
	}
}

// pages plans the iterator over the pages of a list.
func (b *builder) pages(m *Method, op *model.Operation) {
	p := op.Pagination
	if p == nil {
		return
	}
	fail := func(code, format string, args ...any) { b.diags.Errorf(p.Pos, code, format, args...) }
	if m.Result == nil {
		fail("pagination-items", "the response of %s is no object with a list", op.ID)
		return
	}
	if m.Unwrap != nil {
		b.diags.Warnf(p.Pos, "pagination-result", "%s is read in pages: its method returns the whole response, not %s alone", op.ID, op.Result)
		m.Unwrap = nil
	}
	out := &Pages{Kind: p.Kind, First: p.First, InBody: strings.HasPrefix(p.Cursor, "body:")}
	if !b.pageItems(m, p, out) {
		fail("pagination-items", "%s of the response of %s is not a list", cmp.Or(p.Items, "the whole"), op.ID)
		return
	}
	elem := b.listed(m, out)
	out.ElemPointer = elem != nil && out.Elem.Kind != Pointer
	if header, ok := strings.CutPrefix(p.Total, "header:"); ok {
		out.TotalHeader = header
	} else if out.Total = b.path(m.Result.Struct, p.Total); len(out.Total) > 0 && !b.numeric(out.Total[len(out.Total)-1]) {
		fail("pagination-total", "%s of the response of %s is no number", p.Total, op.ID)
	}
	if header, ok := strings.CutPrefix(p.Next, "header:"); ok {
		out.NextHeader = header
	} else if out.Next = b.path(m.Result.Struct, p.Next); len(out.Next) > 0 && !b.textual(out.Next[len(out.Next)-1]) {
		fail("pagination-next", "%s of the response of %s is no string", p.Next, op.ID)
	}
	if p.NextItem != nil {
		if out.NextItem = b.nextItem(m.Result.Struct, p.NextItem); out.NextItem == nil {
			fail("pagination-next", "%s of the response of %s is no string", p.NextItem, op.ID)
		}
	}
	if p.ItemMarker != "" && elem != nil {
		out.ItemMarker = fieldByWire(elem, p.ItemMarker)
		if f := out.ItemMarker; f != nil && !b.textual(f) && !b.numeric(f) {
			fail("pagination-marker", "%s of an item of %s is no id", p.ItemMarker, op.ID)
		}
	}
	if p.Kind != model.PageWhole && p.Kind != model.PageOffset && p.Kind != model.PageNumber && len(out.Next) == 0 && out.NextHeader == "" && out.NextItem == nil && out.ItemMarker == nil {
		fail("pagination-next", "the response of %s does not say where the list goes on", op.ID)
		return
	}
	if p.Kind != model.PageNextLink && p.Kind != model.PageWhole {
		out.Cursor = requestField(m, p.Cursor)
		fits := b.textual
		if p.Kind == model.PageOffset || p.Kind == model.PageNumber {
			fits = b.numeric
		}
		if out.Cursor == nil || !fits(out.Cursor) {
			fail("pagination-cursor", "%s is no parameter of %s that can hold a cursor of kind %s", p.Cursor, op.ID, p.Kind)
			return
		}
		if limit := requestField(m, p.Limit); limit != nil && b.numeric(limit) && strings.HasPrefix(p.Limit, "body:") == out.InBody {
			out.Limit = limit
		}
	}
	// Items that say where the list goes on have to be there together.
	out.InParts = out.NextItem == nil || !slices.Equal(out.NextItem.List, out.Items)
	m.Pages = out
}

// pageItems finds the list in a response: a member of it, or the whole. It is false when there is none.
func (b *builder) pageItems(m *Method, p *model.Pagination, out *Pages) bool {
	list := m.Result.Type
	if p.Items != "" {
		if out.Items = b.path(m.Result.Struct, p.Items); len(out.Items) == 0 {
			return false
		}
		list = out.Items[len(out.Items)-1].Type
	}
	if list.Kind != Slice {
		return false
	}
	out.Elem = *list.Elem
	return true
}

// listed is the struct of the items of a list; nil when they are none.
func (b *builder) listed(m *Method, out *Pages) *Struct {
	if n := len(out.Items); n > 0 {
		return b.fieldStruct(out.Items[n-1])
	}
	if m.Result.Codec < 0 {
		return nil
	}
	return b.fieldStruct(&Field{Codec: b.pkg.Codec.Types[m.Result.Codec].Field})
}

// nextItem finds the list whose items say where the next page is; nil when their members are no strings.
func (b *builder) nextItem(s *Struct, sel *model.Selector) *NextItem {
	list := b.path(s, sel.List)
	if len(list) == 0 || list[len(list)-1].Type.Kind != Slice {
		return nil
	}
	last := list[len(list)-1]
	elem := b.fieldStruct(last)
	if elem == nil || last.Type.Elem.Kind == Pointer {
		return nil
	}
	out := &NextItem{List: list, Elem: *last.Type.Elem, Member: fieldByWire(elem, sel.Member), Value: sel.Value, Result: b.path(elem, sel.Result)}
	if out.Member == nil || !b.textual(out.Member) || len(out.Result) != 1 || !b.textual(out.Result[0]) {
		return nil
	}
	for _, e := range b.pkg.Enums {
		if t := out.Member.Held(); t.Kind == Defined && t.Name == e.Name {
			out.Const = e.constant(sel.Value)
		}
	}
	return out
}

// requestField finds a query parameter, or a header or member of the body where the name says so.
func requestField(m *Method, name string) *Field {
	if wire, inBody := strings.CutPrefix(name, "body:"); inBody {
		if m.Request != nil && m.Request.Struct != nil {
			return fieldByWire(m.Request.Struct, wire)
		}
		return nil
	}
	header, inHeader := strings.CutPrefix(name, "header:")
	if m.Params != nil {
		for _, f := range m.Params.Fields {
			if !inHeader && f.Wire == name && f.In == model.InQuery || inHeader && strings.EqualFold(f.Wire, header) && f.In == model.InHeader {
				return &f.Field
			}
		}
	}
	return nil
}

// numeric reports whether a field holds a number.
func (b *builder) numeric(f *Field) bool {
	kind := f.Codec.Kind
	if kind == "Wired" {
		kind = b.pkg.Codec.Wires[f.Codec.Sub].Kind
	}
	return f.Name != "" && slices.Contains([]string{"Int", "Int64", "WireInt", "WireInt64"}, kind)
}

// textual reports whether a field holds a string.
func (b *builder) textual(f *Field) bool { return f.Name != "" && f.Codec.Kind == "String" }

// path resolves a dotted path of members from a struct.
func (b *builder) path(s *Struct, dotted string) []*Field {
	var out []*Field
	for name := range strings.SplitSeq(dotted, ".") {
		if s == nil {
			return nil
		}
		f := fieldByWire(s, name)
		if f == nil {
			return nil
		}
		out = append(out, f)
		s = b.fieldStruct(f)
	}
	return out
}

func fieldByWire(s *Struct, wire string) *Field {
	for _, f := range s.Fields {
		if f.Wire == wire {
			return f
		}
	}
	return nil
}
