// Package reference holds curated documents to what is known of the reference they were made from: the facts that
// independent readers found in its sources, and the rules.
package reference

// A small reader of the curated documents. It shares nothing with the generator: it goes from the nodes of the YAML straight to
// operations and flat lists of fields, so that a mistake of the generator's reader cannot hide one of the documents.

import (
	"fmt"
	"os"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// specRoot is where the documents of all providers are, seen from the tests of one: conformance/<provider>.
const specRoot = "../../spec"

// element is a node of a document, with the file it stands in.
type element struct {
	file string
	yaml *yaml.Node
}

// is reports whether there is an element at all.
func (e element) is() bool { return e.yaml != nil }

// at is the place of the element, for messages.
func (e element) at() string {
	if !e.is() {
		return "nowhere"
	}
	return fmt.Sprintf("%s:%d", path.Join("spec", e.file), e.yaml.Line)
}

// text is the content of a scalar.
func (e element) text() string {
	if !e.is() {
		return ""
	}
	return e.yaml.Value
}

// get goes down by keys of mappings; what is not there is an element that is not.
func (e element) get(keys ...string) element {
	for _, key := range keys {
		if !e.is() || e.yaml.Kind != yaml.MappingNode {
			return element{}
		}
		found := element{}
		for i := 0; i+1 < len(e.yaml.Content); i += 2 {
			if e.yaml.Content[i].Value == key {
				found = element{e.file, e.yaml.Content[i+1]}
			}
		}
		e = found
	}
	return e
}

// keys are those of a mapping, in their order.
func (e element) keys() []string {
	if !e.is() || e.yaml.Kind != yaml.MappingNode {
		return nil
	}
	var keys []string
	for i := 0; i+1 < len(e.yaml.Content); i += 2 {
		keys = append(keys, e.yaml.Content[i].Value)
	}
	return keys
}

// items are those of a sequence.
func (e element) items() []element {
	if !e.is() || e.yaml.Kind != yaml.SequenceNode {
		return nil
	}
	var items []element
	for _, n := range e.yaml.Content {
		items = append(items, element{e.file, n})
	}
	return items
}

// texts are the items of a sequence of scalars, or a scalar alone.
func (e element) texts() []string {
	if e.is() && e.yaml.Kind == yaml.ScalarNode {
		return []string{e.text()}
	}
	var texts []string
	for _, item := range e.items() {
		texts = append(texts, item.text())
	}
	return texts
}

// Reader holds the files and what is wrong with them as documents.
type Reader struct {
	Wrong []string
	files map[string]element
}

// open reads a file, once. Names are relative to specRoot.
func (r *Reader) open(name string) element {
	if e, ok := r.files[name]; ok {
		return e
	}
	if r.files == nil {
		r.files = map[string]element{}
	}
	r.files[name] = element{}
	data, err := os.ReadFile(path.Join(specRoot, name))
	if err != nil {
		r.wrongf("%v", err)
		return element{}
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		r.wrongf("%s: %v", name, err)
		return element{}
	}
	if len(doc.Content) != 1 {
		r.wrongf("%s: no document", name)
		return element{}
	}
	e := element{name, doc.Content[0]}
	r.plain(e)
	r.files[name] = e
	return e
}

// plain checks that keys are unique and that nothing is an alias, so that get finds what everybody finds.
func (r *Reader) plain(e element) {
	if e.yaml.Kind == yaml.AliasNode {
		r.wrongf("%s: an alias", e.at())
	}
	keys := e.keys()
	for i, key := range keys {
		if slices.Contains(keys[:i], key) {
			r.wrongf("%s: the key %q is there twice", e.at(), key)
		}
	}
	for _, n := range e.yaml.Content {
		r.plain(element{e.file, n})
	}
}

func (r *Reader) wrongf(format string, args ...any) {
	r.Wrong = append(r.Wrong, fmt.Sprintf(format, args...))
}

// chain is an element with all that its $ref leads to, nearest first.
func (r *Reader) chain(e element) []element {
	chain := []element{e}
	for e.get("$ref").is() {
		ref := e.get("$ref").text()
		file, pointer, _ := strings.Cut(ref, "#")
		target := e.file
		if file != "" {
			target = path.Join(path.Dir(e.file), file)
		}
		next := r.open(target)
		for _, key := range strings.Split(pointer, "/") {
			if key != "" {
				next = next.get(strings.NewReplacer("~1", "/", "~0", "~").Replace(key))
			}
		}
		if !next.is() || len(chain) > 10 {
			r.wrongf("%s: %s leads nowhere", e.at(), ref)
			break
		}
		e = next
		chain = append(chain, e)
	}
	return chain
}

// target is where the $ref of an element leads, or the element.
func (r *Reader) target(e element) element {
	chain := r.chain(e)
	return chain[len(chain)-1]
}

// schema is a schema with what stands beside its references; the nearest text of a keyword wins.
type schema struct{ layers []element }

// schema reads the schema at an element. A choice between a schema and null is the schema.
func (r *Reader) schema(e element) schema {
	s := schema{r.chain(e)}
	for _, keyword := range []string{"anyOf", "oneOf"} {
		if others := s.choices(keyword); len(others) == 1 {
			s.layers = append(s.layers, r.chain(others[0])...)
		}
	}
	return s
}

// choices are the schemas of a choice, null aside.
func (s schema) choices(keyword string) []element {
	return slices.DeleteFunc(s.get(keyword).items(), func(e element) bool { return e.get("type").text() == "null" })
}

// flat reports what cannot be flattened to a list of fields.
func (r *Reader) flat(s schema) {
	for _, keyword := range []string{"allOf", "not", "if", "patternProperties", "prefixItems", "$dynamicRef"} {
		if found := s.get(keyword); found.is() {
			r.wrongf("%s: %s is beyond this reader", found.at(), keyword)
		}
	}
	if more := s.get("additionalProperties"); more.is() && more.get("type").text() != "string" {
		r.wrongf("%s: members without a name that are no texts are beyond this reader", more.at())
	}
	for _, keyword := range []string{"anyOf", "oneOf"} {
		if len(s.choices(keyword)) > 1 {
			r.wrongf("%s: a choice between schemas is beyond this reader", s.get(keyword).at())
		}
	}
}

func (s schema) get(keys ...string) element {
	for _, layer := range s.layers {
		if found := layer.get(keys...); found.is() {
			return found
		}
	}
	return element{}
}

// kind is the JSON type, null aside.
func (s schema) kind() string {
	kinds := slices.DeleteFunc(s.get("type").texts(), func(t string) bool { return t == "null" })
	return strings.Join(kinds, "|")
}

// enum are the values, with the place where they are listed: those of the schema, a constant, or those of the items that a text
// with separators stands for.
func (r *Reader) enum(s schema) ([]string, element) {
	list := s.get("enum")
	if !list.is() {
		list = s.get("const")
	}
	if !list.is() {
		if items := s.get("x-pantograph", "represents", "items"); items.is() {
			return r.enum(r.schema(items))
		}
	}
	values := list.texts()
	for _, v := range list.items() {
		if v.yaml.ShortTag() == "!!null" {
			values = slices.DeleteFunc(values, func(t string) bool { return t == v.text() })
		} else if s.kind() == "string" && v.yaml.ShortTag() != "!!str" {
			r.wrongf("%s: the value %s of a string is no string", v.at(), v.text())
		}
	}
	return values, list
}

// limitWords are the keywords that the fact table counts as limits.
var limitWords = []string{"minLength", "maxLength", "minimum", "maximum", "pattern", "default"}

// Field is a member of a body, or a parameter.
type Field struct {
	Path     string // dots between members, [] after the name of a list
	kind     string
	format   string
	enum     []string
	required bool
	limits   map[string]element
	at       string
	enumAt   string
}

// field reads what a schema says about one field. Of a list that is what it says about its items.
func (r *Reader) field(name string, s schema, required bool, at string) (Field, schema) {
	f := Field{Path: name, required: required, at: at, limits: map[string]element{}}
	r.flat(s)
	if s.kind() == "array" {
		f.Path += "[]"
		s = r.schema(s.get("items"))
		r.flat(s)
		for _, word := range limitWords {
			if limit := s.get(word); limit.is() {
				f.limits["items."+word] = limit
			}
		}
		if s.kind() == "array" {
			r.wrongf("%s: a list of lists is beyond this reader", at)
		}
	} else {
		for _, word := range limitWords {
			if limit := s.get(word); limit.is() {
				f.limits[word] = limit
			}
		}
	}
	f.kind, f.format = s.kind(), s.get("format").text()
	enum, list := r.enum(s)
	f.enum, f.enumAt = enum, list.at()
	return f, s
}

// fields are all members of an object, those of its parts included, in the order of the document.
func (r *Reader) fields(s schema, prefix string) []Field {
	if strings.Count(prefix, ".") > 12 {
		r.wrongf("%s: this has no end", s.layers[0].at())
		return nil
	}
	var fields []Field
	r.flat(s)
	if s.kind() != "object" {
		r.wrongf("%s: expected an object, found %q", s.layers[0].at(), s.kind())
	}
	required := s.get("required").texts()
	properties := s.get("properties")
	for _, name := range properties.keys() {
		property := properties.get(name)
		f, inner := r.field(prefix+name, r.schema(property), slices.Contains(required, name), property.at())
		fields = append(fields, f)
		if f.kind == "object" {
			fields = append(fields, r.fields(inner, f.Path+".")...)
		}
	}
	for _, name := range required {
		if !slices.Contains(properties.keys(), name) {
			r.wrongf("%s: required, but not there: %s", s.get("required").at(), name)
		}
	}
	return fields
}
