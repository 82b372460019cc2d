package model

import (
	"encoding/json"
	"slices"
	"strings"
)

// Type is a JSON type.
type Type string

// The JSON types.
const (
	TypeString  Type = "string"
	TypeInteger Type = "integer"
	TypeNumber  Type = "number"
	TypeBoolean Type = "boolean"
	TypeArray   Type = "array"
	TypeObject  Type = "object"
)

// Value is a JSON value exactly as the document writes it: numbers keep their digits and objects
// their member order.
type Value json.RawMessage

// MarshalJSON returns the value itself.
func (v Value) MarshalJSON() ([]byte, error) { return json.RawMessage(v).MarshalJSON() }

// UnmarshalJSON keeps a copy of b.
func (v *Value) UnmarshalJSON(b []byte) error { return (*json.RawMessage)(v).UnmarshalJSON(b) }

// IsNull reports whether the value is the null literal.
func (v Value) IsNull() bool { return string(v) == "null" }

// Text returns the value of a JSON string, and whether it is one.
func (v Value) Text() (string, bool) {
	if len(v) < 2 || v[0] != '"' {
		return "", false
	}
	if inner := v[1 : len(v)-1]; v[len(v)-1] == '"' && !slices.ContainsFunc(inner, unlikeText) {
		return string(inner), true
	}
	var s string
	if json.Unmarshal(v, &s) != nil {
		return "", false
	}
	return s, true
}

// unlikeText reports whether a byte in a JSON string may stand for something else.
func unlikeText(b byte) bool { return b < ' ' || b > '~' || b == '"' || b == '\\' }

// Number is a JSON number as written. The zero Number means none is given.
type Number string

// Schema is a JSON Schema (2020-12 meaning). Component schemas have a Name; inline ones do not.
//
// A use of a component schema is its *Schema itself, shared by all users, unless the reference has
// siblings: then it is a Schema of its own whose Ref is the target and whose other members hold the
// siblings alone.
type Schema struct {
	Pos
	Doc
	Name       string  `json:"name,omitempty"`       // component name
	PinnedName string  `json:"pinnedName,omitempty"` // x-pantograph.name
	Title      string  `json:"title,omitempty"`
	Ref        *Schema `json:"-"`

	Always *bool `json:"always,omitempty"` // boolean schema: true accepts all, false nothing

	Types    []Type  `json:"types,omitempty"` // without null; empty: any
	Nullable bool    `json:"nullable,omitempty"`
	Format   string  `json:"format,omitempty"`
	Enum     []*Enum `json:"enum,omitempty"` // without null
	Const    Value   `json:"const,omitempty"`
	Default  Value   `json:"default,omitempty"`
	Examples []Value `json:"examples,omitempty"`

	ContentEncoding  string  `json:"contentEncoding,omitempty"`  // of a string: base64 (format byte of 3.0 means the same)
	ContentMediaType string  `json:"contentMediaType,omitempty"` // of a string
	ContentSchema    *Schema `json:"contentSchema,omitempty"`    // of what the string holds

	ReadOnly  bool `json:"readOnly,omitempty"`
	WriteOnly bool `json:"writeOnly,omitempty"`

	// Assertions. KeywordPos tells the position of each.
	MinLength        *int   `json:"minLength,omitempty"`
	MaxLength        *int   `json:"maxLength,omitempty"`
	Pattern          string `json:"pattern,omitempty"`
	Minimum          Number `json:"minimum,omitempty"`
	Maximum          Number `json:"maximum,omitempty"`
	ExclusiveMinimum Number `json:"exclusiveMinimum,omitempty"`
	ExclusiveMaximum Number `json:"exclusiveMaximum,omitempty"`
	MultipleOf       Number `json:"multipleOf,omitempty"`
	MinItems         *int   `json:"minItems,omitempty"`
	MaxItems         *int   `json:"maxItems,omitempty"`
	UniqueItems      bool   `json:"uniqueItems,omitempty"`
	MinProperties    *int   `json:"minProperties,omitempty"`
	MaxProperties    *int   `json:"maxProperties,omitempty"`
	MinContains      *int   `json:"minContains,omitempty"`
	MaxContains      *int   `json:"maxContains,omitempty"`

	Properties            []*Property          `json:"properties,omitempty"`
	Required              []string             `json:"required,omitempty"`   // names without a property of their own too
	Additional            *Schema              `json:"additional,omitempty"` // nil: nothing is said; a schema that is Always true: it was written out
	PatternProperties     []*PatternProperty   `json:"patternProperties,omitempty"`
	PropertyNames         *Schema              `json:"propertyNames,omitempty"`
	UnevaluatedProperties *Schema              `json:"unevaluatedProperties,omitempty"`
	DependentRequired     []*DependentRequired `json:"dependentRequired,omitempty"`
	DependentSchemas      []*DependentSchema   `json:"dependentSchemas,omitempty"`

	Items            *Schema   `json:"items,omitempty"`
	PrefixItems      []*Schema `json:"prefixItems,omitempty"`
	Contains         *Schema   `json:"contains,omitempty"`
	UnevaluatedItems *Schema   `json:"unevaluatedItems,omitempty"`

	AllOf         []*Schema      `json:"allOf,omitempty"`
	OneOf         []*Schema      `json:"oneOf,omitempty"`
	AnyOf         []*Schema      `json:"anyOf,omitempty"`
	Not           *Schema        `json:"not,omitempty"`
	If            *Schema        `json:"if,omitempty"`
	Then          *Schema        `json:"then,omitempty"`
	Else          *Schema        `json:"else,omitempty"`
	Discriminator *Discriminator `json:"discriminator,omitempty"`

	Validations []*Validation `json:"validations,omitempty"`

	XML *XML `json:"xml,omitempty"`

	// The vocabulary of x-pantograph.
	Represents *Represents `json:"represents,omitempty"`
	Tristate   bool        `json:"tristate,omitempty"` // null and absence mean something of their own, in responses too
	Inline     bool        `json:"inline,omitempty"`   // x-pantograph.codec: code reads and writes it and what it consists of, not a description with offsets
	Secret     bool        `json:"secret,omitempty"`   // never printed: x-pantograph.secret or format password
	Unit       string      `json:"unit,omitempty"`     // "s", "GB": printed after limits and defaults

	Keywords []KeywordPlace `json:"-"` // where each keyword stands that is present
}

// KeywordPlace is where a keyword of a schema stands. There are very many, so it says no more than that.
type KeywordPlace struct {
	Name, File string
	Line, Col  int32
}

// KeywordPos returns the position of a keyword, and whether it is present.
func (s *Schema) KeywordPos(name string) (Pos, bool) {
	for _, k := range s.Keywords {
		if k.Name == name {
			return Pos{File: k.File, Line: int(k.Line), Col: int(k.Col), Pointer: s.Pointer + "/" + name}, true
		}
	}
	return Pos{}, false
}

// Target follows Ref to the schema that says what the value is.
func (s *Schema) Target() *Schema {
	for s != nil && s.Ref != nil {
		s = s.Ref
	}
	return s
}

// Is reports whether the schema allows exactly the one JSON type t (null aside).
func (s *Schema) Is(t Type) bool {
	s = s.Target()
	return len(s.Types) == 1 && s.Types[0] == t
}

// Property is a member of an object.
type Property struct {
	Pos
	Name       string  `json:"name"`
	Schema     *Schema `json:"schema"`
	Required   bool    `json:"required,omitempty"`
	PinnedName string  `json:"pinnedName,omitempty"` // x-pantograph.name of the schema in place
	Source     *Source `json:"source,omitempty"`     // the row that documents the member, also where its schema is a component
}

// PatternProperty says what members are whose names match a pattern.
type PatternProperty struct {
	Pos
	Pattern string  `json:"pattern"` // ECMA-262, not anchored
	Schema  *Schema `json:"schema"`
}

// DependentRequired lists members that must be there where the named one is.
type DependentRequired struct {
	Pos
	Name     string   `json:"name"`
	Required []string `json:"required"`
}

// DependentSchema is what the object must be where the named member is.
type DependentSchema struct {
	Pos
	Name   string  `json:"name"`
	Schema *Schema `json:"schema"`
}

// XML says how a value is written as XML.
type XML struct {
	Pos
	Name      string `json:"name,omitempty"` // of the element or attribute, instead of the member's or component's
	Namespace string `json:"namespace,omitempty"`
	Prefix    string `json:"prefix,omitempty"`
	Attribute bool   `json:"attribute,omitempty"` // of the element around it
	Wrapped   bool   `json:"wrapped,omitempty"`   // list: an element around the entries
}

// Enum is a permitted value.
type Enum struct {
	Pos
	Doc
	Value      Value  `json:"value"`
	Title      string `json:"title,omitempty"` // what the document calls it; a name is made of it
	PinnedName string `json:"pinnedName,omitempty"`
}

// Discriminator tells the members of a union apart.
type Discriminator struct {
	Pos
	Property string              `json:"property"`
	Mapping  []DiscriminatorCase `json:"mapping,omitempty"`
}

// DiscriminatorCase maps one value to a schema.
type DiscriminatorCase struct {
	Value  string  `json:"value"`
	Schema *Schema `json:"-"`
}

// Represents says what a value is when the wire writes it as something else: a flag written "yes"
// and "no", a number in a string, a list in a comma-separated string, a time in the API's own layout.
type Represents struct {
	Pos
	Type      Type     `json:"type"`                // boolean, integer, number, array; or "time"
	True      string   `json:"true,omitempty"`      // boolean: the text for true
	False     string   `json:"false,omitempty"`     // boolean: the text for false
	Separator string   `json:"separator,omitempty"` // array
	Items     *Schema  `json:"items,omitempty"`     // array
	Layouts   []string `json:"layouts,omitempty"`   // time: YYYY-MM-DDThh:mmZ, hh:mm, …; the first that fits is written
}

// TypeTime is the Represents type of a point in time.
const TypeTime Type = "time"

// PointerToken is a name as a token of a JSON pointer (RFC 6901).
func PointerToken(name string) string {
	if !strings.ContainsAny(name, "~/") {
		return name
	}
	return escapePointer.Replace(name)
}

var (
	escapePointer   = strings.NewReplacer("~", "~0", "/", "~1")
	unescapePointer = strings.NewReplacer("~1", "/", "~0", "~")
)

// ComponentName returns the last token of the pointer of a component schema.
func ComponentName(pointer string) string {
	i := strings.LastIndexByte(pointer, '/')
	return unescapePointer.Replace(pointer[i+1:])
}
