package rt

import "github.com/pantograph-go/pantograph/generated/rt/json"

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
	t, err := json.TreeOf(body)
	if err == nil && t.Kind != json.TreeObject && t.Kind != json.TreeNull {
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
	for i := range t.Items {
		name, e := t.Names[i], x.call.Operation.encoding(t.Names[i])
		p.escape = appendQueryText
		if e.Style&Reserved != 0 {
			p.escape = appendReserved
		}
		if err := p.member(name, &t.Items[i], e); err != nil {
			return nil, named(&ParamError{In: "body", Name: name, Reason: err.Error()}, x.call.Operation.ID)
		}
	}
	return p.text, nil
}

// member writes a member of a form.
func (p *pairs) member(name string, t *tree, e *Encoding) error {
	switch {
	case e.ContentType != "" && isJSON(e.ContentType) && e.Style == 0:
		p.add(name, jsonOf(t))
	case t.Kind == json.TreeNull:
	case e.Style != 0:
		return p.styled(name, t, e.Style)
	case t.Kind == json.TreeArray:
		p.exploded(name, t)
	default:
		p.add(name, plain(t))
	}
	return nil
}
