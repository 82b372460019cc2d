package main

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"go/constant"
	"go/types"
	"slices"

	"github.com/pantograph-go/pantograph/generator/internal/verify/stdlib"
)

// writer writes what packages offer: what is exported, and what that consists of.
type writer struct {
	newer map[types.Object]string // what objects require
	below *stdlib.Importer        // has packages that need not be written; nil: there are none

	text  []byte         // of all that lies elsewhere than in the tables
	names map[string]int // places

	packages  []entry
	objects   []entry
	types     []entry
	packageOf map[*types.Package]int
	objectOf  map[types.Object]int
	typeOf    map[types.Type]int
	typeAs    map[string]int         // equal types are one
	sealed    map[*types.Package]set // methods by which interfaces of a package keep others out
	queue     []func()
	generic   bool // a generic type is being written
}

type set map[string]bool

// entry is what a table refers to.
type entry []byte

func newWriter(newer map[types.Object]string, below *stdlib.Importer) *writer {
	return &writer{
		newer: newer, below: below, text: make([]byte, 4), names: map[string]int{}, packageOf: map[*types.Package]int{}, objectOf: map[types.Object]int{},
		typeOf: map[types.Type]int{}, typeAs: map[string]int{}, sealed: map[*types.Package]set{},
	}
}

// write returns the data: the header, the tables, and what they refer to.
func (w *writer) write(goVersion string, packages []*types.Package) []byte {
	own := map[int][]byte{}
	for _, p := range packages {
		scope := p.Scope()
		var list []string
		for _, name := range scope.Names() {
			if scope.Lookup(name).Exported() {
				list = append(list, name)
			}
		}
		data := stdlib.AppendNumber(nil, len(list))
		for _, name := range list { // sorted
			data = binary.LittleEndian.AppendUint32(data, uint32(w.name(name)))
			data = binary.LittleEndian.AppendUint32(data, uint32(w.object(scope.Lookup(name))))
		}
		for len(w.queue) > 0 {
			next := w.queue[0]
			w.queue = w.queue[1:]
			next()
		}
		own[w.pkg(p)] = data
	}
	for i := range w.packages {
		if own[i+1] == nil {
			own[i+1] = stdlib.AppendNumber(nil, 0)
		}
		w.packages[i] = append(w.packages[i], own[i+1]...)
	}
	return w.join(goVersion)
}

// join puts all together.
func (w *writer) join(goVersion string) []byte {
	out := w.text
	binary.LittleEndian.PutUint32(out, uint32(len(out)))
	out = stdlib.AppendText(out, goVersion)
	tables := [][]entry{w.packages, w.objects, w.types}
	place := len(out)
	for _, table := range tables {
		place += len(stdlib.AppendNumber(nil, len(table))) + 4*len(table)
	}
	for _, table := range tables {
		out = stdlib.AppendNumber(out, len(table))
		for _, e := range table {
			out = binary.LittleEndian.AppendUint32(out, uint32(place))
			place += len(e)
		}
	}
	for _, table := range tables {
		for _, e := range table {
			out = append(out, e...)
		}
	}
	return out
}

// name returns the place of a name.
func (w *writer) name(name string) int {
	if name == "" {
		return 0
	}
	place, ok := w.names[name]
	if !ok {
		place = len(w.text)
		w.names[name] = place
		w.text = stdlib.AppendText(w.text, name)
	}
	return place
}

// pkg returns the number of a package.
func (w *writer) pkg(p *types.Package) int {
	if p == nil {
		return 0
	}
	n := w.packageOf[p]
	if n == 0 {
		w.packages = append(w.packages, stdlib.AppendText(stdlib.AppendText(nil, p.Path()), p.Name()))
		n = len(w.packages)
		w.packageOf[p] = n
	}
	return n
}

// numbers appends varints.
func numbers(to []byte, list ...int) []byte {
	for _, n := range list {
		to = stdlib.AppendNumber(to, n)
	}
	return to
}

func bit(set bool) int {
	if set {
		return 1
	}
	return 0
}

// object returns the number of an object. What it consists of is written later, since that may be itself.
func (w *writer) object(obj types.Object) int {
	if n := w.objectOf[obj]; n != 0 {
		return n
	}
	w.objects = append(w.objects, nil)
	n := len(w.objects)
	w.objectOf[obj] = n
	w.queue = append(w.queue, func() {
		head := func(kind byte) []byte {
			return numbers([]byte{kind}, w.pkg(obj.Pkg()), w.name(obj.Name()), w.name(w.newer[obj]))
		}
		if w.below != nil && w.below.Has(obj.Pkg().Path()) {
			w.objects[n-1] = head(stdlib.Elsewhere)
			return
		}
		var e entry
		switch obj := obj.(type) {
		case *types.Const:
			e = w.constant(numbers(head(stdlib.Constant), w.typ(obj.Type())), obj.Val())
		case *types.Var:
			e = numbers(head(stdlib.Variable), w.typ(obj.Type()))
		case *types.Func:
			e = numbers(head(stdlib.Function), w.signature(nil, obj.Signature()))
		case *types.TypeName:
			if alias, ok := obj.Type().(*types.Alias); ok {
				e = numbers(w.parameters(head(stdlib.Alias), alias.TypeParams()), w.typ(alias.Rhs()))
			} else {
				e = w.defined(head(stdlib.Defined), obj.Type().(*types.Named))
			}
		default:
			panic(fmt.Sprintf("%v is exported", obj))
		}
		w.objects[n-1] = e
	})
	return n
}

func (w *writer) constant(e entry, value constant.Value) entry {
	e = numbers(e, int(value.Kind()))
	switch value.Kind() {
	case constant.Bool:
		return numbers(e, bit(constant.BoolVal(value)))
	case constant.String:
		return numbers(e, w.name(constant.StringVal(value)))
	case constant.Int:
		return numbers(e, w.name(value.ExactString()))
	case constant.Float:
		return numbers(e, w.name(constant.Num(value).ExactString()), w.name(constant.Denom(value).ExactString()))
	}
	panic("a constant of this kind is exported: " + value.String())
}

func (w *writer) defined(e entry, t *types.Named) entry {
	w.generic = t.TypeParams().Len() > 0
	e = numbers(w.parameters(e, t.TypeParams()), w.typ(t.Underlying()))
	w.generic = false
	var methods []*types.Func
	for m := range t.Methods() {
		if m.Exported() || w.seals(m.Pkg())[m.Name()] {
			methods = append(methods, m)
		}
	}
	slices.SortFunc(methods, func(a, b *types.Func) int { return cmp.Compare(a.Name(), b.Name()) })
	e = numbers(e, len(methods))
	for _, m := range methods {
		s := m.Signature()
		_, pointer := types.Unalias(s.Recv().Type()).(*types.Pointer)
		e = numbers(e, w.name(m.Name()), w.name(w.newer[m]), bit(pointer))
		e = numbers(w.parameters(e, s.RecvTypeParams()), w.signature(nil, s))
	}
	return e
}

// seals returns the names of methods that interfaces of a package want and do not export. All other methods that are not
// exported mean nothing to other packages.
func (w *writer) seals(p *types.Package) set {
	if found := w.sealed[p]; found != nil {
		return found
	}
	found := set{}
	w.sealed[p] = found
	for _, name := range p.Scope().Names() {
		t, ok := p.Scope().Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		if i, ok := t.Type().Underlying().(*types.Interface); ok {
			for m := range i.ExplicitMethods() {
				if !m.Exported() {
					found[m.Name()] = true
				}
			}
		}
	}
	return found
}
