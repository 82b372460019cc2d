package rt

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// API is what a generated package knows about its service. It is static data: nothing writes to it.
type API struct {
	Name    string // product token of the user agent: "huaweicloud-as"
	Version string // version of the document

	Regions []Region // known to [WithRegion], in the order of the document
	Servers []Server // where there are no regions, the first is the default endpoint

	ClientParams []string      // path parameters that are given once, to the client: [WithParam]
	Headers      []HeaderField // sent with every request; a body's own media type replaces Content-Type
	ParamHeaders []ParamHeader // headers that repeat a client parameter
	Errors       ErrorModel

	Security      Security // of operations that name none of their own, and of [Client.Send]
	SecretHeaders []string // that hold credentials, whatever their names look like
	SecretMembers []string // members and parameters that are never shown, likewise
}

// Region is a named endpoint.
type Region struct {
	Name     string // "eu-de"
	Endpoint string // "https://as.eu-de.otc.t-systems.com"
}

// Server is an entry of the document's servers list.
type Server struct {
	URL       string // may hold {variables}
	Variables []ServerVariable
}

// ServerVariable is a placeholder of a server URL.
type ServerVariable struct {
	Name    string
	Default string
	Enum    []string // the values allowed; any when empty
}

// HeaderField is a constant header.
type HeaderField struct{ Name, Value string }

// ParamHeader says that a header repeats the value of a client parameter: the project id in
// X-Project-Id, for one.
type ParamHeader struct {
	Param  string
	Header string
	Signed bool // only with credentials that sign the request
}

// ErrorModel is how the API reports failures.
type ErrorModel struct {
	Shapes           []ErrorShape // tried in order
	RequestIDHeaders []string     // the first one present wins
	Codes            []ErrorCode  // sorted by Code, byte order
	Prefixes         []ErrorCode  // classes by prefix of the code; the longest that fits wins
	Aliases          []ErrorAlias // sorted by Name, byte order
	Statuses         []ErrorStatus
}

// ErrorShape is one form of error body: dotted paths ("error.code") to its members. A shape fits
// when its code or, where it names none, its message is present. The path * leads to the object that
// is the only member of another; a path that ends in * is its name.
type ErrorShape struct {
	Code, Message, RequestID, Details string

	Status     string // where the body repeats the status
	RetryAfter string // how long to wait where no header says so: seconds, or a time; whichever shape fits
}

// ErrorAlias is another name for a code.
type ErrorAlias struct{ Name, Code string }

// ErrorStatus is what a status means when the body names no code.
type ErrorStatus struct {
	Status int
	Class  Class
}

// Failure is the documented body of failures with a status.
type Failure struct {
	Status int                    // 404; 4 for every 4xx; 0 for every other
	New    func() (any, json.Ref) // makes a value: a pointer to it, and what the codec takes
	Decode DecodeFunc             // reads it where it is labelled as XML; see package xml
}

// bodiless reports whether answers with a status are documented to have no body.
func (o *Operation) bodiless(status int) bool {
	return slices.ContainsFunc(o.Bodiless, func(n int) bool { return n == status || n == status/100 || n == 0 })
}

// ErrorCode is a documented error code or prefix. Without a class, the HTTP status decides.
type ErrorCode struct {
	Code  string
	Class Class
}

// DecodeFunc reads a body into a value.
type DecodeFunc func(data []byte, v json.Ref, o json.DecodeOptions) error

// Answers lists what the JSON body of an answer differs in from its schema, beyond what decoding finds: see package
// schema.
type Answers interface {
	Observe(operation string, status int, body []byte) []Deviation
}

// Operation is the static description of one documented call.
type Operation struct {
	ID       string // operationId
	Resource string // "groups"
	Method   string // upper case
	Path     string // template, literally as in the document
	Query    string // sent with each call in front of its parameters: escaped, without the question mark; mostly empty

	ContentType string                         // of the request body
	Body        BodyKind                       // how the codec's value becomes it
	Encoding    []Encoding                     // of its members, for forms and multipart bodies
	Encode      func(json.Ref) ([]byte, error) // instead of Body: other ways to write it; see package xml
	Decode      DecodeFunc                     // reads a result that is labelled as XML, instead of the codec; see package xml
	Accept      string                         // media type of the result; application/json when empty and there is one
	Success     []int                          // documented statuses of success; every 2xx when empty
	Bodiless    []int                          // those whose answer has no body, where others have one; 2 is all 2xx, 0 any

	Failures []Failure // documented bodies of failures
	Answers  Answers   // judges JSON results by their schemas, where anyone listens; nil: nobody asked for it

	Idempotent   bool // may be repeated after a failure
	Anonymous    bool // takes no credentials
	Security     Security
	Servers      []Server // its own, the first unless another is chosen; a path: at the origin of the API
	BodyOptional bool     // a nil request sends no body; otherwise it is refused
	NullBody     bool     // a nil request is null, where a body has to be there
	NullAnswer   bool     // the answer may be null, which is taken for none
}
