// Package vendoring copies generated clients into other places: the client and the parts of its runtime that it
// reaches, under another import path, or all of it as one file.
package vendoring

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/runtime"
	"github.com/pantograph-go/pantograph/generator/internal/verify"
	"github.com/pantograph-go/pantograph/generator/internal/write"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Source is where a client is.
type Source struct {
	FS     fs.FS  // a module, or the folder of the client
	Import string // import path of its root
	Dir    string // of the client in it; "." for the root
}

// Client is a client that was read.
type Client struct {
	Import    string
	Runtime   string // import path
	Generator string // version that wrote it
	Files     []File // of the client itself
	rt        []File // packages of the runtime that it reaches, by their paths below it
	sum       string // of all of it
}

// File is a Go file, or another one that belongs to the output.
type File struct {
	Path  string
	Bytes []byte
}

func (f File) isGo() bool { return strings.HasSuffix(f.Path, ".go") }

// Read reads a client and what it reaches of its runtime. Without tests, its test-support package and examples stay.
func Read(src Source, tests bool) (*Client, diag.List) {
	r := &reader{src: src, c: &Client{Import: path.Join(src.Import, src.Dir)}}
	r.client(tests)
	if !r.diags.HasErrors() {
		r.runtime()
	}
	if r.diags.HasErrors() {
		return nil, r.diags
	}
	return r.c, r.diags
}

type reader struct {
	src   Source
	c     *Client
	diags diag.List
}

func (r *reader) fail(file, code, format string, args ...any) {
	r.diags.Errorf(model.Pos{File: file}, code, format, args...)
}

// client reads what the manifest lists, but for the runtime.
func (r *reader) client(tests bool) {
	dir, err := fs.Sub(r.src.FS, r.src.Dir)
	if err != nil {
		r.fail(".", "vendor-source", "the folder cannot be read")
		return
	}
	if _, err := fs.Stat(dir, write.ManifestName); err != nil {
		r.fail(".", "vendor-source", "there is no %s: this is no output of pantograph", write.ManifestName)
		r.diags.Hint("name the folder that gen has written a client to")
		return
	}
	owned, list := write.ReadOwned(dir)
	if r.diags = append(r.diags, list...); list.HasErrors() {
		return
	}
	for _, name := range owned.Edited {
		r.diags.Warnf(model.Pos{File: name}, "vendor-edited", "this file is not what pantograph has written: it is copied as it is")
	}
	r.c.Generator = owned.Generator
	for _, name := range owned.Files {
		if strings.HasPrefix(name, "rt/") {
			continue
		}
		data, err := fs.ReadFile(dir, name)
		if err != nil {
			r.fail(name, "vendor-source", "the manifest lists this file, and it cannot be read")
			continue
		}
		if f := (File{name, data}); tests || !isTest(f) {
			r.c.Files = append(r.c.Files, f)
		}
	}
	if len(r.c.Files) == 0 {
		r.fail(".", "vendor-source", "there is no client here")
		r.diags.Hint("a folder that holds a runtime alone is copied with each client that needs it")
	}
}

// isTest reports whether a file is of tests, or of the test-support package, whose name ends so.
func isTest(f File) bool {
	return strings.HasSuffix(f.Path, "_test.go") || strings.HasSuffix(path.Dir(f.Path), "test")
}

// runtime finds the runtime by what the client imports, and reads what is reached.
func (r *reader) runtime() {
	for _, f := range r.c.Files {
		if !f.isGo() {
			continue
		}
		for _, imported := range runtime.Imports(f.Bytes) {
			if path.Base(imported) == "rt" && (r.c.Runtime == "" || len(imported) < len(r.c.Runtime)) {
				r.c.Runtime = imported
			}
		}
	}
	at, ok := runtime.Package(r.c.Runtime, r.src.Import)
	if r.c.Runtime == "" || !ok {
		r.fail(".", "vendor-runtime", "the runtime of the client, %q, is not in the module %s", r.c.Runtime, r.src.Import)
		r.diags.Hint("vendor from the module that has both; -from says under which import path the folder is known")
		return
	}
	tree, err := fs.Sub(r.src.FS, at)
	if err != nil {
		r.fail(".", "vendor-runtime", "the runtime cannot be read")
		return
	}
	var roots []string
	for _, f := range r.c.Files {
		if f.isGo() {
			roots = append(roots, runtime.Imported(f.Bytes, r.c.Runtime)...)
		}
	}
	source := runtime.NewTree(tree)
	packages, err := source.Reach(r.c.Runtime, roots)
	var files []runtime.File
	if err == nil {
		files, err = source.Emit(packages, r.c.Runtime, r.c.Runtime)
	}
	if err != nil {
		r.fail(".", "vendor-runtime", "the runtime %s cannot be read: %v", r.c.Runtime, err)
		return
	}
	for _, f := range files {
		r.c.rt = append(r.c.rt, File(f))
	}
	r.c.sum = r.c.hash()
}

// hash names the content that is copied.
func (c *Client) hash() string {
	var b strings.Builder
	for _, f := range slices.Concat(c.Files, c.rt) {
		b.WriteString(f.Path + " " + write.Hash(f.Bytes) + "\n")
	}
	return write.Hash([]byte(b.String()))
}

// Origin says what the copy is of.
func (c *Client) Origin(single bool) *write.Origin {
	return &write.Origin{Import: c.Import, Runtime: c.Runtime, SingleFile: single, SHA256: c.sum}
}

// Copy is the client under another import path, with its runtime below it, and proven to compile.
func (c *Client) Copy(to string) ([]write.File, diag.List) {
	var diags diag.List
	req := verify.Request{Paths: map[string]string{".": to}, Runtime: map[string][]verify.Source{}, Allowed: []string{"unsafe"}}
	var out []write.File
	move := func(name string) string {
		if pkg, ok := runtime.Package(name, c.Runtime); ok {
			return runtime.ImportPath(pkg, path.Join(to, "rt"))
		}
		if pkg, ok := runtime.Package(name, c.Import); ok {
			return runtime.ImportPath(pkg, to)
		}
		return name
	}
	moved := func(f File, name string) File {
		data, err := runtime.RewriteFunc(f.Bytes, move)
		if err != nil {
			diags.Errorf(model.Pos{File: f.Path}, "vendor-source", "this file does not parse")
		}
		return File{name, data}
	}
	for _, f := range c.Files {
		if !f.isGo() {
			out = append(out, write.File{Path: f.Path, Bytes: f.Bytes})
			continue
		}
		f = moved(f, f.Path)
		req.Files = append(req.Files, verify.Source{Path: f.Path, Bytes: f.Bytes, Origin: verify.Origin{Text: "the vendored client"}})
		req.Paths[path.Dir(f.Path)] = path.Join(to, path.Dir(f.Path))
		req.Allowed = append(req.Allowed, runtime.Imports(f.Bytes)...)
	}
	for _, f := range c.rt {
		f = moved(f, path.Join("rt", f.Path))
		importPath := path.Join(to, path.Dir(f.Path))
		req.Runtime[importPath] = append(req.Runtime[importPath], verify.Source{Path: f.Path, Bytes: f.Bytes, Origin: verify.Origin{Text: "the runtime"}})
		out = append(out, write.File{Path: f.Path, Bytes: f.Bytes, Constrained: true})
	}
	if diags.HasErrors() {
		return nil, diags
	}
	files, list := verify.Files(req)
	for _, f := range files {
		out = append(out, write.File{Path: f.Path, Bytes: f.Bytes, Constrained: f.Test})
	}
	return out, list
}
