package huaweicloud_test

// A small reader of the curated documents. It shares nothing with the generator: it goes from the nodes of the YAML straight to
// operations and flat lists of fields, so that a mistake of the generator's reader cannot hide one of the documents.

import (
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// specRoot is where the documents of this provider are, seen from this package.
const specRoot = "../../spec/huaweicloud"

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
	return fmt.Sprintf("%s:%d", path.Join("spec/huaweicloud", e.file), e.yaml.Line)
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

// reader holds the files and what is wrong with them as documents.
type reader struct {
	files map[string]element
	wrong []string
}

// open reads a file, once. Names are relative to specRoot.
func (r *reader) open(name string) element {
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
func (r *reader) plain(e element) {
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

func (r *reader) wrongf(format string, args ...any) {
	r.wrong = append(r.wrong, fmt.Sprintf(format, args...))
}

// chain is an element with all that its $ref leads to, nearest first.
func (r *reader) chain(e element) []element {
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
func (r *reader) target(e element) element {
	chain := r.chain(e)
	return chain[len(chain)-1]
}

// schema is a schema with what stands beside its references; the nearest text of a keyword wins.
type schema struct{ layers []element }

// schema reads the schema at an element. A choice between a schema and null is the schema.
func (r *reader) schema(e element) schema {
	s := schema{r.chain(e)}
	for _, keyword := range []string{"allOf", "not", "if", "patternProperties", "additionalProperties", "prefixItems", "$dynamicRef"} {
		if found := s.get(keyword); found.is() {
			r.wrongf("%s: %s is beyond this reader", found.at(), keyword)
		}
	}
	for _, keyword := range []string{"anyOf", "oneOf"} {
		var others []element
		for _, choice := range s.get(keyword).items() {
			if choice.get("type").text() != "null" {
				others = append(others, choice)
			}
		}
		if len(others) > 1 {
			r.wrongf("%s: a choice between schemas is beyond this reader", s.get(keyword).at())
		}
		if len(others) > 0 {
			s.layers = append(s.layers, r.chain(others[0])...)
		}
	}
	return s
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
func (r *reader) enum(s schema) ([]string, element) {
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

// field is a member of a body, or a parameter.
type field struct {
	path     string // dots between members, [] after the name of a list
	kind     string
	format   string
	enum     []string
	required bool
	limits   map[string]element
	at       string
	enumAt   string
}

// field reads what a schema says about one field. Of a list that is what it says about its items.
func (r *reader) field(name string, s schema, required bool, at string) (field, schema) {
	f := field{path: name, required: required, at: at, limits: map[string]element{}}
	if s.kind() == "array" {
		f.path += "[]"
		s = r.schema(s.get("items"))
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
func (r *reader) fields(s schema, prefix string) []field {
	if strings.Count(prefix, ".") > 12 {
		r.wrongf("%s: this has no end", s.layers[0].at())
		return nil
	}
	var fields []field
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
			fields = append(fields, r.fields(inner, f.path+".")...)
		}
	}
	for _, name := range required {
		if !slices.Contains(properties.keys(), name) {
			r.wrongf("%s: required, but not there: %s", s.get("required").at(), name)
		}
	}
	return fields
}

// operation is one of a document, or one of its variants.
type operation struct {
	id, method, path string
	at               string
	status           []string
	anonymous        bool
	source           bool
	rateLimit        element
	result           string // the member of the answer that a method returns
	parameters       []field
	places           []string // in, of each parameter
	requestType      string
	requestRequired  bool
	request          []field
	requestAt        string
	responseType     string
	response         []field
	responseAt       string
}

var methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}

// operations are those of a document, each variant by itself.
func (r *reader) operations(name string) []operation {
	var operations []operation
	doc := r.open(name)
	for _, p := range doc.get("paths").keys() {
		item := doc.get("paths", p)
		for _, method := range methods {
			e := item.get(method)
			if !e.is() {
				continue
			}
			variants := e.get("x-pantograph", "variants").items()
			if len(variants) == 0 {
				variants = []element{{}}
			}
			for _, variant := range variants {
				operations = append(operations, r.operation(doc, p, strings.ToUpper(method), item, e, variant))
			}
		}
	}
	return operations
}

func (r *reader) operation(doc element, p, method string, item, e, variant element) operation {
	op := operation{id: e.get("operationId").text(), method: method, path: p, at: e.at()}
	op.rateLimit = e.get("x-pantograph", "rateLimit")
	op.source = e.get("x-pantograph", "source", "page").text() != ""
	op.result = e.get("x-pantograph", "result").text()
	responses := e.get("responses")
	if variant.is() {
		op.id, op.at = variant.get("operationId").text(), variant.at()
		if own := variant.get("rateLimit"); own.is() {
			op.rateLimit = own
		}
		if own := variant.get("result"); own.is() {
			op.result = own.text()
		}
		if variant.get("source", "page").text() != "" {
			op.source = true
		}
		if own := variant.get("responses"); own.is() {
			responses = own
		}
	}
	security := e.get("security")
	if !security.is() {
		security = doc.get("security")
	}
	op.anonymous = len(security.items()) == 0 || len(security.items()[0].keys()) == 0 // the empty requirement comes first

	for _, from := range []element{item, e, variant} {
		for _, use := range from.get("parameters").items() {
			parameter := r.target(use)
			f, _ := r.field(parameter.get("name").text(), r.schema(parameter.get("schema")), parameter.get("required").text() == "true", parameter.at())
			op.parameters = append(op.parameters, f)
			op.places = append(op.places, parameter.get("in").text())
		}
	}

	body := r.target(e.get("requestBody"))
	op.requestAt = body.at()
	op.requestRequired = body.get("required").text() == "true"
	for _, mediaType := range body.get("content").keys() {
		op.requestType += mediaType
		use := body.get("content", mediaType, "schema")
		if variant.is() {
			choices := use.get("oneOf").items()
			use = variant.get("request")
			if !slices.ContainsFunc(choices, func(c element) bool { return c.get("$ref").text() == use.get("$ref").text() }) {
				r.wrongf("%s: the request is not among those of the body", use.at())
			}
		}
		op.request = r.fields(r.schema(use), "")
	}

	for _, status := range responses.keys() {
		if status == "default" {
			continue
		}
		op.status = append(op.status, status)
		response := r.target(responses.get(status))
		op.responseAt = response.at()
		for _, mediaType := range response.get("content").keys() {
			op.responseType += mediaType
			op.response = append(op.response, r.fields(r.schema(response.get("content", mediaType, "schema")), "")...)
		}
	}
	return op
}

// unsourced are the places of the components that do not say where they were found.
func (r *reader) unsourced() (missing []string, count int) {
	for _, name := range slices.Sorted(maps.Keys(r.files)) {
		components := r.files[name].get("components", "schemas")
		for _, component := range components.keys() {
			count++
			if components.get(component, "x-pantograph", "source", "page").text() == "" {
				missing = append(missing, components.get(component).at()+": "+component)
			}
		}
	}
	return missing, count
}
