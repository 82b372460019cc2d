package spec

import (
	"slices"
	"strings"
)

// Operation is one method of one path.
type Operation struct {
	Method string // upper case
	Path   string // as in the document
	Item   Place  // the path item
	Place
}

// String is the line that traces a method to its operation.
func (o Operation) String() string { return o.Method + " " + o.Path }

var methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}

// Operations lists the operations of a document, in its order.
func (p Place) Operations() []Operation {
	var out []Operation
	for _, path := range p.Get("paths").Members() {
		if !strings.HasPrefix(path.Name, "/") {
			continue
		}
		item := path.Value.Target()
		for _, m := range item.Members() {
			if slices.Contains(methods, m.Name) {
				out = append(out, Operation{strings.ToUpper(m.Name), path.Name, item, m.Value.Target()})
			}
		}
	}
	return out
}

// IsDocument reports whether p is the root of an OpenAPI document.
func (p Place) IsDocument() bool {
	return p.Child("openapi").Found() || p.Child("swagger").Found()
}
