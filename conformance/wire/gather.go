package main

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// components is where the references of a document lead once it is gathered.
const components = "#/components/schemas/"

// gather makes components of the root of all schemas that are referred to in other places, in other files above all: kin-openapi's
// validator of version 3.1 knows a reference by its text, and there are as many "#/components/schemas/Pet" as there are files.
// The last part of a reference stays: it is the name that a discriminator knows the schema by. What kin-openapi has for this,
// InternalizeRefs, does not end on some documents.
func gather(doc *openapi3.T, root *url.URL) {
	g := &gatherer{doc: doc, root: root.Path, names: map[string]string{}, seen: map[*openapi3.Schema]bool{}}
	if doc.Components != nil {
		for _, name := range sortedNames(doc.Components.Schemas) {
			g.schema(doc.Components.Schemas[name])
		}
	}
	for _, path := range sortedNames(doc.Paths.Map()) {
		item := doc.Paths.Value(path)
		g.parameters(item.Parameters)
		operations := item.Operations()
		for _, method := range sortedNames(operations) {
			op := operations[method]
			g.parameters(op.Parameters)
			if op.RequestBody != nil && op.RequestBody.Value != nil {
				g.content(op.RequestBody.Value.Content)
			}
			responses := op.Responses.Map()
			for _, status := range sortedNames(responses) {
				if r := responses[status].Value; r != nil {
					g.headers(r.Headers)
					g.content(r.Content)
				}
			}
		}
	}
}

type gatherer struct {
	doc   *openapi3.T
	root  string
	names map[string]string // of the components, by the places that references lead to
	seen  map[*openapi3.Schema]bool
}

func (g *gatherer) parameters(list openapi3.Parameters) {
	for _, p := range list {
		if p.Value != nil {
			g.schema(p.Value.Schema)
			g.content(p.Value.Content)
		}
	}
}

func (g *gatherer) headers(headers openapi3.Headers) {
	for _, name := range sortedNames(headers) {
		if h := headers[name].Value; h != nil {
			g.schema(h.Schema)
			g.content(h.Content)
		}
	}
}

func (g *gatherer) content(content openapi3.Content) {
	for _, name := range sortedNames(content) {
		if content[name] == nil {
			continue
		}
		g.schema(content[name].Schema)
		for _, member := range sortedNames(content[name].Encoding) {
			g.headers(content[name].Encoding[member].Headers)
		}
	}
}

// schema names what a reference leads to, and goes on with what is in it.
func (g *gatherer) schema(start *openapi3.SchemaRef) {
	pending := []*openapi3.SchemaRef{start}
	for len(pending) > 0 {
		s := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if s == nil || s.Value == nil {
			continue
		}
		g.name(s)
		if !g.seen[s.Value] {
			g.seen[s.Value] = true
			pending = append(pending, g.within(s.Value)...)
		}
	}
}

// name has a reference lead to a component of the root.
func (g *gatherer) name(s *openapi3.SchemaRef) {
	place := s.RefPath()
	if s.Ref == "" || place == nil {
		return
	}
	if name, ok := strings.CutPrefix("#"+place.Fragment, components); ok && place.Path == g.root && !strings.Contains(name, "/") {
		s.Ref = components + name
		return
	}
	name, ok := g.names[place.String()]
	if !ok {
		name = fmt.Sprintf("%d/%s", len(g.names)+1, s.Ref[strings.LastIndexByte(s.Ref, '/')+1:])
		g.names[place.String()] = name
		if g.doc.Components == nil {
			g.doc.Components = new(openapi3.Components)
		}
		if g.doc.Components.Schemas == nil {
			g.doc.Components.Schemas = openapi3.Schemas{}
		}
		g.doc.Components.Schemas[name] = s.Value.NewRef()
	}
	s.Ref = components + name
}

// within lists the schemas that are parts of a schema, under whichever keyword, and those that its discriminator maps to.
func (g *gatherer) within(s *openapi3.Schema) []*openapi3.SchemaRef {
	if d := s.Discriminator; d != nil {
		for _, value := range sortedNames(d.Mapping) {
			to := openapi3.SchemaRef(d.Mapping[value])
			for _, member := range slices.Concat(s.OneOf, s.AnyOf) {
				if to.RefPath() == nil && member.Ref == to.Ref { // a file beside this one: kin-openapi takes it for a name
					to = *member
				}
			}
			g.schema(&to)
			d.Mapping[value] = openapi3.MappingRef(to)
		}
	}
	var out []*openapi3.SchemaRef
	fields := reflect.ValueOf(s).Elem()
	for i := range fields.NumField() {
		if !fields.Type().Field(i).IsExported() {
			continue
		}
		switch field := fields.Field(i).Interface().(type) {
		case *openapi3.SchemaRef:
			out = append(out, field)
		case openapi3.SchemaRefs:
			out = append(out, field...)
		case openapi3.BoolSchema: // additionalProperties too
			out = append(out, field.Schema)
		case openapi3.Schemas:
			for _, name := range sortedNames(field) {
				out = append(out, field[name])
			}
		}
	}
	slices.Reverse(out) // the first is taken from the end
	return out
}
