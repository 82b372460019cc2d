package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// file is an input file, parsed once.
type file struct {
	name   string // slash-separated, relative to the root
	root   *node  // nil when it could not be read
	src    []byte // kept where it holds expressions: the places of their characters
	reader *reader
	lifted bool  // Swagger 2.0, reshaped
	base   *file // of an overlay: the document to which it is applied
	two    bool  // Swagger 2.0, or part of such a document
	old    bool  // OpenAPI 3.0 or older: members next to a $ref are mere annotations

	problem *readError       // why there is no root, when that was not reported
	anchors map[string]*node // made when the first is asked for
	ids     map[string]*node // schemas with an $id; likewise

	originals map[string]*node // of a reshaped document, by pointers as they were; likewise
	moved     []*node          // parameters taken out of it
}

// reader reads files below one root, documents beside it, and nothing else: no network, no absolute names, no
// symbolic link that leads out. Its messages never hold text of a file that is not a document.
type reader struct {
	root   fs.FS
	above  fs.FS  // the directory above the root, or nil
	folder string // the name of the root in there

	files    map[string]*file
	order    []*file // in order of first use
	size     int64
	nodes    int
	pointers int
	found    func(e *syntaxError, related ...model.Pos)
}

// open returns the parsed file; its root is nil when there is none, and then problem says why, or it was reported.
// A file that is no OpenAPI document is of the version of the one that refers to it.
func (r *reader) open(name string, from *node) *file {
	if f, ok := r.files[name]; ok {
		return f
	}
	f := &file{name: name, reader: r}
	r.files[name] = f
	src, err := r.read(name)
	if errors.As(err, &f.problem) {
		return f
	}
	if err == nil {
		r.order = append(r.order, f)
		if bytes.Contains(src, []byte(validations)) {
			f.src = src
		}
		f.root, err = f.parse(src)
	}
	if syntax := (*syntaxError)(nil); errors.As(err, &syntax) {
		f.root = nil
		r.found(syntax)
	}
	switch version := f.root.str("openapi"); {
	case version != "":
		f.old = strings.HasPrefix(version, "3.0")
	case from != nil:
		f.old, f.two = from.doc().old, from.doc().two
	}
	return f
}

// readError is why a file is not read. Its text holds nothing of the file.
type readError struct {
	code    string
	text    string
	refused bool // it must not be read, whether it is there or not
}

func (e *readError) Error() string { return e.text }

// refused is an error about what is not ours to read, absent one about what is not there.
func refused(text string) *readError { return &readError{"file-not-read", text, true} }
func absent(text string) *readError  { return &readError{"file-not-read", text, false} }

// locate returns the file system that has a file, and its name there. The name is as a path from the root.
func (r *reader) locate(name string) (fs.FS, string, error) {
	if strings.ContainsAny(name, "\\:\x00") {
		return nil, "", refused("it is not a relative name below the root")
	}
	beside, outside := strings.CutPrefix(name, "../")
	switch {
	case !outside && fs.ValidPath(name):
		return r.root, name, nil
	case !outside || !fs.ValidPath(beside):
		return nil, "", refused("it is not a relative name below the root")
	case r.above == nil:
		return nil, "", leavesRoot()
	case !isDocumentName(beside):
		return nil, "", refused("it lies outside of the root, and its name is not that of a document")
	}
	return r.above, beside, nil
}

// isDocumentName reports whether a name says that a file is a document: json or YAML, and not hidden.
func isDocumentName(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") {
			return false
		}
	}
	return slices.Contains([]string{".json", ".yaml", ".yml"}, path.Ext(name))
}

// normal is the one name of a file: a way that leads out of the root and back into it is cut short.
func (r *reader) normal(name string) string {
	name = path.Clean(name)
	if r.folder != "" {
		if inside, ok := strings.CutPrefix(name, "../"+r.folder+"/"); ok {
			return inside
		}
	}
	return name
}

// read returns the bytes of a file, or an error that says no more than why there are none.
func (r *reader) read(name string) ([]byte, error) {
	if len(r.files) > maxFiles {
		return nil, refused(fmt.Sprintf("it is one file too many: the limit is %d", maxFiles))
	}
	root, name, err := r.locate(name)
	if err != nil {
		return nil, err
	}
	info, err := fs.Stat(root, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, absent("the file does not exist")
	case errors.Is(err, fs.ErrPermission):
		return nil, errNoPermission()
	case err != nil:
		return nil, refused("the file cannot be read below the root; symbolic links must not lead out of it")
	case !info.Mode().IsRegular():
		return nil, absent("it is not a regular file")
	case r.size+info.Size() > maxSize:
		return nil, refused(fmt.Sprintf("the file is too large: all together are limited to %d MB", maxSize/1_000_000))
	}
	in, err := root.Open(name)
	if errors.Is(err, fs.ErrPermission) {
		return nil, errNoPermission()
	}
	if err != nil {
		return nil, refused("the file cannot be read below the root")
	}
	defer in.Close()
	src := make([]byte, info.Size()+1) // one more: it may have grown since
	n, err := io.ReadFull(in, src)
	if src = src[:n]; err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, absent("the file cannot be read")
	}
	r.size += int64(len(src))
	return src, nil
}

func errNoPermission() error { return absent("the file must not be read: permission denied") }

// parse builds the tree. A file that begins like JSON is JSON, unless it only reads as YAML.
func (f *file) parse(src []byte) (*node, error) {
	text := bytes.TrimLeft(bytes.TrimPrefix(src, []byte("\ufeff")), " \t\r\n")
	isJSON := path.Ext(f.name) == ".json"
	if isJSON || len(text) > 0 && (text[0] == '{' || text[0] == '[') {
		n, err := parseJSON(f, src)
		if syntax := (*syntaxError)(nil); isJSON || !errors.As(err, &syntax) || syntax.code != "" {
			return n, err
		}
	}
	return parseYAML(f, src)
}

// newNode counts.
func (f *file) newNode() (*node, error) {
	if f.reader.nodes++; f.reader.nodes > maxNodes {
		return nil, limitError(model.Pos{File: f.name, Line: 1, Col: 1}, "the documents hold more than %d values", maxNodes)
	}
	return &node{file: f}, nil
}

// duplicate warns of a member name that is given twice: the later member counts, as most readers of JSON have it.
func (f *file) duplicate(n, first *node) {
	f.reader.found(&syntaxError{
		pos: n.keyPos(), code: "duplicate-key", harmless: true,
		message: fmt.Sprintf("the member %q is given twice, and what stands at %s is passed over", n.key, first.keyPos()),
	}, first.keyPos())
}
