package write

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// HandWritten returns the Go files that people put beside the generated ones: in the given
// directories of the output directory, neither planned nor ours from before. They take part in the
// verification of the package.
func HandWritten(outDir string, dirs, plannedPaths []string) ([]File, diag.List) {
	root, err := os.OpenRoot(outDir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, unusable(err)
	}
	defer root.Close()
	return HandWrittenIn(root.FS(), dirs, plannedPaths)
}

// HandWrittenIn is HandWritten for an output directory that is open.
func HandWrittenIn(fsys fs.FS, dirs, plannedPaths []string) ([]File, diag.List) {
	root := memory{fsys}
	// A broken manifest is reported when it comes to writing.
	before, _ := readManifest(root)
	ours := before.hashes()
	var files []File
	var list diag.List
	for _, dir := range dirs {
		entries, _ := fs.ReadDir(fsys, dir) // a directory that is not there yet holds nothing
		for _, entry := range entries {
			name := path.Join(dir, entry.Name())
			if _, known := ours[name]; known || entry.IsDir() || !strings.HasSuffix(name, ".go") || slices.Contains(plannedPaths, name) {
				continue
			}
			content, err := root.ReadFile(name)
			if err != nil {
				list.Warnf(model.Pos{File: name}, "hand-written-unreadable", "this file took no part in the verification: %s", cause(err))
				continue
			}
			files = append(files, File{Path: name, Bytes: content})
		}
	}
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return files, list
}
