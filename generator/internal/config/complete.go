package config

import (
	"errors"
	"fmt"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
)

// Complete returns the configuration with everything filled in and checked: paths relative to the
// working directory, documents relative to the root, import paths.
func (c Config) Complete() (*Config, diag.List) {
	var list diag.List
	done := c
	c.checkShape(&list)
	done.Out = c.path(c.Out)
	if c.Templates != "" {
		done.Templates = c.path(c.Templates)
	}
	done.completeDocuments(c, &list)
	done.completeImports(&list)
	if list.HasErrors() {
		return nil, list.Sort()
	}
	return &done, list.Sort()
}

// CompleteDocuments is Complete for the documents alone: nothing need be said about the output.
func (c Config) CompleteDocuments() (*Config, diag.List) {
	var list diag.List
	done := c
	c.checkDocuments(&list)
	done.completeDocuments(c, &list)
	if list.HasErrors() {
		return nil, list.Sort()
	}
	return &done, list.Sort()
}

// path resolves a path of the configuration against its directory.
func (c *Config) path(name string) string {
	name = filepath.FromSlash(name)
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(c.Dir(), name)
}

// checkShape looks at what has to be given and what excludes what.
func (c *Config) checkShape(list *diag.List) {
	if c.RuntimeOnly {
		for _, s := range []struct {
			key   string
			given bool
		}{
			{"specs", len(c.Specs) > 0}, {"package", c.Package != ""}, {"runtime", c.Runtime != ""}, {"templates", c.Templates != ""}, {"packs", len(c.Packs) > 0},
			{"overlays", len(c.Overlays) > 0}, {"include", len(c.Include) > 0}, {"exclude", len(c.Exclude) > 0},
		} {
			if s.given {
				list.Errorf(c.Pos(s.key), "config-conflict", "with runtimeOnly there is no package, so %s has no meaning", s.key)
			}
		}
		return
	}
	c.checkDocuments(list)
	if c.Codec != "" && c.Codec != TableCodec && c.Codec != InlineCodec {
		list.Errorf(c.Pos("codec"), "config-type", "there is no codec %q", c.Codec)
		list.Hint("the codecs are %s and %s", TableCodec, InlineCodec)
	}
	switch {
	case c.Package == "":
		list.Errorf(c.Pos("package"), "config-missing", "no package name is given")
		list.Hint("give it with package: client or -package client")
	case !ValidPackage(c.Package):
		list.Errorf(c.Pos("package"), "config-package", "%q cannot be the name of a Go package of ours", c.Package)
		list.Hint("take a short word of lower case letters and digits")
	}
	for _, word := range c.Initialisms {
		if !initialism(word) {
			list.Errorf(c.Pos("initialisms"), "config-initialism", "%q is not a word of letters and digits", word)
		}
	}
}

func (c *Config) checkDocuments(list *diag.List) {
	if len(c.Specs) == 0 {
		list.Errorf(c.Pos("specs"), "config-missing", "no document is given")
		list.Hint("name it with specs: [api.yaml] or -spec api.yaml")
	}
}

// ValidPackage reports whether name can be the name of a generated package.
func ValidPackage(name string) bool {
	return packageName(name) && !token.IsKeyword(name) && name != "main" && name != "init" && len(name) <= 60
}

func packageName(name string) bool { return regexp.MustCompile(`^[a-z][a-z0-9_]*$`).MatchString(name) }

func initialism(word string) bool {
	return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*$`).MatchString(word)
}

// completeDocuments makes the documents relative to the root. Without one, that is the deepest
// directory that holds them all.
func (done *Config) completeDocuments(c Config, list *diag.List) {
	if len(c.Specs) == 0 {
		return
	}
	specs := make([]string, len(c.Specs))
	for i, spec := range c.Specs {
		specs[i] = c.path(spec)
	}
	if c.Root != "" {
		done.Root = c.path(c.Root)
	} else {
		done.Root = common(specs)
		done.ownRoot = true
	}
	done.Overlays = nil
	for _, overlay := range c.Overlays {
		done.Overlays = append(done.Overlays, c.path(overlay))
	}
	done.Specs = nil
	for i, spec := range specs {
		rel, ok := below(done.Root, spec)
		switch {
		case !ok:
			list.Errorf(c.Pos("specs"), "config-root", "%s lies outside of the root %s", c.Specs[i], filepath.ToSlash(done.Root))
		case slices.Contains(done.Specs, rel):
			list.Errorf(c.Pos("specs"), "config-duplicate", "%s is given twice", c.Specs[i])
		default:
			done.Specs = append(done.Specs, rel)
		}
	}
}

// Above returns the directory above the root, and the name that the root has in there. Real documents refer to what
// lies beside their own folder, so where no root is given, some files there may be read: see docs/adr/0005. There is
// none where the root is the home directory or holds it, and where the one above is the root of a file system.
func (c *Config) Above() (dir, folder string) {
	if !c.ownRoot {
		return "", ""
	}
	root, err := filepath.EvalSymlinks(absolute(c.Root))
	if err != nil {
		return "", ""
	}
	parent := filepath.Dir(root)
	if parent == root || filepath.Dir(parent) == parent {
		return "", ""
	}
	if home, err := os.UserHomeDir(); err == nil && filepath.IsAbs(home) {
		if real, err := filepath.EvalSymlinks(home); err == nil {
			home = real
		}
		if rel, err := filepath.Rel(root, home); err == nil && filepath.IsLocal(rel) {
			return "", ""
		}
	}
	return parent, filepath.Base(root)
}

// common returns the deepest directory above all files; on several volumes there is none, and it is
// one that does not hold all of them.
func common(files []string) string {
	dir := filepath.Dir(files[0])
	for _, file := range files[1:] {
		for {
			if _, ok := below(dir, file); ok {
				break
			}
			parent := filepath.Join(dir, "..")
			if absolute(parent) == absolute(dir) {
				break
			}
			dir = parent
		}
	}
	return dir
}

// below returns a file's path relative to a directory, with slashes, and whether it lies in there.
func below(dir, file string) (string, bool) {
	rel, err := filepath.Rel(absolute(dir), absolute(file))
	return filepath.ToSlash(rel), err == nil && filepath.IsLocal(rel)
}

// absolute makes a path comparable. Without a working directory nothing is; then it stays as it is.
func absolute(name string) string {
	if abs, err := filepath.Abs(name); err == nil {
		return abs
	}
	return filepath.Clean(name)
}

// completeImports fills in the import path of the output from the enclosing go.mod, and that of the
// runtime.
func (done *Config) completeImports(list *diag.List) {
	if done.Import == "" {
		importPath, err := ImportPath(done.Out)
		if err != nil {
			list.Errorf(done.Pos("import"), "config-import", "the import path of %s is not known: %v", filepath.ToSlash(done.Out), err)
			list.Hint("give it with import: example.com/module/client or -import")
			return
		}
		done.Import = importPath
	}
	if err := module.CheckImportPath(done.Import); err != nil {
		list.Errorf(done.Pos("import"), "config-import", "%v", err)
		return
	}
	if done.Runtime == "" {
		done.Runtime = path.Join(done.Import, "rt")
	} else if err := module.CheckImportPath(done.Runtime); err != nil {
		list.Errorf(done.Pos("runtime"), "config-import", "%v", err)
	}
}

// OwnRuntime reports whether the runtime is part of the output. It needs a complete configuration.
func (c *Config) OwnRuntime() bool { return c.Runtime == path.Join(c.Import, "rt") }

// ImportPath derives the import path of a directory, which need not exist, from the go.mod file
// around it.
func ImportPath(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for root := dir; ; root = filepath.Dir(root) {
		data, err := os.ReadFile(filepath.Join(root, "go.mod"))
		if errors.Is(err, os.ErrNotExist) || err != nil && !isDir(root) { // the latter where a file stands in the way
			if root == filepath.Dir(root) {
				return "", errors.New("there is no go.mod file around it")
			}
			continue
		}
		if err != nil {
			return "", errors.New("the go.mod file around it cannot be read")
		}
		name := modfile.ModulePath(data)
		if name == "" {
			return "", errors.New("the go.mod file around it names no module")
		}
		rel, err := filepath.Rel(root, dir)
		if err != nil {
			return "", err
		}
		return path.Join(name, filepath.ToSlash(rel)), nil
	}
}

func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// Find returns the configuration files in a directory and below, sorted. Hidden directories and
// those that the Go tools pass over are not searched.
func Find(dir string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		base := filepath.Base(name)
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != dir && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata" || base == "vendor" || base == "node_modules"):
			return filepath.SkipDir
		case !d.IsDir() && base == FileName:
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("cannot search %s: %w", filepath.ToSlash(dir), err)
	}
	slices.Sort(files)
	return files, nil
}
