package xml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/rt/json"
	"github.com/pantograph-go/pantograph/generator/rt/lexical"
)

// Decode reads a document into v. Elements and attributes that the document does not describe are members that
// the type of v does not have: what the options say of those holds.
func (d *Document) Decode(data []byte, v json.Ref, o json.DecodeOptions) error {
	root, err := parse(data)
	if err != nil {
		return err
	}
	e := d.Root
	e.Wrapped = true
	if root.name.Local != e.Name || e.Space != "" && root.name.Space != e.Space {
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

// json makes JSON of an element, by what is expected there.
func (d *Document) json(e *Element, s lexical.Shape, n *element) ([]byte, error) {
	if list, ok := s.As(lexical.List); ok && e.Wrapped && !s.Open() {
		return d.list(e.Entry(), list, d.take(e.Entry(), n))
	}
	if _, ok := s.As(lexical.Object); ok && (!s.Open() || len(n.children)+len(n.attrs) > 0) {
		return d.object(e, s, n)
	}
	if len(n.children) > 0 {
		return nil, n.errorf("has elements, a text is expected")
	}
	text, err := s.JSON(n.text.String())
	if err != nil {
		return nil, n.errorf(err.Error())
	}
	return text, nil
}

func (n *element) errorf(msg string) error {
	return errors.New("xml: the element " + strconv.Quote(n.name.Local) + " " + msg)
}

// take returns the children that stand where e says.
func (d *Document) take(e *Element, n *element) []*element {
	var out []*element
	for _, c := range n.children {
		if c.name.Local == e.Name && (e.Space == "" || c.name.Space == e.Space) {
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
		text, err := d.json(e, s.Item(i), c)
		if err != nil {
			return nil, err
		}
		b = append(b, text...)
	}
	return append(b, ']'), nil
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
				text, err := shape.JSON(a.Value)
				if err != nil {
					return nil, n.errorf("has an attribute " + strconv.Quote(m.Name) + " that " + err.Error())
				}
				out.Add(key, text)
			}
			continue
		}
		text, err := d.member(m, shape, n)
		if err != nil {
			return nil, err
		}
		if text != nil {
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
		text, err := d.member(d.Of(e, key), shape, n)
		if err != nil {
			return nil, err
		}
		out.Add(key, text)
	}
	for _, a := range n.attrs {
		if !attributes[a.Name.Local] && !isDeclaration(a) {
			out.Add("@"+a.Name.Local, []byte("null"))
		}
	}
	return out.End(), nil
}

// member makes JSON of a member that is an element, or several; nil when it is not there.
func (d *Document) member(m *Element, s lexical.Shape, n *element) ([]byte, error) {
	if list, ok := s.As(lexical.List); ok && !m.Wrapped && !s.Open() {
		entries := d.take(m.Entry(), n)
		if len(entries) == 0 {
			return nil, nil
		}
		return d.list(m.Entry(), list, entries)
	}
	switch found := d.take(m, n); len(found) {
	case 0:
		return nil, nil
	case 1:
		return d.json(m, s, found[0])
	default:
		return nil, found[1].errorf("is there more than once")
	}
}

// isDeclaration reports whether an attribute declares a namespace.
func isDeclaration(a xml.Attr) bool { return a.Name.Space == "xmlns" || a.Name.Local == "xmlns" }
