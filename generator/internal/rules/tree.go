package rules

import (
	"github.com/pantograph-go/pantograph/generator/model"
)

// Op is what a node of an expression computes.
type Op string

// The operations. What they need beside their operands is noted.
const (
	OpLiteral Op = "literal" // Value
	OpSelf    Op = "self"    // the value that the rule is about
	OpNow     Op = "now"     // the time of the client's clock
	OpVar     Op = "var"     // Name: of a loop around it
	OpMember  Op = "member"  // x.Name; fails when there is none
	OpHas     Op = "has"     // whether x has a member Name that is not null
	OpIndex   Op = "index"   // x[i], of a list or by key; fails when there is none

	OpNot Op = "not"
	OpAnd Op = "and" // of any number; false if one is, whatever fails
	OpOr  Op = "or"  // of any number; true if one is, whatever fails
	OpIf  Op = "if"  // the second or the third

	// Loops over the items of a list, or the keys of a map: Name stands for each in the last operands.
	OpAll    Op = "all"
	OpAny    Op = "any"
	OpOne    Op = "one"    // exactly one; fails when one fails
	OpCount  Op = "count"  // how many; fails when one fails
	OpFilter Op = "filter" // the list of those
	OpEach   Op = "each"   // the list of results
	OpRanges Op = "ranges" // whether the ranges are disjoint: lower and upper bound of each. Absent (If without an else): none
	OpUnique Op = "unique" // whether no two items agree in all that follows, each of which may be absent as bounds may

	OpList Op = "list" // of the operands
	OpCall Op = "call" // Name: a function, by the id of its CEL overload: add_int64

	// What JSON Schema asks of values of any type. Numbers are compared as decimals, values as JSON has it.
	OpIs       Op = "is"       // whether x is of one of the Types
	OpConforms Op = "conforms" // whether x is what Schema describes
	OpMatch    Op = "match"    // whether a part of the text matches Pattern
)

// Expr is a node of an expression: what a rule asks, whichever language it was written in.
type Expr struct {
	Op   Op
	Type *Type
	Pos  model.Pos
	Args []*Expr

	Name    string        // see Op
	Value   any           // of a Literal: see Type
	Types   []model.Type  // of Is
	Null    bool          // of Is: null, too
	Schema  *model.Schema // of Conforms
	Pattern string        // of Match; and of the function matches
}

// Walk visits a node and all below it, in order, until visit returns false for a node: what is below it is left out.
func (e *Expr) Walk(visit func(*Expr) bool) {
	if e == nil || !visit(e) {
		return
	}
	for _, arg := range e.Args {
		arg.Walk(visit)
	}
}

// Reads reports whether the expression depends on something of that operation.
func (e *Expr) Reads(op Op) bool {
	found := false
	e.Walk(func(e *Expr) bool {
		found = found || e.Op == op
		return !found
	})
	return found
}

// Kind is the kind of a value in an expression.
type Kind uint8

// The kinds.
const (
	JSON      Kind = iota // any value, as JSON
	Bool                  // bool
	Int                   // int64
	Uint                  // uint64
	Double                // float64
	String                // string
	Bytes                 // []byte
	Timestamp             // time.Time
	Duration              // time.Duration
	List                  // []any
	Map                   // map[string]any
	Object                // map[string]any: an object whose members are known
	Bound                 // an end of a range: of the type of Elem, or absent
)

// String names a kind as messages do.
func (k Kind) String() string {
	return [...]string{"any value", "a boolean", "an integer", "an unsigned integer", "a number", "a string", "bytes", "a time", "a duration",
		"a list", "a map", "an object", "a bound"}[k]
}

// Type is the type of a value in an expression.
type Type struct {
	Kind   Kind
	Elem   *Type         // of a list, map or bound
	Name   string        // of an object
	Fields []*Field      // of an object
	Schema *model.Schema // that the value is described by; nil for what is computed
}

// Field is a member of an object.
type Field struct {
	Name     string
	Type     *Type
	Required bool        // it is always there, and not null
	Default  model.Value // that the server takes when it is absent; nil: none is documented
	Pos      model.Pos
}

// Field returns the member of that name, or nil.
func (t *Type) Field(name string) *Field {
	for _, f := range t.Fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// Scalar reports whether values of the type are compared by ==.
func (t *Type) Scalar() bool { return t.Kind >= Bool && t.Kind <= Duration }
