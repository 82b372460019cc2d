package plan

import (
	"time"

	"github.com/pantograph-go/pantograph/generator/model"
)

// SimulatedTable describes the resources of one kind.
type SimulatedTable struct {
	What     string             `json:"what"`
	ID       string             `json:"id"`               // member
	Name     string             `json:"name,omitempty"`   // member
	Parent   int                `json:"parent,omitempty"` // index of the table, plus one
	ParentID string             `json:"parentID,omitempty"`
	Initial  string             `json:"initial,omitempty"` // JSON
	Missing  SimulatedFailure   `json:"missing"`
	Limit    int                `json:"limit,omitempty"`
	Full     SimulatedFailure   `json:"full"`
	Flows    []*SimulatedFlow   `json:"flows,omitempty"`
	Children []*SimulatedChild  `json:"children,omitempty"`
	Newest   bool               `json:"newest,omitempty"`
	Capacity *SimulatedCapacity `json:"capacity,omitempty"`
	Scale    *SimulatedScale    `json:"scale,omitempty"`
}

// SimulatedCapacity is how many units a resource is made of.
type SimulatedCapacity struct {
	*model.Capacity
	Outside SimulatedFailure `json:"outside"`
	Table   int              `json:"table"` // of the units
	Log     *SimulatedLog    `json:"log,omitempty"`
}

// SimulatedScale is how what runs changes that.
type SimulatedScale struct {
	*model.Scale
	Cooling   SimulatedFailure `json:"cooling"`
	Unchanged SimulatedFailure `json:"unchanged"`
	Full      SimulatedFailure `json:"full"`
	Log       *SimulatedLog    `json:"log,omitempty"`
}

// SimulatedLog is what comes to be with each change.
type SimulatedLog struct {
	Table int    `json:"table"`
	Set   string `json:"set,omitempty"` // JSON
	Run   string `json:"run,omitempty"` // JSON
}

// SimulatedFlow is what becomes of a resource by itself.
type SimulatedFlow struct {
	When  []*model.MemberValues `json:"when,omitempty"`
	After time.Duration         `json:"after,omitempty"`
	Set   string                `json:"set,omitempty"` // JSON
}

// SimulatedChild is a list in a request that becomes resources of another table.
type SimulatedChild struct {
	Member string `json:"member"`
	Table  int    `json:"table"`
}

// SimulatedFailure is a documented failure.
type SimulatedFailure struct {
	Status  int    `json:"status,omitempty"`
	Code    string `json:"code,omitempty"`
	Message string `json:"message,omitempty"`
}

// SimulatedAct is what an operation does.
type SimulatedAct struct {
	Method *Method          `json:"-"`
	Kind   string           `json:"kind"` // name of the runtime constant
	Table  int              `json:"table"`
	ID     string           `json:"id,omitempty"`     // path parameters
	Parent string           `json:"parent,omitempty"` //
	At     []string         `json:"at,omitempty"`
	Set    string           `json:"set,omitempty"` // JSON
	Needs  []*SimulatedNeed `json:"needs,omitempty"`
	Each   string           `json:"each,omitempty"`
	Wrap   string           `json:"wrap,omitempty"`
	Only   []string         `json:"only,omitempty"`
	Empty  bool             `json:"empty,omitempty"`
	Many   bool             `json:"many,omitempty"`
	All    []string         `json:"all,omitempty"`
	Page   *SimulatedPage   `json:"page,omitempty"`

	Through  int              `json:"through,omitempty"` // index of the table, plus one
	Quiet    bool             `json:"quiet,omitempty"`
	Replaced string           `json:"replaced,omitempty"` // query parameter
	Below    SimulatedFailure `json:"below"`
	Above    SimulatedFailure `json:"above"`
	Taken    SimulatedFailure `json:"taken"`
}

// SimulatedNeed is what a member has to be.
type SimulatedNeed struct {
	Of     int              `json:"of,omitempty"` // index of the table, plus one
	Member string           `json:"member"`
	Values []string         `json:"values"`
	Or     SimulatedFailure `json:"or"`
	Unless string           `json:"unless,omitempty"`
}

// SimulatedPage is how a list is cut into pages; paths are members of the answer.
type SimulatedPage struct {
	Items  []string    `json:"items"`
	Total  []string    `json:"total,omitempty"`
	Next   []string    `json:"next,omitempty"`
	Link   []string    `json:"link,omitempty"`
	Rel    bool        `json:"rel,omitempty"`
	Cursor string      `json:"cursor,omitempty"`
	Number bool        `json:"number,omitempty"`
	Limit  string      `json:"limit,omitempty"`
	Size   int         `json:"size,omitempty"`
	Most   int         `json:"most,omitempty"`
	Fuzzy  string      `json:"fuzzy,omitempty"`
	Match  [][2]string `json:"match,omitempty"` // query parameter and member
}
