package generator

import (
	"os"
	"path"
	"path/filepath"

	"github.com/pantograph-go/pantograph/generator/internal/config"
	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/vendoring"
	"github.com/pantograph-go/pantograph/generator/internal/write"
	"github.com/pantograph-go/pantograph/generator/model"
)

// VendorOptions say what to copy, and where to.
type VendorOptions struct {
	From       string // folder of a generated client
	FromImport string // its import path; empty: what the go.mod file around it says
	To         string // folder to write to
	Import     string // import path of that; empty: likewise
	SingleFile bool   // the client and its runtime become one file
	Test       bool   // the test-support package too
	Check      bool   // compare only, write nothing
	Force      bool   // overwrite files that were edited by hand or that pantograph never wrote
}

// Vendor copies a generated client with the parts of its runtime that it reaches, or brings such a copy up to date. The
// copy has a manifest of its own, which says what it is a copy of.
func Vendor(opt VendorOptions) (result Result, diags []Diagnostic) {
	defer guard(&diags)
	v := &vendor{opt: opt}
	src, done := v.source()
	if done != nil {
		defer done()
	}
	to := v.importPath(opt.Import, opt.To, "import")
	if v.diags.HasErrors() {
		return Result{}, v.diags.Sort()
	}
	client, list := vendoring.Read(src, opt.Test && !opt.SingleFile)
	v.add(opt.From, list)
	if client == nil {
		return Result{}, v.diags.Sort()
	}
	copied := client.Copy
	if opt.SingleFile {
		copied = client.Single
	}
	files, list := copied(to)
	v.add(opt.From, list)
	if v.diags.HasErrors() {
		return Result{}, v.diags.Sort()
	}
	written, list := write.Output(write.Request{
		Dir: opt.To, Files: files, Generator: client.Generator, Origin: client.Origin(opt.SingleFile), Check: opt.Check, Force: opt.Force,
	})
	v.add(opt.To, list)
	return Result{Changes: written.Changes, Unchanged: written.Unchanged}, v.diags.Sort()
}

type vendor struct {
	opt   VendorOptions
	diags diag.List
}

func (v *vendor) add(dir string, list diag.List) {
	r := &run{}
	r.add(dir, list)
	v.diags = append(v.diags, r.diags...)
}

// importPath is the import path of a folder, as it is given or as its module says.
func (v *vendor) importPath(given, dir, flag string) string {
	if given != "" {
		return given
	}
	found, err := config.ImportPath(dir)
	if err != nil {
		v.diags.Errorf(model.Pos{File: filepath.ToSlash(dir)}, "config-import", "the import path of this folder is not known: %v", err)
		v.diags.Hint("give it with -%s", flag)
	}
	return found
}

// source opens the module that the client is in, or the folder alone where its import path is given.
func (v *vendor) source() (vendoring.Source, func()) {
	src := vendoring.Source{Import: v.opt.FromImport, Dir: "."}
	dir := v.opt.From
	if src.Import == "" {
		importPath := v.importPath("", v.opt.From, "from")
		if v.diags.HasErrors() {
			return src, nil
		}
		abs, err := filepath.Abs(v.opt.From)
		for dir = abs; err == nil && !isModule(dir) && dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		}
		rel, err := filepath.Rel(dir, abs)
		if err != nil {
			rel = "."
		}
		src.Dir = filepath.ToSlash(rel)
		if src.Import = importPath; src.Dir != "." {
			src.Import = path.Clean(importPath[:len(importPath)-len(src.Dir)-1])
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		v.diags.Errorf(model.Pos{File: filepath.ToSlash(v.opt.From)}, "config-vendor", "the folder cannot be opened")
		return src, nil
	}
	src.FS = root.FS()
	return src, func() { root.Close() }
}

func isModule(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil && info.Mode().IsRegular()
}
