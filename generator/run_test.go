package generator

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const petstore = `openapi: 3.1.1
info: {title: Pets, version: "1", description: A shop.}
servers: [{url: https://pets.example}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      summary: Lists the pets.
      parameters:
        - {name: limit, in: query, schema: {type: integer, maximum: 100}}
      responses:
        "200":
          description: The pets.
          content:
            application/json:
              schema: {type: object, properties: {pets: {type: array, items: {$ref: 'parts.yaml#/Pet'}}}}
`

const parts = `Pet:
  type: object
  required: [id]
  properties:
    id: {type: string, description: What it is known by.}
    name: {type: string, maxLength: 64}
`

// workspace makes a module with a document, in a temporary working directory.
func workspace(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	put(t, "go.mod", "module example.com/m\n\ngo 1.24\n")
	put(t, "spec/api.yaml", petstore)
	put(t, "spec/parts.yaml", parts)
	put(t, "client/pantograph.yaml", "specs: [../spec/api.yaml]\npackage: client\n")
}

func put(t *testing.T, name, content string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
	require.NoError(t, os.WriteFile(name, []byte(content), 0o666))
}

// pantograph runs the command and wants an exit status.
func pantograph(t *testing.T, status int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	require.Equal(t, status, Command(args, &out, &err), "%s%s", out.String(), err.String())
	return out.String(), err.String()
}

// snapshot returns the content and time of each file below a directory.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		require.NoError(t, err)
		content, err := os.ReadFile(name)
		files[filepath.ToSlash(name)] = info.ModTime().Format(time.RFC3339Nano) + "\n" + string(content)
		return err
	}))
	return files
}

func TestGenThenCheckThenGen(t *testing.T) {
	workspace(t)
	t.Setenv("PATH", "") // nothing could be started
	_, stderr := pantograph(t, 1, "check")
	assert.Contains(t, stderr, "client/client.go: error: generated file is missing [drift-missing]")
	assert.NoFileExists(t, "client/client.go")

	stdout, stderr := pantograph(t, 0, "gen")
	assert.Regexp(t, `^client: \d+ written, 0 unchanged\n$`, stdout)
	assert.Empty(t, stderr)
	for _, name := range []string{"client/client.go", "client/names.lock", "client/pantograph.manifest.json", "client/clienttest/server.go", "client/rt/client.go"} {
		assert.FileExists(t, name)
	}
	assert.NoDirExists(t, "client/rt/sign", "what is not reached is not written")
	before := snapshot(t, ".")

	pantograph(t, 0, "check")
	stdout, _ = pantograph(t, 0, "gen")
	assert.Equal(t, "client: up to date\n", stdout)
	assert.Equal(t, before, snapshot(t, "."))

	manifest, err := os.ReadFile("client/pantograph.manifest.json")
	require.NoError(t, err)
	assert.Contains(t, string(manifest), `"path": "api.yaml"`)
	assert.Contains(t, string(manifest), `"path": "parts.yaml"`, "documents that are referred to count")
}

func TestAChangedDocumentIsDrift(t *testing.T) {
	workspace(t)
	pantograph(t, 0, "gen")
	put(t, "spec/parts.yaml", strings.Replace(parts, "known by", "called", 1))
	_, stderr := pantograph(t, 1, "check")
	assert.Contains(t, stderr, "client/models.go: error: generated file is out of date: parts.yaml changed [drift-changed]")
	assert.Contains(t, stderr, "client/pantograph.manifest.json: error: generated file is out of date: parts.yaml changed [drift-changed]")
	stdout, _ := pantograph(t, 0, "gen")
	assert.NotContains(t, stdout, "up to date")
	pantograph(t, 0, "check")
}

func TestWorkOfPeopleIsSafe(t *testing.T) {
	workspace(t)
	pantograph(t, 0, "gen")
	edited, err := os.ReadFile("client/models.go")
	require.NoError(t, err)
	put(t, "client/models.go", string(edited)+"\n// mine\n")
	put(t, "client/mine.go", "package client\n\n// Name is mine.\nfunc (p *Pet) MyName() string { return string(p.ID) }\n")
	put(t, "spec/parts.yaml", strings.Replace(parts, "known by", "called", 1))
	before := snapshot(t, "client")
	_, stderr := pantograph(t, 1, "gen")
	assert.Contains(t, stderr, "client/models.go: error: this generated file was edited by hand [edited-by-hand]")
	assert.Equal(t, before, snapshot(t, "client"))
	pantograph(t, 0, "gen", "-force")
	assert.FileExists(t, "client/mine.go")
	pantograph(t, 0, "check")

	put(t, "client/mine.go", "package client\n\ntype Pet int\n")
	_, stderr = pantograph(t, 1, "gen")
	assert.Contains(t, stderr, "client/mine.go:3:6: error: this hand-written file clashes with generated code: Pet redeclared in this block [hand-written-clash]\n    3 | type Pet int\n")
}

func TestASharedRuntime(t *testing.T) {
	workspace(t)
	put(t, "pantograph.yaml", "runtimeOnly: true\n")
	put(t, "client/pantograph.yaml", "specs: [../spec/api.yaml]\npackage: client\nruntime: example.com/m/rt\n")
	stdout, _ := pantograph(t, 0, "gen")
	assert.Regexp(t, `(?m)^\.: \d+ written, 0 unchanged$`, stdout)
	assert.FileExists(t, "rt/client.go")
	assert.FileExists(t, "rt/sign/sign.go", "a shared runtime is whole")
	assert.FileExists(t, "pantograph.manifest.json")
	assert.NoDirExists(t, "client/rt")
	pantograph(t, 0, "check")
}

func TestErrorsNameFilesFromTheWorkingDirectory(t *testing.T) {
	workspace(t)
	put(t, "spec/parts.yaml", "Pet: {type: [}\n")
	_, stderr := pantograph(t, 1, "gen")
	assert.Contains(t, stderr, "spec/parts.yaml:1:")
	assert.NoFileExists(t, "client/client.go")
	_, stderr = pantograph(t, 1, "lint", "-spec", "spec/api.yaml")
	assert.Contains(t, stderr, "spec/parts.yaml:1:")
}

func TestFirstTry(t *testing.T) {
	workspace(t)
	require.NoError(t, os.RemoveAll("client"))
	pantograph(t, 0, "init", "spec/api.yaml")
	stdout, _ := pantograph(t, 0, "gen")
	assert.Contains(t, stdout, "pets: ")
	stdout, _ = pantograph(t, 0, "dump", "-stage", "plan")
	assert.Contains(t, stdout, `"importPath": "example.com/m/pets"`)
	stdout, _ = pantograph(t, 0, "dump", "-stage", "config", "-strict")
	assert.Contains(t, stdout, `"strict": true`)
	assert.Contains(t, stdout, `"root": "spec"`)
	stdout, _ = pantograph(t, 0, "dump", "-spec", "spec/api.yaml")
	assert.Contains(t, stdout, "listPets")
	stdout, _ = pantograph(t, 0, "gen", "-spec", "spec/api.yaml", "-out", "other", "-package", "other")
	assert.Contains(t, stdout, "other: ")
}

func TestAWrongTemplateIsNamed(t *testing.T) {
	workspace(t)
	put(t, "client/pantograph.yaml", "specs: [../spec/api.yaml]\npackage: client\ntemplates: tmpl\n")
	put(t, "client/tmpl/model/methods.tmpl", "func (m *{{.Name}}) Label() string { return nope }\n")
	_, stderr := pantograph(t, 1, "gen")
	assert.Contains(t, stderr, "client/tmpl/model/methods.tmpl:1:1: error: generated code does not type-check: undefined: nope (for the model Pet) [template-output]")
	assert.NoFileExists(t, "client/models.go")
	put(t, "client/tmpl/model/methods.tmpl", "func (m *{{.Name}}) Label() string { return {{quote .Name}} }\n\nfunc init() {}\n")
	_, stderr = pantograph(t, 1, "gen")
	assert.Contains(t, stderr, "methods.tmpl:3:1: error: generated code holds a func init (for the model Pet) [template-output]")
	require.NoError(t, os.RemoveAll("client/tmpl/model"))
	put(t, "client/tmpl/file/more.go.tmpl", "var x = nope\n")
	_, stderr = pantograph(t, 1, "gen")
	assert.Contains(t, stderr, "client/tmpl/file/more.go.tmpl:1:1: error: generated code does not type-check: undefined: nope (for the package client) [template-output]")
}

func TestNothingLeavesTheOutputThroughALink(t *testing.T) {
	workspace(t)
	outside := t.TempDir()
	require.NoError(t, os.Symlink(outside, "client/rt"))
	_, stderr := pantograph(t, 1, "gen")
	assert.Contains(t, stderr, "client/rt: error: this directory of the output is a symbolic link [output-symlink]")
	left, err := os.ReadDir(outside)
	require.NoError(t, err)
	assert.Empty(t, left)
	assert.NoFileExists(t, "client/client.go")
}

func TestOutputIsEqualEverywhere(t *testing.T) {
	outputs := make([]map[string]string, 3)
	for i := range outputs {
		workspace(t)
		var wait sync.WaitGroup
		for _, out := range []string{"a", "b"} { // at the same time
			wait.Go(func() {
				c := NewConfig()
				c.Specs, c.Package, c.Out, c.Import = []string{"spec/api.yaml"}, "client", out, "example.com/x"
				_, list := Run(Options{Config: *c})
				assert.Empty(t, list)
			})
		}
		wait.Wait()
		outputs[i] = map[string]string{}
		for _, out := range []string{"a", "b"} {
			for name, content := range snapshot(t, out) {
				_, content, _ = strings.Cut(content, "\n")
				name = strings.TrimPrefix(name, out+"/")
				if other, ok := outputs[i][name]; ok {
					assert.Equal(t, other, content, name)
				}
				outputs[i][name] = content
			}
		}
		assert.Equal(t, outputs[0], outputs[i])
	}
}

func TestVersionIn(t *testing.T) {
	ours := func(version string) debug.Module { return debug.Module{Path: modulePath, Version: version} }
	dep := ours("v1.2.3")
	for _, test := range []struct {
		info debug.BuildInfo
		want string
	}{
		{debug.BuildInfo{Main: ours("(devel)")}, "devel"},
		{debug.BuildInfo{Main: ours("v1.2.3")}, "v1.2.3"},
		{debug.BuildInfo{Main: debug.Module{Path: "example.com/theirs", Version: "v9.0.0"}, Deps: []*debug.Module{&dep}}, "v1.2.3"},
		{debug.BuildInfo{}, "devel"},
	} {
		assert.Equal(t, test.want, versionIn(&test.info))
	}
	for version, want := range map[string]string{
		"v1.2.3": "v1.2.3", "v1.2.3-rc.1": "v1.2.3-rc.1", "v0.0.0-20260101000000-0123456789ab": "devel", "v1.2.3+dirty": "devel", "devel": "devel", "": "devel",
	} {
		assert.Equal(t, want, release(version), version)
	}
}
