package record_test

import (
	"bytes"
	"context"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt"
	"github.com/pantograph-go/pantograph/generator/rt/record"
)

type tripper func(*http.Request) (*http.Response, error)

func (f tripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestBodiesThatAreNoJSONAreRecordedAndReplayed holds that bytes come back as they were, secrets do not, and that
// the random boundary of a multipart body does not matter.
func TestBodiesThatAreNoJSONAreRecordedAndReplayed(t *testing.T) {
	binary := []byte("\x89PNG\xff\x00")
	send := func(transport http.RoundTripper, file []byte, opts ...rt.Option) error {
		c, err := rt.New(&rt.API{Name: "x"}, append(opts, rt.WithEndpoint("https://x.example.com"), rt.WithTransport(transport), rt.WithoutRetry())...)
		require.NoError(t, err)
		upload := rt.Call{Operation: &rt.Operation{ID: "Upload", Method: "POST", Path: "/upload", ContentType: "multipart/form-data", Body: rt.BodyMultipart}}
		upload.File("image", rt.FileBytes("a.png", file))
		upload.File("password", rt.FileBytes("", []byte("secretword")))
		meta := rt.FileBytes("", []byte(`{"token":"secretword","n":1}`))
		meta.ContentType = "application/json"
		upload.File("meta", meta)
		if err := c.Do(context.Background(), &upload); err != nil {
			return err
		}
		put := rt.Call{Operation: &rt.Operation{ID: "Put", Method: "PUT", Path: "/put", ContentType: "application/octet-stream"}}
		put.Reader(bytes.NewReader(file))
		if err := c.Do(context.Background(), &put); err != nil {
			return err
		}
		form := rt.Call{Operation: &rt.Operation{ID: "Form", Method: "POST", Path: "/form", ContentType: "application/x-www-form-urlencoded"}}
		form.Text("a=1&client_secret=secretword")
		return c.Do(context.Background(), &form)
	}
	var recs []*record.Recording
	recorder := record.Recorder{Save: func(r *record.Recording) error { recs = append(recs, r); return nil }}
	received := 0
	require.NoError(t, send(tripper(func(r *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(r.Body)
		require.NoError(t, err)
		received += len(body)
		return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"image/png"}}, Body: io.NopCloser(bytes.NewReader(binary))}, nil
	}), binary, rt.WithMiddleware(recorder.Middleware)))
	require.Len(t, recs, 3)
	assert.Greater(t, received, 400, "the service gets everything")

	var loaded []*record.Recording
	for _, r := range recs {
		text, err := r.Encode()
		require.NoError(t, err)
		assert.NotContains(t, string(text), "secretword")
		again, err := record.Decode(text)
		require.NoError(t, err)
		loaded = append(loaded, again)
	}
	assert.JSONEq(t, `{"token":"***","n":1}`, string(loaded[0].Request.Parts[2].Body))
	loaded[0].Request.Parts[2].Body = []byte(`{"token":"***","n":1}`)
	assert.Equal(t, []record.Part{
		{Name: "image", File: "a.png", ContentType: "application/octet-stream", Binary: binary},
		{Name: "password", ContentType: "application/octet-stream", Text: "***"},
		{Name: "meta", ContentType: "application/json", Body: []byte(`{"token":"***","n":1}`)},
	}, loaded[0].Request.Parts)
	assert.Equal(t, binary, loaded[1].Request.Bytes())
	assert.Equal(t, binary, loaded[1].Response.Bytes())
	assert.Equal(t, "a=1&client_secret=***", string(loaded[2].Request.Bytes()))

	_, params, err := mime.ParseMediaType(loaded[0].Request.Headers["Content-Type"][0])
	require.NoError(t, err)
	form, err := multipart.NewReader(bytes.NewReader(loaded[0].Request.Bytes()), params["boundary"]).ReadForm(1 << 20)
	require.NoError(t, err)
	assert.Equal(t, "a.png", form.File["image"][0].Filename)
	assert.Equal(t, []string{"***"}, form.Value["password"])

	require.NoError(t, send(record.NewReplayer(loaded...), binary))
	err = send(record.NewReplayer(loaded...), []byte("another"))
	assert.ErrorContains(t, err, `the part "image" differs`)
	loaded[0].Request.Parts = loaded[0].Request.Parts[:2]
	assert.ErrorContains(t, send(record.NewReplayer(loaded...), binary), "the body has 3 parts, recorded are 2")
	loaded[0].Request.Parts = append(loaded[0].Request.Parts, record.Part{Name: "other"})
	assert.ErrorContains(t, send(record.NewReplayer(loaded...), binary), `recorded is "other"`)
}

func TestABodyThatIsNoMultipartAfterAllIsText(t *testing.T) {
	var rec *record.Recording
	recorder := record.Recorder{Save: func(r *record.Recording) error { rec = r; return nil }}
	next := recorder.Middleware(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 204, Header: http.Header{}, Body: http.NoBody}, nil
	})
	for _, contentType := range []string{"multipart/form-data", "multipart/form-data; boundary=x", "multipart/form-data; boundary=\"", "text/plain"} {
		req, err := http.NewRequest("POST", "https://x.example.com/", strings.NewReader("no parts"))
		require.NoError(t, err)
		req.Header.Set("Content-Type", contentType)
		resp, err := next(req)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close()) // an exchange is recorded when its answer is over
		assert.Equal(t, "no parts", rec.Request.Text, contentType)
	}
}
