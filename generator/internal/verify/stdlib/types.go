package stdlib

import (
	"go/token"
	"go/types"
)

// read returns the type that stands at c by its number.
func (imp *Importer) read(c *cursor) types.Type {
	n := c.number()
	if n == 0 {
		return nil
	}
	if imp.typ[n] == nil {
		imp.typ[n] = imp.make(n, &cursor{imp.data, imp.types.place(imp.data, n)})
	}
	return imp.typ[n]
}

func (imp *Importer) make(n int, c *cursor) types.Type {
	switch c.kind() {
	case Basic:
		return types.Typ[c.number()]
	case Universal:
		return types.Universe.Lookup(c.name()).Type()
	case Object:
		return imp.obj(c.number()).Type()
	case Instance:
		return imp.instance(c)
	case Parameter:
		return imp.parameter(n, c)
	case Pointer:
		return types.NewPointer(imp.read(c))
	case Slice:
		return types.NewSlice(imp.read(c))
	case Array:
		size := int64(c.number())
		return types.NewArray(imp.read(c), size)
	case Map:
		key := imp.read(c)
		return types.NewMap(key, imp.read(c))
	case Channel:
		direction := types.ChanDir(c.number())
		return types.NewChan(direction, imp.read(c))
	case Struct:
		return imp.structure(c)
	case Signature:
		return imp.signature(c)
	case Interface:
		return imp.iface(c)
	default:
		return imp.union(c)
	}
}

func (imp *Importer) instance(c *cursor) types.Type {
	generic := imp.read(c)
	arguments := make([]types.Type, c.number())
	for i := range arguments {
		arguments[i] = imp.read(c)
	}
	t, _ := types.Instantiate(nil, generic, arguments, false) // it was checked where it was declared
	return t
}

// parameter makes a type parameter, which its constraint may name.
func (imp *Importer) parameter(n int, c *cursor) types.Type {
	pkg := imp.pkg(c.number())
	p := types.NewTypeParam(types.NewTypeName(token.NoPos, pkg, c.name(), nil), nil)
	imp.typ[n] = p
	constraint := imp.read(c)
	imp.bounds = append(imp.bounds, func() { p.SetConstraint(constraint) })
	return p
}

func (imp *Importer) parameters(c *cursor) []*types.TypeParam {
	n := c.number()
	if n == 0 {
		return nil
	}
	list := make([]*types.TypeParam, n)
	for i := range list {
		list[i] = imp.read(c).(*types.TypeParam)
	}
	return list
}

func (imp *Importer) structure(c *cursor) types.Type {
	pkg := imp.pkg(c.number())
	n := c.number()
	fields := make([]*types.Var, n)
	var tags []string
	for i := range fields {
		name, flags := c.name(), c.number()
		fields[i] = types.NewField(token.NoPos, pkg, name, imp.read(c), flags&Embedded != 0)
		if flags&Tagged != 0 {
			if tags == nil {
				tags = make([]string, n)
			}
			tags[i] = c.name()
		}
		if flags&Newer != 0 {
			imp.requires(fields[i], c.name())
		}
	}
	return types.NewStruct(fields, tags)
}

func (imp *Importer) signature(c *cursor) *types.Signature {
	parameters := imp.parameters(c)
	pkg := imp.pkg(c.number())
	in := imp.tuple(pkg, c)
	out := imp.tuple(pkg, c)
	return types.NewSignatureType(nil, nil, parameters, in, out, c.number() == 1)
}

// method reads a method of a defined type.
func (imp *Importer) method(of *types.Named, c *cursor) *types.Func {
	name, newer, pointer := c.name(), c.name(), c.number() == 1
	parameters := imp.parameters(c)
	receiver := types.Type(of)
	if len(parameters) > 0 {
		arguments := make([]types.Type, len(parameters))
		for i, p := range parameters {
			arguments[i] = p
		}
		receiver, _ = types.Instantiate(nil, of, arguments, false)
	}
	if pointer {
		receiver = types.NewPointer(receiver)
	}
	pkg := of.Obj().Pkg()
	signature := withReceiver(imp.read(c), types.NewParam(token.NoPos, pkg, "", receiver), parameters)
	method := types.NewFunc(token.NoPos, pkg, name, signature)
	imp.requires(method, newer)
	return method
}

// withReceiver returns a signature of its own for a method: types of functions may be those of several.
func withReceiver(t types.Type, receiver *types.Var, parameters []*types.TypeParam) *types.Signature {
	s := t.(*types.Signature)
	return types.NewSignatureType(receiver, parameters, nil, s.Params(), s.Results(), s.Variadic())
}

func (imp *Importer) tuple(pkg *types.Package, c *cursor) *types.Tuple {
	n := c.number()
	if n == 0 {
		return nil
	}
	vars := make([]*types.Var, n)
	for i := range vars {
		name := c.name()
		vars[i] = types.NewParam(token.NoPos, pkg, name, imp.read(c))
	}
	return types.NewTuple(vars...)
}

func (imp *Importer) iface(c *cursor) types.Type {
	pkg, implicit := imp.pkg(c.number()), c.number() == 1
	methods := make([]*types.Func, c.number())
	for i := range methods {
		name, newer := c.name(), c.name()
		methods[i] = types.NewFunc(token.NoPos, pkg, name, withReceiver(imp.read(c), nil, nil)) // the interface itself
		imp.requires(methods[i], newer)
	}
	embedded := make([]types.Type, c.number())
	for i := range embedded {
		embedded[i] = imp.read(c)
	}
	t := types.NewInterfaceType(methods, embedded)
	if implicit {
		t.MarkImplicit()
	}
	imp.open = append(imp.open, t)
	return t
}

func (imp *Importer) union(c *cursor) types.Type {
	terms := make([]*types.Term, c.number())
	for i := range terms {
		tilde := c.number() == 1
		terms[i] = types.NewTerm(tilde, imp.read(c))
	}
	return types.NewUnion(terms)
}
