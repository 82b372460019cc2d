// Command mk writes the export data of the packages that stdlib lists, from the sources of the
// Go installation that runs it. It starts no process. The output depends on nothing but the Go
// release: one zip entry per package, no times, no file positions.
package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"flag"
	"fmt"
	"go/build"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"

	"golang.org/x/tools/go/gcexportdata"

	"github.com/pantograph-go/pantograph/generator/internal/verify/stdlib"
)

func main() {
	out := flag.String("out", "export.zip", "file to write")
	flag.Parse()
	if err := run(*out); err != nil {
		fmt.Fprintln(os.Stderr, "mk:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	// One platform for all: what we import has the same API everywhere.
	build.Default.GOOS, build.Default.GOARCH, build.Default.CgoEnabled = "linux", "amd64", false
	source := importer.ForCompiler(token.NewFileSet(), "source", nil)

	var buf bytes.Buffer
	archive := zip.NewWriter(&buf)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestCompression)
	})
	for _, path := range stdlib.Packages() {
		pkg, err := source.Import(path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err := add(archive, pkg); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return os.WriteFile(out, buf.Bytes(), 0o644)
}

// add writes pkg without positions, which would name directories of this machine.
func add(archive *zip.Writer, pkg *types.Package) error {
	w, err := archive.CreateHeader(&zip.FileHeader{Name: pkg.Path(), Method: zip.Deflate})
	if err != nil {
		return err
	}
	return gcexportdata.Write(w, nil, pkg)
}
