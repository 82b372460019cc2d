// Package debian unpacks packages of Debian into a folder, for proofs that need a program nobody here wrote. Nothing is installed
// into the system.
package debian

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
)

// Unpack downloads packages to a folder, once, and unpacks them below root. It is done when want is there, a file below root.
func Unpack(ctx context.Context, cache, root, want string, packages ...string) error {
	if _, err := os.Stat(filepath.Join(root, want)); err == nil {
		return nil
	}
	if err := os.MkdirAll(cache, 0o777); err != nil {
		return err
	}
	if err := download(ctx, cache, packages); err != nil {
		return err
	}
	for _, name := range packages {
		files, err := filepath.Glob(filepath.Join(cache, name+"_*.deb"))
		if err != nil || len(files) == 0 {
			return fmt.Errorf("apt-get left no package of %s", name)
		}
		if _, _, err := scratch.Run(ctx, cache, nil, "dpkg", "-x", files[len(files)-1], root); err != nil {
			return err
		}
	}
	if _, err := os.Stat(filepath.Join(root, want)); err != nil {
		return fmt.Errorf("the packages %s hold no %s", strings.Join(packages, ", "), want)
	}
	return nil
}

// download asks for packages, with a fresh index where the one at hand does not know them.
func download(ctx context.Context, cache string, packages []string) error {
	get := func() error {
		_, _, err := scratch.Run(ctx, cache, nil, "apt-get", append([]string{"download"}, packages...)...)
		return err
	}
	err := get()
	if err == nil {
		return nil
	}
	if _, _, updated := scratch.Run(ctx, cache, nil, "apt-get", "update"); updated != nil {
		return err
	}
	return get()
}

// installed is a line of what apt-get would do.
var installed = regexp.MustCompile(`(?m)^Inst (\S+)`)

// Closure is what would have to be installed for packages to run here: they, and what they need that is not there.
func Closure(ctx context.Context, packages ...string) ([]string, error) {
	args := append([]string{"--simulate", "install", "--no-install-recommends"}, packages...)
	out, _, err := scratch.Run(ctx, os.TempDir(), nil, "apt-get", args...)
	if err != nil {
		if _, _, updated := scratch.Run(ctx, os.TempDir(), nil, "apt-get", "update"); updated != nil {
			return nil, err
		}
		if out, _, err = scratch.Run(ctx, os.TempDir(), nil, "apt-get", args...); err != nil {
			return nil, err
		}
	}
	var list []string
	for _, m := range installed.FindAllStringSubmatch(out, -1) {
		list = append(list, m[1])
	}
	return list, nil
}
