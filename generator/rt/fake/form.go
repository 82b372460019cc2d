package fake

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"slices"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/rt"
	"github.com/pantograph-go/pantograph/generator/rt/json"
	"github.com/pantograph-go/pantograph/generator/rt/lexical"
)

// ReadForm decodes a form into v, strictly. Optional bodies may be missing: then ReadForm returns false and leaves v
// alone.
func (x *Exchange) ReadForm(v json.Ref, optional bool) bool {
	if x.read = true; optional && x.bodiless("application/x-www-form-urlencoded") {
		return false
	}
	q := parseQuery(string(x.body))
	if q.err != nil {
		x.problem("", "form", q.err.Error(), nil)
	}
	known := []string{}
	x.readMembers(&reading{query: &q, known: &known}, v)
	for _, name := range q.unknown(known) {
		x.problem(name, "unknown-member", "is no member of the form", nil)
	}
	return true
}

// bodiless reports whether there is no body: an empty one that is labelled as one of the types is one.
func (x *Exchange) bodiless(types ...string) bool {
	return len(x.body) == 0 && !slices.ContainsFunc(types, func(t string) bool { return within(x.r.Header.Get("Content-Type"), t) })
}

// ReadMultipart is ReadForm for a multipart body. Its files are read with File and Files.
func (x *Exchange) ReadMultipart(v json.Ref, optional bool) bool {
	if x.read = true; optional && x.bodiless("multipart/*") {
		return false
	}
	if err := x.readParts(); err != nil {
		x.problem("", "multipart", "cannot be read: "+err.Error(), nil)
		return true
	}
	var q query
	for i := range x.parts {
		p := &x.parts[i]
		q.pairs = append(q.pairs, pair{name: p.name, value: string(p.content), raw: string(p.content)})
	}
	r := &reading{query: &q, known: &x.members, parts: x.parts, plain: true}
	x.readMembers(r, v)
	return true
}

// File reads a file of a multipart body; the zero one when it is not there.
func (x *Exchange) File(name string) rt.FilePart {
	files := x.Files(name)
	switch len(files) {
	case 0:
		return rt.FilePart{}
	case 1:
		return files[0]
	}
	x.problem(name, "repeated", "is given more than once", nil)
	return files[0]
}

// Files reads the files of one name; nil when there are none.
func (x *Exchange) Files(name string) []rt.FilePart {
	x.members = append(x.members, name)
	e := x.encoding(name)
	var out []rt.FilePart
	for _, p := range x.parts {
		if p.name != name {
			continue
		}
		if err := p.labelled(e.ContentType, e); err != nil {
			x.problem(name, "part", err.Error(), nil)
		}
		f := rt.FileBytes(p.file, p.content)
		f.ContentType = p.contentType
		f.Header = p.header
		out = append(out, f)
	}
	return out
}

// FileMap reads the files of a multipart body that are all there is in it. An optional body that is missing is nil.
func (x *Exchange) FileMap(optional bool) map[string]rt.FilePart {
	if x.read = true; optional && x.bodiless("multipart/*") {
		return nil
	}
	if err := x.readParts(); err != nil {
		x.problem("", "multipart", "cannot be read: "+err.Error(), nil)
	}
	files := map[string]rt.FilePart{}
	for _, p := range x.parts {
		if _, done := files[p.name]; !done {
			files[p.name] = x.File(p.name)
		}
	}
	return files
}

// formPart is a part of a multipart body.
type formPart struct {
	name, file, contentType string
	header                  []rt.HeaderField // but for the name and type of the part
	content                 []byte
}

func (x *Exchange) readParts() error {
	_, params, err := mime.ParseMediaType(x.r.Header.Get("Content-Type"))
	if err != nil {
		return err
	}
	r := multipart.NewReader(bytes.NewReader(x.body), params["boundary"])
	for {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		_, disposition, err := mime.ParseMediaType(p.Header.Get("Content-Disposition"))
		if err != nil {
			return errors.New("a part has no name")
		}
		content, err := io.ReadAll(p)
		if err != nil {
			return err
		}
		out := formPart{name: disposition["name"], file: disposition["filename"], contentType: p.Header.Get("Content-Type"), content: content}
		for name, values := range p.Header {
			if name != "Content-Disposition" && name != "Content-Type" {
				out.header = append(out.header, rt.HeaderField{Name: name, Value: strings.Join(values, ", ")})
			}
		}
		slices.SortFunc(out.header, func(a, b rt.HeaderField) int { return strings.Compare(a.Name, b.Name) })
		x.parts = append(x.parts, out)
	}
}

// readMembers makes JSON of a form and decodes it into v.
func (x *Exchange) readMembers(r *reading, v json.Ref) {
	s := lexical.Of(v)
	names, open := s.Members()
	if open {
		for _, p := range r.query.pairs {
			name, _, _ := strings.Cut(p.name, "[") // of a member in the style deepObject
			if !slices.Contains(names, name) && !slices.Contains(names, p.name) && !slices.Contains(*r.known, p.name) {
				names = append(names, p.name)
			}
		}
	}
	var o lexical.Members
	for _, name := range names {
		m, known := s.Member(name)
		if !known {
			continue
		}
		text, ok, err := r.formMember(name, m, x.encoding(name))
		if err != nil {
			x.problem(name, "form", err.Error(), nil)
		} else if ok {
			o.Add(name, text)
		}
	}
	x.fill("", v, o.End(), true, nil)
}

func (x *Exchange) encoding(name string) rt.Encoding {
	for _, e := range x.route.Encoding {
		if e.Name == name {
			return e
		}
	}
	return rt.Encoding{}
}

// formMember reads one member of a form or multipart body.
func (r *reading) formMember(name string, s lexical.Shape, e rt.Encoding) ([]byte, bool, error) {
	if e.Style != 0 {
		return r.read(name, e.Style, s)
	}
	asJSON := strings.Contains(e.ContentType, "json")
	pairs := r.values(name)
	if err := r.labels(name, s, e); err != nil {
		return nil, true, err
	}
	list, isList := s.As(lexical.List)
	switch {
	case len(pairs) == 0:
		return nil, false, nil
	case isList && (!s.Open() || len(pairs) > 1):
		b := []byte{'['}
		for i, p := range pairs {
			if i > 0 {
				b = append(b, ',')
			}
			text, err := entry(list.Item(i), p.value, asJSON)
			if err != nil {
				return nil, true, err
			}
			b = append(b, text...)
		}
		return append(b, ']'), true, nil
	case len(pairs) > 1:
		return nil, true, errors.New("is given more than once")
	}
	text, err := entry(s, pairs[0].value, asJSON)
	return text, true, err
}

func entry(s lexical.Shape, text string, asJSON bool) ([]byte, error) {
	if asJSON {
		return []byte(text), nil
	}
	return s.JSON(text)
}

// labels holds that the parts of a member are labelled as the document says.
func (r *reading) labels(name string, s lexical.Shape, e rt.Encoding) error {
	want := e.ContentType
	if want == "" && s.Class() == lexical.Scalar {
		want = "text/plain"
	}
	for _, p := range r.parts {
		if p.name != name || want == "text/plain" && p.contentType == "" {
			continue
		}
		if err := p.labelled(want, e); err != nil {
			return err
		}
	}
	return nil
}

// labelled holds that a part has one of the media types in a list, when there is one, and the headers of its encoding.
func (p *formPart) labelled(types string, e rt.Encoding) error {
	ok := types == ""
	for t := range strings.SplitSeq(types, ",") {
		ok = ok || within(p.contentType, t)
	}
	if !ok {
		return errors.New("is labelled as " + strconv.Quote(p.contentType))
	}
	for _, h := range e.Header {
		if !slices.ContainsFunc(p.header, func(g rt.HeaderField) bool { return strings.EqualFold(g.Name, h.Name) && g.Value == h.Value }) {
			return errors.New("lacks the header " + h.Name + ": " + h.Value)
		}
	}
	return nil
}

// ReadLines decodes lines of JSON into the list v, strictly.
func (x *Exchange) ReadLines(v json.Ref, optional bool) bool {
	if x.read = true; optional && x.bodiless(x.route.ContentTypes...) {
		return false
	}
	b := []byte{'['}
	for line := range bytes.Lines(x.body) {
		if line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte{0x1E})); len(line) == 0 {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(b, line...)
	}
	return x.fill("", v, append(b, ']'), true, nil)
}
