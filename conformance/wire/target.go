package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
	"github.com/pantograph-go/pantograph/conformance/internal/spec"
	"github.com/pantograph-go/pantograph/conformance/wire/driver"
	"github.com/pantograph-go/pantograph/generator"
)

// driverSource is the package that is copied beside the clients.
//
//go:embed driver/*.go
var driverSource embed.FS

// runtimePath is the runtime that all clients of a run share.
const runtimePath = scratch.Path + "/rt"

// prepare puts the runtime and the driver into a scratch module.
func prepare(m *scratch.Module) error {
	settings := filepath.Join(m.Dir, "pantograph.yaml")
	if err := os.WriteFile(settings, []byte("runtimeOnly: true\n"), 0o666); err != nil {
		return err
	}
	var out, errs bytes.Buffer
	if status := generator.Command([]string{"gen", m.Dir}, &out, &errs); status != 0 {
		return fmt.Errorf("the runtime is not generated: status %d\n%s", status, &errs)
	}
	if err := os.Remove(settings); err != nil {
		return err
	}
	return fs.WalkDir(driverSource, "driver", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, "_test.go") {
			return err
		}
		text, err := fs.ReadFile(driverSource, name)
		if err != nil {
			return err
		}
		return write(filepath.Join(m.Dir, filepath.FromSlash(name)), text)
	})
}

func write(file string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o666)
}

// target is the client of a document, with the program that drives it.
type target struct {
	*document
	plan *planned
	bin  string
}

// make generates the client of a document and builds its driver.
func build(ctx context.Context, m *scratch.Module, e spec.Entry) (*target, error) {
	doc, err := bounded(ctx, loading, func() (*document, error) { return read(e.File) })
	if err != nil {
		return nil, fmt.Errorf("kin-openapi cannot load it: %w", err)
	}
	importPath := scratch.Path + "/" + e.Name + "/client"
	dir := filepath.Join(m.Dir, e.Name)
	var out, errs bytes.Buffer
	args := append([]string{"gen", "-out", filepath.Join(dir, "client"), "-package", "client", "-import", importPath, "-rt", runtimePath}, e.Reading()...)
	if status := generator.Command(args, &out, &errs); status != 0 {
		return nil, fmt.Errorf("gen: status %d\n%s", status, first(errs.String(), 600))
	}
	t := &target{document: doc, bin: filepath.Join(dir, "drive")}
	if t.plan, err = inspect(e, importPath); err != nil {
		return nil, err
	}
	files := declares(filepath.Join(dir, "client"), "func FileBytes(")
	_, noWire := os.Stat(filepath.Join(dir, "client", "wire.go"))
	if err := write(filepath.Join(dir, "driver", "main.go"), t.program(importPath, noWire == nil, files)); err != nil {
		return nil, err
	}
	_, err = m.Go(ctx, "build", "-o", t.bin, "./"+e.Name+"/driver")
	return t, err
}

// loading is how long kin-openapi may take for a document.
const loading = 5 * time.Minute

// bounded does not wait for what never ends: kin-openapi has loops that some documents do not lead out of. One document that is not
// proved must not keep the others from it.
func bounded[T any](ctx context.Context, limit time.Duration, f func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := f()
		done <- result{value, err}
	}()
	ctx, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("it has not ended after %v", limit))
	defer cancel()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, context.Cause(ctx)
	}
}

// declares reports whether a Go file of a folder holds a line that begins so.
func declares(dir, line string) bool {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, f := range files {
		text, failed := os.ReadFile(f)
		if err == nil && failed == nil && bytes.Contains(text, []byte("\n"+line)) {
			return true
		}
	}
	return false
}

// program is the main package that hands the client to the driver.
func (t *target) program(importPath string, wire, files bool) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "package main\n\nimport (\n\t%q\n\t%q\n", importPath, scratch.Path+"/driver")
	if wire {
		fmt.Fprintf(&b, "\t%q\n", runtimePath+"/json")
	}
	b.WriteString(")\n\nfunc main() {\n\tdriver.Main(driver.Client{\n")
	if wire {
		b.WriteString("\t\tWire: client.Wire{},\n")
		b.WriteString("\t\tDecode: func(ref any, data []byte) error { return json.Decode(data, ref.(json.Ref), json.DecodeOptions{Mode: json.Strict}) },\n")
	}
	b.WriteString("\t\tNew: func(endpoint string) (any, error) {\n\t\t\treturn client.New(client.WithEndpoint(endpoint), client.WithoutRetry()")
	for _, p := range t.plan.Client.Params {
		fmt.Fprintf(&b, ", client.With%s(%q)", p.Name, clientParam)
	}
	for _, option := range t.plan.credentials() {
		b.WriteString(", " + option)
	}
	b.WriteString(")\n\t\t},\n\t\tOptions: map[string]any{\"presence\": client.WithPresence(), \"strict\": client.WithStrict(), \"unchecked\": client.WithoutValidation()},\n")
	if files {
		b.WriteString("\t\tFile: func(name string, content []byte) any { return client.FileBytes(name, content) },\n")
	}
	b.WriteString("\t\tContentType: func(s string) any { return client.WithContentType(s) },\n")
	b.WriteString("\t\tHeaders: map[string]func() (any, any){\n")
	seen := map[string]bool{}
	for _, s := range t.plan.Services {
		for _, m := range s.Methods {
			if m.Header != "" && !seen[m.Header] {
				seen[m.Header] = true
				fmt.Fprintf(&b, "\t\t\t%q: func() (any, any) { h := new(client.%s); return h, client.WithHeaderInto(h) },\n", m.Header, m.Header)
			}
		}
	}
	b.WriteString("\t\t},\n\t})\n}\n")
	return b.Bytes()
}

// clientParam is the value of every path parameter that a client is given once.
const clientParam = "project-1"

// process is a driver at work.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *json.Decoder
	stderr bytes.Buffer
}

// start starts the driver.
func (t *target) start(ctx context.Context, endpoint string) (*process, error) {
	p := &process{cmd: exec.CommandContext(ctx, t.bin)}
	p.cmd.Stderr = &p.stderr
	var err error
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = json.NewDecoder(out)
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	return p, json.NewEncoder(p.in).Encode(driver.Setup{Endpoint: endpoint, Fields: t.plan.fields()})
}

// call has the driver make a call.
func (p *process) call(c driver.Command) (driver.Reply, error) {
	var r driver.Reply
	err := json.NewEncoder(p.in).Encode(c)
	if err == nil {
		err = p.out.Decode(&r)
	}
	if err != nil {
		err = fmt.Errorf("the driver: %w\n%s", err, first(p.stderr.String(), 1000))
	}
	return r, err
}

// unchecked makes a call that was refused for rules between members, which the values made do not keep, without them.
func (p *process) unchecked(q *round) (driver.Reply, error) {
	q.command.Options = append(q.command.Options, "unchecked")
	return p.call(q.command)
}

// stop ends the driver.
func (p *process) stop() error {
	p.in.Close()
	return p.cmd.Wait()
}
