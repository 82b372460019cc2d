// Package plan decides everything about the Go that is written: names, types, files, codec descriptions
// and checks. It reads the model and knows no OpenAPI document; the emitters read it and decide
// nothing. Slices are in the order of the output.
package plan

import (
	"cmp"
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Package is one generated client package, with its test-support package.
type Package struct {
	Name       string   `json:"name"`
	ImportPath string   `json:"importPath"`
	Runtime    string   `json:"runtime"` // import path of package rt
	Title      string   `json:"title"`
	Version    string   `json:"version,omitempty"` // of the first document
	Doc        Text     `json:"doc"`
	Documents  []string `json:"documents"` // the files it was made from
	TestName   string   `json:"testName"`  // name of the test-support package; empty: none

	UnusedFormats []string `json:"unusedFormats,omitempty"` // formats with a Go type in the configuration that no value has

	Structs    []*Struct      `json:"structs,omitempty"` // the unions are in Codec
	Enums      []*Enum        `json:"enums,omitempty"`
	Named      []*Named       `json:"named,omitempty"`
	Params     []*Params      `json:"params,omitempty"`
	Services   []*Service     `json:"services,omitempty"`
	Operations []*Operation   `json:"operations,omitempty"`
	Results    []*Results     `json:"results,omitempty"`
	Headers    []*Header      `json:"headers,omitempty"`
	Failures   []*FailureList `json:"failures,omitempty"`
	Webhooks   []*Webhook     `json:"webhooks,omitempty"` // of the package of webhooks
	Hooks      *Package       `json:"hooks,omitempty"`    // the package of webhooks; nil: there are none
	Examples   []*Example     `json:"examples,omitempty"`
	Simulation *Simulation    `json:"simulation,omitempty"` // what the fake server keeps; nil: nothing
	Client     Client         `json:"client"`
	Errors     Errors         `json:"errors"`
	Rules      []*RuleTable   `json:"rules,omitempty"`
	Listing    Listing        `json:"listing"`
	Matchers   []*Matcher     `json:"matchers,omitempty"` // what patterns came to
	Schemas    []*SchemaText  `json:"schemas,omitempty"`  // what values are judged by that are asked more than checks say
	Answers    []*SchemaText  `json:"answers,omitempty"`  // what answers are observed by
	Codec      Codec          `json:"codec"`
	Access     Access         `json:"access"`            // where there is a test package
	Aliases    []*Alias       `json:"aliases,omitempty"` // names from before
	Files      bool           `json:"files,omitempty"`   // there are multipart bodies with files
	XML        []*XMLDocument `json:"xml,omitempty"`
}

// Text is document text on its way to a comment or literal. Emitters and templates can print it
// only through their one comment or literal helper.
type Text struct {
	Summary    string   `json:"summary,omitempty"`
	Body       string   `json:"body,omitempty"`
	Facts      []string `json:"facts,omitempty"` // sentences made from the schema: limits, default, unit
	Rules      []string `json:"rules,omitempty"` // of a type or a call as a whole, in plain words
	Source     string   `json:"source,omitempty"`
	URL        string   `json:"url,omitempty"`
	Deprecated bool     `json:"deprecated,omitempty"`
}

// Direction says on which side of the wire a type lives.
type Direction string

// The directions. A request type can also be decoded, a response type also encoded.
const (
	Request  Direction = "request"
	Response Direction = "response"
)

// TypeRef is a Go type expression.
type TypeRef struct {
	Kind TypeKind `json:"kind"`
	Name string   `json:"name,omitempty"` // basic and named types
	Pkg  string   `json:"pkg,omitempty"`  // import path of a named type of another package
	Elem *TypeRef `json:"elem,omitempty"`
}

// TypeKind is the form of a type expression.
type TypeKind string

// The forms of type expressions.
const (
	Basic   TypeKind = "basic"
	Defined TypeKind = "defined" // a named type of this package or, with Pkg, of another
	Slice   TypeKind = "slice"
	Map     TypeKind = "map" // with string keys
	Pointer TypeKind = "pointer"
	Opt     TypeKind = "opt"
)

// Struct is a model.
type Struct struct {
	Name      string        `json:"name"`
	ID        string        `json:"id"` // of its schema
	Doc       Text          `json:"doc"`
	Direction Direction     `json:"direction"`
	Presence  bool          `json:"presence,omitempty"`  // reached from a response: records presence on demand
	Validated bool          `json:"validated,omitempty"` // reached from a request: has Validate
	Checked   bool          `json:"checked,omitempty"`   // Validate has something to check, here or below
	Rules     []*Check      `json:"rules,omitempty"`     // that the document states of it as a whole
	server    []*Rule       // that only the server can tell
	Table     *RuleTable    `json:"-"`                // of its rules
	Secret    bool          `json:"secret,omitempty"` // holds a secret, itself or below
	Fields    []*Field      `json:"fields,omitempty"`
	Checks    []*Check      `json:"checks,omitempty"` // of the object as a whole
	Codec     int           `json:"codec"`            // index of its description
	Schema    *model.Schema `json:"-"`

	Tuple      bool   `json:"tuple,omitempty"`      // written as an array
	Additional *Field `json:"additional,omitempty"` // what the fields leave over: further members, of a tuple elements
	Guessed    bool   `json:"guessed,omitempty"`    // its constants help to guess the variant of a union that it is, or is in

	place string // what inline types in it are named after: its name, whichever view it is
}

// All are the fields of a struct, that for what they leave over included.
func (s *Struct) All() []*Field {
	if s.Additional == nil {
		return s.Fields
	}
	return append(slices.Clone(s.Fields), s.Additional)
}

// Field is a member of a struct.
type Field struct {
	Name     string     `json:"name"` // empty: a constant the codec writes
	Wire     string     `json:"wire"`
	Doc      Text       `json:"doc"`
	Type     TypeRef    `json:"type"`
	Required bool       `json:"required,omitempty"`
	Optional bool       `json:"optional,omitempty"` // Opt[T]
	Codec    CodecField `json:"codec"`
	Checks   []*Check   `json:"checks,omitempty"`
	Secret   bool       `json:"secret,omitempty"`
	File     FileKind   `json:"file,omitempty"` // of a multipart body: not the codec's

	only model.Value // the one value that the document permits
	hint model.Value // the one value that it knows, or a list of those
	repr repr        // of its values
}

// Held is the type of the value in a field, when there is one.
func (f *Field) Held() TypeRef {
	if f.Type.Kind == Opt {
		return *f.Type.Elem
	}
	return f.Type
}

// Const is the JSON text of the only value of a field, for the codec: of one that it writes by itself, or that
// helps it to guess what a struct is. There may be a list of values then.
func (f *Field) Const(guessed bool) string {
	if guessed && f.Codec.Const == "" {
		return cmp.Or(string(f.only), string(f.hint))
	}
	return f.Codec.Const
}

// Enum is an open string or number type with constants.
type Enum struct {
	Name   string       `json:"name"`
	ID     string       `json:"id"`
	Doc    Text         `json:"doc"`
	Base   string       `json:"base"` // string, int, int64, uint64 or float64
	List   string       `json:"list"` // the function that lists the values
	Values []*EnumValue `json:"values"`
}

// EnumValue is a constant of an enum.
type EnumValue struct {
	Name   string `json:"name"`
	Doc    Text   `json:"doc"`
	Text   string `json:"text,omitempty"`   // of a string enum
	Number string `json:"number,omitempty"` // of another, as Go writes it
}

// Named is a distinct scalar type: an id.
type Named struct {
	Name string `json:"name"`
	ID   string `json:"id"`
	Doc  Text   `json:"doc"`
	Base string `json:"base"`
}

// Params holds the query, header and cookie parameters of an operation.
type Params struct {
	Name   string     `json:"name"`
	Call   string     `json:"call"` // the method: "GroupsService.List"
	Doc    Text       `json:"doc"`
	Fields []*Param   `json:"fields"`
	Table  *RuleTable `json:"-"` // of its rules
}

// Required are the wire names of the parameters that cannot be left out.
func (p *Params) Required() []string {
	var names []string
	for _, f := range p.Fields {
		if f.Required {
			names = append(names, f.Wire)
		}
	}
	return names
}

// Param is one parameter.
type Param struct {
	Field
	In       model.In      `json:"in"`
	Encoding ParamEncoding `json:"encoding"`
}

// ParamEncoding says how a parameter is written: by a runtime function, which has a namesake that reads it, or
// in a style, by way of the codec.
type ParamEncoding struct {
	Func    string   `json:"func,omitempty"` // Query, QueryOrEmpty, QueryFlag, QueryTime, QueryList; Header…, Cookie; path: Path for a text, PathText
	Args    []string `json:"args,omitempty"`
	Explode bool     `json:"explode,omitempty"` // QueryList

	Style []string `json:"style,omitempty"` // names of runtime constants: Deep, Explode
	Codec int      `json:"codec,omitempty"` // Style: index of the description; -1 for a struct
	Nil   bool     `json:"nil,omitempty"`   // Style: nil is absent
	Open  bool     `json:"open,omitempty"`  // Style: takes members of any name, beside the other parameters
}

// Service is a group of methods: a field of the client.
type Service struct {
	Field   string    `json:"field"`
	Type    string    `json:"type"`
	File    string    `json:"file"` // base name without suffix
	Doc     Text      `json:"doc"`
	Methods []*Method `json:"methods"`
	Layer   *Layer    `json:"layer,omitempty"` // what it offers beyond them; nil: nothing
}

// Method is one operation as users call it.
type Method struct {
	Name      string     `json:"name"`
	Call      string     `json:"call"` // the name of the call in the package: CreateGroup
	Doc       Text       `json:"doc"`
	Operation *Operation `json:"operation"`
	PathArgs  []*PathArg `json:"pathArgs,omitempty"`
	Params    *Params    `json:"params,omitempty"`
	Request   *Body      `json:"request,omitempty"`
	Answer    Answer     `json:"answer"`
	Result    *Body      `json:"result,omitempty"` // of AnswerValue
	Unwrap    *Field     `json:"unwrap,omitempty"` // the member of Result that is returned
	Pages     *Pages     `json:"pages,omitempty"`
	Delete    bool       `json:"delete,omitempty"`
	Rules     []*Check   `json:"rules,omitempty"` // that the document states of parameters and body together
	Table     *RuleTable `json:"-"`               // of these, and of the rules of arguments in the path and of a body without a type
	Judge     string     `json:"judge,omitempty"` // the function that checks them; empty: there are none
	server    []*Rule    // that only the server can tell
	table     string     // the name that Table gets
	Notes     []string   `json:"notes,omitempty"` // paragraphs of the comment: failures, headers, links
}

// Body is a request or response body: a struct by pointer, or another type by value.
type Body struct {
	Kind     BodyKind `json:"kind,omitempty"` // of a request
	Type     TypeRef  `json:"type"`
	Struct   *Struct  `json:"-"`
	Codec    int      `json:"codec"` // -1: the codec has no part in it
	Required bool     `json:"required,omitempty"`
	Constant bool     `json:"constant,omitempty"` // every member is a constant: no argument
	Nilable  bool     `json:"nilable,omitempty"`  // nil is a value of the type, which is no struct
	Null     bool     `json:"null,omitempty"`     // null is a value of the schema

	XML *XMLDocument `json:"xml,omitempty"` // how it is written and read as XML

	Checks []*Check `json:"checks,omitempty"` // of a body that is no struct
	Check  string   `json:"check,omitempty"`  // the function that makes them; empty: there are none

	repr  repr
	media *model.MediaType // of a request
}

// PathArg is a path parameter a method takes.
type PathArg struct {
	Name     string        `json:"name"` // Go
	Wire     string        `json:"wire"`
	Type     TypeRef       `json:"type"`
	Doc      Text          `json:"doc"`
	Encoding ParamEncoding `json:"encoding"`
	Checks   []*Check      `json:"checks,omitempty"`

	repr repr
}

// Holds reports whether the argument holds the id of a type, or of a name where the type is no id's own.
func (a *PathArg) Holds(t TypeRef, wire string) bool {
	if t.Kind == Defined {
		return a.Type.Kind == Defined && a.Type.Name == t.Name
	}
	return a.Wire == wire
}

// In finds the argument of another method that holds the same; nil when it has none.
func (a *PathArg) In(args []*PathArg) *PathArg {
	for _, other := range args {
		if other.Holds(a.Type, a.Wire) {
			return other
		}
	}
	return nil
}

// Pages says how the iterators of a list walk it.
type Pages struct {
	Name        string               `json:"name"`  // of the iterator over items: All
	Pages       string               `json:"pages"` // of the iterator over pages: Pages
	Kind        model.PaginationKind `json:"kind"`
	Cursor      *Field               `json:"cursor,omitempty"` // of the params or the request
	InBody      bool                 `json:"inBody,omitempty"`
	Limit       *Field               `json:"limit,omitempty"`
	Items       []*Field             `json:"items,omitempty"` // path to the list; empty: the response is the list
	Elem        TypeRef              `json:"elem"`
	ElemPointer bool                 `json:"elemPointer"` // yields *Elem
	Total       []*Field             `json:"total,omitempty"`
	TotalHeader string               `json:"totalHeader,omitempty"` // instead of Total
	Next        []*Field             `json:"next,omitempty"`
	NextHeader  string               `json:"nextHeader,omitempty"` // instead of Next; Link is one of links
	NextItem    *NextItem            `json:"nextItem,omitempty"`   // instead of Next
	ItemMarker  *Field               `json:"itemMarker,omitempty"`
	First       int                  `json:"first,omitempty"`
	InParts     bool                 `json:"inParts,omitempty"` // a large page need not be in memory for its items to be used
}

// NextItem is the item of a list in which Next stands: the first whose Member has the value.
type NextItem struct {
	List   []*Field `json:"list"` // path to the list
	Elem   TypeRef  `json:"elem"`
	Member *Field   `json:"member"`
	Const  string   `json:"const,omitempty"` // of the value, when it is one of an enum
	Value  string   `json:"value"`
	Result []*Field `json:"result"` // path from an item
}

// Operation is the static description of a call.
type Operation struct {
	Var          string      `json:"var"`
	ID           string      `json:"id"`
	Resource     string      `json:"resource"`
	Method       string      `json:"method"`
	Path         string      `json:"path"`
	Template     string      `json:"template,omitempty"` // of the path as it is sent, where Path has parameters by other names than are declared
	Query        string      `json:"query,omitempty"`    // fixed, escaped
	ContentType  string      `json:"contentType,omitempty"`
	Body         string      `json:"body,omitempty"` // name of the runtime constant; empty: JSON, or what the method says
	Encoding     []*Encoding `json:"encoding,omitempty"`
	XML          string      `json:"xml,omitempty"`          // variable of what its body is as XML
	AnswerXML    string      `json:"answerXML,omitempty"`    // variable of what its answer is as XML
	ContentTypes []string    `json:"contentTypes,omitempty"` // all that this way to call it takes, where it is not JSON alone
	Accept       string      `json:"accept,omitempty"`
	Success      []int       `json:"success,omitempty"`
	Bodiless     []int       `json:"bodiless,omitempty"` // of Success: the answers without a body, where others have one
	Idempotent   bool        `json:"idempotent,omitempty"`
	Anonymous    bool        `json:"anonymous,omitempty"`
	Security     string      `json:"security,omitempty"` // variable of its requirement; empty: that of the client
	Servers      string      `json:"servers,omitempty"`  // variable of its list; empty: those of the client
	Base         string      `json:"base,omitempty"`     // in front of Path, where an endpoint without a path serves all
	BodyOptional bool        `json:"bodyOptional,omitempty"`
	NullBody     bool        `json:"nullBody,omitempty"`   // a nil request is null
	NullAnswer   bool        `json:"nullAnswer,omitempty"` // null is an answer: the result, a struct, is nil then
	ConstPath    []string    `json:"constPath,omitempty"`  // body member that tells variants apart
	ConstValue   string      `json:"constValue,omitempty"`
	Needs        [][]string  `json:"needs,omitempty"` // or the body members that it cannot be without

	Failures *FailureList `json:"failures,omitempty"` // documented bodies of failures
	Observed bool         `json:"observed,omitempty"` // its answers are judged by their schemas
}

// Encoding is how a member of a form or multipart body is written, where it is not as usual.
type Encoding struct {
	Name        string         `json:"name"`
	Style       []string       `json:"style,omitempty"` // names of runtime constants
	ContentType string         `json:"contentType,omitempty"`
	Headers     []model.Header `json:"headers,omitempty"`
}

// Client is the client type and its options.
type Client struct {
	Doc             Text              `json:"doc"`
	Params          []*ClientParam    `json:"params,omitempty"`
	Regions         []*Region         `json:"regions,omitempty"`
	Servers         []*Server         `json:"servers,omitempty"`     // the first is the default, where there are no regions
	ServerLists     []*ServerList     `json:"serverLists,omitempty"` // of operations
	Choice          []*Server         `json:"choice,omitempty"`      // servers with a constant
	ServerVariables []*ServerVariable `json:"serverVariables,omitempty"`
	Catalog         *model.InCatalog  `json:"catalog,omitempty"`
	Headers         []model.Header    `json:"headers,omitempty"`
	Schemes         []*Scheme         `json:"schemes,omitempty"`
	Credentials     *Credentials      `json:"credentials,omitempty"`   // the option WithCredentials
	SecretHeaders   []string          `json:"secretHeaders,omitempty"` // that hold credentials
	SecretMembers   []string          `json:"secretMembers,omitempty"` // members and parameters that are secrets, sorted
	Security        *Requirement      `json:"security,omitempty"`      // of operations that name no other; nil: the document says nothing
	Requirements    []*Requirement    `json:"requirements,omitempty"`  // of the others
}

// ClientParam is a path parameter given once, to the client.
type ClientParam struct {
	Name string `json:"name"` // Go: ProjectID
	Wire string `json:"wire"`
	Doc  Text   `json:"doc"`
}

// Region is a named endpoint.
type Region struct {
	Const    string `json:"const"`
	Name     string `json:"name"`
	Endpoint string `json:"endpoint"`
	Doc      Text   `json:"doc"`
}

// Errors is what the API reports failures with.
type Errors struct {
	Shapes           []*model.ErrorShape `json:"shapes,omitempty"`
	RequestIDHeaders []string            `json:"requestIDHeaders,omitempty"`
	Codes            []*ErrorCode        `json:"codes,omitempty"`    // sorted by code
	Prefixes         []*ErrorCode        `json:"prefixes,omitempty"` // longest first
	Aliases          []*ErrorAlias       `json:"aliases,omitempty"`  // sorted by name
	Statuses         []*ErrorStatus      `json:"statuses,omitempty"` // sorted
}

// ErrorAlias is another name for a code.
type ErrorAlias struct {
	Name string `json:"name"`
	Of   string `json:"of"` // constant of the code
}

// ErrorStatus is what a status means when the body names no code.
type ErrorStatus struct {
	Status int    `json:"status"`
	Class  string `json:"class"`
}

// ErrorCode is a documented code.
type ErrorCode struct {
	Const   string `json:"const,omitempty"`
	Code    string `json:"code"`
	Class   string `json:"class,omitempty"` // name of the runtime constant: ErrNotFound
	Status  int    `json:"status,omitempty"`
	Message string `json:"message,omitempty"`
}
