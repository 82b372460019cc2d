package conformance

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pantograph-go/pantograph/generator"
)

// breakouts try to become code that creates a file, in the forms that get out of comments, literals, tags and blocks.
func breakouts(file string) []string {
	code := fmt.Sprintf("func init() { os.WriteFile(%q, nil, 0o644) }", file)
	call := fmt.Sprintf("os.WriteFile(%q, nil, 0o644)", file)
	return []string{
		"x\n" + code + "\n", "x\r\n" + code + "\r\n", "x\r" + code, "x\u2028" + code + "\u2029", "x\u0085" + code, "x*/ " + code + " /*",
		"x\"\n" + code + "//", "x`\n" + code + "//", "x\")\n" + code + "//", "x`+func() string { " + call + "; return `` }()+`",
		"x\"+func() string { " + call + "; return \"\" }()+\"", "x\n//go:linkname a b\n//go:generate touch " + file + "\n", "x\nimport \"os\"\n" + code,
	}
}

// A program that imports a client made of a document that is hostile in each name and each text runs none of it.
func TestAHostileDocumentRunsNothing(t *testing.T) {
	dir := t.TempDir()
	canary := filepath.Join(dir, "canary")
	texts := breakouts(canary)
	next := 0
	hostile := func() string {
		next++
		return fmt.Sprintf("%q", fmt.Sprint(texts[next%len(texts)], next))
	}
	var doc strings.Builder
	fmt.Fprintf(&doc, `{"openapi": "3.1.0", "info": {"title": %s, "version": %s, "description": %s}, "servers": [{"url": "https://example.com", "description": %s}],
		"tags": [{"name": "t", "description": %s}], "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key", "description": %s}}, "schemas": {`,
		hostile(), hostile(), hostile(), hostile(), hostile(), hostile())
	for i := range 2 * len(texts) {
		if i > 0 {
			doc.WriteString(", ")
		}
		fmt.Fprintf(&doc, `%s: {"type": "object", "title": %s, "description": %s, "properties": {%s: {"type": "string", "enum": [%s, %s], "default": %s, "description": %s}, %s: {"const": %s}}}`,
			hostile(), hostile(), hostile(), hostile(), hostile(), hostile(), hostile(), hostile(), hostile(), hostile())
	}
	doc.WriteString(`}}, "paths": {`)
	for i := range len(texts) {
		if i > 0 {
			doc.WriteString(", ")
		}
		fmt.Fprintf(&doc, `"/p%d": {"post": {"operationId": %s, "tags": [%s], "summary": %s, "description": %s, "externalDocs": {"url": %s, "description": %s},
			"parameters": [{"name": %s, "in": "query", "description": %s, "schema": {"type": "string", "pattern": "^[a-z]*$", "enum": [%s]}}],
			"requestBody": {"description": %s, "content": {"application/json": {"schema": {"type": "object", "additionalProperties": {"type": "string"}, "properties": {%s: {"type": "integer"}}}}}},
			"responses": {"200": {"description": %s, "content": {"application/json": {"schema": {"type": "object", "properties": {%s: {"type": "string"}}}}}}, "default": {"description": %s}}}}`,
			i, hostile(), hostile(), hostile(), hostile(), hostile(), hostile(), hostile(), hostile(), hostile(), hostile(), hostile(), hostile(), hostile(), hostile())
	}
	doc.WriteString("}}")
	write(t, dir, "api.json", doc.String())
	write(t, dir, "go.mod", "module example.com/hostile\n\ngo 1.24.0\n")
	before := names(t, dir)
	var stdout, stderr bytes.Buffer
	args := []string{"gen", "-spec", filepath.Join(dir, "api.json"), "-out", filepath.Join(dir, "client"), "-package", "client", "-import", "example.com/hostile/client"}
	if status := generator.Command(args, &stdout, &stderr); status != 0 {
		t.Fatalf("status %d\n%.3000s", status, &stderr)
	}
	for _, name := range names(t, dir) {
		if !slices.Contains(before, name) && !strings.HasPrefix(name, "client") {
			t.Errorf("%s was written", name)
		}
	}
	runsNothing(t, filepath.Join(dir, "client"))
	write(t, dir, "main.go", "package main\n\nimport (\n\t\"example.com/hostile/client\"\n\t_ \"example.com/hostile/client/clienttest\"\n)\n\nfunc main() {\n\tif _, err := client.New(); err != nil {\n\t\tpanic(err)\n\t}\n}\n")
	if got := run(t, dir, "go", "run", "."); got != "" {
		t.Errorf("the program says %s", got)
	}
	run(t, dir, "go", "vet", "./...")
	if _, err := os.Stat(canary); err == nil {
		t.Error("the text of a document was run")
	}
}

// runsNothing wants no init, and no directive for a tool, in Go files below a folder.
func runsNothing(t *testing.T, dir string) {
	t.Helper()
	for name, text := range tree(t, dir) {
		if filepath.Ext(name) != ".go" || strings.HasPrefix(name, "rt/") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "init" {
				t.Errorf("%s has an init", name)
			}
		}
		for _, g := range file.Comments {
			for _, c := range g.List {
				if strings.HasPrefix(c.Text, "//go:") || strings.HasPrefix(c.Text, "//line") || strings.HasPrefix(c.Text, "/*") {
					t.Errorf("%s: %s", name, c.Text)
				}
			}
		}
	}
}

// names lists the files and folders at the top of one.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// Names that are paths, devices, or mean something to the go command stay names: all is written into the folder, and builds.
func TestHostileNamesStayInTheFolder(t *testing.T) {
	dir := t.TempDir()
	var doc strings.Builder
	doc.WriteString("openapi: 3.1.0\ninfo: {title: ../../x, version: '1'}\nservers: [{url: 'https://example.com'}]\npaths:\n")
	for i, name := range []string{
		"../x", "..\\x", "/etc/x", "C:x", "CON", "nul", "com1.txt", "a/b", "a\x00b", "%2e%2e", "．．", "foo_test", "foo_windows", "foo_amd64", "_", "Foo", "foo", "FOO",
		"init", "main", "type", "rt", "json", "client", "clienttest", "testdata", "vendor", "internal", ".", "..", "", " ", "go.mod", "names.lock", "\u202ex",
	} {
		fmt.Fprintf(&doc, "  /p%d: {get: {operationId: %q, tags: [%q], responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/S%d'}}}}}}}\n", i, name, name, i)
	}
	doc.WriteString("components:\n  schemas:\n")
	for i := range 35 {
		fmt.Fprintf(&doc, "    S%d: {type: object, title: ../x, properties: {a: {type: string}}}\n", i)
	}
	for _, name := range []string{"../y", "CON", "foo_test", "foo_linux", "Bar", "bar", "init"} {
		fmt.Fprintf(&doc, "    %q: {type: object, properties: {a: {type: string}}}\n", name)
	}
	write(t, dir, "api.yaml", doc.String())
	write(t, dir, "go.mod", "module example.com/hostile\n\ngo 1.24.0\n")
	var stdout, stderr bytes.Buffer
	args := []string{"gen", "-spec", filepath.Join(dir, "api.yaml"), "-out", filepath.Join(dir, "deep", "client"), "-package", "client", "-import", "example.com/hostile/deep/client"}
	if status := generator.Command(args, &stdout, &stderr); status != 0 {
		t.Fatalf("status %d\n%.3000s", status, &stderr)
	}
	if got := names(t, dir); !slices.Equal(got, []string{"api.yaml", "deep", "go.mod"}) {
		t.Errorf("beside the folder there are %q", got)
	}
	if got := names(t, filepath.Join(dir, "deep")); !slices.Equal(got, []string{"client"}) {
		t.Errorf("beside the folder there are %q", got)
	}
	folded := map[string]string{}
	for name := range tree(t, filepath.Join(dir, "deep", "client")) {
		if other := folded[strings.ToLower(name)]; other != "" {
			t.Errorf("%s and %s are one file on some systems", name, other)
		}
		folded[strings.ToLower(name)] = name
	}
	for _, system := range []string{"linux", "windows", "darwin"} {
		cmd := exec.Command("go", "list", "-f", "{{.IgnoredGoFiles}}", "./deep/client/...")
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOOS="+system, "GOWORK=off", "GOFLAGS=-mod=mod")
		if out, err := cmd.CombinedOutput(); err != nil || strings.Trim(string(out), "[]\n ") != "" && strings.Contains(string(out), ".go") {
			t.Errorf("on %s the go command does not see %s, %v", system, out, err)
		}
	}
	run(t, dir, "go", "vet", "./...")
}

// The command needs no other program and no environment.
func TestTheCommandRunsWithAnEmptyPath(t *testing.T) {
	dir := t.TempDir()
	bin := filepath.Join(dir, "pantograph")
	build := exec.Command("go", "build", "-o", bin, "./cmd/pantograph")
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	document, err := filepath.Abs("constructs/constructs-3.1.yaml")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(bin, "gen", "-spec", document, "-out", "client", "-package", "client", "-import", "example.com/x/client")
	cmd.Dir, cmd.Env = dir, []string{"PATH="}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if _, err := fs.Stat(os.DirFS(dir), "client/client.go"); err != nil {
		t.Error(err)
	}
}
