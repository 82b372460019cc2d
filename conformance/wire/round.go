package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/pantograph-go/pantograph/conformance/internal/instance"
	"github.com/pantograph-go/pantograph/conformance/wire/driver"
)

// round is one call of an operation: what is sent, and what is answered.
type round struct {
	op     *operation
	plan   *planned
	method *plannedMethod
	maker  *instance.Maker

	parameters []argument
	mediaType  string // of the request
	media      *openapi3.MediaType
	body       any // of the request, as JSON; text and bytes as a string
	hasBody    bool
	answer_    *sent
	command    driver.Command
}

// argument is a parameter with its value.
type argument struct {
	*openapi3.Parameter
	value any
	given bool
}

// skipped is why a round is not made: not the generator's fault.
type skipped struct {
	reason string
	none   error // why the answer is impossible
}

func (s skipped) Error() string { return s.reason }

// prepare makes a round.
func (t *target) prepare(o *operation, m *plannedMethod, d *documented, fill instance.Fill, r *rand.Rand) (*round, error) {
	q := &round{op: o, plan: t.plan, method: m, maker: &instance.Maker{Rand: r, Doc: t.T, Fill: fill}}
	q.command = driver.Command{Service: m.Service, Method: m.Name, Options: []string{"presence", "strict"}, Header: m.Header, Timeout: 20 * time.Second}
	if err := q.fillParameters(t); err != nil {
		return nil, err
	}
	if err := q.fillBody(); err != nil {
		return nil, err
	}
	if d != nil {
		a, err := q.answer(*d)
		if err != nil {
			skip := skipped{reason: fmt.Sprintf("answer %s: %v", d, err)}
			if errors.As(err, new(instance.NoneError)) {
				skip.none = err
			}
			return nil, skip
		}
		q.answer_ = a
	}
	return q, nil
}

// The alphabets of parameters: what can stand in each place.
const (
	inSegment instance.Alphabet = "abcdefghijklmnopqrstuvwxyz ABC0123&=+%?#:;,'\"<>{}[]()|~^`$@!*-_äß日本🙂é"
	inField   instance.Alphabet = "abcdefghijklmnopqrstuvwxyz ABC0123&=+%?#/:;'<>{}[]()|~^`$@!*-_"
	inList    instance.Alphabet = "abcdefghijklmnopqrstuvwxyzABC0123-_äß日本é"
)

func (q *round) fillParameters(t *target) error {
	m := q.method
	for _, a := range m.PathArgs {
		p := parameter(q.op, "path", a.Wire)
		if p == nil { // in the template alone
			p = &openapi3.Parameter{Name: a.Wire, In: "path", Required: true, Schema: openapi3.NewSchemaRef("", openapi3.NewStringSchema())}
		}
		v, err := q.parameterValue(p)
		if err != nil {
			return err
		}
		q.parameters = append(q.parameters, argument{p, v, true})
		arg, err := value(meaning(p.Schema, v))
		if err != nil {
			return err
		}
		q.command.Args = append(q.command.Args, arg)
	}
	var fields []driver.Field
	for _, p := range parameters(q.op) {
		if p.In == "path" || ignored(p) || q.op.fixes(p) {
			continue
		}
		wanted := p.Required || q.maker.Fill == instance.All || q.maker.Fill == instance.Some && r2(q.maker.Rand)
		i := -1
		if m.Params != nil {
			i = slices.IndexFunc(m.Params.Fields, func(f plannedField) bool { return f.Wire == p.Name && f.In == p.In })
		}
		if i < 0 {
			if t.credential(p) {
				continue
			}
			return fmt.Errorf("the %s parameter %q has no field", p.In, p.Name)
		}
		if !wanted {
			continue
		}
		v, err := q.parameterValue(p)
		if err != nil {
			if !p.Required {
				continue
			}
			return err
		}
		q.parameters = append(q.parameters, argument{p, v, true})
		data, err := json.Marshal(meaning(p.Schema, v))
		if err != nil {
			return err
		}
		fields = append(fields, driver.Field{Name: m.Params.Fields[i].Name, Value: data})
	}
	if m.Params != nil {
		q.command.Args = append(q.command.Args, driver.Arg{Given: true, Fields: fields})
	}
	return nil
}

func r2(r *rand.Rand) bool { return r.IntN(2) == 0 }

func value(v any) (driver.Arg, error) {
	data, err := json.Marshal(v)
	return driver.Arg{Given: true, Value: data}, err
}

// meaning is what a text of a curated document stands for: that is what Go has.
func meaning(s *openapi3.SchemaRef, v any) any {
	text, ok := v.(string)
	if s == nil || s.Value == nil || !ok {
		return v
	}
	if r := instance.Representation(s.Value, nil); r != nil {
		return r.Meaning(text)
	}
	return v
}

// parameterValue makes a value that can be told from none, of characters that the place can hold.
func (q *round) parameterValue(p *openapi3.Parameter) (any, error) {
	m := q.maker
	m.Answer, m.Filled = false, true
	defer func() { m.Filled = false }()
	schema := p.Schema
	for _, name := range mediaTypes(p.Content) {
		schema = p.Content[name].Schema
	}
	if schema != nil && len(p.Content) == 0 && unsaid(schema) {
		schema = openapi3.NewSchemaRef("", openapi3.NewStringSchema()) // it is the text itself: no style says how anything else would look
	}
	composed := schema != nil && schema.Value != nil && !schema.Value.Type.Is("string")
	switch {
	case p.In == "cookie":
		m.Text = instance.Plain
	case composed && p.In == "header":
		m.Text = instance.Plain
	case composed && len(p.Content) == 0:
		m.Text = inList
	case p.In == "path":
		m.Text = inSegment
	case p.In == "header":
		m.Text = inField
	default:
		m.Text = instance.Prose
	}
	if p.In == "path" && len(p.Content) > 0 {
		m.Text = instance.Plain // a text that holds a slash is refused
	}
	var last any
	for range 20 {
		v, err := m.Value(schema)
		if err != nil {
			return nil, skipped{reason: fmt.Sprintf("%s parameter %q: %v", p.In, p.Name, err)}
		}
		if last = v; sendable(p, v) {
			return v, nil
		}
	}
	return nil, skipped{reason: fmt.Sprintf("%s parameter %q: %s cannot stand there", p.In, p.Name, first(text(last), 60))}
}

// unsaid reports whether a schema, if there is one, says nothing of what a value is.
func unsaid(s *openapi3.SchemaRef) bool {
	if s == nil {
		return true
	}
	v := s.Value
	return v != nil && v.Type == nil && v.Const == nil && v.Items == nil && v.AdditionalProperties == (openapi3.AdditionalProperties{}) &&
		len(v.Enum)+len(v.Properties)+len(v.AllOf)+len(v.OneOf)+len(v.AnyOf)+len(v.PrefixItems)+len(v.PatternProperties) == 0
}

// memberless reports whether a schema says nothing of members.
func memberless(v *openapi3.Schema) bool {
	return v.AdditionalProperties == (openapi3.AdditionalProperties{}) && len(v.Properties)+len(v.AllOf)+len(v.OneOf)+len(v.AnyOf)+len(v.PatternProperties) == 0
}

// sendable reports whether a value can stand in its place: what none of the styles can say is nobody's fault.
func sendable(p *openapi3.Parameter, v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case string:
		switch {
		case v == "", p.In == "path" && (strings.ContainsAny(v, "/\\") || v == "." || v == ".."):
			return false
		case p.In == "cookie" && strings.ContainsAny(v, " ,;\"\\"):
			return false
		case p.In == "header" && strings.TrimSpace(v) != v:
			return false
		}
	case []any:
		for _, e := range v {
			if s, ok := e.(string); e == nil || ok && (s == "" || strings.ContainsAny(s, ",|; ") && len(p.Content) == 0) {
				return false
			}
		}
	case map[string]any:
		for _, e := range v {
			if p.In != "query" && len(p.Content) == 0 && !scalars([]any{e}) {
				return false // no style says how
			}
			if !sendable(&openapi3.Parameter{In: p.In, Content: p.Content}, e) {
				return false
			}
		}
	}
	return true
}

// parameters are those of an operation, its own and those of its path.
func parameters(o *operation) []*openapi3.Parameter {
	var out []*openapi3.Parameter
	for _, list := range []openapi3.Parameters{o.Parameters, o.item.Parameters} {
		for _, p := range list {
			if p.Value != nil && !slices.ContainsFunc(out, func(q *openapi3.Parameter) bool { return q.Name == p.Value.Name && q.In == p.Value.In }) {
				out = append(out, p.Value)
			}
		}
	}
	return append(out, o.named(out)...)
}

func parameter(o *operation, in, name string) *openapi3.Parameter {
	for _, p := range parameters(o) {
		if p.In == in && p.Name == name {
			return p
		}
	}
	return nil
}

// ignored are the headers that the standard says are no parameters, and those that HTTP writes itself.
func ignored(p *openapi3.Parameter) bool {
	return p.In == "header" && slices.ContainsFunc([]string{"Accept", "Content-Type", "Authorization", "Host", "Content-Length", "Transfer-Encoding", "Connection", "Accept-Encoding"}, func(name string) bool { return strings.EqualFold(name, p.Name) })
}

// credential reports whether a parameter is one that a security scheme sends.
func (t *target) credential(p *openapi3.Parameter) bool {
	if t.Components == nil {
		return false
	}
	for _, s := range t.Components.SecuritySchemes {
		if s.Value != nil && s.Value.Type == "apiKey" && s.Value.In == p.In && strings.EqualFold(s.Value.Name, p.Name) {
			return true
		}
	}
	return false
}

// fillBody makes the body of the request.
func (q *round) fillBody() error {
	m := q.method
	if q.op.RequestBody == nil || q.op.RequestBody.Value == nil {
		return nil
	}
	if m.Request == nil {
		return fmt.Errorf("the request body has no argument")
	}
	body := q.op.RequestBody.Value
	q.mediaType = m.Operation.ContentType
	q.media = body.Content[q.mediaType]
	for _, name := range m.Operation.ContentTypes { // the first is what the document calls it: a wildcard may be sent as JSON
		q.media = body.Content[name]
		break
	}
	if q.media == nil {
		for _, name := range mediaTypes(body.Content) {
			if kindOf(name) == kindOf(q.mediaType) {
				q.media = body.Content[name]
			}
		}
	}
	if wild := mediaTypes(body.Content); q.media == nil && len(wild) == 1 && strings.Contains(wild[0], "*") {
		q.media = body.Content[wild[0]]
	}
	if q.media == nil {
		return fmt.Errorf("the document has no request body %q", q.mediaType)
	}
	if m.Request.Constant {
		q.hasBody = true
		return nil
	}
	demanding := q.media.Schema != nil && q.media.Schema.Value != nil && len(q.media.Schema.Value.Required) > 0
	if !body.Required && !demanding && q.maker.Fill == instance.Required {
		q.command.Args = append(q.command.Args, driver.Arg{})
		return nil
	}
	q.hasBody = true
	if main, ok := strings.CutSuffix(q.mediaType, "/*"); ok && main != "*" {
		q.command.ContentType = concrete(q.mediaType, nil)
	}
	k := kindOf(q.mediaType)
	q.maker.Answer, q.maker.Filled, q.maker.Text = false, k == kindForm || k == kindMultipart || k == kindText, instance.Prose
	if k != kindText && q.maker.Filled {
		q.maker.Text = inList
	}
	schema := q.media.Schema
	if unsaid(schema) || k == kindMultipart && schema.Value != nil && schema.Value.Type.Is("object") && memberless(schema.Value) {
		switch k {
		case kindMultipart: // of whatever parts
			schema = openapi3.NewSchemaRef("", openapi3.NewObjectSchema().WithAdditionalProperties(openapi3.NewStringSchema()))
		case kindXML:
			k = kindText
		}
	}
	if k == kindMultipart {
		schema = parts(schema)
	}
	v, err := q.maker.Value(schema)
	q.maker.Filled = false
	if err != nil && k != kindBinary {
		return skipped{reason: fmt.Sprintf("request %s: %v", q.mediaType, err)}
	}
	if _, object := v.(map[string]any); k == kindForm && !object {
		k = kindText // no form has it
	}
	if path := m.Operation.ConstPath; len(path) == 1 { // one that lies deeper is what its schema makes it
		if object, ok := v.(map[string]any); ok {
			object[path[0]] = m.Operation.ConstValue
		}
	}
	q.body = v
	switch k {
	case kindBinary, kindText:
		if text, ok := v.(string); ok && k == kindText {
			q.body = text
		} else {
			q.body = q.maker.Text.Word(q.maker.Rand, 1, 100)
		}
		q.command.Args = append(q.command.Args, driver.Arg{Given: true, Bytes: []byte(q.body.(string))})
		return nil
	}
	arg, err := value(v)
	q.command.Args = append(q.command.Args, arg)
	return err
}
