// Package simulate keeps resources in memory, so that a fake server answers as the service would: what was created can be
// listed, changed and deleted, states change as time goes by, and limits hold.
//
// It works on the JSON that is on the wire. What the resources and operations are is described once, by generated code; see
// [Table] and [Act].
package simulate

import "time"

// Table describes the resources of one kind.
type Table struct {
	What     string // "AS group"
	ID       string // member that is the id
	Name     string // member that is its name; empty: it has none
	Parent   int    // index of the table of what they belong to, plus one; 0: nothing
	ParentID string // member that holds the parent's id; empty: none does
	Initial  string // JSON object: what a new one has beside what its request says
	Missing  Failure
	Limit    int // how many there may be, below one parent; 0: any number
	Full     Failure
	Flows    []Flow
	Children []Child
	Newest   bool      // lists begin with the newest
	Capacity *Capacity // nil: it is not made of others
	Scale    *Scale    // nil: it changes no capacity when it runs
}

// Child is a list in the request that creates a resource, each item of which becomes a resource of another table.
type Child struct {
	Member string
	Table  int // index
}

// Flow is what becomes of a resource by itself.
type Flow struct {
	When  map[string][]string // members and the values, as text, that they have
	After time.Duration       // since the last change
	Set   string              // JSON object; "=member" is the value of another member
}

// Failure is a failure that the service documents.
type Failure struct {
	Status  int
	Code    string
	Message string
}

// Kind is what an operation does.
type Kind uint8

// The kinds of operations.
const (
	Create Kind = iota + 1
	List
	Get
	Update
	Delete
	Set   // sets members
	Part  // reads a part of a resource
	Put   // replaces a part of a resource
	Note  // is received, and changes nothing: an answer that tells nothing
	Run   // changes the capacity of what the resource belongs to
	Leave // takes units out of a capacity
	Join  // adds units to a capacity: the body lists their ids
)

// Act describes what an operation does.
type Act struct {
	Kind    Kind
	Table   int      // index
	ID      string   // path parameter that holds the id
	Parent  string   // path parameter that holds the id of the parent
	At      []string // Part, Put: where in the resource
	Set     string   // JSON object: what is set; "=member" is the value of another member
	Needs   []Need
	Each    string // member of the body that lists ids: the act is done to each
	Through int    // index of the table, plus one, of what the path names: what that belongs to is meant
	Quiet   bool   // failures are not told

	Replaced string  // Leave: query parameter that, unless it is false, has another take the place
	Below    Failure // Leave: there would be too few
	Above    Failure // Join: there would be too many
	Taken    Failure // Join: it is there already

	Status int
	Wrap   string   // member of the answer that holds the result; empty: it is the answer
	Only   []string // members of the result; nil: all
	Empty  bool     // the answer has no body
	Many   bool     // Create: body and result are lists
	All    []string // Update: members that the request replaces, whether it has them or not; nil: those that it has
	Body   string   // Update, Put: member of the body that says what is changed; empty: the body itself
	Page   *Page    // List
}

// Need is what a member has to be for an operation.
type Need struct {
	Of     int // index of the table, plus one, of what the resource belongs to and that is meant; 0: the resource
	Member string
	Values []string
	Or     Failure
	Unless string // query parameter that, when it is true or yes, does without
}

// Page describes how a list is cut into pages. Members of the answer are paths.
type Page struct {
	Items  []string
	Total  []string
	Next   []string          // marker or token of the next page
	Link   []string          // URL of the next page; for a list of links, the list
	Rel    bool              // Link is a list of links with rel and href
	Cursor string            // query parameter
	Number bool              // Cursor is the index of the first item
	Limit  string            // query parameter
	Size   int               // of a page, where the request says none
	Most   int               // of a page
	Fuzzy  string            // query parameter by which a member need only contain its value
	Match  map[string]string // query parameters that have to equal a member: by parameter, the member
}
