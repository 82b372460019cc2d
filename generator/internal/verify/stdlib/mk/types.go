package main

import (
	"fmt"
	"go/types"

	"github.com/pantograph-go/pantograph/generator/internal/verify/stdlib"
)

// typ returns the number of a type.
func (w *writer) typ(t types.Type) int {
	if n := w.typeOf[t]; n != 0 {
		return n
	}
	if p, ok := t.(*types.TypeParam); ok {
		return w.parameter(p)
	}
	e := w.encode(t)
	if i, ok := t.(*types.Interface); ok && i.IsImplicit() { // messages put parameters together that share a constraint
		w.types = append(w.types, e)
		w.typeOf[t] = len(w.types)
	} else {
		w.typeOf[t] = w.entry(e)
	}
	return w.typeOf[t]
}

// entry returns the number of what is written so. Equal types are one.
func (w *writer) entry(e entry) int {
	n := w.typeAs[string(e)]
	if n == 0 {
		w.types = append(w.types, e)
		n = len(w.types)
		w.typeAs[string(e)] = n
	}
	return n
}

// parameter writes a type parameter, which its constraint may name.
func (w *writer) parameter(p *types.TypeParam) int {
	w.types = append(w.types, nil)
	n := len(w.types)
	w.typeOf[p] = n
	w.types[n-1] = numbers([]byte{stdlib.Parameter}, w.pkg(p.Obj().Pkg()), w.name(p.Obj().Name()), w.typ(p.Constraint()))
	return n
}

func (w *writer) parameters(e entry, list *types.TypeParamList) entry {
	e = numbers(e, list.Len())
	for p := range list.TypeParams() {
		e = numbers(e, w.typ(p))
	}
	return e
}

func (w *writer) encode(t types.Type) entry {
	switch t := t.(type) {
	case *types.Basic:
		if types.Typ[t.Kind()] != t {
			return w.universal(t.Name()) // byte and rune
		}
		return numbers([]byte{stdlib.Basic}, int(t.Kind()))
	case *types.Alias:
		return w.declared(t.Obj(), t.Origin(), t.TypeArgs())
	case *types.Named:
		return w.declared(t.Obj(), t.Origin(), t.TypeArgs())
	case *types.Pointer:
		return numbers([]byte{stdlib.Pointer}, w.typ(t.Elem()))
	case *types.Slice:
		return numbers([]byte{stdlib.Slice}, w.typ(t.Elem()))
	case *types.Array:
		return numbers([]byte{stdlib.Array}, int(t.Len()), w.typ(t.Elem()))
	case *types.Map:
		return numbers([]byte{stdlib.Map}, w.typ(t.Key()), w.typ(t.Elem()))
	case *types.Chan:
		return numbers([]byte{stdlib.Channel}, int(t.Dir()), w.typ(t.Elem()))
	case *types.Struct:
		return w.structure(t)
	case *types.Signature:
		return w.function(nil, t)
	case *types.Interface:
		return w.iface(t)
	case *types.Union:
		e := numbers([]byte{stdlib.Union}, t.Len())
		for term := range t.Terms() {
			e = numbers(e, bit(term.Tilde()), w.typ(term.Type()))
		}
		return e
	}
	panic(fmt.Sprintf("%T", t))
}

func (w *writer) universal(name string) entry { return numbers([]byte{stdlib.Universal}, w.name(name)) }

// declared writes a type by its name, and if it is an instance its arguments.
func (w *writer) declared(obj *types.TypeName, origin types.Type, arguments *types.TypeList) entry {
	switch {
	case obj.Pkg() == nil:
		return w.universal(obj.Name())
	case arguments.Len() == 0:
		return numbers([]byte{stdlib.Object}, w.object(obj))
	}
	e := numbers([]byte{stdlib.Instance}, w.typ(origin), arguments.Len())
	for argument := range arguments.Types() {
		e = numbers(e, w.typ(argument))
	}
	return e
}

// structure writes a struct. Of the fields that nobody outside can name one is written for all, with a type of its kind: what
// is left tells the struct from others, and whether it can be compared. Those of generic types say more.
func (w *writer) structure(t *types.Struct) entry {
	var pkg *types.Package
	var fields []byte
	n, hidden := 0, false
	for i := range t.NumFields() {
		f := t.Field(i)
		pkg = f.Pkg()
		typ := f.Type()
		if !w.generic && !f.Exported() && !f.Embedded() {
			if hidden {
				continue
			}
			hidden = true
			if typ = types.Typ[types.Int]; !types.Comparable(t) {
				typ = types.NewSlice(typ)
			}
		}
		n++
		flags := 0
		for is, set := range map[int]bool{stdlib.Embedded: f.Embedded(), stdlib.Tagged: t.Tag(i) != "", stdlib.Newer: w.newer[f] != ""} {
			if set {
				flags |= is
			}
		}
		fields = numbers(fields, w.name(f.Name()), flags, w.typ(typ))
		if flags&stdlib.Tagged != 0 {
			fields = numbers(fields, w.name(t.Tag(i)))
		}
		if flags&stdlib.Newer != 0 {
			fields = numbers(fields, w.name(w.newer[f]))
		}
	}
	return append(numbers([]byte{stdlib.Struct}, w.pkg(pkg), n), fields...)
}

// signature returns the number of a function's type.
func (w *writer) signature(pkg *types.Package, t *types.Signature) int {
	return w.entry(w.function(pkg, t))
}

func (w *writer) function(pkg *types.Package, t *types.Signature) entry {
	e := numbers(w.parameters([]byte{stdlib.Signature}, t.TypeParams()), w.pkg(pkg))
	for _, list := range []*types.Tuple{t.Params(), t.Results()} {
		e = numbers(e, list.Len())
		for v := range list.Variables() {
			e = numbers(e, w.name(v.Name()), w.typ(v.Type()))
		}
	}
	return numbers(e, bit(t.Variadic()))
}

func (w *writer) iface(t *types.Interface) entry {
	if t == types.Universe.Lookup("any").Type().Underlying() {
		return w.universal("any")
	}
	var pkg *types.Package
	var methods []byte
	for m := range t.ExplicitMethods() {
		pkg = m.Pkg()
		methods = numbers(methods, w.name(m.Name()), w.name(w.newer[m]), w.signature(pkg, m.Signature()))
	}
	e := numbers([]byte{stdlib.Interface}, w.pkg(pkg), bit(t.IsImplicit()), t.NumExplicitMethods())
	e = numbers(append(e, methods...), t.NumEmbeddeds())
	for embedded := range t.EmbeddedTypes() {
		e = numbers(e, w.typ(embedded))
	}
	return e
}
