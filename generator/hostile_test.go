package generator

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/emit"
	"github.com/pantograph-go/pantograph/generator/internal/filename"
	"github.com/pantograph-go/pantograph/generator/internal/source"
	"github.com/pantograph-go/pantograph/generator/internal/verify"
	"github.com/pantograph-go/pantograph/generator/plan"
	"github.com/pantograph-go/pantograph/generator/rt/json"
)

var thorough = flag.Bool("thorough", false, "put every hostile text and name into every place, and verify each output")

// hostileTexts try to leave the place where they are printed: comments, literals, identifiers.
var hostileTexts = []string{
	"a\n//go:build ignore\r//go:linkname a b\r\n//line x.go:1\u0085//export f\u2028#include <x>\u2029// +build x\x00\f\vz\n*/ func init() { panic(\"x\") } /* `+pwn()+` ${x} %s %n {{.}} \\ \\\" ' \u202eevil\u2066 \u200f\n\nimport (\n\t\"os\"\n)\n",
	"\nfunc init() { panic(1) }\n",
	"a\r//go:embed x",
	"+build ignore",
	"a\u2028func init() {}",
	"a\u2029//go:generate rm",
	"a\u0085b",
	"*/ func init() {} /*",
	"`+pwn()+`",
	"\";panic(\"x\");//",
	"\\",
	"\\\"",
	"{{.}}{{end}}{{define \"x\"}}",
	"%s%n%!d(MISSING)",
	"\u202ereversed\u2066 \u061c",
	"a\x00b\x07\x1b[31m",
	"import (",
	"import (\n\"os/exec\"\n)\nfunc x() {",
	"# Heading\n\n- list\n  1. item\n\n\tcode\n\n[link]: http://example.com\n\nDeprecated: no",
	"\ufefffeff",
	"a`b\"c\\d\u2028",
	"//",
	" ",
	"a\tb",
}

// hostileNames are names that Go, a file system or a careless reader takes for something else.
var hostileNames = []string{
	"type", "func", "init", "main", "_", "nil", "string", "error", "any", "iota", "1", "1st", "007", "../x", "..\\x", "/etc/x", "C:x", "CON", "nul", "foo_test",
	"foo_windows", "foo_amd64", "Foo", "foo", "FOO", "-", "--", "a b", "a\nb", "a\"b", "a`b", "a\\b", "a/b", "a~b", "a%2fb", "a{b}", "日本語", "ｆｏｏ", "🙂", "\u202ex", "a\x00b",
	"Client", "Error", "Option", "Some", "rt", "json", "ctx", "Validate", "String", "presence", "x-y.z", "é", "Ünïcode", strings.Repeat("long_", 60), strings.Repeat("n", 300), "\";func init(){}//",
}

func hostileDocument(t *testing.T) *yaml.Node {
	t.Helper()
	data, err := os.ReadFile("testdata/hostile.yaml")
	require.NoError(t, err)
	doc := new(yaml.Node)
	require.NoError(t, yaml.Unmarshal(data, doc))
	return doc
}

// position is a text of the document; path names it for messages.
type position struct {
	path string
	node *yaml.Node
}

// namers are the members whose own members are named by the document.
var namers = []string{
	"properties", "patternProperties", "schemas", "definitions", "content", "headers", "examples", "securitySchemes", "securityDefinitions", "enumNames", "enumDocs", "paths",
	"responses", "parameters", "requestBodies", "mapping", "scopes", "variables", "callbacks", "links", "webhooks", "encoding", "onChange", "dependentRequired",
}

// texts lists the texts of a document: values, and keys that are names (not those of the format).
func texts(n *yaml.Node, path string, named bool) []position {
	var out []position
	switch n.Kind {
	case yaml.DocumentNode:
		return texts(n.Content[0], "", false)
	case yaml.SequenceNode:
		for i, c := range n.Content {
			out = append(out, texts(c, fmt.Sprintf("%s/%d", path, i), false)...)
		}
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			at := path + "/" + key.Value
			if named {
				out = append(out, position{at + " (key)", key})
			}
			names := slices.Contains(namers, key.Value) && !named
			out = append(out, texts(value, at, names)...)
		}
	case yaml.ScalarNode:
		out = append(out, position{path, n})
	}
	return out
}

// printed runs the stages that make text, without verification.
func printed(t *testing.T, doc []byte) ([]emit.File, diag.List) {
	t.Helper()
	api, diags := source.Load(source.Request{FS: fstest.MapFS{"api.yaml": {Data: doc}}, Specs: []string{"api.yaml"}})
	if api == nil {
		return nil, diags
	}
	p, more := plan.Build(api, plan.Options{Package: "client", ImportPath: "example.com/m/client", Runtime: "example.com/m/client/rt", Test: true}, plan.NewLock())
	if diags = append(diags, more...); p == nil {
		return nil, diags
	}
	files, more := emit.Files(p, nil)
	return files, append(diags, more...)
}

// directive matches comments that tools read, and those of the form that we never print.
var directive = regexp.MustCompile(`^//(go:|line |export |extern |\s*\+build)|^/\*`)

// inspected looks at output that nothing has verified yet: it parses, runs nothing at import, and holds no line that a
// tool would read. It returns the string literals and the names of the declarations.
func inspected(t *testing.T, files []emit.File) (literals map[string]bool, declarations []string) {
	t.Helper()
	literals = map[string]bool{}
	for _, f := range files {
		fset := token.NewFileSet()
		syntax, err := parser.ParseFile(fset, f.Path, f.Bytes, parser.ParseComments|parser.SkipObjectResolution)
		if !assert.NoError(t, err) {
			t.Log(string(f.Bytes))
			continue
		}
		assert.Regexp(t, `^[a-z0-9]+(_[a-z0-9]*)*\.go$`, f.Path[strings.LastIndexByte(f.Path, '/')+1:])
		if base := strings.TrimSuffix(f.Path, ".go"); !strings.Contains(base, "/") && base != "example_test" {
			assert.Equal(t, f.Path, filename.SafeGo(base), "file names mean the same everywhere")
		}
		for _, group := range syntax.Comments {
			for _, c := range group.List {
				assert.False(t, directive.MatchString(c.Text), "%s: %s", f.Path, c.Text)
			}
		}
		ast.Inspect(syntax, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				text, err := strconv.Unquote(lit.Value)
				assert.NoError(t, err)
				literals[text] = true
			}
			return true
		})
		for _, d := range syntax.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				assert.NotEqual(t, "init", d.Name.Name)
				declarations = append(declarations, f.Path+" func "+d.Name.Name)
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					switch spec := spec.(type) {
					case *ast.TypeSpec:
						declarations = append(declarations, f.Path+" type "+spec.Name.Name)
					case *ast.ValueSpec:
						declarations = append(declarations, f.Path+" value "+spec.Names[0].Name)
					}
				}
			}
		}
	}
	return literals, declarations
}

// verified runs the last stage before writing.
func verified(t *testing.T, rt verify.Own, files []emit.File) diag.List {
	t.Helper()
	home := "example.com/m/client"
	req := verify.Request{Paths: map[string]string{".": home, "clienttest": home + "/clienttest", "webhooks": home + "/webhooks"}, Own: rt, Allowed: []string{"unsafe"}}
	for _, f := range files {
		req.Files = append(req.Files, sourceOf(f))
	}
	_, diags := verify.Files(req)
	return diags
}

// located wants every message to have a place in the document, and none to be a defect of ours.
func located(t *testing.T, diags diag.List) {
	t.Helper()
	for _, d := range diags {
		assert.Equal(t, "api.yaml", d.Pos.File, d.String())
		assert.False(t, strings.HasPrefix(d.Code, "internal"), d.String())
		assert.Less(t, len(d.Message), 2000, "a message is no place for a whole text")
	}
}

func encode(t *testing.T, doc *yaml.Node) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, yaml.NewEncoder(&b).Encode(doc))
	return b.Bytes()
}

// A text in any place of a document stays text: what is generated parses, runs nothing, and has the declarations that it
// has without it, unless it stands where a name is made of it.
func TestHostileTextStaysText(t *testing.T) {
	doc := hostileDocument(t)
	files, diags := printed(t, encode(t, doc))
	require.Empty(t, diags)
	_, usual := inspected(t, files)
	prose := regexp.MustCompile(`/(description|summary|title|page|table|row|revised|message|externalDocs/.*|unit|default|down|value/.*|example/.*)$`)
	rt := ownRuntime("example.com/m/client/rt", true)
	require.Empty(t, verified(t, rt, files))
	for i, at := range texts(doc, "", false) {
		old := *at.node
		for k, text := range hostileTexts {
			if k != 0 && k != 1+i%(len(hostileTexts)-1) && !*thorough {
				continue
			}
			*at.node = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.DoubleQuotedStyle, Value: text}
			data := encode(t, doc)
			t.Run(fmt.Sprintf("%s %d", at.path, k), func(t *testing.T) {
				t.Parallel()
				files, diags := printed(t, data)
				located(t, diags)
				if diags.HasErrors() {
					return
				}
				_, declarations := inspected(t, files)
				if prose.MatchString(at.path) {
					assert.Equal(t, usual, declarations)
				}
				if i%25 == 0 || *thorough {
					assert.Empty(t, verified(t, rt, files))
				}
			})
			*at.node = old
		}
	}
}

// A name in any place gives a Go name that works, or a located error; the wire keeps it as it is.
func TestHostileNames(t *testing.T) {
	places := []struct {
		name string
		path string
		refs []string // texts that name it too
		keep bool     // the output holds it as a literal
	}{
		{"component", "/components/schemas/Thing (key)", []string{"#/components/schemas/Thing"}, false},
		{"enum component", "/components/schemas/State (key)", []string{"#/components/schemas/State"}, false},
		{"id component", "/components/schemas/ThingID (key)", []string{"#/components/schemas/ThingID"}, false},
		{"property", "/components/schemas/Thing/properties/size (key)", nil, true},
		{"result property", "/components/schemas/Answer/properties/text (key)", nil, true},
		{"query parameter", "/paths//{project}/things/{thing_id}/post/parameters/0/name", nil, true},
		{"header", "/paths//{project}/things/{thing_id}/post/parameters/1/name", nil, true},
		{"operation id", "/paths//{project}/things/{thing_id}/post/operationId", nil, true},
		{"tag", "/paths//{project}/things/{thing_id}/post/tags/0", nil, true},
		{"resource", "/x-pantograph/resources/0/name", []string{"parts"}, true},
		{"verb", "/paths//parts/get/x-pantograph/method", nil, false},
		{"enum value", "/components/schemas/Thing/properties/inner/properties/a/enum/0", nil, true},
		{"region", "/x-pantograph/regions/0/name", nil, true},
		{"error code", "/x-pantograph/errors/codes/1/code", nil, true},
		{"error code name", "/x-pantograph/errors/codes/0/name", nil, false},
		{"media type", "/paths//{project}/things/{thing_id}/post/requestBody/content/application/json;charset=UTF-8 (key)", nil, false},
		{"security scheme", "/components/securitySchemes/token (key)", nil, false},
	}
	doc := hostileDocument(t)
	all := texts(doc, "", false)
	rt := ownRuntime("example.com/m/client/rt", true)
	for j, place := range places {
		i := slices.IndexFunc(all, func(p position) bool { return p.path == place.path })
		require.GreaterOrEqual(t, i, 0, place.path)
		for k, name := range hostileNames {
			if (j+k)%5 != 0 && !*thorough {
				continue
			}
			var changed []*yaml.Node
			var old []string
			set := func(node *yaml.Node, value string) {
				changed, old = append(changed, node), append(old, node.Value)
				node.Value, node.Style = value, yaml.DoubleQuotedStyle
			}
			set(all[i].node, name)
			for _, p := range all {
				if p.node != all[i].node && slices.Contains(place.refs, p.node.Value) && !strings.HasSuffix(p.path, "(key)") {
					if strings.HasPrefix(p.node.Value, "#") {
						set(p.node, "#/components/schemas/"+pointerToken(name))
					} else if !strings.Contains(p.path, "pagination") {
						set(p.node, name)
					}
				}
			}
			data := encode(t, doc)
			t.Run(place.name+" "+atMost(strconv.QuoteToASCII(name)), func(t *testing.T) {
				t.Parallel()
				files, diags := printed(t, data)
				located(t, diags)
				if diags.HasErrors() {
					return
				}
				literals, _ := inspected(t, files)
				if place.keep {
					assert.True(t, literals[name] || literals[json.Key(name)], "no literal holds the name")
				}
				if (j+k)%25 == 0 || *thorough {
					assert.Empty(t, verified(t, rt, files))
				}
			})
			for k := range changed {
				changed[k].Value = old[k]
			}
		}
	}
}

func atMost(s string) string { return s[:min(len(s), 40)] }

// pointerToken writes a name as a part of a reference.
func pointerToken(name string) string {
	name = strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
	var b strings.Builder
	for _, c := range []byte(name) {
		if c > ' ' && c < 0x7f && !strings.ContainsRune("%\"\\`{}^|<>#", rune(c)) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// Texts without end are no problem.
func TestHostileTextOfGreatLength(t *testing.T) {
	doc := hostileDocument(t)
	for _, text := range []string{strings.Repeat("word ", 20_000), strings.Repeat("x", 100_000), strings.Repeat("- a\n", 25_000), strings.Repeat("\n", 100_000)} {
		for _, at := range texts(doc, "", false) {
			if !strings.HasSuffix(at.path, "/description") || !strings.Contains(at.path, "Thing") && !strings.Contains(at.path, "info") {
				continue
			}
			old := at.node.Value
			at.node.Value = text
			files, diags := printed(t, encode(t, doc))
			at.node.Value = old
			located(t, diags)
			inspected(t, files)
		}
	}
}
