package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
	"github.com/pantograph-go/pantograph/conformance/internal/spec"
)

// worker is the work of one process: each document is proven in one of its own, which begins with little memory.
type worker struct {
	spec.Entry
	Module    string // folder of the scratch module
	Generator string // the command
}

// String and Set make a flag of it.
func (w *worker) String() string {
	text, err := json.Marshal(w)
	if err != nil {
		return ""
	}
	return string(text)
}

func (w *worker) Set(text string) error { return json.Unmarshal([]byte(text), w) }

func (o options) prover() *prover {
	self, err := os.Executable()
	if err != nil {
		self = os.Args[0]
	}
	return &prover{module: &scratch.Module{Dir: o.one.Module}, generator: o.one.Generator, self: self, peer: o.peer != "", steps: o.steps}
}

// start proves a document in a process of its own.
func (o options) start(ctx context.Context, e spec.Entry) (*result, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	o.one.Entry = e
	stdout, _, err := scratch.Run(ctx, "", nil, self, fmt.Sprintf("-build=%t", o.build), fmt.Sprintf("-again=%t", o.again), "-peer", o.peer, "-one", o.one.String())
	if err != nil {
		return nil, err
	}
	r := new(result)
	return r, json.Unmarshal([]byte(stdout), r)
}

// warm compiles what every client needs of the standard library, so that no document pays for it.
func warm(ctx context.Context, m *scratch.Module) error {
	file := filepath.Join(m.Dir, "warm", "warm.go")
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	text := "package warm\n\nimport (\n"
	for _, pkg := range []string{"bufio", "context", "crypto/hmac", "crypto/sha256", "encoding/json", "encoding/xml", "iter", "log/slog", "math/big", "mime/multipart", "net/http", "net/http/httptest", "regexp", "testing"} {
		text += "\t_ \"" + pkg + "\"\n"
	}
	if err := os.WriteFile(file, []byte(text+")\n"), 0o666); err != nil {
		return err
	}
	_, err := m.Go(ctx, "vet", "./warm")
	if err == nil {
		_, err = m.Go(ctx, "build", "./warm")
	}
	return err
}
