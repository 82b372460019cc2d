package reference

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
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

	Contradictions []struct{ Topic, Where string } `json:"contradictions"` // between the sources, and the words that decide
}

// mappedRule is one place of one rule. A rule may have several.
type mappedRule struct {
	ID       string         `json:"id"`
	Where    string         `json:"where"`    // document#component.property, document#operation.parameter, document#/pointer or errata.md#words
	How      string         `json:"how"`      // keyword, represents, rule, server, observed, prose or errata
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

// rules are the severities of the rules that stand at the place, by their ids.
func (p place) rules() map[string]string {
	list := p.get("x-validations")
	if p.described.is() {
		list = p.described.get("x-validations")
	}
	severities := map[string]string{}
	for _, rule := range list.items() {
		severities[rule.get("id").text()] = rule.get("severity").text()
	}
	return severities
}

func (p place) description() string {
	if p.described.is() {
		return p.described.get("description").text()
	}
	return p.get("description").text()
}

// readRules reads a rules-map.json.
func readRules(t testing.TB, file string) rulesMap {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	decoder.UseNumber()
	var m rulesMap
	require.NoError(t, decoder.Decode(&m))
	return m
}

// otherProvider is the scope of the rows that are not about this provider.
const otherProvider = "other"

// rows are the places of each row that is about this provider, and its scope.
func (m rulesMap) rows() (places map[string][]mappedRule, scopes map[string]string) {
	places, scopes = map[string][]mappedRule{}, map[string]string{}
	for scope, ids := range m.Scopes {
		for _, id := range ids {
			if scope != otherProvider {
				scopes[id] = scope
			}
		}
	}
	for _, rule := range m.Rules {
		places[rule.ID] = append(places[rule.ID], rule)
	}
	return places, scopes
}

// Rules checks that all rules of the reference have a place in the documents, that the places say so, and that no rule of the
// documents is without a row. Below is the folder of the documents, below spec; what is not there is looked for among the files
// that documents share. It returns how many rules there are of each scope.
func Rules(t *testing.T, file, below string) map[string]int {
	t.Helper()
	m := readRules(t, file)
	counts, all := map[string]int{}, map[string]bool{}
	for scope, ids := range m.Scopes {
		counts[scope] = len(ids)
		for _, id := range ids {
			assert.False(t, all[id], "%s: a row that is listed twice", id)
			all[id] = true
		}
	}
	r := &Reader{}
	places, scopes := m.rows()
	seen, mapped := map[string]bool{}, map[string]bool{}
	for _, rule := range m.Rules {
		key := fmt.Sprint(rule.ID, rule.Where, rule.How, rule.Rules)
		assert.False(t, seen[key], "%s: %s: there twice", rule.ID, rule.Where)
		seen[key] = true
		for _, id := range rule.Rules {
			mapped[id] = true
		}
		assert.Contains(t, scopes, rule.ID, "%s: a rule that nothing asks for", rule.Where)
		if err := r.check(rule, below); err != nil {
			assert.Fail(t, fmt.Sprintf("%s: %s: %v", rule.ID, rule.Where, err))
		}
	}
	for id := range scopes {
		assert.NotEmpty(t, places[id], "%s: no place", id)
	}
	for _, c := range m.Contradictions {
		assert.NoError(t, r.check(mappedRule{Where: c.Where, How: "errata"}, below), c.Topic)
	}
	for _, rule := range r.validations(below) {
		assert.True(t, mapped[rule.get("id").text()], "%s: the rule %s is that of no row", rule.at(), rule.get("id").text())
	}
	assert.Empty(t, r.Wrong, "the documents as such")
	t.Logf("%d rules at %d places", len(scopes), len(m.Rules))
	return counts
}

// Codes are the error codes by which the service reports the rules of the documents below a folder, by their ids.
func Codes(below string) map[string][]string {
	r := &Reader{}
	codes := map[string][]string{}
	for _, rule := range r.validations(below) {
		codes[rule.get("id").text()] = rule.get("codes").texts()
	}
	return codes
}

// validations are all rules of the documents below a folder, and of the files that documents share.
func (r *Reader) validations(below string) []element {
	var rules []element
	documents, err := fs.Glob(os.DirFS(specRoot), path.Join(below, "*", "openapi.yaml"))
	files, wrong := fs.Glob(os.DirFS(specRoot), path.Join(shared, "*.yaml"))
	if err := errors.Join(err, wrong); err != nil || len(documents) == 0 {
		r.wrongf("%s: no documents: %v", below, err)
	}
	if slices.ContainsFunc(documents, func(name string) bool { return r.open(name).refers(shared) }) {
		documents = append(documents, files...)
	}
	for _, name := range documents {
		doc := r.open(name)
		for _, component := range doc.get("components", "schemas").keys() {
			rules = append(rules, doc.get("components", "schemas", component, "x-validations").items()...)
		}
		for _, route := range doc.get("paths").keys() {
			for _, method := range methods {
				rules = append(rules, doc.get("paths", route, method, "x-validations").items()...)
			}
		}
	}
	return rules
}

// refers reports whether a reference in the element leads into a folder.
func (e element) refers(folder string) bool {
	if strings.Contains(e.get("$ref").text(), folder+"/") {
		return true
	}
	for _, n := range e.yaml.Content {
		if (element{e.file, n}).refers(folder) {
			return true
		}
	}
	return false
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
	case "rule", "server":
		if len(rule.Rules) == 0 {
			return errors.New("no rule")
		}
	case "keyword", "observed":
		if len(rule.Keywords)+len(rule.Absent) == 0 {
			return errors.New("no keyword")
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
		severity, there := stated[id]
		if !there || rule.How == "server" && severity != "server" {
			return fmt.Errorf("there is no rule %s, or one of the severity %q", id, severity)
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
		case isObject(rule.Keywords[keyword]):
			ok = p.get(keyword).holds(rule.Keywords[keyword])
		case !list && len(found) == 1:
			ok = same(expected[0], found[0])
		}
		if !ok {
			return fmt.Errorf("%s: expected %q, found %q", keyword, expected, found)
		}
	}
	return nil
}

func isObject(v any) bool {
	_, ok := v.(map[string]any)
	return ok
}

// holds reports whether an element is a value of JSON; of an object, whether it has the members at least.
func (e element) holds(want any) bool {
	object, ok := want.(map[string]any)
	if !ok {
		return slices.Equal(texts(want), e.texts())
	}
	for name, member := range object {
		if !e.get(name).holds(member) {
			return false
		}
	}
	return e.is()
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
