package plan

import (
	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Matcher is a compiled pattern: a class of characters that it repeats, the forms that it permits, or a regular expression.
type Matcher struct {
	Var   string  `json:"var"`
	Class []Range `json:"class,omitempty"`
	Forms []Form  `json:"forms,omitempty"` // of Expr
	Expr  string  `json:"expr,omitempty"`

	Pattern string `json:"pattern"` // as the document has it where it is used first
}

// Rule is one documented rule: an element of a table.
type Rule struct {
	Table    string         `json:"table"` // the variable that holds it
	Index    int            `json:"index"`
	ID       string         `json:"id"`
	Text     string         `json:"text"`
	Limit    string         `json:"limit,omitempty"`
	Source   string         `json:"source,omitempty"`
	Severity model.Severity `json:"severity,omitempty"` // empty: error
	Codes    []string       `json:"codes,omitempty"`    // by which the server reports it
	Secret   bool           `json:"secret,omitempty"`

	Test *Check `json:"-"`            // the check whose test is data of the rule
	Of   Aspect `json:"of,omitempty"` // what Test looks at in the member
	At   *int   `json:"at,omitempty"` // the member that Test is about, by its place in the description; nil: code says that
}

// Check is a rule lowered to the representation of one field.
type Check struct {
	Op       CheckOp  `json:"op"`
	Rule     *Rule    `json:"rule,omitempty"`
	Tested   Tested   `json:"tested,omitempty"`   // the kind of value, where the test is data of the rule
	Tabular  bool     `json:"tabular,omitempty"`  // data of the rule says of which member, too
	Literal  string   `json:"literal,omitempty"`  // the bound, as a Go literal
	Matcher  *Matcher `json:"matcher,omitempty"`  // Match, Class
	Values   []string `json:"values,omitempty"`   // OneOf: permitted literals
	Names    []string `json:"names,omitempty"`    // OneOf: permitted constants
	Text     bool     `json:"text,omitempty"`     // OneOf, Known: the values are texts, not numbers
	Decimal  bool     `json:"decimal,omitempty"`  // Min to Multiple: the value is a Number
	Type     *TypeRef `json:"type,omitempty"`     // Known: the enum
	NonEmpty bool     `json:"nonEmpty,omitempty"` // Class: the empty string does not match
	Items    []*Check `json:"items,omitempty"`    // Items: the checks of every item of the list or map
	Path     string   `json:"path,omitempty"`     // Code: the member that it is about
	Code     []*Code  `json:"code,omitempty"`     // Code
	Asks     []*Ask   `json:"asks,omitempty"`     // Schema: what is asked of the value
	Codec    int      `json:"codec,omitempty"`    // Schema: the description of a value that is neither an object nor raw JSON
	Struct   *Struct  `json:"-"`                  // Nested: whose checks; Schema: the object
	Union    *Union   `json:"-"`                  // Variant: whose variants' checks

	value repr // Schema

	stated   *rules.Rule // Code: the rule that becomes it once all types are known
	about    repr
	matchers []*Matcher
}

// Ask is a keyword of a schema that is asked of a value as it is written: neither its Go type nor another check says it.
type Ask struct {
	Schema  string `json:"schema"` // name among the package's schemas
	Keyword string `json:"keyword"`
	Rule    *Rule  `json:"rule"`

	id      string // of the value
	of      *model.Schema
	self    *model.Schema // of the value
	stated  rules.Rule
	keyword string // without the member that it depends on
}

// Range is an inclusive range of code points.
type Range struct{ Lo, Hi rune }

// CheckOp is what a check compares.
type CheckOp string

// The checks.
const (
	CheckMinLength CheckOp = "minLength"
	CheckMaxLength CheckOp = "maxLength"
	CheckMatch     CheckOp = "match" // regular expression, or forms
	CheckClass     CheckOp = "class" // every code point in Class
	CheckMin       CheckOp = "min"
	CheckMax       CheckOp = "max"
	CheckGreater   CheckOp = "greater"
	CheckLess      CheckOp = "less"
	CheckMultiple  CheckOp = "multiple"
	CheckMinItems  CheckOp = "minItems"
	CheckMaxItems  CheckOp = "maxItems"
	CheckUnique    CheckOp = "unique"
	CheckKnown     CheckOp = "known"   // enum type
	CheckOneOf     CheckOp = "oneOf"   // plain value among literals
	CheckPresent   CheckOp = "present" // a required slice, map or pointer is not nil
	CheckNested    CheckOp = "nested"  // the value's own checks
	CheckVariant   CheckOp = "variant" // those of the variant that the value is
	CheckItems     CheckOp = "items"   // checks of the items
	CheckFormat    CheckOp = "format"  // Literal: the format
	CheckSchema    CheckOp = "schema"  // what is asked of the value as it is written
	CheckCode      CheckOp = "code"    // a rule that the document states in its own language
	CheckServer    CheckOp = "server"  // nothing: only the server can tell
)
