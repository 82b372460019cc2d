package rt

import (
	"crypto/rand"
	"encoding/hex"
	"strings"

	"example.com/consumer/petstore/rt/json"
)

// fileParts are the files of one member of a multipart body.
type fileParts struct {
	name  string
	files []FilePart
}

// File adds a file to a multipart body, after the members that the codec writes. One that is zero is not sent.
func (c *Call) File(name string, f FilePart) {
	if !f.IsZero() {
		c.addFiles(fileParts{name, []FilePart{f}})
	}
}

// Files adds several files under one name.
func (c *Call) Files(name string, files []FilePart) {
	if len(files) > 0 {
		c.addFiles(fileParts{name, files})
	}
}

// FileMap makes files by name a multipart body, in the order of their names. Nil is no body.
func (c *Call) FileMap(files map[string]FilePart) {
	r := c.rarely()
	r.noReader, r.parts = files == nil, files != nil
	for _, name := range json.Names(files) {
		c.addFiles(fileParts{name, []FilePart{files[name]}})
	}
}

func (c *Call) addFiles(f fileParts) {
	r := c.rarely()
	r.files = append(r.files, f)
}

// multipart writes the body as parts: those of the codec's members, then the files, which are read while they are
// sent. The boundary is random, so that no content can hold it on purpose.
func (x *exchange) multipart() error {
	var random [16]byte
	_, _ = rand.Read(random[:]) // never fails
	x.boundary = hex.EncodeToString(random[:])
	w := parts{boundary: x.boundary}
	op := x.call.Operation
	bad := func(name string, err error) error {
		return &ParamError{Operation: op.ID, In: "body", Name: name, Reason: err.Error()}
	}
	t, err := members(x.call.Body)
	if err != nil {
		return bad("", err)
	}
	for i := range t.Items {
		if err := w.member(t.Names[i], &t.Items[i], op.encoding(t.Names[i])); err != nil {
			return bad(t.Names[i], err)
		}
	}
	if r := x.call.rare; r != nil {
		for _, list := range r.files {
			for _, f := range list.files {
				if err := w.file(list.name, f, op.encoding(list.name)); err != nil {
					return bad(list.name, err)
				}
			}
		}
	}
	return x.send(w.end()...)
}

// parts is a multipart body on its way.
type parts struct {
	boundary string
	sections []section
	text     []byte // of the next section
}

// member writes a member that the codec has described.
func (w *parts) member(name string, t *tree, e *Encoding) error {
	switch {
	case e.Style != 0:
		var p pairs
		if err := p.styled(name, t, e.Style); err != nil {
			return err
		}
		for _, f := range p.list {
			if err := w.value(f.Name, f.Value, "", e); err != nil {
				return err
			}
		}
		return nil
	case t.Kind == json.TreeNull:
		return nil
	case t.Kind == json.TreeArray:
		list := defined(t)
		for i := range list.Items {
			if err := w.one(name, &list.Items[i], e); err != nil {
				return err
			}
		}
		return nil
	}
	return w.one(name, t, e)
}

// one writes a member, or an element of one, as one part.
func (w *parts) one(name string, t *tree, e *Encoding) error {
	contentType := firstType(e.ContentType)
	switch {
	case contentType != "" && isJSON(contentType):
		return w.value(name, jsonOf(t), contentType, e)
	case composite(t) && contentType == "":
		contentType = "application/json"
	}
	return w.value(name, plain(t), contentType, e)
}

func (w *parts) value(name, text, contentType string, e *Encoding) error {
	if err := w.begin(name, "", contentType, e.Header); err != nil {
		return err
	}
	w.text = append(w.text, text...)
	return nil
}

// file writes a file.
func (w *parts) file(name string, f FilePart, e *Encoding) error {
	if f.IsZero() {
		return errNoFile
	}
	contentType := f.ContentType
	if contentType == "" {
		contentType = firstType(e.ContentType)
	}
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	if err := w.begin(name, f.Name, contentType, e.Header, f.Header...); err != nil {
		return err
	}
	w.sections = append(w.sections, section{text: w.text}, section{from: f.source})
	w.text = nil
	return nil
}

// firstType is the first of several media types that is no range.
func firstType(list string) string {
	for t := range strings.SplitSeq(list, ",") {
		if t = strings.TrimSpace(t); !strings.Contains(t, "*") {
			return t
		}
	}
	return ""
}

// begin writes the boundary and the headers of a part.
func (w *parts) begin(name, file, contentType string, constant []HeaderField, more ...HeaderField) error {
	if len(w.sections) > 0 || len(w.text) > 0 {
		w.text = append(w.text, "\r\n"...)
	}
	w.text = append(append(append(w.text, "--"...), w.boundary...), "\r\nContent-Disposition: form-data"...)
	w.text = appendDisposition(w.text, "name", name)
	if file != "" {
		w.text = appendDisposition(w.text, "filename", file)
	}
	w.text = append(w.text, "\r\n"...)
	if contentType != "" {
		if reason := badMediaType(contentType); reason != "" {
			return unsendable("has a content type that " + reason)
		}
		w.text = append(append(append(w.text, "Content-Type: "...), contentType...), "\r\n"...)
	}
	for i, h := range append(constant[:len(constant):len(constant)], more...) {
		switch reason := badHeader(h.Name, h.Value); {
		case reason != "":
			return unsendable("has a header that " + reason)
		case strings.EqualFold(h.Name, "Content-Disposition") || strings.EqualFold(h.Name, "Content-Type"):
			return unsendable("has a header that says its name or type again")
		case i < len(constant) && given(more, h.Name):
			continue
		}
		w.text = append(append(append(append(w.text, h.Name...), ": "...), h.Value...), "\r\n"...)
	}
	w.text = append(w.text, "\r\n"...)
	return nil
}

// given reports whether a header is among those of the caller, which win.
func given(list []HeaderField, name string) bool {
	for _, h := range list {
		if strings.EqualFold(h.Name, name) {
			return true
		}
	}
	return false
}

// end writes the last boundary and returns all sections.
func (w *parts) end() []section {
	if len(w.sections) > 0 || len(w.text) > 0 {
		w.text = append(w.text, "\r\n"...)
	}
	w.text = append(append(append(w.text, "--"...), w.boundary...), "--\r\n"...)
	return append(w.sections, section{text: w.text})
}

// appendDisposition appends a parameter of Content-Disposition. Quotes and backslashes are escaped; a text with
// control characters, which no header may hold, is percent-encoded there, as browsers do, and follows once more in
// the form that is read back as it was (RFC 2231).
func appendDisposition(b []byte, key, value string) []byte {
	odd := false
	b = append(append(append(b, "; "...), key...), `="`...)
	for i := range len(value) {
		switch c := value[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < 0x20 || c == 0x7f:
			b, odd = append(b, '%', upperHex[c>>4], upperHex[c&15]), true
		default:
			b = append(b, c)
		}
	}
	b = append(b, '"')
	if !odd {
		return b
	}
	b = append(append(append(b, "; "...), key...), "*=UTF-8''"...)
	return appendQueryText(b, value)
}
