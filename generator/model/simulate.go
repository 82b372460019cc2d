package model

import "time"

// Simulation says how a fake server keeps the resources of one kind.
type Simulation struct {
	Pos
	ID       string            `json:"id,omitempty"`        // member that is the id, where the resource has no identity
	Param    string            `json:"parameter,omitempty"` // path parameter with the id, likewise
	Initial  Value             `json:"initial,omitempty"`   // object: what a new one has beside what its request says
	Missing  string            `json:"missing,omitempty"`   // error code: there is none of that id
	Limit    int               `json:"limit,omitempty"`     // how many there may be, below one parent
	Full     string            `json:"full,omitempty"`      // error code: there are too many
	Flows    []*Flow           `json:"flows,omitempty"`
	Children []*SimulatedChild `json:"children,omitempty"`
	Newest   bool              `json:"newest,omitempty"` // lists begin with the newest
	Capacity *Capacity         `json:"capacity,omitempty"`
	Scale    *Scale            `json:"scale,omitempty"`
}

// SimulatedChild is a list in the request that creates a resource, whose items become resources of another kind.
type SimulatedChild struct {
	Pos
	Member   string `json:"member"`
	Resource string `json:"resource"`
}

// Flow is what becomes of a resource by itself, some time after its last change.
type Flow struct {
	Pos
	When  []*MemberValues `json:"when,omitempty"`
	After time.Duration   `json:"after,omitempty"`
	Set   Value           `json:"set,omitempty"` // object
}

// MemberValues are the values that a member has.
type MemberValues struct {
	Member string   `json:"member"` // dotted path
	Values []string `json:"values"`
}

// SimulatedAct says what an operation does to the resources that a fake server keeps.
type SimulatedAct struct {
	Pos
	Of     string  `json:"of,omitempty"`     // resource; empty: that of the operation
	At     string  `json:"at,omitempty"`     // dotted path of the part of it that is meant
	Set    Value   `json:"set,omitempty"`    // object: what becomes of it
	Each   string  `json:"each,omitempty"`   // member of the body that lists ids
	Delete bool    `json:"delete,omitempty"` // it is gone
	Needs  []*Need `json:"needs,omitempty"`

	Run     bool     `json:"run,omitempty"`     // it runs: see Scale
	Through string   `json:"through,omitempty"` // resource that the path names; what that belongs to is meant
	Quiet   bool     `json:"quiet,omitempty"`   // failures are not told
	Leaves  *Leaving `json:"leaves,omitempty"`
	Joins   *Joining `json:"joins,omitempty"`
}

// Need is what a member has to be for an operation, else it fails.
type Need struct {
	Pos
	Of     string   `json:"of,omitempty"` // resource that it belongs to; empty: its own
	Member string   `json:"member"`       // dotted path
	Values []string `json:"values"`
	Code   string   `json:"code"`
	Unless string   `json:"unless,omitempty"` // query parameter that, when it is true or yes, does without
}

// Capacity says that a resource is made of others, its units: as many as one of its members says. Members are dotted paths.
type Capacity struct {
	Pos
	Number   string          `json:"number"`             // how many there should be
	Least    string          `json:"least,omitempty"`    // and at least
	Most     string          `json:"most,omitempty"`     // and at most
	Outside  string          `json:"outside,omitempty"`  // error code: another number was asked for
	Cooldown string          `json:"cooldown,omitempty"` // seconds after a run in which nothing runs
	When     []*MemberValues `json:"when,omitempty"`     // it acts only then
	Ready    string          `json:"ready,omitempty"`    // how many there are
	Pending  string          `json:"pending,omitempty"`  // how many are still to come
	Busy     string          `json:"busy,omitempty"`     // whether any come or go
	List     string          `json:"list,omitempty"`     // those that are there
	Units    *Units          `json:"units"`
	Log      *SimulatedLog   `json:"log,omitempty"`
}

// Units are what a resource is made of.
type Units struct {
	Pos
	Resource string          `json:"resource"`
	Comes    Phase           `json:"comes"`
	There    Value           `json:"there,omitempty"` // object
	Goes     Phase           `json:"goes"`
	Keep     []*MemberValues `json:"keep,omitempty"` // those that are not taken out
}

// Phase is a time in the life of a unit.
type Phase struct {
	For time.Duration `json:"for,omitempty"`
	Set Value         `json:"set,omitempty"` // object
}

// SimulatedLog is a resource that comes to be with each change.
type SimulatedLog struct {
	Pos
	Resource string `json:"resource"`
	Set      Value  `json:"set,omitempty"` // object
	Run      Value  `json:"run,omitempty"` // object: in addition, when something ran
}

// Scale says how a resource that runs changes the number of units of its parent. Members are dotted paths.
type Scale struct {
	Pos
	To        string          `json:"to,omitempty"`
	By        string          `json:"by,omitempty"`
	Percent   string          `json:"percent,omitempty"`
	Away      bool            `json:"away,omitempty"` // parts are rounded away from zero
	Operation *ScaleOperation `json:"operation,omitempty"`
	Otherwise int             `json:"otherwise,omitempty"`
	Cooldown  string          `json:"cooldown,omitempty"`
	Cooling   string          `json:"cooling,omitempty"` // error codes
	Unchanged string          `json:"unchanged,omitempty"`
	Full      string          `json:"full,omitempty"`
	Log       *SimulatedLog   `json:"log,omitempty"`
}

// ScaleOperation is a member that says what is meant by the others.
type ScaleOperation struct {
	Pos
	Member  string   `json:"member"`
	More    []string `json:"more,omitempty"`
	Less    []string `json:"less,omitempty"`
	Exactly []string `json:"exactly,omitempty"`
}

// Leaving takes units out of what they belong to.
type Leaving struct {
	Pos
	Replaced string `json:"replaced,omitempty"` // query parameter that, unless it is false, has another take the place
	Below    string `json:"below,omitempty"`    // error code: there would be too few
}

// Joining adds units to what they belong to.
type Joining struct {
	Pos
	Above string `json:"above,omitempty"` // error codes
	Taken string `json:"taken,omitempty"`
}
