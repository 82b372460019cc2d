// Package peer has oapi-codegen generate and build a client, at the version that conformance/peers pins.
package peer

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
)

// Peer is oapi-codegen in a module of its own, whose folders are what it generates.
type Peer struct{ dir string }

// In is the peer in a folder that [Peer.Prepare] has filled, or is going to.
func In(dir string) *Peer { return &Peer{dir} }

// Prepare copies the module that pins the peer from a folder, and builds the peer and what its output needs.
func (p *Peer) Prepare(ctx context.Context, from string) error {
	if err := os.MkdirAll(p.dir, 0o777); err != nil {
		return err
	}
	for _, name := range []string{"go.mod", "go.sum", "peers.go"} {
		data, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(p.dir, name), data, 0o666); err != nil {
			return err
		}
	}
	if _, err := p.run(ctx, "build", "-o", p.command(), "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen"); err != nil {
		return err
	}
	_, err := p.run(ctx, "build", ".", "github.com/oapi-codegen/runtime/types")
	return err
}

func (p *Peer) command() string { return filepath.Join(p.dir, "oapi-codegen") }

func (p *Peer) run(ctx context.Context, args ...string) (scratch.Usage, error) {
	_, usage, err := p.goCommand(ctx, args...)
	return usage, err
}

func (p *Peer) goCommand(ctx context.Context, args ...string) (string, scratch.Usage, error) {
	return scratch.Run(ctx, p.dir, []string{"GOWORK=off", "GOFLAGS=-mod=readonly"}, "go", args...)
}

// Libraries compiles what the peer's output needs beside the standard library, and says what that costs. It may have been
// compiled before, here or in another run; that the compiler leaves a file of measurements in the peer's folder makes the
// go command compile it again.
func (p *Peer) Libraries(ctx context.Context) (scratch.Usage, error) {
	list, _, err := p.goCommand(ctx, "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", ".")
	if err != nil {
		return scratch.Usage{}, err
	}
	args := []string{"build"}
	for _, pkg := range strings.Fields(list) {
		args = append(args, "-gcflags="+pkg+"=-bench="+filepath.Join(p.dir, "compiler.txt"))
	}
	return p.run(ctx, append(args, ".")...)
}

// Generate has the peer generate a client of a document, with its default settings, into a folder of the name.
func (p *Peer) Generate(ctx context.Context, name, document string) (scratch.Usage, error) {
	if err := os.MkdirAll(filepath.Join(p.dir, name), 0o777); err != nil {
		return scratch.Usage{}, err
	}
	document, err := filepath.Abs(document)
	if err != nil {
		return scratch.Usage{}, err
	}
	_, usage, err := scratch.Run(ctx, p.dir, nil, p.command(), "-generate", "types,client", "-package", "client", "-o", filepath.Join(p.dir, name, "client.go"), document)
	return usage, err
}

// Build builds what was generated. With an output, that is where the package goes.
func (p *Peer) Build(ctx context.Context, name, output string) (scratch.Usage, error) {
	args := []string{"build"}
	if output != "" {
		args = append(args, "-o", output)
	}
	return p.run(ctx, append(args, "./"+name)...)
}
