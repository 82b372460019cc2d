package write

import (
	"io/fs"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
)

// Origin says what a vendored output is a copy of.
type Origin struct {
	Import     string `json:"import"`               // path of the client
	Runtime    string `json:"runtime,omitempty"`    // path of its runtime
	SingleFile bool   `json:"singleFile,omitempty"` // all of it became one file
	SHA256     string `json:"sha256"`               // of the names and hashes of the files that were copied
}

// Owned is what the manifest of an output says.
type Owned struct {
	Generator string
	Files     []string // sorted
	Edited    []string // of them, those that are not what was written
}

// ReadOwned reads the manifest of an output, and compares the files. There is an error when there is no manifest.
func ReadOwned(fsys fs.FS) (Owned, diag.List) {
	root := memory{fsys}
	m, list := readManifest(root)
	if list.HasErrors() {
		return Owned{}, list
	}
	out := Owned{Generator: m.Generator}
	for _, f := range m.Files {
		out.Files = append(out.Files, f.Path)
		if data, err := root.ReadFile(f.Path); err == nil && Hash(data) != f.SHA256 {
			out.Edited = append(out.Edited, f.Path)
		}
	}
	return out, nil
}
