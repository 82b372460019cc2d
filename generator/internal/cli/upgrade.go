package cli

import (
	"fmt"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/config"
	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/diff"
)

// upgrade says what changes in outputs that an older generator wrote, and then writes them.
func (c *command) upgrade(args []string) int {
	flags, o := c.newFlags(), &outputFlags{}
	o.sourceFlags(flags)
	o.targetFlags(flags)
	force := flags.Bool("force", false, "overwrite files that were edited by hand or that pantograph never wrote")
	dry := flags.Bool("n", false, "list what changes, and write nothing")
	if code, ok := c.parse(flags, args); !ok {
		return code
	}
	configs, code := c.configs(flags, o)
	if code != fine {
		return code
	}
	if code := c.outputs(configs, "comparing", func(settings config.Config) (string, diag.List) {
		report, list := c.tool.Upgrade(settings)
		if list.HasErrors() || report == nil {
			return "", list
		}
		return upgradeText(name(&settings), report), list
	}); code != fine || *dry {
		return code
	}
	return c.generate(configs, *force, nil)
}

// upgradeText lists what changes in one output.
func upgradeText(name string, r *diff.Report) string {
	var b strings.Builder
	from := ""
	if r.Old.Generator != "" && r.Old.Generator != r.New.Generator {
		from = fmt.Sprintf(", from pantograph %s to %s", diag.Quote(r.Old.Generator), diag.Quote(r.New.Generator))
	}
	fmt.Fprintf(&b, "%s%s: %s\n", name, from, r.Verdict)
	for _, c := range r.Go {
		word := "new"
		if c.Level == diff.Major {
			word = "breaks"
		}
		fmt.Fprintf(&b, "  %-6s  %s\n", word, diag.Quote(c.Text))
	}
	return b.String()
}

const upgradeUsage = `upgrade [-n] [flags] [DIR...]`

const upgradeHelp = `
Upgrade brings outputs of an older pantograph up to date. It lists first what
changes in the exported Go API of each, what breaks programs in front, and then
writes them as gen does. With -n it only lists. Published names stay: names.lock
holds them.
`
