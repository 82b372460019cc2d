package verify

import (
	"bytes"
	"fmt"
	"go/printer"
	"go/token"
)

// gofmt is what go/format uses. Its Node would print and parse each file once more, to sort the
// imports of a copy; ours are sorted in place after the one parse. The last mode bit is the
// documented, unexported one by which go/format asks for canonical number literals.
func gofmt() printer.Config {
	return printer.Config{Mode: printer.UseSpaces | printer.TabIndent | 1<<30, Tabwidth: 8}
}

// result is what printFiles returns.
type result struct {
	files []File
	err   error
}

// printFiles formats the syntax trees.
func printFiles(fset *token.FileSet, files []*file) result {
	out := make([]File, 0, len(files))
	config := gofmt()
	for _, f := range files {
		own := token.NewFileSet() // finding a file among others, for each of the many positions that are asked for, takes time
		own.AddExistingFiles(fset.File(f.syntax.FileStart))
		var buf bytes.Buffer
		buf.Grow(len(f.Bytes) + len(f.Bytes)/4)
		if err := config.Fprint(&buf, own, abridge(f)); err != nil {
			return result{err: fmt.Errorf("%s: %w", f.Path, err)}
		}
		out = append(out, File{Path: f.Path, Bytes: buf.Bytes(), Test: f.test})
	}
	return result{files: out}
}
