package webhook

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// event is what a generated package would have for {"name": string}.
type event struct{ Name string }

var eventType = json.Type{
	Name: "event", Kind: json.Struct, Size: unsafe.Sizeof(event{}),
	Fields: []json.Field{{Key: `,"name":`, Kind: json.String, Flags: json.Required}}, Index: json.Index([]string{`,"name":`}),
}

func (e *event) ref() json.Ref { return json.At(&eventType, unsafe.Pointer(e)) }

func call(method, media string, body io.Reader) *http.Request {
	r := httptest.NewRequest(method, "/hook", body)
	if media != "" {
		r.Header.Set("Content-Type", media)
	}
	return r
}

func TestCallsAreDecodedLeniently(t *testing.T) {
	for _, body := range []string{`{"name":"a"}`, ` {"name":"a","new":[1]} `} {
		for _, media := range []string{"application/json", "application/json; charset=utf-8", "application/cloudevents+json", "Text/JSON"} {
			r := call("POST", media, strings.NewReader(body))
			var e event
			require.NoError(t, Decode(r, "POST", e.ref()), media)
			assert.Equal(t, event{"a"}, e)
			again, err := io.ReadAll(r.Body) // for whoever checks the signature
			assert.NoError(t, err)
			assert.Equal(t, body, string(again))
		}
	}
	var e event
	require.NoError(t, Decode(call("POST", "application/json", strings.NewReader(`{"name":5}`)), "POST", e.ref()))
	assert.Equal(t, event{}, e)
}

func TestWhatIsNoSuchCallIsRefused(t *testing.T) {
	endless := call("POST", "application/json", endlessSpace{})
	endless.ContentLength = -1
	none := call("POST", "application/json", nil)
	none.Body = nil
	announced := call("POST", "application/json", iotest.ErrReader(errors.New("must not be read")))
	announced.ContentLength = MaxBody + 1
	for name, tt := range map[string]struct {
		r      *http.Request
		status int
	}{
		"method":       {call("GET", "application/json", strings.NewReader(`{}`)), 405},
		"long method":  {call(strings.Repeat("X", 1000), "application/json", strings.NewReader(`{}`)), 405},
		"media type":   {call("POST", "text/plain", strings.NewReader(`{}`)), 415},
		"no type":      {call("POST", "", strings.NewReader(`{}`)), 415},
		"long type":    {call("POST", strings.Repeat("x", 1000), strings.NewReader(`{}`)), 415},
		"no JSON":      {call("POST", "application/json", strings.NewReader(`{"name"`)), 400},
		"empty":        {call("POST", "application/json", strings.NewReader(``)), 400},
		"an array":     {call("POST", "application/json", strings.NewReader(`[]`)), 400},
		"null":         {call("POST", "application/json", strings.NewReader(`null`)), 400},
		"bad UTF-8":    {call("POST", "application/json", strings.NewReader("{\"name\":\"\xff\"}")), 400},
		"no body":      {none, 400},
		"breaks off":   {call("POST", "application/json", iotest.ErrReader(io.ErrUnexpectedEOF)), 400},
		"too large":    {endless, 413},
		"is announced": {announced, 413},
	} {
		err := Decode(tt.r, "POST", new(event).ref())
		var e *Error
		require.ErrorAs(t, err, &e, name)
		assert.Equal(t, tt.status, e.Status, name)
		assert.NotNil(t, errors.Unwrap(err))
		assert.Less(t, len(err.Error()), 300, name)
	}
}

type endlessSpace struct{}

func (endlessSpace) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"name":"a"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var e event
		err := Decode(call("POST", "application/json", strings.NewReader(string(body))), "POST", e.ref())
		var typed *Error
		if err != nil && !errors.As(err, &typed) {
			t.Error(err)
		}
	})
}
