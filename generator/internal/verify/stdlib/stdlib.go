package stdlib

import (
	"archive/zip"
	_ "embed"
	"fmt"
	"go/token"
	"go/types"
	"io"
	"strings"

	"golang.org/x/tools/go/gcexportdata"
)

//go:generate go run ./mk -out export.zip

//go:embed export.zip
var exportData string

// Importer imports embedded packages. It reads each at most once; it is not safe for concurrent use.
type Importer struct {
	fset    *token.FileSet
	archive *zip.Reader
	seen    map[string]*types.Package // also incomplete packages, known from references alone
}

// NewImporter returns an importer that adds file positions to fset.
func NewImporter(fset *token.FileSet) (*Importer, error) {
	archive, err := zip.NewReader(strings.NewReader(exportData), int64(len(exportData)))
	if err != nil {
		return nil, fmt.Errorf("embedded export data: %w", err)
	}
	return &Importer{fset: fset, archive: archive, seen: make(map[string]*types.Package)}, nil
}

// Has reports whether the package at path can be imported.
func (imp *Importer) Has(path string) bool {
	if path == "unsafe" {
		return true
	}
	for _, f := range imp.archive.File {
		if f.Name == path {
			return true
		}
	}
	return false
}

// Import returns the package at path.
func (imp *Importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if pkg := imp.seen[path]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	if !imp.Has(path) {
		return nil, fmt.Errorf("package %s is not a standard package that generated code may import", path)
	}
	data, err := imp.archive.Open(path)
	if err != nil {
		return nil, fmt.Errorf("embedded export data of %s: %w", path, err)
	}
	defer data.Close()
	// gcexportdata reads everything anyhow; a LimitReader spares it nothing.
	return gcexportdata.Read(io.Reader(data), imp.fset, imp.seen, path)
}
