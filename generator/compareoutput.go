package generator

import (
	"os"
	"path"
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
	rt := r.runtime((*runtime.Tree).Packages)
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

// goOutput is generated Go as it is compared: as if all outputs and their runtimes had the same import paths.
type goOutput struct {
	home    string // the import path it has; empty: none of its packages imports it
	runtime string // the import path of its runtime
	sources []verify.Source
	own     []runtime.File // its runtime, where that lies below it
}

// outputAt reads the packages in an output directory. Their runtime is the one that they were written with, where that lies
// below them, otherwise ours: of the runtime only the names count.
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
	var o goOutput
	for _, name := range made.Files {
		if !compared(name) {
			continue
		}
		data, err := root.ReadFile(name)
		if err != nil {
			diags.Errorf(model.Pos{File: display(dir, name)}, "drift-missing", "generated file is missing")
			continue
		}
		if below, ok := strings.CutPrefix(name, "rt/"); ok {
			o.own = append(o.own, runtime.File{Path: below, Bytes: data})
			continue
		}
		o.sources = append(o.sources, verify.Source{Path: name, Bytes: data})
	}
	if len(o.sources) == 0 {
		diags.Errorf(model.Pos{File: dir}, "output-empty", "there is no generated client in this directory")
		diags.Hint("name a directory that gen wrote, or a document")
		return out, diags
	}
	o.placed()
	out, list = o.offered()
	for _, d := range list {
		d.Pos.File = display(dir, d.Pos.File)
		diags = append(diags, d)
	}
	return out, diags
}

// compared reports whether a file of an output is Go that programs can use.
func compared(name string) bool {
	return path.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go")
}

// placed finds the import paths that the packages had: that of the runtime, and that of the client, which the package of its
// fake imports.
func (o *goOutput) placed() {
	for _, src := range o.sources {
		for _, name := range runtime.Imports(src.Bytes) {
			if before, _, ok := strings.Cut(name+"/", "/rt/"); ok && strings.Contains(before, ".") && o.runtime == "" {
				o.runtime = before + "/rt"
			}
		}
	}
	for _, src := range o.sources {
		if path.Dir(src.Path) == "." {
			continue
		}
		for _, name := range runtime.Imports(src.Bytes) {
			first, _, _ := strings.Cut(name, "/")
			if _, ofRuntime := runtime.Package(name, o.runtime); strings.Contains(first, ".") && !ofRuntime && o.home == "" {
				o.home = name
			}
		}
	}
}

// comparedPath is the import path of a package that is compared: the same for all, wherever they are.
const comparedPath = "example.invalid/client"

// offered is what the packages of an output offer to programs.
// What they import beyond each other and the runtime is not looked for.
func (o *goOutput) offered() (out diff.Packages, diags diag.List) {
	move := func(name string) string {
		if pkg, ok := runtime.Package(name, o.runtime); ok && o.runtime != "" {
			return runtime.ImportPath(pkg, path.Join(comparedPath, "rt"))
		}
		if pkg, ok := runtime.Package(name, o.home); ok && o.home != "" {
			return runtime.ImportPath(pkg, comparedPath)
		}
		return name
	}
	moved := func(file string, src []byte) []byte {
		data, err := runtime.RewriteFunc(src, move)
		if err != nil {
			diags.Errorf(model.Pos{File: file}, "output-unreadable", "this file does not parse")
		}
		return data
	}
	req := verify.Request{Paths: map[string]string{}}
	for _, src := range o.sources {
		src.Bytes = moved(src.Path, src.Bytes)
		req.Files = append(req.Files, src)
		req.Paths[path.Dir(src.Path)] = path.Join(comparedPath, path.Dir(src.Path))
		req.Allowed = append(req.Allowed, runtime.Imports(src.Bytes)...)
	}
	rt := o.own
	for i := range rt {
		rt[i].Bytes = moved(path.Join("rt", rt[i].Path), rt[i].Bytes)
	}
	if len(rt) == 0 {
		r := &run{config: &Config{Runtime: path.Join(comparedPath, "rt")}}
		rt = r.runtime((*runtime.Tree).Packages)
		diags = append(diags, r.diags...)
	}
	if diags.HasErrors() {
		return out, diags
	}
	req.Runtime = byImport(rt, path.Join(comparedPath, "rt"))
	fset, types, list := verify.Packages(req)
	if diags = append(diags, list...); diags.HasErrors() {
		return out, diags
	}
	types[""] = types["."]
	delete(types, ".")
	return diff.Packages{Fset: fset, Types: types}, diags
}
