package plan

import (
	"slices"
	"strings"
	"unicode"

	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// xmlStops says, once for each schema, what XML cannot hold of a value that stands where e says.
func (b *builder) xmlStops(s *model.Schema, sh *shape.Shape, e *XMLElement) {
	if b.xmlTold[s.Pos] {
		return
	}
	b.xmlTold[s.Pos] = true
	warn := func(code, text string, args ...any) { b.diags.Warnf(s.Pos, code, text, args...) }
	if e.Name != "" && !xmlName(e.Name) || e.Prefix != "" && !xmlName(e.Prefix) {
		warn("xml-name", "%q is no name that XML has: requests in which it stands are refused; xml.name gives another", bounded(strings.TrimPrefix(e.Prefix+":"+e.Name, ":")))
	}
	scalar := func(sh *shape.Shape) bool {
		return slices.Contains([]shape.Kind{shape.String, shape.Integer, shape.Number, shape.Boolean}, sh.Kind)
	}
	if e.Attribute && !scalar(sh) && sh.Kind != shape.Any && sh.Kind != shape.Union {
		warn("xml-attribute", "an attribute of XML is one text, this is of kind %s: requests with it are refused", sh.Kind)
	}
	switch {
	case sh.Kind == shape.List && sh.Items != nil:
		items := b.shapes.Of(sh.Items)
		if items.Kind == shape.List && (xmlOf(sh.Items) == nil || !xmlOf(sh.Items).Wrapped) {
			warn("xml-list", "XML has no lists in lists: each inner one gets an element around it")
		}
		if items.Nullable {
			warn("xml-null", "XML has no null: entries of the list that are null are left out of requests")
		}
	case sh.Kind == shape.Any, lenient(sh.Additional):
		warn("xml-untyped", "XML says nothing of types: what may be anything is read as texts, and as objects of texts")
	case sh.Kind == shape.Union:
		if n := len(sh.Variants); n > 1 && slices.ContainsFunc(sh.Variants, func(v *shape.Variant) bool { return v.Shape.Kind != shape.Object && v.Shape.Kind != shape.Union }) {
			warn("xml-union", "XML says nothing of types: of the %d members of the union the first that a text fits is read", n)
		}
	}
}

// lenient reports whether a schema is said to let everything through.
func lenient(s *model.Schema) bool { return s != nil && s.Always != nil && *s.Always }

// xmlName reports whether an element can be called so, by the letters of today: XML has them of an early Unicode.
func xmlName(name string) bool {
	for i, r := range name {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || r != '-' && r != '.' && !unicode.IsDigit(r)) {
			return false
		}
	}
	return name != ""
}
