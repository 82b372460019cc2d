package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// BodyKind is how a body is written.
type BodyKind string

// The kinds of bodies.
const (
	BodyJSON      BodyKind = "json"
	BodyForm      BodyKind = "form"      // application/x-www-form-urlencoded
	BodyMultipart BodyKind = "multipart" // parts with names
	BodyText      BodyKind = "text"      // a string, as it is
	BodyBinary    BodyKind = "binary"    // a reader, as it is
	BodyXML       BodyKind = "xml"
	BodyLines     BodyKind = "lines" // one JSON value a line
)

// content is what a schema says of a value that stands alone.
type content int

const (
	anything content = iota // nothing is said
	text
	binary
	structured // whatever has a form in JSON
)

// contentOf finds out what a schema describes. Of members that differ the one that says most counts.
func contentOf(s *model.Schema) content {
	return contentWithin(s, 0)
}

func contentWithin(s *model.Schema, depth int) content {
	s = s.Target()
	const most = 16 // deeper is a schema within itself
	if s == nil || s.Always != nil || depth > most {
		return anything
	}
	if len(s.Types) > 1 || len(s.Types) == 1 && s.Types[0] != model.TypeString || len(s.Properties) > 0 {
		return structured
	}
	found := anything
	if len(s.Types) == 1 {
		found = text
	}
	if s.Format == "binary" || s.ContentMediaType != "" && s.ContentEncoding == "" && !isJSONType(s.ContentMediaType) {
		found = binary
	}
	for _, list := range [][]*model.Schema{s.AllOf, s.OneOf, s.AnyOf} {
		for _, m := range list {
			found = max(found, contentWithin(m, depth+1))
		}
	}
	return found
}

// mediaBase is a media type without parameters, in lower case.
func mediaBase(name string) string {
	base, _, _ := strings.Cut(name, ";")
	return strings.ToLower(strings.TrimSpace(base))
}

func isJSONType(name string) bool {
	base := mediaBase(name)
	return base == "application/json" || base == "text/json" || strings.HasSuffix(base, "+json")
}

func isXMLType(name string) bool {
	base := mediaBase(name)
	return base == "application/xml" || base == "text/xml" || strings.HasSuffix(base, "+xml")
}

// lineTypes are the media types of one JSON value a line.
var lineTypes = []string{"application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonl", "application/jsonlines",
	"application/x-jsonlines", "application/json-lines", "application/json-seq", "application/stream+json", "application/x-json-stream"}

func isLinesType(name string) bool {
	base := mediaBase(name)
	return slices.Contains(lineTypes, base) || strings.HasSuffix(base, "+json-seq")
}

// requestKind is how a request of a media type is written. What no schema describes is sent as it is.
func requestKind(m *model.MediaType) BodyKind {
	base, is := mediaBase(m.Name), contentOf(m.Schema)
	raw := func(structure BodyKind) BodyKind {
		switch is {
		case structured:
			return structure
		case binary:
			return BodyBinary
		}
		return BodyText
	}
	switch {
	case isLinesType(base):
		if m.Items != nil {
			return BodyLines
		}
		return raw(BodyLines)
	case isJSONType(base):
		if is == binary && !m.Schema.Is(model.TypeString) {
			return BodyBinary
		}
		return BodyJSON // a string, whatever is in it: its media type says how it is written
	case base == "application/x-www-form-urlencoded":
		if is == anything {
			return BodyForm
		}
		if nameless(m.Schema) {
			return BodyText
		}
		return raw(BodyForm)
	case strings.HasPrefix(base, "multipart/"):
		if is == anything || is == structured && !m.Schema.Is(model.TypeArray) {
			return BodyMultipart
		}
		return BodyBinary
	case isXMLType(base):
		return raw(BodyXML)
	case strings.HasPrefix(base, "text/"):
		return raw(BodyText)
	case is == structured && (base == "*/*" || base == "application/*"):
		return BodyJSON
	}
	return BodyBinary
}

// nameless reports whether a schema is of values that have no members, which a form would need.
func nameless(s *model.Schema) bool {
	return slices.ContainsFunc([]model.Type{model.TypeInteger, model.TypeNumber, model.TypeBoolean, model.TypeArray}, s.Is)
}

// suffixes of the methods that speak a kind.
var suffixes = map[BodyKind]string{BodyForm: "Form", BodyMultipart: "Multipart", BodyText: "Text", BodyBinary: "Binary", BodyXML: "XML", BodyLines: "Lines"}

// subtypeWord is a word for one media type among several of its kind: MergePatch of application/merge-patch+json.
// What all vendors' types begin with says nothing, and */* is Any.
func (b *builder) subtypeWord(name string) string {
	if mediaBase(name) == "*/*" {
		return "Any"
	}
	_, sub, _ := strings.Cut(mediaBase(name), "/")
	sub, _, _ = strings.Cut(sub, "+")
	return b.namer.Exported(strings.TrimPrefix(strings.TrimPrefix(sub, "x-"), "vnd."))
}
