package plan

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// paramSchema is what a parameter says of its value. Where it says nothing, or that it is one of several kinds
// that look alike once they are text, it is the kind that can hold them all: a text, or a list.
func paramSchema(p *model.Parameter) *model.Schema {
	s := p.Schema
	if p.Content != nil {
		if s = p.Content.Schema; isJSONType(p.Content.Name) {
			return s
		}
		return &model.Schema{Pos: p.Pos, Types: []model.Type{model.TypeString}}
	}
	t := s.Target()
	if t == nil || t.Represents != nil || s.Represents != nil {
		return s
	}
	if contentOf(s) == anything && len(t.AllOf)+len(t.OneOf)+len(t.AnyOf) == 0 {
		return &model.Schema{Pos: t.Pos, Doc: t.Doc, Types: []model.Type{model.TypeString}}
	}
	return alike(s)
}

// alike is the schema to use in place of a union of scalars, or of a scalar and the list of it, in a parameter:
// 5 and "5" are one text there, and one element is a list of one. Where the members say different things of the
// text, what one of them says does not hold for the others: then it is any text.
func alike(s *model.Schema) *model.Schema {
	t := s.Target()
	if len(t.OneOf)+len(t.AnyOf) == 0 && len(t.Types) < 2 {
		return s
	}
	members := slices.Concat(t.OneOf, t.AnyOf)
	var scalars []*model.Schema
	var list *model.Schema
	for i := 0; i < len(members); i++ {
		m := members[i].Target()
		switch {
		case m == nil || m.Represents != nil || len(m.AllOf) > 0:
			return s
		case len(m.OneOf)+len(m.AnyOf) > 0:
			if len(members) > 100 || len(m.Types) > 0 {
				return s
			}
			members = slices.Concat(members, m.OneOf, m.AnyOf)
		case len(m.Types) == 0 && m.Nullable:
		case m.Is(model.TypeArray) && list == nil && isScalar(m.Items.Target()):
			list = m
		case isScalar(m):
			scalars = append(scalars, m)
		default:
			return s
		}
	}
	text := &model.Schema{Pos: t.Pos, Types: []model.Type{model.TypeString}}
	several := func(other *model.Schema) bool { return !sameSchema(scalars[0], other) }
	switch {
	case list != nil && len(scalars) > 0:
		if !several(list.Items) && !slices.ContainsFunc(scalars, several) {
			return list
		}
		return &model.Schema{Pos: t.Pos, Doc: t.Doc, Types: []model.Type{model.TypeArray}, Items: text, Nullable: t.Nullable}
	case mixed(scalars), len(members) == 0 && len(t.Types) > 1 && !slices.Contains(t.Types, model.TypeObject) && !slices.Contains(t.Types, model.TypeArray):
		text.Doc, text.Nullable = t.Doc, t.Nullable
		return text
	}
	return s
}

func isScalar(s *model.Schema) bool {
	return s != nil && (s.Is(model.TypeString) || s.Is(model.TypeInteger) || s.Is(model.TypeNumber) || s.Is(model.TypeBoolean))
}

// mixed reports whether there are strings and others among scalars.
func mixed(scalars []*model.Schema) bool {
	isText := func(s *model.Schema) bool { return s.Is(model.TypeString) }
	return slices.ContainsFunc(scalars, isText) && slices.ContainsFunc(scalars, func(s *model.Schema) bool { return !isText(s) })
}

func nullable(s *model.Schema) bool {
	return anyOf(s, func(p *model.Schema) bool { return p.Nullable })
}

// paramRepr is the representation of a parameter's value.
func (b *builder) paramRepr(p *model.Parameter, at place) repr {
	return b.repr(paramSchema(p), at)
}

// plain reports whether a value is a string, number or boolean whose text is that of the Go value.
func (r repr) plain() bool {
	return r.form == scalar && slices.Contains([]string{"String", "Int", "Int32", "Int64", "Uint32", "Uint64", "Float32", "Float64", "Decimal", "Bool"}, r.codec.Kind)
}

// encoding chooses how a query, header or cookie parameter is written: by the functions for scalars and lists of
// them, else in its style.
func (b *builder) encoding(out *Param, p *model.Parameter, r repr) {
	prefix := map[model.In]string{model.InQuery: "Query", model.InHeader: "Header", model.InCookie: "Cookie"}[p.In]
	enc := &out.Encoding
	wire := &Wire{}
	if r.codec.Kind == "Wired" {
		wire = b.pkg.Codec.Wires[r.codec.Sub]
	}
	separators := map[string]string{"form": ",", "simple": ",", "spaceDelimited": " ", "pipeDelimited": "|"}
	if p.Content != nil && isJSONType(p.Content.Name) || p.AllowReserved && p.In == model.InQuery || out.Optional && r.form == list {
		b.styled(enc, p, r)
		return
	}
	switch known := []string{",", " ", "|"}; {
	case r.plain() || wire.Kind == "WireInt" || wire.Kind == "WireInt64" || wire.Kind == "WireUint64" || wire.Kind == "WireFloat":
		enc.Func = prefix
		if p.AllowEmptyValue && p.In == model.InQuery && out.Optional {
			enc.Func = "QueryOrEmpty"
		}
	case p.In == model.InCookie:
		b.styled(enc, p, r)
	case wire.Kind == "WireBool":
		enc.Func, enc.Args = prefix+"Flag", []string{wire.True, wire.False}
	case wire.Kind == "WireTime":
		enc.Func, enc.Args = prefix+"Time", wire.Layouts[:1]
	case r.codec.Kind == "Time":
		enc.Func, enc.Args = prefix+"Time", []string{"2006-01-02T15:04:05.999999999Z07:00"}
	case wire.Kind == "WireList" && slices.Contains(known, wire.Separator) && (p.In == model.InQuery || wire.Separator == ","):
		enc.Func, enc.Args = prefix+"List", []string{wire.Separator}
	case wire.Kind == "" && r.form == list && r.each != nil && r.each.plain() && r.typ.Kind == Slice && r.typ.Elem.Kind != Opt && separators[p.Style] != "":
		enc.Func, enc.Args, enc.Explode = prefix+"List", []string{separators[p.Style]}, p.Explode
	default:
		b.styled(enc, p, r)
	}
}

// styles are the runtime's names of the styles.
var styles = map[string]string{"simple": "Simple", "label": "Label", "matrix": "Matrix", "form": "Form", "cookie": "Form", "spaceDelimited": "Space",
	"pipeDelimited": "Pipe", "deepObject": "Deep"}

// styled writes a parameter in its style, by way of the codec. A style that its place does not have is the usual
// one of the place.
func (b *builder) styled(enc *ParamEncoding, p *model.Parameter, r repr) {
	permitted := map[model.In][]string{
		model.InPath: {"simple", "label", "matrix"}, model.InHeader: {"simple"},
		model.InQuery: {"form", "spaceDelimited", "pipeDelimited", "deepObject"}, model.InCookie: {"form", "cookie"},
	}[p.In]
	style := p.Style
	if !slices.Contains(permitted, style) { // it has been reported
		style = permitted[0]
	}
	enc.Style = []string{styles[style]}
	if p.Content != nil && isJSONType(p.Content.Name) {
		enc.Style = []string{"JSON"}
	} else if p.Explode {
		enc.Style = append(enc.Style, "Explode")
	}
	if p.AllowReserved && p.In == model.InQuery {
		enc.Style = append(enc.Style, "Reserved")
	}
	enc.Open = style == "form" && p.Explode && p.Content == nil && (r.typ.Kind == Map || r.form == object || r.form == raw)
	enc.Codec = -1
	if r.form != object {
		enc.Codec, enc.Nil = b.rootEntry(r), r.form != scalar
	}
}

// rootEntry is the description of a value that stands alone.
func (b *builder) rootEntry(r repr) int {
	i := b.codecEntry(r)
	b.pkg.Codec.Types[i].Root = true
	return i
}
