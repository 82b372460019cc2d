package source

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// value returns a node as JSON. Where the schema asks for a string, an unquoted YAML scalar is one,
// whatever YAML takes it for: no, 2024-07-22, 1e3 and 007 keep their text.
func (l *loader) value(n, schema *node) model.Value {
	var b bytes.Buffer
	l.encode(&b, n, schema)
	return b.Bytes()
}

func (l *loader) encode(b *bytes.Buffer, n, schema *node) {
	schema = l.follow(schema)
	if n.plain && (n.kind == kindBool || n.kind == kindNumber) && isStringType(schema.get("type")) {
		n.kind = kindString
	}
	switch n.kind {
	case kindNull:
		b.WriteString("null")
	case kindBool, kindNumber:
		if number, ok := n.number(); ok {
			b.WriteString(number)
		} else {
			b.WriteString(n.text)
		}
	case kindString:
		b.Write(quote(n.text))
	case kindArray:
		b.WriteByte('[')
		for i, m := range n.members {
			if i > 0 {
				b.WriteByte(',')
			}
			l.encode(b, m, schema.get("items"))
		}
		b.WriteByte(']')
	case kindObject:
		b.WriteByte('{')
		for i, m := range n.members {
			if i > 0 {
				b.WriteByte(',')
			}
			b.Write(quote(m.key))
			b.WriteByte(':')
			l.encode(b, m, schema.at("properties", m.key))
		}
		b.WriteByte('}')
	}
}

// follow returns the schema that a reference leads to within the files already read, and reports nothing.
func (l *loader) follow(schema *node) *node {
	for range 10 {
		ref := schema.get("$ref")
		if !ref.isText() {
			break
		}
		schema = l.peek(ref)
	}
	return schema
}

// isStringType reports whether a type keyword allows strings and neither numbers nor booleans.
func isStringType(t *node) bool {
	if t.is(kindArray) {
		return slices.ContainsFunc(t.members, isStringType) &&
			!slices.ContainsFunc(t.members, func(m *node) bool { return m.text == "number" || m.text == "integer" || m.text == "boolean" })
	}
	return t.scalar() == "string"
}

// quote writes a JSON string, with <, > and & as they are.
func quote(s string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a string always encodes
	return bytes.TrimRight(b.Bytes(), "\n")
}

// render returns a tree as JSON for kin-openapi. Left out are the members by which a schema changes what
// a reference in it means: kin-openapi hands schemas to a compiler that would follow them to files, outside
// our reader.
func render(n *node) []byte {
	var b bytes.Buffer
	renderTo(&b, n)
	return b.Bytes()
}

func renderTo(b *bytes.Buffer, n *node) {
	switch n.kind {
	case kindNull:
		b.WriteString("null")
	case kindBool:
		b.WriteString(n.text)
	case kindNumber:
		number, _ := n.number()
		b.WriteString(number)
	case kindString:
		b.Write(quote(rendered(n)))
	case kindArray:
		b.WriteByte('[')
		for i, m := range n.members {
			if i > 0 {
				b.WriteByte(',')
			}
			renderTo(b, m)
		}
		b.WriteByte(']')
	case kindObject:
		b.WriteByte('{')
		more := false
		for _, m := range n.members {
			if m.kind == kindString && !isSafe(n, m) {
				continue
			}
			if more {
				b.WriteByte(',')
			}
			more = true
			b.Write(quote(m.key))
			b.WriteByte(':')
			renderTo(b, m)
		}
		b.WriteByte('}')
	}
}

// rendered is the text of a string for kin-openapi: a reference leads to where its target is now, and never to an
// anchor, which kin-openapi does not know.
func rendered(n *node) string {
	if n.key == "$ref" {
		if target := n.identified(); target != nil {
			return "#" + target.pointer()
		}
	}
	fragment, ok := strings.CutPrefix(n.text, "#")
	if !ok || n.key != "$ref" || fragment == "" {
		return n.text
	}
	if fragment[0] != '/' {
		if target := n.doc().anchor(fragment); target != nil {
			return "#" + target.pointer()
		}
	}
	if n.doc().lifted {
		return "#" + liftedPointer(fragment)
	}
	return n.text
}

// isSafe reports whether a text member may be handed on.
func isSafe(n, m *node) bool {
	switch m.key {
	case "$id", "$schema", "$self", "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveRef", "jsonSchemaDialect":
		return false
	case "$ref":
		if m.identified() != nil {
			return true
		}
		_, problem := n.doc().reader.parseRef(n.doc().name, m.text)
		return problem == nil
	}
	return true
}
