// Package shape finds out what kind of value a schema describes, once everything that is combined in it
// is put together. It knows the model alone: plan makes Go of the result.
//
// # How conjuncts are merged
//
// All of these hold for a value at once: the schema itself, the target of its $ref, the members of its
// allOf, and the member of a oneOf or anyOf that has one only. Where two say different things, the
// nearer counts: what stands in place before what is referred to by name (model.Schema.Conjuncts has the
// order).
//
//	type                     what all permit; an integer is a number too. Nothing left: the nearest, a conflict
//	nullable                 if any says so: beside a reference it is the only way to say it
//	enum                     the values that all permit. Nothing left: the nearest, a conflict
//	const                    the nearest; two different ones are a conflict
//	format, contentEncoding  the nearest; two different ones are a conflict
//	represents               the nearest
//	properties               all of them; what is declared twice has the conjunction of both
//	required                 all of them; one that is declared nowhere is a member of any value, and so is, where it is
//	                         there, what a member of a union requires that says nothing else
//	then, else, dependentSchemas
//	                         members that they alone declare are members too, which need not be there: see conditional.go
//	additionalProperties     the conjunction; false counts when all that declare members say so
//	patternProperties        each, with additionalProperties, is a possible value of a further member
//	items                    the conjunction
//	prefixItems              place by place the conjunction; where one list ends, its items go on
//	oneOf, anyOf             every member is merged with what stands beside the union: see union.go
//	discriminator            the nearest
//	minLength, maxLength, pattern, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf,
//	minItems, maxItems, uniqueItems, minProperties, maxProperties, propertyNames, not
//	                         change no shape. All that are checked hold: package rules lists those of every conjunct
//	title, description, default, examples, unit, source
//	                         the nearest, for those who print them
//	readOnly, writeOnly, deprecated, secret, tristate
//	                         if any says so, for those who ask; a member that the nearest declaration does
//	                         not call readOnly, and a farther one does, may be in requests and need not
//
// A conflict is a warning that names both places, and keeps the nearest meaning.
package shape

import (
	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Kind is the kind of value.
type Kind string

// The kinds.
const (
	Any     Kind = "any"   // nothing is said
	Never   Kind = "never" // no value fits
	Null    Kind = "null"  // null alone
	String  Kind = "string"
	Integer Kind = "integer"
	Number  Kind = "number"
	Boolean Kind = "boolean"
	List    Kind = "list"
	Tuple   Kind = "tuple"
	Object  Kind = "object" // with members of its own, or none at all
	Map     Kind = "map"    // an object without members of its own
	Union   Kind = "union"
)

// Shape is what a value looks like. Shapes of one type have one Node (and Self): a use of a component that
// says nothing more of the shape has the component's. What it consists of is not resolved: ask for the
// shapes of the members and items, so that recursion ends.
type Shape struct {
	Kind     Kind
	Node     *model.Schema // what names, documents and identifies the type
	Self     bool          // the plain members of Node, which is a union itself: see Base
	Nullable bool

	Format     string        // String, Integer, Number
	Encoding   string        // String: contentEncoding
	Enum       []*model.Enum // String, Integer, Number: the values it is known to have
	Represents *model.Represents

	Members    []*Member     // Object, in the order of the document, inherited ones first
	Additional *model.Schema // Object, Map: further members; nil when nothing is said of them
	Closed     bool          // Object: there are no further members
	byName     map[string]*Member
	indexed    int // of Members, those in byName

	Items  *model.Schema   // List, Tuple: what follows Prefix; nil when nothing is said of it
	Prefix []*model.Schema // Tuple
	Ends   bool            // Tuple: nothing follows Prefix
	Least  int             // List, Tuple: how many elements there are at least

	Variants      []*Variant // Union
	Discriminator string     // Union: the member of objects that tells them apart; empty: none does
	Open          bool       // Union: a member allows any value: what is no variant is no mistake
	Found         bool       // Union: the document does not state the discriminator: it is a constant in each object
}

// Member is a member of an object. Of one that several schemas declare, the schema combines them.
type Member struct {
	*model.Property
	In       *model.Schema // where it is declared: the component, or the schema in place that is the object, the union around it or a variant
	Depends  bool          // only schemas with a condition declare it: what is asked of its value is asked under that
	Withheld bool          // a farther declaration says that requests do not have it; the nearest does not
}

// Variant is one of the shapes that a value of a union can have. There is one of each JSON type, but for
// objects.
type Variant struct {
	*Shape
	Member  *model.Schema // as the document lists it
	Within  *model.Schema // the union that lists it: the one at hand, or a union within
	Values  []model.Value // of the discriminator; empty: not known
	Implied bool          // the one value is the name of the component: the document states none
}

// Shapes resolves schemas. The same schema has the same shape value.
type Shapes struct {
	// AsWritten takes schemas that state no type at their word: their values are of any type, whatever their
	// keywords are about.
	AsWritten bool

	memo     map[*model.Schema]*Shape
	bases    map[*model.Schema]*Shape
	open     map[*model.Schema]bool
	heirs    map[*model.Schema][]*model.Schema // components by what they allOf
	lineage  map[*model.Schema]*origin
	raws     map[member]*model.Schema        // members that are required and declared nowhere
	bare     map[*model.Schema]*model.Schema // of schemas under a condition, their types alone
	diags    diag.List
	reported map[string]bool
}

// New returns the shapes of an API with the given components.
func New(components []*model.Schema) *Shapes {
	return &Shapes{
		memo: map[*model.Schema]*Shape{}, bases: map[*model.Schema]*Shape{}, open: map[*model.Schema]bool{},
		heirs: heirs(components), lineage: map[*model.Schema]*origin{}, raws: map[member]*model.Schema{}, bare: map[*model.Schema]*model.Schema{}, reported: map[string]bool{},
	}
}

// Diagnostics are what was found so far.
func (x *Shapes) Diagnostics() diag.List { return x.diags }

// Of returns the shape of a schema. A missing one says nothing.
func (x *Shapes) Of(s *model.Schema) *Shape {
	if s == nil {
		return &Shape{Kind: Any, Node: &model.Schema{}}
	}
	if sh, ok := x.memo[s]; ok {
		return sh
	}
	if x.open[s] {
		x.warn(s.Pos, "schema-cycle", "the schema consists of itself; it says nothing here")
		return &Shape{Kind: Any, Node: s}
	}
	x.open[s] = true
	sh := x.resolve(s)
	delete(x.open, s)
	x.memo[s] = sh
	return sh
}

// Base is the shape of the schema's own members, without the variants that a base type has as a union.
func (x *Shapes) Base(s *model.Schema) *Shape {
	if sh, ok := x.bases[s]; ok {
		return sh
	}
	sh := x.merge(s, x.collect(s), nil)
	sh.Self = true
	x.bases[s] = sh
	return sh
}

func (x *Shapes) resolve(s *model.Schema) *Shape {
	if s.Always != nil {
		if *s.Always {
			return &Shape{Kind: Any, Node: s}
		}
		return &Shape{Kind: Never, Node: s}
	}
	if sh := x.inherited(s); sh != nil {
		return sh
	}
	c := x.collect(s)
	if t := x.alias(s, c); t != nil {
		return t
	}
	return x.same(s, c, x.build(s, c))
}

// warn reports something once.
func (x *Shapes) warn(pos model.Pos, code, format string, args ...any) {
	var one diag.List
	if one.Warnf(pos, code, format, args...); !x.reported[one[0].String()] {
		x.reported[one[0].String()] = true
		x.diags = append(x.diags, one...)
	}
}

// conflict reports two statements that contradict each other. The first counts.
func (x *Shapes) conflict(keyword, what string, kept, other *model.Schema) {
	a, b := keywordPos(kept, keyword), keywordPos(other, keyword)
	x.warn(a, "schema-conflict", "%s contradicts what is said at %s; it counts, the other does not", what, b)
	if n := len(x.diags); n > 0 && x.diags[n-1].Pos == a && x.diags[n-1].Code == "schema-conflict" {
		x.diags[n-1].Related = []model.Pos{b}
	}
}

func keywordPos(s *model.Schema, keyword string) model.Pos {
	if p, ok := s.KeywordPos(keyword); ok {
		return p
	}
	return s.Pos
}
