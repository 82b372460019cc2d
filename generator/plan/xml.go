package plan

import (
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// XMLDocument is what the runtime needs to write a body as XML.
type XMLDocument struct {
	Var     string       `json:"var"`
	Root    *XMLElement  `json:"root"`
	AnyRoot bool         `json:"anyRoot,omitempty"` // the document does not state what it is called
	Objects []*XMLObject `json:"objects,omitempty"`
}

// XMLObject is what the members of an object are called. Those that are called as in JSON are not listed, unless there
// is something else to say of them.
type XMLObject struct {
	Members []*XMLMember `json:"members,omitempty"`
	Rest    *XMLElement  `json:"rest,omitempty"` // of further members, whose name is their key
}

// XMLMember describes a member of an object.
type XMLMember struct {
	Key     string      `json:"key"`
	Element *XMLElement `json:"element"`
}

// XMLElement is where a value stands and what it is called.
type XMLElement struct {
	Name      string      `json:"name,omitempty"`
	Prefix    string      `json:"prefix,omitempty"`
	Space     string      `json:"space,omitempty"`
	Attribute bool        `json:"attribute,omitempty"`
	Wrapped   bool        `json:"wrapped,omitempty"`
	Item      *XMLElement `json:"item,omitempty"`   // list: of its entries
	Object    int         `json:"object,omitempty"` // object: its number, from 1
}

// xmlDocument plans how a body is written and read as XML, once for each schema. Its root is called as the schema says, or like
// the component; where there is neither, like nothing in the document. What the schema does not say is not asked for.
func (b *builder) xmlDocument(s *model.Schema, body *Body) *XMLDocument {
	if d, ok := b.xmls[s]; ok {
		return d
	}
	w := &xmlWalk{b: b, document: &XMLDocument{Var: b.variable("xml", typeWord(body.Type))}, numbers: map[typeKey]int{}}
	name := "request"
	if node := b.shapes.Of(s).Node; node.Name != "" {
		name = node.Name
	}
	w.document.Root = w.element(s, name, 0)
	x := xmlOf(s)
	w.document.AnyRoot = x == nil || x.Name == ""
	b.xmls[s] = w.document
	b.pkg.XML = append(b.pkg.XML, w.document)
	return w.document
}

type xmlWalk struct {
	b        *builder
	document *XMLDocument
	numbers  map[typeKey]int // of objects
}

// element is what a value is called: as its schema says, or by the name of its place.
func (w *xmlWalk) element(s *model.Schema, name string, depth int) *XMLElement {
	e := &XMLElement{Name: name}
	if x := xmlOf(s); x != nil {
		if x.Name != "" {
			e.Name = x.Name
		}
		e.Prefix, e.Space, e.Attribute, e.Wrapped = x.Prefix, x.Namespace, x.Attribute, x.Wrapped
	}
	if prefix, local, ok := strings.Cut(e.Name, ":"); ok && e.Prefix == "" {
		e.Prefix, e.Name = prefix, local // xml:lang
	}
	sh := w.b.shapes.Of(s)
	w.b.xmlStops(s, sh, e)
	const most = 32 // lists within lists; one within itself is raw JSON
	switch {
	case depth > most:
	case sh.Kind == shape.List && sh.Items != nil:
		item := w.element(sh.Items, e.Name, depth+1)
		if w.b.shapes.Of(sh.Items).Kind == shape.List {
			item.Wrapped = true // nothing else says where one ends
		}
		if !item.simple() || item.Name != e.Name {
			e.Item = item
		}
	case sh.Kind == shape.Object, sh.Kind == shape.Union, sh.Kind == shape.Map:
		e.Object = w.object(sh, depth)
	}
	return e
}

// simple reports whether an element has a name and nothing else.
func (e *XMLElement) simple() bool { return *e == XMLElement{Name: e.Name} }

// object is the number of an object; 0 when all its members are called as in JSON.
func (w *xmlWalk) object(sh *shape.Shape, depth int) int {
	key := keyOf(sh)
	if n, ok := w.numbers[key]; ok {
		return n
	}
	o := &XMLObject{}
	w.document.Objects = append(w.document.Objects, o)
	n := len(w.document.Objects)
	w.numbers[key] = n
	seen := map[string]bool{}
	var members func(sh *shape.Shape, level int)
	members = func(sh *shape.Shape, level int) {
		for _, m := range sh.Members {
			if seen[m.Name] {
				continue
			}
			seen[m.Name] = true
			if e := w.element(m.Schema, m.Name, depth); !e.simple() || e.Name != m.Name {
				o.Members = append(o.Members, &XMLMember{Key: m.Name, Element: e})
			}
		}
		if sh.Additional != nil && sh.Additional.Always == nil && o.Rest == nil {
			if e := w.element(sh.Additional, "", depth); !e.simple() {
				o.Rest = e
			}
		}
		const most = 8 // unions within unions
		for _, v := range sh.Variants {
			if level < most {
				members(v.Shape, level+1)
			}
		}
	}
	members(sh, 0)
	return n
}

// xmlOf is what a schema says of XML: where it is used, or where it is defined. What an allOf lists in place is part of it.
func xmlOf(s *model.Schema) *model.XML {
	for depth := 0; s != nil && depth < 100; depth++ {
		if s.XML != nil {
			return s.XML
		}
		for _, m := range s.AllOf {
			if m.XML != nil && m.File == s.File && strings.HasPrefix(m.Pointer, s.Pointer+"/") {
				return m.XML
			}
		}
		s = s.Ref
	}
	return nil
}
