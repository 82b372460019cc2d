package main

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/pantograph-go/pantograph/conformance/internal/instance"
)

// writeXML writes a value as the xml keywords of its schema say. It knows names, namespaces, attributes and wrapped lists.
// A text is the document itself. A document has one root: a list that is one is wrapped.
func writeXML(schema *openapi3.SchemaRef, v any) ([]byte, error) {
	if text, ok := v.(string); ok {
		return []byte(text), nil
	}
	var b bytes.Buffer
	e := xml.NewEncoder(&b)
	name := "request"
	if schema != nil {
		if i := strings.LastIndexByte(schema.Ref, '/'); i >= 0 && inXML.MatchString(schema.Ref[i+1:]) {
			name = schema.Ref[i+1:]
		}
	}
	if _, list := v.([]any); list {
		schema = wrappedList(schema)
	}
	err := element(e, schema, v, name)
	if err == nil {
		err = e.Flush()
	}
	return b.Bytes(), err
}

// wrappedList is the schema of a list with an element around it.
func wrappedList(schema *openapi3.SchemaRef) *openapi3.SchemaRef {
	if schema == nil || schema.Value == nil {
		return schema
	}
	wrapped, facts := *schema.Value, openapi3.XML{}
	if wrapped.XML != nil {
		facts = *wrapped.XML
	}
	facts.Wrapped, wrapped.XML = true, &facts
	return &openapi3.SchemaRef{Ref: schema.Ref, Value: &wrapped}
}

// inXML matches names that elements can have, as far as anyone uses them.
var inXML = regexp.MustCompile(`^[\pL_][\pL\pN_.:-]*$`)

func element(e *xml.Encoder, ref *openapi3.SchemaRef, v any, name string) error {
	s := &openapi3.Schema{}
	if ref != nil && ref.Value != nil {
		s = combined(ref.Value)
	}
	if s.XML != nil && s.XML.Name != "" {
		name = s.XML.Name
	}
	if !inXML.MatchString(name) {
		return instance.NoneError(fmt.Sprintf("XML has no element %q", name))
	}
	if list, ok := v.([]any); ok {
		item := name
		if s.Items != nil && s.Items.Value != nil && s.Items.Value.XML != nil && s.Items.Value.XML.Name != "" {
			item = s.Items.Value.XML.Name
		}
		wrapped := s.XML != nil && s.XML.Wrapped
		start := xml.StartElement{Name: xml.Name{Local: name}}
		if wrapped {
			if err := e.EncodeToken(start); err != nil {
				return err
			}
		}
		for _, i := range list {
			items := s.Items
			if _, ok := i.([]any); ok { // XML has no lists in lists, but as elements around them
				items = wrappedList(items)
			}
			if err := element(e, items, i, item); err != nil {
				return err
			}
		}
		if wrapped {
			return e.EncodeToken(start.End())
		}
		return nil
	}
	start := xml.StartElement{Name: xml.Name{Local: name}}
	if s.XML != nil {
		start.Name.Space = s.XML.Namespace
	}
	object, isObject := v.(map[string]any)
	for _, k := range sortedKeys(object) {
		if p := s.Properties[k]; p != nil && p.Value != nil && p.Value.XML != nil && p.Value.XML.Attribute {
			attribute := k
			if p.Value.XML.Name != "" {
				attribute = p.Value.XML.Name
			}
			start.Attr = append(start.Attr, xml.Attr{Name: xml.Name{Local: attribute}, Value: text(object[k])})
		}
	}
	if err := e.EncodeToken(start); err != nil {
		return err
	}
	for _, k := range sortedKeys(object) {
		p := s.Properties[k]
		if p != nil && p.Value != nil && p.Value.XML != nil && p.Value.XML.Attribute {
			continue
		}
		if err := element(e, p, object[k], k); err != nil {
			return err
		}
	}
	if !isObject {
		if err := e.EncodeToken(xml.CharData(text(v))); err != nil {
			return err
		}
	}
	return e.EncodeToken(start.End())
}

// combined is a schema with what it has of others, and with what one of others may have. What an allOf lists in place, or
// as all that it has, says what the whole is called.
func combined(s *openapi3.Schema) *openapi3.Schema {
	members := slices.Concat(s.AllOf, s.AnyOf, s.OneOf)
	if len(members) == 0 {
		return s
	}
	out := *s
	out.Properties = maps.Clone(s.Properties)
	if out.Properties == nil {
		out.Properties = openapi3.Schemas{}
	}
	for i, member := range members {
		if member.Value == nil {
			continue
		}
		if i < len(s.AllOf) && (member.Ref == "" || len(s.AllOf) == 1 && len(s.Properties) == 0) {
			out.XML = cmp.Or(out.XML, member.Value.XML)
		}
		of := combined(member.Value)
		for name, p := range of.Properties {
			out.Properties[name] = cmp.Or(out.Properties[name], p)
		}
		out.Items = cmp.Or(out.Items, of.Items)
	}
	return &out
}
