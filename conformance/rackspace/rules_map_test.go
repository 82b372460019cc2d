package rackspace_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/spec"
)

// rulesMap is rules-map.json: where the document has the validation rules of the reference.
type rulesMap struct {
	About      string              `json:"about"`
	Scopes     map[string][]string `json:"scopes"`     // the ids of all rows, by kind
	Acceptance []string            `json:"acceptance"` // the rows that a validator has to enforce
	Rules      []mappedRule        `json:"rules"`
}

// mappedRule is one place of one row. A row may have several.
type mappedRule struct {
	ID       string         `json:"id"`
	Where    string         `json:"where"` // document#component.property, document#operation.parameter, or errata.md#words
	How      string         `json:"how"`
	Keywords map[string]any `json:"keywords"` // what stands at the place; of an object, at least
	Rule     string         `json:"rule"`     // of x-validations at the place
	Note     string         `json:"note"`
}

func readRulesMap(t testing.TB) rulesMap {
	t.Helper()
	data, err := os.ReadFile("rules-map.json")
	require.NoError(t, err)
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	decoder.UseNumber()
	var m rulesMap
	require.NoError(t, decoder.Decode(&m))
	return m
}

// TestRulesMap checks that all rows of the reference have a place in the document, that the places say so, that no rule of the
// document is without a row, and that the rows to be enforced are.
func TestRulesMap(t *testing.T) {
	m := readRulesMap(t)
	root, err := spec.Open(document)
	require.NoError(t, err)
	counts, rows := map[string]int{}, map[string]bool{}
	for kind, ids := range m.Scopes {
		counts[kind] = len(ids)
		for _, id := range ids {
			assert.False(t, rows[id], "%s: a row that is listed twice", id)
			rows[id] = true
		}
	}
	assert.Equal(t, map[string]int{"field": 115, "cross": 28, "wire": 13, "state": 16, "info": 7}, counts)
	assert.Len(t, m.Acceptance, 135)

	enforced, placed, mapped, seen := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, rule := range m.Rules {
		key := fmt.Sprint(rule.ID, rule.Where, rule.How, rule.Rule, rule.Keywords)
		assert.False(t, seen[key], "%s: %s: there twice", rule.ID, rule.Where)
		seen[key] = true
		assert.True(t, rows[rule.ID], "%s: a row that nothing asks for", rule.ID)
		placed[rule.ID] = true
		mapped[rule.Rule] = true
		enforced[rule.ID] = enforced[rule.ID] || slices.Contains([]string{"keyword", "rule", "represents"}, rule.How)
		if err := rule.check(root); err != nil {
			assert.Fail(t, fmt.Sprintf("%s: %s: %v", rule.ID, rule.Where, err))
		}
	}
	for id := range rows {
		assert.True(t, placed[id], "%s: no place", id)
	}
	for _, id := range m.Acceptance {
		assert.True(t, enforced[id], "%s: not enforced", id)
	}
	for _, list := range validations(root) {
		for _, v := range list.Items() {
			assert.True(t, mapped[v.Get("id").Text()], "the rule %s is that of no row", v.Get("id").Text())
		}
	}
	t.Logf("%d rows at %d places; %d of them to be enforced", len(rows), len(m.Rules), len(m.Acceptance))
}

// validations are all lists of rules in the document.
func validations(root spec.Place) []spec.Place {
	var out []spec.Place
	for _, s := range root.Get("components", "schemas").Members() {
		out = append(out, s.Value.Child("x-validations"))
	}
	for _, op := range root.Operations() {
		out = append(out, op.Child("x-validations"))
	}
	return out
}

// check compares one place with what the map says about it.
func (rule mappedRule) check(root spec.Place) error {
	file, fragment, _ := strings.Cut(rule.Where, "#")
	if rule.How == "errata" {
		text, err := os.ReadFile("../../spec/rackspace/autoscale/" + file)
		if err != nil {
			return err
		}
		if fragment == "" || !bytes.Contains(text, []byte(fragment)) {
			return errors.New("no such words")
		}
		return nil
	}
	f, err := find(root, fragment)
	if err != nil {
		return err
	}
	p := f.schema
	switch rule.How {
	case "keyword":
		if len(rule.Keywords) == 0 {
			return errors.New("no keyword")
		}
	case "represents":
		if !p.Get("x-pantograph", "represents").Found() {
			return errors.New("it represents nothing")
		}
	case "rule":
		if !slices.ContainsFunc(p.Get("x-validations").Items(), func(v spec.Place) bool { return v.Get("id").Text() == rule.Rule }) {
			return fmt.Errorf("no rule %s", rule.Rule)
		}
	case "prose", "client":
		if f.described.Keyword("description").Text() == "" && f.described.Child("summary").Text() == "" {
			return errors.New("no description")
		}
		if rule.Note == "" {
			return errors.New("no reason")
		}
	default:
		return fmt.Errorf("how: %q", rule.How)
	}
	for word, want := range rule.Keywords {
		if word == "required" {
			if fmt.Sprint(want) != fmt.Sprint(f.required) {
				return fmt.Errorf("required: %v", f.required)
			}
		} else if !states(p.Keyword(word), want) {
			return fmt.Errorf("%s: expected %v", word, want)
		}
	}
	return nil
}

// states reports whether a node has a value; of an object, at least its members.
func states(p spec.Place, want any) bool {
	switch want := want.(type) {
	case map[string]any:
		for name, member := range want {
			if !states(p.Child(name), member) {
				return false
			}
		}
		return p.Found()
	case []any:
		items := p.Items()
		return len(items) == len(want) && !slices.ContainsFunc(want, func(v any) bool {
			return !slices.ContainsFunc(items, func(item spec.Place) bool { return states(item, v) })
		})
	}
	return p.Found() && p.Text() == fmt.Sprint(want)
}

// found is what a fragment leads to.
type found struct {
	schema    spec.Place // with the keywords; of an operation, the operation
	described spec.Place // with the description: the schema, or the parameter
	required  bool
}

// find follows a fragment: a component and its properties, an operation, or its parameter. A name that ends in [] stands for the
// items of the list.
func find(root spec.Place, fragment string) (found, error) {
	names := strings.Split(fragment, ".")
	for _, op := range root.Operations() {
		if op.Get("operationId").Text() != names[0] {
			continue
		}
		if len(names) == 1 {
			return found{schema: op.Place, described: op.Place}, nil
		}
		for _, use := range append(op.Item.Get("parameters").Items(), op.Get("parameters").Items()...) {
			if p := use.Target(); p.Get("name").Text() == names[1] {
				return found{p.Get("schema"), p, p.Get("required").Text() == "true"}, nil
			}
		}
		return found{}, fmt.Errorf("no parameter %s", names[1])
	}
	f := found{schema: root.Get("components", "schemas").Child(names[0])}
	for _, name := range names[1:] {
		name, items := strings.CutSuffix(name, "[]")
		f.required = slices.ContainsFunc(f.schema.Get("required").Items(), func(r spec.Place) bool { return r.Text() == name })
		if f.schema = f.schema.Property(name); items {
			f.schema = f.schema.Get("items")
		}
	}
	f.described = f.schema
	if !f.schema.Found() {
		return f, errors.New("there is no such place")
	}
	return f, nil
}
