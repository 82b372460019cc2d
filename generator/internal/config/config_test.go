package config

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
)

func lines(list diag.List) []string {
	var lines []string
	for _, d := range list {
		lines = append(lines, d.String())
	}
	return lines
}

func TestParse(t *testing.T) {
	c, list := Parse("x/pantograph.yaml", []byte(`
specs: [a.yaml, &b b.yaml]
package: client
out: ./client
import: example.com/m/client
runtime: example.com/m/rt
root: ..
strict: true
templates: tmpl
initialisms: [ECS, *b]
test: false
`))
	require.Empty(t, list)
	assert.Equal(t, []string{"a.yaml", "b.yaml"}, c.Specs)
	assert.Equal(t, "client", c.Package)
	assert.Equal(t, "./client", c.Out)
	assert.Equal(t, "example.com/m/client", c.Import)
	assert.Equal(t, "example.com/m/rt", c.Runtime)
	assert.Equal(t, "..", c.Root)
	assert.Equal(t, "tmpl", c.Templates)
	assert.Equal(t, []string{"ECS", "b.yaml"}, c.Initialisms)
	assert.True(t, c.Strict)
	assert.False(t, c.Test)
	assert.Equal(t, "x", c.Dir())
	assert.Equal(t, "x/pantograph.yaml:3:10", c.Pos("package").String())
	assert.Equal(t, "x/pantograph.yaml", c.Pos("runtimeOnly").String())
}

func TestParseDefaults(t *testing.T) {
	c, list := Parse("pantograph.yaml", []byte("package: x\n"))
	require.Empty(t, list)
	assert.True(t, c.Test)
	assert.Equal(t, ".", c.Out)
}

func TestParseLocatesWhatIsWrong(t *testing.T) {
	tests := []struct{ name, text, want, hint string }{
		{"nothing", "", "p.yaml:1:1: error: the file is empty [config-syntax]", ""},
		{"a comment", "# x\n", "p.yaml:1:1: error: the file is empty [config-syntax]", ""},
		{"no YAML", "specs: [a\npackage: b\n", "p.yaml:1:1: error: did not find expected ',' or ']' [config-syntax]", ""},
		{"a tab", "\tspecs: [a]\n", "p.yaml:1:1: error: found character that cannot start any token [config-syntax]", "YAML is indented with spaces, not tabs; text that begins with @ or % needs quotes"},
		{"a list", "- a\n", "p.yaml:1:1: error: the file must hold settings, as in \"package: client\" [config-type]", ""},
		{"two documents", "package: a\n---\npackage: b\n", "p.yaml:1:1: error: the file holds more than one document [config-syntax]", ""},
		{"a misspelt setting", "specs: [a]\npakage: b\n", `p.yaml:2:1: error: there is no setting "pakage" [config-unknown]`, "did you mean package?"},
		{"another tool's setting", "additionalProperties: b\n", `p.yaml:1:1: error: there is no setting "additionalProperties" [config-unknown]`,
			"the settings are specs, package, out, import, runtime, runtimeOnly, root, overlays, include, exclude, strict, templates, packs, initialisms, types, assertFormats, untypedRaw, checkResponses, codec, test"},
		{"a setting twice", "package: a\npackage: b\n", "p.yaml:2:1: error: the setting package is given twice; first at p.yaml:1:10 [config-duplicate]", ""},
		{"text for a list", "specs: a.yaml\n", "p.yaml:1:8: error: specs must be a list [config-type]", "write it as [a.yaml]"},
		{"a mapping for a list", "specs: {a: b}\n", "p.yaml:1:8: error: specs must be a list [config-type]", ""},
		{"a number for text", "package: 1\n", "p.yaml:1:10: error: package must be a string [config-type]", ""},
		{"null for text", "package:\n", "p.yaml:1:9: error: package must be a string [config-type]", ""},
		{"a list for text", "package: [a]\n", "p.yaml:1:10: error: package must be a string [config-type]", ""},
		{"empty text", "package: \"\"\n", "p.yaml:1:10: error: package must not be empty [config-type]", ""},
		{"a control character", "out: \"a\\u0000b\"\n", "p.yaml:1:6: error: out holds a control character [config-type]", ""},
		{"a number in a list", "specs: [a, 1]\n", "p.yaml:1:12: error: each entry of specs must be a string [config-type]", ""},
		{"text for a flag", "strict: maybe\n", "p.yaml:1:9: error: strict must be true or false [config-type]", ""},
		{"a quoted flag", "strict: \"true\"\n", "p.yaml:1:9: error: strict must be true or false [config-type]", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, list := Parse("p.yaml", []byte(test.text))
			assert.Nil(t, c)
			require.Equal(t, []string{test.want}, lines(list))
			assert.Equal(t, test.hint, list[0].Hint)
		})
	}
	_, list := Parse("p.yaml", []byte(strings.Repeat("#", maxSize+1)))
	assert.Len(t, list, 1)
}

func FuzzParse(f *testing.F) {
	f.Add("specs: [a]\npackage: &x b\nout: *x\n")
	f.Add("a: &a [*a]\nspecs: *a\n")
	f.Add("? {a: b}\n: c\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, list := Parse("p.yaml", []byte(text))
		assert.Equal(t, c == nil, list.HasErrors())
	})
}

func TestSchemaAndParserKnowTheSameSettings(t *testing.T) {
	data, err := os.ReadFile(filepath.FromSlash("../../../docs/pantograph.schema.json"))
	require.NoError(t, err)
	var schema struct {
		ID                   string `json:"$id"`
		AdditionalProperties *bool  `json:"additionalProperties"`
		Properties           map[string]struct {
			Type        string          `json:"type"`
			Description string          `json:"description"`
			Default     json.RawMessage `json:"default"`
			Items       struct {
				Type string `json:"type"`
			} `json:"items"`
		} `json:"properties"`
	}
	require.NoError(t, json.Unmarshal(data, &schema))
	assert.Equal(t, SchemaURL, schema.ID)
	require.NotNil(t, schema.AdditionalProperties)
	assert.False(t, *schema.AdditionalProperties)

	var known, documented []string
	for _, s := range New().table() {
		known = append(known, s.key)
		property := schema.Properties[s.key]
		assert.NotEmpty(t, property.Description, s.key)
		switch value := s.value.(type) {
		case *string:
			assert.Equal(t, "string", property.Type, s.key)
		case *bool:
			assert.Equal(t, "boolean", property.Type, s.key)
			want, _ := json.Marshal(*value)
			assert.JSONEq(t, string(want), string(property.Default), s.key)
		case *[]string:
			assert.Equal(t, "array", property.Type, s.key)
			assert.Equal(t, "string", property.Items.Type, s.key)
		case *map[string]string:
			assert.Equal(t, "object", property.Type, s.key)
		default:
			t.Errorf("%s: a %T is not read", s.key, s.value)
		}
	}
	for name := range schema.Properties {
		documented = append(documented, name)
	}
	slices.Sort(known)
	slices.Sort(documented)
	assert.Equal(t, known, documented)
}

// workspace makes a module in a temporary directory, and makes that the working directory.
func workspace(t *testing.T, name string, files ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	if name != "" {
		files = append(files, "go.mod")
	}
	for _, file := range files {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
		require.NoError(t, os.WriteFile(file, []byte("module "+name+"\n"), 0o666))
	}
}

func TestComplete(t *testing.T) {
	workspace(t, "example.com/m")
	read := func(file, text string) *Config {
		c, list := Parse(file, []byte(text))
		require.Empty(t, list)
		return c
	}
	tests := []struct {
		name string
		in   *Config
		want Config
	}{
		{"a file", read("api/pantograph.yaml", "specs: [../spec/v1/a.yaml, ../spec/common/b.yaml]\npackage: p\nout: out\ntemplates: t\n"), Config{
			Specs: []string{"v1/a.yaml", "common/b.yaml"}, Package: "p", Root: "spec", Out: "api/out", Templates: "api/t",
			Import: "example.com/m/api/out", Runtime: "example.com/m/api/out/rt", Test: true}},
		{"the root given", read("pantograph.yaml", "specs: [spec/v1/a.yaml]\npackage: p\nroot: .\n"), Config{
			Specs: []string{"spec/v1/a.yaml"}, Package: "p", Root: ".", Out: ".",
			Import: "example.com/m", Runtime: "example.com/m/rt", Test: true}},
		{"documents above", read("pantograph.yaml", "specs: [../a.yaml, b.yaml]\npackage: p\nimport: x.org/y\nruntime: x.org/rt\n"), Config{
			Specs: []string{"a.yaml", filepath.Base(cwd(t)) + "/b.yaml"}, Package: "p", Root: "..", Out: ".",
			Import: "x.org/y", Runtime: "x.org/rt", Test: true}},
		{"the runtime alone", read("gen/pantograph.yaml", "runtimeOnly: true\n"), Config{
			RuntimeOnly: true, Out: "gen", Import: "example.com/m/gen", Runtime: "example.com/m/gen/rt", Test: true}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, list := test.in.Complete()
			require.Empty(t, list)
			got.file, got.at, got.ownRoot = "", nil, false
			assert.Equal(t, test.want, *got)
			assert.Equal(t, test.want.Runtime == test.want.Import+"/rt", got.OwnRuntime())
		})
	}
}

func TestAbove(t *testing.T) {
	workspace(t, "", "api/spec/a.yaml", "api/b.yaml", "home/me/c.yaml")
	base, err := filepath.EvalSymlinks(cwd(t))
	require.NoError(t, err)
	for _, name := range []string{"HOME", "USERPROFILE"} {
		t.Setenv(name, filepath.Join(base, "home", "me"))
	}
	above := func(root string, specs ...string) string {
		c := New()
		c.Specs, c.Root = specs, root
		done, list := c.CompleteDocuments()
		require.Empty(t, list)
		dir, folder := done.Above()
		if dir == "" {
			return ""
		}
		rel, err := filepath.Rel(base, dir)
		require.NoError(t, err)
		return filepath.ToSlash(rel) + " " + folder
	}
	assert.Equal(t, "api spec", above("", "api/spec/a.yaml"))
	assert.Equal(t, ". api", above("", "api/spec/a.yaml", "api/b.yaml"))
	assert.Empty(t, above("api/spec", "api/spec/a.yaml"), "a root that is given is the root")
	assert.Empty(t, above("", "home/me/c.yaml"), "the home directory")
	assert.Empty(t, above("", "home/c.yaml"), "what holds the home directory")
	assert.Empty(t, above("", "nowhere/c.yaml"))
	assert.Empty(t, above("", "/a.yaml"), "the root of the file system")
	assert.Empty(t, above("", "/etc/a.yaml"), "below the root of the file system")
	require.NoError(t, os.Symlink(filepath.Join("api", "spec"), "link"))
	assert.Equal(t, "api spec", above("", "link/a.yaml"), "the directory itself counts, not the way to it")
}

func cwd(t *testing.T) string {
	dir, err := os.Getwd()
	require.NoError(t, err)
	return dir
}

func TestCompleteRefuses(t *testing.T) {
	workspace(t, "example.com/m")
	base := func(change func(*Config)) Config {
		c := New()
		c.Specs, c.Package = []string{"a.yaml"}, "p"
		change(c)
		return *c
	}
	tests := []struct {
		name string
		c    Config
		want string
	}{
		{"no document", base(func(c *Config) { c.Specs = nil }), ": error: no document is given [config-missing]"},
		{"no package", base(func(c *Config) { c.Package = "" }), ": error: no package name is given [config-missing]"},
		{"a keyword", base(func(c *Config) { c.Package = "type" }), `: error: "type" cannot be the name of a Go package of ours [config-package]`},
		{"package main", base(func(c *Config) { c.Package = "main" }), `: error: "main" cannot be the name of a Go package of ours [config-package]`},
		{"code", base(func(c *Config) { c.Package = "p;func init(){}" }), `: error: "p;func init(){}" cannot be the name of a Go package of ours [config-package]`},
		{"an import path with code", base(func(c *Config) { c.Import = "a\";x \"b" }), `: error: malformed import path "a\";x \"b": invalid char '"' [config-import]`},
		{"a runtime path with dots", base(func(c *Config) { c.Runtime = "../rt" }), `: error: malformed import path "../rt": invalid path element ".." [config-import]`},
		{"documents outside of the root", base(func(c *Config) { c.Root = "spec" }), ": error: a.yaml lies outside of the root spec [config-root]"},
		{"a document twice", base(func(c *Config) { c.Specs = []string{"a.yaml", "./a.yaml"} }), ": error: ./a.yaml is given twice [config-duplicate]"},
		{"an initialism of two words", base(func(c *Config) { c.Initialisms = []string{"a b"} }), `: error: "a b" is not a word of letters and digits [config-initialism]`},
		{"runtimeOnly with a package", base(func(c *Config) { c.RuntimeOnly, c.Specs = true, nil }), ": error: with runtimeOnly there is no package, so package has no meaning [config-conflict]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, list := test.c.Complete()
			assert.Equal(t, []string{test.want}, lines(list))
		})
	}
}

func TestImportPath(t *testing.T) {
	workspace(t, "example.com/m", "nested/go.mod")
	require.NoError(t, os.WriteFile("nested/go.mod", []byte("// x\n\ngo 1.24\n"), 0o666))
	got, err := ImportPath("a/b")
	require.NoError(t, err)
	assert.Equal(t, "example.com/m/a/b", got)
	got, err = ImportPath("go.mod/a")
	require.NoError(t, err, "that a file stands in the way is said when it comes to writing")
	assert.Equal(t, "example.com/m/go.mod/a", got)
	_, err = ImportPath("nested/a")
	assert.ErrorContains(t, err, "names no module")
}

func TestFind(t *testing.T) {
	workspace(t, "", "b/pantograph.yaml", "a/pantograph.yaml", ".hidden/pantograph.yaml", "_x/pantograph.yaml", "c/testdata/pantograph.yaml", "d/vendor/pantograph.yaml")
	got, err := Find(".")
	require.NoError(t, err)
	assert.Equal(t, []string{"a/pantograph.yaml", "b/pantograph.yaml"}, got)
	_, err = Find("nowhere")
	assert.Error(t, err)
}
