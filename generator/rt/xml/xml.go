// Package xml writes values of generated types as XML, by what the document says of it (the XML Object of OpenAPI).
//
// The codec tells the parts of a value; a [Document] says what they are called and where they stand. An object is an
// element with one for each member, a list is its entries one after the other, a map has an element for each key.
//
// It stops here: no mixed content, comments or processing instructions; xsi:nil is read and not written, so null is left out,
// and xsi:type neither, so a union is written as the variant that it is; members that the document does not know are elements of their own name.
// A name that XML does not allow and a character that it cannot hold are errors.
package xml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// Document describes one kind of XML document. It is static data.
type Document struct {
	Root    Element
	AnyRoot bool     // the name of the root is not stated: another one is read as well
	Objects []Object // what elements refer to by index, so that an object can hold itself
}

// Object is what the members of an object are called.
type Object struct {
	Members []Member
	Rest    *Element // of members that have no entry, whose name it does not change; nil: nothing is known of them
}

// Member describes a member of an object.
type Member struct {
	Key string // name in JSON
	Element
}

// Element is where a value stands and what it is called.
type Element struct {
	Name      string
	Prefix    string
	Space     string   // namespace
	Attribute bool     // of the element around it, instead of an element
	Wrapped   bool     // list: an element around the entries
	Item      *Element // list: of the entries
	Object    int      // object: its entry in Objects, from 1
}

// Of returns the element of a member of the object that e describes.
func (d *Document) Of(e *Element, key string) *Element {
	if e != nil && e.Object > 0 && e.Object <= len(d.Objects) {
		o := &d.Objects[e.Object-1]
		for i := range o.Members {
			if o.Members[i].Key == key {
				return &o.Members[i].Element
			}
		}
		if o.Rest != nil {
			rest := *o.Rest
			rest.Name = key
			return &rest
		}
	}
	return &Element{Name: key}
}

// Entry returns the element of the entries of the list that e describes.
func (e *Element) Entry() *Element {
	if e.Item != nil {
		return e.Item
	}
	return &Element{Name: e.Name, Prefix: e.Prefix, Space: e.Space}
}

// Encode writes a value as a document.
func (d *Document) Encode(v json.Ref) ([]byte, error) {
	t, err := json.TreeOf(v)
	if err != nil {
		return nil, err
	}
	w := writer{document: d}
	w.text.WriteString(xml.Header)
	root := d.Root
	root.Wrapped = true // a document has one root
	if t.Kind == json.TreeNull {
		t = json.Tree{Kind: json.TreeScalar} // nothing, as XML has it
	}
	w.value(&root, &t, nil)
	return w.text.Bytes(), w.err
}

type writer struct {
	document *Document
	text     bytes.Buffer
	err      error
}

func (w *writer) fail(msg string) {
	if w.err == nil {
		w.err = errors.New("xml: " + msg)
	}
}

// scope are the namespaces that are declared where an element stands, by prefix.
type scope map[string]string

// value writes a value where e says.
func (w *writer) value(e *Element, t *json.Tree, outer scope) {
	switch {
	case w.err != nil || t.Kind == json.TreeNull:
	case t.Kind == json.TreeArray && e.Wrapped:
		inner := w.open(e, nil, outer)
		for i := range t.Items {
			w.entry(e.Entry(), &t.Items[i], inner)
		}
		w.end(e)
	case t.Kind == json.TreeArray:
		for i := range t.Items {
			w.entry(e.Entry(), &t.Items[i], outer)
		}
	case t.Kind == json.TreeObject:
		inner := w.open(e, t, outer)
		for i, key := range t.Names {
			if m := w.document.Of(e, key); !m.Attribute {
				w.value(m, &t.Items[i], inner)
			}
		}
		w.end(e)
	default:
		w.open(e, nil, outer)
		w.chars(t.Text)
		w.end(e)
	}
}

// entry writes an entry of a list. One that is a list itself has an element around it.
func (w *writer) entry(e *Element, t *json.Tree, outer scope) {
	if t.Kind == json.TreeArray && !e.Wrapped {
		wrapped := *e
		wrapped.Wrapped, wrapped.Item = true, e.Entry()
		e = &wrapped
	}
	w.value(e, t, outer)
}

func (w *writer) name(e *Element) string {
	if !validName(e.Name) || e.Prefix != "" && !validName(e.Prefix) {
		w.fail(strconv.Quote(e.Name) + " is no name of an element")
	}
	if e.Prefix != "" {
		return e.Prefix + ":" + e.Name
	}
	return e.Name
}

// open writes the start of an element, with the members of an object that are attributes, and returns the namespaces
// that hold inside.
func (w *writer) open(e *Element, of *json.Tree, outer scope) scope {
	w.text.WriteString("<" + w.name(e))
	inner := w.declare(e, outer)
	if of != nil {
		for i, key := range of.Names {
			m, v := w.document.Of(e, key), &of.Items[i]
			if !m.Attribute || v.Kind == json.TreeNull {
				continue
			}
			if v.Kind != json.TreeScalar {
				w.fail("the attribute " + strconv.Quote(m.Name) + " is no scalar")
				continue
			}
			if m.Prefix != "" {
				inner = w.declare(m, inner)
			}
			w.text.WriteString(" " + w.name(m) + `="`)
			w.chars(v.Text)
			w.text.WriteByte('"')
		}
	}
	w.text.WriteByte('>')
	return inner
}

// declare writes the namespace of an element or attribute, where it does not hold already.
func (w *writer) declare(e *Element, outer scope) scope {
	if e.Space == "" || outer[e.Prefix] == e.Space {
		return outer
	}
	if e.Prefix != "" {
		w.text.WriteString(" xmlns:" + e.Prefix + `="`)
	} else {
		w.text.WriteString(` xmlns="`)
	}
	w.chars(e.Space)
	w.text.WriteByte('"')
	inner := scope{e.Prefix: e.Space}
	for prefix, space := range outer {
		if prefix != e.Prefix {
			inner[prefix] = space
		}
	}
	return inner
}

func (w *writer) end(e *Element) { w.text.WriteString("</" + w.name(e) + ">") }

// chars writes text, escaped.
func (w *writer) chars(s string) {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool {
		return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
	}) {
		w.fail("a text holds a character that XML cannot hold")
		return
	}
	_ = xml.EscapeText(&w.text, []byte(s)) // nothing fails in memory
}

// validName reports whether a text can be the name of an element, without a colon.
func validName(s string) bool {
	plain := true
	for i, r := range s {
		letter := r == '_' || unicode.IsLetter(r)
		if !letter && (i == 0 || r != '-' && r != '.' && !unicode.IsDigit(r)) {
			return false
		}
		plain = plain && r < utf8.RuneSelf
	}
	if plain || !utf8.ValidString(s) {
		return plain && s != ""
	}
	// XML took its letters from an early Unicode. The reader of the standard library knows which.
	token, err := xml.NewDecoder(strings.NewReader("<" + s + "/>")).Token()
	start, ok := token.(xml.StartElement)
	return err == nil && ok && start.Name == (xml.Name{Local: s})
}
