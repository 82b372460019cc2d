package generator

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/write"
)

// inputs remembers what was read: the manifest lists it.
type inputs struct {
	read  map[string]*bytes.Buffer
	asked map[string]bool // what was looked for, whether it is there or not
}

func newInputs() *inputs {
	return &inputs{read: make(map[string]*bytes.Buffer), asked: make(map[string]bool)}
}

// below returns a file system that remembers what is read from it under its name, with a prefix.
func (in *inputs) below(root fs.FS, prefix string) fs.FS { return &inputFS{root, prefix, in} }

// add remembers a file that was read as a whole.
func (in *inputs) add(name string, data []byte) { in.read[name] = bytes.NewBuffer(data) }

type inputFS struct {
	fs.FS
	prefix string
	inputs *inputs
}

// Stat asks the file system itself: that is no reading.
func (in *inputFS) Stat(name string) (fs.FileInfo, error) {
	in.inputs.asked[in.prefix+name] = true
	return fs.Stat(in.FS, name)
}

// Open opens a file that copies what is read from it.
func (in *inputFS) Open(name string) (fs.File, error) {
	f, err := in.FS.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return f, nil
	}
	content := new(bytes.Buffer)
	in.inputs.read[in.prefix+name] = content
	return &input{f, content}, nil
}

// documents returns the files that were read, templates among them, by name, with their hashes.
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
