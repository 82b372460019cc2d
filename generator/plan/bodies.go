package plan

import (
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// jsonContent finds the JSON representation of a body.
func jsonContent(content []*model.MediaType) *model.MediaType {
	for _, m := range content {
		if base, _, _ := strings.Cut(m.Name, ";"); base == "application/json" || strings.HasSuffix(base, "+json") {
			return m
		}
	}
	return nil
}

func (b *builder) body(s *model.Schema, at place) *Body {
	r := b.repr(s, at)
	if r.form == object {
		return &Body{Type: r.typ, Struct: r.object, Codec: r.object.Codec}
	}
	i := b.rootEntry(r)
	body := &Body{Type: r.typ, Codec: i}
	if at.input && s != nil {
		body.Checks = b.valueChecks(at.name, s, r, s.Secret)
	}
	return body
}

func (b *builder) result(m *Method, op *model.Operation, call string) {
	var first *model.MediaType
	for _, r := range op.Responses {
		if !r.Success() {
			continue
		}
		if n, err := strconv.Atoi(r.Status); err == nil {
			m.Operation.Success = append(m.Operation.Success, n)
		}
		switch media := jsonContent(r.Content); {
		case media != nil && first == nil:
			first = media
		case media != nil && media.Schema != first.Schema:
			b.diags.Warnf(r.Pos, "several-results", "the %s response of %s has another body; it is decoded like the first", r.Status, op.ID)
			b.diags.Hint("capture it with WithResponseInto")
		case media == nil && len(r.Content) > 0:
			b.diags.Warnf(r.Pos, "unsupported-media-type", "the %s response of %s is not JSON; its body is not decoded", r.Status, op.ID)
			b.diags.Hint("capture it with WithResponseInto")
		}
	}
	if first == nil {
		b.defaultResult(op)
		return
	}
	m.Operation.Accept = first.Name
	b.answers[m] = answer(first)
	m.Result = b.body(first.Schema, place{name: call + "Response", owner: "Operation"})
	if op.Result == "" || m.Result.Struct == nil {
		return
	}
	for _, f := range m.Result.Struct.Fields {
		if f.Wire == op.Result {
			m.Unwrap = f
		}
	}
}

// defaultResult reports an operation whose only answer with a body is the default one: whether that is
// a success or a failure the document does not say.
func (b *builder) defaultResult(op *model.Operation) {
	for _, r := range op.Responses {
		if r.Status == "default" && len(op.Responses) == 1 && len(r.Content) > 0 {
			b.diags.Warnf(r.Pos, "default-response", "%s documents no success; its body is not decoded", op.ID)
			b.diags.Hint("document the response as 200, or capture it with WithResponseInto")
		}
	}
}
