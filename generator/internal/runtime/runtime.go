// Package runtime selects the parts of the runtime that a client reaches, and makes them its own:
// a copy of the source in which only the import prefix differs (docs/adr/0002-runtime-emission.md).
// A package of the runtime is named by its path below the runtime: "." is the root, "json", "sign".
package runtime

import (
	"bytes"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Prefix is the import path of the runtime in this module, below which its packages import each other.
const Prefix = "github.com/pantograph-go/pantograph/generator/rt"

// File is a file of the emitted runtime.
type File struct {
	Path  string // below the runtime: "client.go", "json/codec.go"
	Bytes []byte
}

// Package returns the name of the runtime package at an import path, and whether it is one of the
// runtime at prefix.
func Package(importPath, prefix string) (string, bool) {
	if importPath == prefix {
		return ".", true
	}
	return strings.CutPrefix(importPath, prefix+"/")
}

// ImportPath is the inverse of Package.
func ImportPath(pkg, prefix string) string { return path.Join(prefix, pkg) }

// Tree is the source of a runtime. It reads each file once, however often it is asked.
type Tree struct {
	fsys     fs.FS
	packages map[string][]parsed
}

// parsed is a file with its imports.
type parsed struct {
	File
	imports []imported
}

// NewTree returns the runtime whose source is below a root.
func NewTree(fsys fs.FS) *Tree { return &Tree{fsys: fsys, packages: map[string][]parsed{}} }

// Packages returns all packages of the runtime, sorted.
func (t *Tree) Packages() ([]string, error) {
	var packages []string
	err := fs.WalkDir(t.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && emitted(name) {
			packages = append(packages, path.Dir(name))
		}
		return err
	})
	slices.Sort(packages)
	return slices.Compact(packages), err
}

// Reach returns the packages that are imported from roots, directly or through each other, roots
// included, sorted. Files of every platform count.
func (t *Tree) Reach(prefix string, roots []string) ([]string, error) {
	reached := make(map[string]bool)
	pending := slices.Clone(roots)
	for len(pending) > 0 {
		pkg := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if reached[pkg] {
			continue
		}
		reached[pkg] = true
		files, err := t.source(pkg)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			for _, imported := range f.imports {
				if next, ok := Package(imported.path, prefix); ok {
					pending = append(pending, next)
				}
			}
		}
	}
	packages := make([]string, 0, len(reached))
	for pkg := range reached {
		packages = append(packages, pkg)
	}
	slices.Sort(packages)
	return packages, nil
}

// Imported returns the packages of the runtime at prefix that a generated file imports; none when it
// does not parse, which is not for this package to report.
func Imported(src []byte, prefix string) []string {
	imports, _ := importsOf(File{Bytes: src})
	var packages []string
	for _, imported := range imports {
		if pkg, ok := Package(imported.path, prefix); ok {
			packages = append(packages, pkg)
		}
	}
	return packages
}

// Imports returns all imports of a Go file; none when it does not parse.
func Imports(src []byte) []string {
	imports, _ := importsOf(File{Bytes: src})
	paths := make([]string, len(imports))
	for i, imported := range imports {
		paths[i] = imported.path
	}
	return paths
}

// Emit returns the files of packages, rewritten from one import prefix to another, in order.
func (t *Tree) Emit(packages []string, from, to string) ([]File, error) {
	var out []File
	for _, pkg := range packages {
		files, err := t.source(pkg)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			out = append(out, File{Path: f.Path, Bytes: f.rewrite(moved(from, to))})
		}
	}
	return out, nil
}

// Rewrite replaces the prefix of imports in a Go file. Every other byte stays.
func Rewrite(src []byte, from, to string) ([]byte, error) { return RewriteFunc(src, moved(from, to)) }

// moved is the import path of what is below another prefix.
func moved(from, to string) func(path string) string {
	return func(path string) string {
		if pkg, ok := Package(path, from); ok {
			return ImportPath(pkg, to)
		}
		return path
	}
}

// RewriteFunc replaces the imports in a Go file. Every other byte stays.
func RewriteFunc(src []byte, to func(path string) string) ([]byte, error) {
	imports, err := importsOf(File{Bytes: src})
	if err != nil {
		return nil, err
	}
	return parsed{File{Bytes: src}, imports}.rewrite(to), nil
}

func (f parsed) rewrite(to func(path string) string) []byte {
	var out bytes.Buffer
	done := 0
	for _, imported := range f.imports {
		if path := to(imported.path); path != imported.path {
			out.Grow(len(f.Bytes) - done + len(path))
			out.Write(f.Bytes[done:imported.start])
			out.WriteString(strconv.Quote(path))
			done = imported.end
		}
	}
	if done == 0 {
		return f.Bytes
	}
	out.Write(f.Bytes[done:])
	return out.Bytes()
}

// source returns the files of one package that are emitted, sorted by name.
func (t *Tree) source(pkg string) ([]parsed, error) {
	if files, ok := t.packages[pkg]; ok {
		return files, nil
	}
	entries, err := fs.ReadDir(t.fsys, pkg)
	if err != nil {
		return nil, fmt.Errorf("the runtime has no package %q: %w", pkg, err)
	}
	var files []parsed
	for _, entry := range entries {
		if name := path.Join(pkg, entry.Name()); !entry.IsDir() && emitted(name) {
			src, err := fs.ReadFile(t.fsys, name)
			if err != nil {
				return nil, err
			}
			f := File{Path: name, Bytes: src}
			imports, err := importsOf(f)
			if err != nil {
				return nil, err
			}
			files = append(files, parsed{f, imports})
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("the runtime has no package %q", pkg)
	}
	t.packages[pkg] = files
	return files, nil
}

// emitted reports whether a file of the runtime is part of the emitted copy.
func emitted(name string) bool {
	return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !strings.Contains("/"+name, "/testdata/")
}

// imported is an import in a file, with the place of its quoted path.
type imported struct {
	path       string
	start, end int
}

func importsOf(f File) ([]imported, error) {
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, f.Path, f.Bytes, parser.ImportsOnly)
	if err != nil {
		return nil, fmt.Errorf("runtime source: %w", err)
	}
	base := syntax.FileStart
	var list []imported
	for _, spec := range syntax.Imports {
		importPath, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, fmt.Errorf("runtime source: %s: import %s: %w", f.Path, spec.Path.Value, err)
		}
		list = append(list, imported{importPath, int(spec.Path.Pos() - base), int(spec.Path.End() - base)})
	}
	return list, nil
}
