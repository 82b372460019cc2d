package source_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/source"
	"github.com/pantograph-go/pantograph/generator/model"
)

const head = "openapi: 3.1.1\ninfo: {title: T, version: \"1\"}\npaths: {}\n"

// TestHostileDocuments loads documents made to exhaust a reader. Each must end with the diagnostic, within a time
// and an amount of allocation that are far above what is needed and far below what harms.
func TestHostileDocuments(t *testing.T) {
	type hostile struct {
		name, file string
		text       string
		want       string // code and place of the finding; "" when the document is fine
		allocate   int    // MB
	}
	cases := []hostile{
		{"a million nested lists in JSON", "a.json", strings.Repeat("[", 1e6), "limit a.json:1:501", 64},
		{"a million nested lists in YAML", "a.yaml", "x: " + strings.Repeat("[", 1e6), "limit a.yaml:1:1", 64},
		{"nested objects in YAML", "a.yaml", "x: " + strings.Repeat("{a: ", 5000) + "1" + strings.Repeat("}", 5000), "limit a.yaml:1:2004", 64},
		{"a million nested block lists", "a.yaml", "x:\n " + strings.Repeat("- ", 1e6), "limit a.yaml:2:1", 64},
		{"a hundred thousand question marks", "a.yaml", strings.Repeat("? ", 1e5), "limit a.yaml:1:1", 64},
		{"nine levels of aliases", "a.yaml", head + aliasBomb(9), "limit a.yaml:", 64},
		{"quadratic aliases", "a.yaml", head + "x: &a [" + strings.Repeat("x,", 5000) + "]\ny: [" + strings.Repeat("*a,", 5000) + "]\n", "limit a.yaml:", 64},
		{"merge keys", "a.yaml", head + mergeBomb(9), "limit a.yaml:", 64},
		{"an anchor in itself", "a.yaml", head + "x: &a [*a]\n", "yaml-alias-cycle a.yaml:4:8", 4},
		{"an anchor merged into itself", "a.yaml", head + "x: &a {<<: *a}\n", "yaml-alias-cycle a.yaml:4:12", 4},
		{"a chain of references", "a.json", chain(1e5, false), "limit a.json:1:", 400},
		{"a list of types, each with the next", "a.json", linked(1e5), "", 700},
		{"a cycle of references of length 1", "a.json", chain(1, true), "schema-cycle a.json:", 4},
		{"a cycle of references of length 1000", "a.json", chain(1000, true), "schema-cycle a.json:", 16},
		{"a cycle of parameters", "a.yaml", strings.Replace(head, "{}", "\n  /x: {get: {parameters: [{$ref: '#/components/parameters/A'}], responses: {}}}", 1) +
			"components: {parameters: {A: {$ref: '#/components/parameters/A'}}}\n", "ref-cycle a.yaml:5:", 4},
		{"long names, deeply nested", "a.json", longNames(400, 20000, 40), "limit a.json:1:1", 2000},
		{"an endless number", "a.yaml", head + "components: {schemas: {A: {type: number, maximum: " + strings.Repeat("9", 1e6) + "}}}\n", "keyword-value a.yaml:4:", 300},
		{"an exponent", "a.yaml", head + "components: {schemas: {A: {type: string, maxLength: 1e999999999}}}\n", "keyword-value a.yaml:4:", 4},
		{"very many properties", "a.json", properties(50_000), "", 500},
		{"a million properties", "a.json", properties(1_000_000), "limit a.json:1:", 1500},
		{"five million values", "a.json", `{"openapi": "3.1.1", "x-a": [` + strings.Repeat("0,", 5_000_000) + "0]}", "limit a.json:1:1", 1500},
		{"a long text", "a.json", `{"openapi": "3.1.1", "info": {"title": "` + strings.Repeat("x", 5_000_000) + `"}}`, "limit a.json:1:", 100},
		{"a union of itself", "a.yaml", head + "components: {schemas: {A: {anyOf: [" + strings.Repeat("{$ref: '#/components/schemas/A'}, ", 50) + "], example: 1}}}\n", "", 64},
		{"a pointer through references in a circle", "a.yaml", head + "components: {schemas: {A: {$ref: '#/components/schemas/B/x'}, B: {$ref: '#/components/schemas/A/y'}}}\n", "ref-not-found a.yaml:4:", 16},
		{"many names required twice", "a.json", component(`{"required": [` + list(100_000, `"r%d"`) + "," + list(100_000, `"r%d"`) + "]}"), "", 200},
		{"many values of an enum", "a.json", component(`{"type": "string", "enum": [` + list(100_000, `%d`) + "]}"), "enum-type a.json:1:", 400},
		{"many parameters", "a.json", operation(`"parameters": [` + list(50_000, `{"name": "p%d", "in": "query", "schema": {}}`) + "]"), "", 400},
		{"many parameters of a path", "a.json", onePath(strings.ReplaceAll(list(20_000, `{p%d}`), ",", "/")), "limit a.json:1:", 100},
		{"some parameters of a path", "a.json", onePath(strings.ReplaceAll(list(1000, `{p%d}`), ",", "/")), "path-parameter-undeclared a.json:1:", 400},
		{"many servers", "a.json", operation(`"servers": [` + list(50_000, `{"url": "https://a%d.example.com"}`) + "]"), "", 400},
		{"many unknown schemes", "a.json", operation(`"security": [{` + list(100_000, `"s%d": []`) + "}]"), "security-scheme-missing a.json:1:", 400},
		{"many tags", "a.json", paths(50_000, `"/p%d": {"get": {"tags": ["t%d"]}}`), "", 700},
		{"many operations of one id", "a.json", paths(50_000, `"/p%d/x": {"get": {"operationId": "same"}}`), "operation-id-repeated a.json:1:", 700},
		{"many references that lead nowhere", "a.json", component(`{"anyOf": [` + list(100_000, `{"$ref": "#/components/schemas/S%d"}`) + "]}"), "ref-not-found a.json:1:", 700},
		{"many unknown keywords", "a.json", component(`{` + list(200_000, `"k%d": 1`) + "}"), "keyword-unknown a.json:1:", 700},
		{"many examples of a large schema", "a.json", component(`{"properties": {` + list(2000, `"p%d": {"type": "string"}`) + `}, "additionalProperties": false, "examples": [` +
			list(200, `{"a%d": 1`+"}") + "]}"), "example-violates-schema a.json:1:", 400},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			api, diags := load(c.file, c.text)
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if allocated := int(after.TotalAlloc-before.TotalAlloc) >> 20; allocated > c.allocate {
				t.Errorf("allocated %d MB", allocated)
			}
			assert.Less(t, took, time.Minute, "the time of a loaded machine; alone, it is a second or two")
			if c.want == "" {
				assert.NotNil(t, api, "%s", diagnostics(diags))
				return
			}
			assert.Equal(t, diags.HasErrors(), api == nil)
			code, place, _ := strings.Cut(c.want, " ")
			for _, d := range diags {
				if d.Code == code && strings.HasPrefix(d.Pos.String(), place) {
					return
				}
			}
			t.Errorf("want %s, got\n%.2000s", c.want, diagnostics(diags))
		})
	}
}

// aliasBomb doubles, or rather decuples, at every level.
func aliasBomb(levels int) string {
	var b strings.Builder
	b.WriteString("x0: &x0 [a,a,a,a,a,a,a,a,a,a]\n")
	for i := range levels {
		fmt.Fprintf(&b, "x%d: &x%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*x%d,", i), 10), ","))
	}
	return b.String()
}

func mergeBomb(levels int) string {
	var b strings.Builder
	b.WriteString("x0: &x0 {a: 1}\n")
	for i := range levels {
		fmt.Fprintf(&b, "x%d: &x%d {<<: [%s], k%d: 1}\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*x%d,", i), 10), ","), i)
	}
	return b.String()
}

// chain is a document with schemas that refer each to the next.
func chain(n int, closed bool) string {
	var b strings.Builder
	b.WriteString(`{"openapi":"3.1.1","info":{"title":"T","version":"1"},"paths":{},"components":{"schemas":{`)
	for i := range n {
		next := i + 1
		if closed {
			next %= n
		}
		fmt.Fprintf(&b, `"S%d":{"$ref":"#/components/schemas/S%d"},`, i, next)
	}
	b.WriteString(`"S` + fmt.Sprint(n) + `":{"type":"string"}}}}`)
	return b.String()
}

// linked is a document with schemas that hold each the next.
func linked(n int) string {
	var b strings.Builder
	b.WriteString(`{"openapi":"3.1.1","info":{"title":"T","version":"1"},"paths":{},"components":{"schemas":{`)
	for i := range n {
		fmt.Fprintf(&b, `"S%d":{"type":"object","properties":{"next":{"$ref":"#/components/schemas/S%d"}}},`, i, i+1)
	}
	b.WriteString(`"S` + fmt.Sprint(n) + `":{"type":"string"}}}}`)
	return b.String()
}

// longNames nests objects whose names are long.
func longNames(depth, length, leaves int) string {
	name := strings.Repeat("n", length)
	depth /= 2 // each level is properties and a name
	var leaf strings.Builder
	for i := range leaves {
		fmt.Fprintf(&leaf, `,"p%d":{"type":"string"}`, i)
	}
	return `{"openapi":"3.1.1","info":{"title":"T","version":"1"},"paths":{},"components":{"schemas":{"A":` +
		strings.Repeat(`{"properties":{"`+name+`":`, depth) + `{"properties":{` + leaf.String()[1:] + "}}" + strings.Repeat("}}", depth) + "}}}"
}

func properties(n int) string {
	var b strings.Builder
	b.WriteString(`{"openapi":"3.1.1","info":{"title":"T","version":"1"},"paths":{},"components":{"schemas":{"A":{"type":"object","properties":{"z":{}`)
	for i := range n {
		fmt.Fprintf(&b, `,"p%d":{"type":"string"}`, i)
	}
	b.WriteString("}}}}}")
	return b.String()
}

// TestNothingOutsideTheRoot refers to places that must not be read, in every form.
func TestNothingOutsideTheRoot(t *testing.T) {
	const secret = "root-password-hash"
	outside := t.TempDir()
	write(t, filepath.Join(outside, "secret.yaml"), []byte(secret+": [unclosed"))
	root := filepath.Join(outside, "root")
	require.NoError(t, os.MkdirAll(filepath.Join(root, "dir.yaml"), 0o755))
	require.NoError(t, os.Symlink("../secret.yaml", filepath.Join(root, "link.yaml")))
	require.NoError(t, os.Symlink(filepath.Join(outside, "secret.yaml"), filepath.Join(root, "absolute.yaml")))
	require.NoError(t, os.Symlink("..", filepath.Join(root, "up")))
	require.NoError(t, os.Symlink("inside.yaml", filepath.Join(root, "fine.yaml")))
	write(t, filepath.Join(root, "inside.yaml"), []byte("A: {type: string}\n"))

	// What asks for what is not ours to read is an error; what is not there is a sin.
	absent := []string{"dir.yaml", "missing.yaml", "inside.yaml#/B", "#anchor", "%zz"}
	refuse := func(t *testing.T, ref, code string) {
		write(t, filepath.Join(root, "openapi.yaml"), []byte(head+"components: {schemas: {A: {$ref: '"+ref+"'}}}\n"))
		api, diags := source.Load(source.Request{Root: root, Specs: []string{"openapi.yaml"}})
		require.Len(t, diags, 1, "%s", diagnostics(diags))
		assert.Equal(t, code, diags[0].Code)
		assert.Equal(t, !slices.Contains(absent, ref), diags.HasErrors())
		assert.Equal(t, diags.HasErrors(), api == nil)
		assert.Equal(t, "openapi.yaml:4:34", diags[0].Pos.String())
		if strings.Contains(diags[0].Message, "leaves the root") {
			assert.Contains(t, diags[0].Hint, "-root")
		}
		text := string(diagnostics(diags))
		assert.NotContains(t, text, secret)
		assert.NotContains(t, strings.ReplaceAll(text, ref, ""), outside, "the message names a place outside")
	}
	for ref, code := range map[string]string{
		"/etc/passwd":                              "ref-invalid",
		filepath.Join(outside, "secret.yaml"):      "ref-invalid",
		"file:///etc/passwd":                       "ref-invalid",
		"file:secret.yaml":                         "ref-invalid",
		"//host/secret.yaml":                       "ref-invalid",
		"http://169.254.169.254/latest/meta-data/": "ref-invalid",
		"HTTPS://example.com/a.yaml#/A":            "ref-invalid",
		"../secret.yaml#/A":                        "ref-invalid",
		"%2e%2e/secret.yaml":                       "ref-invalid",
		"%2e%2e%2fsecret.yaml":                     "ref-invalid",
		"a/../../secret.yaml":                      "ref-invalid",
		`..\\secret.yaml`:                          "ref-invalid",
		"C:/secret.yaml":                           "ref-invalid",
		"a%00.yaml":                                "ref-invalid",
		"inside.yaml?x#/A":                         "ref-invalid",
		"#anchor":                                  "ref-not-found",
		"%zz":                                      "ref-invalid",
		"link.yaml":                                "file-not-read",
		"absolute.yaml":                            "file-not-read",
		"up/secret.yaml":                           "file-not-read",
		"dir.yaml":                                 "file-not-read",
		"missing.yaml":                             "file-not-read",
		"inside.yaml#/B":                           "ref-not-found",
	} {
		t.Run(ref, func(t *testing.T) { refuse(t, ref, code) })
	}
	t.Run("a link that stays inside is fine", func(t *testing.T) {
		write(t, filepath.Join(root, "openapi.yaml"), []byte(head+"components: {schemas: {B: {$ref: 'fine.yaml#/A'}}}\n"))
		api, diags := source.Load(source.Request{Root: root, Specs: []string{"openapi.yaml"}})
		require.NotNil(t, api, "%s", diagnostics(diags))
		assert.Len(t, api.Schemas, 2)
	})
	t.Run("a document is named below the root", func(t *testing.T) {
		for _, spec := range []string{"../secret.yaml", filepath.Join(outside, "secret.yaml"), "link.yaml", "up/secret.yaml", ".", ""} {
			api, diags := source.Load(source.Request{Root: root, Specs: []string{spec}})
			assert.Nil(t, api)
			require.Len(t, diags, 1)
			assert.Equal(t, "file-not-read", diags[0].Code)
			assert.NotContains(t, string(diagnostics(diags)), secret)
		}
	})
	t.Run("kin-openapi reads nothing by itself", func(t *testing.T) {
		for _, where := range []string{"$id", "$schema", "$self", "$dynamicRef"} {
			write(t, filepath.Join(root, "openapi.yaml"), []byte(head+"components: {schemas: {B: {"+where+": 'file://"+outside+"/secret.yaml', type: string, "+
				"if: {$ref: 'file://"+outside+"/secret.yaml'}, default: a, example: b, examples: [c]}}}\n"))
			_, diags := source.Load(source.Request{Root: root, Specs: []string{"openapi.yaml"}})
			text := strings.ReplaceAll(string(diagnostics(diags)), "file://"+outside+"/secret.yaml", "")
			assert.NotContains(t, text, secret)
			assert.NotContains(t, text, outside)
		}
	})
}

// TestBesideTheRoot refers to files in the directory above the root: documents are read, and nothing else.
func TestBesideTheRoot(t *testing.T) {
	const secret = "root-password-hash"
	outside := t.TempDir()
	above := filepath.Join(outside, "above")
	for _, dir := range []string{"spec", "common/deep", ".hidden"} {
		require.NoError(t, os.MkdirAll(filepath.Join(above, dir), 0o755))
	}
	write(t, filepath.Join(outside, "secret.yaml"), []byte(secret+": [unclosed"))
	for _, name := range []string{"secret.txt", "secret", ".hidden/secret.yaml", "common/.secret.yaml"} {
		write(t, filepath.Join(above, name), []byte(secret+": [unclosed"))
	}
	require.NoError(t, os.Symlink("../secret.yaml", filepath.Join(above, "link.yaml")))
	write(t, filepath.Join(above, "common/deep/b.yml"), []byte("B: {type: object, properties: {c: {$ref: '../../spec/openapi.yaml#/components/schemas/C'}, d: {$ref: '../d.json'}}}\n"))
	write(t, filepath.Join(above, "common/d.json"), []byte(`{"type": "integer"}`))

	root, err := os.OpenRoot(above)
	require.NoError(t, err)
	defer root.Close()
	load := func(ref string) (*model.API, diag.List) {
		write(t, filepath.Join(above, "spec/openapi.yaml"), []byte(head+"components: {schemas: {A: {$ref: '"+ref+"'}, C: {type: string}}}\n"))
		return source.Load(source.Request{Root: filepath.Join(above, "spec"), Specs: []string{"openapi.yaml"}, Above: root.FS(), Folder: "spec"})
	}
	t.Run("documents are read, and a way back into the root is known", func(t *testing.T) {
		api, diags := load("../common/deep/b.yml#/B")
		require.NotNil(t, api, "%s", diagnostics(diags))
		var ids []string
		for _, s := range api.Schemas {
			ids = append(ids, s.ID())
		}
		assert.Equal(t, []string{"openapi.yaml#/components/schemas/A", "openapi.yaml#/components/schemas/C", "../common/deep/b.yml#/B", "../common/d.json#"}, ids)
	})
	for _, ref := range []string{
		"../secret.txt", "../secret", "../.hidden/secret.yaml", "../common/.secret.yaml", "../link.yaml", "../../secret.yaml", "../common/../../secret.yaml",
	} {
		t.Run(ref, func(t *testing.T) {
			api, diags := load(ref)
			assert.Nil(t, api)
			require.Len(t, diags, 1, "%s", diagnostics(diags))
			assert.Equal(t, "openapi.yaml:4:34", diags[0].Pos.String())
			assert.NotContains(t, string(diagnostics(diags)), secret)
		})
	}
	t.Run("what is not there is a sin", func(t *testing.T) {
		api, diags := load("../common/none.yaml")
		assert.NotNil(t, api)
		require.Len(t, diags, 1)
		assert.Equal(t, "file-not-read", diags[0].Code)
	})
}

// list repeats a form, with the number of each time in it, separated by commas.
func list(n int, form string) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strings.ReplaceAll(form, "%d", strconv.Itoa(i)))
	}
	return b.String()
}

// component is a document with one schema.
func component(schema string) string {
	return `{"openapi":"3.1.1","info":{"title":"T","version":"1"},"paths":{},"components":{"schemas":{"A":` + schema + "}}}"
}

// onePath is a document with one path.
func onePath(name string) string { return paths(1, `"/`+name+`": {"get": {}}`) }

// operation is a document with one operation.
func operation(members string) string { return paths(1, `"/x": {"get": {`+members+`}}`) }

func paths(n int, form string) string {
	return `{"openapi":"3.1.1","info":{"title":"T","version":"1"},"paths":{` + list(n, form) + "}}"
}

// TestALargeFileIsNotRead: its size is enough to refuse it.
func TestALargeFileIsNotRead(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{
		"a.json": "a.json: error: the file is too large: all together are limited to 200 MB [file-not-read]",
		"b.yaml": "b.yaml:1:1: error: the YAML file is larger than 64 MB; JSON may be larger [limit]",
	} {
		f, err := os.Create(filepath.Join(dir, name))
		require.NoError(t, err)
		size := int64(200_000_001)
		if name == "b.yaml" {
			size = 64_000_001
		}
		require.NoError(t, f.Truncate(size)) // a hole
		require.NoError(t, f.Close())
		api, diags := source.Load(source.Request{Root: dir, Specs: []string{name}})
		assert.Nil(t, api)
		assert.Equal(t, want+"\n", string(diagnostics(diags)))
	}
}

// TestWhatIsFoundOftenIsCounted: nobody reads ten thousand lines.
func TestWhatIsFoundOftenIsCounted(t *testing.T) {
	api, diags := load("a.json", component(`{`+list(1500, `"k%d": 1`)+"}"))
	require.NotNil(t, api)
	assert.Len(t, diags, 1001)
	assert.Equal(t, "there are 500 more like this: warning keyword-unknown", diags[len(diags)-1].Message)
}

// TestOverlaysThatMultiply copy the whole into its parts, again and again, or into its innermost part.
func TestOverlaysThatMultiply(t *testing.T) {
	deep := ""
	for depth := 1; depth < 1000; depth *= 2 {
		deep += "  - {target: $" + strings.Repeat(".x", depth) + ", copy: $}\n"
	}
	for name, actions := range map[string]string{"in breadth": strings.Repeat("  - {target: $..*, update: {y: {}, z: {}}}\n", 30), "in depth": deep} {
		t.Run(name, func(t *testing.T) {
			api, diags := source.Load(source.Request{
				FS: fstest.MapFS{"a.yaml": {Data: []byte("x: {}\n")}}, Specs: []string{"a.yaml"},
				Overlays: []source.Overlay{{Name: "o.yaml", Data: []byte("overlay: 1.1.0\ninfo: {title: O, version: \"1\"}\nactions:\n" + actions)}},
			})
			assert.Nil(t, api)
			assert.Contains(t, string(diagnostics(diags)), "or nest them more than 500 levels deep [limit]")
		})
	}
}
