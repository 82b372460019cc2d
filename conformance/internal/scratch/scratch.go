// Package scratch runs what the proofs need of the go command, in a module that is thrown away, and says what it cost.
package scratch

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Path is the module path of a scratch module.
const Path = "example.com/scratch"

// Usage is what a program and those it started cost.
type Usage struct {
	CPU    time.Duration `json:"cpu"`
	Memory int64         `json:"memory"` // peak of the largest, in bytes; 0: not known here
}

// Module is a module in a folder of its own, at the Go version that generated code promises.
type Module struct{ Dir string }

// New makes a scratch module in a new folder below the system's folder for such.
func New() (*Module, error) {
	dir, err := os.MkdirTemp("", "pantograph-")
	if err != nil {
		return nil, err
	}
	return &Module{dir}, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module "+Path+"\n\ngo 1.24.0\n"), 0o666)
}

// Remove throws the module away.
func (m *Module) Remove() { os.RemoveAll(m.Dir) }

// Go runs the go command in the module. It reaches no network.
func (m *Module) Go(ctx context.Context, args ...string) (Usage, error) {
	_, usage, err := Run(ctx, m.Dir, []string{"GOWORK=off", "GOFLAGS=-mod=mod", "GOPROXY=off"}, "go", args...)
	return usage, err
}

// Deps lists the packages that a package consists of and imports, directly or not.
func (m *Module) Deps(ctx context.Context, pkg string) ([]string, error) {
	list, _, err := Run(ctx, m.Dir, []string{"GOWORK=off", "GOFLAGS=-mod=mod", "GOPROXY=off"}, "go", "list", "-deps", pkg)
	return strings.Fields(list), err
}

// Generator builds the command of this module into dir.
func Generator(ctx context.Context, dir string) (string, error) {
	bin := filepath.Join(dir, "pantograph")
	_, _, err := Run(ctx, "", nil, "go", "build", "-o", bin, "github.com/pantograph-go/pantograph/cmd/pantograph")
	return bin, err
}

// Error is a program that failed, with what it said.
type Error struct {
	Command string
	Err     error
	Output  string
}

func (e *Error) Error() string {
	lines := strings.Split(strings.TrimSpace(e.Output), "\n")
	if len(lines) > 6 {
		lines = append(lines[:6], "…")
	}
	return fmt.Sprintf("%s: %v\n%s", e.Command, e.Err, strings.Join(lines, "\n"))
}

func (e *Error) Unwrap() error { return e.Err }

// Run runs a program to its end and returns what it wrote to standard output. Env is added to the environment.
func Run(ctx context.Context, dir string, env []string, name string, args ...string) (string, Usage, error) {
	stdout, _, usage, err := run(ctx, dir, env, name, args)
	return stdout, usage, err
}

// Diagnostics is Run for a program whose standard error is what one wants to read.
func Diagnostics(ctx context.Context, dir string, env []string, name string, args ...string) (string, Usage, error) {
	_, stderr, usage, err := run(ctx, dir, env, name, args)
	return stderr, usage, err
}

func run(ctx context.Context, dir string, env []string, name string, args []string) (string, string, Usage, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	var stdout, stderr bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.Env = dir, &stdout, &stderr, append(os.Environ(), env...)
	err := cmd.Run()
	if err != nil {
		err = &Error{strings.Join(append([]string{filepath.Base(name)}, args...), " "), err, stderr.String() + stdout.String()}
	}
	var usage Usage
	if state := cmd.ProcessState; state != nil {
		usage = Usage{CPU: state.UserTime() + state.SystemTime(), Memory: peak(state)}
	}
	return stdout.String(), stderr.String(), usage, err
}
