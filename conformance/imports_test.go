package conformance

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func keys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

// pkg is what the go command says of a package.
type pkg struct {
	ImportPath string
	Standard   bool
	Imports    []string
}

// packages are those that patterns name, and all they depend on, tests aside.
func packages(t *testing.T, patterns ...string) []pkg {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-deps", "-json=ImportPath,Standard,Imports"}, patterns...)...)
	var complaints strings.Builder
	cmd.Dir, cmd.Stderr = "..", &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", cmd, err, &complaints)
	}
	var list []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}

func TestGeneratedCodeDependsOnTheStandardLibraryAlone(t *testing.T) {
	ours := 0
	for _, p := range packages(t, "./generated/...") {
		switch {
		case strings.HasPrefix(p.ImportPath, module+"/generated/"):
			ours++
		case !p.Standard:
			t.Errorf("something under generated/ depends on %s", p.ImportPath)
		}
	}
	if ours == 0 {
		t.Error("there are no packages under generated/")
	}
}

func TestRuntimeDependsOnTheStandardLibraryAlone(t *testing.T) {
	for _, p := range packages(t, "./generator/rt/...") {
		if !p.Standard && !strings.HasPrefix(p.ImportPath, module+"/generator/rt") {
			t.Errorf("the runtime depends on %s", p.ImportPath)
		}
	}
}

// What leaves Go's type system has to be looked at by people: it stands where they expect it.
func TestUnsafeStandsInOneFileOfThePackagesThatHaveIt(t *testing.T) {
	for _, root := range []string{"../generator/rt", "../generated", "consumer"} {
		found := 0
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
			if err != nil || !slices.ContainsFunc(file.Imports, func(spec *ast.ImportSpec) bool { return spec.Path.Value == `"unsafe"` }) {
				return err
			}
			found++
			if path := filepath.ToSlash(name); !strings.HasSuffix(path, "/rt/json/unsafe.go") && filepath.Base(name) != "codec.go" {
				t.Errorf("%s imports unsafe", path)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if found == 0 {
			t.Errorf("nothing below %s imports unsafe: is it still looked for in the right place?", root)
		}
	}
}

// The generator reads documents that nobody looked at: no code of ours in it can reach a network or
// start a program. Packages of others may be able to; ours do not ask them.
func TestGeneratorReachesNoNetworkAndStartsNoProgram(t *testing.T) {
	for _, p := range packages(t, "./cmd/pantograph") {
		if !strings.HasPrefix(p.ImportPath, module+"/") {
			continue
		}
		for _, path := range p.Imports {
			if path == "syscall" && p.ImportPath == module+"/generator" {
				continue // for advice about memory alone: a test of the package sees to that
			}
			if slices.Contains([]string{"net", "net/http", "os/exec", "plugin", "syscall"}, path) {
				t.Errorf("%s imports %s", p.ImportPath, path)
			}
		}
	}
}
