package instance

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

// Represented is what the vocabulary of curated documents says of a text: what it stands for.
type Represented struct {
	Type      string // boolean, integer, number, array, time
	True      string
	False     string
	Separator string
	Layouts   []string // in Go

	items []any // of a list: the values that are allowed; a number where only numbers are
}

// Representation reads x-pantograph.represents of a schema; nil: the text is a text. The items of a list may be a component.
func Representation(s *openapi3.Schema, doc *openapi3.T) *Represented {
	vocabulary, _ := s.Extensions["x-pantograph"].(map[string]any)
	r, ok := vocabulary["represents"].(map[string]any)
	if !ok {
		return nil
	}
	text := func(name string) string {
		t, _ := r[name].(string)
		return t
	}
	out := &Represented{Type: text("type"), True: text("true"), False: text("false"), Separator: text("separator")}
	if items, ok := r["items"].(map[string]any); ok {
		out.items, _ = items["enum"].([]any)
		if ref, ok := items["$ref"].(string); ok && doc != nil && doc.Components != nil {
			if c := doc.Components.Schemas[nameOf(ref)]; c != nil && c.Value != nil {
				out.items = c.Value.Enum
			}
		}
		if len(out.items) == 0 && items["type"] == "integer" {
			out.items = []any{1, 2, 3, 4, 5, 6, 7}
		}
	}
	layouts, _ := r["layouts"].([]any)
	for _, l := range layouts {
		if l, ok := l.(string); ok {
			out.Layouts = append(out.Layouts, strings.NewReplacer("YYYY", "2006", "MM", "01", "DD", "02", "hh", "15", "mm", "04", "ss", "05", "[.S]", ".999999999", ".SSSSSS", ".000000", ".SSS", ".000").Replace(l))
		}
	}
	return out
}

// text makes a text that stands for something.
func (r *Represented) text(m *Maker) string {
	switch r.Type {
	case "boolean":
		if m.chance(2) {
			return r.True
		}
		return r.False
	case "array":
		var parts []string
		for range 1 + m.Rand.IntN(2) {
			if len(r.items) > 0 {
				parts = append(parts, fmt.Sprint(r.items[m.Rand.IntN(len(r.items))]))
			} else {
				parts = append(parts, Plain.Word(m.Rand, 1, 8))
			}
		}
		return strings.Join(parts, r.Separator)
	case "time":
		return time.Unix(946684800+m.Rand.Int64N(1_500_000_000), 0).UTC().Format(r.Layouts[0])
	}
	return strconv.Itoa(m.Rand.IntN(1000))
}

// Meaning is what a text stands for, as JSON has it.
func (r *Represented) Meaning(text string) any {
	switch r.Type {
	case "boolean":
		return text == r.True
	case "array":
		var parts []any
		for _, p := range strings.Split(text, r.Separator) {
			parts = append(parts, p)
		}
		return parts
	case "time":
		for _, l := range r.Layouts {
			if t, err := time.Parse(l, text); err == nil {
				return t.Format(time.RFC3339Nano)
			}
		}
	case "integer", "number":
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			return n
		}
	}
	return text
}
