package verify

import (
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/scanner"
	"go/token"
	"path"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/verify/stdlib"
)

// session is one verification.
type session struct {
	fset         *token.FileSet
	std          *stdlib.Importer
	own          *stdlib.Importer // of our runtime; nil: it is not in use
	sizes        sizes
	units        []*unit            // sorted by import path
	byPath       map[string]*unit   // index of units
	wanted       map[string]*wanted // what files name of packages that are no units, by import path
	allowed      []string
	bodies       bool // check function bodies of the runtime too
	declarations bool // check declarations alone, and audit nothing
	diags        diag.List

	internals int // errors in generated code so far
}

// unit is a package made of sources.
type unit struct {
	path    string
	runtime bool
	files   []*file // generated, or the runtime's
	hand    []*file // hand-written
	pkg     checked
}

// file is a source file with its syntax tree.
type file struct {
	Source
	syntax  *ast.File
	hand    bool
	outline []byte // what is looked at of a file of the runtime, unless that is all
	test    bool   // generated, and of an external test package
}

func newSession(req Request) (*session, error) {
	fset := token.NewFileSet()
	s := &session{fset: fset, std: stdlib.NewImporter(), sizes: newSizes(), byPath: make(map[string]*unit), wanted: make(map[string]*wanted), allowed: req.Allowed}
	if req.Own.Path != "" {
		s.own = s.std.Above(req.Own.Types, req.Own.Path)
	}
	for importPath, sources := range req.Runtime {
		u := s.unit(importPath)
		u.runtime = true
		for _, src := range sources {
			if buildable(src) {
				u.files = append(u.files, &file{Source: src})
			}
		}
	}
	for _, src := range req.Files {
		importPath, ok := req.Paths[path.Dir(src.Path)]
		if !ok {
			return nil, fmt.Errorf("%s: no import path is given for its directory", src.Path)
		}
		u := s.unit(importPath)
		u.files = append(u.files, &file{Source: src})
	}
	for _, src := range req.Hand {
		if u := s.byPath[req.Paths[path.Dir(src.Path)]]; u != nil && buildable(src) {
			u.hand = append(u.hand, &file{Source: src, hand: true})
		}
	}
	slices.SortFunc(s.units, func(a, b *unit) int { return cmp.Compare(a.path, b.path) })
	for _, u := range s.units {
		byName := func(a, b *file) int { return cmp.Compare(a.Path, b.Path) }
		slices.SortFunc(u.files, byName)
		slices.SortFunc(u.hand, byName)
	}
	return s, nil
}

// unit returns the unit at an import path, made on first use.
func (s *session) unit(importPath string) *unit {
	if u := s.byPath[importPath]; u != nil {
		return u
	}
	u := &unit{path: importPath}
	s.byPath[importPath] = u
	s.units = append(s.units, u)
	return u
}

// generated returns all generated files, sorted by path.
func (s *session) generated() []*file {
	var files []*file
	for _, u := range s.units {
		if !u.runtime {
			files = append(files, u.files...)
		}
	}
	slices.SortFunc(files, func(a, b *file) int { return cmp.Compare(a.Path, b.Path) })
	return files
}

// parse fills in the syntax trees. A hand-written file that does not parse takes no further part.
func (s *session) parse() {
	defer s.separateTests()
	for _, u := range s.units {
		if u.runtime && !s.bodies {
			outlines(u.files)
		}
		for _, f := range u.files {
			s.parseFile(u, f)
		}
		u.hand = slices.DeleteFunc(u.hand, func(f *file) bool {
			s.parseFile(u, f)
			return f.syntax == nil
		})
	}
}

// separateTests moves generated files of external test packages, such as examples, to units of their
// own.
func (s *session) separateTests() {
	for _, u := range slices.Clone(s.units) {
		if u.runtime {
			continue
		}
		var tests []*file
		u.files = slices.DeleteFunc(u.files, func(f *file) bool {
			f.test = f.syntax != nil && strings.HasSuffix(f.Path, "_test.go") && strings.HasSuffix(f.syntax.Name.Name, "_test")
			if f.test {
				tests = append(tests, f)
			}
			return f.test
		})
		if len(tests) > 0 {
			s.unit(u.path + "_test").files = tests
		}
	}
}

func (s *session) parseFile(u *unit, f *file) {
	mode, source := parser.SkipObjectResolution|parser.ParseComments, f.Bytes
	if u.runtime {
		mode = parser.SkipObjectResolution
	}
	if f.outline != nil {
		source = f.outline
	}
	syntax, err := parser.ParseFile(s.fset, f.Path, source, mode)
	if err == nil {
		f.syntax = syntax
		s.want(syntax, source)
		if f.hand {
			// What language it may use is a matter of the user's module, not of ours.
			syntax.GoVersion = newest()
		} else {
			ast.SortImports(s.fset, syntax)
		}
		return
	}
	var list scanner.ErrorList
	if errors.As(err, &list) {
		list.RemoveMultiples()
		for _, e := range list {
			s.syntaxError(f, e)
		}
		return
	}
	s.diags = append(s.diags, broken(err)...)
}

// newest is the language version of the Go release that built us.
func newest() string {
	tags := build.Default.ReleaseTags
	return tags[len(tags)-1]
}
