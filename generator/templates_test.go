package generator

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Whatever a document says, the templates of a user print the declarations that they print for a tame one: in a
// comment, a literal, a raw literal, a tag and a name, text stays in its place.
func TestTextOfADocumentStaysInItsPlaceInTemplates(t *testing.T) {
	const template = `{{doc .Doc}}
type {{.Name}}Tags struct { {{- range .Fields}}
	{{.Name}} int ` + "`json:{{quote .Wire}}`" + ` {{line .Doc}}{{end}}
}

/* {{json .Doc}} {{range .Fields}}{{quote .Wire}}{{end}} */
const {{.Name}}Text = {{quote .Doc}} + ` + "`{{json .Doc}}`" + `{{range .Fields}} + {{json .Wire}} + "{{kebab .Wire}}"{{end}}
`
	for _, payload := range []string{
		"tame", "a\n\nfunc init() { panic(1) }", "*/ func init() {} /*", "`+panic(1)+`", `"; func init() {}; //`, "\u2028func init() {}", "//go:embed x", "//line x:1", "\\", "\\\"", "x\x00y", "\u202e", "{{.Name}}", "%s%n", "'", "` json:\"y\"",
	} {
		t.Run(strconv.Quote(payload), func(t *testing.T) {
			text, err := json.Marshal(payload)
			require.NoError(t, err)
			quoted := string(text)
			document := strings.NewReplacer("{type: object, properties: {name: {type: string}}}", "{type: object, description: "+quoted+", properties: {name: {type: string, description: "+quoted+"}, "+quoted+": {type: string}}}").Replace(smallDocument)
			config := NewConfig()
			config.Specs, config.Package, config.Import, config.Templates = []string{"api.yaml"}, "client", "example.com/m", "tmpl"
			result, list := Run(Options{Config: *config, FS: fstest.MapFS{"api.yaml": {Data: []byte(document)}, "tmpl/model/file/x_[name].go.tmpl": {Data: []byte(template)}}})
			for _, d := range list {
				assert.NotEqual(t, Error, d.Severity, d.String())
			}
			for _, f := range result.Files {
				if f.Path != "x_pet.go" {
					continue
				}
				file, err := parser.ParseFile(token.NewFileSet(), f.Path, f.Content, 0)
				require.NoError(t, err)
				require.Len(t, file.Decls, 2)
				assert.Equal(t, "PetTags", file.Decls[0].(*ast.GenDecl).Specs[0].(*ast.TypeSpec).Name.Name)
				assert.Equal(t, "PetText", file.Decls[1].(*ast.GenDecl).Specs[0].(*ast.ValueSpec).Names[0].Name)
				return
			}
			t.Error("the file is not there")
		})
	}
}

// An edited template is a reason why an output is out of date, like an edited document.
func TestCheckNamesTheTemplateThatChanged(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
	}
	put("api.yaml", smallDocument)
	put("tmpl/file/NOTES.md.tmpl", "one\n")
	config := NewConfig()
	config.Specs, config.Package, config.Import = []string{filepath.Join(dir, "api.yaml")}, "client", "example.com/m"
	config.Out, config.Templates = filepath.Join(dir, "out"), filepath.Join(dir, "tmpl")
	_, list := Run(Options{Config: *config})
	require.Empty(t, list)
	_, list = Run(Options{Config: *config, Check: true})
	require.Empty(t, list)
	put("tmpl/file/NOTES.md.tmpl", "two\n")
	_, list = Run(Options{Config: *config, Check: true})
	require.Len(t, list, 2, "the file, and the list of files")
	assert.Contains(t, list[0].Message, "tmpl/file/NOTES.md.tmpl changed")
}
