package generator

import (
	"bytes"
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/cli"
	"github.com/pantograph-go/pantograph/generator/internal/diff"
	"github.com/pantograph-go/pantograph/generator/internal/runtime"
	"github.com/pantograph-go/pantograph/generator/internal/verify"
)

// history are the versions that one document may have after testdata/history/base.yaml: what each comes to, and the changes
// that say so.
var history = []struct {
	name    string
	verdict diff.Level
	kinds   []string
}{
	{"field-added", diff.Minor, []string{"member-added"}},
	{"enum-value-added", diff.Minor, []string{"enum-value-added"}},
	{"required-added", diff.Major, []string{"required-member-added"}},
	{"type-changed", diff.Major, []string{"type-changed"}},
	{"operation-added", diff.Minor, []string{"operation-added"}},
	{"operation-moved", diff.Major, []string{"operation-moved"}},
	{"operation-removed", diff.Major, []string{"operation-removed"}},
	{"operation-renamed", diff.Patch, []string{"operation-renamed"}},
	{"operation-regrouped", diff.Minor, []string{"operation-regrouped"}},
	{"schema-renamed", diff.Patch, []string{"schema-renamed"}},
	{"schema-split", diff.Major, []string{"schema-renamed", "member-removed"}},
	{"type-renamed", diff.Minor, nil},
	{"limit-tightened", diff.Major, []string{"limit-tightened"}},
	{"limit-loosened", diff.Minor, []string{"limit-loosened"}},
	{"rule-added", diff.Major, []string{"rule-added"}},
	{"auth-changed", diff.Major, []string{"auth-changed"}},
	{"default-changed", diff.Major, []string{"default-changed"}},
	{"description-changed", diff.Patch, []string{"text-changed"}},
	{"reordered", diff.Patch, nil},
}

// The verdict on each version is right, and where it is not major the program that was written for the first version compiles
// with the client of the next.
func TestHistory(t *testing.T) {
	base := filepath.Join("testdata", "history", "base.yaml")
	for _, h := range history {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join("testdata", "history", h.name+".yaml")
			report, list := compare(base, file, cli.Comparison{})
			require.False(t, list.HasErrors(), "%v", list)
			assert.Equal(t, h.verdict, report.Verdict, "%v", report.Reasons)
			assert.NotEmpty(t, report.Reasons)
			var kinds []string
			for _, c := range report.Changes {
				kinds = append(kinds, c.Kind)
				assert.True(t, c.Old != nil && c.Old.Line > 0 || c.New != nil && c.New.Line > 0, "%s has no place", c.Text)
			}
			assert.Subset(t, kinds, h.kinds)
			if len(h.kinds) == 0 {
				assert.Empty(t, kinds)
			}
			if h.verdict < diff.Major {
				assert.True(t, compiles(t, base, file), "an old program compiles")
			}
		})
	}
	versions, err := filepath.Glob(filepath.Join("testdata", "history", "*.yaml"))
	require.NoError(t, err)
	assert.Len(t, versions, len(history)+1, "every version has a verdict")
}

// program is one that was written for the first version: it uses all that this has.
const program = `package program

import (
	"context"

	"example.invalid/client"
)

func use(ctx context.Context, c *client.Client) error {
	params := &client.ListAnimalsParams{Kind: client.Some(client.KindCat), Limit: client.Some(3)}
	page, err := c.Animals.List(ctx, params)
	if err != nil {
		return err
	}
	for _, a := range page.Items {
		var home *client.Home = a.Home
		if a.Kind == client.KindDog && a.Weight > 1 && home != nil && home.City != home.Street {
			return c.Animals.Delete(ctx, a.ID)
		}
	}
	var total int = page.Total
	var made *client.Animal
	made, err = c.Animals.Create(ctx, &client.NewAnimal{Name: "Tom", Kind: client.Some(client.KindCat), Weight: client.Some(2.5)})
	if err == nil && total > 0 && len(client.KindValues()) > 0 {
		made, err = c.Animals.Get(ctx, made.ID)
	}
	return err
}

var _ = use
`

// compiles reports whether the program compiles with the client of a version that follows the first one.
func compiles(t *testing.T, base, file string) bool {
	t.Helper()
	before := sideOf(base, cli.Comparison{})
	lock := before.published("")
	before.client(lock, new(diff.Version))
	after := sideOf(file, cli.Comparison{})
	lock = after.parsed("names.lock", lock.Bytes())
	after.load()
	require.False(t, after.diags.HasErrors(), "%v", after.diags)
	p := after.planned(lock)
	require.NotNil(t, p)
	sources := after.emit(p)
	paths := goPaths(p, sources)
	paths["program"] = "example.invalid/program"
	sources = append(sources, verify.Source{Path: "program/program.go", Bytes: []byte(verify.Header + "\n\n" + program)})
	_, list := verify.Files(verify.Request{Files: sources, Paths: paths, Runtime: byImport(after.runtime((*runtime.Tree).Packages), after.config.Runtime), Allowed: []string{"unsafe"}})
	for _, d := range list {
		t.Log(d)
	}
	return !list.HasErrors()
}

// What people read of a report.
func TestReports(t *testing.T) {
	report, list := compare("testdata/history/base.yaml", "testdata/history/enum-value-added.yaml", cli.Comparison{})
	require.Empty(t, list)
	var text, table, entry bytes.Buffer
	require.NoError(t, diff.Text(&text, report))
	assert.Equal(t, `testdata/history/base.yaml (1.0.0) -> testdata/history/enum-value-added.yaml (next)
verdict: minor
  because schema Kind: the value "bird" is new: requests are accepted that were refused, and a response may carry values it did not before
  because the Go API has 1 addition

Document
  minor  schema Kind: the value "bird" is new: "bird" [enum-value-added]
         wire: requests are accepted that were refused, and a response may carry values it did not before
         at testdata/history/base.yaml:37:26 -> testdata/history/enum-value-added.yaml:37:43

Go API
  minor  KindBird: added
         at enums.go
`, regexp.MustCompile(`(\.go):\d+`).ReplaceAllString(text.String(), "$1"))
	require.NoError(t, diff.Markdown(&table, report))
	assert.Contains(t, table.String(), "## API changes: minor\n")
	assert.Contains(t, table.String(), `| minor | schema Kind | the value "bird" is new |  | "bird" | `)
	require.NoError(t, diff.Changelog(&entry, report))
	assert.Equal(t, `## next

This is a minor release.

### Added and changed

- schema Kind: the value "bird" is new: "bird". On the wire: requests are accepted that were refused, and a response may carry values it did not before.
`, entry.String())
}

// Two outputs are compared by the Go they offer.
func TestCompareOutputs(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"base", "field-added"} {
		c := NewConfig()
		c.Specs, c.Package, c.Out, c.Import = []string{filepath.Join("testdata", "history", name+".yaml")}, "client", filepath.Join(dir, name), "example.com/m/client"
		_, list := Run(Options{Config: *c})
		for _, d := range list {
			require.NotEqual(t, Error, d.Severity, "%v", d)
		}
	}
	report, list := compare(filepath.Join(dir, "base"), filepath.Join(dir, "field-added"), cli.Comparison{})
	require.Empty(t, list)
	assert.Equal(t, diff.Minor, report.Verdict)
	require.Len(t, report.Go, 1)
	assert.Equal(t, "Animal.Chip: added", report.Go[0].Text)
	assert.Regexp(t, `^models\.go:\d+$`, report.Go[0].New)
	assert.False(t, report.Documents)

	_, list = compare(dir, dir, cli.Comparison{})
	require.True(t, list.HasErrors())
	assert.Equal(t, "output-empty", list[0].Code)
}

// So are the packages that lie below an output, wherever the two outputs are imported from.
func TestCompareOutputsWithAll(t *testing.T) {
	dir := t.TempDir()
	const document = `openapi: 3.1.1
info: {title: T, version: "1"}
servers: [{url: https://api.example.com}]
paths:
  /things: {get: {operationId: listThings, tags: [things], responses: {"200": {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}}}
webhooks:
  made: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}, responses: {"200": {description: OK}}}}
components:
  schemas: {Thing: {type: object, properties: {id: {type: string}}}}
`
	more := strings.NewReplacer("\nwebhooks:\n", `
  /things/{id}: {delete: {operationId: deleteThing, tags: [things], parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {"204": {description: OK}}}}
webhooks:
  gone: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}, responses: {"200": {description: OK}}}}
`).Replace(document)
	for name, text := range map[string]string{"old": document, "new": more} {
		file := filepath.Join(dir, name+".yaml")
		require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
		c := NewConfig()
		c.Specs, c.Package, c.Out, c.Import = []string{file}, "client", filepath.Join(dir, name), "example.com/"+name+"/client"
		_, list := Run(Options{Config: *c})
		for _, d := range list {
			require.NotEqual(t, Error, d.Severity, "%v", d)
		}
	}
	report, list := compare(filepath.Join(dir, "old"), filepath.Join(dir, "new"), cli.Comparison{})
	require.Empty(t, list)
	assert.Equal(t, diff.Minor, report.Verdict)
	var changes []string
	for _, c := range report.Go {
		changes = append(changes, c.Package+": "+c.Text)
	}
	assert.Equal(t, []string{": (*ThingsService).Delete: added", "clienttest: Server.DeleteThing: added", "webhooks: DecodeGone: added"}, changes)
}

// A root takes in documents further up; one outside of it is not read.
func TestCompareBelowARoot(t *testing.T) {
	base := "testdata/history/base.yaml"
	report, list := compare(base, "testdata/history/reordered.yaml", cli.Comparison{Root: "testdata"})
	require.Empty(t, list)
	assert.Equal(t, diff.Patch, report.Verdict)
	_, list = compare(base, base, cli.Comparison{Root: "plan"})
	require.True(t, list.HasErrors())
	assert.Equal(t, "file-not-read", list[0].Code)
}

// Text of a document is text in every form of a report, whatever it holds.
func TestReportsEscapeDocuments(t *testing.T) {
	const hostile = `</script><script>alert(1)</script>"'|[x](javascript:alert(1))` + "`" + `<!--`
	dir := t.TempDir()
	text, err := os.ReadFile(filepath.Join("testdata", "history", "base.yaml"))
	require.NoError(t, err)
	quoted, err := json.Marshal(hostile)
	require.NoError(t, err)
	file := filepath.Join(dir, "hostile.yaml")
	changed := strings.Replace(string(text), "        city: {type: string}\n", "        "+string(quoted)+": {type: string, description: "+string(quoted)+"}\n", 1)
	require.NoError(t, os.WriteFile(file, []byte(strings.Replace(changed, "[cat, dog]", "[cat, dog, "+string(quoted)+"]", 1)), 0o666))
	report, list := compare(filepath.Join("testdata", "history", "base.yaml"), file, cli.Comparison{})
	require.False(t, list.HasErrors(), "%v", list)

	var page, table, entry, machine bytes.Buffer
	require.NoError(t, diff.HTML(&page, report))
	assert.Equal(t, 1, strings.Count(page.String(), "<script"))
	assert.NotContains(t, page.String(), "<!--")
	assert.NotRegexp(t, regexp.MustCompile(`(?i)(src|href)\s*=|https?://|@import|url\(`), page.String(), "it needs nothing from elsewhere")
	assert.Contains(t, html.UnescapeString(page.String()), hostile)
	require.NoError(t, diff.Markdown(&table, report))
	require.NoError(t, diff.Changelog(&entry, report))
	for _, text := range []string{table.String(), entry.String()} {
		assert.NotContains(t, text, "<")
		assert.NotRegexp(t, `[^\\]\]\(`, text)
	}
	require.NoError(t, diff.JSON(&machine, report))
	var back map[string]any
	require.NoError(t, json.Unmarshal(machine.Bytes(), &back))
	assert.Equal(t, "major", back["verdict"])
}
