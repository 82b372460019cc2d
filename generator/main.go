package generator

import (
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"

	"github.com/pantograph-go/pantograph/generator/internal/cli"
	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/diff"
	"github.com/pantograph-go/pantograph/generator/internal/write"
)

// Main is the command pantograph with extensions: what a main function calls. It does not return.
func Main(extensions ...Extension) {
	spendMemory()
	os.Exit(Command(os.Args[1:], os.Stdout, os.Stderr, extensions...))
}

// Command is the command pantograph. It takes the arguments without the name of the program, and
// returns the exit status: 0 fine, 1 findings, 2 wrong usage or an internal error.
func Command(args []string, stdout, stderr io.Writer, extensions ...Extension) int {
	return cli.Main(args, stdout, stderr, tool{extensions})
}

// spendMemory lets the heap grow before garbage is looked for: most of what a run makes it needs to the end, and looking
// for what it does not took a quarter of its time. All but the largest documents are done before memory of a first amount is
// used. From then on garbage is looked for when as much as is needed and a good deal more has been used again. Documents that
// need gigabytes are read more sparingly. Who sets GOGC or GOMEMLIMIT has chosen.
func spendMemory() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(firstMemory)
	afterCollection(pace)
}

// Bytes of memory.
const (
	firstMemory = 640 << 20 // when garbage is looked for first
	moreMemory  = 256 << 20 // what is used again, besides as much as is needed
	mostMemory  = 1664 << 20
)

// pace says when garbage is looked for next, now and each time after.
func pace() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	percent, limit := paceAt(int64(live[0].Value.Uint64()))
	debug.SetGCPercent(percent)
	debug.SetMemoryLimit(limit)
	afterCollection(pace)
}

// paceAt is how much more may be used when so many bytes are needed, in percent and at most. What is needed may be more
// than the most that we like to use: a limit that it leaves no room below would have garbage looked for without end.
func paceAt(live int64) (percent int, limit int64) {
	live = max(live, 1<<20)
	return int(100 + 100*moreMemory/live), max(mostMemory, live+live/2+moreMemory)
}

// afterCollection calls f once garbage has been looked for.
func afterCollection(f func()) {
	runtime.AddCleanup(new([16]*byte), func(f func()) { f() }, f) // nobody holds what that is about
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
