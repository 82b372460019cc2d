// Command mk writes what verification knows of the packages that stdlib lists, from the sources of the Go installation that
// runs it, or of the runtime. It starts no process. The output depends on nothing but the Go release.
package main

import (
	"flag"
	"fmt"
	"go/build"
	"go/importer"
	"go/token"
	"go/types"
	"os"

	"github.com/pantograph-go/pantograph/generator/internal/verify"
	"github.com/pantograph-go/pantograph/generator/internal/verify/stdlib"
)

func main() {
	out := flag.String("out", "api.bin", "file to write; with -runtime the folder")
	source := flag.String("runtime", "", "folder with the source of the runtime, whose types are written instead")
	flag.Parse()
	write := run
	if *source != "" {
		write = func(out string) error { return writeRuntime(*source, out) }
	}
	if err := write(*out); err != nil {
		fmt.Fprintln(os.Stderr, "mk:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	packages, err := load(stdlib.Packages())
	if err != nil {
		return err
	}
	required, err := newer(packages, verify.GoVersion)
	if err != nil {
		return err
	}
	data := newWriter(required, nil).write(verify.GoVersion, packages)
	if err := compare(packages, stdlib.Read(string(data))); err != nil {
		return err
	}
	return os.WriteFile(out, data, 0o644)
}

// load type-checks packages.
func load(paths []string) ([]*types.Package, error) {
	// One platform for all: what we import has the same API everywhere.
	build.Default.GOOS, build.Default.GOARCH, build.Default.CgoEnabled = "linux", "amd64", false
	source := importer.ForCompiler(token.NewFileSet(), "source", nil)
	packages := make([]*types.Package, len(paths))
	for i, path := range paths {
		var err error
		if packages[i], err = source.Import(path); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return packages, nil
}
