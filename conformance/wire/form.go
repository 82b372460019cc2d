package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// form compares a form with the object it was made of.
func (s *server) form(q *round, body []byte) {
	got, err := url.ParseQuery(string(body))
	if err != nil {
		s.report("wire", "the form: %v", err)
		return
	}
	object, ok := q.body.(map[string]any)
	if !ok {
		return
	}
	for _, name := range sortedKeys(object) {
		if object[name] == nil && got[name] == nil {
			continue // forms have no null
		}
		p := &openapi3.Parameter{Name: name, In: "query"}
		if e := q.media.Encoding[name]; e != nil {
			p.Style, p.Explode = e.Style, e.Explode
			if e.ContentType != "" && kindOf(e.ContentType) == kindJSON {
				p.Content = openapi3.Content{"application/json": nil}
			}
		}
		_, nested := object[name].(map[string]any)
		if own := got[name]; nested && p.Style == "" && len(own) == 1 && sameJSON([]byte(own[0]), object[name]) {
			delete(got, name)
			continue
		}
		wrong := inQuery(got, p, object[name])
		if nested && wrong != "" && p.Style == "" {
			wrong = "" // without an encoding, an object in a form has no one spelling; that it is valid is the validator's word
			delete(got, name)
		}
		if wrong != "" {
			s.report("wire", "form member %s: %s", name, wrong)
		}
	}
	for name, values := range got {
		base, _, _ := strings.Cut(name, "[")
		if _, ok := object[base]; !ok && !inObjects(object, name) {
			s.report("wire", "the form has %s=%q too", name, values)
		}
	}
}

// inObjects reports whether a name is that of a member of an object in the form: exploded objects lose their own names.
func inObjects(object map[string]any, name string) bool {
	for _, v := range object {
		if inner, ok := v.(map[string]any); ok {
			if _, ok := inner[name]; ok {
				return true
			}
		}
	}
	return false
}

// parts is the schema of a multipart body in which the parts of which nothing is said are texts: they are files, of any content.
func parts(s *openapi3.SchemaRef) *openapi3.SchemaRef {
	if s == nil || s.Value == nil || len(s.Value.Properties) == 0 {
		return s
	}
	out := *s.Value
	out.Properties = openapi3.Schemas{}
	for name, p := range s.Value.Properties {
		if unsaid(p) || p.Value != nil && slices.ContainsFunc(slices.Concat(p.Value.AnyOf, p.Value.OneOf), unsaid) {
			p = openapi3.NewSchemaRef("", openapi3.NewStringSchema())
		}
		out.Properties[name] = p
	}
	return &openapi3.SchemaRef{Ref: s.Ref, Value: &out}
}

// multipart compares the parts with the object they were made of.
func (s *server) multipart(q *round, contentType string, body []byte) {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		s.report("wire", "Content-Type: %v", err)
		return
	}
	parts := map[string][][]byte{}
	for r := multipart.NewReader(bytes.NewReader(body), params["boundary"]); ; {
		part, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			s.report("wire", "the parts: %v", err)
			return
		}
		data, err := io.ReadAll(part)
		if err != nil {
			s.report("wire", "the parts: %v", err)
			return
		}
		parts[part.FormName()] = append(parts[part.FormName()], data)
	}
	object, ok := q.body.(map[string]any)
	if !ok {
		return
	}
	for _, name := range sortedKeys(object) {
		want, isList := object[name].([]any)
		if !isList {
			want = []any{object[name]}
		}
		got := parts[name]
		delete(parts, name)
		if e := q.media.Encoding[name]; e != nil && e.Style == "deepObject" {
			s.deepParts(parts, name, object[name])
			continue
		}
		if object[name] == nil && len(got) == 0 {
			continue // neither have parts
		}
		if isList && len(got) == 1 && sameJSON(got[0], object[name]) {
			continue // a list as one part of JSON: an encoding may say so
		}
		if len(got) != len(want) {
			s.report("wire", "part %s comes %d times, not %d", name, len(got), len(want))
			continue
		}
		written := samePart
		if e := q.media.Encoding[name]; e != nil && kindOf(e.ContentType) == kindJSON {
			written = sameJSON // a text has quotes then
		}
		for i, w := range want {
			if !written(got[i], w) {
				s.report("wire", "part %s is %q, not %s", name, first(string(got[i]), 60), first(text(w), 60))
			}
		}
	}
	for name := range parts {
		s.report("wire", "there is a part %s too", name)
	}
}

// deepParts compares a member of which each scalar is a part of its own.
func (s *server) deepParts(parts map[string][][]byte, name string, want any) {
	query := url.Values{}
	for part, values := range parts {
		if !strings.HasPrefix(part, name+"[") {
			continue
		}
		for _, v := range values {
			query.Add(part, string(v))
		}
		delete(parts, part)
	}
	if wrong := inDeepObject(query, name, want); wrong != "" {
		s.report("wire", "part %s", wrong)
	}
}

func samePart(got []byte, want any) bool {
	text, ok := want.(string)
	if !ok {
		return sameJSON(got, want)
	}
	if decoded, err := base64.StdEncoding.DecodeString(text); err == nil && bytes.Equal(decoded, got) {
		return true
	}
	return string(got) == text || sameTime(string(got), text)
}

// differentXML compares two documents: elements, attributes and text, the order of elements aside.
func differentXML(got, want []byte) string {
	a, err := tree(got)
	if err != nil {
		return err.Error()
	}
	b, err := tree(want)
	if err != nil {
		return err.Error()
	}
	if a != b {
		return fmt.Sprintf("got %s, want %s", first(string(got), 200), first(string(want), 200))
	}
	return ""
}

// tree is a document in a form that can be compared.
func tree(data []byte) (string, error) {
	type node struct {
		name     string
		text     string
		children []string
	}
	stack := []*node{{}}
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			n := &node{name: t.Name.Local}
			for _, a := range t.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
					n.children = append(n.children, "@"+a.Name.Local+"="+a.Value)
				}
			}
			stack = append(stack, n)
		case xml.CharData:
			stack[len(stack)-1].text += string(t)
		case xml.EndElement:
			n := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			slices.Sort(n.children)
			text, err := json.Marshal(strings.TrimSpace(n.text))
			if err != nil {
				return "", err
			}
			parent := stack[len(stack)-1]
			parent.children = append(parent.children, n.name+"("+string(text)+" "+strings.Join(n.children, " ")+")")
		}
	}
	return strings.Join(stack[0].children, " "), nil
}
