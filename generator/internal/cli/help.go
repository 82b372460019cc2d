package cli

import (
	"flag"
	"fmt"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
)

// overview is the help of the command.
func overview() string {
	var b strings.Builder
	b.WriteString(`Pantograph draws Go clients after OpenAPI documents.

Usage:

    pantograph <verb> [flags] [arguments]

The verbs are:

`)
	for _, v := range verbs() {
		fmt.Fprintf(&b, "    %-9s %s\n", v.name, v.brief)
	}
	b.WriteString(`
"pantograph help <verb>" says more about a verb. To start:

    pantograph init api.yaml     # writes pantograph.yaml
    pantograph gen               # writes the client

The exit status is 0 if all is fine, 1 if there are errors in documents or the
output is out of date, 2 if the command line or a configuration is wrong or
pantograph itself failed.
`)
	return b.String()
}

// help prints the overview or the help of a verb.
func (c *command) help(args []string) int {
	if len(args) == 0 {
		fmt.Fprint(c.stdout, overview())
		return fine
	}
	for _, v := range verbs() {
		if v.name == args[0] {
			c.verb = v
			_ = v.run(c, []string{"-help"})
			return fine
		}
	}
	fmt.Fprintf(c.stderr, "pantograph help: there is no verb %q\n", diag.Quote(args[0]))
	return failure
}

// verbHelp is the help of one verb: usage, text, flags.
func (c *command) verbHelp(flags *flag.FlagSet) string {
	var b strings.Builder
	b.WriteString("Usage:\n\n")
	for line := range strings.Lines(c.verb.usage) {
		b.WriteString("    pantograph " + strings.TrimSuffix(line, "\n") + "\n")
	}
	b.WriteString("\n" + strings.TrimSpace(c.verb.text) + "\n")
	first := true
	flags.VisitAll(func(f *flag.Flag) {
		if first {
			b.WriteString("\nFlags:\n\n")
			first = false
		}
		value, usage := flag.UnquoteUsage(f)
		fmt.Fprintf(&b, "    -%s %s\n", f.Name, value)
		fmt.Fprintf(&b, "        %s\n", strings.ReplaceAll(usage, "\n", "\n        "))
	})
	return strings.ReplaceAll(b.String(), " \n", "\n")
}

const genUsage = `gen -spec api.yaml -package client [-out DIR] [flags]
gen [flags] [DIR...]`

const genText = `
Gen writes Go clients. In the first form everything is said by flags. In the
second, each pantograph.yaml in the given directories and below them describes
one output; without a directory, the current one is searched.

A client is made in memory, formatted, type-checked and only then written: all
of its files or none. Files that did not change are not touched. Files that are
no longer generated are removed. A file that was edited by hand, or that
pantograph never wrote, is not overwritten, unless -force is given. Go files of
your own may stand beside the generated ones.

With -watch, gen goes on until it is interrupted: when a document, an overlay, a
template or the configuration is saved, it generates again, and reports what is
wrong with it.

Gen needs no network and starts no other program.
`

const checkUsage = `check -spec api.yaml -package client [-out DIR] [flags]
check [flags] [DIR...]`

const checkText = `
Check does what gen does, but instead of writing it compares. It reports files
that are missing, out of date, left over or edited, and then exits with status
1. Use it in continuous integration to hold generated code to its documents.
`

const lintUsage = `lint -spec api.yaml [flags]
lint [flags] [DIR...]`

const lintText = `
Lint examines documents and writes nothing. It is strict: what gen repairs with
a warning is an error here.
`

const dumpUsage = `dump [-stage STAGE] -spec api.yaml -package client [flags]
dump [-stage STAGE] [flags] [DIR]`

const dumpText = `
Dump prints what a stage makes of the documents, as JSON that is the same on
every machine. The stage "config" is what flags and file come to, "model" is the
API without any Go, and "plan" is every decision about the Go that gen would
write. Without -stage it is the model.
`

const initUsage = `init [-force] api.yaml...`

const initText = `
Init writes a commented pantograph.yaml to the current directory, for one client
made of the given documents. The name of the package is taken from the title of
the first one.
`

const versionText = `
Version prints the version of pantograph.
`
