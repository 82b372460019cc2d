package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
	"github.com/pantograph-go/pantograph/conformance/internal/spec"
	"github.com/pantograph-go/pantograph/generator"
)

// steps says which of the costly proofs to make.
type steps struct {
	build bool
	again bool
}

// prover proves documents, one by one.
type prover struct {
	module    *scratch.Module
	generator string // the command
	self      string // this program
	peer      bool   // compare with the peer
	steps
}

// result is what came of one document.
type result struct {
	Name       string         `json:"name"`
	Operations int            `json:"operations"` // of the document
	Generated  int            `json:"generated"`  // of them, those with a method
	Methods    int            `json:"methods"`    // several where an operation has several media types
	Warnings   map[string]int `json:"warnings,omitempty"`
	Typed      typed          `json:"typed"`
	Lines      int            `json:"lines"` // of Go, neither comment nor blank, without the runtime

	Generation scratch.Usage `json:"generation"`
	Load       scratch.Usage `json:"load"`    // kin-openapi's plain load of the same document as JSON
	Runtime    scratch.Usage `json:"runtime"` // the build of what the client needs of it
	Build      scratch.Usage `json:"build"`   // of the package, its runtime compiled before
	Vet        scratch.Usage `json:"vet"`
	Program    int64         `json:"program"` // bytes of a stripped program that can make one call
	Peer       *peer         `json:"peer,omitempty"`
	Failures   []string      `json:"failures,omitempty"`
}

func (r *result) fail(format string, args ...any) {
	r.Failures = append(r.Failures, fmt.Sprintf(format, args...))
}

// prove makes all proofs about one document. What is measured comes first: the peak of a process counts the memory of the
// one that starts it.
func (p *prover) prove(ctx context.Context, e spec.Entry) *result {
	r := &result{Name: e.Name}
	importPath := scratch.Path + "/" + e.Name + "/client"
	out := filepath.Join(p.module.Dir, e.Name, "client")
	said, usage, err := p.generate(ctx, e.File, out, importPath, 0)
	if r.Generation, r.Warnings = usage, said; err != nil {
		r.fail("%v", err)
	}
	if p.build && err == nil {
		p.compile(ctx, r, e.Name)
	}
	if p.again && err == nil {
		p.compare(ctx, r, e.File, out, importPath)
	}
	if p.peer {
		var failed error
		if r.Peer, failed = p.comparePeer(ctx, e.Name, e.File); failed != nil {
			r.fail("the peer: %v", failed)
		}
	}
	doc, unreadable := spec.Open(e.File)
	if unreadable != nil {
		r.fail("an independent reader cannot read it: %v", unreadable)
		return r
	}
	operations := doc.Operations()
	if r.Operations = len(operations); err != nil {
		return r
	}
	if err := p.load(ctx, e.File, r); err != nil {
		r.Warnings["(kin-openapi does not load it)"]++
	}
	found, err := inspect(out)
	if err != nil {
		r.fail("%v", err)
		return r
	}
	r.Lines, r.Methods = found.lines, found.methods
	for _, o := range operations {
		if found.calls[o.String()] {
			r.Generated++
		} else {
			r.fail("no method calls %s", o)
		}
	}
	if p.build && len(r.Failures) == 0 {
		p.link(ctx, r, e.Name, importPath, found.one())
	}
	if err := count(&r.Typed, doc, e.File, importPath); err != nil {
		r.fail("%v", err)
	}
	return r
}

// generate runs the command, and counts its warnings by code.
func (p *prover) generate(ctx context.Context, file, out, importPath string, processors int) (map[string]int, scratch.Usage, error) {
	var env []string
	if processors > 0 {
		env = []string{fmt.Sprintf("GOMAXPROCS=%d", processors)}
	}
	file, err := filepath.Abs(file)
	if err != nil {
		return nil, scratch.Usage{}, err
	}
	stderr, usage, err := scratch.Diagnostics(ctx, p.module.Dir, env, p.generator, "gen", "-json", "-spec", file, "-out", out, "-package", "client", "-import", importPath)
	warnings := map[string]int{}
	for line := range strings.Lines(stderr) {
		var d generator.Diagnostic
		if json.Unmarshal([]byte(line), &d) == nil && d.Severity == generator.Warning {
			warnings[d.Code]++
		}
	}
	return warnings, usage, err
}

// compare generates again on one processor.
func (p *prover) compare(ctx context.Context, r *result, file, out, importPath string) {
	again := filepath.Join(filepath.Dir(out), "again")
	defer os.RemoveAll(again)
	if _, _, err := p.generate(ctx, file, again, importPath, 1); err != nil {
		r.fail("on one processor: %v", err)
		return
	}
	first, second := os.DirFS(out), os.DirFS(again)
	names := 0
	err := fs.WalkDir(first, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		names++
		a, err := fs.ReadFile(first, name)
		if err != nil {
			return err
		}
		b, err := fs.ReadFile(second, name)
		if err == nil && !bytes.Equal(a, b) {
			err = fmt.Errorf("%s is not the same", name)
		}
		return err
	})
	if err != nil {
		r.fail("generated twice: %v", err)
	}
	err = fs.WalkDir(second, ".", func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names--
		}
		return err
	})
	if err != nil || names != 0 {
		r.fail("generated twice: %d files more or less, %v", names, err)
	}
}

// compile builds the client as its users do, and vets all that is generated. What the client needs of the runtime comes
// first, since its users compile that once: for them it is what libraries are for the users of other generators.
func (p *prover) compile(ctx context.Context, r *result, name string) {
	packages, err := p.module.Deps(ctx, "./"+name+"/client")
	if err == nil {
		packages = slices.DeleteFunc(packages, func(pkg string) bool { return !strings.HasPrefix(pkg, scratch.Path+"/"+name+"/client/") })
		r.Runtime, err = p.module.Go(ctx, append([]string{"build"}, packages...)...)
	}
	if err != nil {
		r.fail("%v", err)
		return
	}
	usage, err := p.module.Go(ctx, "build", "./"+name+"/client")
	if r.Build = usage; err != nil {
		r.fail("%v", err)
		return
	}
	usage, err = p.module.Go(ctx, "vet", "./"+name+"/...")
	if r.Vet = usage; err != nil {
		r.fail("%v", err)
	}
}

// link builds a program that makes one call, stripped.
func (p *prover) link(ctx context.Context, r *result, name, importPath, call string) {
	text := "package main\n\nimport \"" + importPath + "\"\n\nvar call any\n\nfunc main() {\n\tc, err := client.New()\n\tif err != nil {\n\t\tpanic(err)\n\t}\n\tcall = c\n"
	if call != "" {
		text += "\tcall = " + call + "\n"
	}
	file, bin := filepath.Join(p.module.Dir, name, "one", "main.go"), filepath.Join(p.module.Dir, name, "one.bin")
	err := os.MkdirAll(filepath.Dir(file), 0o777)
	if err == nil {
		err = os.WriteFile(file, []byte(text+"}\n"), 0o666)
	}
	if err == nil {
		_, err = p.module.Go(ctx, "build", "-ldflags=-s -w", "-o", bin, "./"+name+"/one")
	}
	if err != nil {
		r.fail("a program with one call: %v", err)
		return
	}
	if info, err := os.Stat(bin); err == nil {
		r.Program = info.Size()
	}
}
