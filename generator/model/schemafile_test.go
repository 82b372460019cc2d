package model

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite docs/model.schema.json")

// TestTheSchemaDescribesTheModel compares docs/model.schema.json with the types of this package.
// go test ./generator/model -update writes it. That real models conform to it is a test of package generator.
func TestTheSchemaDescribesTheModel(t *testing.T) {
	const name = "../../docs/model.schema.json"
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	require.NoError(t, enc.Encode(schemaOfTheModel(t)))
	if *update {
		require.NoError(t, os.WriteFile(name, b.Bytes(), 0o644))
	}
	got, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.Equal(t, b.String(), string(got), "go test ./generator/model -run Schema -update rewrites it")
}

type object = map[string]any

// schemaMaker describes types as the dumper prints them.
type schemaMaker struct {
	t      *testing.T
	doc    map[string]string   // comments, by "Type" and "Type.Field"
	consts map[string][]string // values of string types
	defs   object
}

func schemaOfTheModel(t *testing.T) object {
	m := &schemaMaker{t: t, doc: map[string]string{}, consts: map[string][]string{}, defs: object{}}
	m.read()
	root := m.structure(reflect.TypeFor[API]())
	properties := root["properties"].(object)
	properties["format"] = object{"description": "The version of this format.", "const": Format}
	m.defs["Reference"] = object{
		"description": "Stands for a schema that is printed elsewhere, by its id: a component, among the schemas, or one that came up before.",
		"type":        "object", "properties": object{"$ref": object{"type": "string"}}, "required": []string{"$ref"},
	}
	return object{
		"$schema":     "https://json-schema.org/draft/2020-12/schema",
		"$id":         "https://raw.githubusercontent.com/pantograph-go/pantograph/main/docs/model.schema.json",
		"title":       "The model of an API, as pantograph dump -stage model prints it",
		"description": m.doc["API"] + " Members may be added; readers pass over what they do not know, and expect further values of words.",
		"type":        "object",
		"properties":  properties,
		"required":    append([]string{"format"}, root["required"].([]string)...),
		"$defs":       m.defs,
	}
}

// read takes comments and constants from the source.
func (m *schemaMaker) read() {
	entries, err := os.ReadDir(".")
	require.NoError(m.t, err)
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), entry.Name(), nil, parser.ParseComments)
		require.NoError(m.t, err)
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, s := range g.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					m.readType(s, g.Doc.Text()+s.Doc.Text())
				case *ast.ValueSpec:
					m.readConst(s)
				}
			}
		}
	}
}

func (m *schemaMaker) readType(s *ast.TypeSpec, doc string) {
	m.doc[s.Name.Name] = flat(doc)
	if of, ok := s.Type.(*ast.StructType); ok {
		for _, f := range of.Fields.List {
			for _, n := range f.Names {
				m.doc[s.Name.Name+"."+n.Name] = flat(f.Comment.Text())
			}
		}
	}
}

func (m *schemaMaker) readConst(s *ast.ValueSpec) {
	of, ok := s.Type.(*ast.Ident)
	if !ok || len(s.Values) != 1 {
		return
	}
	if lit, ok := s.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
		value, err := strconv.Unquote(lit.Value)
		require.NoError(m.t, err)
		m.consts[of.Name] = append(m.consts[of.Name], value)
	}
}

func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

// structure describes a struct without a name for it.
func (m *schemaMaker) structure(t reflect.Type) object {
	properties, required := object{}, []string{}
	var each func(t reflect.Type)
	each = func(t reflect.Type) {
		for f := range t.Fields() {
			name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			switch {
			case f.Anonymous && f.Type == reflect.TypeFor[Pos]():
				properties["at"] = object{"description": "Where it stands: file:line:column.", "type": "string"}
				continue
			case f.Anonymous:
				each(f.Type)
				continue
			case name == "-" || !f.IsExported():
				continue
			}
			of := m.of(f.Type)
			if doc := m.doc[t.Name()+"."+f.Name]; doc != "" {
				of = object{"description": doc, "allOf": []any{of}}
				if inner := of["allOf"].([]any)[0].(object); len(inner) > 0 && inner["$ref"] == nil && inner["description"] == nil {
					inner["description"] = doc
					of = inner
				}
			}
			properties[name] = of
			if options != "omitempty" {
				required = append(required, name)
			}
		}
	}
	each(t)
	if t == reflect.TypeFor[Schema]() {
		properties["id"] = object{"description": "Names the schema: file and JSON pointer.", "type": "string"}
		properties["ref"] = object{"description": "The id of the schema that says the rest: this one holds what stands beside a $ref.", "type": "string"}
		required = append([]string{"id"}, required...)
	}
	return object{"type": "object", "properties": properties, "required": required}
}

// of describes a type.
func (m *schemaMaker) of(t reflect.Type) object {
	switch t {
	case reflect.TypeFor[*Schema]():
		m.define(t.Elem())
		return object{"anyOf": []any{object{"$ref": "#/$defs/Schema"}, object{"$ref": "#/$defs/Reference"}}}
	case reflect.TypeFor[Value]():
		return object{} // any JSON
	case reflect.TypeFor[Expression]():
		return object{"type": "string"}
	case reflect.TypeFor[DiscriminatorCase]():
		return object{"type": "object", "properties": object{"value": object{"type": "string"}, "schema": object{"type": "string", "description": "The id of the schema."}}, "required": []string{"value", "schema"}}
	case reflect.TypeFor[time.Duration]():
		return object{"type": "integer", "description": "Nanoseconds."}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return m.of(t.Elem())
	case reflect.Slice:
		return object{"type": "array", "items": m.of(t.Elem())}
	case reflect.Struct:
		m.define(t)
		return object{"$ref": "#/$defs/" + t.Name()}
	case reflect.String:
		out := object{"type": "string"}
		if values := m.consts[t.Name()]; len(values) > 0 && t.PkgPath() != "" {
			slices.Sort(values)
			out["examples"] = values
		}
		return out
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int64, reflect.Int32:
		return object{"type": "integer"}
	}
	require.Fail(m.t, "the schema has no word for "+t.String())
	return nil
}

func (m *schemaMaker) define(t reflect.Type) {
	if _, ok := m.defs[t.Name()]; ok {
		return
	}
	m.defs[t.Name()] = nil // it may contain itself
	out := m.structure(t)
	if doc := m.doc[t.Name()]; doc != "" {
		out["description"] = doc
	}
	m.defs[t.Name()] = out
}
