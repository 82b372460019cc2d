package rt

import "github.com/pantograph-go/pantograph/generator/rt/json"

// BodyKind is how a request body that the codec describes is written.
type BodyKind uint8

// The kinds of bodies.
const (
	BodyJSON      BodyKind = iota
	BodyForm               // application/x-www-form-urlencoded
	BodyMultipart          // a part for each member, and for each element of a list
	BodyLines              // the elements of a list, one line each
)

// Encoding is how a member of a form or multipart body is written, where the document says it. Otherwise a scalar
// is its text, a list is its elements one after the other under one name, and an object is JSON. Null is left out.
type Encoding struct {
	Name        string
	Style       Style         // of the member; 0: ContentType decides
	ContentType string        // of the part; JSON writes any value as JSON
	Header      []HeaderField // of the part
}

func (o *Operation) encoding(name string) *Encoding {
	for i := range o.Encoding {
		if o.Encoding[i].Name == name {
			return &o.Encoding[i]
		}
	}
	return new(Encoding)
}

const noObject unsendable = "is no object: only its members have a form"

// members takes a form body apart. Nil has no members.
func members(body json.Ref) (tree, error) {
	t, err := treeOf(body)
	if err == nil && t.kind != treeObject && t.kind != treeNull {
		err = noObject
	}
	return t, err
}

// formBody writes the body as a form.
func (x *exchange) formBody() ([]byte, error) {
	t, err := members(x.call.Body)
	if err != nil {
		return nil, err
	}
	p := pairs{text: make([]byte, 0, 256), escape: appendQueryText}
	for i := range t.items {
		name, e := t.names[i], x.call.Operation.encoding(t.names[i])
		p.escape = appendQueryText
		if e.Style&Reserved != 0 {
			p.escape = appendReserved
		}
		if err := p.member(name, &t.items[i], e); err != nil {
			return nil, named(&ParamError{In: "body", Name: name, Reason: err.Error()}, x.call.Operation.ID)
		}
	}
	return p.text, nil
}

// member writes a member of a form.
func (p *pairs) member(name string, t *tree, e *Encoding) error {
	switch {
	case e.ContentType != "" && isJSON(e.ContentType) && e.Style == 0:
		p.add(name, string(t.appendJSON(nil)))
	case t.kind == treeNull:
	case e.Style != 0:
		return p.styled(name, t, e.Style)
	case t.kind == treeList:
		p.exploded(name, t)
	default:
		p.add(name, t.plain())
	}
	return nil
}
