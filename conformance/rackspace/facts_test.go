package rackspace_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/spec"
)

const document = "../../spec/rackspace/autoscale/v1/openapi.yaml"

// facts is facts.json: what the reference says.
type facts struct {
	Operations []factOperation `json:"operations"`
	Schemas    []factSchema    `json:"schemas"`
	Codes      []factError     `json:"codes"`
}

type factOperation struct {
	ID, Method, Path, Dead string
	Status                 int
	Request, Response      string
	Idempotent, Anonymous  bool
	Parameters             []factField
	Headers                []string
	Pages                  *struct{ Items, Links string }
	Errors                 []factError
}

type factError struct {
	Status          int
	Code, By, Guide string
}

type factSchema struct {
	Name, Kind, Component string
	Closed                bool
	Variants              []string
	Items                 string
	Limits                map[string]any
	Fields                []map[string]any
}

type factField struct {
	Name, In, Type string
	Required       bool
	Default        any
}

func readFacts(t testing.TB) facts {
	t.Helper()
	text, err := os.ReadFile("facts.json")
	require.NoError(t, err)
	var f facts
	require.NoError(t, json.Unmarshal(text, &f))
	return f
}

// deviations are where the document says something else than the facts, with the reason. Each must be needed.
var deviations = map[string]string{
	"BlockDevice.boot_index type integer":                     "nobody refuses the text of a number",
	"BlockDevice.volume_size type string":                     "the compute service takes integers, and Autoscale hands them on",
	"executePolicy response":                                  "an empty object; without it, the method returns nothing",
	"ServerTemplate.imageRef pattern ^\\S+$":                  "it may be empty with a block device mapping: rule SV-07",
	"GroupConfigurationCreate.metadata default":               "an object as default is prose",
	"WebhookCreate.metadata default":                          "an object as default is prose",
	"AtArgs.at required":                                      "the form without it: rule PL-22",
	"AtArgs.at format date-time":                              "x-pantograph.represents says more",
	"CronArgs.cron required":                                  "the form without it: rule PL-22",
	"CronArgs.cron format cron":                               "rules PL-33 and PL-35",
	"CloudMonitoringArgs.check required":                      "the form without it: rule PL-22",
	"CloudMonitoringArgs.alarm_criteria required":             "the form without it: rule PL-22",
	"CloudLoadBalancerRef.port required":                      "the form without it: rule LB-07",
	"CloudLoadBalancerRef.type enum":                          "one type of both values",
	"RackConnectV3LoadBalancerRef.type required":              "the form without it is a cloud load balancer",
	"RackConnectV3LoadBalancerRef.type enum":                  "one type of both values",
	"RackConnectV3LoadBalancerRef.loadBalancerId type string": "an integer is for cloud load balancers: if and then, rule LB-10",
}

// noBlank is what the server takes \S for: its regular expressions are those of Python 2, to which the white space of ASCII alone is
// white space. That of JSON Schema is more.
const noBlank = `[^ \t\n\v\f\r]`

// TestFacts compares every operation, parameter, error, schema and field of the reference with the document.
func TestFacts(t *testing.T) {
	f := readFacts(t)
	root, err := spec.Open(document)
	require.NoError(t, err)
	c := &comparison{t: t, root: root, facts: f, used: map[string]bool{}, requests: map[string]bool{}}
	c.reach()
	operations := map[string]spec.Operation{}
	for _, op := range root.Operations() {
		operations[op.Get("operationId").Text()] = op
	}
	assert.Len(t, operations, len(f.Operations))
	dead, errors := 0, 0
	for _, fact := range f.Operations {
		op, ok := operations[fact.ID]
		if assert.True(t, ok, fact.ID) {
			c.operation(fact, op)
		}
		if fact.Dead != "" {
			dead++
			continue
		}
		errors += len(fact.Errors)
	}
	assert.Equal(t, 29, len(f.Operations))
	assert.Equal(t, 3, dead)
	assert.Equal(t, 237, errors)
	fields := 0
	for _, s := range f.Schemas {
		c.schema(s)
		fields += len(s.Fields)
	}
	assert.Equal(t, 59, len(f.Schemas))
	assert.Equal(t, 160, fields)
	c.codes()
	for name := range deviations {
		assert.True(t, c.used[name], "nothing needs the deviation %q", name)
	}
}

// comparison holds the document against the facts.
type comparison struct {
	t        *testing.T
	root     spec.Place
	facts    facts
	used     map[string]bool
	requests map[string]bool // schemas of the facts that requests hold
}

// differ reports a difference, unless it is one of the deviations.
func (c *comparison) differ(what, format string, args ...any) {
	if _, ok := deviations[what]; ok {
		c.used[what] = true
		return
	}
	assert.Fail(c.t, what+": "+fmt.Sprintf(format, args...))
}

// reach finds the schemas that requests hold: what is required of an answer binds nobody.
func (c *comparison) reach() {
	byName := map[string]factSchema{}
	for _, s := range c.facts.Schemas {
		byName[s.Name] = s
	}
	var visit func(name string)
	visit = func(name string) {
		name = strings.TrimSuffix(strings.TrimPrefix(name, "array<"), ">")
		s, ok := byName[name]
		if !ok || c.requests[name] {
			return
		}
		c.requests[name] = true
		visit(s.Items)
		for _, v := range s.Variants {
			visit(v)
		}
		for _, f := range s.Fields {
			visit(f["type"].(string))
		}
	}
	for _, op := range c.facts.Operations {
		visit(op.Request)
	}
}

func (c *comparison) component(name string) spec.Place {
	for _, s := range c.facts.Schemas {
		if s.Name == name && s.Component != "" {
			name = s.Component
		}
	}
	return c.root.Get("components", "schemas").Child(name)
}

func (c *comparison) operation(fact factOperation, op spec.Operation) {
	t := c.t
	assert.Equal(t, fact.Method+" "+fact.Path, op.String(), fact.ID)
	assert.Equal(t, fact.Dead != "", op.Get("deprecated").Text() == "true", "%s: whether it is deprecated", fact.ID)
	assert.NotEmpty(t, op.Get("x-pantograph", "source", "page").Text(), "%s: the source", fact.ID)
	assert.Equal(t, fact.Anonymous, op.Child("security").Found() && len(op.Get("security").Items()) == 0, "%s: whether it wants no token", fact.ID)

	usual := fact.Method != "POST"
	idempotent := usual
	if own := op.Get("x-pantograph", "idempotent"); own.Found() {
		idempotent = own.Text() == "true"
	}
	assert.Equal(t, fact.Idempotent, idempotent, "%s: whether it is idempotent", fact.ID)

	request := op.Get("requestBody", "content", "application/json")
	assert.Equal(t, fact.Request, referred(request.Child("schema")), "%s: the request", fact.ID)
	if fact.Request != "" {
		assert.Equal(t, "true", op.Get("requestBody", "required").Text(), "%s: whether the body is required", fact.ID)
	}
	if fact.Status != 0 {
		answer := op.Get("responses", strconv.Itoa(fact.Status))
		assert.True(t, answer.Found(), "%s: the answer %d", fact.ID, fact.Status)
		if got := referred(answer.Get("content", "application/json").Child("schema")); got != fact.Response {
			c.differ(fact.ID+" response", "expected %q, found %q", fact.Response, got)
		}
		for _, name := range fact.Headers {
			assert.True(t, answer.Get("headers", name).Found(), "%s: the header %s", fact.ID, name)
		}
	}
	if fact.Pages != nil {
		assert.Equal(t, fact.Pages.Items, op.Get("x-pantograph", "pagination", "items").Text(), fact.ID)
		assert.Equal(t, fact.Pages.Links+"[rel=next].href", op.Get("x-pantograph", "pagination", "next").Text(), fact.ID)
	}
	c.parameters(fact, op)
	c.errors(fact, op)
}

func (c *comparison) parameters(fact factOperation, op spec.Operation) {
	have := map[string]spec.Place{}
	for _, list := range [][]spec.Place{op.Item.Get("parameters").Items(), op.Get("parameters").Items()} {
		for _, p := range list {
			p = p.Target()
			have[p.Get("in").Text()+" "+p.Get("name").Text()] = p
		}
	}
	assert.Len(c.t, have, len(fact.Parameters), "%s: parameters", fact.ID)
	for _, f := range fact.Parameters {
		p, ok := have[f.In+" "+f.Name]
		if !assert.True(c.t, ok, "%s: the parameter %s", fact.ID, f.Name) {
			continue
		}
		assert.Equal(c.t, f.Type, p.Get("schema", "type").Text(), "%s: %s", fact.ID, f.Name)
		assert.Equal(c.t, f.Required, p.Get("required").Text() == "true", "%s: %s", fact.ID, f.Name)
		if f.Default != nil {
			assert.Equal(c.t, fmt.Sprint(f.Default), p.Get("schema", "default").Text(), "%s: %s", fact.ID, f.Name)
		}
	}
}

// errors compares the codes with which an operation fails: all but those that only the guide lists, and the one
// without a body.
func (c *comparison) errors(fact factOperation, op spec.Operation) {
	var want, have []string
	for _, e := range fact.Errors {
		if e.By != "guide alone" && !strings.Contains(e.Code, "(") {
			want = append(want, e.Code)
		}
	}
	for _, e := range op.Get("x-pantograph", "errors").Items() {
		have = append(have, e.Text())
	}
	assert.ElementsMatch(c.t, want, have, "%s: error codes", fact.ID)
}

// codes compares the table of codes.
func (c *comparison) codes() {
	file, err := spec.Open("../../spec/rackspace/autoscale/errors.yaml")
	require.NoError(c.t, err)
	have := map[string]spec.Place{}
	for _, e := range file.Get("codes").Items() {
		have[e.Get("code").Text()] = e
	}
	for _, e := range c.facts.Codes {
		if assert.Contains(c.t, have, e.Code) {
			assert.Equal(c.t, strconv.Itoa(e.Status), have[e.Code].Get("status").Text(), e.Code)
		}
	}
	for _, op := range c.facts.Operations {
		for _, e := range op.Errors {
			if e.Guide != "" {
				var aliases []string
				for _, a := range have[e.Code].Get("aliases").Items() {
					aliases = append(aliases, a.Text())
				}
				assert.Contains(c.t, aliases, e.Guide, "%s: the name in the guide", e.Code)
			}
		}
	}
}

func (c *comparison) schema(s factSchema) {
	if s.Name == "EmptyObject" {
		return // see the deviation of executePolicy
	}
	place := c.component(s.Name)
	if !assert.True(c.t, place.Found(), s.Name) {
		return
	}
	assert.NotEmpty(c.t, place.Get("x-pantograph", "source", "page").Text(), "%s: the source", s.Name)
	if s.Closed && c.requests[s.Name] {
		assert.Equal(c.t, "false", place.Get("additionalProperties").Text(), "%s: whether it is closed", s.Name)
	}
	for word, limit := range s.Limits {
		at := map[string][]string{"maxKey": {"propertyNames", "maxLength"}, "maxValue": {"additionalProperties", "maxLength"}}[word]
		if at == nil {
			at = []string{word}
		}
		if word == "keys" { // a hyphen between classes is one, wherever it stands
			assert.Equal(c.t, `^[a-zA-Z0-9_:. -]{1,255}$`, place.Get("propertyNames", "pattern").Text(), s.Name)
			continue
		}
		assert.Equal(c.t, fmt.Sprint(limit), place.Get(at...).Text(), "%s: %s", s.Name, word)
	}
	if s.Items != "" {
		assert.Equal(c.t, s.Items, referred(place.Get().Child("items")), s.Name)
	}
	for _, f := range s.Fields {
		c.field(s, place, f)
	}
}

// field compares a field with a property.
func (c *comparison) field(s factSchema, place spec.Place, f map[string]any) {
	name := f["name"].(string)
	at := s.Name + "." + name
	property := place.Property(name)
	if !assert.True(c.t, property.Found(), at) {
		return
	}
	assert.NotEmpty(c.t, property.Child("description").Text(), "%s: the description", at)
	for word, value := range f {
		text := fmt.Sprint(value)
		switch word {
		case "name":
		case "type":
			if !c.is(property, text) {
				c.differ(at+" type "+text, "the type is another")
			}
		case "required":
			var required []string
			for _, r := range place.Get("required").Items() {
				required = append(required, r.Text())
			}
			if c.requests[s.Name] && !slices.Contains(required, name) {
				c.differ(at+" required", "it is not required")
			}
		case "enum":
			var have, want []string
			for _, v := range append(property.Keyword("enum").Items(), property.Keyword("const")) {
				if v.Text() != "" {
					have = append(have, v.Text())
				}
			}
			for _, v := range value.([]any) {
				want = append(want, v.(string))
			}
			slices.Sort(have)
			slices.Sort(want)
			if !slices.Equal(want, have) {
				c.differ(at+" enum", "expected %q, found %q", want, have)
			}
		case "nullable":
			assert.True(c.t, nullable(property), "%s: nullable", at)
		default: // limits, which bind requests
			want := text
			if word == "pattern" {
				want = strings.ReplaceAll(text, `\S`, noBlank)
			}
			if got := property.Keyword(word).Text(); c.requests[s.Name] && got != want {
				what := at + " " + word
				if word == "format" || word == "pattern" {
					what += " " + text
				}
				c.differ(what, "expected %s, found %q", want, got)
			}
		}
	}
}

// is reports whether a property has a type of the facts: a JSON type, a choice of them, a schema, or a list.
func (c *comparison) is(property spec.Place, want string) bool {
	if inner, isList := strings.CutPrefix(want, "array<"); isList {
		return slices.Contains(types(property), "array") && c.is(property.Get().Child("items"), strings.TrimSuffix(inner, ">"))
	}
	if target := c.component(want); target.Found() {
		at := property
		for _, choice := range property.Get("anyOf").Items() {
			if choice.Child("$ref").Found() {
				at = choice
			}
		}
		if name := referred(at); name == "WebhookLink" {
			return want == "Link"
		}
		return at.Target().Node == target.Node
	}
	var wanted []string
	for t := range strings.SplitSeq(want, " | ") {
		wanted = append(wanted, t)
	}
	have := slices.DeleteFunc(types(property), func(t string) bool { return t == "null" })
	slices.Sort(have)
	slices.Sort(wanted)
	return slices.Equal(have, wanted)
}

func types(p spec.Place) []string {
	of := p.Keyword("type")
	if of.Text() != "" {
		return []string{of.Text()}
	}
	var out []string
	for _, t := range of.Items() {
		out = append(out, t.Text())
	}
	return out
}

func nullable(p spec.Place) bool {
	if slices.Contains(types(p), "null") {
		return true
	}
	return slices.ContainsFunc(p.Get("anyOf").Items(), func(m spec.Place) bool { return m.Child("type").Text() == "null" })
}

// referred is the component that a schema refers to.
func referred(p spec.Place) string {
	ref := p.Child("$ref").Text()
	return ref[strings.LastIndex(ref, "/")+1:]
}
