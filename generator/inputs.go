package generator

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/write"
)

// inputs is a file system that remembers what was read from it: the manifest lists it.
type inputs struct {
	fs.FS
	read map[string]*bytes.Buffer
}

func newInputs(root fs.FS) *inputs { return &inputs{FS: root, read: make(map[string]*bytes.Buffer)} }

// Stat asks the file system itself: that is no reading.
func (in *inputs) Stat(name string) (fs.FileInfo, error) { return fs.Stat(in.FS, name) }

// Open opens a file that copies what is read from it.
func (in *inputs) Open(name string) (fs.File, error) {
	f, err := in.FS.Open(name)
	if err != nil {
		return nil, err
	}
	in.read[name] = new(bytes.Buffer)
	return &input{f, in.read[name]}, nil
}

// documents returns the files that were read, by name, with their hashes.
func (in *inputs) documents() []write.Document {
	var documents []write.Document
	for name, content := range in.read {
		documents = append(documents, write.Document{Path: name, SHA256: write.Hash(content.Bytes())})
	}
	slices.SortFunc(documents, func(a, b write.Document) int { return strings.Compare(a.Path, b.Path) })
	return documents
}

type input struct {
	fs.File
	copy *bytes.Buffer
}

func (f *input) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	f.copy.Write(p[:n])
	return n, err
}
