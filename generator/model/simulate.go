package model

import "time"

// Simulation says how a fake server keeps the resources of one kind.
type Simulation struct {
	Pos
	Initial  Value             `json:"initial,omitempty"` // object: what a new one has beside what its request says
	Missing  string            `json:"missing,omitempty"` // error code: there is none of that id
	Limit    int               `json:"limit,omitempty"`   // how many there may be, below one parent
	Full     string            `json:"full,omitempty"`    // error code: there are too many
	Flows    []*Flow           `json:"flows,omitempty"`
	Children []*SimulatedChild `json:"children,omitempty"`
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
}

// Need is what a member has to be for an operation, else it fails.
type Need struct {
	Pos
	Member string   `json:"member"` // dotted path
	Values []string `json:"values"`
	Code   string   `json:"code"`
	Unless string   `json:"unless,omitempty"` // query parameter that, when it is true or yes, does without
}
