package rt

import (
	"bytes"
	"context"
	stdjson "encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// part is a part as mime/multipart reads it.
type part struct {
	name, file, contentType, text string
	header                        map[string][]string
}

func readParts(t testing.TB, contentType, body string) []part {
	t.Helper()
	kind, params, err := mime.ParseMediaType(contentType)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(kind, "multipart/"), kind)
	var out []part
	r := multipart.NewReader(strings.NewReader(body), params["boundary"])
	for {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return out
		}
		require.NoError(t, err)
		text, err := io.ReadAll(p)
		require.NoError(t, err)
		_, disposition, err := mime.ParseMediaType(p.Header.Get("Content-Disposition"))
		require.NoError(t, err)
		out = append(out, part{name: p.FormName(), file: disposition["filename"], contentType: p.Header.Get("Content-Type"), text: string(text), header: p.Header})
	}
}

func sendMultipart(t testing.TB, op Operation, body string, files func(*Call)) (tr *tripper, err error) {
	t.Helper()
	op.ID, op.Method, op.Path, op.Body = "Op", "POST", "/", BodyMultipart
	if op.ContentType == "" {
		op.ContentType = "multipart/form-data"
	}
	op.BodyOptional = true
	tr = always(204, "")
	call := Call{Operation: &op}
	if raw := stdjson.RawMessage(body); body != "" {
		call.SetBody(anyRef(&raw))
	}
	if files != nil {
		files(&call)
	}
	return tr, newTestClient(t, tr).Do(context.Background(), &call)
}

func TestAMultipartBodyHasAPartForEachMember(t *testing.T) {
	op := Operation{Encoding: []Encoding{
		{Name: "meta", ContentType: "application/vnd.x+json"},
		{Name: "note", ContentType: "text/markdown", Header: []HeaderField{{"X-Kind", "note"}}},
		{Name: "quoted", ContentType: "application/json"},
		{Name: "deep", Style: Deep | Explode},
		{Name: "joined", Style: Form},
		{Name: "image", ContentType: "image/*, image/png, image/jpeg", Header: []HeaderField{{"X-Kind", "image"}}},
	}}
	tr, err := sendMultipart(t, op, `{"a":"x y","n":1,"b":true,"nil":null,"list":["p","q"],"meta":{"k":[1]},"note":"hi","quoted":"q","deep":{"k":{"l":1}},"joined":["a","b"],"objects":[{"o":1},{"o":2}],"empty":[]}`, func(c *Call) {
		c.File("image", FileBytes("a.png", []byte("PNG")))
		c.File("none", FilePart{})
		other := FileFrom("", strings.NewReader("text"))
		other.ContentType, other.Header = "text/plain", []HeaderField{{"X-Kind", "mine"}}
		c.Files("image", []FilePart{other, FileBytes("b", nil)})
	})
	require.NoError(t, err)
	assert.Equal(t, int64(len(tr.texts[0])), tr.seen[0].ContentLength)
	got := readParts(t, tr.seen[0].Header.Get("Content-Type"), tr.texts[0])
	for i := range got {
		if kind := got[i].header["X-Kind"]; kind != nil {
			got[i].name += " " + kind[0]
		}
		got[i].header = nil
	}
	assert.Equal(t, []part{
		{name: "a", text: "x y"}, {name: "n", text: "1"}, {name: "b", text: "true"},
		{name: "list", text: "p"}, {name: "list", text: "q"},
		{name: "meta", contentType: "application/vnd.x+json", text: `{"k":[1]}`},
		{name: "note note", contentType: "text/markdown", text: "hi"},
		{name: "quoted", contentType: "application/json", text: `"q"`},
		{name: "deep[k][l]", text: "1"}, {name: "joined", text: "a,b"},
		{name: "objects", contentType: "application/json", text: `{"o":1}`}, {name: "objects", contentType: "application/json", text: `{"o":2}`},
		{name: "image image", file: "a.png", contentType: "image/png", text: "PNG"},
		{name: "image mine", contentType: "text/plain", text: "text"},
		{name: "image image", file: "b", contentType: "image/png"},
	}, got)
}

func TestAMultipartBodyWithoutParts(t *testing.T) {
	tr, err := sendMultipart(t, Operation{ContentType: "multipart/mixed"}, `{}`, nil)
	require.NoError(t, err)
	assert.Empty(t, readParts(t, tr.seen[0].Header.Get("Content-Type"), tr.texts[0]))
	assert.True(t, strings.HasPrefix(tr.seen[0].Header.Get("Content-Type"), "multipart/mixed; boundary="))
	tr, err = sendMultipart(t, Operation{}, "", nil)
	require.NoError(t, err)
	assert.Nil(t, tr.seen[0].Body)
}

func TestFilesAreReadForEachAttempt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.txt")
	require.NoError(t, os.WriteFile(path, []byte("at path"), 0o600))
	opened := 0
	op := Operation{ID: "Op", Method: "PUT", Path: "/", ContentType: "multipart/form-data", Body: BodyMultipart, Idempotent: true}
	send := func(f ...FilePart) (*tripper, error) {
		tr := script(answer(503, ""), answer(204, ""))
		call := Call{Operation: &op}
		call.Files("f", f)
		return tr, newTestClient(t, tr, quick()).Do(context.Background(), &call)
	}
	tr, err := send(FileAt(path), FileFunc("f", func() (io.ReadCloser, error) { opened++; return io.NopCloser(strings.NewReader("func")), nil }), FileBytes("b", []byte("bytes")))
	require.NoError(t, err)
	require.Len(t, tr.texts, 2)
	assert.Equal(t, tr.texts[0], tr.texts[1])
	assert.Equal(t, 2, opened)
	assert.Equal(t, int64(-1), tr.seen[0].ContentLength, "nobody knows how long a function's file is")
	got := readParts(t, tr.seen[1].Header.Get("Content-Type"), tr.texts[1])
	require.Len(t, got, 3)
	assert.Equal(t, "a.txt", got[0].file)
	assert.Equal(t, "at path", got[0].text)

	tr, err = send(FileAt(path))
	require.NoError(t, err)
	assert.Equal(t, int64(len(tr.texts[0])), tr.seen[0].ContentLength)

	tr, err = send(FileFrom("once", iotest.HalfReader(strings.NewReader("once"))))
	assert.ErrorContains(t, err, "503")
	assert.Len(t, tr.texts, 1)
	assert.Nil(t, tr.seen[0].GetBody)

	once := FileFrom("once", iotest.HalfReader(strings.NewReader("once")))
	_, _ = send(once)
	tr, err = send(once)
	assert.ErrorContains(t, err, "was read by an earlier call")
	assert.Zero(t, tr.count())

	tr, err = send(FileAt(filepath.Join(t.TempDir(), "none")))
	assert.ErrorIs(t, err, ErrInvalid)
	assert.ErrorContains(t, err, "cannot be read")
	assert.Zero(t, tr.count())

	_, err = send(FileFunc("f", func() (io.ReadCloser, error) { return nil, errors.New("gone") }))
	assert.ErrorContains(t, err, "gone")
	_, err = send(FilePart{Name: "x"})
	assert.ErrorContains(t, err, "there is no file")
}

func TestWhatNoPartCanHoldIsRefused(t *testing.T) {
	for want, f := range map[string]FilePart{
		"has a content type that is no media type": {Name: "a", ContentType: "text", source: sourceOf(strings.NewReader(""))},
		"control character":                        {Name: "a", ContentType: "text/plain;a=\r\nX: y", source: sourceOf(strings.NewReader(""))},
		"has a name that is no token":              {Name: "a", Header: []HeaderField{{"X\r\nY", "z"}}, source: sourceOf(strings.NewReader(""))},
		"has a control character in its value":     {Name: "a", Header: []HeaderField{{"X", "z\r\n"}}, source: sourceOf(strings.NewReader(""))},
		"its name or type again":                   {Name: "a", Header: []HeaderField{{"content-type", "z"}}, source: sourceOf(strings.NewReader(""))},
	} {
		tr, err := sendMultipart(t, Operation{}, "", func(c *Call) { c.File("f", f) })
		assert.ErrorContains(t, err, want)
		assert.Zero(t, tr.count())
	}
	_, err := sendMultipart(t, Operation{}, `[1]`, nil)
	assert.ErrorContains(t, err, "is no object")
	_, err = sendMultipart(t, Operation{Encoding: []Encoding{{Name: "a", Style: Pipe}}}, `{"a":["x|y"]}`, nil)
	assert.ErrorContains(t, err, "holds the separator")
	op := Operation{ID: "Op", Method: "POST", Path: "/", ContentType: "multipart/form-data", Body: BodyMultipart}
	call := Call{Operation: &op, Options: []CallOption{WithContentType("text/plain")}}
	call.File("f", FileBytes("a", nil))
	assert.ErrorContains(t, newTestClient(t, always(204, "")).Do(context.Background(), &call), "is not for multipart bodies")
}

func TestFilesOfNothingAreNoFiles(t *testing.T) {
	assert.True(t, FileFrom("a", nil).IsZero())
	assert.True(t, FileFunc("a", nil).IsZero())
	_, err := FilePart{}.Open()
	assert.ErrorIs(t, err, errNoFile)
	f := FileBytes("a\n", []byte("secret"))
	assert.NotContains(t, f.String()+f.GoString(), "secret")
	r, err := f.Open()
	require.NoError(t, err)
	text, err := io.ReadAll(r)
	require.NoError(t, err)
	assert.Equal(t, "secret", string(text))
}

// TestPartsReadBackAsTheyWereGiven holds that mime/multipart reads every name, file name and content as it was
// given: nothing in them ends a header, a part or the body.
func TestPartsReadBackAsTheyWereGiven(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	names := append([]string{"a\r\nX: y", `a"; filename="b`, `\`, `\"`, `"\`, "a\r\n\r\nb", "\x00", "--", "é漢😀", "%0A", "a%22b", " a ", ";", "=", "*"}, func() (out []string) {
		for range 3000 {
			out = append(out, randomText(r))
		}
		return out
	}()...)
	for _, name := range names {
		member, file, content := "m"+name, "f"+name, name
		body, err := stdjson.Marshal(map[string]string{member: content})
		require.NoError(t, err)
		tr, err := sendMultipart(t, Operation{}, string(body), func(c *Call) { c.File(member, FileBytes(file, []byte(content))) })
		require.NoError(t, err)
		got := readParts(t, tr.seen[0].Header.Get("Content-Type"), tr.texts[0])
		require.Len(t, got, 2)
		for i := range got {
			require.NotContains(t, got[i].header, "X")
			got[i].header = nil
		}
		require.Equal(t, []part{{name: member, text: content}, {name: member, file: file, contentType: "application/octet-stream", text: content}}, got)
	}
}

func FuzzMultipartNames(f *testing.F) {
	f.Add("name", "file.txt", "content")
	f.Add("a\r\nX: y", `a"b\`, "\r\n--\r\n")
	f.Fuzz(func(t *testing.T, name, file, content string) {
		w := parts{boundary: "0123456789abcdef0123456789abcdef"}
		if strings.Contains(content, w.boundary) || file == "" {
			return
		}
		if w.file(name, FileBytes(file, []byte(content)), new(Encoding)) != nil {
			t.Fatal("refused")
		}
		var body bytes.Buffer
		s, err := newStream(w.end()...)
		if err != nil {
			t.Fatal(err)
		}
		rc, _ := s.open()
		if _, err := io.Copy(&body, rc); err != nil {
			t.Fatal(err)
		}
		r := multipart.NewReader(&body, w.boundary)
		p, err := r.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(p)
		_, disposition, err := mime.ParseMediaType(p.Header.Get("Content-Disposition"))
		if err != nil || disposition["name"] != name || disposition["filename"] != file || string(text) != content || len(p.Header) != 2 {
			t.Fatalf("%v: %q %q %q", err, disposition, text, p.Header)
		}
		if _, err := r.NextRawPart(); err != io.EOF {
			t.Fatal("another part")
		}
	})
}

// Forms.

func sendForm(t testing.TB, body string, encoding ...Encoding) (string, error) {
	t.Helper()
	op := Operation{ID: "Op", Method: "POST", Path: "/", ContentType: "application/x-www-form-urlencoded", Body: BodyForm, Encoding: encoding}
	raw := stdjson.RawMessage(body)
	tr := always(204, "")
	call := Call{Operation: &op, Body: anyRef(&raw)}
	if err := newTestClient(t, tr).Do(context.Background(), &call); err != nil {
		return "", err
	}
	assert.Equal(t, "application/x-www-form-urlencoded", tr.seen[0].Header.Get("Content-Type"))
	return tr.texts[0], nil
}

func TestAFormHasAPairForEachMember(t *testing.T) {
	got, err := sendForm(t, `{"a":"x y+z","n":1.5,"nil":null,"list":["p","q"],"object":{"k":"v"},"objects":[{"k":1}],"deep":{"a":{"b":"c"}},"joined":["a","b,c"],"json":"s","path":"a/b"}`,
		Encoding{Name: "deep", Style: Deep | Explode}, Encoding{Name: "joined", Style: Form}, Encoding{Name: "json", ContentType: "application/json"}, Encoding{Name: "path", Style: Form | Reserved})
	require.NoError(t, err)
	assert.Equal(t, `a=x%20y%2Bz&n=1.5&list=p&list=q&object=%7B%22k%22%3A%22v%22%7D&objects=%7B%22k%22%3A1%7D&deep%5Ba%5D%5Bb%5D=c&joined=a,b%2Cc&json=%22s%22&path=a/b`, got)
	_, err = sendForm(t, `["a"]`)
	assert.ErrorContains(t, err, "is no object")
	_, err = sendForm(t, `{"a":["x y"]}`, Encoding{Name: "a", Style: Space})
	assert.ErrorContains(t, err, `body "a" has a part that holds the separator`)
	got, err = sendForm(t, `{}`)
	require.NoError(t, err)
	assert.Empty(t, got)
}

func TestFormsReadBackAsTheyWereGiven(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range 5000 {
		object := map[string]any{}
		for range r.IntN(5) {
			object[randomText(r)] = randomValue(r, 2)
		}
		got, err := sendForm(t, jsonText(t, object))
		require.NoError(t, err)
		values, err := url.ParseQuery(got)
		require.NoError(t, err)
		want := url.Values{}
		for name, v := range object {
			if list, ok := v.([]any); ok {
				for _, e := range list {
					want.Add(name, textOf(e))
				}
			} else {
				want.Add(name, textOf(v))
			}
		}
		require.Equal(t, want, values)
	}
}

func TestLinesAreSentOneByOne(t *testing.T) {
	op := Operation{ID: "Op", Method: "PUT", Path: "/", ContentType: "application/x-ndjson", Body: BodyLines, Idempotent: true}
	send := func(v ...widget) (string, *http.Request) {
		tr := script(answer(503, ""), answer(204, ""))
		call := Call{Operation: &op, Body: widgetsRef(&v)}
		require.NoError(t, newTestClient(t, tr, quick()).Do(context.Background(), &call))
		require.Equal(t, tr.texts[0], tr.texts[1])
		return tr.texts[0], tr.seen[0]
	}
	text, r := send(widget{ID: "a\nb"}, widget{Size: 2})
	assert.Equal(t, "{\"id\":\"a\\nb\"}\n{\"size\":2}\n", text)
	assert.Equal(t, int64(-1), r.ContentLength)
	text, r = send()
	assert.Empty(t, text)
	assert.Zero(t, r.ContentLength)
	op.ContentType = "application/json-seq"
	text, _ = send(widget{Size: 1})
	assert.Equal(t, "\x1e{\"size\":1}\n", text)

	raw := stdjson.RawMessage(`{}`)
	call := Call{Operation: &op, Body: anyRef(&raw)}
	assert.ErrorContains(t, newTestClient(t, always(204, "")).Do(context.Background(), &call), "is no list")
}
