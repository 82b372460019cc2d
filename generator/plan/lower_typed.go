package plan

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// What only keywords ask of typed values: which variant of a union there is, names of members, and one of several things.

// names are the names of the members of a map; of an object, those that its type does not know. Without code there are none.
func (l *lowering) names(e *rules.Expr) value {
	of := l.value(e.Args[0])
	switch {
	case l.bad:
	case of.kind == rules.Map:
		return value{code: of.code, ok: of.ok, kind: rules.Map}
	case of.of == nil || of.of.Tuple:
		return l.refuse(e.Pos, "%s is held as a %s, which has no members", called(e.Args[0]), of.typ)
	case of.of.Additional == nil:
		return value{ok: of.ok, kind: rules.Map}
	}
	return value{code: selected(of.code, of.of.Additional.Name), ok: of.ok, kind: rules.Map}
}

// areNames reports whether an expression is the names of members.
func areNames(e *rules.Expr) bool {
	return e.Op == rules.OpCall && (e.Name == rules.JSONKeys || e.Name == rules.JSONFurther)
}

// exactlyOne is whether one of several conditions holds, and no other does.
func (l *lowering) exactlyOne(e *rules.Expr) (ok, is *cond) {
	f := callFunc(l.b.rulePkg(), "ExactlyOne")
	ok = always
	for _, arg := range e.Args {
		v := l.boolean(arg)
		ok = allOf(ok, l.decided(arg))
		f.Args = append(f.Args, v.code)
	}
	if l.bad {
		return never, never
	}
	return ok, atom(f)
}

// isVariant is whether the value of a union is of one of several types.
func (l *lowering) isVariant(e *rules.Expr, want bool) *cond {
	v := l.value(e.Args[0])
	if l.bad {
		return never
	}
	if v.union == nil {
		l.refuse(e.Pos, "%s is held as a %s", called(e.Args[0]), v.typ)
		return never
	}
	var any []*cond
	found := map[model.Type]bool{}
	for i, is := range v.union.shape.Variants {
		t := variantType(is)
		if !slices.Contains(e.Types, t) && !(t == model.TypeInteger && slices.Contains(e.Types, model.TypeNumber)) {
			continue
		}
		found[t] = true
		any = append(any, l.asserted(v, v.union.Variants[i]).okay())
	}
	for _, t := range e.Types {
		if !found[t] { // a value that is no variant may be of that type
			l.refuse(e.Pos, "%s is held as a %s, of which none is a %s", called(e.Args[0]), v.typ, t)
			return never
		}
	}
	return allOf(v.ok, anyOne(any...).as(want))
}

// variantType is the JSON type of a variant.
func variantType(v *shape.Variant) model.Type {
	switch v.Kind {
	case shape.Object, shape.Map:
		return model.TypeObject
	case shape.List, shape.Tuple:
		return model.TypeArray
	}
	return model.Type(v.Kind)
}

// asserted is the value of a union as one of its variants.
func (l *lowering) asserted(v value, as *Variant) *temp {
	t := as.Type
	if t.Kind == Pointer {
		t = *t.Elem
	}
	return l.temp(&temp{name: t.Name, typ: as.Type, call: &Code{Op: CodeAssert, Type: &as.Type, Args: []*Code{v.code}}, can: v.safely()})
}

// equalVariants is whether two values of a union are equal, all variants of which are comparable.
func (l *lowering) equalVariants(a, b value) *cond {
	var any []*cond
	for _, v := range a.union.Variants {
		x, y := l.asserted(a, v), l.asserted(b, v)
		same := comparison(infix("==", &Code{Op: codeTemp, temp: x}, &Code{Op: codeTemp, temp: y}))
		any = append(any, allOf(x.okay(), y.okay(), same))
	}
	return anyOne(any...)
}
