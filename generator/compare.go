package generator

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/cli"
	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/diff"
	"github.com/pantograph-go/pantograph/generator/internal/gitfs"
	"github.com/pantograph-go/pantograph/generator/internal/source"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// Two versions are compared as the clients that are made of them: the new one with the names that the old one has published,
// as when a client is generated again. Nothing is written.

// compare compares two documents, which may be those of a git revision, or two outputs.
func compare(old, now string, opt cli.Comparison) (report *diff.Report, diags diag.List) {
	defer guard((*[]Diagnostic)(&diags))
	report = &diff.Report{Old: diff.Version{Name: old}, New: diff.Version{Name: now}}
	if isDir(old) && isDir(now) {
		a, list := outputAt(old, &report.Old)
		b, more := outputAt(now, &report.New)
		if diags = append(list, more...); diags.HasErrors() {
			return nil, diags.Sort()
		}
		report.Go = diff.Go(a, b)
		report.Judge()
		return report, diags.Sort()
	}
	before, after := sideOf(old, opt), sideOf(now, opt)
	lock := before.published(opt.Lock)
	a := before.client(lock, &report.Old)
	// What the old version publishes is what the new one finds.
	lock = after.parsed("names.lock", lock.Bytes())
	b := after.client(lock, &report.New)
	for _, d := range before.diags {
		if d.Severity == diag.Error { // how else it is written is no news
			diags = append(diags, d)
		}
	}
	for _, d := range after.diags {
		if d.Severity == diag.Error || strings.HasPrefix(d.Code, "rename-") || d.Code == "name-moved" {
			diags = append(diags, d)
		}
	}
	if diags.HasErrors() {
		return nil, diags.Sort()
	}
	report.Documents = true
	report.Changes = diff.Documents(before.api, after.api)
	for _, c := range report.Changes {
		if c.Old != nil {
			c.Old.File = before.display(c.Old.File)
		}
		if c.New != nil {
			c.New.File = after.display(c.New.File)
		}
	}
	report.Go = diff.Go(a, b)
	report.Judge()
	return report, diags.Sort()
}

func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// side is one document on its way to a client.
type side struct {
	name     string // what the user called it
	prefix   string // of files in messages
	revision string
	dir      string
	base     string
	opt      cli.Comparison
	run
	api *model.API
}

// sideOf says where a document is: in the tree, or in a revision.
func sideOf(name string, opt cli.Comparison) *side {
	s := &side{name: name, opt: opt}
	s.config = &Config{Package: "client", Import: "example.invalid/client", Runtime: "example.invalid/client/rt", Test: true}
	if revision, file, ok := gitfs.Split(name); ok && !isFile(name) {
		s.revision, s.dir, s.base = revision, path.Dir(file), path.Base(file)
		if opt.Root != "" {
			s.below(filepath.FromSlash(file))
			s.dir = filepath.ToSlash(s.dir)
		}
		s.prefix = revision + ":" + s.dir
	} else {
		s.dir, s.base = filepath.Dir(name), filepath.Base(name)
		if opt.Root != "" {
			s.below(name)
		}
		s.prefix = filepath.ToSlash(s.dir)
	}
	return s
}

// below takes the directory outside of which no document is read from the command line. A document that does not lie in it
// is not found.
func (s *side) below(file string) {
	s.dir = filepath.Clean(s.opt.Root)
	rel, err := filepath.Rel(s.dir, file)
	if err != nil || !filepath.IsLocal(rel) {
		s.diags.Errorf(model.Pos{File: s.name}, "file-not-read", "the document does not lie in the root %s", filepath.ToSlash(s.opt.Root))
		s.diags.Hint("give -root a directory that holds both documents; that of a revision is found from the root of the repository")
		return
	}
	s.base = filepath.ToSlash(rel)
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// display is the name of a file of this side in messages.
func (s *side) display(file string) string {
	if s.revision != "" {
		return s.revision + ":" + path.Join(s.dir, file)
	}
	return display(s.prefix, file)
}

func (s *side) take(list diag.List) { s.relocate(list, s.display) }

// published reads the names that the old version is published with; none when no lock is given.
func (s *side) published(file string) *plan.Lock {
	if file == "" {
		return plan.NewLock()
	}
	data, err := os.ReadFile(file)
	if err != nil {
		s.diags.Errorf(model.Pos{File: file}, "file-not-read", "the published names cannot be read")
		return plan.NewLock()
	}
	return s.parsed(file, data)
}

func (s *side) parsed(file string, data []byte) *plan.Lock {
	lock, list := plan.ParseLock(file, data)
	s.diags = append(s.diags, list...)
	return lock
}

// client makes the client, as far as programs see it.
func (s *side) client(lock *plan.Lock, version *diff.Version) (out diff.Packages) {
	if s.diags.HasErrors() {
		return out
	}
	if s.load(); s.diags.HasErrors() {
		return out
	}
	if d := s.api.Documents; len(d) > 0 {
		version.Title, version.Version = d[0].Title, d[0].Version
	}
	p := s.planned(lock)
	if p == nil {
		return out
	}
	sources := s.emit(p)
	return s.packages(goPaths(p, sources), sources)
}

// planned plans the client.
func (s *side) planned(lock *plan.Lock) *plan.Package {
	p, list := plan.Build(s.api, plan.Options{Package: s.config.Package, ImportPath: s.config.Import, Runtime: s.config.Runtime, Test: true, Rules: s.stated}, lock)
	s.take(list)
	return p
}

// load reads the document.
func (s *side) load() {
	req := source.Request{Specs: []string{s.base}, Selection: source.Selection{Include: s.opt.Include, Exclude: s.opt.Exclude}}
	if s.revision != "" {
		req.FS = gitfs.New(s.revision, s.dir)
		if s.dir != "." {
			req.Above, req.Folder = gitfs.New(s.revision, path.Dir(s.dir)), path.Base(s.dir)
		}
	} else {
		root, err := os.OpenRoot(s.dir)
		if err != nil {
			s.diags.Errorf(model.Pos{File: s.name}, "file-not-read", "the file does not exist")
			return
		}
		defer root.Close()
		req.FS = root.FS()
		if full, err := filepath.Abs(s.dir); err == nil && filepath.Dir(full) != full {
			if above, err := os.OpenRoot(filepath.Dir(full)); err == nil {
				defer above.Close()
				req.Above, req.Folder = above.FS(), filepath.Base(full)
			}
		}
	}
	api, list := source.Load(req)
	s.take(list)
	if s.api = api; api != nil {
		s.config.Root = s.prefix
		s.stated = s.rules(api, false)
	}
}
