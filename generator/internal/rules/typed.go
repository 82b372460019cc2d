package rules

import (
	"slices"
	"strconv"

	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// What a keyword asks of a value as it is written can often be asked of the value itself, as a typed rule would: of a map
// whose names match a pattern, that all its keys do. Then no one has to write the value to judge it. This file says so where
// it is exactly the same; where it is not, or would take many tests, it gives up.

// JSONFurther are the names of the members that an object has beside those that its type knows. Typed conditions alone use it.
const JSONFurther = "json_further"

// Part is a part of what a keyword asks: all of them together say it.
type Part struct {
	Path []string // members that lead to what it is about
	Cond *Expr
}

// maxTests is how many tests a keyword may come to.
const maxTests = 16

// Reading is how schemas are taken where values are judged.
type Reading struct {
	Asserts func(format string) bool           // the formats that are asserted
	Overlap func(members []*model.Schema) bool // a oneOf of which it is enough to be one
	Hidden  func(p *model.Property) bool       // members that no value has
}

// Typed is what a keyword of a schema asks of a value of type s, which conforms to its type.
func (x *Types) Typed(r Rule, by, s *model.Schema, reading Reading) ([]Part, bool) {
	t := &typing{x: x, Reading: reading, left: maxTests}
	self := known{&Expr{Op: OpSelf, Type: x.Of(s), Pos: r.Pos}, s}
	parts := t.parts(self, by, r)
	return parts, !t.bad
}

// typing is the state of one keyword becoming a typed condition.
type typing struct {
	Reading
	x     *Types
	left  int // how many more tests there may be
	depth int // of schemas one within the other
	loops int
	bad   bool
}

// known is a value, and the schema that says its type; nil for the name of a member.
type known struct {
	*Expr
	schema *model.Schema
}

// give gives up.
func (t *typing) give() *Expr {
	t.bad = true
	return &Expr{Op: OpLiteral, Type: &Type{Kind: Bool}, Value: true}
}

// spend counts tests.
func (t *typing) spend(n int) bool {
	t.left -= n
	return t.left >= 0 && !t.bad
}

// parts splits what is asked of several members, so that each is told at its place.
func (t *typing) parts(v known, by *model.Schema, r Rule) []Part {
	var branch *model.Schema
	var unless *Expr
	switch {
	case r.Keyword == "if" && (by.Then == nil) != (by.Else == nil):
		branch, unless = by.Then, t.not(t.conforms(v, by.If))
		if branch == nil {
			branch, unless = by.Else, t.not(unless)
		}
	case r.Keyword == "dependentSchemas":
		i := slices.IndexFunc(by.DependentSchemas, func(d *model.DependentSchema) bool { return d.Name == r.Where })
		branch, unless = by.DependentSchemas[i].Schema, t.not(t.has(v, r.Where))
	default:
		return []Part{{Cond: t.asks(v, by, r)}}
	}
	var out []Part
	for _, of := range Assertions(branch) {
		if of.Keyword != "properties" {
			out = append(out, Part{Cond: t.any(unless, t.asks(v, branch, of))})
			continue
		}
		for _, p := range branch.Properties {
			out = append(out, Part{Path: []string{p.Name}, Cond: t.any(unless, t.property(v, p))})
		}
	}
	if !t.spend((len(out) - 1) * count(unless)) { // it stands in each
		t.give()
	}
	return out
}

// count is how many tests an expression makes.
func count(e *Expr) int {
	n := 0
	e.Walk(func(e *Expr) bool {
		if e.Op == OpHas || e.Op == OpIs || e.Op == OpCall && e.Type.Kind == Bool {
			n++
		}
		return true
	})
	return n
}

// The makers of nodes. What is decided already is not asked.

func (t *typing) boolean(v bool) *Expr {
	return &Expr{Op: OpLiteral, Type: &Type{Kind: Bool}, Value: v}
}

func (t *typing) not(e *Expr) *Expr {
	switch e.Op {
	case OpLiteral:
		return t.boolean(e.Value == false)
	case OpNot:
		return e.Args[0]
	}
	return &Expr{Op: OpNot, Type: e.Type, Pos: e.Pos, Args: []*Expr{e}}
}

func (t *typing) all(list ...*Expr) *Expr { return t.joined(OpAnd, true, list) }
func (t *typing) any(list ...*Expr) *Expr { return t.joined(OpOr, false, list) }

// joined leaves out what decides nothing.
func (t *typing) joined(op Op, neutral bool, list []*Expr) *Expr {
	out := &Expr{Op: op, Type: &Type{Kind: Bool}}
	for _, e := range list {
		switch {
		case e.Op == OpLiteral && e.Value != neutral:
			return e
		case e.Op != OpLiteral:
			out.Args = append(out.Args, e)
		}
	}
	switch len(out.Args) {
	case 0:
		return t.boolean(neutral)
	case 1:
		return out.Args[0]
	}
	out.Pos = out.Args[0].Pos
	return out
}

func (t *typing) call(of Kind, name string, args ...*Expr) *Expr {
	if of == Bool && !t.spend(1) {
		return t.give()
	}
	return &Expr{Op: OpCall, Type: &Type{Kind: of}, Pos: args[0].Pos, Name: name, Args: args}
}

func literal(kind Kind, v any) *Expr { return &Expr{Op: OpLiteral, Type: &Type{Kind: kind}, Value: v} }

// loop is a condition on each of a list, or of names.
func (t *typing) loop(op Op, over *Expr, item known, body func(known) *Expr) *Expr {
	t.loops++
	base := "item"
	if item.schema == nil {
		base = "name"
	}
	if t.loops > 1 {
		base += strconv.Itoa(t.loops)
	}
	e := &Expr{Op: op, Type: &Type{Kind: Bool}, Pos: over.Pos, Name: base}
	if op == OpCount {
		e.Type = &Type{Kind: Int}
	}
	item.Expr = &Expr{Op: OpVar, Type: item.Type, Pos: over.Pos, Name: base}
	holds := body(item)
	if holds.Op == OpLiteral && op == OpAll && holds.Value == true {
		return holds
	}
	e.Args = []*Expr{over, holds}
	return e
}

// has is whether an object has a member. One that may be null counts as absent there, but not here.
func (t *typing) has(v known, name string) *Expr {
	f := t.field(v, name)
	switch {
	case f == nil:
		return t.give()
	case t.Hidden(t.x.shapes.Of(v.schema).Member(name).Property):
		return t.boolean(false)
	case f.Required:
		return t.boolean(true)
	case !t.spend(1):
		return t.give()
	}
	return &Expr{Op: OpHas, Type: &Type{Kind: Bool}, Pos: v.Pos, Name: name, Args: []*Expr{v.Expr}}
}

// field is a member that the type of an object knows, and that is never null.
func (t *typing) field(v known, name string) *Field {
	if t.typeOf(v) != model.TypeObject || v.Type.Kind != Object {
		return nil
	}
	m := t.x.shapes.Of(v.schema).Member(name)
	if m == nil || t.x.shapes.Of(m.Schema).Nullable {
		return nil
	}
	return v.Type.Field(name)
}

func (t *typing) member(v known, p *Field, name string) known {
	return known{&Expr{Op: OpMember, Type: p.Type, Pos: v.Pos, Name: name, Args: []*Expr{v.Expr}}, t.x.shapes.Of(v.schema).Member(name).Schema}
}

// property is that a member, where it is there, is what is declared.
func (t *typing) property(v known, p *model.Property) *Expr {
	f := t.field(v, p.Name)
	if f == nil {
		return t.give()
	}
	return t.any(t.not(t.has(v, p.Name)), t.conforms(t.member(v, f, p.Name), p.Schema))
}

// typeOf is the type of a value in JSON; empty: it is not settled.
func (t *typing) typeOf(v known) model.Type {
	if v.schema == nil {
		return model.TypeString
	}
	sh := t.x.shapes.Of(v.schema)
	if sh.Represents != nil || sh.Nullable && v.Op != OpSelf {
		return ""
	}
	switch sh.Kind {
	case shape.String:
		return model.TypeString
	case shape.Integer:
		return model.TypeInteger
	case shape.Number:
		return model.TypeNumber
	case shape.Boolean:
		return model.TypeBoolean
	case shape.List:
		return model.TypeArray
	case shape.Object, shape.Map:
		return model.TypeObject
	}
	return ""
}

// conforms is that a value is what a schema describes.
func (t *typing) conforms(v known, s *model.Schema) *Expr {
	if t.bad || t.depth > maxTests || t.Asserts(s.Format) { // schemas go round in circles
		return t.give()
	}
	t.depth++
	var each []*Expr
	for _, r := range Assertions(s) {
		each = append(each, t.asks(v, s, r))
	}
	t.depth--
	return t.all(each...)
}

// of are the types that keywords are about, of which these say nothing else.
var of = map[string]model.Type{
	"minLength": model.TypeString, "maxLength": model.TypeString, "pattern": model.TypeString, "minimum": model.TypeNumber, "maximum": model.TypeNumber,
	"exclusiveMinimum": model.TypeNumber, "exclusiveMaximum": model.TypeNumber, "minItems": model.TypeArray, "maxItems": model.TypeArray,
	"uniqueItems": model.TypeArray, "items": model.TypeArray, "contains": model.TypeArray, "maxContains": model.TypeArray,
	"minProperties": model.TypeObject, "maxProperties": model.TypeObject, "required": model.TypeObject, "properties": model.TypeObject,
	"additionalProperties": model.TypeObject, "propertyNames": model.TypeObject, "dependentRequired": model.TypeObject, "dependentSchemas": model.TypeObject,
}

// asks is what one keyword asks.
func (t *typing) asks(v known, s *model.Schema, r Rule) *Expr {
	is := t.typeOf(v)
	switch r.Keyword {
	case "false":
		return t.boolean(false)
	case "$ref":
		return t.conforms(v, s.Ref)
	case "type":
		return t.is(v, is, s)
	case "enum", "const":
		return t.among(v, is, r)
	case "allOf":
		return t.all(t.each(v, s.AllOf)...)
	case "anyOf", "oneOf":
		return t.union(v, s, r.Keyword)
	case "not":
		return t.not(t.conforms(v, s.Not))
	case "if":
		return t.either(v, s)
	}
	switch about := of[r.Keyword]; {
	case about == "" || is == "":
		return t.give()
	case about != is && !(about == model.TypeNumber && is == model.TypeInteger):
		return t.boolean(true)
	}
	switch r.Keyword {
	case "minLength", "maxLength":
		return t.length(v, r)
	case "pattern":
		return t.matches(v, r.Pattern)
	case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
		return t.bound(v, r)
	case "minItems", "maxItems":
		return t.counted(t.call(Int, "size_list", v.Expr), r.Keyword == "minItems", r.Count)
	case "minProperties", "maxProperties":
		if v.Type.Kind == Map {
			return t.counted(t.call(Int, "size_map", v.Expr), r.Keyword == "minProperties", r.Count)
		}
	case "uniqueItems":
		return t.unique(v)
	case "items", "contains", "maxContains":
		return t.items(v, s, r.Keyword)
	case "propertyNames":
		return t.names(v, s.PropertyNames)
	case "required":
		return t.needs(v, s.Required)
	case "properties":
		var each []*Expr
		for _, p := range s.Properties {
			each = append(each, t.property(v, p))
		}
		return t.all(each...)
	case "additionalProperties":
		return t.closed(v, s)
	case "dependentRequired":
		for _, d := range s.DependentRequired {
			if d.Name == r.Where {
				return t.any(t.not(t.has(v, d.Name)), t.needs(v, d.Required))
			}
		}
	case "dependentSchemas":
		for _, d := range s.DependentSchemas {
			if d.Name == r.Where {
				return t.any(t.not(t.has(v, d.Name)), t.conforms(v, d.Schema))
			}
		}
	}
	return t.give()
}

func (t *typing) each(v known, list []*model.Schema) []*Expr {
	var out []*Expr
	for _, s := range list {
		out = append(out, t.conforms(v, s))
	}
	return out
}

// union is that a value is one of several things, or exactly one.
func (t *typing) union(v known, s *model.Schema, keyword string) *Expr {
	members := s.AnyOf
	if keyword == "oneOf" {
		members = s.OneOf
	}
	switch {
	case ListsHeirs(s):
		return t.boolean(true)
	case keyword == "anyOf" || len(members) == 1 || t.Overlap(members):
		return t.any(t.each(v, members)...)
	case slices.ContainsFunc(members, blurred):
		return t.give()
	}
	return t.call(Bool, ExactlyOne, t.each(v, members)...)
}

// blurred reports whether a schema has a format, which may be all that tells it from another.
func blurred(s *model.Schema) bool {
	for p := range s.Conjuncts() {
		if p.Format != "" {
			return true
		}
	}
	return false
}

func (t *typing) either(v known, s *model.Schema) *Expr {
	branch := func(s *model.Schema) *Expr {
		if s == nil {
			return t.boolean(true)
		}
		return t.conforms(v, s)
	}
	cond := t.conforms(v, s.If)
	yes, no := branch(s.Then), branch(s.Else)
	if !t.spend(count(cond)) { // it is asked twice
		return t.give()
	}
	return t.all(t.any(t.not(cond), yes), t.any(cond, no))
}
