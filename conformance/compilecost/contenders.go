package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pantograph-go/pantograph/conformance/internal/peer"
	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
)

// contender is a package to compile: its folder, and how it is compiled into an archive.
type contender struct {
	name, dir string
	build     func(ctx context.Context, archive string) (scratch.Usage, error)
}

// writeDocument writes the document, and returns where.
func writeDocument(module *scratch.Module, schemas int) (string, error) {
	doc := filepath.Join(module.Dir, "synthetic.json")
	return doc, os.WriteFile(doc, []byte(document(schemas)), 0o666)
}

// ours is a client that this module's generator makes.
func ours(ctx context.Context, module *scratch.Module, doc string) (*contender, error) {
	generator, err := scratch.Generator(ctx, module.Dir)
	if err != nil {
		return nil, err
	}
	c := inModule(module, "pantograph", "ours")
	_, _, err = scratch.Run(ctx, module.Dir, nil, generator, "gen", "-spec", doc, "-out", c.dir, "-package", "client", "-import", scratch.Path+"/ours")
	return c, err
}

// plain are structs, for encoding/json.
func plain(_ context.Context, module *scratch.Module, schemas int) (*contender, error) {
	c := inModule(module, "plain-structs", "plain")
	if err := os.Mkdir(c.dir, 0o777); err != nil {
		return nil, err
	}
	return c, os.WriteFile(filepath.Join(c.dir, "client.go"), []byte(structs(schemas)), 0o666)
}

// inModule is a package in a folder of the scratch module.
func inModule(module *scratch.Module, name, folder string) *contender {
	return &contender{name, filepath.Join(module.Dir, folder), func(ctx context.Context, archive string) (scratch.Usage, error) {
		return module.Go(ctx, "build", "-o", archive, "./"+folder)
	}}
}

// ogen is a client that ogen makes, in a copy of the module that pins it.
func ogen(ctx context.Context, dir, doc, from string) (*contender, error) {
	if err := os.Mkdir(dir, 0o777); err != nil {
		return nil, err
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			return nil, err
		}
	}
	config, err := filepath.Abs(filepath.Join(from, "ogen", "ogen.yml"))
	if err != nil {
		return nil, err
	}
	root, err := filepath.Abs(filepath.Join(from, "..", ".."))
	if err != nil {
		return nil, err
	}
	run := func(ctx context.Context, args ...string) (scratch.Usage, error) {
		_, usage, err := scratch.Run(ctx, dir, []string{"GOWORK=off", "GOFLAGS=-mod=mod"}, "go", args...)
		return usage, err
	}
	if _, err := run(ctx, "mod", "edit", "-replace", "github.com/pantograph-go/pantograph="+root); err != nil {
		return nil, err
	}
	if _, err := run(ctx, "tool", "ogen", "--config", config, "--target", "client", "--package", "client", doc); err != nil {
		return nil, fmt.Errorf("ogen: %w", err)
	}
	return &contender{"ogen", filepath.Join(dir, "client"), func(ctx context.Context, archive string) (scratch.Usage, error) {
		return run(ctx, "build", "-o", archive, "./client")
	}}, nil
}

// oapicodegen is a client that oapi-codegen makes.
func oapicodegen(ctx context.Context, dir, doc, from string) (*contender, error) {
	p := peer.In(dir)
	if err := p.Prepare(ctx, from); err != nil {
		return nil, err
	}
	if _, err := p.Generate(ctx, "client", doc); err != nil {
		return nil, err
	}
	return &contender{"oapi-codegen", filepath.Join(dir, "client"), func(ctx context.Context, archive string) (scratch.Usage, error) {
		return p.Build(ctx, "client", archive)
	}}, nil
}
