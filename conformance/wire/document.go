package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"mime"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"go.yaml.in/yaml/v3"

	"github.com/pantograph-go/pantograph/conformance/internal/spec"
)

// operation is one of the document, as kin-openapi reads it.
type operation struct {
	method, path string
	item         *openapi3.PathItem
	*openapi3.Operation
}

func (o *operation) String() string { return o.method + " " + o.path }

// document is a document as kin-openapi reads it. It has one version, 3.
type document struct {
	*openapi3.T
	operations []*operation
	between    map[string]bool // ids of the rules between members, which say more than the values that are made keep
}

// read loads a document. What kin-openapi refuses altogether, references that lead nowhere, is taken out.
func read(file string) (*document, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var tree any
	if err := yaml.Unmarshal(data, &tree); err != nil {
		return nil, err
	}
	tree = spec.Textual(tree)
	root, ok := tree.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%s is no object", file)
	}
	if err := inlineOperations(root, filepath.Dir(file)); err != nil {
		return nil, err
	}
	if err := inlineParts(root, filepath.Dir(file), root["swagger"] != nil); err != nil {
		return nil, err
	}
	repair(root)
	if data, err = json.Marshal(tree); err != nil {
		return nil, err
	}
	file, err = filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	place := &url.URL{Path: filepath.ToSlash(file)}
	between := map[string]bool{}
	rulesBetween(tree, between)
	loader := openapi3.NewLoader()
	loader.IsExternalRefsAllowed = true
	loader.ReadFromURIFunc = func(_ *openapi3.Loader, at *url.URL) ([]byte, error) {
		data, err := openapi3.ReadFromFile(nil, at)
		if err != nil {
			return nil, err
		}
		var other any
		if err := yaml.Unmarshal(data, &other); err != nil {
			return nil, err
		}
		other = spec.Textual(other)
		rulesBetween(other, between)
		if err := inlineParts(other, filepath.Dir(filepath.FromSlash(at.Path)), false); err != nil {
			return nil, err
		}
		return json.Marshal(other)
	}
	var doc *openapi3.T
	if root["swagger"] != nil {
		var old openapi2.T
		if err := json.Unmarshal(data, &old); err != nil {
			return nil, err
		}
		doc, err = openapi2conv.ToV3WithLoader(&old, loader, place)
	} else {
		doc, err = loader.LoadFromDataWithPath(data, place)
	}
	if err != nil {
		return nil, err
	}
	describeExamples(doc, root["swagger"] != nil)
	registerJSON(doc)
	delimitByTab(doc)
	gather(doc, place)
	return &document{doc, operations(doc, order(data)), between}, nil
}

// describeExamples gives the media types of which Swagger 2 has an example the schema of their response: conversions leave
// them without. In documents of version 3 that is done for failures alone: those are of one form.
func describeExamples(doc *openapi3.T, old bool) {
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			for status, r := range op.Responses.Map() {
				if r.Value == nil || !old && status < "4" {
					continue
				}
				var schema *openapi3.SchemaRef
				for _, name := range mediaTypes(r.Value.Content) {
					schema = cmp.Or(schema, r.Value.Content[name].Schema)
				}
				for _, m := range r.Value.Content {
					m.Schema = cmp.Or(m.Schema, schema)
				}
			}
		}
	}
}

// registerJSON has kin-openapi decode the media types of a document that are JSON by another name.
func registerJSON(doc *openapi3.T) {
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			if op.RequestBody == nil || op.RequestBody.Value == nil {
				continue
			}
			for name := range op.RequestBody.Value.Content {
				base, _, err := mime.ParseMediaType(name)
				if err == nil && kindOf(name) == kindJSON && openapi3filter.RegisteredBodyDecoder(base) == nil {
					openapi3filter.RegisterBodyDecoder(base, openapi3filter.JSONBodyDecoder)
				}
			}
		}
	}
}

// delimitByTab gives the lists of Swagger 2 that are separated by tabs a style.
func delimitByTab(doc *openapi3.T) {
	no := false
	for _, item := range doc.Paths.Map() {
		lists := []openapi3.Parameters{item.Parameters}
		for _, op := range item.Operations() {
			lists = append(lists, op.Parameters)
		}
		for _, list := range lists {
			for _, p := range list {
				if p.Value != nil && p.Value.Extensions["x-tabs"] != nil {
					p.Value.Style, p.Value.Explode = tabDelimited, &no
				}
			}
		}
	}
}

// order lists the paths as the document does.
func order(data []byte) []string {
	var doc struct{ Paths yaml.Node }
	if yaml.Unmarshal(data, &doc) != nil {
		return nil
	}
	var names []string
	for i := 0; i+1 < len(doc.Paths.Content); i += 2 {
		names = append(names, doc.Paths.Content[i].Value)
	}
	return names
}

func operations(doc *openapi3.T, paths []string) []*operation {
	var out []*operation
	for _, path := range paths {
		item := doc.Paths.Value(path)
		if item == nil || !strings.HasPrefix(path, "/") {
			continue
		}
		for _, method := range []string{"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"} {
			if op := item.GetOperation(method); op != nil {
				out = append(out, &operation{method, path, item, op})
			}
		}
	}
	return out
}

func leads(root map[string]any, ref string) bool {
	if unescaped, err := url.PathUnescape(ref); err == nil {
		ref = unescaped
	}
	var at any = root
	for _, token := range strings.Split(ref[2:], "/") {
		token = strings.NewReplacer("~1", "/", "~0", "~").Replace(token)
		switch v := at.(type) {
		case map[string]any:
			at = v[token]
		case []any:
			var i int
			if _, err := fmt.Sscan(token, &i); err != nil || i < 0 || i >= len(v) {
				return false
			}
			at = v[i]
		default:
			return false
		}
		if inner, ok := at.(map[string]any); ok && inner["$ref"] != nil && at != nil {
			if next, ok := inner["$ref"].(string); ok && strings.HasPrefix(next, "#/") && next != ref {
				if target := follow(root, next, 20); target != nil {
					at = target
				}
			}
		}
	}
	return at != nil
}

// follow finds what a reference leads to.
func follow(root map[string]any, ref string, left int) any {
	var at any = root
	if unescaped, err := url.PathUnescape(ref); err == nil {
		ref = unescaped
	}
	for _, token := range strings.Split(ref[2:], "/") {
		m, ok := at.(map[string]any)
		if !ok {
			return nil
		}
		at = m[strings.NewReplacer("~1", "/", "~0", "~").Replace(token)]
	}
	if m, ok := at.(map[string]any); ok && left > 0 {
		if next, ok := m["$ref"].(string); ok && strings.HasPrefix(next, "#/") {
			return follow(root, next, left-1)
		}
	}
	return at
}
