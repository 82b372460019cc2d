package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/pantograph-go/pantograph/generator/model"
)

// jsonReader builds the node tree of a JSON file. YAML's parser is no substitute for it: it refuses
// surrogate pairs in escapes and member names of more than 1024 characters.
type jsonReader struct {
	file *file
	src  []byte
	dec  *json.Decoder

	offset int // up to which line and start are known
	line   int
	start  int // offset of the first byte of the line
	column int // runes of the line before offset
}

// parseJSON reads a JSON file.
func parseJSON(f *file, src []byte) (*node, error) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	r := &jsonReader{file: f, src: src, dec: json.NewDecoder(bytes.NewReader(src)), line: 1}
	r.dec.UseNumber()
	root, err := r.value(0)
	if err != nil {
		return nil, err
	}
	if _, err := r.dec.Token(); !errors.Is(err, io.EOF) {
		return nil, &syntaxError{pos: r.pos(r.next()), message: "there is more than one JSON value"}
	}
	return root, nil
}

// value reads one value, whole.
func (r *jsonReader) value(depth int) (*node, error) {
	start := r.next()
	t, err := r.token()
	if err != nil {
		return nil, err
	}
	n, err := r.file.newNode()
	if err != nil {
		return nil, err
	}
	at := r.pos(start)
	n.line, n.col = int32(at.Line), int32(at.Col)
	switch t := t.(type) {
	case nil:
		n.kind = kindNull
	case bool:
		n.kind, n.text = kindBool, fmt.Sprint(t)
	case json.Number:
		n.kind, n.text = kindNumber, t.String()
	case string:
		if len(t) > maxText {
			return nil, limitError(at, "the text is longer than %d MB", maxText/1_000_000)
		}
		n.kind, n.text = kindString, t
	case json.Delim:
		if depth++; depth > maxDepth {
			return nil, depthError(at)
		}
		if t == '[' {
			n.kind = kindArray
			return n, r.list(n, depth)
		}
		n.kind = kindObject
		return n, r.object(n, depth)
	}
	return n, nil
}

func (r *jsonReader) list(n *node, depth int) error {
	for r.dec.More() {
		m, err := r.value(depth)
		if err != nil {
			return err
		}
		n.push(m)
	}
	_, err := r.token()
	return err
}

func (r *jsonReader) object(n *node, depth int) error {
	for r.dec.More() {
		at := r.pos(r.next())
		key, err := r.token()
		if err != nil {
			return err
		}
		m, err := r.value(depth)
		if err != nil {
			return err
		}
		m.key, _ = key.(string)
		m.keyLine, m.keyCol = int32(at.Line), int32(at.Col)
		if old := n.add(m); old != nil {
			r.file.duplicate(m, old)
		}
	}
	_, err := r.token()
	return err
}

func (r *jsonReader) token() (json.Token, error) {
	t, err := r.dec.Token()
	if err == nil {
		return t, nil
	}
	offset := len(r.src)
	message := "the JSON text ends too early"
	if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
		// Token counts from the value, not from the start of the input; its own offset is near enough.
		offset, message = r.next(), syntax.Error()
	}
	return nil, &syntaxError{pos: r.pos(offset), message: message}
}

// next is the offset at which the next token begins.
func (r *jsonReader) next() int {
	i := int(r.dec.InputOffset())
	for i < len(r.src) && bytes.IndexByte([]byte(" \t\r\n,:"), r.src[i]) >= 0 {
		i++
	}
	return i
}

// pos is the position of an offset. Offsets come in rising order, but for a step back within a line.
func (r *jsonReader) pos(offset int) model.Pos {
	if offset < r.offset {
		r.offset, r.column = r.start, 0
	}
	for i := r.offset; i < offset; i++ {
		if r.src[i] == '\n' {
			r.line++
			r.start = i + 1
			r.offset, r.column = i+1, 0
		}
	}
	r.column += utf8.RuneCount(r.src[r.offset:offset])
	r.offset = offset
	return model.Pos{File: r.file.name, Line: r.line, Col: r.column + 1}
}
