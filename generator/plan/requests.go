package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// requestWays are the ways in which the body of an operation can be written: JSON first, a range such as */* after what is JSON
// by name, else what the document lists first. A media type that is written like one before it adds none.
func (b *builder) requestWays(op *model.Operation) []requestWay {
	if op.Body == nil {
		return []requestWay{{}}
	}
	var ways []requestWay
	for _, m := range b.usable(op.Body.Content) {
		kind := requestKind(m)
		i := slices.IndexFunc(ways, func(w requestWay) bool {
			return w.kind == kind && (opaque(kind) || sameSchema(w.media.Schema, m.Schema))
		})
		if i >= 0 {
			ways[i].also = append(ways[i].also, m.Name)
		} else {
			ways = append(ways, requestWay{kind: kind, media: m})
		}
	}
	i := slices.IndexFunc(ways, func(w requestWay) bool { return w.kind == BodyJSON && !strings.Contains(mediaBase(w.media.Name), "*") })
	if i < 0 {
		i = slices.IndexFunc(ways, func(w requestWay) bool { return w.kind == BodyJSON })
	}
	if i > 0 {
		first := ways[i]
		ways = slices.Insert(slices.Delete(ways, i, i+1), 0, first)
	}
	taken := map[string]bool{"": true}
	for i := range ways {
		if i == 0 {
			continue
		}
		w := &ways[i]
		word := suffixes[w.kind]
		if isXMLType(w.media.Name) {
			word = suffixes[BodyXML]
		}
		for _, s := range []string{word, b.subtypeWord(w.media.Name), b.namer.Exported(w.media.Name)} {
			if w.suffix = s; !taken[s] {
				break
			}
		}
		if taken[w.suffix] {
			w.suffix += shortHash(w.media.Name)
		}
		taken[w.suffix] = true
	}
	return ways
}

// opaque reports whether bodies of a kind are sent as they are, whatever their schema.
func opaque(k BodyKind) bool { return k == BodyText || k == BodyBinary }

// usable drops what is no media type, unless it is all there is.
func (b *builder) usable(content []*model.MediaType) []*model.MediaType {
	var list []*model.MediaType
	for _, m := range content {
		if !strings.Contains(m.Name, "/") && len(content) > 1 {
			b.diags.Warnf(m.Pos, "media-type-invalid", "%q is no media type; it is left out", bounded(m.Name))
			continue
		}
		list = append(list, m)
	}
	if len(list) == 0 {
		return content[:1]
	}
	return list
}

// requestBody plans the body of one way to call an operation. Call names its type.
func (b *builder) requestBody(m *Method, op *model.Operation, w *way, call string) {
	media := w.request.media
	if media == nil {
		return
	}
	m.Operation.ContentType = media.Name
	m.Operation.BodyOptional = !op.Body.Required
	at := place{name: b.ownName(media.Schema, call+w.request.suffix+"Request"), owner: "Operation", input: true}
	switch w.request.kind {
	case BodyText:
		m.Request = b.textBody(media, at)
	case BodyBinary:
		m.Request = &Body{Type: TypeRef{Kind: Defined, Name: "Reader", Pkg: "io"}, Codec: -1}
	case BodyJSON:
		m.Request = b.body(media.Schema, at, op.Body.Required)
		if strings.Contains(mediaBase(media.Name), "*") || !strings.Contains(media.Name, "/") {
			m.Operation.ContentType = "application/json"
		}
	case BodyForm:
		m.Request = b.body(formSchema(media), at, op.Body.Required)
		m.Operation.Body, m.Operation.Encoding = "BodyForm", b.encodings(media)
	case BodyMultipart:
		m.Request = b.multipartBody(media, at, op.Body.Required)
		m.Operation.Body, m.Operation.Encoding = "BodyMultipart", b.encodings(media)
	case BodyXML:
		m.Request = b.body(media.Schema, at, op.Body.Required)
		m.Request.XML = b.xmlDocument(media.Schema, m.Request)
		m.Operation.XML = m.Request.XML.Var
	case BodyLines:
		m.Request = b.body(lineSchema(media), at, op.Body.Required)
		m.Operation.Body = "BodyLines"
	}
	m.Request.Kind, m.Request.Required, m.Request.media = w.request.kind, op.Body.Required, media
	m.Operation.NullBody = m.Request.NilIsNull()
	if s := m.Request.Struct; s != nil {
		m.Request.Constant = len(s.Fields) > 0 && !slices.ContainsFunc(s.Fields, func(f *Field) bool { return f.Name != "" })
		if op.Variant {
			if m.Operation.ConstPath, m.Operation.ConstValue = b.variantConst(s, maxConstDepth); m.Operation.ConstPath == nil {
				m.Operation.Needs = b.needs(s, nil, maxConstDepth)
			}
		}
	}
	if len(op.Body.Content) > 1 || w.request.kind != BodyJSON {
		m.Operation.ContentTypes = append([]string{media.Name}, w.request.also...)
	}
	b.mediaFacts(m, op, w)
}

// NilIsNull reports whether nil, given for a body that has to be there, is sent as null.
func (b *Body) NilIsNull() bool {
	return b.Kind == BodyJSON && b.Required && b.Null && !b.Constant && (b.Nilable || b.Struct != nil || b.Type.Kind == Opt)
}

// maxConstDepth bounds how deep the member that tells variants apart may lie.
const maxConstDepth = 5

// variantConst is the path of the member that tells the variants of an operation apart, and its value: the first constant
// of the body, else of an object that the body always has.
func (b *builder) variantConst(s *Struct, depth int) (path []string, value string) {
	for _, f := range s.Fields {
		if f.Name == "" && f.Codec.Const != "" {
			if text, ok := model.Value(f.Codec.Const).Text(); ok {
				return []string{f.Wire}, text
			}
			return []string{f.Wire}, f.Codec.Const
		}
	}
	for _, f := range s.Fields {
		inner := b.fieldStruct(f)
		if f.Name == "" || !f.Required || f.Type.Kind != Defined || inner == nil || depth == 0 {
			continue
		}
		if path, value := b.variantConst(inner, depth-1); path != nil {
			return append([]string{f.Wire}, path...), value
		}
	}
	return nil, ""
}

// needs are the paths of the members that a body cannot be without, as deep as they lie in objects that it always has.
func (b *builder) needs(s *Struct, above []string, depth int) [][]string {
	var out [][]string
	for _, f := range s.Fields {
		if !f.Required || f.Wire == "" {
			continue
		}
		path := append(above[:len(above):len(above)], f.Wire)
		if inner := b.fieldStruct(f); inner != nil && f.Type.Kind == Defined && depth > 0 {
			if below := b.needs(inner, path, depth-1); below != nil {
				out = append(out, below...)
				continue
			}
		}
		out = append(out, path)
	}
	return out
}

// textBody is a body that is sent as the text it is: typed where its schema is that of a string.
func (b *builder) textBody(media *model.MediaType, at place) *Body {
	body := &Body{Type: basic("string"), Codec: -1}
	if contentOf(media.Schema) != text {
		return body
	}
	if r := b.repr(media.Schema, at); r.form == scalar && r.codec.Kind == "String" {
		body.Type, body.Checks = r.typ, b.valueChecks(at.name, media.Schema, r, media.Schema.Secret)
	}
	return body
}

// mediaFacts says in the comment of a method which media type it sends, where that is not plain JSON, and what
// else the operation takes.
func (b *builder) mediaFacts(m *Method, op *model.Operation, w *way) {
	say := func(s string) { m.Doc.Facts = append(m.Doc.Facts, s) }
	name := w.request.media.Name
	switch {
	case w.request.kind == BodyJSON && w.request.suffix == "":
	case m.Request.Kind == BodyBinary && strings.Contains(mediaBase(name), "*"):
		say("The body is any " + name + ": WithContentType says which.")
	case w.request.kind == BodyJSON && m.Operation.ContentType != name:
		say("The body is any " + name + ", as " + m.Operation.ContentType + ".")
	default:
		say("The body is " + name + ".")
	}
	if len(w.request.also) > 0 {
		say("WithContentType sends it as another media type that the operation takes: " + strings.Join(w.request.also, ", ") + ".")
	}
}
