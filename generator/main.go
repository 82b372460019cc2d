package generator

import (
	"io"
	"os"

	"github.com/pantograph-go/pantograph/generator/internal/cli"
	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/diff"
	"github.com/pantograph-go/pantograph/generator/internal/write"
)

// Main is the command pantograph with extensions: what a main function calls. It does not return.
func Main(extensions ...Extension) {
	paceCollector()
	os.Exit(Command(os.Args[1:], os.Stdout, os.Stderr, extensions...))
}

// Command is the command pantograph. It takes the arguments without the name of the program, and
// returns the exit status: 0 fine, 1 findings, 2 wrong usage or an internal error.
func Command(args []string, stdout, stderr io.Writer, extensions ...Extension) int {
	return cli.Main(args, stdout, stderr, tool{extensions})
}

// tool is what the command drives.
type tool struct{ extensions []Extension }

func (t tool) Run(c Config, mode cli.Mode) (write.Result, diag.List) {
	result, list := Run(Options{Config: c, Check: mode.Check, Force: mode.Force, Extensions: t.extensions})
	return write.Result{Changes: result.Changes, Unchanged: result.Unchanged, Inputs: result.Inputs}, list
}

func (tool) Vendor(v cli.Vendor) (write.Result, diag.List) {
	result, list := Vendor(VendorOptions{
		From: v.From, FromImport: v.FromImport, To: v.To, Import: v.Import, SingleFile: v.SingleFile, Test: v.Test, Check: v.Mode.Check, Force: v.Mode.Force,
	})
	return write.Result{Changes: result.Changes, Unchanged: result.Unchanged}, list
}

func (tool) Lint(c Config) diag.List                           { return lint(c) }
func (t tool) Dump(c Config, stage string) ([]byte, diag.List) { return dump(c, stage, t.extensions) }
func (tool) Version() string                                   { return Version() }
func (t tool) Upgrade(c Config) (*diff.Report, diag.List)      { return upgrade(c, t.extensions) }
func (tool) Compare(old, now string, opt cli.Comparison) (*diff.Report, diag.List) {
	return compare(old, now, opt)
}
