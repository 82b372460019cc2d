package generator

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/slot"
	"github.com/pantograph-go/pantograph/generator/internal/verify"
	"github.com/pantograph-go/pantograph/generator/internal/write"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// Extension takes part in generation. It is a [Transformer], a [Planner] or an [Emitter], or several of them. An error
// ends the run, and nothing is written; one that is a [Problems] is reported where it says. See docs/extensions.md.
type Extension any

// Transformer changes the API before anything is decided about its Go.
type Transformer interface {
	Transform(*model.API) error
}

// Planner changes what is decided about the Go, before it is printed: comments, what is left out. Of names and types it
// is the document that decides, and names.lock.
type Planner interface {
	Plan(*plan.Package) error
}

// Emitter adds files to the output.
type Emitter interface {
	Emit(*plan.Package) ([]File, error)
}

// File is a file that an extension adds. A Go file is formatted, type-checked and audited like ours; it has a package
// clause and imports of its own, and gets the first line of generated code if it has none.
type File struct {
	Path    string   // relative to the output directory, slash-separated
	Content []byte   //
	Imports []string // packages that it imports besides those that generated code may import
}

// Problems are diagnostics as an error, for extensions that know where something is wrong.
type Problems []Diagnostic

// Error lists the diagnostics, a line each.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, d := range p {
		lines[i] = d.String()
	}
	return strings.Join(lines, "\n")
}

// extensionName is what an extension is called in messages: its Go type.
func extensionName(x Extension) string { return strings.TrimPrefix(fmt.Sprintf("%T", x), "*") }

// useless reports extensions that do nothing: none of the interfaces is theirs, mostly since a method is misspelled.
func (r *run) useless() {
	for _, x := range r.extensions {
		switch x.(type) {
		case Transformer, Planner, Emitter:
		default:
			r.diags.Errorf(model.Pos{}, "extension", "%s is no extension: it has none of the methods Transform, Plan and Emit as they have to be", extensionName(x))
		}
	}
}

// extend calls a method of each extension that has it, and reports what it says.
func extend[I any](r *run, call func(I) error) {
	for _, x := range r.extensions {
		if r.diags.HasErrors() {
			return
		}
		if of, ok := x.(I); ok {
			r.extended(x, attempt(func() error { return call(of) }))
		}
	}
}

// attempt turns a panic into an error: it is the extension's, and not ours to explain.
func attempt(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("it panicked: %v", p)
		}
	}()
	return do()
}

// extended reports the error of an extension.
func (r *run) extended(x Extension, err error) {
	var problems Problems
	switch {
	case err == nil:
	case errors.As(err, &problems) && len(problems) > 0:
		r.diags = append(r.diags, problems...)
	default:
		r.diags.Errorf(model.Pos{}, "extension", "the extension %s failed: %v", extensionName(x), err)
	}
}

// additions are the files that extensions add, with their sources where they are Go.
func (r *run) additions(p *plan.Package, taken []verify.Source) []verify.Source {
	var out []verify.Source
	seen := map[string]bool{}
	for _, src := range taken {
		seen[strings.ToLower(src.Path)] = true
	}
	for _, f := range r.plain {
		seen[strings.ToLower(f.Path)] = true
	}
	for _, x := range r.extensions {
		emitter, ok := x.(Emitter)
		if !ok || r.diags.HasErrors() {
			continue
		}
		var files []File
		r.extended(x, attempt(func() (err error) { files, err = emitter.Emit(p); return err }))
		for _, f := range files {
			if key := strings.ToLower(f.Path); seen[key] || strings.HasPrefix(key, "rt/") {
				r.diags.Errorf(model.Pos{}, "extension-file", "%s adds %s, which is there already or is the runtime's", extensionName(x), f.Path)
				continue
			} else {
				seen[key] = true
			}
			r.imports = append(r.imports, f.Imports...)
			if path.Ext(f.Path) != ".go" {
				r.plain = append(r.plain, write.File{Path: f.Path, Bytes: f.Content})
				continue
			}
			out = append(out, verify.Source{Path: f.Path, Bytes: headed(f.Content), Origin: verify.Origin{
				Text: "extension " + extensionName(x), Kind: "extension", Pos: model.Pos{File: "extension " + extensionName(x)},
			}})
		}
	}
	return out
}

// headed puts the first line of generated code in front, where it is missing.
func headed(src []byte) []byte {
	if bytes.HasPrefix(src, []byte(verify.Header)) {
		return src
	}
	return append([]byte(verify.Header+"\n\n"), src...)
}

// allowed are the imports that templates and extensions ask for, besides what our own emitters need.
func (r *run) allowed(templates *slot.Set) []string {
	list := slices.Concat(templates.Imports(), r.imports)
	if !r.config.Inline() {
		list = append(list, "unsafe")
	}
	return list
}

// suspect says of errors in generated code that an extension may be to blame, where one changes the API or the plan.
func (r *run) suspect(list []Diagnostic) {
	for _, x := range r.extensions {
		_, transforms := x.(Transformer)
		_, plans := x.(Planner)
		if !transforms && !plans {
			continue
		}
		for i := range list {
			if strings.HasPrefix(list[i].Code, "internal-output") {
				list[i].Hint = fmt.Sprintf("the extension %s changes what is generated: see whether this goes away without it, before you report it", extensionName(x))
			}
		}
	}
}
