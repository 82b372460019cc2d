package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// file is an input file, parsed once.
type file struct {
	name   string // slash-separated, relative to the root
	root   *node  // nil when it could not be read
	reader *reader
	lifted bool // Swagger 2.0, reshaped
	old    bool // OpenAPI 3.0 or older: members next to a $ref are mere annotations

	anchors map[string]*node // made when the first is asked for
}

// reader reads files below one root, and nothing else: no network, no absolute names, no symbolic
// link that leaves the root. Its messages never hold text of a file that is not a document.
type reader struct {
	root     fs.FS
	files    map[string]*file
	order    []*file // in order of first use
	size     int64
	nodes    int
	pointers int
	found    func(e *syntaxError, related ...model.Pos)
}

// open returns the parsed file; its root is nil when it cannot be read, which is reported once, at the
// reference that leads there. A file that is no OpenAPI document is of the version of the one that refers to it.
func (r *reader) open(name string, from *node) *file {
	if f, ok := r.files[name]; ok {
		return f
	}
	f := &file{name: name, reader: r}
	r.files[name] = f
	src, err := r.read(name)
	if err == nil {
		r.order = append(r.order, f)
		f.root, err = f.parse(src)
	} else if from != nil {
		err = &syntaxError{pos: from.pos(), code: "file-not-read", message: fmt.Sprintf("%q %s", name, err)}
	} else {
		err = &syntaxError{pos: model.Pos{File: name}, code: "file-not-read", message: "the file " + err.Error()}
	}
	if syntax := (*syntaxError)(nil); errors.As(err, &syntax) {
		f.root = nil
		r.found(syntax)
	}
	switch version := f.root.str("openapi"); {
	case version != "":
		f.old = strings.HasPrefix(version, "3.0")
	case from != nil:
		f.old = from.file.old
	}
	return f
}

var errNoPermission = errors.New("must not be read: permission denied")

// read returns the bytes of a file, or an error that says no more than why there are none.
func (r *reader) read(name string) ([]byte, error) {
	if !fs.ValidPath(name) || strings.ContainsAny(name, "\\:\x00") {
		return nil, errors.New("is not a relative name below the root")
	}
	if len(r.files) > maxFiles {
		return nil, fmt.Errorf("is one file too many: the limit is %d", maxFiles)
	}
	info, err := fs.Stat(r.root, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("does not exist")
	case errors.Is(err, fs.ErrPermission):
		return nil, errNoPermission
	case err != nil:
		return nil, errors.New("cannot be read below the root; symbolic links must not lead out of it")
	case !info.Mode().IsRegular():
		return nil, errors.New("is not a regular file")
	case r.size+info.Size() > maxSize:
		return nil, fmt.Errorf("is too large: all files together are limited to %d MB", maxSize/1_000_000)
	}
	in, err := r.root.Open(name)
	if errors.Is(err, fs.ErrPermission) {
		return nil, errNoPermission
	}
	if err != nil {
		return nil, errors.New("cannot be read below the root")
	}
	defer in.Close()
	src, err := io.ReadAll(io.LimitReader(in, info.Size()+1))
	if err != nil {
		return nil, errors.New("cannot be read")
	}
	r.size += int64(len(src))
	return src, nil
}

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

// duplicate reports a member name that is given twice.
func (f *file) duplicate(n, first *node) {
	f.reader.found(&syntaxError{
		pos: n.keyPos(), code: "duplicate-key",
		message: fmt.Sprintf("the member %q is given twice; first at %s", n.key, first.keyPos()),
	}, first.keyPos())
}
