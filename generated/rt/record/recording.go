package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
)

// Recording is one exchange.
type Recording struct {
	Operation string   `json:"operation,omitempty"` // id
	Provider  string   `json:"provider,omitempty"`  // whose service it was
	Source    string   `json:"source,omitempty"`    // where the recording comes from
	Note      string   `json:"note,omitempty"`
	Repaired  string   `json:"repaired,omitempty"` // what was mended in a text that came broken
	Request   Request  `json:"request,omitzero"`   // may be missing: an answer alone
	Response  Response `json:"response"`
}

// Request is the request of a recording. A body is in Body, Text, Binary or Parts.
type Request struct {
	Method  string              `json:"method"`
	Path    string              `json:"path"` // as on the wire: escaped, without the query
	Query   map[string][]string `json:"query,omitempty"`
	Headers Headers             `json:"headers,omitempty"`
	Body    json.RawMessage     `json:"body,omitempty"`
	Text    string              `json:"text,omitempty"`
	Binary  []byte              `json:"binary,omitempty"`
	Parts   []Part              `json:"parts,omitempty"`
}

// Response is the response of a recording. A body is in Body, Text or Binary.
type Response struct {
	Status  int             `json:"status"`
	Headers Headers         `json:"headers,omitempty"`
	Body    json.RawMessage `json:"body,omitempty"`
	Text    string          `json:"text,omitempty"`
	Binary  []byte          `json:"binary,omitempty"`
}

// Bytes returns the body of the request. That of parts has a boundary of its own.
func (r *Request) Bytes() []byte {
	if r.Parts != nil {
		return joinParts(r.Parts)
	}
	return bodyBytes(r.Body, r.Text, r.Binary)
}

// Bytes returns the body of the response.
func (r *Response) Bytes() []byte { return bodyBytes(r.Body, r.Text, r.Binary) }

// Headers are the headers of a recording, by canonical name. In JSON a single value is a string,
// several are a list.
type Headers map[string][]string

// MarshalJSON writes single values as strings, names in order.
func (h Headers) MarshalJSON() ([]byte, error) {
	o := object{}
	for _, name := range slices.Sorted(maps.Keys(h)) {
		values := h[name]
		if len(values) == 1 {
			o = append(o, member{name, values[0]})
			continue
		}
		l := list{}
		for _, v := range values {
			l = append(l, v)
		}
		o = append(o, member{name, l})
	}
	return appendValue(nil, o), nil
}

// UnmarshalJSON reads strings and lists of strings.
func (h *Headers) UnmarshalJSON(data []byte) error {
	var m map[string]json.RawMessage
	if err := json.Unmarshal(data, &m); err != nil {
		return err
	}
	*h = make(Headers, len(m))
	for name, raw := range m {
		var one string
		if json.Unmarshal(raw, &one) == nil {
			(*h)[name] = []string{one}
			continue
		}
		var list []string
		if err := json.Unmarshal(raw, &list); err != nil {
			return fmt.Errorf("header %q is neither a string nor a list of strings", name)
		}
		(*h)[name] = list
	}
	return nil
}

// Encode writes a recording as indented JSON with a final line feed.
func (r *Recording) Encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(r); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Decode reads one recording. A member that the format does not know is an error.
func Decode(data []byte) (*Recording, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	r := new(Recording)
	if err := d.Decode(r); err != nil {
		return nil, fmt.Errorf("recording: %w", err)
	}
	switch {
	case (r.Request.Method == "") != (r.Request.Path == ""):
		return nil, errors.New("recording: the request has no method or no path")
	case r.Response.Status < 100 || r.Response.Status > 999:
		return nil, errors.New("recording: the response has no status")
	}
	return r, nil
}

// Load reads all files of a tree that end in .json, in the order of their names.
func Load(tree fs.FS) ([]*Recording, error) {
	var out []*Recording
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".json" {
			return err
		}
		data, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		r, err := Decode(data)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, r)
		return nil
	})
	return out, err
}

// SaveIn returns a function that writes recordings into a directory, one file each:
// 0001-ListScalingGroups.json. The directory must exist; a file that exists is an error. The
// function may be used by many goroutines.
func SaveIn(dir string) func(*Recording) error {
	var n counter
	return func(r *Recording) error {
		data, err := r.Encode()
		if err != nil {
			return err
		}
		root, err := os.OpenRoot(dir)
		if err != nil {
			return err
		}
		defer root.Close()
		f, err := root.OpenFile(fmt.Sprintf("%04d-%s.json", n.next(), fileName(r.Operation)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return err
		}
		_, err = f.Write(data)
		return errors.Join(err, f.Close())
	}
}

// fileName makes a part of a file name from an operation id.
func fileName(id string) string {
	id = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-' {
			return r
		}
		return '-'
	}, id)
	if id == "" {
		id = "exchange"
	}
	return id[:min(len(id), 100)]
}
