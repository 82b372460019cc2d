package cli

import (
	"fmt"
	"path/filepath"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
)

// Vendor says what to copy, and where to.
type Vendor struct {
	From, FromImport string
	To, Import       string
	SingleFile, Test bool
	Mode             Mode
}

// vendor copies a client.
func (c *command) vendor(args []string) int {
	flags := c.newFlags()
	var v Vendor
	flags.StringVar(&v.To, "to", "", "write to `DIR`")
	flags.StringVar(&v.Import, "import", "", "the import `PATH` of the copy (default: what the go.mod file around it says)")
	flags.StringVar(&v.FromImport, "from", "", "the import `PATH` of the client (default: what the go.mod file around it says)")
	flags.BoolVar(&v.SingleFile, "single-file", false, "make one file of the client and its runtime, for small clients")
	flags.BoolVar(&v.Test, "test", true, "copy the test-support package too (default: true; -test=false leaves it out)")
	flags.BoolVar(&v.Mode.Check, "check", false, "compare only, and fail when the copy is out of date")
	flags.BoolVar(&v.Mode.Force, "force", false, "overwrite files that were edited by hand or that pantograph never wrote")
	if code, ok := c.parse(flags, args); !ok {
		return code
	}
	switch {
	case v.To == "":
		return c.usageError("say where the copy goes with -to DIR")
	case flags.NArg() != 1:
		return c.usageError("name the folder of one client")
	}
	v.From = flags.Arg(0)
	result, list := c.tool.Vendor(v)
	if !list.HasErrors() && !c.json && !v.Mode.Check {
		fmt.Fprintf(c.stdout, "%s: %s\n", diag.Quote(filepath.ToSlash(v.To)), summary(result))
	}
	return c.report(list)
}

const vendorUsage = `vendor -to DIR [-import PATH] [-single-file] [flags] CLIENT`

const vendorText = `
Vendor copies a generated client, the folder CLIENT, to another place or module,
under another import path, with those parts of its runtime that it reaches. The
copy is type-checked before it is written, and needs nothing but the standard
library. Clients that were made by different versions of pantograph can stand
side by side: each has a runtime of its own.

The copy has a manifest, which says what it is a copy of and guards it: the same
command brings it up to date later, and refuses to overwrite files that were
edited by hand, unless -force is given. With -check it only compares.

With -single-file, the client and what it uses of the runtime become one file,
in a package of the client's name.
`
