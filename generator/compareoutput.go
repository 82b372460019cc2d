package generator

import (
	"go/parser"
	"go/token"
	"os"
	"path"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/diff"
	"github.com/pantograph-go/pantograph/generator/internal/runtime"
	"github.com/pantograph-go/pantograph/generator/internal/verify"
	"github.com/pantograph-go/pantograph/generator/internal/write"
	"github.com/pantograph-go/pantograph/generator/model"
)

// packages type-checks what was emitted.
func (r *run) packages(paths map[string]string, sources []verify.Source) (out diff.Packages) {
	rt := r.runtime(runtime.Packages)
	if r.diags.HasErrors() {
		return out
	}
	fset, types, list := verify.Packages(verify.Request{Files: sources, Paths: paths, Runtime: byImport(rt, r.config.Runtime), Allowed: []string{"unsafe"}})
	r.diags = append(r.diags, list...)
	if root := types["."]; root != nil {
		types[""] = root
		delete(types, ".")
	}
	return diff.Packages{Fset: fset, Types: types}
}

// outputAt reads the package in an output directory. Its runtime is the one that it was written with, where that lies below it,
// otherwise ours: of the runtime only the names count.
func outputAt(dir string, version *diff.Version) (out diff.Packages, diags diag.List) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		diags.Errorf(model.Pos{File: dir}, "output-unreadable", "the directory cannot be opened")
		return out, diags
	}
	defer root.Close()
	made, list := write.ReadMade(root)
	for _, d := range list {
		d.Pos.File = display(dir, d.Pos.File)
		diags = append(diags, d)
	}
	if diags.HasErrors() {
		return out, diags
	}
	version.Generator = made.Generator
	r := &run{config: new(Config)}
	var sources []verify.Source
	own := map[string][]verify.Source{}
	for _, name := range made.Files {
		if path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		data, err := root.ReadFile(name)
		if err != nil {
			diags.Errorf(model.Pos{File: display(dir, name)}, "drift-missing", "generated file is missing")
			continue
		}
		switch folder := path.Dir(name); {
		case folder == ".":
			sources = append(sources, verify.Source{Path: name, Bytes: data})
			r.config.Runtime = runtimeIn(data, r.config.Runtime)
		case folder == "rt" || strings.HasPrefix(folder, "rt/"):
			own[folder] = append(own[folder], verify.Source{Path: name, Bytes: data})
		}
	}
	if len(sources) == 0 {
		diags.Errorf(model.Pos{File: dir}, "output-empty", "there is no generated client in this directory")
		diags.Hint("name a directory that gen wrote, or a document")
		return out, diags
	}
	rt := byImport(r.runtime(runtime.Packages), r.config.Runtime)
	if len(own) > 0 {
		clear(rt)
		for folder, files := range own {
			rt[runtime.ImportPath(strings.TrimPrefix(strings.TrimPrefix(folder, "rt"), "/"), r.config.Runtime)] = files
		}
	}
	out, list = offered(sources, rt)
	for _, d := range list {
		d.Pos.File = display(dir, d.Pos.File)
		diags = append(diags, d)
	}
	return out, diags
}

// comparedPath is the import path of a package that is compared: the same for all, wherever they are.
const comparedPath = "example.invalid/client"

// offered is what the package in an output directory offers to programs.
// What it imports beyond that is not looked for.
func offered(sources []verify.Source, rt map[string][]verify.Source) (diff.Packages, diag.List) {
	var allowed []string
	for _, src := range sources {
		allowed = append(allowed, imported(src.Bytes)...)
	}
	fset, types, list := verify.Packages(verify.Request{Files: sources, Paths: map[string]string{".": comparedPath}, Runtime: rt, Allowed: allowed})
	if list.HasErrors() {
		return diff.Packages{}, list
	}
	types[""] = types["."]
	delete(types, ".")
	return diff.Packages{Fset: fset, Types: types}, list
}

// runtimeIn finds the import path of the runtime in a file, unless it is known.
func runtimeIn(src []byte, known string) string {
	if known != "" {
		return known
	}
	for _, name := range imported(src) {
		if before, _, ok := strings.Cut(name+"/", "/rt/"); ok && strings.Contains(before, ".") {
			return before + "/rt"
		}
	}
	return ""
}

// imported are the import paths of a Go file; none when it is no such file.
func imported(src []byte) []string {
	file, err := parser.ParseFile(token.NewFileSet(), "", src, parser.ImportsOnly)
	if err != nil {
		return nil
	}
	var paths []string
	for _, spec := range file.Imports {
		if name, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, name)
		}
	}
	return paths
}
