package rt

import (
	"context"
	"errors"
	"strings"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// xmlName stands in for package xml, which cannot be imported from here: the text of <name> is the name of a widget.
func xmlName(data []byte, v json.Ref, o json.DecodeOptions) error {
	_, rest, ok := strings.Cut(string(data), "<name>")
	name, _, _ := strings.Cut(rest, "<")
	if !ok {
		return errors.New("no name")
	}
	return json.Decode([]byte(`{"name":"`+name+`"}`), v, o)
}

func TestAnAnswerInXMLIsReadByItsFunction(t *testing.T) {
	op := opCreate
	op.Decode, op.Accept = xmlName, "application/xml, application/xhtml+xml"
	for _, tt := range []struct{ label, body, want, err string }{
		{"application/xml", "<w><name>web</name></w>", "web", ""},
		{"application/vnd.widget+xml; charset=utf-8", "<w><name>web</name></w>", "web", ""},
		{"", " <w><name>web</name></w>", "web", ""},
		{"text/plain", "\ufeff<w><name>web</name></w>", "web", ""},
		{"application/xhtml+xml", "<html><name>web</name></html>", "web", ""}, // it is asked for
		{"application/json", `{"name":"web"}`, "web", ""},
		{"", `{"name":"web"}`, "web", ""},
		{"application/xml", "<w/>", "", "no name"},
		{"text/html", "<html><name>web</name></html>", "", ErrContentType.Error()},
		{"image/png", "png", "", ErrContentType.Error()},
	} {
		out := new(widget)
		call := Call{Operation: &op, Body: new(widget).ref(), Result: out.ref()}
		err := newTestClient(t, always(200, tt.body, "Content-Type", tt.label)).Do(context.Background(), &call)
		if tt.err != "" {
			assert.ErrorContains(t, err, tt.err, tt.label)
			continue
		}
		require.NoError(t, err, tt.label)
		assert.Equal(t, tt.want, out.Name, tt.label)
	}
}

func TestAFailureInXMLHasItsDetail(t *testing.T) {
	op := opCreate
	op.Failures = []Failure{{New: detailOf, Decode: xmlName}}
	for label, body := range map[string]string{"text/xml": "<e><name>gone</name></e>", "application/json": `{"name":"gone"}`} {
		call := Call{Operation: &op, Body: new(widget).ref()}
		err := newTestClient(t, always(404, body, "Content-Type", label), WithoutRetry()).Do(context.Background(), &call)
		detail, ok := ErrorBody[widget](err)
		require.True(t, ok, label)
		assert.Equal(t, "gone", detail.Name, label)
	}
}

// What JSON writes as a string is a text where the answer is called something else: base64, a time.
func TestTheTextOfAScalarNeedsNoQuotes(t *testing.T) {
	bytesType := json.Type{Name: "[]byte", Kind: json.Bytes, Size: unsafe.Sizeof([]byte{})}
	for _, tt := range []struct{ accept, label, body, want, err string }{
		{"application/json, text/xml", "text/xml", "aGk=", "hi", ""},
		{"application/json, text/plain", "text/plain", "1234", "\xd7\x6d\xf8", ""},
		{"application/json, text/plain", "text/plain", `"aGk="`, "hi", ""},
		{"application/json", "application/json", `"aGk="`, "hi", ""},
		{"application/json", "text/plain", "aGk=", "", ErrContentType.Error()},
		{"application/json, text/plain", "text/plain", "<p>no</p>", "", ErrContentType.Error()},
	} {
		var out []byte
		op := Operation{ID: "Op", Method: "GET", Path: "/", Accept: tt.accept}
		call := Call{Operation: &op, Result: json.At(&bytesType, unsafe.Pointer(&out))}
		err := plainClient(t, always(200, tt.body, "Content-Type", tt.label), WithStrict()).Do(context.Background(), &call)
		if tt.err != "" {
			assert.ErrorContains(t, err, tt.err, tt.body)
			continue
		}
		require.NoError(t, err, tt.body)
		assert.Equal(t, tt.want, string(out), tt.body)
	}
}
