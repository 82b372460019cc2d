package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// server receives one request at a time, examines it and answers as it was told.
type server struct {
	*httptest.Server
	target *target

	mu       sync.Mutex
	round    *round
	requests int
	problems []problem
	rejected bool
}

// problem is something that is wrong with a call.
type problem struct {
	kind string // request, wire, result…: what the list of expected failures names
	text string
}

func (p problem) String() string { return p.kind + ": " + p.text }

func serve(t *target) *server {
	s := &server{target: t}
	s.Server = httptest.NewServer(s)
	return s
}

// expect says what comes next.
func (s *server) expect(q *round) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.round, s.requests, s.problems, s.rejected = q, 0, nil, false
}

// found is what was wrong with the request.
func (s *server) found() (requests int, problems []problem) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests, s.problems
}

func (s *server) report(kind, format string, args ...any) {
	s.problems = append(s.problems, problem{kind, fmt.Sprintf(format, args...)})
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests++
	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.report("request", "%v", err)
	}
	q := s.round
	path := s.match(q, r)
	s.values(q, r, path)
	s.body(q, r, body)
	if q.method.Operation.Accept != "" && r.Header.Get("Accept") == "" {
		s.report("request", "there is no Accept header")
	}
	s.validate(q, r, path, body)
	s.anonymous(q, r)
	if q.answer_ == nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	write := w.Header()
	for _, name := range slices.Sorted(maps.Keys(q.answer_.header)) {
		write.Set(name, headerText(q.answer_.header[name]))
	}
	if q.answer_.contentType != "" {
		write.Set("Content-Type", q.answer_.contentType)
	}
	w.WriteHeader(q.answer_.status)
	if _, err := w.Write(q.answer_.body); err != nil && len(q.answer_.body) > 0 {
		s.report("answer", "%v", err)
	}
}

func headerText(v any) string {
	switch v := v.(type) {
	case []any:
		var parts []string
		for _, e := range v {
			parts = append(parts, text(e))
		}
		return strings.Join(parts, ",")
	case map[string]any:
		var parts []string
		for _, k := range sortedKeys(v) {
			parts = append(parts, k, text(v[k]))
		}
		return strings.Join(parts, ",")
	}
	return text(v)
}

// values compares each parameter with what was given for it, and wants nothing beside them.
func (s *server) values(q *round, r *http.Request, path map[string]string) {
	pairs := strings.Split(r.URL.RawQuery, "&")
	_, fixed := q.op.parts()
	for _, pair := range fixed {
		i := slices.Index(pairs, pair)
		if i < 0 {
			s.report("wire", "the query %q has not %q of the path", r.URL.RawQuery, pair)
			continue
		}
		pairs = slices.Delete(pairs, i, i+1)
	}
	query, err := url.ParseQuery(strings.Join(pairs, "&"))
	if err != nil {
		s.report("wire", "the query: %v", err)
	}
	cookies := url.Values{}
	for _, c := range r.Cookies() {
		cookies.Add(c.Name, c.Value)
	}
	for _, a := range q.parameters {
		var wrong string
		switch a.In {
		case "path":
			wrong = inPath(path[a.Name], a.Parameter, a.value)
		case "query":
			wrong = inQuery(query, a.Parameter, a.value)
		case "header":
			wrong = inHeader(r.Header.Values(a.Name), a.Parameter, a.value)
		case "cookie":
			wrong = inCookie(cookies, a.Parameter, a.value)
		}
		if wrong != "" {
			s.report("wire", "%s parameter %s: %s", a.In, a.Name, wrong)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if scheme := s.target.credential(&openapi3.Parameter{In: "query", Name: name}); !scheme {
			s.report("wire", "the query has %s=%q too", name, query[name])
		}
	}
}

// inCookie compares a cookie; an exploded list is not well defined there, and taken in both forms.
func inCookie(cookies url.Values, p *openapi3.Parameter, want any) string {
	if values := cookies[p.Name]; p.Content != nil && len(values) == 1 {
		if text, err := url.QueryUnescape(values[0]); err == nil { // a cookie cannot hold what JSON is made of
			cookies = url.Values{p.Name: {text}}
		}
	}
	clone := maps.Clone(cookies)
	wrong := inQuery(clone, p, want)
	if _, list := want.([]any); list && wrong != "" {
		no := false
		other := *p
		other.Explode = &no
		return inQuery(maps.Clone(cookies), &other, want)
	}
	return wrong
}

// validate asks kin-openapi.
func (s *server) validate(q *round, r *http.Request, path map[string]string, body []byte) {
	request := r.Clone(r.Context())
	request.Body = io.NopCloser(bytes.NewReader(body))
	options := &openapi3filter.Options{AuthenticationFunc: s.authenticate, SkipSettingDefaults: true}
	// What kin-openapi has no decoder for, or decodes to something else than the schema says, is compared and not validated.
	base, _, _ := mime.ParseMediaType(q.mediaType)
	options.ExcludeRequestBody = openapi3filter.RegisteredBodyDecoder(base) == nil || kindOf(q.mediaType) == kindBinary ||
		kindOf(q.mediaType) == kindText && (base != "text/plain" || q.media.Schema == nil || q.media.Schema.Value == nil || !q.media.Schema.Value.Type.Is("string"))
	if k := kindOf(q.mediaType); (k == kindForm || k == kindMultipart) && (q.media.Schema == nil || memberless(q.media.Schema.Value) || !plainForm(q.media.Schema)) {
		options.ExcludeRequestBody = true
	}
	operation, item := *q.op.Operation, *q.op.item
	operation.Parameters, item.Parameters = decodable(operation.Parameters, path), decodable(item.Parameters, path)
	input := &openapi3filter.RequestValidationInput{
		Request: request, PathParams: path, Options: options,
		Route: &routers.Route{Spec: s.target.T, PathItem: &item, Operation: &operation, Method: q.op.method, Path: q.op.path},
	}
	err := guarded(func() error { return openapi3filter.ValidateRequest(r.Context(), input) })
	if err != nil {
		s.rejected = true
		lines := strings.Split(err.Error(), "\n")
		s.report("request", "%s", first(lines[0], 300))
	}
}

// decodable leaves out the parameters that kin-openapi cannot decode for sure: of a union it takes the last member that fits
// the text. Their values were valid when they were made, and are compared with what arrives. It leaves out the headers that
// are no parameters too, and those of a path in which they have no place.
func decodable(list openapi3.Parameters, path map[string]string) openapi3.Parameters {
	return slices.DeleteFunc(slices.Clone(list), func(p *openapi3.ParameterRef) bool {
		if p.Value != nil && p.Value.In == "path" {
			if _, there := path[p.Value.Name]; !there {
				return true
			}
		}
		return p.Value == nil || ignored(p.Value) || p.Value.Style == tabDelimited || !decodes(p.Value)
	})
}

// decodes reports whether kin-openapi decodes a parameter in one way only. Of content it knows JSON of a schema, and of cookies
// scalars: what others are, exploded, the standard leaves open.
func decodes(p *openapi3.Parameter) bool {
	for name, m := range p.Content {
		if p.In == "cookie" || kindOf(name) != kindJSON || m == nil || m.Schema == nil {
			return false
		}
	}
	return len(p.Content) > 0 || sure(p.Schema, 0) && (p.In != "cookie" || !p.Schema.Value.Type.Is("array") && !p.Schema.Value.Type.Is("object"))
}

// sure reports whether kin-openapi decodes the text of a schema in one way only.
func sure(s *openapi3.SchemaRef, depth int) bool {
	if s == nil || s.Value == nil || depth > 10 {
		return false
	}
	v := s.Value
	if v.Type == nil || len(*v.Type) != 1 || len(v.OneOf)+len(v.AnyOf)+len(v.AllOf)+len(v.PrefixItems) > 0 || v.Not != nil {
		return false
	}
	if v.Type.Is("object") && len(v.Properties) == 0 {
		return false
	}
	if v.Type.Is("array") {
		return v.Items != nil && v.Items.Value != nil && !v.Items.Value.Type.Is("object") && !v.Items.Value.Type.Is("array") && sure(v.Items, depth+1)
	}
	return plainMembers(v, depth) && v.AdditionalProperties.Schema == nil
}

func plainMembers(v *openapi3.Schema, depth int) bool {
	for _, p := range v.Properties {
		if !sure(p, depth+1) {
			return false
		}
	}
	return true
}

// plainForm reports whether kin-openapi decodes all members of a form in one way only.
func plainForm(s *openapi3.SchemaRef) bool {
	v := s.Value
	object := func(s *openapi3.SchemaRef) bool { return s.Value != nil && s.Value.Type.Is("object") }
	for _, p := range schemasOf(v) {
		if object(p) {
			return false
		}
	}
	return v != nil && v.Type.Is("object") && len(v.OneOf)+len(v.AnyOf)+len(v.AllOf) == 0 && v.AdditionalProperties.Schema == nil &&
		plainMembers(v, 0) && !slices.ContainsFunc(v.Required, func(name string) bool { return v.Properties[name] == nil })
}

func schemasOf(v *openapi3.Schema) []*openapi3.SchemaRef {
	if v == nil {
		return nil
	}
	return slices.Collect(maps.Values(v.Properties))
}

// guarded turns a panic of the validator into an error.
func guarded(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the validator panics: %v", p)
		}
	}()
	return f()
}

// lines compares values of JSON, one after the other, with a list, or with the one that they are all.
func (s *server) lines(q *round, body []byte) {
	want, ok := q.body.([]any)
	if !ok {
		want = []any{q.body}
	}
	got := []any{}
	for dec := json.NewDecoder(bytes.NewReader(bytes.ReplaceAll(body, []byte("\x1e"), nil))); dec.More(); {
		var v any
		if err := dec.Decode(&v); err != nil {
			s.report("wire", "the lines: %v", err)
			return
		}
		got = append(got, v)
	}
	data, err := json.Marshal(got)
	if err != nil || !sameJSON(data, want) {
		s.report("wire", "the lines are %s", first(string(body), 80))
	}
}

// body compares the body with what was given.
func (s *server) body(q *round, r *http.Request, body []byte) {
	if !q.hasBody {
		if len(body) > 0 {
			s.report("wire", "there is a body: %s", first(string(body), 60))
		}
		return
	}
	if q.method.Request.Constant {
		return
	}
	got := r.Header.Get("Content-Type")
	if kindOf(got) != kindOf(q.mediaType) && !strings.Contains(q.mediaType, "*") {
		s.report("wire", "the Content-Type is %q, documented is %q", got, q.mediaType)
	}
	switch kindOf(q.mediaType) {
	case kindJSON:
		value, ok := decode(body)
		if !ok {
			s.report("wire", "the body is no JSON: %s", first(string(body), 60))
			return
		}
		data, err := json.Marshal(q.body)
		if err != nil {
			s.report("setup", "%v", err)
			return
		}
		want, _ := decode(data)
		if d := difference("", value, want); d != "" {
			s.report("wire", "the body: %s", d)
		}
	case kindForm:
		s.form(q, body)
	case kindMultipart:
		s.multipart(q, got, body)
	case kindXML:
		if unsaid(q.media.Schema) && string(body) == text(q.body) {
			break
		}
		data, err := writeXML(q.media.Schema, q.body)
		if d := differentXML(body, data); err != nil || d != "" {
			s.report("wire", "the body: %s %v", d, err)
		}
	case kindLines, kindSequence:
		s.lines(q, body)
	default:
		if want, ok := q.body.(string); !ok || want != string(body) {
			s.report("wire", "the body is %q, given was %q", first(string(body), 60), first(want, 60))
		}
	}
}
