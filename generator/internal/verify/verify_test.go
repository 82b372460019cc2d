package verify

import (
	"go/format"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

const (
	clientPath  = "example.com/m/client"
	runtimePath = "example.com/m/client/rt"
)

// generated returns a generated file of package client with the given body.
func generated(path, body string) Source {
	return Source{Path: path, Bytes: []byte(Header + "\n\npackage client\n\n" + body), Origin: Origin{Text: "emitter test"}}
}

// request returns a request with a small runtime and the given files.
func request(files ...Source) Request {
	return Request{
		Files: files,
		Paths: map[string]string{".": clientPath, "clienttest": clientPath + "/clienttest"},
		Runtime: map[string][]Source{
			runtimePath: {{Path: "rt/rt.go", Bytes: []byte("package rt\n\nimport \"net/http\"\n\n// Doer does.\ntype Doer func(*http.Request) (*http.Response, error)\n\ntype Opt[T any] struct{ V T }\n")}},
		},
	}
}

func codes(list diag.List) []string {
	var codes []string
	for _, d := range list {
		codes = append(codes, d.Code)
	}
	return codes
}

func TestFilesReturnsFormattedFilesSortedByPath(t *testing.T) {
	req := request(
		generated("models.go", "import (\n\"time\"\n\"example.com/m/client/rt\"\n)\n\ntype Group struct {\nID string\nCreated time.Time // when\nName rt.Opt[string]\n}\nconst mask = 0X1F\n"),
		generated("client.go", "import \"example.com/m/client/rt\"\ntype Client struct { do rt.Doer }\n\n/* A block. */\nfunc (c *Client) Do() rt.Doer { return c.do }"),
		Source{Path: "clienttest/fake.go", Bytes: []byte(Header + "\n\npackage clienttest\nimport \"example.com/m/client\"\nvar _ = client.Group{}\n")},
	)
	files, list := Files(req)
	require.Empty(t, list)
	var paths []string
	for _, f := range files {
		paths = append(paths, f.Path)
		formatted, err := format.Source(f.Bytes)
		require.NoError(t, err)
		assert.Equal(t, string(formatted), string(f.Bytes), "%s is not as gofmt would have it", f.Path)
	}
	assert.Equal(t, []string{"client.go", "clienttest/fake.go", "models.go"}, paths)
	assert.Contains(t, string(files[2].Bytes), "import (\n\t\"example.com/m/client/rt\"\n\t\"time\"\n)")
	assert.Contains(t, string(files[2].Bytes), "const mask = 0x1F")
}

func TestFilesRefusesWrongGeneratedCode(t *testing.T) {
	tests := []struct {
		name, body string
		code, text string
	}{
		{"a syntax error", "func (", "internal-output-syntax", "generated code does not parse"},
		{"an undeclared name", "var x = y", "internal-output-type", "undefined: y"},
		{"an unused import", "import \"fmt\"", "internal-output-type", `"fmt" imported and not used`},
		{"an unused variable", "func f() { x := 1 }", "internal-output-type", "declared and not used: x"},
		{"two declarations of a name", "type A int\ntype A string", "internal-output-type", "A redeclared in this block"},
		{"library API of go1.25", "import \"sync\"\nfunc f(wg *sync.WaitGroup) { wg.Go(func() {}) }", "internal-output-version", "(*WaitGroup).Go requires go1.25"},
		{"library API of go1.26", "import \"errors\"\nfunc f(err error) { _, _ = errors.AsType[error](err) }", "internal-output-version", "errors.AsType requires go1.26"},
		{"language of go1.26", "var p = new(5)", "internal-output-type", "requires go1.26"},
		{"func init", "func init() {}", "internal-output-init", "func init"},
		{"a go directive", "//go:noinline\nfunc f() {}", "internal-output-directive", "//go:noinline"},
		{"a directive of any tool", "//sometool:x\nfunc f() {}", "internal-output-directive", "//sometool:x"},
		{"a build line", "// +build linux\n", "internal-output-directive", "+build"},
		{"a line directive", "//line /etc/passwd:1\nfunc f() {}", "internal-output-directive", "//line"},
		{"a line directive in a block", "/*line x.go:1*/ func f() {}", "internal-output-directive", "/*line"},
		{"an export", "//export f\nfunc f() {}", "internal-output-directive", "//export"},
		{"cgo", "// int x;\nimport \"C\"", "internal-output-import", "imports cgo"},
		{"a dot import", "import . \"strings\"\nvar x = Repeat", "internal-output-import", "under the name ."},
		{"a blank import", "import _ \"strings\"", "internal-output-import", "under the name _"},
		{"an import of another module", "import \"example.com/evil\"\nvar _ = evil.X", "internal-output-import", `"example.com/evil", which is not in the permitted set`},
		{"an import that reaches the machine", "import \"os\"\nvar _ = os.Args", "internal-output-import", `"os", which is not`},
		{"an import that is not embedded", "import \"os/exec\"\nvar _ exec.Cmd", "internal-output-import", `"os/exec", which is not`},
		{"unsafe without permission", "import \"unsafe\"\nvar _ unsafe.Pointer", "internal-output-import", `"unsafe", which is not`},
		{"a call at import", "func f() int { return 1 }\nvar x = f()", "internal-output-initializer", "initialised by a call: f"},
		{"a nested call at import", "func f() int { return 1 }\nvar x = []any{map[string]any{\"a\": f()}}", "internal-output-initializer", "call: f"},
		{"a called function literal", "var x = func() int { return 1 }()", "internal-output-initializer", "initialised by a call"},
		{"a call of a method", "import \"net/http\"\nvar x, y = http.DefaultClient.Get(\"http://x\")", "internal-output-initializer", "http.DefaultClient.Get"},
		{"a panic", "var x = []any{len([]int{})}\nfunc f() (r any) { panic(1) }\nvar y = []any{f}\nvar z = f", "", ""},
		{"a receive at import", "var c chan int\nvar x = <-c", "internal-output-initializer", "receive"},
		{"a carriage return", "// a\rb\n", "internal-output-character", "U+000D"},
		{"a bidirectional mark", "// \u202eab\n", "internal-output-character", "U+202E"},
		{"a line separator", "var s = \"\u2028\"\n", "internal-output-character", "U+2028"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files, list := Files(request(generated("x.go", test.body)))
			if test.code == "" {
				require.Empty(t, list)
				return
			}
			assert.Nil(t, files)
			require.NotEmpty(t, list)
			d := list[0]
			assert.Equal(t, test.code, d.Code)
			assert.Contains(t, d.Message, test.text)
			assert.Equal(t, "x.go", d.Pos.File)
			assert.Positive(t, d.Pos.Line)
			assert.Contains(t, d.Detail, "emitter test")
			assert.Contains(t, d.Detail, ">")
			assert.NotEmpty(t, d.Hint)
		})
	}
}

func TestFilesAcceptsHarmlessInitializers(t *testing.T) {
	body := `import ("errors"; "fmt"; "example.com/m/client/rt")
var (
	ErrNotFound = errors.New("not found")
	_ fmt.Stringer = (*T)(nil)
	_ = []*string{nil}
	table = [...]rt.Opt[int]{{1}, {len("ab")}}
	text = []byte("x")
	convert = rt.Opt[string](rt.Opt[string]{})
	f = func() { panic(fmt.Sprint(1)) }
	method = (*T).String
	any1 = interface{ M() }(nil)
)
type T struct{}
func (*T) String() string { return "" }
`
	_, list := Files(request(generated("x.go", body)))
	assert.Empty(t, list)
}

func TestFilesWantsTheHeader(t *testing.T) {
	_, list := Files(request(Source{Path: "x.go", Bytes: []byte("// Hello.\n\n" + Header + "\n\npackage client\n")}))
	require.Len(t, list, 1)
	assert.Equal(t, "internal-output-header", list[0].Code)
	assert.Equal(t, 1, list[0].Pos.Line)
}

func TestPermittedImports(t *testing.T) {
	req := request(generated("x.go", "import (\"unsafe\"; \"example.com/uuid\")\nconst n = unsafe.Sizeof(0)\ntype ID struct { U uuid.UUID }\nfunc (i ID) String() string { return i.U.String() }\n"))
	req.Allowed = []string{"unsafe", "example.com/uuid"}
	_, list := Files(req)
	assert.Empty(t, list, "a mapped type of a package that is not at hand is taken on trust")
}

func TestExternalTestsAreAPackageOfTheirOwn(t *testing.T) {
	example := Source{Path: "example_test.go", Bytes: []byte(Header + "\n\npackage client_test\n\nimport (\n\"log\"\n\"example.com/m/client\"\n)\n\nfunc Example() { log.Println(client.Name) }\n")}
	files, list := Files(request(generated("x.go", "const Name = \"x\"\n"), example))
	require.Empty(t, list)
	require.Len(t, files, 2)
	assert.Equal(t, "example_test.go", files[0].Path)
	assert.True(t, files[0].Test)
	assert.False(t, files[1].Test)

	_, list = Files(request(generated("x.go", "import \"log\"\nvar _ log.Logger"), example))
	assert.Contains(t, codes(list), "internal-output-import", "package log is for tests")

	files, list = Files(request(generated("x_test.go", "const Name = 1\n")))
	require.Empty(t, list)
	assert.False(t, files[0].Test, "a file of the package itself that the Go tools take for a test")
}

func TestAnErrorNamesWhatMadeTheDeclaration(t *testing.T) {
	src := generated("x.go", "type Group struct{}\n\nfunc (g *Group) Validate() error {\n\treturn nope\n}\n")
	src.Origin = Origin{Text: "emitter validate"}
	_, list := Files(request(src))
	require.Len(t, list, 1)
	assert.Equal(t, "x.go:8:9: error: generated code does not type-check: undefined: nope [internal-output-type]", list[0].String())
	assert.Equal(t, strings.Join([]string{
		"in Group.Validate, by emitter validate",
		"     6 | ",
		"     7 | func (g *Group) Validate() error {",
		">    8 | \treturn nope",
		"     9 | }",
		"    10 | ",
	}, "\n"), list[0].Detail)

	at := strings.Index(string(src.Bytes), "func (g")
	lines := []Line{{at, model.Pos{File: "templates/model/methods.tmpl", Line: 3, Col: 1}}, {strings.Index(string(src.Bytes), "\treturn"), model.Pos{File: "templates/model/methods.tmpl", Line: 5, Col: 1}}}
	src.Parts = []Part{{at, len(src.Bytes), Origin{Text: "template model/methods.tmpl", Kind: "template", For: "the model Group", Pos: lines[0].Pos}, lines}}
	_, list = Files(request(src))
	require.Len(t, list, 1)
	assert.Equal(t, "template-output", list[0].Code)
	assert.Equal(t, "templates/model/methods.tmpl:5:1: error: generated code does not type-check: undefined: nope (for the model Group) [template-output]", list[0].String())
	assert.Equal(t, []model.Pos{{File: "x.go", Line: 8, Col: 9}}, list[0].Related)

	src.Bytes = append(src.Bytes, "\nfunc (g *Group) Validate() {}\n"...)
	_, list = Files(request(src))
	assert.Equal(t, "templates/model/methods.tmpl", list[0].Pos.File, "a name that is taken is the template's mistake, wherever the other stands")
}

func TestOneDefectInManyPlacesIsCounted(t *testing.T) {
	_, list := Files(request(generated("x.go", strings.Repeat("func _() { nope() }\n", 50))))
	require.Len(t, list, maxInternal+1)
	assert.Equal(t, "generated code has 30 more errors", list[0].Message)
}

func TestHandWrittenFiles(t *testing.T) {
	group := generated("x.go", "type Group struct{ Name string }\n\nfunc (*Group) Validate() error { return nil }\n")
	tests := []struct {
		name, path, source string
		want               []string
	}{
		{"add what they like", "more.go", "package client\n\nimport \"os\"\n\nfunc (g *Group) Env() string { return os.Getenv(g.Name) }\n", nil},
		{"may import what nobody here knows", "more.go", "package client\n\nimport \"example.com/other/x\"\n\nvar u x.U = x.New(1)\n", nil},
		{"may use a newer language", "more.go", "package client\n\nvar p = new(5)\n", nil},
		{"may use cgo and init", "more.go", "package client\n\n// int x;\nimport \"C\"\n\nfunc init() { _ = C.x }\n", nil},
		{"must not declare a generated type", "more.go", "package client\n\ntype Group int\n", []string{
			"more.go:3:6: error: this hand-written file clashes with generated code: Group redeclared in this block [hand-written-clash]"}},
		{"must not declare a generated method", "more.go", "package client\n\nfunc (*Group) Validate() {}\n", []string{
			"more.go:3:15: error: this hand-written file clashes with generated code: method Group.Validate already declared at x.go:7:15 [hand-written-clash]"}},
		{"must not declare a method of a field's name", "more.go", "package client\n\nfunc (*Group) Name() {}\n", []string{
			"more.go:3:15: error: this hand-written file clashes with generated code: field and method with the same name Name [hand-written-clash]"}},
		{"must be of the package", "more.go", "package main\n", []string{
			"more.go:1:1: error: this hand-written file clashes with generated code: package main; expected package client [hand-written-clash]"}},
		{"are warned of when they no longer compile", "more.go", "package client\n\nvar x = Group{Gone: 1}\n", []string{
			"more.go:3:15: warning: unknown field Gone in struct literal of type Group [hand-written-type]"}},
		{"are warned of when they do not parse", "more.go", "package client\n\nfunc\n", []string{
			"more.go:4:1: warning: expected 'IDENT', found 'EOF' [hand-written-syntax]"}},
		{"that are tests take no part", "more_test.go", "package client_test\n\ntype Group int\n", nil},
		{"of other systems take no part", "more_windows.go", "package client\n\ntype Group int\n", nil},
		{"with unmet build constraints take no part", "more.go", "//go:build ignore\n\npackage main\n", nil},
		{"of other directories take no part", "sub/more.go", "package sub\n\ntype Group int\n", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			req := request(group)
			req.Hand = []Source{{Path: test.path, Bytes: []byte(test.source)}}
			files, list := Files(req)
			var got []string
			for _, d := range list {
				got = append(got, d.String())
			}
			assert.Equal(t, test.want, got)
			if !list.HasErrors() {
				require.Len(t, files, 1)
				assert.Equal(t, "x.go", files[0].Path)
			}
		})
	}
}

func TestHandWrittenFilesAreNotBlamedForWrongGeneratedCode(t *testing.T) {
	req := request(generated("x.go", "var x = nope\n"))
	req.Hand = []Source{{Path: "more.go", Bytes: []byte("package client\n\nvar y = x\n")}}
	_, list := Files(req)
	assert.Equal(t, []string{"internal-output-type"}, codes(list))
}

func TestGeneratedCodeMayUseHandWrittenTypes(t *testing.T) {
	req := request(generated("x.go", "type T struct{ M Money }\n"))
	req.Hand = []Source{{Path: "money.go", Bytes: []byte("package client\n\ntype Money int\n")}}
	_, list := Files(req)
	assert.Empty(t, list)
}

func TestAHandWrittenFileThatBreaksGeneratedCodeIsNamed(t *testing.T) {
	req := request(generated("x.go", "func f() string { return string(\"x\") }\n"))
	req.Hand = []Source{
		{Path: "a.go", Bytes: []byte("package client\n")},
		{Path: "b.go", Bytes: []byte("package client\n\ntype string int\n")},
	}
	_, list := Files(req)
	require.NotEmpty(t, list)
	assert.Equal(t, "hand-written-clash", list[0].Code)
	assert.Equal(t, "b.go", list[0].Pos.File)
}

func TestImportCycle(t *testing.T) {
	req := request(
		generated("x.go", "import \"example.com/m/client/clienttest\"\nvar _ clienttest.T\n"),
		Source{Path: "clienttest/x.go", Bytes: []byte(Header + "\n\npackage clienttest\nimport \"example.com/m/client\"\ntype T struct{ c client.C }\n")},
	)
	_, list := Files(req)
	require.NotEmpty(t, list)
	assert.Contains(t, list[0].Message, "import cycle")
}

func TestRuntimeChecksBodiesAndVersions(t *testing.T) {
	rt := map[string][]Source{"example.com/rt": {
		{Path: "rt/a.go", Bytes: []byte("package rt\n\nimport \"sync\"\n\nfunc f(wg *sync.WaitGroup) { wg.Go(nil); nope() }\n")},
		{Path: "rt/a_test.go", Bytes: []byte("package rt_test\n")},
		{Path: "rt/pure.go", Bytes: []byte("//go:build purego\n\npackage rt\n\nfunc f() {}\n")},
	}}
	assert.Equal(t, []string{"internal-output-type"}, codes(Runtime(rt)))
	rt["example.com/rt"][0].Bytes = []byte("package rt\n\nimport \"sync\"\n\nfunc f(wg *sync.WaitGroup) { wg.Go(nil) }\n")
	assert.Equal(t, []string{"internal-output-version"}, codes(Runtime(rt)))
}
