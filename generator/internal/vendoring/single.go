package vendoring

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/filename"
	"github.com/pantograph-go/pantograph/generator/internal/verify"
	"github.com/pantograph-go/pantograph/generator/internal/verify/stdlib"
	"github.com/pantograph-go/pantograph/generator/internal/write"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Single is the client with its runtime as one file, in a package of its own name, and proven to compile. What nothing
// in the client reaches is left out; what belongs to tests has no place in it.
func (c *Client) Single(to string) ([]write.File, diag.List) {
	var diags diag.List
	m, err := c.merge()
	if err == nil {
		var src []byte
		if src, err = m.file(); err == nil {
			name := filename.SafeGo(m.home().Name())
			diags = verify.Runtime(map[string][]verify.Source{to: {{Path: name, Bytes: src, Origin: verify.Origin{Text: "the merging of packages"}}}})
			return []write.File{{Path: name, Bytes: src}}, diags
		}
	}
	diags.Errorf(model.Pos{File: "."}, "vendor-single", "the client cannot become one file: %v", err)
	return nil, diags
}

// merger makes one package of several.
type merger struct {
	fset    *token.FileSet
	std     *stdlib.Importer
	units   []*unit // dependencies first, the client last
	byPath  map[string]*unit
	keep    map[types.Object]bool        // objects of packages that are reached
	names   map[types.Object]string      // new names of objects of packages
	members map[string]map[string]string // new names of members that are not exported, by package
	taken   map[string]bool              // every identifier there is
	imports map[string]string            // local names of other packages, by path
}

// unit is a package.
type unit struct {
	path  string
	files []*ast.File
	src   map[*ast.File][]byte
	pkg   *types.Package
	info  *types.Info
}

// merge reads all packages and decides what becomes of them.
func (c *Client) merge() (*merger, error) {
	m := &merger{
		fset: token.NewFileSet(), byPath: map[string]*unit{}, keep: map[types.Object]bool{}, names: map[types.Object]string{},
		members: map[string]map[string]string{}, taken: map[string]bool{}, imports: map[string]string{}, std: stdlib.NewImporter(),
	}
	for _, f := range c.rt {
		if err := m.parse(path.Join(c.Runtime, path.Dir(f.Path)), path.Join("rt", f.Path), f.Bytes); err != nil {
			return nil, err
		}
	}
	for _, f := range c.Files {
		switch {
		case !f.isGo(), isTest(f):
		case path.Dir(f.Path) != ".":
			return nil, fmt.Errorf("it has a package of its own in %s", path.Dir(f.Path))
		default:
			if err := m.parse(c.Import, f.Path, f.Bytes); err != nil {
				return nil, err
			}
		}
	}
	if _, err := m.Import(c.Import); err != nil {
		return nil, err
	}
	m.reach()
	m.rename()
	m.renameMembers()
	return m, m.nameImports()
}

func (m *merger) parse(importPath, name string, src []byte) error {
	file, err := parser.ParseFile(m.fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	u := m.byPath[importPath]
	if u == nil {
		u = &unit{path: importPath, src: map[*ast.File][]byte{}}
		m.byPath[importPath] = u
	}
	u.files = append(u.files, file)
	u.src[file] = src
	return nil
}

// Import type-checks a package of ours, or imports one of the standard library. It makes the merger a types.Importer.
func (m *merger) Import(importPath string) (*types.Package, error) {
	u := m.byPath[importPath]
	if u == nil {
		return m.std.Import(importPath)
	}
	if u.pkg != nil {
		return u.pkg, nil
	}
	u.info = &types.Info{Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}
	config := types.Config{GoVersion: verify.GoVersion, Importer: m}
	pkg, err := config.Check(importPath, m.fset, u.files, u.info)
	if err != nil {
		return nil, err
	}
	u.pkg = pkg
	m.units = append(m.units, u)
	for _, f := range u.files {
		ast.Inspect(f, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if _, imported := u.object(id).(*types.PkgName); !imported {
					m.taken[id.Name] = true
				}
			}
			return true
		})
	}
	return pkg, nil
}

// home is the package of the client.
func (m *merger) home() *types.Package { return m.units[len(m.units)-1].pkg }

// object is what an identifier means, without the arguments of types.
func (u *unit) object(id *ast.Ident) types.Object {
	obj := u.info.Uses[id]
	if obj == nil {
		obj = u.info.Defs[id]
	}
	switch o := obj.(type) {
	case *types.Var:
		return o.Origin()
	case *types.Func:
		return o.Origin()
	}
	return obj
}

// global reports whether an object is declared by a package of ours, outside of functions.
func (m *merger) global(obj types.Object) bool {
	return obj != nil && obj.Pkg() != nil && m.byPath[obj.Pkg().Path()] != nil && obj.Parent() == obj.Pkg().Scope()
}

// rename gives the objects of the runtime names that no other identifier has.
func (m *merger) rename() {
	for _, u := range m.units[:len(m.units)-1] {
		scope := u.pkg.Scope()
		for _, name := range scope.Names() {
			obj := scope.Lookup(name)
			if !m.keep[obj] {
				continue
			}
			m.names[obj] = m.fresh(u.pkg.Name() + strings.ToUpper(name[:1]) + name[1:])
		}
	}
}

// fresh is a name that no identifier has, like the given one.
func (m *merger) fresh(name string) string {
	for own, n := name, 2; ; n++ {
		if !m.taken[own] && !token.IsKeyword(own) {
			m.taken[own] = true
			return own
		}
		own = fmt.Sprintf("%s%d", name, n)
	}
}

// renameMembers gives fields and methods that are not exported names of their own where two packages have the same:
// across packages they are different, and in one they would be the same.
func (m *merger) renameMembers() {
	count := map[string]map[string]bool{}
	for _, u := range m.units {
		for id := range u.info.Defs {
			if obj := u.info.Defs[id]; member(obj) && !obj.Exported() && obj.Name() != "_" {
				if count[obj.Name()] == nil {
					count[obj.Name()] = map[string]bool{}
				}
				count[obj.Name()][u.path] = true
			}
		}
	}
	for _, u := range m.units[:len(m.units)-1] {
		own := map[string]string{}
		var names []string
		for name, packages := range count {
			if packages[u.path] && len(packages) > 1 {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		for _, name := range names {
			own[name] = m.fresh(u.pkg.Name() + strings.ToUpper(name[:1]) + name[1:])
		}
		m.members[u.path] = own
	}
}

// member reports whether an object is a field or a method.
func member(obj types.Object) bool {
	switch o := obj.(type) {
	case *types.Var:
		return o.IsField()
	case *types.Func:
		return o.Signature().Recv() != nil
	}
	return false
}

// newName is the name of an object in the merged package.
func (m *merger) newName(obj types.Object) string {
	if name, ok := m.names[obj]; ok {
		return name
	}
	if member(obj) && obj.Pkg() != nil {
		if v, ok := obj.(*types.Var); ok && v.Embedded() { // it is called like its type
			if name, ok := m.names[typeName(v.Type())]; ok {
				return name
			}
		}
		if name, ok := m.members[obj.Pkg().Path()][obj.Name()]; ok && !obj.Exported() {
			return name
		}
	}
	return obj.Name()
}

// typeName is the declaration that an embedded field is called after.
func typeName(t types.Type) types.Object {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	switch t := t.(type) {
	case *types.Alias:
		return t.Origin().Obj()
	case *types.Named:
		return t.Origin().Obj()
	}
	return nil
}

// nameImports chooses one local name for each package of others.
func (m *merger) nameImports() error {
	wanted := map[string]map[string]int{}
	for _, u := range m.units {
		for id, obj := range u.info.Uses {
			if p, ok := obj.(*types.PkgName); ok && m.byPath[p.Imported().Path()] == nil {
				if wanted[p.Imported().Path()] == nil {
					wanted[p.Imported().Path()] = map[string]int{}
				}
				wanted[p.Imported().Path()][id.Name]++
			}
		}
		for _, f := range u.files {
			for _, spec := range f.Imports {
				if spec.Name != nil && spec.Name.Name == "." {
					return errors.New("it has an import with a dot")
				}
			}
		}
	}
	globals := map[string]bool{}
	for _, name := range m.home().Scope().Names() {
		globals[name] = true
	}
	for _, importPath := range slices.Sorted(maps.Keys(wanted)) {
		names := wanted[importPath]
		// One name in all files, which means nothing else anywhere: then it can stay.
		if name := path.Base(importPath); len(names) == 1 && names[name] > 0 && !globals[name] && !m.shares(name, importPath, wanted) {
			m.imports[importPath] = name
			m.taken[name] = true
			continue
		}
		m.imports[importPath] = m.fresh("std" + strings.NewReplacer(".", "", "-", "").Replace(path.Base(importPath)))
	}
	return nil
}

// shares reports whether another package is called by a name too.
func (m *merger) shares(name, importPath string, wanted map[string]map[string]int) bool {
	for other, names := range wanted {
		if other != importPath && names[name] > 0 {
			return true
		}
	}
	return false
}

// file prints the merged package.
func (m *merger) file() ([]byte, error) {
	var body bytes.Buffer
	used := map[string]bool{}
	for i := len(m.units) - 1; i >= 0; i-- { // the client first: it is what people read
		u := m.units[i]
		for _, f := range u.files {
			m.print(&body, u, f, used)
		}
	}
	var b bytes.Buffer
	b.WriteString(verify.Header + "\n\n")
	for _, f := range m.units[len(m.units)-1].files {
		if f.Doc != nil {
			for _, line := range f.Doc.List {
				b.WriteString(line.Text + "\n")
			}
		}
	}
	fmt.Fprintf(&b, "package %s\n\nimport (\n", m.home().Name())
	for _, importPath := range slices.Sorted(maps.Keys(used)) {
		if name := m.imports[importPath]; name != path.Base(importPath) {
			fmt.Fprintf(&b, "\t%s %q\n", name, importPath)
		} else {
			fmt.Fprintf(&b, "\t%q\n", importPath)
		}
	}
	b.WriteString(")\n")
	b.Write(body.Bytes())
	return format.Source(b.Bytes())
}

// print prints the declarations of a file that are reached, under their new names.
func (m *merger) print(b *bytes.Buffer, u *unit, f *ast.File, used map[string]bool) {
	src := u.src[f]
	offset := func(p token.Pos) int { return m.fset.PositionFor(p, false).Offset }
	for _, d := range f.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT || !m.kept(u, d) {
			continue
		}
		start, end := d.Pos(), d.End()
		if doc := docOf(d); doc != nil {
			start = doc.Pos()
		}
		from, to := offset(start), offset(end)
		for to < len(src) && src[to] != '\n' { // a comment behind it
			to++
		}
		edits := m.edits(u, d, used)
		slices.SortFunc(edits, func(a, b edit) int { return cmp.Compare(a.start, b.start) })
		b.WriteByte('\n')
		at := from
		for _, e := range edits {
			start, end := offset(e.start), offset(e.end)
			b.Write(src[at:start])
			b.WriteString(e.text)
			at = end
		}
		b.Write(src[at:to])
		b.WriteByte('\n')
	}
}

func docOf(d ast.Decl) *ast.CommentGroup {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return d.Doc
	case *ast.GenDecl:
		return d.Doc
	}
	return nil
}

// edit replaces a part of a file.
type edit struct {
	start, end token.Pos
	text       string
}

// edits are the new names in a declaration.
func (m *merger) edits(u *unit, d ast.Decl, used map[string]bool) []edit {
	var out []edit
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			id, ok := n.X.(*ast.Ident)
			if !ok {
				return true
			}
			p, ok := u.info.Uses[id].(*types.PkgName)
			if !ok {
				return true
			}
			if importPath := p.Imported().Path(); m.byPath[importPath] == nil {
				used[importPath] = true
				if name := m.imports[importPath]; name != id.Name {
					out = append(out, edit{id.Pos(), id.End(), name})
				}
			} else {
				out = append(out, edit{n.Pos(), n.End(), m.newName(u.object(n.Sel))})
			}
			return false
		case *ast.Ident:
			if obj := u.object(n); obj != nil {
				if name := m.newName(obj); name != n.Name && n.Name != "_" && obj.Name() == n.Name {
					out = append(out, edit{n.Pos(), n.End(), name})
				}
			}
		}
		return true
	})
	return out
}
