package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/pantograph-go/pantograph/conformance/internal/instance"
)

// documented is one of the answers that an operation documents: a status with one of its media types.
type documented struct {
	name      string // of the response: 200, 4XX, default
	status    int
	mediaType string // empty: without a body
	media     *openapi3.MediaType
	response  *openapi3.Response
}

func (d documented) String() string { return strings.TrimSpace(d.name + " " + d.mediaType) }

func (d documented) success() bool { return d.status/100 == 2 }

// answers lists what an operation documents.
func answers(o *operation) []documented {
	var out []documented
	responses := o.Responses.Map()
	names := slices.Sorted(maps.Keys(responses))
	for _, name := range names {
		r := responses[name].Value
		status := statusOf(name, names)
		if r == nil || status == 0 {
			continue
		}
		types := mediaTypes(r.Content)
		if len(types) == 0 || o.method == "HEAD" || status == 204 || status == 304 || status < 200 {
			out = append(out, documented{name: name, status: status, response: r})
			continue
		}
		for _, t := range types {
			out = append(out, documented{name, status, t, r.Content[t], r})
		}
	}
	return out
}

// statusOf is a status that a name of a response stands for, beside the others; 0 for what no final answer has.
func statusOf(name string, all []string) int {
	if n, err := strconv.Atoi(name); err == nil && n >= 200 && n < 600 {
		return n
	}
	stated := func(n int) bool {
		return slices.ContainsFunc(all, func(other string) bool {
			return other == strconv.Itoa(n) || strings.EqualFold(other, strconv.Itoa(n/100)+"XX")
		})
	}
	switch {
	case name == "default":
		rest := []int{500, 400, 300}
		if !slices.ContainsFunc(all, func(n string) bool { return strings.HasPrefix(n, "2") || strings.HasPrefix(n, "3") }) {
			rest = []int{200}
		}
		for _, n := range rest {
			if !stated(n) {
				return n
			}
		}
		return 0
	case len(name) == 3 && strings.HasSuffix(strings.ToUpper(name), "XX"):
		return map[byte]int{'2': 202, '3': 300, '4': 418, '5': 503}[name[0]]
	}
	return 0
}

// sent is an answer as it goes out, with what it means.
type sent struct {
	documented
	contentType string
	kind        kind // how the body is written
	body        []byte
	value       any   // of JSON
	items       []any // of a stream
	header      map[string]any
}

// answer makes an answer.
func (r *round) answer(d documented) (*sent, error) {
	s := &sent{documented: d, header: map[string]any{}}
	m := r.maker
	m.Answer, m.Filled, m.Text = true, false, instance.Prose
	for _, name := range slices.Sorted(maps.Keys(d.response.Headers)) {
		h := d.response.Headers[name].Value
		if h == nil || strings.EqualFold(name, "Content-Type") || strings.EqualFold(name, "Content-Length") || strings.EqualFold(name, "Set-Cookie") || strings.EqualFold(name, "Transfer-Encoding") || strings.EqualFold(name, "Content-Encoding") {
			continue
		}
		m.Filled, m.Text = true, instance.Plain
		schema := h.Schema
		for _, t := range mediaTypes(h.Content) {
			schema = h.Content[t].Schema
		}
		if v, err := m.Value(schema); err == nil {
			s.header[name] = v
		}
		m.Filled, m.Text = false, instance.Prose
	}
	if d.media == nil {
		return s, nil
	}
	s.contentType = concrete(d.mediaType, d.media.Schema)
	if s.kind = kindOf(s.contentType); s.kind == kindBinary && strings.HasPrefix(s.contentType, "application/") && structured(d.media.Schema) {
		s.kind = kindJSON // by a name of its own
	}
	if s.kind == kindJSON && gatewayStream(d.media.Schema) {
		s.kind = kindLines
	}
	switch s.kind {
	case kindJSON:
		v, err := m.Value(d.media.Schema)
		if err != nil {
			return nil, err
		}
		s.value = v
		s.body, err = json.Marshal(v)
		return s, err
	case kindLines, kindSequence, kindEvents:
		return s, r.stream(s)
	case kindXML: // it has no null, and nothing tells what is empty from what is not there
		m.Filled = true
		v, err := m.Value(d.media.Schema)
		m.Filled = false
		if err != nil {
			return nil, err
		}
		s.value = v
		s.body, err = writeXML(d.media.Schema, v)
		return s, err
	case kindText:
		v, err := m.Value(d.media.Schema)
		if err != nil {
			return nil, err
		}
		if text, ok := v.(string); ok {
			s.body = []byte(text)
		} else {
			s.kind, s.value = kindJSON, v
			s.body, err = json.Marshal(v)
		}
		return s, err
	}
	s.body = make([]byte, 1+m.Rand.IntN(200))
	for i := range s.body {
		s.body[i] = byte(m.Rand.IntN(256))
	}
	return s, nil
}

// structured reports whether a schema is of objects or lists.
func structured(s *openapi3.SchemaRef) bool {
	return s != nil && s.Value != nil && (s.Value.Type.Is("object") || s.Value.Type.Is("array") || len(s.Value.Properties) > 0 ||
		slices.ContainsFunc(slices.Concat(s.Value.AllOf, s.Value.OneOf, s.Value.AnyOf), structured))
}

// gatewayStream reports whether a schema is of the messages that gRPC-Gateway streams as JSON.
func gatewayStream(s *openapi3.SchemaRef) bool {
	return s != nil && s.Value != nil && strings.HasPrefix(s.Value.Title, "Stream result of ")
}

// stream makes a few items of a stream. The schema of a stream is that of its items, or of the list of them.
func (r *round) stream(s *sent) error {
	schema := s.media.Schema
	if schema != nil && schema.Value != nil && schema.Value.Type.Is("array") && schema.Value.Items != nil {
		schema = schema.Value.Items
	}
	if schema == nil && s.kind == kindEvents {
		schema = openapi3.NewSchemaRef("", openapi3.NewStringSchema()) // the data of an event is a text
	}
	var b bytes.Buffer
	for range 1 + r.maker.Rand.IntN(3) {
		v, err := r.maker.Value(schema)
		if err != nil {
			return err
		}
		text, err := json.Marshal(v)
		if err != nil {
			return err
		}
		s.items = append(s.items, v)
		switch s.kind {
		case kindEvents:
			if err := writeEvent(&b, len(s.items), v); err != nil {
				return err
			}
		case kindSequence:
			fmt.Fprintf(&b, "\x1e%s\n", text)
		default:
			fmt.Fprintf(&b, "%s\n", text)
		}
	}
	s.body = b.Bytes()
	return nil
}

// eventFields are those that the standard gives to an event of a stream.
var eventFields = []string{"event", "data", "id", "retry"}

// wholeEvent reports whether a value is an event with its fields, and not the data of one.
func wholeEvent(v any) bool {
	object, ok := v.(map[string]any)
	_, data := object["data"]
	return ok && data && !slices.ContainsFunc(sortedKeys(object), func(name string) bool { return !slices.Contains(eventFields, name) })
}

// writeEvent writes an event: a value that is one, or is the data of one.
func writeEvent(b *bytes.Buffer, id int, v any) error {
	object := map[string]any{"id": id, "data": v}
	if wholeEvent(v) {
		object = v.(map[string]any)
	}
	for _, name := range sortedKeys(object) {
		text, ok := object[name].(string)
		if !ok {
			data, err := json.Marshal(object[name])
			if err != nil {
				return err
			}
			text = string(data)
		}
		for line := range strings.SplitSeq(text, "\n") {
			fmt.Fprintf(b, "%s: %s\n", name, line)
		}
	}
	b.WriteByte('\n')
	return nil
}
