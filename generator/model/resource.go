package model

import "time"

// Resource groups operations; it becomes a service of the client. What stands below Declared is the resource
// layer: what people do with resources beyond single calls.
type Resource struct {
	Pos
	Doc
	Name     string `json:"name"`               // as declared: "groups"; or the tag
	Singular string `json:"singular,omitempty"` // "group"
	Declared bool   `json:"declared,omitempty"` // by x-pantograph, not derived from a tag or path

	Parent     *Parent      `json:"parent,omitempty"`
	Identity   *Identity    `json:"identity,omitempty"`
	Find       *Find        `json:"find,omitempty"`
	Waits      []*Wait      `json:"waits,omitempty"`
	Ensure     *Ensure      `json:"ensure,omitempty"`
	Dependents []*Dependent `json:"dependents,omitempty"` // deleted before it, in this order
	Drain      *Drain       `json:"drain,omitempty"`
	Simulate   *Simulation  `json:"simulate,omitempty"`
}

// Parent is the resource that another one belongs to.
type Parent struct {
	Pos
	Name string `json:"name"`
}

// Identity is how a resource is told from others of its kind. Members are dotted paths in what the operation "get"
// answers; where there is none, in an item of the list.
type Identity struct {
	Pos
	ID        string `json:"id"`
	Name      string `json:"name,omitempty"`      // what people call it by
	Parameter string `json:"parameter,omitempty"` // path parameter that holds the id; empty: the last one of "get"
}

// Find is how a resource is found by name.
type Find struct {
	Pos
	Filter string `json:"filter,omitempty"` // query parameter of the list that narrows it
	ID     string `json:"id,omitempty"`     // members of an item of the list, where they differ from the identity
	Name   string `json:"name,omitempty"`
	List   string `json:"list,omitempty"` // verb of the list; empty: list
}

// Wait is a state that can be waited for.
type Wait struct {
	Pos
	Doc
	For     string        `json:"for"`               // lowerCamelCase: inService
	Member  string        `json:"member,omitempty"`  // dotted path of the state
	Also    []string      `json:"also,omitempty"`    // dotted paths of members that have to come to a success too
	Success []string      `json:"success,omitempty"` // values that end the wait
	Failure []string      `json:"failure,omitempty"` // values that end it with an error
	Equals  string        `json:"equals,omitempty"`  // another member that Member has to come to equal
	Missing bool          `json:"missing,omitempty"` // until it is not found
	Appears bool          `json:"appears,omitempty"` // it may not be there at first
	Every   time.Duration `json:"every,omitempty"`   // between the first reads; zero: the runtime's
	Within  time.Duration `json:"within,omitempty"`  // deadline; zero: the runtime's
	Settle  int           `json:"settle,omitempty"`  // reads in a row that have to show success
}

// Ensure asks for a method that creates a resource, or updates it, until it is as a request says.
type Ensure struct {
	Pos
	Create string `json:"create,omitempty"` // verbs; empty: create and update
	Update string `json:"update,omitempty"`
}

// Dependent is a resource whose items go before their parent goes.
type Dependent struct {
	Pos
	Resource string `json:"resource"`
	Method   string `json:"method,omitempty"` // verb that removes one; empty: delete
}

// Drain asks for a method that empties a resource, waits until it is empty, and deletes it.
type Drain struct {
	Pos
	Method   string          `json:"method"`             // verb of that method
	Resource string          `json:"resource,omitempty"` // whose operation empties it; empty: its own
	By       string          `json:"by"`                 // verb of the method that changes, or of an operation that updates
	Set      []*DrainedValue `json:"set"`
	Wait     string          `json:"wait"` // the wait that says when it is empty
}

// DrainedValue is what a member of a request has to be, for a resource to become empty.
type DrainedValue struct {
	Pos
	Member string `json:"member"`
	Value  int    `json:"value"`
}

// LinkCall says that the service hands out the address of an operation whole, as a link.
type LinkCall struct {
	Pos
	Method string `json:"method"` // verb of the method that takes the link
}

// Batch says that a member of a request is a list that has a limit, so that longer ones can be split.
type Batch struct {
	Pos
	Method string      `json:"method"`          // verb of the method that splits
	Items  string      `json:"items"`           // member of the body
	Limit  int         `json:"limit,omitempty"` // zero: the list's maxItems
	Errors *ItemErrors `json:"errors,omitempty"`
}

// Single says that an operation takes a list and answers one, so that there is a method for one item.
type Single struct {
	Pos
	Method string `json:"method"` // verb of that method
}

// ItemErrors says where a failure tells which items failed, when it hides that in a text.
type ItemErrors struct {
	Pos
	Code     string `json:"code"`               // of the failure
	Member   string `json:"member"`             // of its body: text that is a JSON list
	ID       string `json:"id"`                 // members of an entry of that list
	ItemCode string `json:"itemCode,omitempty"` //
	Message  string `json:"message,omitempty"`  //
}

// Change says that an operation replaces all it is given, so that a change starts from what there is.
type Change struct {
	Pos
	Method  string   `json:"method"`         // verb of the method that changes
	Read    string   `json:"read,omitempty"` // verb of the operation that reads; empty: get
	From    string   `json:"from,omitempty"` // dotted path of the member that the request is made of; empty: all
	IfMatch bool     `json:"ifMatch,omitempty"`
	Maps    []string `json:"maps,omitempty"` // dotted paths of members that are maps, and can be merged into
}
