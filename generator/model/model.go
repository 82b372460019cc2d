// Package model is the API as its document means it: resources, operations, schemas, constraints,
// authentication, errors and pagination. It knows neither kin-openapi nor Go. OpenAPI 3.0 and
// Swagger 2.0 are lifted to the 3.1 meaning before they reach it, so no later stage asks for a
// version. Slices keep document order; every node carries its position and its documentation.
package model

import (
	"cmp"
	"fmt"
	"strings"
)

// Pos is the place of a node in a source file. Line and Col count from 1; zero means unknown.
type Pos struct {
	File    string `json:"file,omitempty"`    // slash-separated, relative to the load root
	Line    int    `json:"line,omitempty"`    //
	Col     int    `json:"col,omitempty"`     //
	Pointer string `json:"pointer,omitempty"` // JSON pointer within File
}

func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// ID names the node stably: file and JSON pointer.
func (p Pos) ID() string { return p.File + "#" + p.Pointer }

// Doc is what the document says about a node.
type Doc struct {
	Summary    string  `json:"summary,omitempty"`
	Text       string  `json:"text,omitempty"`
	Deprecated bool    `json:"deprecated,omitempty"`
	Source     *Source `json:"source,omitempty"`
}

// Source is the place in the API reference from which a node was transcribed.
type Source struct {
	Page    string `json:"page,omitempty"`
	Table   string `json:"table,omitempty"`
	Row     string `json:"row,omitempty"`
	URL     string `json:"url,omitempty"`
	Revised string `json:"revised,omitempty"` // date of the page, as it prints it
}

func (s *Source) String() string {
	var parts []string
	for _, p := range []string{s.Page, s.Table, s.Row} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}

// API is one or more documents that feed one Go package.
type API struct {
	Documents  []*Document       `json:"documents"`
	Resources  []*Resource       `json:"resources,omitempty"`
	Operations []*Operation      `json:"operations,omitempty"`
	Webhooks   []*Webhook        `json:"webhooks,omitempty"`
	Schemas    []*Schema         `json:"schemas,omitempty"` // component schemas; inline ones hang on their users
	Security   []*SecurityScheme `json:"security,omitempty"`

	ClientParameters []string   `json:"clientParameters,omitempty"` // path parameters given once, to the client
	Headers          []Header   `json:"headers,omitempty"`          // constant headers of every request
	Regions          []*Region  `json:"regions,omitempty"`
	Servers          []*Server  `json:"servers,omitempty"`
	InCatalog        *InCatalog `json:"inCatalog,omitempty"`
	Errors           *Errors    `json:"errors,omitempty"`
	Digits           bool       `json:"digits,omitempty"` // integers are written in digits alone: 1.0 is none

	HasValidations bool `json:"-"` // some schema or operation has rules of its own; where none has, nobody need look

	Selection *Selection `json:"selection,omitempty"` // nil: everything is selected
}

// Document is one input file.
type Document struct {
	Pos
	Doc
	Title   string `json:"title,omitempty"`
	Version string `json:"version,omitempty"`
	OpenAPI string `json:"openapi,omitempty"` // the version it was written in, for information
}

// Header is a constant header.
type Header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Region is a named endpoint.
type Region struct {
	Pos
	Doc
	Name     string `json:"name"`
	Endpoint string `json:"endpoint"`
}

// Server is an entry of the document's servers list.
type Server struct {
	Pos
	Doc
	Name      string            `json:"name,omitempty"` // since 3.2
	URL       string            `json:"url"`
	Variables []*ServerVariable `json:"variables,omitempty"`
}

// ServerVariable is a placeholder of a server URL.
type ServerVariable struct {
	Pos
	Doc
	Name    string   `json:"name"`
	Default string   `json:"default"`
	Enum    []string `json:"enum,omitempty"`
}

// Operation is one documented call. An operation with variants has become one Operation per
// variant: the constants that tell them apart stand in the request schema.
type Operation struct {
	Pos
	Doc
	ID       string `json:"id"`                 // operationId, or derived from method and path
	Resource string `json:"resource"`           // Name of its Resource
	Verb     string `json:"verb,omitempty"`     // x-pantograph.method; empty when the document declares none
	Method   string `json:"method"`             // upper case
	Path     string `json:"path"`               // template, as in the document
	Template string `json:"template,omitempty"` // of the path as it is sent, where Path has parameters by other names than are declared
	Query    string `json:"query,omitempty"`    // fixed: what the document writes behind the path, escaped as it is sent
	Variant  bool   `json:"variant,omitempty"`  // shares method and path with others

	Parameters []*Parameter `json:"parameters,omitempty"` // path parameters in template order, then the others in document order
	Body       *Body        `json:"body,omitempty"`
	Responses  []*Response  `json:"responses,omitempty"`
	Servers    []*Server    `json:"servers,omitempty"` // its own, or those of its path; empty: those of the API
	Callbacks  []*Webhook   `json:"callbacks,omitempty"`

	Security   []SecurityRequirement `json:"security,omitempty"` // alternatives
	Pagination *Pagination           `json:"pagination,omitempty"`
	Result     string                `json:"result,omitempty"`     // response member that is the result of the method
	Idempotent *bool                 `json:"idempotent,omitempty"` // nil: by method
	RateLimit  *RateLimit            `json:"rateLimit,omitempty"`
	Errors     []string              `json:"errors,omitempty"` // documented codes of its failures
	Batch      *Batch                `json:"batch,omitempty"`
	Change     *Change               `json:"change,omitempty"`
	Session    *Session              `json:"session,omitempty"`
	Single     *Single               `json:"single,omitempty"`
	Link       *LinkCall             `json:"link,omitempty"`
	Simulate   *SimulatedAct         `json:"simulate,omitempty"`

	Validations []*Validation `json:"validations,omitempty"` // on parameters and body together
}

// Sent is the template of the path as it is sent: its parameters have the names that are declared.
func (op *Operation) Sent() string { return cmp.Or(op.Template, op.Path) }

// Asked is the path as the document writes it, with its fixed query.
func (op *Operation) Asked() string {
	if op.Query == "" {
		return op.Path
	}
	return op.Path + "?" + op.Query
}

// In is where a parameter stands.
type In string

// The places of a parameter.
const (
	InPath   In = "path"
	InQuery  In = "query"
	InHeader In = "header"
	InCookie In = "cookie"
)

// Parameter is a path, query, header or cookie parameter.
type Parameter struct {
	Pos
	Doc
	Name            string     `json:"name"`
	In              In         `json:"in"`
	Required        bool       `json:"required,omitempty"`
	Style           string     `json:"style,omitempty"`   // never empty: the default is filled in
	Explode         bool       `json:"explode,omitempty"` // the default is filled in
	AllowReserved   bool       `json:"allowReserved,omitempty"`
	AllowEmptyValue bool       `json:"allowEmptyValue,omitempty"` // query: may be there without a value
	Schema          *Schema    `json:"schema,omitempty"`
	Content         *MediaType `json:"content,omitempty"` // instead of Schema
	PinnedName      string     `json:"pinnedName,omitempty"`
}

// Body is a request body.
type Body struct {
	Pos
	Doc
	Required bool         `json:"required,omitempty"`
	Content  []*MediaType `json:"content"`
}

// MediaType is one representation of a body.
type MediaType struct {
	Pos
	Name     string      `json:"name"` // "application/json;charset=UTF-8", as in the document
	Schema   *Schema     `json:"schema,omitempty"`
	Items    *Schema     `json:"itemSchema,omitempty"` // of each entry of a stream (3.2)
	Examples []*Example  `json:"examples,omitempty"`
	Encoding []*Encoding `json:"encoding,omitempty"`
}

// Encoding is how one member of a form or multipart body is written.
type Encoding struct {
	Pos
	Property    string       `json:"property"`
	ContentType string       `json:"contentType,omitempty"` // as written: may list several, may hold wildcards
	Headers     []*Parameter `json:"headers,omitempty"`     // of the part; never Content-Type

	// Style is empty where the document states none of style, explode and allowReserved: then the content type
	// decides. Otherwise the defaults are filled in.
	Style         string `json:"style,omitempty"`
	Explode       bool   `json:"explode,omitempty"`
	AllowReserved bool   `json:"allowReserved,omitempty"`
}

// Example is an example value of a body or schema.
type Example struct {
	Pos
	Name  string `json:"name,omitempty"`
	Value Value  `json:"value"`
}

// Response is one documented answer.
type Response struct {
	Pos
	Doc
	Status  string       `json:"status"`            // "200", "4XX", "default"
	Headers []*Parameter `json:"headers,omitempty"` // as parameters in "header"; never Content-Type
	Content []*MediaType `json:"content,omitempty"`
	Links   []*Link      `json:"links,omitempty"`
}

// Success reports whether the response is one of the 2xx.
func (r *Response) Success() bool { return strings.HasPrefix(r.Status, "2") }

// RateLimit is the documented throttle of an operation.
type RateLimit struct {
	PerUser int    `json:"perUser,omitempty"`
	Total   int    `json:"total,omitempty"`
	Window  string `json:"window,omitempty"` // as the reference states it
}

// PaginationKind is how a list is cut into pages.
type PaginationKind string

// The kinds of pagination.
const (
	PageOffset   PaginationKind = "offset"   // request: index of the first item
	PageNumber   PaginationKind = "page"     // request: number of the page
	PageMarker   PaginationKind = "marker"   // request: id of the last item seen, or the marker the response names
	PageToken    PaginationKind = "token"    // request: opaque token from the response
	PageNextLink PaginationKind = "nextLink" // response: URL of the next page
	PageWhole    PaginationKind = "whole"    // one page is all there is
)

// Pagination names the parameters and members that page through a list. Parameter names are query
// parameters, or body members when prefixed with "body:", or headers when prefixed with "header:". Response members are dotted paths
// ("page_info.next_marker"); Total and Next may be headers too, "header:Link" the link in one whose relation is next.
type Pagination struct {
	Pos
	Kind       PaginationKind `json:"kind"`
	Cursor     string         `json:"cursor,omitempty"`     // request: offset, page, marker or token parameter
	Limit      string         `json:"limit,omitempty"`      // request: page size parameter
	Items      string         `json:"items,omitempty"`      // response: the list; empty: the response is the list
	Total      string         `json:"total,omitempty"`      // response: number of all items
	Next       string         `json:"next,omitempty"`       // response: next marker, token or link
	NextItem   *Selector      `json:"nextItem,omitempty"`   // instead of Next: it stands in an item of a list
	ItemMarker string         `json:"itemMarker,omitempty"` // marker: member of the last item, when the response has no Next
	First      int            `json:"first,omitempty"`      // page: number of the first page; offset: index of the first item
}

// Selector picks a member of one item of a list: "links[rel=next].href" is the href of the first
// link whose rel is next.
type Selector struct {
	List   string `json:"list"`   // dotted path to the list
	Member string `json:"member"` // of an item, which tells it from the others
	Value  string `json:"value"`  // that this member has
	Result string `json:"result"` // dotted path from the item
}

func (s *Selector) String() string {
	return s.List + "[" + s.Member + "=" + s.Value + "]." + s.Result
}

// Errors is how the API reports failures.
type Errors struct {
	Pos
	Shapes           []*ErrorShape  `json:"shapes,omitempty"`           // tried in order
	RequestIDHeaders []string       `json:"requestIDHeaders,omitempty"` // first one present wins
	Codes            []*ErrorCode   `json:"codes,omitempty"`
	Prefixes         []*ErrorCode   `json:"prefixes,omitempty"` // meaning by prefix of the code
	Statuses         []*ErrorStatus `json:"statuses,omitempty"` // meaning by status, where it is not the usual one
}

// ErrorShape is one form of error body: dotted paths to its members.
type ErrorShape struct {
	Pos
	Code       string `json:"code,omitempty"`
	Message    string `json:"message,omitempty"`
	RequestID  string `json:"requestID,omitempty"`
	Details    string `json:"details,omitempty"`
	Status     string `json:"status,omitempty"`     // where the body repeats the status
	RetryAfter string `json:"retryAfter,omitempty"` // a wait in seconds, or a time
}

// ErrorStatus is what a status means in this API when the body names no code.
type ErrorStatus struct {
	Pos
	Status  int    `json:"status"`
	Meaning string `json:"meaning"`
}

// ErrorCode is a documented error code. Meaning is one of the published classes (notFound,
// conflict, quotaExceeded, invalid, unauthenticated, permissionDenied, rateLimited, unavailable,
// busy, internal), or empty: the status decides.
type ErrorCode struct {
	Pos
	Code    string  `json:"code"`
	Name    string  `json:"name,omitempty"` // pinned name of its constant
	Status  int     `json:"status,omitempty"`
	Meaning string  `json:"meaning,omitempty"`
	Message string  `json:"message,omitempty"`
	Source  *Source `json:"source,omitempty"`

	Aliases []string `json:"aliases,omitempty"` // other names for the same
}
