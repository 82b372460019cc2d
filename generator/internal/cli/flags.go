package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/config"
	"github.com/pantograph-go/pantograph/generator/internal/diag"
)

// outputFlags say by flags what a configuration file says.
type outputFlags struct {
	specs       []string
	out         string
	pkg         string
	importPath  string
	runtime     string
	root        string
	overlays    []string
	include     []string
	exclude     []string
	templates   string
	packs       []string
	initialisms []string
	types       map[string]string
	strict      bool
	test        bool
}

// newFlags returns a flag set that prints nothing by itself.
func (c *command) newFlags() *flag.FlagSet {
	flags := flag.NewFlagSet(c.verb.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.BoolVar(&c.json, "json", false, "print diagnostics as JSON lines")
	return flags
}

// sourceFlags adds the flags about documents.
func (o *outputFlags) sourceFlags(flags *flag.FlagSet) {
	flags.Func("spec", "the OpenAPI document `FILE`; may be given several times", func(s string) error {
		o.specs = append(o.specs, s)
		return nil
	})
	flags.StringVar(&o.root, "root", "", "read no document outside of `DIR` (default: the deepest directory\nthat holds all of them, and JSON and YAML files in the one above it)")
	o.selectionFlags(flags)
}

// selectionFlags adds the flags about what of the documents is meant.
func (o *outputFlags) selectionFlags(flags *flag.FlagSet) {
	list := listFlag(flags)
	list("overlay", "apply the OpenAPI overlay `FILE` to the documents; may be given several times", &o.overlays)
	o.operationFlags(flags)
}

// operationFlags adds the flags about which operations are meant.
func (o *outputFlags) operationFlags(flags *flag.FlagSet) {
	list := listFlag(flags)
	list("include", "only operations that match `WHAT`: tag:NAME, path:/v1/** or\noperation:ID; may be given several times", &o.include)
	list("exclude", "no operations that match `WHAT`; may be given several times", &o.exclude)
}

// listFlag adds flags that may be given several times.
func listFlag(flags *flag.FlagSet) func(name, usage string, to *[]string) {
	return func(name, usage string, to *[]string) {
		flags.Func(name, usage, func(s string) error {
			*to = append(*to, s)
			return nil
		})
	}
}

// targetFlags adds the flags about the package.
func (o *outputFlags) targetFlags(flags *flag.FlagSet) {
	flags.StringVar(&o.pkg, "package", "", "the `NAME` of the Go package")
	flags.StringVar(&o.out, "out", "", "write to `DIR` (default: the current directory)")
	flags.StringVar(&o.importPath, "import", "", "the import `PATH` of the package (default: what the go.mod file around it says)")
	flags.StringVar(&o.runtime, "rt", "", "use the runtime at import `PATH` instead of writing one to rt in the output")
	flags.StringVar(&o.templates, "templates", "", "fill slots with the templates in `DIR`")
	flags.Func("pack", "fill slots with the `PACK` of templates of that name; may be given several\ntimes", func(s string) error {
		o.packs = append(o.packs, s)
		return nil
	})
	flags.Func("initialism", "write `WORD` in upper case in names; may be given several times", func(s string) error {
		o.initialisms = append(o.initialisms, s)
		return nil
	})
	flags.Func("type", "hold values of a format in a Go type, as `FORMAT=TYPE`: ipv4=net/netip.Addr;\nmay be given several times", func(s string) error {
		format, typ, ok := strings.Cut(s, "=")
		if !ok || format == "" || typ == "" {
			return errors.New("want FORMAT=TYPE")
		}
		if o.types == nil {
			o.types = map[string]string{}
		}
		o.types[format] = typ
		return nil
	})
	flags.BoolVar(&o.strict, "strict", false, "treat warnings as errors")
	flags.BoolVar(&o.test, "test", true, "write the test-support package too (default: true; -test=false leaves it out)")
}

// parse reads the command line. When it returns false, the command ends with the status.
func (c *command) parse(flags *flag.FlagSet, args []string) (status int, ok bool) {
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(c.stdout, c.verbHelp(flags))
		return fine, false
	case err != nil:
		return c.usageError("%v", err), false
	}
	for _, arg := range flags.Args() {
		if len(arg) > 1 && arg[0] == '-' {
			return c.usageError("flags go before the other arguments: put %s first", arg), false
		}
	}
	return fine, true
}

// configs returns the configurations that a command line means: one made of flags, or those of the
// files below its directories, with the flags over them.
func (c *command) configs(flags *flag.FlagSet, o *outputFlags) ([]*config.Config, int) {
	given := make(map[string]bool)
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	if len(o.specs) > 0 {
		if flags.NArg() > 0 {
			return nil, c.usageError("with -spec there is no directory to search, so %s means nothing", flags.Arg(0))
		}
		settings := config.New()
		settings.Specs = o.specs
		o.apply(settings, given)
		return []*config.Config{settings}, fine
	}
	files, code := c.find(flags.Args())
	if code != fine {
		return nil, code
	}
	var one []string
	for _, name := range []string{"out", "package", "import", "root", "templates"} {
		if given[name] {
			one = append(one, "-"+name)
		}
	}
	if len(files) > 1 && len(one) > 0 {
		return nil, c.usageError("%s cannot hold for %d configurations at once", strings.Join(one, ", "), len(files))
	}
	var all []*config.Config
	var list diag.List
	read := newFiles()
	for _, file := range files {
		data, err := read.file(file)
		if err != nil {
			return nil, c.usageError("%v", err)
		}
		settings, diags := config.Parse(filepath.ToSlash(file), data)
		list = append(list, diags...)
		if settings != nil {
			o.apply(settings, given)
			all = append(all, settings)
		}
	}
	if list.HasErrors() {
		return nil, c.report(list)
	}
	return all, fine
}

// find returns the configuration files below directories, each once.
func (c *command) find(dirs []string) ([]string, int) {
	if len(dirs) == 0 {
		dirs = []string{"."}
	}
	var files []string
	for _, dir := range dirs {
		found, err := config.Find(filepath.Clean(dir))
		if err != nil {
			return nil, c.usageError("%v", err)
		}
		if len(found) == 0 {
			return nil, c.usageError("there is no %s in %s or below; give -spec, or make one with \"pantograph init\"", config.FileName, filepath.ToSlash(dir))
		}
		files = append(files, found...)
	}
	slices.Sort(files)
	return slices.Compact(files), fine
}

// apply puts flags over a configuration. Paths of flags are relative to the working directory.
func (o *outputFlags) apply(to *config.Config, given map[string]bool) {
	path := func(name string) string {
		if rel, err := filepath.Rel(to.Dir(), name); err == nil && !filepath.IsAbs(name) {
			return rel
		}
		return name
	}
	paths := func(names []string) []string {
		relative := make([]string, len(names))
		for i, name := range names {
			relative[i] = path(name)
		}
		return relative
	}
	for _, flag := range []struct {
		name string
		set  func()
	}{
		{"overlay", func() { to.Overlays = append(to.Overlays, paths(o.overlays)...) }},
		{"include", func() { to.Include = append(to.Include, o.include...) }},
		{"exclude", func() { to.Exclude = append(to.Exclude, o.exclude...) }},
		{"out", func() { to.Out = path(o.out) }},
		{"root", func() { to.Root = path(o.root) }},
		{"templates", func() { to.Templates = path(o.templates) }},
		{"pack", func() { to.Packs = append(to.Packs, o.packs...) }},
		{"package", func() { to.Package = o.pkg }},
		{"import", func() { to.Import = o.importPath }},
		{"rt", func() { to.Runtime = o.runtime }},
		{"initialism", func() { to.Initialisms = append(to.Initialisms, o.initialisms...) }},
		{"type", func() {
			if to.Types == nil {
				to.Types = map[string]string{}
			}
			maps.Copy(to.Types, o.types)
		}},
		{"strict", func() { to.Strict = o.strict }},
		{"test", func() { to.Test = o.test }},
	} {
		if given[flag.name] {
			flag.set()
		}
	}
}
