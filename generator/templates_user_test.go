package generator

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A pack as a user writes it from docs/template-data.md alone: a sheet of Markdown for each model, and a helper for each
// operation that tells how often it is called.
func userPack() fstest.MapFS {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return fstest.MapFS{
		"api.yaml":       file(smallDocument),
		"tmpl/pack.yaml": file("data: 1\n"),
		"tmpl/model/file/sheets/[name].md.tmpl": file(`# {{.Name}}
{{with .Doc}}
{{doc .}}
{{end}}
| Member | Type | Needed | |
|---|---|---|---|
{{range .Fields}}| {{quote .Wire}} | {{quote (goType .Type)}} | {{if .Required}}yes{{else}}no{{end}} | {{template "partial/cell" .}} |
{{end}}`),
		"tmpl/partial/cell.tmpl": file(`{{with .Doc}}{{line .}}{{end}}{{range .Facts}} {{line .}}{{end}}`),
		"tmpl/operation/methods.tmpl": file(`// {{.Name}}Traced is {{.Name}}, told to an observer by its id.
func (s *{{.Resource.Type}}) {{.Name}}Traced(ctx {{qual "context" "Context"}}, told func(id string)
	{{- range .Arguments}}, {{.Name}} {{goType .Type}}{{end}}{{with .Params}}, params *{{.Name}}{{end}}{{with .Request}}, {{.Name}} {{goType .Type}}{{end}}) {{if .Returns}}({{goType .Returns}}, error){{else}}error{{end}} {
	told({{quote .OperationID}})
	return s.{{.Name}}(ctx{{range .Arguments}}, {{.Name}}{{end}}{{if .Params}}, params{{end}}{{with .Request}}, {{.Name}}{{end}})
}
`),
	}
}

func runUserPack(t *testing.T, fsys fstest.MapFS) (Result, []Diagnostic) {
	t.Helper()
	config := NewConfig()
	config.Specs, config.Package, config.Import, config.Templates = []string{"api.yaml"}, "client", "example.com/m", "tmpl"
	return Run(Options{Config: *config, FS: fsys})
}

func TestAPackOfAUserWorks(t *testing.T) {
	result, list := runUserPack(t, userPack())
	require.Empty(t, list)
	files := map[string]string{}
	for _, f := range result.Files {
		files[f.Path] = string(f.Content)
	}
	assert.Equal(t, "# Pet\n\n| Member | Type | Needed | |\n|---|---|---|---|\n| `name` | `string` | no |  |\n", files["sheets/pet.md"])
	assert.Contains(t, files["pets.go"], "// ListTraced is List, told to an observer by its id.\nfunc (s *PetsService) ListTraced(ctx context.Context, told func(id string)) ([]Pet, error) {\n\ttold(\"listPets\")\n")
}

// Each mistake in it is told with the template's file and line, what it ran for, and what leads to the mend. Nothing is made.
func TestMistakesInAPackOfAUser(t *testing.T) {
	const sheet, helper = "tmpl/model/file/sheets/[name].md.tmpl", "tmpl/operation/methods.tmpl"
	for _, test := range []struct {
		name, file, text string
		message, hint    string
	}{
		{"a slot that does not exist", "tmpl/operation/method.tmpl", "x",
			`tmpl/operation/method.tmpl: error: there is no slot "operation/method" [unknown-slot]`, "did you mean operation/methods?"},
		{"a function that does not exist", sheet, "# {{.Name}}\n{{uper .Name}}\n",
			`tmpl/model/file/sheets/[name].md.tmpl:2:1: error: function "uper" not defined [template]`, "did you mean upper?"},
		{"a field that does not exist", sheet, "# {{.Name}}\n\n{{range .Feilds}}{{end}}\n",
			`tmpl/model/file/sheets/[name].md.tmpl:3:8: error: the view Model has no field "Feilds" (for the model Pet) [template]`, "did you mean Fields?"},
		{"a syntax error", sheet, "# {{.Name}}\n{{if .Doc}}\n",
			`tmpl/model/file/sheets/[name].md.tmpl:3:1: error: unexpected EOF [template]`, "each {{if}}, {{range}}, {{with}} and {{define}} needs its {{end}}"},
		{"a loop without an end", sheet, "# {{.Name}}\n{{range 1000000000000}}{{end}}\n",
			`tmpl/model/file/sheets/[name].md.tmpl:2:8: error: the templates take more than 10000000 steps; is there a loop without an end? (for the model Pet) [template]`, ""},
		{"100 MB", sheet, "# {{.Name}}\n{{range 1000000}}" + strings.Repeat("x", 100) + "{{end}}\n",
			`tmpl/model/file/sheets/[name].md.tmpl:2:1: error: it prints more than 16 MB (for the model Pet) [template]`, ""},
		{"a name that begins with dots", "tmpl/model/file/..[name].md.tmpl", "x",
			`..pet.md: error: the Go tools pass over a file of this name [output-name]`, ""},
		{"Go that does not compile", helper, "func (s *{{.Resource.Type}}) {{.Name}}Twice() int {\n\treturn \"two\"\n}\n",
			`tmpl/operation/methods.tmpl:2:1: error: generated code does not type-check: cannot use "two" (untyped string constant) as int value in return statement (for the operation ListPets) [template-output]`, "what this template writes is not acceptable Go"},
		{"a package that is not imported", helper, "func (s *{{.Resource.Type}}) {{.Name}}Now() int64 {\n\treturn time.Now().Unix()\n}\n",
			`tmpl/operation/methods.tmpl:2:1: error: generated code does not type-check: undefined: time (for the operation ListPets) [template-output]`, `if time is a package, write {{qual "time" "Name"}} for a name of it, and it is imported`},
		{"a package that pack.yaml does not name", helper, "func (s *{{.Resource.Type}}) {{.Name}}Env() string {\n\treturn {{qual \"os\" \"Getenv\"}}(\"X\")\n}\n",
			`tmpl/operation/methods.tmpl:2:1: error: generated code imports "os", which is not in the permitted set (for the operation ListPets) [template-output]`, "what templates import besides the usual packages is named in pack.yaml beside them: imports: [os]"},
		{"a node that is not there", helper, "// {{.Name}} takes {{.Request.Name}}.\n",
			`tmpl/operation/methods.tmpl:1:29: error: there is no Body here, so it has no Name (for the operation ListPets) [template]`, "ask first: {{with .Request}}{{.Name}}{{end}}"},
		{"a sort of node that there is not", "tmpl/services/file/[name].md.tmpl", "x",
			`tmpl/services/file/[name].md.tmpl: error: there is no slot "services/file/[name].md" [unknown-slot]`, "whole files are file/NAME, model/file/NAME"},
	} {
		t.Run(test.name, func(t *testing.T) {
			pack := userPack()
			pack[test.file] = &fstest.MapFile{Data: []byte(test.text)}
			result, list := runUserPack(t, pack)
			require.NotEmpty(t, list)
			assert.Contains(t, list[0].String(), test.message)
			assert.Contains(t, list[0].Hint, test.hint)
			assert.Empty(t, result.Changes)
		})
	}
}
