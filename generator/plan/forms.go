package plan

import (
	"github.com/pantograph-go/pantograph/generator/model"
)

// formSchema is what the document says of a form; where it says nothing, that it is any texts by name.
func formSchema(m *model.MediaType) *model.Schema {
	if contentOf(m.Schema) != anything {
		return m.Schema
	}
	return &model.Schema{Pos: m.Pos, Types: []model.Type{model.TypeObject},
		Additional: &model.Schema{Pos: m.Pos, Types: []model.Type{model.TypeString}}}
}

// lineSchema is the list of what the document says of a line: either the list or the line is described.
func lineSchema(m *model.MediaType) *model.Schema {
	if m.Items != nil {
		return &model.Schema{Pos: m.Pos, Types: []model.Type{model.TypeArray}, Items: m.Items}
	}
	if m.Schema.Is(model.TypeArray) {
		return m.Schema
	}
	return &model.Schema{Pos: m.Pos, Types: []model.Type{model.TypeArray}, Items: m.Schema}
}

// encodings are how the members of a form or multipart body are written, where the document says it.
func (b *builder) encodings(m *model.MediaType) []*Encoding {
	var out []*Encoding
	for _, e := range m.Encoding {
		enc := &Encoding{Name: e.Property, ContentType: e.ContentType}
		if name := styles[e.Style]; name != "" && name != "Simple" && name != "Label" && name != "Matrix" {
			if enc.Style = []string{name}; e.Explode {
				enc.Style = append(enc.Style, "Explode")
			}
			if e.AllowReserved {
				enc.Style = append(enc.Style, "Reserved")
			}
		}
		for _, h := range e.Headers {
			if value, ok := b.constant(h.Schema).Text(); ok {
				enc.Headers = append(enc.Headers, model.Header{Name: h.Name, Value: value})
			} else {
				b.diags.Notef(h.Pos, "part-header", "the header %s of the part %q has no value in the document: it is set on a file", h.Name, bounded(e.Property))
			}
		}
		if len(enc.Style)+len(enc.Headers) > 0 || enc.ContentType != "" {
			out = append(out, enc)
		}
	}
	return out
}
