package rules

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// What the keywords that look at one value, and not at other schemas, ask of a Go value.

// is is that a value has one of the types of a schema.
func (t *typing) is(v known, is model.Type, s *model.Schema) *Expr {
	switch {
	case is == model.TypeNumber && slices.Contains(s.Types, model.TypeInteger) && !slices.Contains(s.Types, is):
		return t.give() // 1.0 is an integer
	case is != "":
		return t.boolean(slices.Contains(s.Types, is) || is == model.TypeInteger && slices.Contains(s.Types, model.TypeNumber))
	case v.schema == nil || t.x.shapes.Of(v.schema).Kind != shape.Union || !t.spend(1):
		return t.give()
	}
	return &Expr{Op: OpIs, Type: &Type{Kind: Bool}, Pos: v.Pos, Types: s.Types, Args: []*Expr{v.Expr}}
}

// among is that a value is one of a list.
func (t *typing) among(v known, is model.Type, r Rule) *Expr {
	var each []*Expr
	for _, value := range r.Values {
		x := decoded(value.Value)
		switch {
		case v.Op == OpLiteral:
			each = append(each, t.boolean(x == v.Value))
			continue
		case is == "" || is == model.TypeArray || is == model.TypeObject || v.Type.Kind == JSON || v.Type.Kind >= Bytes:
			return t.give()
		case is == model.TypeString && v.Type.Kind != String:
			return t.give() // it is held as what the text means
		}
		switch x := x.(type) {
		case string:
			if is == model.TypeString {
				each = append(each, t.call(Bool, "equals_string", v.Expr, literal(String, x)))
			}
		case bool:
			if is == model.TypeBoolean {
				each = append(each, t.call(Bool, "equals_bool", v.Expr, literal(Bool, x)))
			}
		case json.Number:
			if is != model.TypeInteger && is != model.TypeNumber {
				continue
			}
			n, exact := t.number(v, model.Number(x))
			if !exact {
				return t.give()
			}
			each = append(each, t.call(Bool, "equals_"+suffix[v.Type.Kind], v.Expr, n))
		}
	}
	return t.any(each...)
}

// suffix is what the overloads of comparisons call kinds.
var suffix = map[Kind]string{Int: "int64", Uint: "uint64", Double: "double"}

// number is a number as one of the kind of a value, unless it is none.
func (t *typing) number(v known, n model.Number) (*Expr, bool) {
	switch v.Type.Kind {
	case Int:
		i, err := strconv.ParseInt(string(n), 10, 64)
		return literal(Int, i), err == nil
	case Uint:
		i, err := strconv.ParseUint(string(n), 10, 64)
		return literal(Uint, i), err == nil
	case Double:
		f, err := strconv.ParseFloat(string(n), 64)
		return literal(Double, f), err == nil && strconv.FormatFloat(f, 'f', -1, 64) == string(n) && math.Abs(f) < 1<<53
	}
	return nil, false
}

func (t *typing) bound(v known, r Rule) *Expr {
	n, exact := t.number(v, r.Number)
	if !exact {
		return t.give()
	}
	op := map[string]string{"minimum": "greater_equals_", "maximum": "less_equals_", "exclusiveMinimum": "greater_", "exclusiveMaximum": "less_"}[r.Keyword]
	return t.call(Bool, op+suffix[v.Type.Kind], v.Expr, n)
}

func (t *typing) counted(size *Expr, least bool, n int) *Expr {
	switch {
	case !least:
		return t.call(Bool, "less_equals_int64", size, literal(Int, int64(n)))
	case n <= 0:
		return t.boolean(true)
	}
	return t.call(Bool, "greater_equals_int64", size, literal(Int, int64(n)))
}

// asWritten reports whether a string is held as it is written.
func asWritten(v known) bool { return v.Type.Kind == String }

func (t *typing) length(v known, r Rule) *Expr {
	least := r.Keyword == "minLength"
	if s, ok := v.Value.(string); ok && v.Op == OpLiteral {
		n := utf8.RuneCountInString(s)
		return t.boolean(least && n >= r.Count || !least && n <= r.Count)
	}
	if !asWritten(v) {
		return t.give()
	}
	return t.counted(t.call(Int, "size_string", v.Expr), least, r.Count)
}

func (t *typing) matches(v known, pattern string) *Expr {
	expr, err := RE2(pattern)
	if err != nil || !asWritten(v) {
		return t.give()
	}
	if s, ok := v.Value.(string); ok && v.Op == OpLiteral {
		re, _ := Pattern(pattern) // it compiles
		return t.boolean(re.MatchString(s))
	}
	e := t.call(Bool, "matches_string", v.Expr, literal(String, expr))
	e.Pattern = expr
	return e
}

// unique is that no two items are equal: values that == compares, or objects of such.
func (t *typing) unique(v known) *Expr {
	item := known{&Expr{Op: OpVar, Type: v.Type.Elem}, t.x.shapes.Of(v.schema).Items}
	if v.Type.Kind != List || item.schema == nil {
		return t.give()
	}
	if t.x.shapes.Of(item.schema).Nullable { // an Opt is not comparable
		return t.give()
	}
	if t.comparable(item) && item.Type.Kind != JSON {
		return t.call(Bool, "list_is_unique", v.Expr)
	}
	sh := t.x.shapes.Of(item.schema)
	if item.Type.Kind != Object || !sh.Closed || sh.Nullable || !t.spend(len(item.Type.Fields)) || len(item.Type.Fields) == 0 {
		return t.give()
	}
	e := &Expr{Op: OpUnique, Type: &Type{Kind: Bool}, Pos: v.Pos, Name: "item", Args: []*Expr{v.Expr}}
	item.Expr = &Expr{Op: OpVar, Type: item.Type, Pos: v.Pos, Name: e.Name}
	for _, m := range sh.Members {
		if t.Hidden(m.Property) {
			continue
		}
		f := t.field(item, m.Name)
		if f == nil {
			return t.give()
		}
		of := t.member(item, f, m.Name)
		if !t.comparable(of) {
			return t.give()
		}
		has := &Expr{Op: OpHas, Type: &Type{Kind: Bool}, Pos: v.Pos, Name: m.Name, Args: []*Expr{item.Expr}}
		e.Args = append(e.Args, &Expr{Op: OpIf, Type: of.Type, Pos: v.Pos, Args: []*Expr{has, of.Expr}})
	}
	return e
}

// comparable reports whether == compares values as JSON does: those of scalars, or of a union of such.
func (t *typing) comparable(v known) bool {
	switch t.typeOf(v) {
	case model.TypeString:
		return asWritten(v)
	case model.TypeBoolean, model.TypeInteger:
		return v.Type.Kind == Bool || v.Type.Kind == Int || v.Type.Kind == Uint
	case "":
		sh := t.x.shapes.Of(v.schema)
		if sh.Kind != shape.Union || sh.Nullable || sh.Represents != nil {
			return false
		}
		return !slices.ContainsFunc(sh.Variants, func(v *shape.Variant) bool { // texts of a union are held as they are written
			plain := v.Kind == shape.String || v.Kind == shape.Boolean || v.Kind == shape.Integer && v.Format != "decimal"
			return !plain || v.Represents != nil
		})
	}
	return false
}

// items are the keywords about the items of a list.
func (t *typing) items(v known, s *model.Schema, keyword string) *Expr {
	of := t.x.shapes.Of(v.schema).Items
	if v.Type.Kind != List || of == nil || len(s.PrefixItems) > 0 || t.x.shapes.Of(of).Nullable {
		return t.give()
	}
	item := known{&Expr{Op: OpVar, Type: v.Type.Elem}, of}
	if keyword == "items" {
		return t.loop(OpAll, v.Expr, item, func(item known) *Expr { return t.conforms(item, s.Items) })
	}
	holds := func(item known) *Expr { return t.conforms(item, s.Contains) }
	switch {
	case keyword == "maxContains":
		return t.counted(t.loop(OpCount, v.Expr, item, holds), false, *s.MaxContains)
	case s.MinContains == nil || *s.MinContains == 1:
		return t.loop(OpAny, v.Expr, item, holds)
	}
	return t.counted(t.loop(OpCount, v.Expr, item, holds), true, *s.MinContains)
}

// names are the names of members. Those that the type knows are decided here.
func (t *typing) names(v known, s *model.Schema) *Expr {
	var each []*Expr
	keys := JSONKeys
	if v.Type.Kind == Object {
		keys = JSONFurther
		for _, m := range t.x.shapes.Of(v.schema).Members {
			if t.Hidden(m.Property) {
				continue
			}
			name := known{literal(String, m.Name), nil}
			if is := t.conforms(name, s); is.Op != OpLiteral || t.bad {
				return t.give()
			} else if is.Value == false {
				each = append(each, t.not(t.has(v, m.Name)))
			}
		}
	}
	further := t.call(List, keys, v.Expr)
	name := known{&Expr{Op: OpVar, Type: &Type{Kind: String}}, nil}
	return t.all(append(each, t.loop(OpAll, further, name, func(name known) *Expr { return t.conforms(name, s) }))...)
}

// needs is that an object has members. Those that requests lack are not asked for.
func (t *typing) needs(v known, names []string) *Expr {
	var each []*Expr
	for _, name := range names {
		if m := t.x.shapes.Of(v.schema).Member(name); m != nil && t.Hidden(m.Property) {
			continue
		}
		each = append(each, t.has(v, name))
	}
	return t.all(each...)
}

// closed is that an object has no members but those that a schema declares, where its type knows no others.
func (t *typing) closed(v known, s *model.Schema) *Expr {
	sh := t.x.shapes.Of(v.schema)
	if len(s.PatternProperties) > 0 || !sh.Closed || s.Additional.Always == nil {
		return t.give()
	}
	if *s.Additional.Always {
		return t.boolean(true)
	}
	var each []*Expr
	for _, m := range sh.Members {
		if !slices.ContainsFunc(s.Properties, func(p *model.Property) bool { return p.Name == m.Name }) && !t.Hidden(m.Property) {
			each = append(each, t.not(t.has(v, m.Name)))
		}
	}
	return t.all(each...)
}
