package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
)

// peer is oapi-codegen, at work on the same document in the same run.
type peer struct {
	Generation scratch.Usage `json:"generation"`
	Build      scratch.Usage `json:"build"`
	Fails      string        `json:"fails,omitempty"` // at what: gen, build
}

// peerModule is the folder below the scratch module in which the peer's output is built: a module of its own.
func peerModule(module string) string { return filepath.Join(module, "peers") }

// preparePeer copies the module that pins the peer, and builds the peer and what its output needs.
func preparePeer(ctx context.Context, from, module string) error {
	dir := peerModule(module)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, name := range []string{"go.mod", "go.sum", "peers.go"} {
		data, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			return err
		}
	}
	if _, _, err := inPeer(ctx, dir, "build", "-o", filepath.Join(dir, "oapi-codegen"), "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen"); err != nil {
		return err
	}
	_, _, err := inPeer(ctx, dir, "build", ".", "github.com/oapi-codegen/runtime/types")
	return err
}

func inPeer(ctx context.Context, dir string, args ...string) (string, scratch.Usage, error) {
	return scratch.Run(ctx, dir, []string{"GOWORK=off", "GOFLAGS=-mod=readonly"}, "go", args...)
}

// comparePeer has the peer generate a client of a document, with its default settings, and builds it.
func (p *prover) comparePeer(ctx context.Context, name, file string) (*peer, error) {
	dir := peerModule(p.module.Dir)
	out := filepath.Join(dir, name)
	if err := os.MkdirAll(out, 0o777); err != nil {
		return nil, err
	}
	file, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	r := new(peer)
	_, r.Generation, err = scratch.Run(ctx, dir, nil, filepath.Join(dir, "oapi-codegen"), "-generate", "types,client", "-package", "client", "-o", filepath.Join(out, "client.go"), file)
	if err != nil {
		r.Fails = "gen"
		return r, ctx.Err()
	}
	if p.build {
		if _, r.Build, err = inPeer(ctx, dir, "build", "./"+name); err != nil {
			r.Fails = "build"
		}
	}
	return r, ctx.Err()
}
