package fake

import (
	"github.com/pantograph-go/pantograph/generated/rt/json"
)

// XMLDocument reads and writes XML, by what a document says of its names. That of package xml is one; this package knows its form
// only, so that fakes of services without XML carry none.
type XMLDocument interface {
	Decode(data []byte, v json.Ref, o json.DecodeOptions) error
	Encode(v json.Ref) ([]byte, error)
}

// XMLAnswer answers with what a function returned, as XML.
func (x *Exchange) XMLAnswer(status int, media string, d XMLDocument, v json.Ref, err error) {
	if x.failed(err) {
		return
	}
	if v.IsNil() {
		x.nothing()
		return
	}
	body, err := d.Encode(v)
	if x.failed(err) {
		return
	}
	x.label(media)
	x.send(x.status(status), body)
}

// ReadXML decodes a body of XML into v, strictly. Optional bodies may be missing: then ReadXML returns false and leaves v
// alone.
func (x *Exchange) ReadXML(d XMLDocument, v json.Ref, optional bool) bool {
	x.read = true
	if len(x.body) == 0 && optional {
		return false
	}
	if err := d.Decode(x.body, v, json.DecodeOptions{Mode: json.Strict}); err != nil {
		x.fail("xml", err)
	}
	return true
}
