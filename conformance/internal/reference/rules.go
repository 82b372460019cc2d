package reference

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// rulesMap is rules-map.json: where the curated documents have the validation rules of the reference.
type rulesMap struct {
	About  string              `json:"about"`
	Scopes map[string][]string `json:"scopes"` // the ids of all rules
	Rules  []mappedRule        `json:"rules"`
}

// mappedRule is one place of one rule. A rule may have several.
type mappedRule struct {
	ID       string         `json:"id"`
	Where    string         `json:"where"`    // document#component.property, document#operation.parameter, document#/pointer or errata.md#words
	How      string         `json:"how"`      // keyword, represents, rule, prose or errata
	Keywords map[string]any `json:"keywords"` // what stands at the place; of an enum, at least
	Absent   []string       `json:"absent"`   // properties that the place does not have
	Rules    []string       `json:"rules"`    // ids of the x-validations that stand there
	Note     string         `json:"note"`
}

// place is what a mappedRule leads to.
type place struct {
	schema
	described element // what has the description, if it is not the schema: an operation or a parameter
	required  bool
}

// rules are the ids of the rules that stand at the place.
func (p place) rules() []string {
	list := p.get("x-validations")
	if p.described.is() {
		list = p.described.get("x-validations")
	}
	var ids []string
	for _, rule := range list.items() {
		ids = append(ids, rule.get("id").text())
	}
	return ids
}

func (p place) description() string {
	if p.described.is() {
		return p.described.get("description").text()
	}
	return p.get("description").text()
}

// Rules checks that all rules of the reference have a place in the documents, and that the places say so. Below is the folder
// of the documents, below spec; what is not there is looked for among the files that documents share. It returns how many
// rules there are of each scope.
func Rules(t *testing.T, file, below string) map[string]int {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	decoder.UseNumber()
	var m rulesMap
	require.NoError(t, decoder.Decode(&m))

	scopes := map[string]string{}
	counts := map[string]int{}
	for _, scope := range slices.Sorted(maps.Keys(m.Scopes)) {
		counts[scope] = len(m.Scopes[scope])
		for _, id := range m.Scopes[scope] {
			assert.NotContains(t, scopes, id, "a rule that is listed twice")
			scopes[id] = scope
		}
	}
	r := &Reader{}
	hows := map[string][]mappedRule{}
	seen := map[string]bool{}
	for _, rule := range m.Rules {
		key := fmt.Sprint(rule.ID, rule.Where, rule.How)
		assert.False(t, seen[key], "%s: %s: there twice", rule.ID, rule.Where)
		seen[key] = true
		assert.Contains(t, scopes, rule.ID, "%s: a rule that nothing asks for", rule.Where)
		hows[rule.ID] = append(hows[rule.ID], rule)
		if err := r.check(rule, below); err != nil {
			assert.Fail(t, fmt.Sprintf("%s: %s: %v", rule.ID, rule.Where, err))
		}
	}
	for id, scope := range scopes {
		assert.NotEmpty(t, hows[id], "%s: no place", id)
		if scope != "F" {
			continue
		}
		assert.True(t, slices.ContainsFunc(hows[id], func(rule mappedRule) bool {
			return rule.How == "keyword" || rule.How == "represents" || rule.How == "rule" || rule.How == "errata" || rule.Note != ""
		}), "%s: a rule about one field that is neither checked nor explained", id)
	}
	assert.Empty(t, r.Wrong, "the documents as such")
	t.Logf("%d rules at %d places", len(scopes), len(m.Rules))
	return counts
}

// check compares one place with what the map says about it.
func (r *Reader) check(rule mappedRule, below string) error {
	document, fragment, _ := strings.Cut(rule.Where, "#")
	name := path.Join(below, document)
	if rule.How == "errata" {
		text, err := os.ReadFile(path.Join(specRoot, name))
		if err != nil {
			return err
		}
		if path.Ext(name) != ".md" || fragment == "" || !bytes.Contains(text, []byte(fragment)) {
			return errors.New("no such words")
		}
		return nil
	}

	p, err := r.place(r.open(name), fragment)
	if err != nil {
		return err
	}
	switch rule.How {
	case "keyword":
		if len(rule.Keywords)+len(rule.Absent) == 0 {
			return errors.New("no keyword")
		}
	case "rule":
		if len(rule.Rules) == 0 {
			return errors.New("no rule")
		}
	case "represents":
		if !p.get("x-pantograph", "represents").is() {
			return errors.New("it represents nothing")
		}
	case "prose":
		if p.description() == "" {
			return errors.New("no description")
		}
	default:
		return fmt.Errorf("how: %q", rule.How)
	}
	stated := p.rules()
	for _, id := range rule.Rules {
		if !slices.Contains(stated, id) {
			return fmt.Errorf("there is no rule %s", id)
		}
	}
	for _, property := range rule.Absent {
		if p.get("properties", property).is() {
			return fmt.Errorf("there is a property %s", property)
		}
	}
	for _, keyword := range slices.Sorted(maps.Keys(rule.Keywords)) {
		expected := texts(rule.Keywords[keyword])
		found := p.get(keyword).texts()
		_, list := rule.Keywords[keyword].([]any)
		ok := slices.Equal(expected, found)
		switch {
		case keyword == "required" && !list:
			found = []string{fmt.Sprint(p.required)}
			ok = slices.Equal(expected, found)
		case keyword == "enum":
			found, _ = r.enum(p.schema)
			ok = !slices.ContainsFunc(expected, func(v string) bool { return !slices.Contains(found, v) })
		case !list && len(found) == 1:
			ok = same(expected[0], found[0])
		}
		if !ok {
			return fmt.Errorf("%s: expected %q, found %q", keyword, expected, found)
		}
	}
	return nil
}

// texts are a value of JSON, or the values of a list, as a document writes them.
func texts(value any) []string {
	list, ok := value.([]any)
	if !ok {
		return []string{fmt.Sprint(value)}
	}
	var texts []string
	for _, v := range list {
		texts = append(texts, fmt.Sprint(v))
	}
	return texts
}

// place follows a fragment: a pointer, a component and its properties, or an operation and its parameter. A name that ends in []
// stands for the items of the list.
func (r *Reader) place(doc element, fragment string) (place, error) {
	if strings.HasPrefix(fragment, "/") {
		e := doc
		for _, key := range strings.Split(fragment[1:], "/") {
			e = e.get(strings.NewReplacer("~1", "/", "~0", "~").Replace(key))
		}
		if !e.is() {
			return place{}, errors.New("the pointer leads nowhere")
		}
		return place{schema: r.schema(e)}, nil
	}

	names := strings.Split(fragment, ".")
	if component := r.component(doc, names[0]); component.is() {
		p := place{schema: r.schema(component)}
		for _, name := range names[1:] {
			name, items := strings.CutSuffix(name, "[]")
			property := p.get("properties", name)
			if !property.is() {
				return place{}, fmt.Errorf("no property %s", name)
			}
			p = place{schema: r.schema(property), required: slices.Contains(p.get("required").texts(), name)}
			if items {
				p.schema = r.items(p.schema)
			}
		}
		return p, p.complete()
	}

	for _, route := range doc.get("paths").keys() {
		item := doc.get("paths", route)
		for _, method := range methods {
			operation := item.get(method)
			around := []element{item, operation}
			if operation.get("operationId").text() != names[0] {
				i := slices.IndexFunc(operation.get("x-pantograph", "variants").items(), func(v element) bool {
					return v.get("operationId").text() == names[0]
				})
				if i < 0 {
					continue
				}
				around = append(around, operation.get("x-pantograph", "variants").items()[i])
			}
			if len(names) == 1 {
				return place{described: around[len(around)-1]}, nil
			}
			name, items := strings.CutSuffix(names[1], "[]")
			for _, e := range around {
				for _, use := range e.get("parameters").items() {
					parameter := r.target(use)
					if parameter.get("name").text() != name || len(names) > 2 {
						continue
					}
					p := place{schema: r.schema(parameter.get("schema")), described: parameter, required: parameter.get("required").text() == "true"}
					if items {
						p.schema = r.items(p.schema)
					}
					return p, p.complete()
				}
			}
			return place{}, fmt.Errorf("no parameter %s", strings.Join(names[1:], "."))
		}
	}
	return place{}, fmt.Errorf("no component or operation %s", names[0])
}

// shared are the files that the documents of several providers use.
const shared = "shared/autoscaling"

// component is that of a document, or of a file that it shares.
func (r *Reader) component(doc element, name string) element {
	if found := doc.get("components", "schemas", name); found.is() {
		return found
	}
	files, err := os.ReadDir(path.Join(specRoot, shared))
	if err != nil {
		r.wrongf("%v", err)
	}
	for _, file := range files {
		if found := r.open(path.Join(shared, file.Name())).get("components", "schemas", name); found.is() {
			return found
		}
	}
	return element{}
}

// items is the schema of the items of a list, or of what a text with separators stands for.
func (r *Reader) items(s schema) schema {
	items := s.get("items")
	if !items.is() {
		items = s.get("x-pantograph", "represents", "items")
	}
	if !items.is() {
		return schema{}
	}
	return r.schema(items)
}

// complete reports that there are no items where the place goes on to them.
func (p place) complete() error {
	if len(p.layers) == 0 {
		return errors.New("no list")
	}
	return nil
}
