package generator

import (
	"io"

	"github.com/pantograph-go/pantograph/generator/internal/cli"
	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/write"
)

// Main is the command pantograph. It takes the arguments without the name of the program, and
// returns the exit status: 0 fine, 1 findings, 2 wrong usage or an internal error.
func Main(args []string, stdout, stderr io.Writer) int {
	return cli.Main(args, stdout, stderr, tool{})
}

// tool is what the command drives.
type tool struct{}

func (tool) Run(c Config, mode cli.Mode) (write.Result, diag.List) {
	return Run(Options{Config: c, Check: mode.Check, Force: mode.Force})
}

func (tool) Lint(c Config) diag.List                         { return lint(c) }
func (tool) Dump(c Config, stage string) ([]byte, diag.List) { return dump(c, stage) }
func (tool) Version() string                                 { return Version() }
