package cli

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"time"

	"github.com/pantograph-go/pantograph/generator/internal/config"
	"github.com/pantograph-go/pantograph/generator/internal/watch"
)

// watch does something now and whenever one of the files changes that it was made of, until it is interrupted. What is wrong
// with a document is reported, and the next change waited for.
func (c *command) watch(flags *flag.FlagSet, o *outputFlags, do func([]*config.Config) (read []string)) int {
	ctx := c.interrupt
	if ctx == nil {
		var stop context.CancelFunc
		ctx, stop = signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
	}
	configs, code := c.configs(flags, o)
	if code == failure {
		return code // a wrong command line does not mend itself
	}
	files := c.watched(flags, configs)
	for {
		before := watch.Look(files)
		started := time.Now()
		if code == fine {
			files = append(files, do(configs)...)
			slices.Sort(files)
			files = slices.Compact(files)
		}
		for name, now := range watch.Look(files) { // what was not known before is as it is now
			if _, known := before[name]; !known {
				before[name] = now
			}
		}
		fmt.Fprintf(c.stderr, "watching %d files (%d ms)\n", len(before), time.Since(started).Milliseconds())
		if !watch.Wait(ctx, before, func() watch.State { return watch.Look(files) }) {
			return fine
		}
		var again []*config.Config
		if again, code = c.configs(flags, o); code == fine {
			configs = again
			files = append(files, c.watched(flags, configs)...)
		}
	}
}

// watched are the files that are known to matter before anything was read.
func (c *command) watched(flags *flag.FlagSet, configs []*config.Config) []string {
	var files []string
	if flags.Lookup("spec") != nil && len(configs) > 0 && configs[0].Pos("").File == "" {
		for _, settings := range configs {
			files = append(files, settings.Specs...)
		}
	} else if found, code := c.find(flags.Args()); code == fine {
		files = append(files, found...)
	}
	return files
}
