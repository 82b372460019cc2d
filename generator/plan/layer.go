package plan

import "time"

// The resource layer: what services offer beyond one method for each operation.

// Layer is what a service offers beyond its operations.
type Layer struct {
	What    string   `json:"what"` // the resource in words: "AS group"
	Item    *Struct  `json:"-"`    // what a resource is
	ID      TypeRef  `json:"id"`   // the type of its id
	Key     Key      `json:"key"`  // in Item
	ItemKey Key      `json:"itemKey"`
	Listed  *Struct  `json:"-"` // an item of the list
	Get     *Method  `json:"-"` // nil: there is none
	List    *Method  `json:"-"` // nil: there is none that is read in pages
	Handle  *Handle  `json:"handle,omitempty"`
	Extras  []*Extra `json:"extras,omitempty"` // methods, in the order of the output
}

// IsID reports whether a path argument of a service's method is the id of its resource.
func (l *Layer) IsID(a *PathArg) bool {
	own := l.Handle.IDs[len(l.Handle.IDs)-1]
	return a.Holds(own.Type, own.Wire)
}

// Key says where the id and the name of a resource stand: paths of fields.
type Key struct {
	ID   []*Field `json:"id,omitempty"`
	Name []*Field `json:"name,omitempty"`
}

// ExtraKind is what a method of the layer does.
type ExtraKind string

// The kinds of methods of the layer.
const (
	ExtraFind    ExtraKind = "find"
	ExtraWait    ExtraKind = "wait"
	ExtraBatch   ExtraKind = "batch"
	ExtraChange  ExtraKind = "change"
	ExtraMerge   ExtraKind = "merge"
	ExtraEnsure  ExtraKind = "ensure"
	ExtraSingle  ExtraKind = "single"
	ExtraTree    ExtraKind = "tree"
	ExtraSession ExtraKind = "session"
	ExtraDrain   ExtraKind = "drain"
	ExtraLink    ExtraKind = "link"
)

// Extra is a method of the layer. Its arguments are those of PathArgs, and what its kind adds.
type Extra struct {
	Kind     ExtraKind  `json:"kind"`
	Name     string     `json:"name"`
	PathArgs []*PathArg `json:"pathArgs,omitempty"`
	Method   *Method    `json:"-"` // batch, change, merge: the operation it makes calls of; ensure: the one that creates
	Update   *Method    `json:"-"` // ensure
	Read     *Method    `json:"-"` // change: what there is; wait: nil where there is no Get

	Filter  *Field        `json:"filter,omitempty"` // find: parameter of the list
	Wait    *Goal         `json:"wait,omitempty"`
	Items   *Field        `json:"items,omitempty"` // batch: of the request
	Only    bool          `json:"only,omitempty"`  // batch: the request says nothing else, the list is the argument
	Limit   int           `json:"limit,omitempty"`
	Hidden  *HiddenErrors `json:"hidden,omitempty"`
	From    []*Field      `json:"from,omitempty"` // change: of the result of Read
	IfMatch bool          `json:"ifMatch,omitempty"`
	Whole   bool          `json:"whole,omitempty"` // change: what is read is sent, and is no struct
	Map     []*Field      `json:"map,omitempty"`   // merge: of the request, or of the variant of it
	Variant *Struct       `json:"-"`               // merge: which one of a union has the map; nil: the request is no union
	Base    *Extra        `json:"-"`               // merge: the change it is made of; ensure: that of Update, where it replaces
	Made    *Field        `json:"made,omitempty"`  // ensure: the id in what creating answers
	Own     []*OwnMember  `json:"own,omitempty"`   // ensure: what the request gets from the arguments
	Steps   []*TreeStep   `json:"steps,omitempty"`
	Session *Session      `json:"session,omitempty"`
	Drain   *Drain        `json:"drain,omitempty"`
}

// OwnMember is a member of a request that is one of the arguments.
type OwnMember struct {
	Field *Field   `json:"field"`
	Arg   *PathArg `json:"arg"`
}

// Session says where what a login answers has its token, and the endpoints of services. Paths are of fields.
type Session struct {
	Header    string   `json:"header,omitempty"` // with the token; empty: Token
	Token     []*Field `json:"token,omitempty"`
	Expires   []*Field `json:"expires,omitempty"`
	Services  []*Field `json:"services,omitempty"` // empty: there is no catalog
	Type      []*Field `json:"type,omitempty"`
	Name      []*Field `json:"name,omitempty"`
	Endpoints []*Field `json:"endpoints,omitempty"`
	URL       []*Field `json:"url,omitempty"`
	Region    []*Field `json:"region,omitempty"`
	Interface []*Field `json:"interface,omitempty"`
}

// Goal is a state that can be waited for.
type Goal struct {
	Var     string        `json:"var"`
	Words   string        `json:"words"` // "in service"
	Doc     Text          `json:"doc"`
	Member  []*Field      `json:"member,omitempty"` // of Item
	Equals  []*Field      `json:"equals,omitempty"`
	Also    [][]*Field    `json:"also,omitempty"` // members that have to come to a success too
	Success []string      `json:"success,omitempty"`
	Failure []string      `json:"failure,omitempty"`
	Missing bool          `json:"missing,omitempty"`
	Appears bool          `json:"appears,omitempty"`
	Every   time.Duration `json:"every,omitempty"`
	Within  time.Duration `json:"within,omitempty"`
	Settle  int           `json:"settle,omitempty"`
}

// HiddenErrors says where a failure hides which items failed.
type HiddenErrors struct {
	Code     string   `json:"code"`
	Member   []string `json:"member"`
	ID       string   `json:"id"`
	ItemCode string   `json:"itemCode,omitempty"`
	Message  string   `json:"message,omitempty"`
}

// TreeStep deletes the children of one kind.
type TreeStep struct {
	Var    string      `json:"var"` // of the child's service
	Child  *Service    `json:"-"`
	ID     *PathArg    `json:"id"` // what the calls about a child name it by
	Delete *Method     `json:"-"`
	Below  []*TreeStep `json:"below,omitempty"` // what is deleted before each child
}

// Handle is the type that binds the calls about one resource to its id.
type Handle struct {
	Type     string      `json:"type"`   // GroupHandle
	Method   string      `json:"method"` // Group: of the client, or of the handle of the parent
	Service  *Service    `json:"-"`
	Parent   *Handle     `json:"-"`             // whose method it is; nil: the client's
	IDs      []*HandleID `json:"ids"`           // from the outermost parent to its own
	Bound    []*Bound    `json:"bound"`         //
	Children []*Children `json:"children"`      // fields of the handle
	Nested   []*Handle   `json:"-"`             // handles that are methods of it
	Name     string      `json:"name"`          // of the resource in Go: Group
	Words    string      `json:"words"`         // in words
	Doc      string      `json:"doc,omitempty"` //
}

// HandleID is an id that a handle holds.
type HandleID struct {
	Field string  `json:"field"` // ID; GroupID of a parent
	Arg   string  `json:"arg"`   // name of an argument
	Type  TypeRef `json:"type"`
	Wire  string  `json:"wire"`
	Outer string  `json:"outer,omitempty"` // the field of the parent's handle that it comes from
}

// Children are the calls about the children of a resource, bound to its id: a type and a field of the handle.
type Children struct {
	Type    string   `json:"type"`  // GroupPolicies
	Field   string   `json:"field"` // Policies
	Service *Service `json:"-"`
	Bound   []*Bound `json:"bound"`
}

// Bound is a method that is bound to ids: one of a call, its iterators, or the layer's.
type Bound struct {
	Method   *Method    `json:"-"`
	Name     string     `json:"name"`
	All      bool       `json:"all,omitempty"`   // the iterator over the items
	Pages    bool       `json:"pages,omitempty"` // the iterator over the pages
	Extra    *Extra     `json:"-"`
	PathArgs []*PathArg `json:"pathArgs,omitempty"`
	IDs      []int      `json:"ids"`             // for each path argument, the index of the id; -1: it stays an argument
	Body     *Field     `json:"body,omitempty"`  // the member of the request that holds the parent's id
	Query    *Field     `json:"query,omitempty"` // the parameter that does
}
