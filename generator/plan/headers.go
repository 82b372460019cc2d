package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// headers plans the structs of documented headers: one for each set, whatever operations have it.
func (b *builder) headers(calls []*call) {
	users := map[string][]*call{}
	var keys []string
	for _, c := range calls {
		list := answerHeaders(c.model)
		if len(list) == 0 {
			continue
		}
		key := b.headerKey(list)
		if users[key] == nil {
			keys = append(keys, key)
		}
		users[key] = append(users[key], c)
	}
	for _, key := range keys {
		c := users[key][0]
		list := answerHeaders(c.model)
		h := &Header{Name: c.name + "Header", Call: c.name}
		if len(users[key]) > 1 {
			h.Name, h.Call = b.sharedHeaderName(list), ""
		}
		id := key
		if len(id) > 160 {
			id = shortHash(key)
		}
		h.Name = b.derive("header", id, h.Name, "Answer", list[0].Pos)
		b.lock.pin(LockEntry{Kind: "header", ID: id, Name: h.Name})
		for i, name := range b.headerNames(list) {
			h.Fields = append(h.Fields, b.headerField(list[i], name))
		}
		b.pkg.Headers = append(b.pkg.Headers, h)
		for _, u := range users[key] {
			b.headerOf[u.model] = h
		}
	}
}

// answerHeaders are the headers that an operation documents, for whatever answer: the first of each name.
func answerHeaders(op *model.Operation) []*model.Parameter {
	var list []*model.Parameter
	for _, r := range op.Responses {
		for _, h := range r.Headers {
			same := func(o *model.Parameter) bool { return strings.EqualFold(o.Name, h.Name) }
			if !slices.ContainsFunc(list, same) && h.Name != "" {
				list = append(list, h)
			}
		}
	}
	return list
}

// headerKey tells sets of headers apart, by what their struct would be made of. The order is that of names.
func (b *builder) headerKey(list []*model.Parameter) string {
	var parts []string
	for _, h := range list {
		f := b.headerForm(h)
		parts = append(parts, strings.Join(append([]string{strings.ToLower(h.Name), h.PinnedName, f.Func, f.Type.String()}, f.Layouts...), " "))
	}
	slices.Sort(parts)
	return strings.Join(parts, "; ")
}

// sharedHeaderName names a set after what is in it: by the words that all names begin with, else by up to three of
// them.
func (b *builder) sharedHeaderName(list []*model.Parameter) string {
	names := make([]string, len(list))
	for i, h := range list {
		names[i] = b.headerWord(h.Name)
	}
	slices.Sort(names)
	prefix := names[0]
	for _, n := range names {
		for !strings.HasPrefix(n, prefix) {
			prefix = prefix[:len(prefix)-1]
		}
	}
	common := words(prefix)
	if len(names) > 1 && len(common) > 0 && !allBegin(names, common) {
		common = common[:len(common)-1]
	}
	switch {
	case len(names) > 1 && len(common) > 0:
		return b.namer.Exported(strings.Join(common, "_")) + "Header"
	case len(names) <= 3:
		return strings.Join(names, "") + "Header"
	}
	return strings.Join(names[:2], "") + "AndMoreHeader"
}

// allBegin reports whether all names begin with whole words.
func allBegin(names, common []string) bool {
	return !slices.ContainsFunc(names, func(n string) bool {
		ws := words(n)
		return len(ws) < len(common) || !slices.Equal(ws[:len(common)], common)
	})
}

// headerWord is the Go name of a header. The X of those that once were no standard says nothing.
func (b *builder) headerWord(name string) string {
	if rest := name[min(len(name), 2):]; strings.EqualFold(name[:min(len(name), 2)], "x-") && rest != "" {
		name = rest
	}
	return b.namer.Exported(name)
}

// headerNames names the fields of a set.
func (b *builder) headerNames(list []*model.Parameter) []string {
	members := make([]member, len(list))
	for i, h := range list {
		members[i] = member{wire: h.Name, base: b.headerWord(h.Name), pinned: upperFirst(h.PinnedName), pos: h.Pos}
	}
	return b.members(scope{what: "header", fallback: "Header", reserved: map[string]bool{"DecodeHeader": true}, hint: "name one with x-pantograph.name"}, members)
}

func (b *builder) headerField(h *model.Parameter, name string) *HeaderField {
	f := b.headerForm(h)
	f.Name, f.Wire, f.Doc = name, h.Name, b.text(h.Doc)
	if h.Schema != nil && f.Doc.Summary == "" && f.Doc.Body == "" {
		t := b.text(h.Schema.Doc)
		f.Doc.Summary, f.Doc.Body = t.Summary, t.Body
	}
	f.Doc.Source, f.Doc.URL, f.Doc.Deprecated = "", "", h.Deprecated
	at := place{name: b.headerWord(h.Name) + "Header", owner: "Answer"}
	switch f.Func {
	case "JSONFromHeader":
		f.Body = b.body(h.Content.Schema, at, true)
	case "ObjectFromHeader":
		f.Body, f.Explode = b.body(h.Schema, at, true), h.Explode
	default:
		return f
	}
	f.Type = pointer(f.Body.Type)
	return f
}

// headerForm is how a header is read: as one value, several, or an object, of the type that its schema names. What is
// none of these is text.
func (b *builder) headerForm(h *model.Parameter) *HeaderField {
	if h.Content != nil && isJSONType(h.Content.Name) && h.Content.Schema != nil {
		return &HeaderField{Func: "JSONFromHeader", Type: basic(h.Content.Schema.ID())}
	}
	f := &HeaderField{Func: "FromHeader", Type: optional(basic("string"))}
	t := h.Schema.Target()
	if t == nil {
		return f
	}
	for s := h.Schema; s != nil; s = s.Ref {
		if r := s.Represents; r != nil && r.Type == model.TypeTime {
			f.Func, f.Type = "TimeFromHeader", optional(TypeRef{Kind: Defined, Name: "Time", Pkg: "time"})
			for _, l := range r.Layouts {
				f.Layouts = append(f.Layouts, goLayout(l))
			}
			return f
		}
	}
	word := b.headerWord(h.Name) + "Header"
	switch kind := b.shapes.Of(h.Schema).Kind; {
	case kind == shape.Object, kind == shape.Map:
		f.Func, f.Type = "ObjectFromHeader", basic(fmt.Sprint(h.Schema.ID(), h.Explode))
	case t.Is(model.TypeArray):
		f.Func, f.Type = "ListFromHeader", slice(b.headerScalar(t.Items, word))
	case t.Is(model.TypeString) && (t.Format == "date-time" || t.Format == "http-date" || t.Format == "date"):
		f.Func, f.Type = "TimeFromHeader", optional(TypeRef{Kind: Defined, Name: "Time", Pkg: "time"})
		if f.Layouts = []string{"2006-01-02T15:04:05Z07:00"}; t.Format == "date" {
			f.Layouts = []string{"2006-01-02"}
		}
	default:
		f.Type = optional(b.headerScalar(h.Schema, word))
	}
	return f
}

// headerScalar is the type of one value in a header. Components that are texts or numbers keep their names, and values that
// are listed are an enum, called name where it has no name.
func (b *builder) headerScalar(s *model.Schema, name string) TypeRef {
	t := s.Target()
	if t == nil {
		return basic("string")
	}
	listed := len(b.shapes.Of(s).Enum) > 0
	switch {
	case t.Is(model.TypeInteger), t.Is(model.TypeString) && (b.claimed[t] != "" || listed) && t.Represents == nil && t.Format != "byte":
		if r := b.repr(s, place{name: name, owner: "Answer"}); r.plain() {
			return r.typ
		} else if t.Is(model.TypeInteger) {
			return basic("int64")
		}
	case t.Is(model.TypeNumber):
		return basic("float64")
	case t.Is(model.TypeBoolean):
		return basic("bool")
	}
	return basic("string")
}
