package generator

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/cli"
	"github.com/pantograph-go/pantograph/generator/internal/diff"
)

var (
	operationID  = regexp.MustCompile(`(?m)^      operationId: (\w+)$`)
	componentKey = regexp.MustCompile(`(?m)^    (\w+):\n`)
)

// A document that calls something otherwise, in one place or in all, renames nothing in Go: an operation keeps its place, and a
// schema its members. Where it could be another's, that is said.
func TestNothingIsRenamedInSilence(t *testing.T) {
	folder := filepath.Join("..", "spec", "rackspace", "autoscale")
	file := filepath.Join(folder, "v1", "openapi.yaml")
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	document := string(data)
	operations := operationID.FindAllStringSubmatch(document, -1)
	require.Greater(t, len(operations), 20)
	_, schemas, found := strings.Cut(document, "\n  schemas:\n")
	require.True(t, found)
	components := componentKey.FindAllStringSubmatch(schemas, -1)
	require.Greater(t, len(components), 50)

	rename := func(text, name string) string {
		return regexp.MustCompile(`\b`+name+`\b`).ReplaceAllString(text, "Other"+name)
	}
	component := func(text, name string) string {
		text = strings.ReplaceAll(text, "schemas/"+name+"'", "schemas/Other"+name+"'")
		before, after, _ := strings.Cut(text, "\n  schemas:\n")
		return before + "\n  schemas:" + strings.ReplaceAll("\n"+after, "\n    "+name+":\n", "\n    Other"+name+":\n")
	}
	versions := map[string]string{"all operations": document, "no description": regexp.MustCompile(`(?m)^ +summary: .*\n`).ReplaceAllString(document, "")}
	for i, m := range operations {
		versions["all operations"] = rename(versions["all operations"], m[1])
		if i%5 == 0 {
			versions["operation "+m[1]] = rename(document, m[1])
		}
	}
	versions["all schemas"] = document
	versions["all paths"] = strings.ReplaceAll(document, "\n  /", "\n  /api/")
	for i, m := range components {
		versions["all schemas"] = component(versions["all schemas"], m[1])
		if i%5 == 0 {
			versions["schema "+m[1]] = component(document, m[1])
		}
	}
	for name, text := range versions {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.NotEqual(t, document, text)
			dir := t.TempDir()
			require.NoError(t, os.CopyFS(dir, os.DirFS(folder)))
			changed := filepath.Join(dir, "v1", "openapi.yaml")
			require.NoError(t, os.WriteFile(changed, []byte(text), 0o666))
			report, list := compare(file, changed, cli.Comparison{})
			for _, d := range list {
				require.NotEqual(t, Error, d.Severity, "%v", d)
			}
			for _, c := range report.Go {
				assert.Less(t, c.Level, diff.Major, "%s", c.Text)
			}
			for _, d := range list {
				assert.NotEqual(t, "rename-breaks", d.Code, "%v", d)
			}
		})
	}
}
