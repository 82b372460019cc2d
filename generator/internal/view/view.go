// Package view is what templates see of a plan: a read-only copy with names that stay. The plan changes with every
// release, and nobody's templates break.
//
// docs/template-data.md is made from the declarations in this file: their comments are the documentation.
package view

// Version is the version of the data. It grows when a field goes or changes its meaning, which only a major release
// does; new fields leave it as it is.
const Version = 1

// Package is the whole of a generated package.
type Package struct {
	Name           string       // name of the Go package: autoscaling
	ImportPath     string       // its import path
	Runtime        string       // import path of its runtime
	TestName       string       // name of its test-support package; empty: there is none
	TestImportPath string       // import path of that
	Stateful       bool         // it has NewCloud: a fake that keeps what it is told
	Title          *Text        // title of the document
	Version        *Text        // version of the document
	Documents      []*Text      // files it was made from
	Client         *Client      // the type Client and its options
	Models         []*Model     // every struct, in the order of the output
	Enums          []*Enum      // every type with constants
	Unions         []*Union     // every sealed interface
	Resources      []*Resource  // every service, in the order of the client's fields
	Operations     []*Operation // the methods of all of them
	ErrorCodes     []*ErrorCode // documented codes of failures

	About
}

// About is what the document says about something. Its fields are fields of everything that has it.
type About struct {
	Doc        *Text   // summary and description
	Facts      []*Text // sentences made from the schema: limits, default, unit
	Rules      []*Text // rules about the whole, in plain words
	Source     *Text   // where the reference says it
	URL        *Text   // link to that; http or https
	Deprecated bool    // the document marks it so
}

// Client is the type Client.
type Client struct {
	Package     *Package           `json:"-"` // the package it is of
	Parameters  []*ClientParameter // what is said once, for all calls
	Regions     []*Region          // named endpoints
	Servers     []*Server          // endpoints without a region; the first is the default
	Schemes     []*Scheme          // ways to prove who one is
	Credentials bool               // there is the option WithCredentials, with StaticCredentials
	Environment bool               // there is EnvironmentCredentials
	File        bool               // there is FileCredentials

	About
}

// ClientParameter is a path parameter that is given to the client.
type ClientParameter struct {
	Name   string // Go name: ProjectID
	Option string // option that sets it: WithProjectID
	Wire   *Text  // name in the path template

	About
}

// Region is an endpoint with a name.
type Region struct {
	Const    string // Go constant: RegionCNNorth4
	Name     *Text  // as users write it
	Endpoint *Text  // its URL

	About
}

// Server is an endpoint without a region.
type Server struct {
	URL *Text // may hold {variables}

	About
}

// Scheme is a way to prove who one is.
type Scheme struct {
	Name    *Text           // in the document
	Kind    string          // apiKey, basic, bearer, http, token or mutualTLS
	Options []*SchemeOption // options of the client that set it

	About
}

// SchemeOption is an option that sets credentials.
type SchemeOption struct {
	Name string // Go name: WithAPIKey
	Form string // what it takes: secret, source, password, passwordFunc, clientCredentials, userPassword or refreshToken
}

// Model is a struct.
type Model struct {
	Package    *Package `json:"-"` // the package it is of
	Name       string   // Go name: CreateGroupRequest
	Request    bool     // a request type; otherwise a response type
	Validated  bool     // it has the method Validate
	Secret     bool     // it holds a secret, itself or below
	Fields     []*Field // in the order of the struct; members that the codec writes by itself (constants) are none
	Additional *Field   // the field for members of other names; nil: there is none

	About
}

// Field is a field of a struct: a member of an object, or a parameter.
type Field struct {
	Name     string  // Go name: MinInstanceNumber
	Wire     *Text   // name of the JSON member or parameter: min_instance_number
	In       string  // of a parameter: query, header or cookie
	Type     *Type   // its Go type
	Shape    *Shape  // the same, taken apart
	Required bool    // a request without it is refused
	Optional bool    // its Go type is Opt[T]
	Secret   bool    // the document marks it secret: do not print it
	Packed   *Packed `json:",omitempty"` // of a member whose JSON is text, and its Go value none; nil: of others

	About
}

// Packed is how text in JSON holds what is no text in Go.
type Packed struct {
	True      *Text // of a boolean that is true
	False     *Text // of one that is false
	Separator *Text // of a list
}

// Shape is a Go type, taken apart.
type Shape struct {
	Kind    string // text, integer, number, boolean, time, enum, model, union, list, map, bytes, file, raw (JSON) or other
	Type    *Type  // without Opt and pointer
	Base    string // of a scalar and an enum, the basic Go type below it: string
	Pointer bool   // it is held by pointer
	Elem    *Shape // of a list and a map
	Model   *Model `json:"-"` // of a model
	Enum    *Enum  `json:"-"` // of an enum
	Union   *Union `json:"-"` // of a union
}

// Enum is a type with constants. It is open: a server may send other values.
type Enum struct {
	Package *Package     `json:"-"` // the package it is of
	Name    string       // Go name: GroupStatus
	Base    string       // string, int, int64, uint64 or float64
	List    string       // the function that lists the values
	Values  []*EnumValue // in the order of the document

	About
}

// EnumValue is a constant.
type EnumValue struct {
	Name   string // Go name: GroupStatusInService
	Text   *Text  // its value, of a string
	Number string // its value, of a number

	About
}

// Union is a sealed interface: a value of one of several types.
type Union struct {
	Package  *Package   `json:"-"` // the package it is of
	Name     string     // Go name
	Unknown  string     // Go name of the type of a value that is none of the variants
	Key      *Text      // member that tells the variants apart
	Variants []*Variant // in the order of the document

	About
}

// Variant is one type that a value of a union can have.
type Variant struct {
	Type   *Type   // a pointer to a struct, or a defined type
	Model  *Model  `json:"-"` // of a struct
	Values []*Text // JSON texts of the key that say it is this one

	About
}

// Resource is a service: a field of the client.
type Resource struct {
	Package *Package     `json:"-"` // the package it is of
	Field   string       // the client's field: Groups
	Type    string       // Go name of the service: GroupsService
	Methods []*Operation // those of each operation, in the order of the document: one, or one for each media type
	Helpers []*Helper    // methods that make several calls: find, wait, …
	What    string       // what a resource is called, where the document declares it: AS group
	Model   *Model       `json:"-"`          // what a resource is, where the document declares it
	Item    *Model       `json:"-"`          // what an item of its list is
	List    *Operation   `json:"-"`          // the method that lists them in pages; nil: there is none
	ID      []*Field     `json:",omitempty"` // the way to the id of an item, from field to field; empty: the document does not say
	Title   []*Field     `json:",omitempty"` // the way to its name

	About
}

// Operation is a method that makes one call.
type Operation struct {
	Package     *Package    `json:"-"` // the package it is of
	Resource    *Resource   `json:"-"` // the resource it is of
	Name        string      // Go name of the method: Create
	Call        string      // its name in the package: CreateGroup
	OperationID *Text       // CreateScalingGroup
	HTTPMethod  string      // POST
	Path        *Text       // path template, literally as in the document
	Arguments   []*Argument // path parameters, in the order of the URL; they follow the context
	Params      *Params     // the next argument, where there is one
	Request     *Body       // the next argument, where there is one
	Answer      string      // value, results, download, events, stream or redirect; empty: an error alone
	Returns     *Type       // what it returns before the error; of events and stream, what its iterator yields
	Result      *Shape      // of a value and a stream, what it is
	Pages       *Pages      // of a list: how it is walked
	Delete      bool        // it deletes, and takes IgnoreMissing
	Idempotent  bool        // it is repeated after a failure

	About
}

// Argument is a path parameter that a method takes.
type Argument struct {
	Name  string // Go name: groupID
	Wire  *Text  // name in the path template
	Type  *Type  // its Go type
	Shape *Shape // the same, taken apart

	Resource *Resource `json:"-"` // whose id it is, where the document declares the resource

	About
}

// Params are the query, header and cookie parameters of an operation: a struct, taken by pointer.
type Params struct {
	Name   string   // Go name: ListGroupsParams
	Fields []*Field // in the order of the struct

	About
}

// Body is the body of a request.
type Body struct {
	Name     string // Go name of the argument
	Kind     string // json, form, multipart, text, binary, xml or lines
	Type     *Type  // of the argument
	Shape    *Shape // the same, taken apart
	Required bool   // it cannot be nil
}

// Pages are the iterators of a list.
type Pages struct {
	Items string // Go name of the method that walks the items: All
	Pages string // Go name of the method that walks the pages
	Elem  *Type  // what Items yields, the pointer included
	Shape *Shape // the same, taken apart
}

// Helper is a method of a resource that makes several calls.
type Helper struct {
	Name      string      // Go name: WaitUntilInService
	Kind      string      // find, wait, batch, change, merge, ensure, single, tree, session, drain or link
	Words     string      // of wait, the state in words: in service
	Arguments []*Argument // path parameters; they follow the context
	Params    *Params     `json:",omitempty"` // of tree: the next argument, where there is one
	Returns   *Type       `json:",omitempty"` // of find, wait and tree, what it returns before the error; nil: an error alone

	About
}

// ErrorCode is a documented code of failures.
type ErrorCode struct {
	Const   string // Go constant; empty: there is none
	Code    *Text  // as the server sends it
	Class   string // name of the error it matches: ErrNotFound; empty: none
	Status  int    // of the answer, where the document names one
	Message *Text  // what the document says about it
}
