package generator

import (
	"io"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/pantograph-go/pantograph/generator/internal/cli"
	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/diff"
	"github.com/pantograph-go/pantograph/generator/internal/write"
)

// Main is the command pantograph with extensions: what a main function calls. It does not return.
func Main(extensions ...Extension) {
	unused := spendMemory()
	status := Command(os.Args[1:], os.Stdout, os.Stderr, extensions...)
	runtime.KeepAlive(unused)
	os.Exit(status)
}

// Command is the command pantograph. It takes the arguments without the name of the program, and
// returns the exit status: 0 fine, 1 findings, 2 wrong usage or an internal error.
func Command(args []string, stdout, stderr io.Writer, extensions ...Extension) int {
	return cli.Main(args, stdout, stderr, tool{extensions})
}

// spendMemory lets the heap grow before garbage is looked for: most of what a run makes it needs to the end, and looking
// for what it does not took a quarter of its time. All but the largest documents are done before the heap holds a first
// amount. From then on it is said to hold what is returned, memory that is never touched and so never taken from the
// machine: garbage is looked for when as much has been used again, and, where that is little, as often as in any program.
// Documents that need gigabytes are read more sparingly. Who sets GOGC or GOMEMLIMIT has chosen.
func spendMemory() []byte {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return nil
	}
	debug.SetGCPercent(-1) // or making what is never touched would be a reason to look at once
	unused := make([]byte, unusedMemory)
	debug.SetMemoryLimit(unusedMemory + firstMemory)
	runtime.AddCleanup(new([16]*byte), func(limit int64) { // nobody holds it: the first look finds it
		debug.SetMemoryLimit(limit)
		debug.SetGCPercent(100)
	}, mostMemory)
	return unused
}

// Bytes of memory.
const (
	firstMemory  = 448 << 20 // when garbage is looked for first
	unusedMemory = 384 << 20
	mostMemory   = int64(2 << 30)
)

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
