package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// A multipart body whose schema has no files is like any other. One that has is a struct of its own: the codec
// knows the other members, files are read while they are sent.

// FileKind says that a field is a file of a multipart body, or several.
type FileKind string

// The kinds of files.
const (
	OneFile   FileKind = "one"
	ManyFiles FileKind = "many"
)

// filePart is the runtime's file.
var filePart = defined("FilePart")

// fileKind reports whether a member of a multipart body is a file: bytes, or whatever the document labels as
// something that is no text.
func (b *builder) fileKind(m *model.MediaType, p *shape.Member) FileKind {
	labelled := ""
	if i := slices.IndexFunc(m.Encoding, func(e *model.Encoding) bool { return e.Property == p.Name }); i >= 0 {
		labelled = m.Encoding[i].ContentType
	}
	one := func(s *model.Schema) bool {
		switch sh := b.shapes.Of(s); {
		case sh.Represents != nil || len(sh.Enum) > 0:
			return false
		case contentOf(s) == binary || sh.Kind == shape.Any:
			return true
		default:
			return sh.Kind == shape.String && sh.Encoding == "" && labelled != "" && !textual(labelled)
		}
	}
	sh := b.shapes.Of(p.Schema)
	switch {
	case b.constant(p.Schema) != nil:
		return ""
	case sh.Kind == shape.List && sh.Items != nil && one(sh.Items):
		return ManyFiles
	case sh.Kind != shape.List && one(p.Schema):
		return OneFile
	}
	return ""
}

// textual reports whether every one of the media types in a list is text.
func textual(list string) bool {
	for t := range strings.SplitSeq(list, ",") {
		base := mediaBase(t)
		if !strings.HasPrefix(base, "text/") && !isJSONType(base) && !isXMLType(base) && base != "application/x-www-form-urlencoded" {
			return false
		}
	}
	return true
}

// partMembers are the members of a multipart body. Of one that is one of several objects they are those of all,
// since parts lie side by side: required is what all require.
func (b *builder) partMembers(sh *shape.Shape) []*shape.Member {
	if sh.Kind != shape.Union {
		return sh.Members
	}
	var out []*shape.Member
	count := map[string]int{}
	for _, v := range sh.Variants {
		for _, m := range b.partMembers(v.Shape) {
			if m.Required {
				count[m.Name]++
			}
			if !slices.ContainsFunc(out, func(o *shape.Member) bool { return o.Name == m.Name }) {
				out = append(out, m)
			}
		}
	}
	for i, m := range out {
		p := *m.Property
		p.Required = count[m.Name] == len(sh.Variants)
		out[i] = &shape.Member{Property: &p, In: m.In}
	}
	return out
}

// hasFiles reports whether a multipart body has files among its members.
func (b *builder) hasFiles(m *model.MediaType) bool {
	return requestKind(m) == BodyMultipart && slices.ContainsFunc(b.partMembers(b.shapes.Of(m.Schema)), func(p *shape.Member) bool { return b.fileKind(m, p) != "" })
}

// reachParts is reachFrom for a multipart body with files: the body itself is a type of its own.
func (b *builder) reachParts(m *model.MediaType) {
	sh := b.shapes.Of(m.Schema)
	b.parts[sh.Node] = true
	for _, p := range b.partMembers(sh) {
		if b.fileKind(m, p) == "" {
			b.reachFrom(p.Schema, reached{request: true})
		}
	}
}

// multipartBody plans a multipart body.
func (b *builder) multipartBody(m *model.MediaType, at place, required bool) *Body {
	switch sh := b.shapes.Of(m.Schema); {
	case b.hasFiles(m):
		s := b.partsStruct(m, sh, at)
		return &Body{Type: defined(s.Name), Struct: s, Codec: s.Codec}
	case sh.Kind == shape.Any, sh.Kind == shape.Map && slices.Contains([]content{anything, binary}, contentOf(sh.Additional)):
		b.pkg.Files = true
		return &Body{Type: mapOf(filePart), Codec: -1}
	}
	return b.body(m.Schema, at, required)
}

// partsStruct plans the struct of a multipart body with files.
func (b *builder) partsStruct(m *model.MediaType, sh *shape.Shape, at place) *Struct {
	key := keyOf(sh)
	key.parts = true
	if s, ok := b.structs[key]; ok {
		return s
	}
	b.pkg.Files = true
	name := b.claimed[sh.Node]
	if _, ordinary := b.reach[keyOf(sh)]; ordinary || name == "" {
		if name != "" {
			at.name = name + "Parts"
		}
		name = b.derive("type", key.id(), at.name, at.owner, sh.Node.Pos)
	}
	s := &Struct{ID: sh.Node.ID(), Name: name, Doc: b.typeText(sh.Node), Direction: Request, Validated: true, Schema: sh.Node, place: name}
	b.lock.pin(LockEntry{Kind: "type", ID: key.id(), Name: s.Name, Note: string(s.Direction)})
	s.Codec = b.addCodec(&CodecType{Var: "t" + s.Name, Struct: s, Type: defined(s.Name), Field: CodecField{Kind: "Struct", Sub: -1}})
	b.structs[key] = s
	b.pkg.Structs = append(b.pkg.Structs, s)
	members := slices.DeleteFunc(b.partMembers(sh), func(p *shape.Member) bool { return !visible(p, reached{request: true}) })
	for i, name := range b.fieldNames(key, members, false) {
		if kind := b.fileKind(m, members[i]); kind != "" {
			s.Fields = append(s.Fields, b.fileField(s, members[i], name, kind))
		} else {
			s.Fields = append(s.Fields, b.field(key, s, members[i], name))
		}
	}
	return s
}

// fileField plans a file of a multipart body. The zero file, or none, is absent.
func (b *builder) fileField(s *Struct, p *shape.Member, name string, kind FileKind) *Field {
	f := &Field{Name: name, Wire: p.Name, Doc: b.fieldText(p.Schema, false), Required: p.Required, Type: filePart, File: kind, Codec: CodecField{Sub: -1}}
	id := s.Name + "." + p.Name
	if p.Required {
		f.Checks = append(f.Checks, &Check{Op: CheckPresent, Rule: b.rule(id, rules.Rule{Keyword: "required", Pos: p.Pos, Source: p.Schema.Source}, false)})
	}
	if kind == ManyFiles {
		f.Type = slice(filePart)
		f.Checks = append(f.Checks, b.valueChecks(id, p.Schema, repr{typ: f.Type, form: list, codec: CodecField{Kind: "Slice", Sub: -1}, represented: true}, false)...)
	}
	if p.Source != nil {
		cite(f.Checks, sourceText(p.Source))
	}
	return f
}
