package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/textproto"
	"slices"
	"strings"
	"unicode/utf8"
)

// Part is a part of a multipart body. Its content is in Body, Text or Binary.
type Part struct {
	Name        string          `json:"name"`
	File        string          `json:"file,omitempty"` // the file name
	ContentType string          `json:"contentType,omitempty"`
	Body        json.RawMessage `json:"body,omitempty"`
	Text        string          `json:"text,omitempty"`
	Binary      []byte          `json:"binary,omitempty"`
}

// boundary separates the parts of a body that is put together again. The one it had was random.
const boundary = "recorded"

// split puts a body where it belongs: JSON, text, or neither.
func split(data []byte) (body json.RawMessage, text string, binary []byte) {
	switch {
	case len(data) == 0:
		return nil, "", nil
	case !utf8.Valid(data):
		return nil, "", data
	case json.Valid(data):
		return slices.Clone(data), "", nil
	}
	return nil, string(data), nil
}

func bodyBytes(body json.RawMessage, text string, binary []byte) []byte {
	switch {
	case len(body) > 0:
		return body
	case text != "":
		return []byte(text)
	}
	return binary
}

// parts takes a multipart body apart, scrubbed. It returns false for what is none.
func (s *Scrubber) parts(data []byte, contentType string) ([]Part, bool) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || !strings.HasPrefix(kind, "multipart/") || params["boundary"] == "" {
		return nil, false
	}
	var out []Part
	r := multipart.NewReader(bytes.NewReader(data), params["boundary"])
	for {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return out, true
		}
		if err != nil {
			return nil, false
		}
		content, err := io.ReadAll(p)
		if err != nil {
			return nil, false
		}
		_, disposition, _ := mime.ParseMediaType(p.Header.Get("Content-Disposition"))
		part := Part{Name: s.text(disposition["name"]), File: s.text(disposition["filename"]), ContentType: p.Header.Get("Content-Type")}
		if s.secretName(disposition["name"]) {
			content = []byte(Mask)
		}
		part.Body, part.Text, part.Binary = split(s.body(content, part.ContentType))
		out = append(out, part)
	}
}

// joinParts is the body of parts.
func joinParts(parts []Part) []byte {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	_ = w.SetBoundary(boundary) // it is a valid one, and nothing fails in memory
	for _, p := range parts {
		h := textproto.MIMEHeader{}
		disposition := map[string]string{"name": p.Name}
		if p.File != "" {
			disposition["filename"] = p.File
		}
		h.Set("Content-Disposition", mime.FormatMediaType("form-data", disposition))
		if p.ContentType != "" {
			h.Set("Content-Type", p.ContentType)
		}
		if part, err := w.CreatePart(h); err == nil {
			_, _ = part.Write(bodyBytes(p.Body, p.Text, p.Binary))
		}
	}
	_ = w.Close()
	return b.Bytes()
}

// compareBody says how the body of a request differs from a recorded one.
func (r *Request) compareBody(want *Request) string {
	if len(r.Parts) != len(want.Parts) {
		return fmt.Sprintf("the body has %d parts, recorded are %d", len(r.Parts), len(want.Parts))
	}
	for i := range r.Parts {
		got, want := &r.Parts[i], &want.Parts[i]
		switch {
		case got.Name != want.Name || got.File != want.File || got.ContentType != want.ContentType:
			return fmt.Sprintf("part %d is %q, %q of type %q, recorded is %q, %q of type %q", i, got.Name, got.File, got.ContentType, want.Name, want.File, want.ContentType)
		case got.Text != want.Text || !bytes.Equal(got.Binary, want.Binary):
			return fmt.Sprintf("the part %q differs", got.Name)
		}
		if d := Equal(got.Body, want.Body); d != "" {
			return fmt.Sprintf("the part %q differs (sent, recorded): %s", got.Name, d)
		}
	}
	if r.Text != want.Text || !bytes.Equal(r.Binary, want.Binary) {
		return "the body differs"
	}
	if d := Equal(r.Body, want.Body); d != "" {
		return "the body differs (sent, recorded): " + d
	}
	return ""
}
