package plan

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/model"
)

// callSelf is what rules of an operation are about: the arguments of its method.
type callSelf struct {
	method *Method
	body   bool // the body is what rules take it for
}

// held is a member of an object, and what is known of whether it is there.
type held struct {
	value
	owner *cond // when the object is there
	has   *cond // when the member is, too
	opt   *Code // an optional value, before it is asked for what is in it
}

// there is a member that is always there.
func (l *lowering) there(of value, v value) held {
	v.ok = of.ok
	return held{value: v, owner: of.ok, has: of.ok}
}

// absent is a member that requests do not have.
func (l *lowering) absent(of value) held {
	return held{value: value{code: name("nil"), ok: never}, owner: of.ok, has: never}
}

// member is a member of an object.
func (l *lowering) member(e *rules.Expr) held { return l.memberIn(l.value(e.Args[0]), e.Name, e.Pos) }

func (l *lowering) memberIn(of value, member string, pos model.Pos) held {
	switch {
	case l.bad:
		return l.absent(of)
	case of.whole:
		return l.partOfCall(of, member, pos)
	case of.part != "":
		return l.parameter(of, member, pos)
	case of.kind == rules.Map: // has(map.key)
		return l.entry(of, value{code: literalText(member), ok: always, kind: rules.String, lit: member}, pos)
	case of.of == nil:
		return held{value: l.refuse(pos, "what has the member %s is held as a %s, which has none", member, of.typ), owner: of.ok, has: never}
	}
	for _, f := range of.of.Fields {
		if f.Wire == member && !of.of.Tuple {
			return l.field(of, f, selected(of.code, f.Name))
		}
	}
	return l.absent(of) // read-only: requests have none
}

// field is a field of a struct.
func (l *lowering) field(of value, f *Field, code *Code) held {
	if f.Name == "" { // the codec writes it
		return l.there(of, l.constantValue(f.Codec.Const))
	}
	r := f.repr
	v := l.heldAs(code, r, of.ok)
	maybe := func(is *cond) held {
		if f.Required && f.Type.Kind != Opt && f.Type.Kind != Pointer && r.form != raw { // one that is nil is reported as missing
			return l.there(of, v)
		}
		v.ok = allOf(of.ok, is)
		return held{value: v, owner: of.ok, has: v.ok}
	}
	notNil := func(x *Code) *cond { return guardOf(of.ok, infix("!=", x, name("nil"))) }
	switch {
	case f.File == OneFile:
		v.kind = rules.JSON
		return maybe(guardOf(of.ok, callMethod(code, "IsZero")).opposite())
	case f.File == ManyFiles:
		v.kind = rules.JSON
		return maybe(notNil(code))
	case f.Type.Kind == Opt && f.Type.Elem.Kind == Pointer: // an object that may be null
		v.code, v.typ = callMethod(code, "Or", name("nil")), *f.Type.Elem
		return maybe(notNil(v.code))
	case f.Type.Kind == Opt && (r.form == list || r.form == iface):
		v.code = callMethod(code, "Or", name("nil"))
		return maybe(guardOf(of.ok, callMethod(code, "IsSet")))
	case f.Type.Kind == Opt:
		h := l.optional(of, f.Name, v, code)
		return h
	case f.Type.Kind == Pointer:
		v.typ = f.Type
		return maybe(notNil(code))
	case r.form == list || r.form == iface:
		return maybe(notNil(code))
	case r.form == raw:
		return maybe(guardOf(of.ok, callFunc(l.b.rulePkg(), "Given", code)))
	}
	return l.there(of, v)
}

// optional is a scalar that may be absent. Where its value is not needed, no variable is.
func (l *lowering) optional(of value, hint string, v value, code *Code) held {
	t := l.temp(&temp{
		name: hint, typ: v.typ, call: callMethod(code, "Get"), can: of.ok,
		plain: callMethod(code, "Or", zeroOf(v.kind, v.typ)), plainOK: callMethod(code, "IsSet"),
	})
	out := v
	out.code, out.ok, out.safe = &Code{Op: codeTemp, temp: t}, allOf(of.ok, t.okay()), of.ok
	return held{value: out, owner: of.ok, has: out.ok, opt: code}
}

// zeroOf is the zero value of a kind, in a type.
func zeroOf(kind rules.Kind, t TypeRef) *Code {
	switch kind {
	case rules.Bool:
		return name("false")
	case rules.String:
		return literalText("")
	case rules.Int, rules.Uint, rules.Double, rules.Duration:
		return numeral("0")
	}
	return &Code{Op: CodeList, Type: &t}
}

// constantValue is a value that the document fixes.
func (l *lowering) constantValue(text string) value {
	v := model.Value(text)
	if s, ok := v.Text(); ok {
		return value{code: literalText(s), kind: rules.String, lit: s}
	}
	if text == "true" || text == "false" {
		return value{code: name(text), kind: rules.Bool, lit: text == "true"}
	}
	if n, ok := integer(v); ok {
		return value{code: numeral(n), kind: rules.Int, lit: n}
	}
	return value{code: numeral(text), kind: rules.Double, lit: text}
}

// index is an item of a list, or an entry of a map.
func (l *lowering) index(e *rules.Expr) value {
	of, at := l.value(e.Args[0]), l.value(e.Args[1])
	switch {
	case l.bad:
		return of
	case of.kind == rules.Map:
		return l.entry(of, at, e.Pos).value
	case of.kind != rules.List:
		return l.refuse(e.Pos, "%s is held as a %s, which has no items", called(e.Args[0]), of.typ)
	}
	item := l.item(of, nil)
	if of.code.splits() {
		t := l.temp(&temp{name: "part", typ: item.typ, call: callFunc(l.b.rulePkg(), "Part", of.code.Args[0], of.code.Args[1], unconverted(at, func(v value) *Code { return v.in(basic("int64")) })), can: allOf(of.safely(), at.safely())})
		return t.result(rules.String, allOf(of.ok, at.ok))
	}
	if n, ok := at.lit.(int64); ok && n >= 0 {
		item.code = &Code{Op: CodeIndex, Args: []*Code{of.code, at.code}}
		item.ok = allOf(of.ok, guardOf(of.ok, infix(">", callFunc("", "len", of.code), at.code)))
		return item
	}
	t := l.temp(&temp{name: "item", typ: item.typ, call: callFunc(l.b.rulePkg(), "Get", of.code, at.in(basic("int64"))), can: allOf(of.safely(), at.safely())})
	item.code, item.ok, item.safe = &Code{Op: codeTemp, temp: t}, allOf(of.ok, at.ok, t.okay()), always
	return item
}

// item is one of the items of a list, as code that stands for it.
func (l *lowering) item(of value, code *Code) value {
	if of.elem != nil {
		return l.heldAs(code, *of.elem, always)
	}
	t := basic("string")
	if of.typ.Elem != nil {
		t = *of.typ.Elem
	}
	return value{code: code, ok: always, typ: t, kind: of.item}
}

// entry is the value of a map at a key. One that is null counts as absent.
func (l *lowering) entry(of, key value, pos model.Pos) held {
	if of.elem == nil {
		return held{value: l.refuse(pos, "it is not known what the map holds"), owner: of.ok, has: never}
	}
	item := l.heldAs(nil, *of.elem, always)
	can := allOf(of.ok, key.ok)
	at := &Code{Op: CodeIndex, Args: []*Code{of.code, key.in(basic("string"))}}
	switch {
	case of.elem.typ.Kind == Opt:
		item.code, item.ok = at, allOf(can, guardOf(can, callMethod(at, "IsSet")))
	case of.elem.typ.Kind == Pointer, of.elem.form == list, of.elem.form == iface:
		item.code, item.ok = at, allOf(can, guardOf(can, infix("!=", at, name("nil"))))
	case of.elem.form == raw:
		item.code, item.ok = at, allOf(can, guardOf(can, callFunc(l.b.rulePkg(), "Given", at)))
	default:
		t := l.temp(&temp{name: "entry", typ: item.typ, call: at, can: can})
		item.code, item.ok = &Code{Op: codeTemp, temp: t}, allOf(can, t.okay())
	}
	return held{value: item, owner: can, has: item.ok}
}

// partOfCall is a member of all that a call sends.
func (l *lowering) partOfCall(of value, member string, pos model.Pos) held {
	m := l.call.method
	if member != "body" {
		return l.there(of, value{part: model.In(member), kind: rules.Object})
	}
	r := m.Request
	switch {
	case r == nil:
		return l.absent(of)
	case !l.call.body, r.Kind != BodyJSON && r.Struct == nil:
		return held{value: l.refuse(pos, "the body of %s is written otherwise", m.Name), owner: always, has: never}
	}
	v := l.heldAs(name("req"), r.repr, always)
	if r.Type.Kind == Opt {
		return l.optional(of, "body", v, name("req"))
	}
	if r.Required && !r.NilIsNull() || r.Constant || r.Struct == nil && !r.Nilable {
		return l.there(of, v)
	}
	is := guardOf(always, infix("!=", name("req"), name("nil")))
	v.ok = is
	return held{value: v, owner: always, has: is}
}

// parameter is a parameter of a call.
func (l *lowering) parameter(of value, member string, pos model.Pos) held {
	m := l.call.method
	if of.part == model.InPath {
		i := slices.IndexFunc(m.PathArgs, func(a *PathArg) bool { return a.Wire == member })
		if i < 0 {
			return held{value: l.refuse(pos, "%s is a parameter of the client, not of the call", member), owner: of.ok, has: never}
		}
		return l.there(of, l.heldAs(name(m.PathArgs[i].Name), m.PathArgs[i].repr, always))
	}
	if m.Params != nil {
		for _, p := range m.Params.Fields {
			if p.Wire == member && p.In == of.part {
				return l.field(value{ok: of.ok}, &p.Field, selected(name("params"), p.Name))
			}
		}
	}
	return l.absent(of)
}
