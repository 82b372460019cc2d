package cli

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/config"
	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/write"
)

// gen writes outputs.
func (c *command) gen(args []string) int {
	flags, o := c.newFlags(), &outputFlags{}
	o.sourceFlags(flags)
	o.targetFlags(flags)
	force := flags.Bool("force", false, "overwrite files that were edited by hand or that pantograph never wrote")
	watching := flags.Bool("watch", false, "go on, and generate again whenever a file changes that was read")
	if code, ok := c.parse(flags, args); !ok {
		return code
	}
	if *watching {
		return c.watch(flags, o, func(configs []*config.Config) (read []string) {
			c.generate(configs, *force, &read)
			return read
		})
	}
	configs, code := c.configs(flags, o)
	if code != fine {
		return code
	}
	return c.generate(configs, *force, nil)
}

// generate writes the outputs of configurations, and notes what was read.
func (c *command) generate(configs []*config.Config, force bool, read *[]string) int {
	return c.outputs(configs, "generating", func(settings config.Config) (string, diag.List) {
		result, list := c.tool.Run(settings, Mode{Force: force})
		if read != nil {
			*read = append(*read, result.Inputs...)
		}
		if list.HasErrors() || c.json {
			return "", list
		}
		return fmt.Sprintf("%s: %s\n", name(&settings), summary(result)), list
	})
}

// check compares outputs.
func (c *command) check(args []string) int {
	flags, o := c.newFlags(), &outputFlags{}
	o.sourceFlags(flags)
	o.targetFlags(flags)
	if code, ok := c.parse(flags, args); !ok {
		return code
	}
	configs, code := c.configs(flags, o)
	if code != fine {
		return code
	}
	return c.outputs(configs, "checking", func(settings config.Config) (string, diag.List) {
		_, list := c.tool.Run(settings, Mode{Check: true})
		return "", list
	})
}

// lint examines documents.
func (c *command) lint(args []string) int {
	flags, o := c.newFlags(), &outputFlags{}
	o.sourceFlags(flags)
	if code, ok := c.parse(flags, args); !ok {
		return code
	}
	configs, code := c.configs(flags, o)
	if code != fine {
		return code
	}
	return c.outputs(configs, "reading", func(settings config.Config) (string, diag.List) {
		if settings.RuntimeOnly {
			return "", nil // there is no document
		}
		return "", c.tool.Lint(settings)
	})
}

// dump prints the result of a stage.
func (c *command) dump(args []string) int {
	flags, o := c.newFlags(), &outputFlags{}
	o.sourceFlags(flags)
	o.targetFlags(flags)
	stage := flags.String("stage", "model", "the `STAGE`: config, model or plan")
	if code, ok := c.parse(flags, args); !ok {
		return code
	}
	if stages := []string{"config", "model", "plan"}; !slices.Contains(stages, *stage) {
		return c.usageError("there is no stage %q; there are %s", *stage, strings.Join(stages, ", "))
	}
	configs, code := c.configs(flags, o)
	if code != fine {
		return code
	}
	if len(configs) > 1 {
		return c.usageError("there are %d configurations; name the directory of one", len(configs))
	}
	return c.outputs(configs, "reading", func(settings config.Config) (string, diag.List) {
		out, list := c.tool.Dump(settings, *stage)
		if list.HasErrors() {
			return "", list
		}
		return string(out) + "\n", list
	})
}

// version prints the version.
func (c *command) version(args []string) int {
	flags := c.newFlags()
	if code, ok := c.parse(flags, args); !ok {
		return code
	}
	if c.json {
		fmt.Fprintf(c.stdout, "{\"version\":%q}\n", c.tool.Version())
		return fine
	}
	fmt.Fprintf(c.stdout, "pantograph %s\n", c.tool.Version())
	return fine
}

// outputs does something for each configuration, prints its result, and reports what was found in all of them.
// A result is printed when the progress is wiped: both may go to one terminal.
func (c *command) outputs(configs []*config.Config, doing string, do func(config.Config) (string, diag.List)) int {
	var list diag.List
	for _, settings := range configs {
		c.progress.start(fmt.Sprintf("%s %s", doing, name(settings)))
		result, found := do(*settings)
		c.progress.stop()
		_, _ = io.WriteString(c.stdout, result)
		list = append(list, found...)
	}
	return c.report(list)
}

// name is what an output is called in messages: its directory.
func name(c *config.Config) string {
	out := filepath.FromSlash(c.Out)
	if !filepath.IsAbs(out) {
		out = filepath.Join(c.Dir(), out)
	}
	return diag.Quote(filepath.ToSlash(out))
}

// summary says what happened to an output.
func summary(result write.Result) string {
	var written, removed int
	for _, change := range result.Changes {
		if change.Kind == write.Stale || change.Kind == write.EditedStale {
			removed++
		} else {
			written++
		}
	}
	switch {
	case written+removed == 0:
		return "up to date"
	case removed == 0:
		return fmt.Sprintf("%d written, %d unchanged", written, result.Unchanged)
	}
	return fmt.Sprintf("%d written, %d removed, %d unchanged", written, removed, result.Unchanged)
}
