package stdlib

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"iter"
	"slices"
	"strings"
)

// Importer imports embedded packages. What it makes of them grows with what it is asked for, so that no file is looked at
// that uses them while it is asked; it is not safe for concurrent use.
type Importer struct {
	data                     string
	below                    *Importer // has the packages that the data names and does not hold
	home                     string    // the import path of a runtime
	goVersion                string
	packages, objects, types table

	known   map[string]int // numbers of packages by path
	made    []*types.Package
	whole   map[int]bool // packages with all their names
	object  []types.Object
	typ     []types.Type
	newer   map[types.Object]string
	pending []func()           // what defined types consist of, which may be themselves
	bounds  []func()           // constraints, which must consist of all they do
	open    []*types.Interface // likewise
}

// NewImporter returns an importer.
func NewImporter() *Importer { return Read(api) }

// Read returns an importer of what mk wrote of standard packages.
func Read(data string) *Importer { return read(data, nil, "") }

// Home is the import path that mk gives to a runtime.
const Home = "rt"

// Above returns an importer of what mk wrote of a runtime whose import path is home. Its standard packages are those of imp.
func (imp *Importer) Above(data, home string) *Importer { return read(data, imp, home) }

func read(data string, below *Importer, home string) *Importer {
	c := cursor{data, fixed(data, 0)}
	imp := &Importer{data: data, below: below, home: home, known: make(map[string]int), whole: make(map[int]bool), newer: make(map[types.Object]string)}
	imp.goVersion = c.text()
	imp.packages, imp.objects, imp.types = c.table(), c.table(), c.table()
	imp.made = make([]*types.Package, imp.packages.size+1)
	imp.object = make([]types.Object, imp.objects.size+1)
	imp.typ = make([]types.Type, imp.types.size+1)
	for n := range imp.packages.size {
		there := cursor{data, imp.packages.place(data, n+1)}
		imp.known[imp.moved(there.text())] = n + 1
	}
	return imp
}

// moved is the import path of a package that the data calls by another.
func (imp *Importer) moved(path string) string {
	if rest, ok := strings.CutPrefix(path, Home); ok && imp.below != nil && (rest == "" || rest[0] == '/') {
		return imp.home + rest
	}
	return path
}

// GoVersion is the version that [Importer.Newer] knows newer things than.
func (imp *Importer) GoVersion() string { return imp.goVersion }

// Newer says what an object requires that is newer than [Importer.GoVersion]: "errors.AsType requires go1.26 or later". Of
// others it says nothing.
func (imp *Importer) Newer(object types.Object) string { return imp.newer[object] }

// Has reports whether the package at path can be imported.
func (imp *Importer) Has(path string) bool { return path == "unsafe" || imp.number(path) != 0 }

// Name returns the name of the package at path, if it can be imported.
func (imp *Importer) Name(path string) string {
	if n := imp.number(path); n != 0 {
		return imp.pkg(n).Name()
	}
	return ""
}

// number is that of a package that can be imported, or 0.
func (imp *Importer) number(path string) int {
	if n := imp.known[path]; n != 0 && names(imp.data, imp.packages.place(imp.data, n)).size > 0 {
		return n
	}
	return 0
}

// Import returns the package at path with all its names.
func (imp *Importer) Import(path string) (*types.Package, error) {
	pkg, list, err := imp.start(path)
	if err != nil || pkg == types.Unsafe || imp.whole[imp.known[path]] {
		return pkg, err
	}
	for i := range list.size {
		imp.add(pkg, list.object(imp.data, i))
	}
	imp.whole[imp.known[path]] = true
	return pkg, nil
}

// Take returns the package at path with some of its names at least.
func (imp *Importer) Take(path string, wanted iter.Seq[string]) (*types.Package, error) {
	pkg, list, err := imp.start(path)
	if err != nil || pkg == types.Unsafe {
		return pkg, err
	}
	for name := range wanted {
		if n := list.find(imp.data, name); n != 0 {
			imp.add(pkg, n)
		}
	}
	return pkg, nil
}

func (imp *Importer) start(path string) (*types.Package, nameList, error) {
	if path == "unsafe" {
		return types.Unsafe, nameList{}, nil
	}
	n := imp.number(path)
	if n == 0 {
		return nil, nameList{}, fmt.Errorf("package %s is not a standard package that generated code may import", path)
	}
	pkg := imp.pkg(n)
	pkg.MarkComplete()
	return pkg, names(imp.data, imp.packages.place(imp.data, n)), nil
}

// add puts an object into the scope of its package, with all that it consists of.
func (imp *Importer) add(pkg *types.Package, n int) {
	pkg.Scope().Insert(imp.obj(n))
	for len(imp.pending) > 0 {
		next := imp.pending[len(imp.pending)-1]
		imp.pending = imp.pending[:len(imp.pending)-1]
		next()
	}
	for _, bind := range imp.bounds {
		bind()
	}
	imp.bounds = imp.bounds[:0]
	for _, open := range imp.open {
		open.Complete()
	}
	imp.open = imp.open[:0]
}

func (imp *Importer) pkg(n int) *types.Package {
	if n == 0 {
		return nil
	}
	if imp.made[n] == nil {
		c := cursor{imp.data, imp.packages.place(imp.data, n)}
		path := c.text()
		if imp.below != nil && imp.below.Has(path) {
			imp.made[n] = imp.below.pkg(imp.below.number(path))
		} else {
			imp.made[n] = types.NewPackage(imp.moved(path), c.text())
		}
	}
	return imp.made[n]
}

// nameList is the names of a package.
type nameList struct{ at, size int }

func names(data string, place int) nameList {
	c := cursor{data, place}
	c.text()
	c.text()
	size := c.number()
	return nameList{c.at, size}
}

func (l nameList) object(data string, i int) int { return fixed(data, l.at+8*i+4) }

// find returns the object of a name, or 0.
func (l nameList) find(data, name string) int {
	low, high := 0, l.size
	for low < high {
		middle := (low + high) / 2
		switch strings.Compare(nameAt(data, fixed(data, l.at+8*middle)), name) {
		case 0:
			return l.object(data, middle)
		case -1:
			low = middle + 1
		default:
			high = middle
		}
	}
	return 0
}

// obj returns object number n.
func (imp *Importer) obj(n int) types.Object {
	if obj := imp.object[n]; obj != nil {
		return obj
	}
	c := &cursor{imp.data, imp.objects.place(imp.data, n)}
	kind := c.kind()
	pkg, name, newer := imp.pkg(c.number()), c.name(), c.name()
	var obj types.Object
	switch kind {
	case Elsewhere:
		obj = imp.below.named(pkg.Path(), name)
	case Constant:
		t := imp.read(c)
		obj = types.NewConst(token.NoPos, pkg, name, t, c.constant())
	case Variable:
		obj = types.NewVar(token.NoPos, pkg, name, imp.read(c))
	case Function:
		obj = types.NewFunc(token.NoPos, pkg, name, imp.read(c).(*types.Signature))
	case Alias:
		alias := types.NewTypeName(token.NoPos, pkg, name, nil)
		imp.object[n] = alias
		parameters := imp.parameters(c)
		types.NewAlias(alias, imp.read(c)).SetTypeParams(parameters)
		obj = alias
	default:
		obj = imp.defined(n, pkg, name, c)
	}
	imp.object[n] = obj
	imp.requires(obj, newer)
	return obj
}

// named returns an object that there is.
func (imp *Importer) named(path, name string) types.Object {
	pkg, _ := imp.Take(path, slices.Values([]string{name})) // mk has seen it
	return pkg.Scope().Lookup(name)
}

// requires notes what an object requires.
func (imp *Importer) requires(obj types.Object, newer string) {
	if newer != "" {
		imp.newer[obj] = newer
	}
}

// defined makes a defined type; what it consists of comes later.
func (imp *Importer) defined(n int, pkg *types.Package, name string, c *cursor) types.Object {
	obj := types.NewTypeName(token.NoPos, pkg, name, nil)
	imp.object[n] = obj
	named := types.NewNamed(obj, nil, nil)
	if parameters := imp.parameters(c); len(parameters) > 0 {
		named.SetTypeParams(parameters)
	}
	imp.pending = append(imp.pending, func() {
		named.SetUnderlying(imp.read(c).Underlying())
		for range c.number() {
			named.AddMethod(imp.method(named, c))
		}
	})
	return obj
}

func (c *cursor) constant() constant.Value {
	kind := constant.Kind(c.number())
	number := func() constant.Value {
		digits, negative := strings.CutPrefix(c.name(), "-")
		n := constant.MakeFromLiteral(digits, token.INT, 0)
		if negative {
			return constant.UnaryOp(token.SUB, n, 0)
		}
		return n
	}
	switch kind {
	case constant.Bool:
		return constant.MakeBool(c.number() == 1)
	case constant.String:
		return constant.MakeString(c.name())
	case constant.Int:
		return number()
	}
	value := number()
	return constant.BinaryOp(constant.ToFloat(value), token.QUO, constant.ToFloat(number()))
}
