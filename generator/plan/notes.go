package plan

import (
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// answerNotes says in the comment of a method what its answers have beside the body.
func (b *builder) answerNotes(m *Method, op *model.Operation) {
	if h := b.headerOf[op]; h != nil {
		m.Notes = append(m.Notes, "Headers: "+h.Name+", with WithHeaderInto.")
	}
	for _, r := range op.Responses {
		for _, l := range r.Links {
			m.Notes = append(m.Notes, linkNote(l))
		}
	}
}

// linkNote is a link in words: what it leads to, and with which arguments.
func linkNote(l *model.Link) string {
	var b strings.Builder
	b.WriteString("Link " + bounded(l.Name))
	if l.Operation != "" {
		b.WriteString(" leads to " + l.Operation)
	}
	for i, p := range l.Parameters {
		switch {
		case i > 0:
			b.WriteString(", ")
		default:
			b.WriteString(" with ")
		}
		b.WriteString(p.Name + " = " + valueText(p.Value))
	}
	if l.Body != nil {
		b.WriteString("; body = " + valueText(l.Body))
	}
	b.WriteString(".")
	if text := strings.TrimSpace(l.Text); text != "" {
		b.WriteString(" " + text)
	}
	return b.String()
}

// valueText is a value for a comment: expressions without the quotes.
func valueText(v model.Value) string {
	if s, ok := v.Text(); ok {
		return bounded(s)
	}
	return bounded(string(v))
}
