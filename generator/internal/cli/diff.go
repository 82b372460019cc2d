package cli

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diff"
)

// Comparison says how two versions are compared.
type Comparison struct {
	Lock             string // file of the names that the old one is published with; empty: those that it would get
	Root             string // directory outside of which no document is read; empty: that of the document and the one above it
	Include, Exclude []string
}

// diff compares two versions.
func (c *command) diff(args []string) int {
	flags := c.newFlags()
	o := &outputFlags{}
	o.operationFlags(flags)
	formats := map[string]func(io.Writer, *diff.Report) error{"text": diff.Text, "markdown": diff.Markdown, "json": diff.JSON, "html": diff.HTML}
	format := flags.String("format", "text", "the `FORMAT`: text, markdown, json or html")
	changelog := flags.Bool("changelog", false, "print an entry for a changelog instead, in Markdown")
	lock := flags.String("lock", "", "the names.lock `FILE` that the old version is published with\n(default: the names that it would get)")
	root := flags.String("root", "", "read no document outside of `DIR`, in the tree and, from the root of\nthe repository, in a revision (default: the directory of the document,\nand JSON and YAML files in the one above it)")
	fail := flags.String("fail", "", "exit with status 1 when the verdict is `LEVEL` or more: minor or major")
	if code, ok := c.parse(flags, args); !ok {
		return code
	}
	print := formats[*format]
	switch {
	case print == nil:
		return c.usageError("there is no format %q; there are text, markdown, json, html", *format)
	case flags.NArg() != 2:
		return c.usageError("want two versions, the old and the new one")
	case !slices.Contains([]string{"", "minor", "major"}, *fail):
		return c.usageError("-fail wants minor or major")
	}
	if *changelog {
		print = diff.Changelog
	}
	c.progress.start("comparing " + strings.Join(flags.Args(), " and "))
	report, list := c.tool.Compare(flags.Arg(0), flags.Arg(1), Comparison{Lock: *lock, Root: *root, Include: o.include, Exclude: o.exclude})
	c.progress.stop()
	if code := c.report(list); code != fine {
		return code
	}
	var out bytes.Buffer
	if err := print(&out, report); err != nil {
		return failure
	}
	if _, err := out.WriteTo(c.stdout); err != nil {
		return failure
	}
	if *fail != "" && (report.Verdict == diff.Major || report.Verdict == diff.Minor && *fail == "minor") {
		return findings
	}
	return fine
}

const diffUsage = `diff [flags] OLD NEW`

const diffText = `
Diff compares two versions of an API: two documents, of which either may be that
of a git revision (HEAD~1:spec/api.yaml, a path from the root of the repository),
or two output directories.

It says what changed in the document, what that does to requests and responses,
and what to the exported Go API, and sums it up in one verdict: patch, minor or
major. Of two outputs, the Go API alone is compared.
`
