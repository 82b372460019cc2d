package generator

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What users pay for in each build is functions, methods above all: the compiler writes each of them, a wrapper for
// pointers where the receiver is a value, and types and names of it for reflection. So they are counted, not timed.

// TestAnotherResourceAddsFewFunctions counts what a document costs that has one resource more: an object, an enum, and
// operations that send the one and list the other.
func TestAnotherResourceAddsFewFunctions(t *testing.T) {
	few, many := count(t, 10), count(t, 30)
	each := func(n func(size) int) float64 { return float64(n(many)-n(few)) / 20 }
	assert.LessOrEqual(t, each(func(s size) int { return s.model }), 5.0, "methods of a model: MarshalJSON, UnmarshalJSON, ref; Validate and check of what is sent")
	assert.LessOrEqual(t, each(func(s size) int { return s.functions }), 11.0, "all functions and methods, with those of the enum and the two operations")
	assert.LessOrEqual(t, each(func(s size) int { return s.values }), 2.0, "methods of values, which the compiler writes twice: MarshalJSON, Known")
	assert.LessOrEqual(t, each(func(s size) int { return s.lines }), 125.0, "lines that are neither comment nor blank")
}

// size is what a client has.
type size struct{ functions, model, values, lines int }

// count generates a client of a document with some resources and counts what it has, without its runtime and tests.
func count(t *testing.T, resources int) size {
	t.Helper()
	var paths, schemas strings.Builder
	for i := range resources {
		fmt.Fprintf(&paths, `
  /things%[1]d:
    get:
      {operationId: listThing%[1]d, tags: [thing%[1]d], responses: {"200": {description: All of them., content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Thing%[1]d"}}}}}}}
    post:
      operationId: createThing%[1]d
      tags: [thing%[1]d]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Thing%[1]d"}}}}
      responses: {"204": {description: Made.}}`, i)
		fmt.Fprintf(&schemas, `
    Thing%[1]d:
      type: object
      required: [id, state]
      properties:
        id: {type: string, maxLength: 36}
        state: {type: string, enum: [on, "off", on%[1]d]}
        size: {type: integer}
        labels: {type: array, items: {type: string}}
        made: {type: string, format: date-time}`, i)
	}
	document := "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nservers: [{url: 'https://things.test'}]\npaths:" + paths.String() + "\ncomponents:\n  schemas:" + schemas.String() + "\n"
	files, _, diags := generate(t, fstest.MapFS{"api.yaml": {Data: []byte(document)}}, []string{"api.yaml"})
	require.Empty(t, diags)
	var s size
	for _, f := range files {
		if filepath.Dir(f.Path) != "." || !strings.HasSuffix(f.Path, ".go") || strings.HasSuffix(f.Path, "_test.go") {
			continue
		}
		s.add(t, f.Path, f.Bytes)
	}
	require.NotZero(t, s.functions)
	return s
}

func (s *size) add(t *testing.T, name string, text []byte) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
	require.NoError(t, err)
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			s.lines++
		}
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Name.Name == "_" {
			continue
		}
		s.functions++
		if f.Recv == nil {
			continue
		}
		of := f.Recv.List[0].Type
		if star, ok := of.(*ast.StarExpr); ok {
			of = star.X
		} else {
			s.values++
		}
		if id, ok := of.(*ast.Ident); ok && strings.HasPrefix(id.Name, "Thing") && !strings.HasSuffix(id.Name, "Service") && !strings.HasSuffix(id.Name, "State") {
			s.model++
		}
	}
}
