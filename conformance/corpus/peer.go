package main

import (
	"context"
	"path/filepath"

	oapicodegen "github.com/pantograph-go/pantograph/conformance/internal/peer"
	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
)

// peer is what oapi-codegen makes of the same document in the same run.
type peer struct {
	Generation scratch.Usage `json:"generation"`
	Build      scratch.Usage `json:"build"`           // of the package, its libraries compiled before
	Libraries  scratch.Usage `json:"libraries"`       // the build of those: the same for all documents, measured once
	Fails      string        `json:"fails,omitempty"` // at what: gen, build
}

// peerIn is oapi-codegen in a module of its own below the scratch module.
func peerIn(module string) *oapicodegen.Peer { return oapicodegen.In(filepath.Join(module, "peers")) }

// comparePeer has the peer generate a client of a document, and builds it.
func (p *prover) comparePeer(ctx context.Context, name, file string) (*peer, error) {
	r := new(peer)
	var err error
	with := peerIn(p.module.Dir)
	if r.Generation, err = with.Generate(ctx, name, file); err != nil {
		r.Fails = "gen"
		return r, ctx.Err()
	}
	if p.build {
		if r.Build, err = with.Build(ctx, name, ""); err != nil {
			r.Fails = "build"
		}
	}
	return r, ctx.Err()
}
