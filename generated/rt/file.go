package rt

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// FilePart is a file in a multipart body. It is read while it is sent, never all at once. The zero FilePart is no file.
//
// What can be read again, is when a request is repeated: bytes, and what [FileAt], [FileFunc] and a seekable reader
// give. After any other reader has been read the request is not repeated.
type FilePart struct {
	Name        string        // the file name that is sent; none is sent when it is empty
	ContentType string        // empty: what the document says of the part, or application/octet-stream
	Header      []HeaderField // further headers of the part

	source *source
}

// FileFrom is a file of a name whose content is read from r, as [Call.Reader] does it.
func FileFrom(name string, r io.Reader) FilePart {
	if r == nil {
		return FilePart{}
	}
	return FilePart{Name: name, source: sourceOf(r)}
}

// FileBytes is a file of a name with the given content, which must not change during the call.
func FileBytes(name string, content []byte) FilePart {
	return FilePart{Name: name, source: sourceOf(bytes.NewReader(content))}
}

// FileFunc is a file that is opened for each attempt, and closed when it is sent.
func FileFunc(name string, open func() (io.ReadCloser, error)) FilePart {
	if open == nil {
		return FilePart{}
	}
	return FilePart{Name: name, source: &source{size: -1, open: open}}
}

// FileAt is the file at a path, opened for each attempt. It is sent under the last element of the path.
func FileAt(path string) FilePart {
	return FilePart{Name: filepath.Base(path), source: &source{
		size: -1, open: func() (io.ReadCloser, error) { return os.Open(path) },
		stat: func() (int64, error) {
			info, err := os.Stat(path)
			if err != nil {
				return 0, err
			}
			if !info.Mode().IsRegular() || info.Size() == 0 { // its size says nothing
				return -1, nil
			}
			return info.Size(), nil
		},
	}}
}

// IsZero reports whether f is no file.
func (f FilePart) IsZero() bool { return f.source == nil }

// Open begins to read the content. It is for servers and tests: a client's file is read by the call.
func (f FilePart) Open() (io.ReadCloser, error) {
	if f.source == nil {
		return nil, errNoFile
	}
	return f.source.open()
}

const errNoFile sentinel = "there is no file"

// String names the file, not its content.
func (f FilePart) String() string {
	if f.source == nil {
		return "no file"
	}
	return fmt.Sprintf("file %s (%s)", quoteText(f.Name, 80), plainText(f.ContentType, 80))
}

// GoString is String.
func (f FilePart) GoString() string { return f.String() }
