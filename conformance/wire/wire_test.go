package main

import (
	"context"
	"encoding/json"
	"io"
	"iter"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/wire/driver"
)

// The judge knows right from wrong: for each style, what the standard shows and what it does not.
func TestStyles(t *testing.T) {
	yes, no := true, false
	list, object := []any{"a", "b"}, map[string]any{"r": json.Number("1"), "g": "x"}
	for _, c := range []struct {
		style   string
		explode *bool
		want    any
		good    string
		bad     []string
	}{
		{"form", nil, "v w", "p=v+w", []string{"", "p=v", "p=v+w&p=v+w"}},
		{"form", nil, json.Number("1.50"), "p=1.5", []string{"p=1"}},
		{"form", nil, true, "p=true", []string{"p=yes"}},
		{"form", nil, list, "p=a&p=b", []string{"p=a,b", "p=b&p=a", "p=a"}},
		{"form", &no, list, "p=a,b", []string{"p=a&p=b", "p=a"}},
		{"form", nil, object, "g=x&r=1", []string{"p=x", "g=x"}},
		{"form", &no, object, "p=r,1,g,x", []string{"p=r,1", "p=r,1,g,y"}},
		{"spaceDelimited", &no, list, "p=a%20b", []string{"p=a,b"}},
		{"spaceDelimited", nil, list, "p=a+b", []string{"p=a&p=b"}},
		{"pipeDelimited", &no, list, "p=a%7Cb", []string{"p=a%2Cb"}},
		{"deepObject", &yes, object, "p[g]=x&p[r]=1", []string{"p[g]=x", "g=x&r=1"}},
		{"deepObject", &yes, map[string]any{"a": map[string]any{"b": "c"}}, "p%5Ba%5D%5Bb%5D=c", []string{"p[a]=c"}},
		{"deepObject", &yes, map[string]any{"a": list}, "p[a]=a&p[a]=b", []string{"p[a]=a,b"}},
	} {
		p := &openapi3.Parameter{Name: "p", In: "query", Style: c.style, Explode: c.explode}
		check := func(raw string) string {
			query, err := url.ParseQuery(raw)
			require.NoError(t, err)
			wrong := inQuery(query, p, c.want)
			if len(query) > 0 {
				wrong += " left over"
			}
			return wrong
		}
		assert.Empty(t, check(c.good), "%s %s", c.style, c.good)
		for _, bad := range c.bad {
			assert.NotEmpty(t, check(bad), "%s %s", c.style, bad)
		}
	}
	for _, c := range []struct {
		style   string
		explode *bool
		want    any
		good    string
		bad     string
	}{
		{"", nil, "v", "v", "w"},
		{"simple", nil, list, "a,b", "a.b"},
		{"simple", &yes, object, "g=x,r=1", "g,x,r,1"},
		{"simple", nil, object, "r,1,g,x", "r=1,g=x"},
		{"label", nil, "v", ".v", "v"},
		{"label", nil, list, ".a,b", "a,b"},
		{"label", &yes, list, ".a.b", ".a,b"},
		{"label", &yes, object, ".g=x.r=1", ".g,x,r,1"},
		{"matrix", nil, "v", ";p=v", ";q=v"},
		{"matrix", nil, list, ";p=a,b", ";p=a;p=b"},
		{"matrix", &yes, list, ";p=a;p=b", ";p=a,b"},
		{"matrix", &yes, object, ";g=x;r=1", ";p=g,x,r,1"},
	} {
		p := &openapi3.Parameter{Name: "p", In: "path", Style: c.style, Explode: c.explode}
		assert.Empty(t, inPath(c.good, p, c.want), "%s %s", c.style, c.good)
		assert.NotEmpty(t, inPath(c.bad, p, c.want), "%s %s", c.style, c.bad)
	}
}

func TestPathsMatchTheirTemplates(t *testing.T) {
	anything := func(string, string) bool { return true }
	for _, c := range []struct {
		template, path string
		want           map[string]string
	}{
		{"/a/{id}", "/a/x%2Fy%20", map[string]string{"id": "x/y "}},
		{"/a/{id}/{n}", "/a/1/2", map[string]string{"id": "1", "n": "2"}},
		{"/a/{id}.{ext}", "/a/1.2.txt", map[string]string{"id": "1.2", "ext": "txt"}},
		{"/a/{id}:cancel", "/a/x:cancel", map[string]string{"id": "x"}},
		{"/a b/{id}", "/a%20b/1", map[string]string{"id": "1"}},
	} {
		got := map[string]string{}
		assert.True(t, unify(c.template, c.path, got, anything), c.template)
		assert.Equal(t, c.want, got)
	}
	for _, c := range [][2]string{{"/a/{id}", "/b/1"}, {"/a/{id}", "/a/1/2"}, {"/a/{id}/b", "/a/1"}, {"/a", "/b"}} {
		assert.False(t, unify(c[0], c[1], map[string]string{}, anything), c)
	}
	// Nothing stands between two parameters: what was given tells them apart.
	given := map[string]string{"a": "x%y", "b": "z"}
	got := map[string]string{}
	assert.True(t, unify("/r/{a}{b}", "/r/x%25yz", got, func(name, value string) bool { return given[name] == value }))
	assert.Equal(t, given, got)
	assert.False(t, unify("/r/{a}{b}", "/r/x%25yy", map[string]string{}, func(name, value string) bool { return given[name] == value }))
}

// What documents write behind a path is no part of it, and ids tell apart the operations that nothing else does.
func TestQueriesAndFragmentsBehindPaths(t *testing.T) {
	plan := new(planned)
	require.NoError(t, json.Unmarshal([]byte(`{"Services": [{"Methods": [{"Name": "A", "Operation": {"ID": "a", "Method": "GET", "Path": "/x"}}, {"Name": "B", "Operation": {"ID": "b", "Method": "GET", "Path": "/x"}},
		{"Name": "B", "Operation": {"ID": "b", "Method": "GET", "Path": "/x", "Query": "m=b&v"}}]}]}`), plan))
	for path, query := range map[string][]string{"/x?m=b&v&n={n}&o=": {"m=b", "v"}, "/x#b": nil, "/x?m=b&v#b": {"m=b", "v"}, "/x": nil} {
		o := &operation{method: "GET", path: path, Operation: &openapi3.Operation{OperationID: "b"}, item: new(openapi3.PathItem)}
		at, fixed := o.parts()
		assert.Equal(t, "/x", at, path)
		assert.Equal(t, query, fixed, path)
		methods := plan.methods(o)
		require.Len(t, methods, 1, path)
		assert.Equal(t, "B", methods[0].Name, path)
	}
}

func TestDifferences(t *testing.T) {
	same := [][2]string{{`1.0`, `1`}, {`{"a":1,"b":[true,null]}`, `{"b":[true,null],"a":1e0}`}, {`"2020-01-01T00:00:00.100Z"`, `"2020-01-01T00:00:00.1Z"`}, {`18446744073709551615`, `18446744073709551615`}}
	other := [][2]string{{`1`, `2`}, {`{"a":null}`, `{}`}, {`{}`, `{"a":null}`}, {`[1]`, `[1,2]`}, {`"1"`, `1`}, {`18446744073709551615`, `18446744073709551616`}, {`"2020-01-01T00:00:00+01:00"`, `"2019-12-31T23:00:00Z"`}}
	for _, c := range same {
		assert.True(t, sameJSON([]byte(c[0]), json.RawMessage(c[1])), c)
	}
	for _, c := range other {
		assert.False(t, sameJSON([]byte(c[0]), json.RawMessage(c[1])), c)
	}
	assert.Equal(t, "5", asDates(json.Number("5"), "5"), "a number in a string")
	assert.Empty(t, differentXML([]byte(`<a x="1"><b>2</b><c/></a>`), []byte(`<a x="1"> <c></c><b>2</b></a>`)))
	assert.NotEmpty(t, differentXML([]byte(`<a><b>2</b></a>`), []byte(`<a><b>3</b></a>`)))
}

func TestExpectations(t *testing.T) {
	list, err := parseExpectations(strings.NewReader("# comment\n\na | GET /x | wire | because\na | GET /y* | wire | because\n"))
	require.NoError(t, err)
	assert.True(t, meets(list, "a", "GET /x", "wire"))
	assert.True(t, meets(list, "a", "GET /y/z", "wire"))
	assert.False(t, meets(list, "a", "GET /x/y", "wire"))
	assert.False(t, meets(list, "b", "GET /x", "wire"))
	assert.False(t, meets(list, "a", "GET /x", "answer"))
	_, err = parseExpectations(strings.NewReader("a | GET /x | wire\n"))
	assert.Error(t, err, "an expectation has a reason")
}

// pets stands in for a generated client.
type pets struct{ Pets *petService }

type petService struct{}

type pet struct {
	Name string `json:"name"`
	Born time.Time
}

type petParams struct {
	Day  time.Time
	List []int
	Map  map[string]bool
}

func (petService) Put(_ any, id int64, params *petParams, body *pet, text string, r io.Reader, _ ...any) (*pet, error) {
	data, err := io.ReadAll(r)
	return &pet{Name: body.Name + text + string(data), Born: params.Day.AddDate(0, 0, int(id)+params.List[1])}, err
}

type apiError struct {
	Status int
	Detail *pet
}

func (*apiError) Error() string { return "no" }

func (petService) Fail(any, ...any) error { return &apiError{404, &pet{Name: "gone"}} }

func (petService) Stream(any, ...any) (iter.Seq2[int, error], error) {
	return func(yield func(int, error) bool) { _ = yield(1, nil) && yield(2, nil) && yield(0, io.ErrUnexpectedEOF) }, nil
}

func TestTheDriverDoesAsItIsTold(t *testing.T) {
	var in, out strings.Builder
	commands := json.NewEncoder(&in)
	raw := func(s string) json.RawMessage { return json.RawMessage(s) }
	require.NoError(t, commands.Encode(driver.Setup{Endpoint: "http://x", Fields: map[string]map[string]string{"pet": {"name": "Name"}}}))
	for _, c := range []driver.Command{
		{Service: "Pets", Method: "Put", Args: []driver.Arg{
			{Given: true, Value: raw("2")},
			{Given: true, Fields: []driver.Field{{Name: "Day", Value: raw(`"2020-01-01"`)}, {Name: "List", Value: raw("[1,3]")}, {Name: "Map", Value: raw(`{"a":true}`)}}},
			{Given: true, Value: raw(`{"name":"Ada"}`)}, {Given: true, Bytes: []byte("!")}, {Given: true, Bytes: []byte("?")},
		}},
		{Service: "Pets", Method: "Fail"},
		{Service: "Pets", Method: "Stream"},
		{Service: "Pets", Method: "Missing"},
	} {
		require.NoError(t, commands.Encode(c))
	}
	require.NoError(t, driver.Serve(strings.NewReader(in.String()), &out, driver.Client{New: func(string) (any, error) { return &pets{&petService{}}, nil }}))
	replies := json.NewDecoder(strings.NewReader(out.String()))
	var r [4]driver.Reply
	for i := range r {
		require.NoError(t, replies.Decode(&r[i]))
	}
	require.Empty(t, r[0].Problem)
	assert.JSONEq(t, `{"name":"Ada!?","Born":"2020-01-06T00:00:00Z"}`, string(r[0].Result.JSON), r[0].Problem)
	assert.Equal(t, 404, r[1].Status)
	assert.Contains(t, string(r[1].Detail.JSON), "gone")
	assert.JSONEq(t, "[1,2]", string(r[2].Result.JSON))
	assert.Equal(t, io.ErrUnexpectedEOF.Error(), r[2].Result.Error)
	assert.NotEmpty(t, r[3].Problem)
}

// Every operation of the construct documents is called, and every answer they document comes back whole.
func TestConstructs(t *testing.T) {
	var out strings.Builder
	err := run(context.Background(), []string{"-dir", "../constructs", "-rounds", "4", "-v", "-open", "../constructs/open.txt"}, &out)
	t.Log(out.String())
	require.NoError(t, err)
}

// What never ends is given up, and what ends is waited for.
func TestLoadingIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		never := make(chan struct{})
		_, err := bounded(t.Context(), time.Minute, func() (int, error) { <-never; return 0, nil })
		assert.ErrorContains(t, err, "it has not ended after 1m0s")
		close(never)
		n, err := bounded(t.Context(), time.Minute, func() (int, error) { time.Sleep(50 * time.Second); return 7, nil })
		assert.NoError(t, err)
		assert.Equal(t, 7, n)
	})
}
