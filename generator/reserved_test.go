package generator

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A schema may have any name that the package has, fixed or made for something else: it yields.
func TestSchemasYieldToEveryNameOfThePackage(t *testing.T) {
	doc := encode(t, hostileDocument(t))
	files, _ := printed(t, doc)
	names := map[string]bool{}
	for _, f := range files {
		if path.Dir(f.Path) != "." || strings.HasSuffix(f.Path, "_test.go") {
			continue
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), f.Path, f.Bytes, 0)
		require.NoError(t, err)
		for _, d := range syntax.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil {
					names[d.Name.Name] = true
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					switch spec := spec.(type) {
					case *ast.TypeSpec:
						names[spec.Name.Name] = true
					case *ast.ValueSpec:
						for _, n := range spec.Names {
							names[n.Name] = true
						}
					}
				}
			}
		}
	}
	require.Greater(t, len(names), 80)
	// All at once: whatever the package declares is declared by a component too.
	const schemas, property = "    schemas:\n", "                thing: {$ref:"
	text := string(doc)
	require.Contains(t, text, schemas)
	require.Contains(t, text, property)
	var components, uses strings.Builder
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if name == "_" || strings.Contains(text, "\n        "+name+":") {
			continue
		}
		fmt.Fprintf(&components, "        %s: {type: object, properties: {a: {type: string}}}\n", name)
		fmt.Fprintf(&uses, "                use%s: {$ref: '#/components/schemas/%s'}\n", name, name)
	}
	text = strings.Replace(text, property, "                uses: {$ref: '#/components/schemas/Uses'}\n"+property, 1)
	text = strings.Replace(text, schemas, schemas+components.String()+"        Uses:\n            type: object\n            properties:\n"+uses.String(), 1)
	out, _, diags := generate(t, fstest.MapFS{"api.yaml": {Data: []byte(text)}}, []string{"api.yaml"})
	assert.NotEmpty(t, out)
	for _, d := range diags {
		assert.Equal(t, "name-collision", d.Code, d.String())
	}
}

// A tag may be called like any file of the package: no two files have one name.
func TestResourcesYieldToEveryFileOfThePackage(t *testing.T) {
	doc := encode(t, hostileDocument(t))
	files, _ := printed(t, doc)
	var paths strings.Builder
	names := map[string]bool{"unions": true}
	for _, f := range files {
		if path.Dir(f.Path) == "." {
			names[strings.TrimSuffix(f.Path, ".go")] = true
		}
	}
	require.Greater(t, len(names), 8)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		fmt.Fprintf(&paths, "    /own/%s: {get: {operationId: own_%s, tags: [%s], responses: {\"204\": {description: OK}}}}\n", name, name, name)
	}
	text := strings.Replace(string(doc), "paths:\n", "paths:\n"+paths.String(), 1)
	out, _, diags := generate(t, fstest.MapFS{"api.yaml": {Data: []byte(text)}}, []string{"api.yaml"})
	require.NotEmpty(t, out, "%v", diags)
	seen := map[string]bool{}
	for _, f := range out {
		assert.False(t, seen[f.Path], "%s is there twice", f.Path)
		seen[f.Path] = true
	}
	assert.Greater(t, len(out), len(files)+len(names)-4) // some have a service already
}
