package slot

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/view"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// plainPrinter prints what tests can read.
type plainPrinter struct{}

func (plainPrinter) Qual(importPath, name string) string { return importPath + "#" + name }
func (plainPrinter) Type(t plan.TypeRef) string          { return t.String() }
func (plainPrinter) Comment(text string) string          { return "// " + text }
func (plainPrinter) Literal(text string) string          { return fmt.Sprintf("%q", text) }

func folder(files ...string) []Source {
	fsys := fstest.MapFS{}
	for i := 0; i+1 < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return []Source{{FS: fsys, Name: "tmpl"}}
}

func sample() *view.Views {
	return view.New(&plan.Package{Name: "client", ImportPath: "example.com/client", Title: "A \"title\"", Structs: []*plan.Struct{{
		Name: "Group", Doc: plan.Text{Summary: "A group."},
		Fields: []*plan.Field{{Name: "ID", Wire: "id", Type: plan.TypeRef{Kind: plan.Basic, Name: "string"}}},
	}, {Name: "Policy"}}})
}

// messages loads a folder, fills the slot of models, prints all whole files, and returns all diagnostics as lines.
func messages(sources []Source) []string {
	set, list := Load(sources)
	if !list.HasErrors() {
		v := sample()
		_, more := set.Fill(ModelMethods, v.Package.Models[0], plainPrinter{})
		list = append(list, more...)
		files, more := set.Files(v)
		list = append(list, more...)
		for _, f := range files {
			_, more := set.Print(f, plainPrinter{})
			list = append(list, more...)
		}
	}
	var out []string
	for _, d := range list.Sort() {
		out = append(out, d.String()+" ["+d.Hint+"]")
	}
	return out
}

func TestMistakesSayWhereAndWhat(t *testing.T) {
	const model = "model/methods.tmpl"
	for _, test := range []struct {
		name  string
		files []string
		want  string
	}{
		{"a slot that does not exist", []string{"modle/methods.tmpl", ""}, `tmpl/modle/methods.tmpl: error: there is no slot "modle/methods" [unknown-slot] [did you mean model/methods? The slots are package/declarations, client/methods,`},
		{"another one", []string{"zzz.tmpl", ""}, `tmpl/zzz.tmpl: error: there is no slot "zzz" [unknown-slot] [the slots are package/declarations,`},
		{"no template", []string{model, "{{range}"}, `tmpl/model/methods.tmpl:1:1: error: bad character U+007D '}' [template] []`},
		{"a function that does not exist", []string{model, "\n{{nope}}"}, `tmpl/model/methods.tmpl:2:1: error: function "nope" not defined [template] [besides those of text/template, there are qual, goType, doc,`},
		{"a function of ours", []string{model, "{{pantograph_tick}}"}, `tmpl/model/methods.tmpl:1:1: error: function "pantograph_tick" not defined [template] [besides`},
		{"a field that does not exist", []string{model, "\n\n  {{.Nmae}}"}, `tmpl/model/methods.tmpl:3:4: error: the view Model has no field "Nmae" (for the model Group) [template] [did you mean Name?]`},
		{"text of the document", []string{model, "// {{.Doc}}"}, `tmpl/model/methods.tmpl:1:5: error: this is text of the document: print it with doc or quote (for the model Group) [template] []`},
		{"the same by print", []string{model, "// {{printf \"%s\" .Doc}}"}, `error calling printf: this is text of the document: print it with doc or quote (for the model Group) [template] []`},
		{"a part of it", []string{model, "{{slice .Doc 1}}"}, `error calling slice: can't slice item of type view.Text`},
		{"a type", []string{model, "{{range .Fields}}{{.Type}}{{end}}"}, `tmpl/model/methods.tmpl:1:19: error: this is a Go type: print it with goType (for the model Group) [template] []`},
		{"a list", []string{model, "{{.Fields}}"}, `this is no single value but a list: print its parts (for the model Group) [template] []`},
		{"an escaper of another world", []string{model, "{{html .Name}}"}, `there is no function html: the functions doc and quote escape as the file wants it (for the model Group) [template] []`},
		{"an import", []string{model, "import \"os\"\n"}, `tmpl/model/methods.tmpl:1:1: error: this prints an import (for the model Group) [template-output] [write {{qual`},
		{"an import of no name", []string{"file/x.go.tmpl", "import (\n\t_ \"os\"\n)\n"}, `tmpl/file/x.go.tmpl:2:1: error: generated code does not import under the name _ (for the package client) [template-output] []`},
		{"no Go in a file", []string{"file/x.go.tmpl", "import \"os\"\nvar x =\n"}, `this prints what is no Go: expected operand, found 'EOF' (for the package client) [template-output] [a template prints declarations, without a package clause; imports stand in front of all others, or qual imports what it names]`},
		{"no Go", []string{model, "{{if .Name}}\nfunc F() {\n{{end}}"}, `tmpl/model/methods.tmpl:3:1: error: this prints what is no Go: expected '}', found 'EOF' (for the model Group) [template-output] [a template prints declarations, without a package clause and imports; qual imports what it names]`},
		{"a loop without an end", []string{model, "x\n{{range 9000000000000}}{{end}}"}, `tmpl/model/methods.tmpl:2:8: error: the templates take more than 10000000 steps; is there a loop without an end? (for the model Group) [template] []`},
		{"calls without an end", []string{model, `{{define "x"}}{{template "x"}}{{template "x"}}{{end}}{{template "x"}}`}, `[template] []`},
		{"output without an end", []string{model, "\n{{range 9000000000000}}0123456789012345678901234567890123456789012345678901234567890123456789{{end}}"}, `tmpl/model/methods.tmpl:2:1: error: it prints more than 16 MB (for the model Group) [template] []`},
		{"output without an end, in a file", []string{"file/x.txt.tmpl", "\n{{range 9000000000000}}0123456789012345678901234567890123456789012345678901234567890123456789{{end}}"}, `tmpl/file/x.txt.tmpl:2:1: error: it prints more than 16 MB (for the package client) [template] []`},
		{"text that doubles", []string{model, `{{$x := "12345678"}}{{range 100}}{{$x = print $x $x}}{{end}}`}, `error calling print: the text has more than 16 MB (for the model Group) [template] []`},
		{"a partial", []string{model, `{{template "partial/p" .}}`, "partial/p.tmpl", "\n\n{{.Nope}}"}, `tmpl/partial/p.tmpl:3:2: error: the view Model has no field "Nope" (for the model Group) [template] [did you mean Name?]`},
		{"a partial that does not exist", []string{model, `{{template "partial/p" .}}`}, `template "partial/p" not defined (for the model Group) [template] []`},
		{"html", []string{"file/x.html.tmpl", "<p>\n{{.Title}}"}, `tmpl/file/x.html.tmpl:2:2: error: this is text of the document: print it with doc or quote (for the package client) [template] []`},
		{"one file for many", []string{"model/file/x.md.tmpl", ""}, `tmpl/model/file/x.md.tmpl: error: no file can be called "x.md": there is a file for each model, so its name has to hold [name] [template-name] []`},
		{"many files for one", []string{"file/[name].md.tmpl", ""}, `no file can be called "[name].md": there is one package;`},
		{"a file of the runtime", []string{"file/rt/x.go.tmpl", ""}, `no file can be called "rt/x.go": the folder rt is the runtime's [template-name] []`},
		{"a name for some systems", []string{"file/a:b.md.tmpl", ""}, `no file can be called "a:b.md": it holds a character that is not portable [template-name] []`},
		{"two files of one name", []string{"model/file/a_[name].md.tmpl", "", "file/a_group.md.tmpl", ""}, `two files are called a_group.md: for the model Group, and by tmpl/file/a_group.md.tmpl for the package client [template-file-twice] []`},
		{"a pack for a newer pantograph", []string{"pack.yaml", "data: 99\n"}, `tmpl/pack.yaml:1:7: error: the templates are written for version 99 of the data, and this pantograph has version 1 [template-pack] [use a newer pantograph]`},
		{"a pack without sense", []string{"pack.yaml", "data: x\n"}, `tmpl/pack.yaml:1:7: error: data must be the version of the data that the templates are written for: 1 [template-pack] []`},
		{"a setting that does not exist", []string{"pack.yaml", "import: [os]\n"}, `tmpl/pack.yaml:1:1: error: there is no setting "import" [template-pack] [did you mean imports?]`},
		{"an import that cannot be", []string{"pack.yaml", "imports: [C, '../x']\n"}, `tmpl/pack.yaml:1:11: error: generated code does not import "C" [template-pack] []`},
		{"no YAML", []string{"pack.yaml", "a: b: c\n"}, `tmpl/pack.yaml:1:1: error: mapping values are not allowed in this context [template-pack] []`},
		{"a list", []string{"pack.yaml", "[a]\n"}, `it must hold settings: data and imports [template-pack] []`},
		{"a template without measure", []string{model, strings.Repeat("x", maxTemplate+1)}, `tmpl/model/methods.tmpl: error: the template cannot be read: it is larger than 1 MB [template-not-read] []`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := messages(folder(test.files...))
			require.NotEmpty(t, got)
			assert.Contains(t, got[0], test.want)
		})
	}
}

func TestAFolderDoesNotLeadOutOfItself(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "secret"), []byte("const Secret = 1\n"), 0o644))
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "tmpl", "model"), 0o755))
	require.NoError(t, os.Symlink("../../secret", filepath.Join(dir, "tmpl", "model", "methods.tmpl")))
	root, err := os.OpenRoot(filepath.Join(dir, "tmpl"))
	require.NoError(t, err)
	defer root.Close()
	got := messages([]Source{{FS: root.FS(), Name: "tmpl"}})
	require.Len(t, got, 1)
	assert.Contains(t, got[0], "tmpl/model/methods.tmpl: error: the template cannot be read: path escapes from parent [template-not-read]")
}

func TestTemplatesOfSeveralSources(t *testing.T) {
	pack := folder("model/methods.tmpl", "const A{{.Name}} = 1\n", "file/x.md.tmpl", "pack", "file/y.md.tmpl", "pack", "pack.yaml", "imports: [os, bufio]\n")
	own := folder("model/methods.tmpl", "const B{{.Name}} = 1\n", "file/x.md.tmpl", "own", "pack.yaml", "imports: [os]\n")
	set, list := Load(append(pack, own...))
	require.Empty(t, list)
	assert.Equal(t, []string{"bufio", "os"}, set.Imports())
	v := sample()
	out, list := set.Fill(ModelMethods, v.Package.Models[0], plainPrinter{})
	require.Empty(t, list)
	require.Len(t, out, 2)
	assert.Equal(t, "const AGroup = 1\n", out[0].Text)
	assert.Equal(t, "const BGroup = 1\n", out[1].Text)
	files, list := set.Files(v)
	require.Empty(t, list)
	require.Len(t, files, 2)
	for i, want := range []string{"own", "pack"} {
		printed, list := set.Print(files[i], plainPrinter{})
		require.Empty(t, list)
		assert.Equal(t, want, printed.Text, files[i].Path)
	}
}

func TestLinesComeFromWhereTheyAreWritten(t *testing.T) {
	set, list := Load(folder("model/methods.tmpl", "// one\n{{template \"partial/p\" .}}\n{{- range .Fields}}\nvar {{.Name}} = 1 // {{.Name}}\n{{- end}}\n", "partial/p.tmpl", "// two\n// three\n"))
	require.Empty(t, list)
	out, list := set.Fill(ModelMethods, sample().Package.Models[0], plainPrinter{})
	require.Empty(t, list)
	require.Len(t, out, 1)
	var got []string
	for i, line := range strings.Split(out[0].Text, "\n") {
		offset := len(strings.Join(append(strings.Split(out[0].Text, "\n")[:i], ""), "\n"))
		at := ""
		for _, l := range out[0].Lines() {
			if l.Offset <= offset {
				at = l.Pos.String()
			}
		}
		got = append(got, at+" "+line)
	}
	assert.Equal(t, []string{"tmpl/model/methods.tmpl:1:1 // one", "tmpl/partial/p.tmpl:1:1 // two", "tmpl/partial/p.tmpl:2:1 // three", "tmpl/model/methods.tmpl:3:1 ", "tmpl/model/methods.tmpl:4:1 var ID = 1 // ID", "tmpl/model/methods.tmpl:6:1 "}, got)
}

func TestFunctions(t *testing.T) {
	for _, test := range []struct{ file, template, want string }{
		{"x.go", `{{quote .Title}}`, "`" + `const X = "A \"title\""` + "`"},
		{"x.go", `{{json .Title}}`, `const X = "A \"title\""`},
		{"x.txt", `{{json (index .Models 0).Fields}}`, `[{"Name":"ID","Wire":"id"`},
		{"x.txt", `{{with index .Models 0}}{{range .Fields}}{{is .Wire "id"}} {{is .Wire "x"}} {{goType .Type}}{{end}}{{end}}`, "true false string"},
		{"x.txt", `{{pascal "min_instance-number"}} {{camel "min_instance-number"}} {{snake "MinInstanceNumber"}} {{kebab "MinInstanceNumber"}} {{words "minInstance"}} {{upper "minInstance"}} {{lower "MinID"}}`, "MinInstanceNumber minInstanceNumber min_instance_number min-instance-number min instance MIN_INSTANCE minid"},
		{"x.txt", `{{qual "net/http" "Header"}}`, "http.Header"},
		{"x.txt", `{{if (index .Models 1).Doc}}yes{{else}}no{{end}}{{with (index .Models 0).Doc}}yes{{end}}`, "noyes"},
		{"x.html", `<script>let x = {{json .Title}}; let y = {{quote .Title}}</script><a title="{{quote .Title}}">`, `<script>let x = "A \"title\""; let y = "A \"title\""</script><a title="A &#34;title&#34;">`},
		{"x.sh", `{{quote .Title}} {{json .Title}}`, `'A "title"' '"A \"title\""'`},
		{"x.md", "{{line \"# a\\n\\n| b\"}}", "&#35; a &#124; b"},
		{"x.sh", "{{line \"a\\nb\"}}", "# a b"},
		{"x.md", "{{quote .Title}} {{doc .Title}}", "`A \"title\"` A \"title\""},
	} {
		t.Run(test.file+test.template, func(t *testing.T) {
			text, want := test.template, test.want
			if test.file == "x.go" {
				text, want = "const X = "+test.template, strings.Trim(test.want, "`")
			}
			set, list := Load(folder("file/"+test.file+Suffix, text))
			require.Empty(t, list)
			files, _ := set.Files(sample())
			require.Len(t, files, 1)
			out, list := set.Print(files[0], plainPrinter{})
			require.Empty(t, list)
			assert.True(t, strings.HasPrefix(out.Text, want), out.Text)
		})
	}
}

func TestEveryFunctionIsDocumented(t *testing.T) {
	documented := map[string]bool{}
	for _, f := range Functions() {
		documented[f.Name] = true
	}
	for name := range names() {
		switch name {
		case "print", "printf", "println", "html", "js", "urlquery": // of package template
		default:
			assert.True(t, documented[name], name)
		}
	}
	assert.Len(t, names(), len(documented)+6)
}

// A whole Go file may import as Go does: what it uses is told, what it does not is left out, and the text keeps its place.
func TestAWholeFileImports(t *testing.T) {
	const text = "import (\n\t\"os\"\n\t\"math/rand/v2\"\n\tx \"example.com/y\"\n\t\"gopkg.in/yaml.v3\"\n)\n\nvar _ = rand.Int\n\nvar _ = x.Y\n"
	set, list := Load(folder("file/x.go.tmpl", text))
	require.Empty(t, list)
	files, list := set.Files(sample())
	require.Empty(t, list)
	out, list := set.Print(files[0], plainPrinter{})
	require.Empty(t, list)
	require.Len(t, out.Imports, 2)
	assert.Equal(t, Import{Path: "math/rand/v2", Name: "rand", Pos: model.Pos{File: "tmpl/file/x.go.tmpl", Line: 3, Col: 1}}, out.Imports[0])
	assert.Equal(t, Import{Path: "example.com/y", Name: "x", Named: true, Pos: model.Pos{File: "tmpl/file/x.go.tmpl", Line: 4, Col: 1}}, out.Imports[1])
	assert.Len(t, out.Text, len(text))
	assert.Equal(t, strings.Index(text, "var _"), strings.Index(out.Text, "var _"))
	assert.NotContains(t, out.Text, "import")
}
