package rt

import (
	"context"
	"errors"
	"strings"
	"testing"

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
	op.Decode, op.Accept = xmlName, "application/xml"
	for _, tt := range []struct{ label, body, want, err string }{
		{"application/xml", "<w><name>web</name></w>", "web", ""},
		{"application/vnd.widget+xml; charset=utf-8", "<w><name>web</name></w>", "web", ""},
		{"", " <w><name>web</name></w>", "web", ""},
		{"text/plain", "\ufeff<w><name>web</name></w>", "web", ""},
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
