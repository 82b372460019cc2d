package plan

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// LayerName is a name of the runtime that a package has for users of its resource layer.
type LayerName struct {
	Kind  ExtraKind // of the methods that need it
	Name  string
	In    string // package of the runtime; empty: resource
	Doc   string
	Param string // of a generic type
	Arg   string // of an option: its argument and the type of it
	Func  string
	Value bool // of a constant
}

// LayerNames are all of them.
var LayerNames = []LayerName{
	{Kind: ExtraSession, Name: "Session", In: "session", Param: "T", Doc: "Session is somebody logged in: a provider of credentials, and a source of tokens."},
	{Kind: ExtraSession, Name: "EndpointQuery", In: "session", Doc: "EndpointQuery says which endpoint of a catalog is wanted."},
	{Kind: ExtraSession, Name: "EndpointError", In: "session", Doc: "EndpointError says that a catalog does not have exactly one endpoint as wanted."},
	{Kind: ExtraFind, Name: "AmbiguousError", Doc: "AmbiguousError says that several resources have the name."},
	{Kind: ExtraWait, Name: "WaitPolicy", Doc: "WaitPolicy says how often a state is read while it is waited for, how long at most, and who is told."},
	{Kind: ExtraWait, Name: "WaitProgress", Doc: "WaitProgress is what a wait has come to."},
	{Kind: ExtraWait, Name: "WaitError", Doc: "WaitError says why a wait ended without what was waited for."},
	{Kind: ExtraBatch, Name: "BatchResult", Param: "K", Doc: "BatchResult says what came of each item of a list."},
	{Kind: ExtraBatch, Name: "BatchError", Doc: "BatchError says that some items of a list failed."},
	{Kind: ExtraEnsure, Name: "Ensured", Param: "T", Doc: "Ensured is a resource that is as it was asked for, and what had to be done."},
	{Kind: ExtraEnsure, Name: "ImmutableError", Doc: "ImmutableError names members that differ and cannot be updated."},
	{Kind: ExtraTree, Name: "DeletePlan", Doc: "DeletePlan is what is deleted, in order, and what has been."},
	{Kind: ExtraWait, Name: "WithWait", Arg: "p", Func: "WaitPolicy", Doc: "WithWait says how a call waits."},
	{Kind: ExtraBatch, Name: "WithConcurrency", Arg: "n", Func: "int", Doc: "WithConcurrency says how many parts of a list are sent at once."},
	{Kind: ExtraWait, Name: "ErrFailedState", Value: true, Doc: "ErrFailedState is in the chain of a WaitError when a state was met that nothing leads out of."},
}

// LayerKinds are the kinds of methods that the resource layer of a package has.
func (p *Package) LayerKinds() []ExtraKind {
	var kinds []ExtraKind
	for _, s := range p.Services {
		if s.Layer == nil {
			continue
		}
		for _, x := range s.Layer.Extras {
			if !slices.Contains(kinds, x.Kind) {
				kinds = append(kinds, x.Kind)
			}
		}
	}
	return kinds
}

// claimLayerNames claims the names that the resource layer will need, before types get theirs.
func (b *builder) claimLayerNames() {
	declared := map[ExtraKind]bool{}
	for _, r := range b.api.Resources {
		declared[ExtraFind] = declared[ExtraFind] || r.Find != nil
		declared[ExtraWait] = declared[ExtraWait] || len(r.Waits) > 0
		declared[ExtraEnsure] = declared[ExtraEnsure] || r.Ensure != nil
		declared[ExtraTree] = declared[ExtraTree] || len(r.Dependents) > 0
	}
	for _, op := range b.api.Operations {
		declared[ExtraBatch] = declared[ExtraBatch] || op.Batch != nil
		declared[ExtraSession] = declared[ExtraSession] || op.Session != nil
	}
	for _, n := range LayerNames {
		if declared[n.Kind] {
			b.claim(n.Name, model.Pos{})
		}
	}
}
