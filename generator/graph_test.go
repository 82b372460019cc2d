package generator

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// goFiles calls f for each Go file below the root of the module.
func goFiles(t *testing.T, dirs []string, f func(name string)) {
	t.Helper()
	for _, dir := range dirs {
		require.NoError(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() && d.Name() == "testdata" {
				return filepath.SkipDir
			}
			if err == nil && strings.HasSuffix(name, ".go") {
				f(filepath.ToSlash(name))
			}
			return err
		}))
	}
}

func importsOf(t *testing.T, name string) []string {
	t.Helper()
	syntax, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
	require.NoError(t, err)
	var imports []string
	for _, spec := range syntax.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		require.NoError(t, err)
		imports = append(imports, path)
	}
	return imports
}

// A document can start no program and reach no network: none of our packages could. Dependencies
// import both packages, so it is ours that are looked at.
func TestTheGeneratorStartsNoProcessAndHasNoNetwork(t *testing.T) {
	seen := 0
	goFiles(t, []string{".", "../cmd"}, func(name string) {
		if strings.HasPrefix(name, "rt/") || strings.HasSuffix(name, "_test.go") {
			return // the runtime is a client; tests are not part of the program
		}
		seen++
		for _, path := range importsOf(t, name) {
			if path == "syscall" && name == hugePages {
				assert.Subset(t, []string{"Madvise", "MADV_HUGEPAGE"}, selected(t, name, path))
				continue
			}
			for _, banned := range []string{"net", "net/http", "os/exec", "plugin", "syscall", "unsafe", "net/rpc", "C"} {
				assert.NotEqual(t, banned, path, name)
			}
			// Of go-git the storage is enough. What stands above knows transports, and costs every start of the program.
			for _, banned := range []string{"github.com/go-git/go-git/v5", "github.com/go-git/go-git/v5/plumbing/object"} {
				assert.NotEqual(t, banned, path, name)
			}
		}
	})
	assert.Greater(t, seen, 20)
}

// hugePages is the one file that may ask the system itself, and only about memory.
const hugePages = "hugepages_linux_amd64.go"

// selected are the names that a file selects from a package.
func selected(t *testing.T, name, pkg string) []string {
	t.Helper()
	syntax, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	require.NoError(t, err)
	var names []string
	ast.Inspect(syntax, func(n ast.Node) bool {
		if x, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := x.X.(*ast.Ident); ok && id.Name == pkg {
				names = append(names, x.Sel.Name)
			}
		}
		return true
	})
	return names
}

// Data moves one way: each stage imports what comes before it in the design, and nothing else.
func TestStagesKnowOnlyTheirNeighbours(t *testing.T) {
	const prefix = modulePath + "/generator/"
	allowed := map[string][]string{
		"model":                     {},
		"internal/diag":             {"model"},
		"internal/source":           {"model", "internal/diag", "internal/jsonpath"},
		"internal/jsonpath":         {},
		"internal/rules":            {"model", "internal/diag", "internal/shape"},
		"internal/rules/eval":       {"model", "internal/rules", "rt/rule", "rt/decimal"},
		"internal/rules/schematext": {"model", "internal/rules"},
		"internal/rules/cel":        {"model", "internal/diag", "internal/shape", "internal/rules", "internal/rules/eval", "rt/rule"},
		"internal/shape":            {"model", "internal/diag"},
		"internal/runtime":          {},
		"internal/verify":           {"model", "internal/diag", "internal/verify/stdlib"},
		"internal/verify/stdlib":    {},
		"internal/write":            {"model", "internal/diag", "internal/filename"},
		"internal/filename":         {},
		"internal/config":           {"model", "internal/diag"},
		"internal/emit/jenx":        {"plan"},
		"internal/emit":             {"model", "plan", "internal/diag", "internal/emit/jenx", "internal/slot", "internal/view", "rt/json"},
		"internal/slot":             {"model", "plan", "internal/diag", "internal/filename", "internal/view"},
		"internal/view":             {"plan"},
		"internal/vendoring":        {"model", "internal/diag", "internal/filename", "internal/runtime", "internal/verify", "internal/verify/stdlib", "internal/write"},
		"plan":                      {"model", "internal/diag", "internal/rules", "internal/rules/schematext", "internal/shape", "internal/filename"},
		"internal/cli":              {"model", "internal/diag", "internal/config", "internal/diff", "internal/watch", "internal/write"},
		"internal/verify/stdlib/mk": {"internal/runtime", "internal/verify", "internal/verify/stdlib"},
	}
	goFiles(t, []string{"."}, func(name string) {
		dir := filepath.ToSlash(filepath.Dir(name))
		known, listed := allowed[dir]
		if !listed || strings.HasSuffix(name, "_test.go") {
			return
		}
		for _, path := range importsOf(t, name) {
			if pkg, ours := strings.CutPrefix(path, prefix); ours {
				assert.True(t, slices.Contains(known, pkg), "%s imports %s", name, pkg)
			}
			if strings.Contains(path, "kin-openapi") {
				assert.Equal(t, "internal/source", dir, "%s imports kin-openapi", name)
			}
			if strings.Contains(path, "cel-go") {
				assert.Equal(t, "internal/rules/cel", dir, "%s imports cel-go", name)
			}
			if strings.Contains(path, "jennifer") {
				assert.True(t, strings.HasPrefix(dir, "internal/emit"), "%s imports jennifer", name)
			}
		}
	})
}
