package xml

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pantograph-go/pantograph/generated/rt/json"
	"github.com/pantograph-go/pantograph/generated/rt/lexical"
)

// Decode reads a document into v. Elements and attributes that the document does not describe are members that
// the type of v does not have, and a text that is none of its type is a value of another type: what the options say of
// those holds. Where a namespace is described, names count within it. Times and numbers may stand between white space.
// A root that is a list holds entries of any name, where neither its name nor theirs is stated. What may be anything is an object
// where it holds elements or attributes (their names with an @ in front, its text as #text), with a list for each name that is
// there more than once.
func (d *Document) Decode(data []byte, v json.Ref, o json.DecodeOptions) error {
	root, err := parse(data)
	if err != nil {
		return err
	}
	e := d.Root
	e.Wrapped = true
	if entry := *e.Entry(); d.AnyRoot && entry.Name == e.Name { // nor is that of the entries, where the root is a list
		entry.Name = ""
		e.Item = &entry
	}
	if root.name.Local != e.Name && !d.AnyRoot || e.Space != "" && root.name.Space != e.Space {
		return errors.New("xml: the root is " + strconv.Quote(root.name.Local) + ", not " + strconv.Quote(e.Name))
	}
	text, err := d.json(&e, lexical.Of(v), root)
	if err != nil {
		return err
	}
	return json.Decode(text, v, o)
}

// element is an element of a document that is read.
type element struct {
	name     xml.Name
	attrs    []xml.Attr
	children []*element
	text     strings.Builder
	taken    bool
}

const maxDepth = 1000

// parse reads a document. Entities are those of XML itself; there are no others.
func parse(data []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charset
	top := new(element)
	open := []*element{top}
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		in := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			if len(open) > maxDepth {
				return nil, errors.New("xml: nested too deep")
			}
			e := &element{name: t.Name, attrs: t.Copy().Attr}
			in.children = append(in.children, e)
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			in.text.Write(t)
		}
	}
	if len(top.children) != 1 {
		return nil, errors.New("xml: there is no root")
	}
	return top.children[0], nil
}

// charset reads the character sets that fit into Unicode byte by byte. Others than these and UTF-8 are unknown.
func charset(name string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(name) {
	case "us-ascii", "ascii", "utf8":
		return r, nil
	case "iso-8859-1", "iso8859-1", "latin1":
		return &latin1{from: bufio.NewReader(r)}, nil
	}
	return nil, errors.New("xml: the character set " + strconv.Quote(name) + " is not known")
}

// latin1 turns ISO 8859-1 into UTF-8.
type latin1 struct {
	from *bufio.Reader
	rest byte // second byte of the last character; 0: none
}

func (l *latin1) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if l.rest != 0 {
			p[n], l.rest = l.rest, 0
			n++
			continue
		}
		c, err := l.from.ReadByte()
		if err != nil {
			return n, err
		}
		if c >= utf8.RuneSelf {
			c, l.rest = 0xC0|c>>6, 0x80|c&0x3F
		}
		p[n] = c
		n++
	}
	return n, nil
}

// schemaInstance is the namespace of attributes that say something of an element as such.
const schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"

// isNil reports whether an element says that it is null.
func (n *element) isNil() bool {
	return slices.ContainsFunc(n.attrs, func(a xml.Attr) bool {
		return a.Name.Space == schemaInstance && a.Name.Local == "nil" && (a.Value == "true" || a.Value == "1")
	})
}

// json makes JSON of an element, by what is expected there.
func (d *Document) json(e *Element, s lexical.Shape, n *element) ([]byte, error) {
	if n.isNil() {
		return []byte("null"), nil
	}
	if list, ok := s.As(lexical.List); ok && e.Wrapped && !s.Open() {
		return d.list(e.Entry(), list, d.take(e.Entry(), n))
	}
	if _, ok := s.As(lexical.Object); ok && (!s.Open() || len(n.children)+len(n.attrs) > 0) {
		return d.object(e, d.variant(e, s, n), n)
	}
	if len(n.children) > 0 {
		return []byte("{}"), nil // the codec says that an object is no text
	}
	return scalar(s, n.text.String()), nil
}

// variant is the first variant of a union that knows what the element holds, and has all that it needs; else the union as a
// whole, which knows what any of them does.
func (d *Document) variant(e *Element, s lexical.Shape, n *element) lexical.Shape {
	if !s.Union() {
		return s
	}
	for _, v := range s.Objects() {
		if d.fits(e, v, n) {
			return v
		}
	}
	return s
}

// fits reports whether an object has members for all that an element holds, which are all that it needs. A list that it
// needs may have no entries, and what is there several times is a list.
func (d *Document) fits(e *Element, s lexical.Shape, n *element) bool {
	names, open := s.Members()
	known := map[string]bool{}
	for _, key := range names {
		m := d.Of(e, key)
		shape, _ := s.Member(key)
		_, list := shape.As(lexical.List)
		if list && !m.Wrapped {
			m = m.Entry()
		}
		name := m.Name
		if m.Attribute {
			name = "@" + name
		}
		known[name] = true
		if times := n.holds(name); !list && (times == 0 && shape.Required() || times > 1 && !shape.Open()) {
			return false
		}
	}
	for _, name := range n.names() {
		if !known[name] && !open {
			return false
		}
	}
	return true
}

// names are those of what an element holds: of elements, and of attributes, with an @ in front.
func (n *element) names() []string {
	var names []string
	for _, c := range n.children {
		names = append(names, c.name.Local)
	}
	for _, a := range n.attrs {
		if !isDeclaration(a) {
			names = append(names, "@"+a.Name.Local)
		}
	}
	return names
}

// holds returns how many times something is there.
func (n *element) holds(name string) (times int) {
	for _, there := range n.names() {
		if there == name {
			times++
		}
	}
	return times
}

const space = " \t\r\n"

// scalar makes JSON of a text. One that is none of its type stays a text, and nothing is null where no text is expected:
// the codec says what is wrong with it.
func scalar(s lexical.Shape, text string) []byte {
	if b, err := s.JSON(text); err == nil {
		return b
	}
	plain := strings.Trim(text, space)
	if b, err := s.JSON(plain); err == nil {
		return b
	}
	if plain == "" {
		return []byte("null")
	}
	return json.AppendString(nil, text)
}

// take returns the children that stand where e says: all of them, where it has no name.
func (d *Document) take(e *Element, n *element) []*element {
	var out []*element
	for _, c := range n.children {
		if (e.Name == "" || c.name.Local == e.Name) && (e.Space == "" || c.name.Space == e.Space) {
			c.taken = true
			out = append(out, c)
		}
	}
	return out
}

func (d *Document) list(e *Element, s lexical.Shape, entries []*element) ([]byte, error) {
	b := []byte{'['}
	for i, c := range entries {
		if i > 0 {
			b = append(b, ',')
		}
		text, err := d.entry(e, s.Item(i), c)
		if err != nil {
			return nil, err
		}
		b = append(b, text...)
	}
	return append(b, ']'), nil
}

// entry makes JSON of an entry of a list. One of any type is a list itself where it holds what looks like its entries.
func (d *Document) entry(e *Element, s lexical.Shape, n *element) ([]byte, error) {
	if s.Open() && n.holdsItself() {
		return d.list(e, s, n.children)
	}
	return d.json(e, s, n)
}

// holdsItself reports whether an element holds nothing but elements of its own name, as a list in a list does.
func (n *element) holdsItself() bool {
	return len(n.children) > 0 && !slices.ContainsFunc(n.children, func(c *element) bool { return c.name != n.name })
}

func (d *Document) object(e *Element, s lexical.Shape, n *element) ([]byte, error) {
	var out lexical.Members
	names, open := s.Members()
	attributes := map[string]bool{}
	for _, key := range names {
		m := d.Of(e, key)
		shape, _ := s.Member(key)
		if m.Attribute {
			attributes[m.Name] = true
			for _, a := range n.attrs {
				if a.Name.Local != m.Name || isDeclaration(a) {
					continue
				}
				out.Add(key, scalar(shape, a.Value))
			}
			continue
		}
		texts, err := d.member(m, shape, n)
		if err != nil {
			return nil, err
		}
		for _, text := range texts {
			out.Add(key, text)
		}
	}
	for _, c := range n.children {
		if c.taken {
			continue
		}
		key := c.name.Local
		shape, known := s.Member(key)
		if !open || !known {
			out.Add(key, []byte("null")) // the codec says that there is no such member
			continue
		}
		texts, err := d.member(d.Of(e, key), shape, n)
		if err != nil {
			return nil, err
		}
		for _, text := range texts {
			out.Add(key, text)
		}
	}
	for _, a := range n.attrs {
		switch {
		case attributes[a.Name.Local] || isDeclaration(a):
		case s.Open():
			out.Add("@"+a.Name.Local, scalar(s, a.Value))
		default:
			out.Add("@"+a.Name.Local, []byte("null"))
		}
	}
	if text := strings.Trim(n.text.String(), space); s.Open() && text != "" {
		out.Add("#text", scalar(s, text))
	}
	return out.End(), nil
}

// member makes JSON of a member that is an element, or several; none when it is not there. A list of no entries is none
// that has to be there, since nothing tells it from an empty one. A member of any type that is there more than once is a list; of
// another one the codec says so.
func (d *Document) member(m *Element, s lexical.Shape, n *element) ([][]byte, error) {
	if list, ok := s.As(lexical.List); ok && !m.Wrapped && !s.Open() {
		entries := d.take(m.Entry(), n)
		if len(entries) == 0 && !s.Required() {
			return nil, nil
		}
		text, err := d.list(m.Entry(), list, entries)
		return [][]byte{text}, err
	}
	found := d.take(m, n)
	if s.Open() && len(found) > 1 {
		text, err := d.list(m, s, found)
		return [][]byte{text}, err
	}
	var out [][]byte
	for _, c := range found {
		text, err := d.json(m, s, c)
		if err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, nil
}

// isDeclaration reports whether an attribute declares a namespace, or says something of the element as such.
func isDeclaration(a xml.Attr) bool {
	return a.Name.Space == "xmlns" || a.Name.Local == "xmlns" || a.Name.Space == schemaInstance
}
