package generator

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/emit"
	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/runtime"
	"github.com/pantograph-go/pantograph/generator/internal/slot"
	"github.com/pantograph-go/pantograph/generator/internal/verify"
	"github.com/pantograph-go/pantograph/generator/internal/write"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// lockName is the file of pinned names in the output directory.
const lockName = "names.lock"

// Options say what to run.
type Options struct {
	Config     Config
	Check      bool        // compare only, write nothing
	Force      bool        // overwrite files that were edited by hand or that pantograph never wrote
	Extensions []Extension // take part, in this order

	// FS is where everything is read from in place of the disk: documents, templates, and the output as it was. Paths of
	// the configuration are then relative to its root. Nothing is written: Result.Files is the output.
	FS fs.FS
}

// Run generates one output. It reads below the root directory of the documents, the templates and
// the output directory, and writes to the latter alone, all files or none. Positions in diagnostics
// are relative to the working directory.
func Run(opt Options) (result Result, diags []Diagnostic) {
	defer guard(&diags)
	if opt.FS != nil && opt.Config.Import == "" {
		opt.Config.Import = opt.Config.ImportIn(opt.FS)
	}
	c, list := opt.Config.Complete()
	if list.HasErrors() {
		return Result{}, list
	}
	r := &run{config: c, diags: list, disk: disk{opt.FS}, extensions: opt.Extensions}
	defer func() { result.Inputs = r.inputNames() }()
	r.useless()
	req := write.Request{Dir: c.Out, Generator: release(Version()), Check: opt.Check, Force: opt.Force, Mend: mend(c)}
	if c.RuntimeOnly {
		r.runtimeAlone(&req)
	} else {
		r.client(&req)
	}
	if r.diags.HasErrors() {
		return Result{}, r.diags.Sort()
	}
	if opt.FS != nil {
		return r.inMemory(req)
	}
	written, list := write.Output(req)
	r.add(c.Out, list)
	if opt.Check && req.Lock != nil {
		r.explainLock(req.Lock.Bytes)
	}
	return Result{Changes: written.Changes, Unchanged: written.Unchanged}, r.diags.Sort()
}

// run is one run. Each step stands aside when one before it found errors.
type run struct {
	config *Config
	inputs *inputs
	stated []*rules.Subject // rules that the documents write in CEL
	diags  diag.List

	disk       disk
	extensions []Extension
	templates  *slot.Set    // nil: there are none
	plain      []write.File // that templates and extensions made and that are no Go
	imports    []string     // that extensions ask for
}

// client generates a client, and its runtime if that is part of the output.
func (r *run) client(req *write.Request) {
	api := r.load(r.config.Strict)
	extend(r, func(x Transformer) error { return x.Transform(api) })
	p, lock := r.plan(api)
	extend(r, func(x Planner) error { return x.Plan(p) })
	sources := r.emit(p)
	sources = append(sources, r.additions(p, sources)...)
	if r.diags.HasErrors() {
		return
	}
	rt := r.runtime(func(source *runtime.Tree) ([]string, error) {
		var roots []string
		for _, src := range sources {
			roots = append(roots, runtime.Imported(src.Bytes, r.config.Runtime)...)
		}
		return source.Reach(runtime.Prefix, roots)
	})
	paths := goPaths(p, sources)
	req.Files = r.verify(verify.Request{
		Files: sources, Hand: r.hand(paths, sources), Paths: paths, Own: ownRuntime(r.config.Runtime, !r.config.Inline()), Allowed: r.allowed(r.templates),
	})
	req.Files = append(req.Files, r.plain...)
	if r.config.OwnRuntime() {
		req.Files = append(req.Files, runtimeFiles(rt)...)
	}
	req.Lock = &write.File{Path: lockName, Bytes: lock.Bytes()}
	req.Documents = r.inputs.documents()
}

// runtimeAlone emits the whole runtime.
func (r *run) runtimeAlone(req *write.Request) {
	rt := r.runtime((*runtime.Tree).Packages)
	r.verify(verify.Request{Runtime: byImport(rt, r.config.Runtime)})
	req.Files = runtimeFiles(rt)
}

// plan decides about the Go, with regard to the names that are published.
func (r *run) plan(api *model.API) (*plan.Package, *plan.Lock) {
	if r.diags.HasErrors() {
		return nil, nil
	}
	lock := r.lock()
	if r.diags.HasErrors() {
		return nil, nil
	}
	types := r.types()
	r.formats()
	if r.diags.HasErrors() {
		return nil, nil
	}
	p, list := plan.Build(api, plan.Options{
		Package: r.config.Package, ImportPath: r.config.Import, Runtime: r.config.Runtime,
		Initialisms: r.config.Initialisms, Types: types, Formats: r.config.AssertFormats, UntypedRaw: r.config.UntypedRaw, CheckResponses: r.config.CheckResponses, InlineCodec: r.config.Inline(), Test: r.config.Test, Strict: r.config.Strict, Rules: r.stated,
	}, lock)
	r.add(r.config.Root, list)
	if p != nil {
		for _, format := range p.UnusedFormats {
			r.diags.Warnf(r.config.Pos("types."+format), "config-type-unused", "no value has the format %q in a form that its type can hold", format)
		}
	}
	return p, lock
}

// types reads the Go types that the configuration maps formats to.
func (r *run) types() []plan.TypeMapping {
	var out []plan.TypeMapping
	for _, format := range slices.Sorted(maps.Keys(r.config.Types)) {
		t, err := plan.ParseType(r.config.Types[format])
		if err != nil {
			r.diags.Errorf(r.config.Pos("types."+format), "config-type-unknown", "%v", err)
			continue
		}
		out = append(out, plan.TypeMapping{Format: format, Type: t})
	}
	return out
}

// formats looks for formats to assert that the runtime does not know.
func (r *run) formats() {
	for _, format := range r.config.AssertFormats {
		if known := append(plan.Formats(), plan.AllFormats); !slices.Contains(known, format) {
			r.diags.Errorf(r.config.Pos("assertFormats"), "config-format-unknown", "the format %q cannot be checked; those are: %s", format, strings.Join(known, ", "))
		}
	}
}

// lock reads the published names; none when there is no output yet.
func (r *run) lock() *plan.Lock {
	root, done, err := r.disk.open(r.config.Out)
	if errors.Is(err, fs.ErrNotExist) {
		return plan.NewLock()
	}
	var data []byte
	if err == nil {
		defer done()
		data, err = fs.ReadFile(root, lockName)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return plan.NewLock()
	}
	if err != nil {
		r.diags.Errorf(model.Pos{File: display(r.config.Out, lockName)}, "output-unreadable", "the published names cannot be read")
		return nil
	}
	lock, list := plan.ParseLock(lockName, data)
	r.add(r.config.Out, list)
	return lock
}

// emit prints the plan.
func (r *run) emit(p *plan.Package) []verify.Source {
	if r.diags.HasErrors() {
		return nil
	}
	if r.templates = r.slots(); r.diags.HasErrors() {
		return nil
	}
	files, list := emit.Files(p, r.templates)
	r.diags = append(r.diags, list...)
	var sources []verify.Source
	for _, f := range files {
		if f.Plain {
			r.plain = append(r.plain, write.File{Path: f.Path, Bytes: f.Bytes})
		} else {
			sources = append(sources, sourceOf(f))
		}
	}
	return sources
}

// runtime returns the packages of the runtime that sel selects, with their import paths rewritten.
func (r *run) runtime(sel func(*runtime.Tree) ([]string, error)) []runtime.File {
	source := runtime.NewTree(runtimeSource(!r.config.Inline()))
	packages, err := sel(source)
	var files []runtime.File
	if err == nil {
		files, err = source.Emit(packages, runtime.Prefix, r.config.Runtime)
	}
	if err != nil {
		r.diags.Errorf(model.Pos{}, "internal-runtime", "%v", err)
	}
	return files
}

// hand reads the hand-written files beside the generated ones.
func (r *run) hand(paths map[string]string, sources []verify.Source) []verify.Source {
	planned := make([]string, len(sources))
	for i, src := range sources {
		planned[i] = src.Path
	}
	files, list := r.handWritten(slices.Sorted(maps.Keys(paths)), planned)
	r.add(r.config.Out, list)
	hand := make([]verify.Source, len(files))
	for i, f := range files {
		hand[i] = verify.Source{Path: f.Path, Bytes: f.Bytes}
	}
	return hand
}

// verify proves the files right.
func (r *run) verify(req verify.Request) []write.File {
	if r.diags.HasErrors() {
		return nil
	}
	files, list := verify.Files(req)
	r.suspect(list)
	ours := map[string]bool{} // everything else, such as a template, stands where it stands
	for _, f := range slices.Concat(req.Files, req.Hand) {
		ours[f.Path] = true
	}
	r.relocate(list, func(file string) string {
		if ours[file] {
			return display(r.config.Out, file)
		}
		return file
	})
	out := make([]write.File, len(files))
	for i, f := range files {
		out[i] = write.File{Path: f.Path, Bytes: f.Bytes, Constrained: f.Test}
	}
	return out
}

// add takes over the diagnostics of a stage that names files relative to dir.
func (r *run) add(dir string, list diag.List) {
	r.relocate(list, func(file string) string { return display(dir, file) })
}

// relocate takes over diagnostics with other names of files.
func (r *run) relocate(list diag.List, name func(string) string) {
	for _, d := range list {
		d.Related = slices.Clone(d.Related)
		if d.Pos.File != "" {
			d.Pos.File = name(d.Pos.File)
		}
		for i := range d.Related {
			d.Related[i].File = name(d.Related[i].File)
		}
		r.diags = append(r.diags, d)
	}
}

// display is a file below dir as messages name it.
func display(dir, file string) string { return filepath.ToSlash(filepath.Join(dir, file)) }

// bySource arranges files of the runtime for verification.
func byImport(files []runtime.File, prefix string) map[string][]verify.Source {
	packages := map[string][]verify.Source{}
	for _, f := range files {
		importPath := runtime.ImportPath(path.Dir(f.Path), prefix)
		packages[importPath] = append(packages[importPath], verify.Source{Path: path.Join("rt", f.Path), Bytes: f.Bytes, Origin: verify.Origin{Text: "the runtime"}})
	}
	return packages
}

// ownRuntime is the runtime as verification knows it, in one of its editions.
func ownRuntime(importPath string, unsafe bool) verify.Own {
	return verify.Own{Path: importPath, Types: runtime.Types(unsafe)}
}

// runtimeFiles arranges files of the runtime for writing.
func runtimeFiles(files []runtime.File) []write.File {
	out := make([]write.File, len(files))
	for i, f := range files {
		out[i] = write.File{Path: path.Join("rt", f.Path), Bytes: f.Bytes, Constrained: true}
	}
	return out
}
