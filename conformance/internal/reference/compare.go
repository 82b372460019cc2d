package reference

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// comparison holds the documents against the facts.
type comparison struct {
	t     *testing.T
	facts factTable
	allow *deviations

	schemas map[string]factSchema
	aside   map[int]bool // entries of limitsSetAside that were needed
	said    map[string]bool
	found   struct {
		parameters, request, response int
		uses                          int
		schemaFields                  map[string]bool // schema.field, found at every use so far
	}
	limits map[string]map[string]bool // by what became of them: the limits of all places
}

// spot is one place of one operation.
type spot struct {
	operation string
	part      string // request, response, or query parameter and the like
	path      string
	owner     string // the schema of the facts that has the field, else the operation
	at        string // in the document
}

func (s spot) field() string {
	name := s.path[strings.LastIndex(s.path, ".")+1:]
	return strings.TrimSuffix(name, "[]")
}

// differ reports a difference unless deviations.yaml lists it.
func (c *comparison) differ(s spot, kind, value, expected, found string) {
	if c.allow.allow(s.owner, s.field(), kind, value) {
		c.count("deviating "+kind, s, kind)
		return
	}
	c.fail("%s: %s %s (of %s): %s: expected %s, found %s at %s", s.operation, s.part, s.path, s.owner, kind, expected, found, s.at)
}

// fail says something once: what is wrong with a field shows in the flattened body and in the schema it belongs to.
func (c *comparison) fail(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !c.said[text] {
		c.said[text] = true
		assert.Fail(c.t, text)
	}
}

// Provider is where the documents of a provider are, and what is known of its reference.
type Provider struct {
	Documents  map[string]string // by the version that the facts give: below spec
	Facts      string            // facts.json
	Deviations string            // deviations.yaml
}

// Counts says how much of the facts was found in the documents.
type Counts struct {
	Operations, Parameters, Request, Response int // Request and Response count fields
	Schemas, SchemaFields                     int // SchemaFields: those that were found at every use
}

// Completeness compares every operation, parameter and field of the curated documents with the facts.
func Completeness(t *testing.T, p Provider) Counts {
	t.Helper()
	c := &comparison{t: t, facts: readFacts(t, p.Facts), allow: readDeviations(t, p.Deviations), schemas: map[string]factSchema{}, aside: map[int]bool{}, said: map[string]bool{}, limits: map[string]map[string]bool{}}
	c.found.schemaFields = map[string]bool{}
	for _, s := range c.facts.Schemas {
		c.schemas[s.Name] = s
	}

	r := &Reader{}
	documented := map[string]Operation{}
	home := map[string]string{}
	for _, name := range slices.Compact(slices.Sorted(maps.Values(p.Documents))) {
		for _, op := range r.Operations(name) {
			assert.NotContains(t, documented, op.ID, "%s: the operation is there twice, first at %s", op.At, documented[op.ID].At)
			assert.True(t, op.Source, "%s: %s has no source", op.At, op.ID)
			documented[op.ID], home[op.ID] = op, name
		}
		// What has no body announces JSON all the same.
		headers := r.open(name).get("x-pantograph", "headers")
		assert.Equal(t, "application/json", headers.get("Content-Type").text(), "%s: the constant Content-Type", headers.at())
	}

	counts := Counts{Schemas: len(c.schemas)}
	for _, fact := range c.facts.Operations {
		op, ok := documented[fact.ID]
		if !assert.True(t, ok, "%s: expected %s %s, found nothing", fact.ID, fact.Method, fact.Path) {
			continue
		}
		delete(documented, fact.ID)
		counts.Operations++
		assert.Equal(t, p.Documents[fact.Version], home[fact.ID], "%s: the document", fact.ID)
		c.operation(fact, op)
	}
	for id, op := range documented {
		assert.Fail(t, fmt.Sprintf("%s: expected nothing, found %s %s at %s", id, op.Method, op.Path, op.At))
	}

	missing, components := r.Unsourced()
	assert.Empty(t, missing, "components without a source")
	assert.Empty(t, r.Wrong, "the documents as such")
	assert.Empty(t, c.allow.unused(), "entries of deviations.yaml that nothing needs")
	for i, limit := range c.facts.LimitsSetAside {
		assert.True(t, c.aside[i], "a limit set aside that nothing has: %+v", limit)
	}

	for _, s := range c.facts.Schemas {
		for _, f := range s.Fields {
			if ok, used := c.found.schemaFields[s.Name+"."+f.Name]; ok {
				counts.SchemaFields++
			} else if !used {
				assert.Fail(t, fmt.Sprintf("schema %s: expected the field %s somewhere, found no use", s.Name, f.Name))
			}
		}
	}
	counts.Parameters, counts.Request, counts.Response = c.found.parameters, c.found.request, c.found.response
	for name, count := range map[string]int{
		"operations": counts.Operations, "parameters": counts.Parameters, "requestFields": counts.Request, "responseFields": counts.Response,
		"schemas": counts.Schemas, "schemaFields": counts.SchemaFields,
	} {
		assert.Equal(t, c.facts.Counts[name], count, "the fact table's own count of %s", name)
	}
	t.Logf("%+v at %d uses; %d components with a source", counts, c.found.uses, components)
	c.everyLimit()
	return counts
}

// everyLimit makes sure that every limit of the facts was compared.
func (c *comparison) everyLimit() {
	total, limits := 0, 0
	for _, fact := range c.facts.Operations {
		for _, f := range slices.Concat(fact.Parameters, fact.Request, fact.Response) {
			limits += len(f.Limits)
		}
	}
	for outcome, places := range c.limits {
		if kind, deviates := strings.CutPrefix(outcome, "deviating "); !deviates || slices.Contains(limitWords, kind) {
			total += len(places)
		}
	}
	assert.Equal(c.t, limits, total, "limits of the facts that were compared")
	c.t.Logf("%d limits: %d equal, %d set aside, %d of answers left out, the rest in deviations.yaml", limits, len(c.limits["equal"]), len(c.limits["set aside"]), len(c.limits["left out"]))
}

// operation compares one operation.
func (c *comparison) operation(fact factOperation, op Operation) {
	t := c.t
	assert.Equal(t, fact.Method, op.Method, "%s: the method, at %s", fact.ID, op.At)
	assert.Equal(t, fact.Path, op.Path, "%s: the path, at %s", fact.ID, op.At)
	assert.Equal(t, []string{strconv.Itoa(fact.Status)}, op.Status, "%s: the status of success, at %s", fact.ID, op.At)
	assert.Equal(t, fact.Token, !op.Anonymous, "%s: whether it wants credentials, at %s", fact.ID, op.At)
	assert.Equal(t, len(fact.Response) > 0, op.responseType != "", "%s: whether success has a body, at %s", fact.ID, op.responseAt)
	if op.responseType != "" {
		assert.Equal(t, "application/json", op.responseType, "%s: the media type of the answer, at %s", fact.ID, op.responseAt)
	}
	if fact.RequestSchema != "" {
		assert.Equal(t, fact.ContentType, op.RequestType, "%s: the media type of the request, at %s", fact.ID, op.requestAt)
		assert.Equal(t, fact.RequestRequired, op.requestRequired, "%s: whether the body is required, at %s", fact.ID, op.requestAt)
	} else {
		assert.Empty(t, op.RequestType, "%s: the media type of the request, at %s", fact.ID, op.requestAt)
	}
	if c.facts.silent("rateLimit") {
		assert.False(t, op.rateLimit.is(), "%s: a rate limit, at %s", fact.ID, op.rateLimit.at())
	} else if fact.RateLimit != nil {
		assert.Equal(t, strconv.Itoa(fact.RateLimit.PerUser), op.rateLimit.get("perUser").text(), "%s: the rate limit, at %s", fact.ID, op.At)
		assert.Equal(t, strconv.Itoa(fact.RateLimit.Total), op.rateLimit.get("total").text(), "%s: the rate limit, at %s", fact.ID, op.At)
	} else {
		assert.False(t, op.rateLimit.is(), "%s: a rate limit, at %s", fact.ID, op.rateLimit.at())
	}

	// Nothing that a server promises is relied on, but for the one member that a method returns.
	var promised []string
	for _, f := range op.Response {
		if f.required {
			promised = append(promised, f.Path)
		}
	}
	assert.ElementsMatch(t, strings.Fields(op.result), promised, "%s: the required members of the answer, at %s", fact.ID, op.responseAt)

	c.parameters(fact, op)
	c.found.request += c.body(fact, "request", fact.RequestSchema, fact.Request, op.Request, op.requestAt)
	c.found.response += c.body(fact, "response", "", fact.Response, op.Response, op.responseAt)
}

// parameters compares those of one operation. The header X-Auth-Token is a matter of the security schemes.
func (c *comparison) parameters(fact factOperation, op Operation) {
	have := map[string]Field{}
	for i, f := range op.parameters {
		key := op.places[i] + " " + f.Path
		assert.NotContains(c.t, have, key, "%s: a parameter that is there twice, at %s", fact.ID, f.at)
		have[key] = f
	}
	for _, p := range fact.Parameters {
		key := p.In + " " + p.Name
		f, ok := have[key]
		delete(have, key)
		s := spot{fact.ID, p.In + " parameter", p.Name, fact.ID, f.at}
		if !ok {
			s.at = op.At
			c.fail("%s: expected the %s %s, found nothing at %s", fact.ID, s.part, p.Name, s.at)
			continue
		}
		c.found.parameters++
		c.compare(s, p, f)
	}
	for _, key := range slices.Sorted(maps.Keys(have)) {
		in, name, _ := strings.Cut(key, " ")
		c.differ(spot{fact.ID, in + " parameter", name, fact.ID, have[key].at}, "field", "", "nothing", "a parameter")
	}
}

// body compares a request or an answer: first the flattened fields, then every schema of the facts at every place where it is
// used. It returns how many of the fields were found.
func (c *comparison) body(fact factOperation, part, root string, facts []factField, fields []Field, at string) int {
	have := map[string]Field{}
	for _, f := range fields {
		require.NotContains(c.t, have, f.Path, "%s: %s %s is there twice, at %s", fact.ID, part, f.Path, f.at)
		have[f.Path] = f
	}
	owners := map[string]string{"": root} // by the path of the object
	if root == "" {
		owners[""] = fact.ID
	}
	for _, f := range facts {
		if f.Schema != "" {
			owners[f.Path] = f.Schema
		}
	}
	owner := func(path string) string {
		if i := strings.LastIndex(path, "."); i >= 0 {
			return owners[path[:i]]
		}
		return owners[""]
	}

	found := 0
	known := map[string]bool{}
	for _, f := range facts {
		known[f.Path] = true
		if d, ok := have[f.Path]; ok {
			found++
			c.compare(spot{fact.ID, part, f.Path, owner(f.Path), d.at}, f, d)
			continue
		}
		c.fail("%s: %s %s: expected the field, found nothing in the body at %s", fact.ID, part, f.Path, at)
	}
	for _, f := range fields { // what the facts do not know; of a new object only the object itself
		parent := ""
		if i := strings.LastIndex(f.Path, "."); i >= 0 {
			parent = f.Path[:i]
		}
		if !known[f.Path] && (parent == "" || known[parent]) {
			c.differ(spot{fact.ID, part, f.Path, owner(f.Path), f.at}, "field", "", "nothing", "a field")
		}
	}

	for _, path := range slices.Sorted(maps.Keys(owners)) {
		s, ok := c.schemas[owners[path]]
		if !ok {
			assert.Empty(c.t, path, "%s: %s: the facts have no schema %s", fact.ID, path, owners[path])
			continue
		}
		c.found.uses++
		prefix := ""
		if path != "" {
			prefix = path + "."
		}
		for _, f := range s.Fields {
			f = f.flat(prefix)
			d, ok := have[f.Path]
			key := s.Name + "." + f.Name
			before, used := c.found.schemaFields[key]
			c.found.schemaFields[key] = ok && (before || !used)
			if !ok {
				c.fail("%s: %s %s: expected the field of %s, found nothing in the body at %s", fact.ID, part, f.Path, s.Name, at)
				continue
			}
			c.compare(spot{fact.ID, part, f.Path, s.Name, d.at}, f, d)
		}
	}
	return found
}

// compare compares one field.
func (c *comparison) compare(s spot, fact factField, d Field) {
	if fact.Type != d.kind {
		c.differ(s, "type", d.kind, fact.Type, quoted(d.kind))
	}
	if fact.Format != d.format && !c.facts.silent("format") {
		c.differ(s, "format", d.format, quoted(fact.Format), quoted(d.format))
	}
	if s.part != "response" && fact.Required != d.required {
		c.differ(s, "required", strconv.FormatBool(d.required), strconv.FormatBool(fact.Required), strconv.FormatBool(d.required))
	}
	values := s
	if len(d.enum) > 0 {
		values.at = d.enumAt
	}
	for _, v := range fact.Enum {
		if !slices.Contains(d.enum, v) {
			c.differ(values, "missing value", v, quoted(v)+" among the values", fmt.Sprintf("%q", d.enum))
		}
	}
	for _, v := range d.enum {
		if !slices.Contains(fact.Enum, v) {
			c.differ(values, "value", v, fmt.Sprintf("only %q", fact.Enum), quoted(v))
		}
	}
	for _, word := range slices.Sorted(maps.Keys(fact.Limits)) {
		limit := fmt.Sprint(fact.Limits[word])
		if !d.limits[word].is() && implied(word, limit, d) {
			c.count("equal", s, word)
			continue
		}
		c.limit(s, word, limit, d.limits[word])
	}
}

// implied reports whether a length that the document does not state holds all the same: it is none, or the values have it.
func implied(word, limit string, d Field) bool {
	n, err := strconv.Atoi(limit)
	if err != nil {
		return false
	}
	switch strings.TrimPrefix(word, "items.") {
	case "minLength":
		return n == 0 || len(d.enum) > 0 && !slices.ContainsFunc(d.enum, func(v string) bool { return utf8.RuneCountInString(v) < n })
	case "maxLength":
		return len(d.enum) > 0 && !slices.ContainsFunc(d.enum, func(v string) bool { return utf8.RuneCountInString(v) > n })
	}
	return false
}

// limit compares one limit of the facts. An answer need not repeat it, since limits do not bind the server; if it does, it is
// the same.
func (c *comparison) limit(s spot, word, limit string, found element) {
	s.at = orElse(found.is(), found.at(), s.at)
	for i, a := range c.facts.LimitsSetAside {
		if a.Keyword != word || !same(fmt.Sprint(a.Limit), limit) {
			continue
		}
		if a.Field != "" && (a.Field != s.field() || (a.Schema != s.owner && a.Operation != s.owner)) {
			continue
		}
		c.aside[i] = true
		c.count("set aside", s, word)
		instead := "no limit"
		ok := !found.is()
		if a.Instead != nil {
			instead = fmt.Sprint(a.Instead)
			ok = found.is() && same(instead, found.text()) || !found.is() && s.part == "response"
		}
		if !ok {
			c.differ(s, word, found.text(), instead+" instead of "+limit+", which is set aside", quoted(found.text()))
		}
		return
	}
	switch {
	case found.is() && same(limit, found.text()):
		c.count("equal", s, word)
	case !found.is() && s.part == "response":
		c.count("left out", s, word)
	default:
		c.differ(s, word, found.text(), limit, quoted(found.text()))
	}
}

// count notes what became of a limit, or that something deviates.
func (c *comparison) count(outcome string, s spot, word string) {
	if c.limits[outcome] == nil {
		c.limits[outcome] = map[string]bool{}
	}
	c.limits[outcome][strings.Join([]string{s.operation, s.part, s.path, word}, " ")] = true
}

// quoted makes even nothing visible.
func quoted(text string) string {
	if text == "" {
		return "nothing"
	}
	return strconv.Quote(text)
}

func orElse(condition bool, a, b string) string {
	if condition {
		return a
	}
	return b
}
