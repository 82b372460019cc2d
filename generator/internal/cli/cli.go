// Package cli is the command: verbs, flags, help, exit statuses, and how diagnostics are printed.
// What the verbs do is behind the interface Tool.
package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/config"
	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/diff"
	"github.com/pantograph-go/pantograph/generator/internal/write"
)

// Exit statuses.
const (
	fine     = 0
	findings = 1 // errors in documents, or drift
	failure  = 2 // wrong usage, or an internal error
)

// Tool is what the verbs drive. Package generator holds the one implementation.
type Tool interface {
	// Run generates one output.
	Run(c config.Config, mode Mode) (write.Result, diag.List)
	// Lint loads the documents strictly.
	Lint(c config.Config) diag.List
	// Dump returns the result of a stage, "config", "model" or "plan", as JSON.
	Dump(c config.Config, stage string) ([]byte, diag.List)
	// Compare compares two versions: documents, documents of a git revision, or output directories.
	Compare(old, now string, opt Comparison) (*diff.Report, diag.List)
	// Vendor copies a client.
	Vendor(v Vendor) (write.Result, diag.List)
	// Upgrade says what would change in the Go API of an output.
	Upgrade(c config.Config) (*diff.Report, diag.List)
	// Version is the version of the generator.
	Version() string
}

// Mode is how an output is written.
type Mode struct {
	Check bool // compare only
	Force bool // overwrite edited and foreign files
}

// Main runs the command with its arguments, without the name of the program, and returns the exit
// status.
func Main(args []string, stdout, stderr io.Writer, tool Tool) int {
	c := &command{stdout: stdout, stderr: stderr, progress: newProgress(stderr), tool: tool}
	if len(args) == 0 {
		fmt.Fprint(stderr, overview())
		return failure
	}
	switch name := args[0]; name {
	case "help", "-h", "-help", "--help":
		return c.help(args[1:])
	default:
		for _, v := range verbs() {
			if v.name == name {
				c.verb = v
				return v.run(c, args[1:])
			}
		}
		fmt.Fprintf(stderr, "pantograph: there is no verb %q", diag.Quote(name))
		if near := diag.Nearest(name, verbNames()); near != "" {
			fmt.Fprintf(stderr, "; did you mean %s?", near)
		}
		fmt.Fprintf(stderr, "\nRun \"pantograph help\" for a list.\n")
		return failure
	}
}

// command is one execution.
type command struct {
	stdout, stderr io.Writer
	progress       *progress
	tool           Tool
	verb           verb
	json           bool
	interrupt      context.Context // ends what goes on until it is interrupted; nil: the signal does
}

// verb is a subcommand.
type verb struct {
	name  string
	brief string // for the overview
	usage string // lines after "pantograph"
	text  string // for its own help
	run   func(*command, []string) int
}

func verbs() []verb {
	return []verb{
		{name: "gen", brief: "write clients", usage: genUsage, text: genText, run: (*command).gen},
		{name: "check", brief: "compare clients with what gen would write", usage: checkUsage, text: checkText, run: (*command).check},
		{name: "lint", brief: "examine documents alone, strictly", usage: lintUsage, text: lintText, run: (*command).lint},
		{name: "dump", brief: "print what a stage makes of the documents, as JSON", usage: dumpUsage, text: dumpText, run: (*command).dump},
		{name: "diff", brief: "say what changed between two versions, and what that breaks", usage: diffUsage, text: diffText, run: (*command).diff},
		{name: "vendor", brief: "copy a client into another place", usage: vendorUsage, text: vendorText, run: (*command).vendor},
		{name: "upgrade", brief: "list what this version changes in clients, then write them", usage: upgradeUsage, text: upgradeHelp, run: (*command).upgrade},
		{name: "init", brief: "write a pantograph.yaml to start with", usage: initUsage, text: initText, run: (*command).init},
		{name: "version", brief: "print the version", usage: "version", text: versionText, run: (*command).version},
	}
}

func verbNames() []string {
	var names []string
	for _, v := range verbs() {
		names = append(names, v.name)
	}
	return append(names, "help")
}

// usageError reports that the command line is wrong.
func (c *command) usageError(format string, args ...any) int {
	fmt.Fprintf(c.stderr, "pantograph %s: %s\n", c.verb.name, diag.Quote(fmt.Sprintf(format, args...)))
	fmt.Fprintf(c.stderr, "Run \"pantograph help %s\" for usage.\n", c.verb.name)
	return failure
}

// report prints diagnostics and returns the exit status they ask for.
func (c *command) report(list diag.List) int {
	list = list.Sort()
	if c.json {
		if err := diag.JSON(c.stderr, list); err != nil {
			return failure
		}
	} else if err := diag.Text(c.stderr, list, newFiles().read); err != nil {
		return failure
	}
	return status(list)
}

// status is the exit status for diagnostics.
func status(list diag.List) int {
	broken := func(d diag.Diagnostic) bool {
		return d.Severity == diag.Error && slices.ContainsFunc([]string{"internal-", "config-", "output-failed", "output-directory", "output-unreadable"},
			func(prefix string) bool { return strings.HasPrefix(d.Code, prefix) })
	}
	switch {
	case slices.ContainsFunc(list, broken):
		return failure
	case list.HasErrors():
		return findings
	}
	return fine
}
