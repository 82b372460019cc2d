// Package debian unpacks packages of Debian into a folder, for proofs that need a program nobody here wrote. Nothing is installed
// into the system.
package debian

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
)

// Unpack downloads packages and unpacks them below root, once. Want is a file that they hold, by its path below root. What is half
// unpacked, as after an interruption, is unpacked again.
func Unpack(ctx context.Context, cache, root, want string, packages ...string) error {
	if unpacked(root, want) {
		return nil
	}
	if err := os.MkdirAll(cache, 0o777); err != nil {
		return err
	}
	// A folder of their own: one of an older version, left by an earlier run, is not taken for the one asked for.
	dir, err := os.MkdirTemp(cache, "packages-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := refreshed(ctx, func() error {
		_, _, err := scratch.Run(ctx, dir, nil, "apt-get", append([]string{"download"}, packages...)...)
		return err
	}); err != nil {
		return fmt.Errorf("the packages cannot be downloaded: %w", err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.deb"))
	if err != nil {
		return err
	}
	if len(files) != len(packages) {
		return fmt.Errorf("apt-get left %d of the %d packages %s", len(files), len(packages), strings.Join(packages, ", "))
	}
	for _, file := range files {
		if _, _, err := scratch.Run(ctx, dir, nil, "dpkg", "-x", file, root); err != nil {
			return err
		}
	}
	if _, err := os.Stat(filepath.Join(root, want)); err != nil {
		return fmt.Errorf("the packages %s hold no %s", strings.Join(packages, ", "), want)
	}
	return os.WriteFile(filepath.Join(root, want+mark), nil, 0o666)
}

// UnpackWithNeeds is Unpack for packages and what they need that is not there. See [Closure].
func UnpackWithNeeds(ctx context.Context, cache, root, want string, packages ...string) error {
	if unpacked(root, want) {
		return nil
	}
	all, err := Closure(ctx, packages...)
	if err != nil {
		return err
	}
	return Unpack(ctx, cache, root, want, all...)
}

// mark ends the name of the file that says that the work is done. It stands beside that which was wanted.
const mark = ".unpacked"

func unpacked(root, want string) bool {
	_, err := os.Stat(filepath.Join(root, want+mark))
	return err == nil
}

// refreshed asks apt-get for something, with a fresh index where the one at hand does not know it.
func refreshed(ctx context.Context, ask func() error) error {
	err := ask()
	if err == nil || ctx.Err() != nil {
		return err
	}
	if _, _, failed := scratch.Run(ctx, os.TempDir(), nil, "apt-get", "update"); failed != nil {
		return errors.Join(err, fmt.Errorf("nor is there an index of packages: %w", failed))
	}
	return ask()
}

// installed is a line of what apt-get would do.
var installed = regexp.MustCompile(`(?m)^Inst (\S+)`)

// Closure is what would have to be installed for packages to run here: they, and what they need that is not there.
func Closure(ctx context.Context, packages ...string) (list []string, err error) {
	var out string
	if err := refreshed(ctx, func() (err error) {
		args := append([]string{"--simulate", "install", "--no-install-recommends"}, packages...)
		out, _, err = scratch.Run(ctx, os.TempDir(), nil, "apt-get", args...)
		return err
	}); err != nil {
		return nil, fmt.Errorf("apt-get does not know what they need: %w", err)
	}
	for _, m := range installed.FindAllStringSubmatch(out, -1) {
		list = append(list, m[1])
	}
	return list, nil
}
