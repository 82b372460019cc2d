package rt

import (
	"context"
	stdjson "encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// anyType describes a value that is any JSON.
var anyType = json.Type{Name: "Raw", Kind: json.Any, Size: unsafe.Sizeof([]byte{})}

func anyRef(v *stdjson.RawMessage) json.Ref {
	return json.At(&anyType, unsafe.Pointer(v))
}

func treeOfText(t testing.TB, text string) *tree {
	t.Helper()
	raw := stdjson.RawMessage(text)
	tree, err := json.TreeOf(anyRef(&raw))
	require.NoError(t, err)
	return &tree
}

const (
	scalarText = `"blue black"`
	listText   = `["blue","black","brown"]`
	objectText = `{"R":100,"G":200,"B":150}`
)

// TestStylesOfTheStandard is the table of the OpenAPI specification ("Style Examples").
func TestStylesOfTheStandard(t *testing.T) {
	for _, tt := range []struct {
		style      Style
		text, want string
	}{
		{Matrix, `""`, ";color"},
		{Matrix, `"blue"`, ";color=blue"},
		{Matrix, listText, ";color=blue,black,brown"},
		{Matrix, objectText, ";color=R,100,G,200,B,150"},
		{Matrix | Explode, `"blue"`, ";color=blue"},
		{Matrix | Explode, listText, ";color=blue;color=black;color=brown"},
		{Matrix | Explode, objectText, ";R=100;G=200;B=150"},
		{Label, `""`, "."},
		{Label, `"blue"`, ".blue"},
		{Label, listText, ".blue,black,brown"},
		{Label, objectText, ".R,100,G,200,B,150"},
		{Label | Explode, listText, ".blue.black.brown"},
		{Label | Explode, objectText, ".R=100.G=200.B=150"},
		{Label | Explode, `["1.5","x"]`, ".1%2E5.x"},
		{Simple, `"blue"`, "blue"},
		{Simple, listText, "blue,black,brown"},
		{Simple, objectText, "R,100,G,200,B,150"},
		{Simple | Explode, listText, "blue,black,brown"},
		{Simple | Explode, objectText, "R=100,G=200,B=150"},
		{Simple, `["a,b","c=d",[1,{"e":2}]]`, "a%2Cb,c%3Dd,%5B1%2C%7B%22e%22:2%7D%5D"},
		{JSON, `{"a":[1,"x"]}`, "%7B%22a%22:%5B1%2C%22x%22%5D%7D"},
	} {
		got, err := appendStyled(nil, "color", treeOfText(t, tt.text), tt.style)
		require.NoError(t, err)
		assert.Equal(t, tt.want, string(got), "path %x %s", tt.style, tt.text)
	}
	for _, tt := range []struct {
		style      Style
		text, want string
	}{
		{Form, `""`, "color="},
		{Form, scalarText, "color=blue%20black"},
		{Form, listText, "color=blue,black,brown"},
		{Form, objectText, "color=R,100,G,200,B,150"},
		{Form, `[]`, "color="},
		{Form, `["a,b","c&d"]`, "color=a%2Cb,c%26d"},
		{Form | Explode, scalarText, "color=blue%20black"},
		{Form | Explode, listText, "color=blue&color=black&color=brown"},
		{Form | Explode, objectText, "R=100&G=200&B=150"},
		{Form | Explode, `{"a":["x","y"],"b":{"c":1},"d":null}`, "a=x&a=y&b=%7B%22c%22%3A1%7D"},
		{Form, `[null,{"a":null}]`, "color=%7B%22a%22%3Anull%7D"},
		{Form | Explode, `["a",null]`, "color=a"},
		{Deep, `{"a":null,"b":[null,1]}`, "color%5Bb%5D%5B0%5D=1"},
		{Form | Explode, `[{"a":1},{"a":2}]`, "color=%7B%22a%22%3A1%7D&color=%7B%22a%22%3A2%7D"},
		{Form | Explode, `[]`, ""},
		{Form | Reserved, `"a/b?c&d+e#f=g"`, "color=a/b?c%26d%2Be%23f=g"},
		{Form | Reserved, `["a,b","/"]`, "color=a%2Cb,/"},
		{Space, listText, "color=blue%20black%20brown"},
		{Space, objectText, "color=R%20100%20G%20200%20B%20150"},
		{Space | Explode, listText, "color=blue&color=black&color=brown"},
		{Pipe, listText, "color=blue%7Cblack%7Cbrown"},
		{Pipe, objectText, "color=R%7C100%7CG%7C200%7CB%7C150"},
		{Pipe | Explode, listText, "color=blue&color=black&color=brown"},
		{Deep | Explode, objectText, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"},
		{Deep | Explode, `{"a":{"b":[1,{"c":true}]}}`, "color%5Ba%5D%5Bb%5D%5B0%5D=1&color%5Ba%5D%5Bb%5D%5B1%5D%5Bc%5D=true"},
		{Deep, `"x"`, "color=x"},
		{JSON, `{"a":1}`, "color=%7B%22a%22%3A1%7D"},
	} {
		got, err := appendPairs(nil, "color", treeOfText(t, tt.text), tt.style)
		require.NoError(t, err)
		assert.Equal(t, tt.want, string(got), "query %x %s", tt.style, tt.text)
	}
	for _, tt := range []struct {
		style      Style
		text, want string
	}{
		{Simple, `"blue black"`, "blue black"},
		{Simple, listText, "blue,black,brown"},
		{Simple, objectText, "R,100,G,200,B,150"},
		{Simple | Explode, objectText, "R=100,G=200,B=150"},
		{Simple | Explode, `{"a":"b=c"}`, "a=b=c"},
		{JSON, `{"a":"ü😀"}`, `{"a":"\u00FC\uD83D\uDE00"}`},
	} {
		got, err := headerText(treeOfText(t, tt.text), tt.style)
		require.NoError(t, err)
		assert.Equal(t, tt.want, got, "header %x %s", tt.style, tt.text)
	}
}

func TestWhatAStyleCannotWriteIsRefused(t *testing.T) {
	for _, tt := range []struct {
		in    string
		style Style
		text  string
		want  string
	}{
		{"query", Space, `["a b"]`, "holds the separator"},
		{"query", Pipe, `{"a|b":1}`, "holds the separator"},
		{"query", Deep, `{"a]b":1}`, "holds a bracket"},
		{"header", Simple, `["a,b"]`, "holds the separator"},
		{"header", Simple | Explode, `{"a=b":"c"}`, "holds the separator"},
		{"header", Simple, `"a\r\nX: y"`, "control character"},
		{"cookie", Form, `["a,b"]`, "holds the separator"},
		{"cookie", Form, `["a b"]`, "no cookie may hold"},
		{"cookie", Form | Explode, `["a;b"]`, "no cookie may hold"},
		{"cookie", Form | Explode, `{"a;b":1}`, "no cookie may have"},
		{"path", Simple, `[]`, "is empty"},
		{"path", Simple, `[""]`, "is empty"},
		{"path", Simple, `["a/b"]`, "holds a slash"},
		{"path", Simple, `["a\\b"]`, "holds a slash"},
		{"path", Simple, `["..", ""]`, ""},
		{"path", Simple, `".."`, "is a dot segment"},
		{"path", Label, `"."`, "is a dot segment"},
		{"path", Label, `""`, "is a dot segment"},
		{"path", Label | Explode, `[""]`, "is a dot segment"},
		{"path", Simple, `["a\u0000"]`, "control character"},
		{"path", JSON, `{"a":1}`, ""},
		{"path", JSON, `"a"`, ""},
		{"path", JSON, `"\""`, "holds a slash"},
	} {
		op := Operation{ID: "Op", Method: "GET", Path: "/a/{v}/b"}
		call := Call{Operation: &op}
		raw := stdjson.RawMessage(tt.text)
		switch tt.in {
		case "query":
			op.Path = "/a"
			call.Query("v", tt.style, anyRef(&raw))
		case "header":
			op.Path = "/a"
			call.Header("v", tt.style, anyRef(&raw))
		case "cookie":
			op.Path = "/a"
			call.Cookie("v", tt.style, anyRef(&raw))
		default:
			call.Path("v", tt.style, anyRef(&raw))
		}
		tr := always(204, "")
		err := newTestClient(t, tr).Do(context.Background(), &call)
		if tt.want == "" {
			assert.NoError(t, err, "%s %s", tt.in, tt.text)
			continue
		}
		var bad *ParamError
		require.ErrorAs(t, err, &bad, "%s %s", tt.in, tt.text)
		assert.Contains(t, err.Error(), tt.want)
		assert.Equal(t, "Op", bad.Operation)
		assert.Zero(t, tr.count(), "nothing is sent")
	}
	for name, add := range map[string]func(*Call){
		"blank":  func(c *Call) { QueryList(c, "v", []string{"a b"}, ListSpace) },
		"bar":    func(c *Call) { QueryList(c, "v", []string{"a", "b|c"}, ListPipe) },
		"header": func(c *Call) { HeaderList(c, "v", []string{"a", "b,c"}) },
	} {
		call := Call{Operation: &Operation{ID: "Op", Method: "GET", Path: "/a"}}
		add(&call)
		assert.ErrorContains(t, newTestClient(t, always(204, "")).Do(context.Background(), &call), "holds the separator", name)
	}
}

func TestParametersOfAllPlacesArrive(t *testing.T) {
	op := Operation{ID: "Op", Method: "GET", Path: "/a/{id}/x{m}.y"}
	call := Call{Operation: &op}
	list, object, empty := stdjson.RawMessage(`["a","b"]`), stdjson.RawMessage(`{"k":"v w","n":1}`), stdjson.RawMessage(`[]`)
	call.Path("id", Simple, anyRef(&list))
	call.Path("m", Matrix, anyRef(&object))
	call.Query("none", Form|Explode, anyRef(&empty))
	QueryOrEmpty(&call, "e", Null[int]())
	QueryOrEmpty(&call, "f", Some(7))
	QueryOrEmpty(&call, "g", Opt[int]{})
	call.Query("d", Deep|Explode, anyRef(&object))
	call.Query("nil", Deep|Explode, json.Ref{})
	call.Header("X-L", Simple, anyRef(&list))
	call.Cookie("l", Form, anyRef(&list))
	call.Cookie("o", Form|Explode, anyRef(&list))
	call.Cookie("j", JSON, anyRef(&list))
	CookieValue(&call, "c", true)
	tr := always(204, "")
	require.NoError(t, newTestClient(t, tr).Do(context.Background(), &call))
	r := tr.seen[0]
	assert.Equal(t, "/a/a,b/x;m=k,v%20w,n,1.y?e=&f=7&d%5Bk%5D=v%20w&d%5Bn%5D=1", r.URL.RequestURI())
	assert.Equal(t, "a,b", r.Header.Get("X-L"))
	assert.Equal(t, "l=a,b; o=a; o=b; j=%5B%22a%22%2C%22b%22%5D; c=true", r.Header.Get("Cookie"))
}

func TestMissingParametersAreViolations(t *testing.T) {
	call := Call{Operation: &Operation{ID: "Op", Method: "GET", Path: "/a"}}
	call.Missing("limit", "X-Trace")
	tr := always(204, "")
	err := newTestClient(t, tr).Do(context.Background(), &call)
	var invalid *ValidationError
	require.ErrorAs(t, err, &invalid)
	require.Len(t, invalid.Violations, 2)
	assert.Equal(t, "limit is required [params.required]", invalid.Violations[0].String())
	assert.Zero(t, tr.count())
}

// The property: whatever the value, net/url reads from the request what was given, or nothing is sent.

var awkward = []rune("abcABC019-._~:/?#[]@!$&'()*+,;=%|\\\"{}<>^` \t\r\n\x00\x7fäß漢😀")

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(6) {
		b.WriteRune(awkward[r.IntN(len(awkward))])
	}
	return b.String()
}

func randomScalar(r *rand.Rand) any {
	switch r.IntN(6) {
	case 0:
		return r.IntN(2) == 0
	case 1:
		return stdjson.Number(strconv.Itoa(r.IntN(1000) - 500))
	case 2:
		return stdjson.Number(strconv.FormatFloat(r.NormFloat64(), 'g', -1, 64))
	}
	return randomText(r)
}

func randomValue(r *rand.Rand, depth int) any {
	switch n := r.IntN(4); {
	case n == 0 || depth == 0:
		return randomScalar(r)
	case n == 1:
		list := []any{}
		for range r.IntN(4) {
			list = append(list, randomValue(r, depth-1))
		}
		return list
	default:
		object := map[string]any{}
		for range r.IntN(4) {
			object[randomText(r)] = randomValue(r, depth-1)
		}
		return object
	}
}

func jsonText(t testing.TB, v any) string {
	t.Helper()
	b, err := stdjson.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

// textOf is what a value is where scalars alone have a form.
func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case stdjson.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	var b strings.Builder
	e := stdjson.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)
	return strings.TrimSuffix(b.String(), "\n")
}

// wordsOf are the texts of a list, or names and texts of an object, sorted by name as encoding/json does.
func wordsOf(v any) []string {
	var out []string
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			out = append(out, textOf(e))
		}
	case map[string]any:
		for _, k := range sortedNames(v) {
			out = append(out, k, textOf(v[k]))
		}
	}
	return out
}

func sortedNames(m map[string]any) []string {
	names := make([]string, 0, len(m))
	for k := range m {
		names = append(names, k)
	}
	slices.Sort(names)
	return names
}

func sameJSON(t testing.TB, want any, got string) {
	t.Helper()
	assert.JSONEq(t, jsonText(t, want), got)
}

func TestQueriesReadBackAsTheyWereGiven(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	sent := 0
	for i := range 20000 {
		v := randomValue(r, 3)
		name := "p" + randomText(r)
		form := []Style{Form, Space, Pipe, Deep, JSON}[r.IntN(5)]
		explode, reserved := Style(r.IntN(2))*Explode, Style(r.IntN(2))*Reserved
		raw, err := appendPairs([]byte("before=1"), name, treeOfText(t, jsonText(t, v)), form|explode|reserved)
		if err != nil {
			continue
		}
		sent++
		got, err := url.ParseQuery(string(raw))
		require.NoError(t, err, "%s", raw)
		require.Equal(t, []string{"1"}, got["before"])
		delete(got, "before")
		u, err := url.Parse("https://h/p?" + string(raw))
		require.NoError(t, err)
		require.Equal(t, "/p", u.Path)
		require.Empty(t, u.Fragment)
		want := url.Values{}
		list, isList := v.([]any)
		object, isObject := v.(map[string]any)
		switch {
		case form == JSON:
			require.Len(t, got[name], 1)
			sameJSON(t, v, got[name][0])
			continue
		case !isList && !isObject:
			want.Add(name, textOf(v))
		case form == Deep:
			flatten(want, name, v)
		case explode != 0 && isList:
			for _, e := range list {
				want.Add(name, textOf(e))
			}
		case explode != 0 && form == Form:
			for _, k := range sortedNames(object) {
				if inner, ok := object[k].([]any); ok {
					for _, e := range inner {
						want.Add(k, textOf(e))
					}
				} else {
					want.Add(k, textOf(object[k]))
				}
			}
			if _, clash := object["before"]; clash {
				continue
			}
		default:
			want.Add(name, strings.Join(wordsOf(v), map[Style]string{Form: ",", Space: " ", Pipe: "|"}[form]))
			if form == Form { // the parts themselves, as a server reads them that splits before it decodes
				_, value, _ := strings.Cut(strings.TrimPrefix(string(raw), "before=1&"), "=")
				var parts []string
				for part := range strings.SplitSeq(value, ",") {
					plain, err := url.QueryUnescape(part)
					require.NoError(t, err)
					parts = append(parts, plain)
				}
				if len(wordsOf(v)) > 0 {
					require.Equal(t, wordsOf(v), parts, "%s", raw)
				}
			} else if len(wordsOf(v)) > 0 {
				require.Equal(t, wordsOf(v), strings.Split(got.Get(name), map[Style]string{Space: " ", Pipe: "|"}[form]))
			}
		}
		require.Equal(t, want, got, "run %d, style %x: %s", i, form|explode, raw)
	}
	assert.Greater(t, sent, 10000)
}

// flatten writes a value as deepObject has it.
func flatten(into url.Values, name string, v any) {
	switch v := v.(type) {
	case []any:
		for i, e := range v {
			flatten(into, fmt.Sprintf("%s[%d]", name, i), e)
		}
	case map[string]any:
		for k, e := range v {
			flatten(into, name+"["+k+"]", e)
		}
	default:
		into.Add(name, textOf(v))
	}
}

func TestPathsReadBackAsTheyWereGiven(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	sent := 0
	for range 20000 {
		v := randomValue(r, 1)
		style := []Style{Simple, Label, Matrix}[r.IntN(3)] | Style(r.IntN(2))*Explode
		op := Operation{ID: "Op", Method: "GET", Path: "/before/{p}/after"}
		call := Call{Operation: &op}
		raw := stdjson.RawMessage(jsonText(t, v))
		call.Path("p", style, anyRef(&raw))
		tr := always(204, "")
		c, err := New(&API{Name: "x"}, WithEndpoint("https://h.example.com"), WithTransport(tr))
		require.NoError(t, err)
		if err := c.Do(context.Background(), &call); err != nil {
			require.Zero(t, tr.count())
			continue
		}
		sent++
		u, err := url.Parse("https://h.example.com" + tr.seen[0].URL.RequestURI())
		require.NoError(t, err)
		segments := strings.Split(strings.TrimPrefix(u.EscapedPath(), "/"), "/")
		require.Len(t, segments, 3, "%s", u)
		require.Equal(t, []string{"before", "after"}, []string{segments[0], segments[2]})
		require.Equal(t, wantedParts(v), readSegment(t, segments[1], v, style), "style %x: %s", style, segments[1])
	}
	assert.Greater(t, sent, 4000)
}

func wantedParts(v any) []string {
	switch v.(type) {
	case []any, map[string]any:
		return wordsOf(v)
	}
	return []string{textOf(v)}
}

// readSegment reads a segment as RFC 6570 has it, by what is expected there.
func readSegment(t testing.TB, s string, v any, style Style) []string {
	t.Helper()
	_, isObject := v.(map[string]any)
	_, isList := v.([]any)
	explode := style.exploded() && (isObject || isList)
	separator := ","
	switch style.form() {
	case Label:
		require.Equal(t, byte('.'), s[0])
		if s = s[1:]; explode {
			separator = "."
		}
	case Matrix:
		require.Equal(t, byte(';'), s[0])
		if s = s[1:]; explode {
			separator = ";"
		} else if s = strings.TrimPrefix(s, "p"); s != "" {
			require.Equal(t, byte('='), s[0])
			s = s[1:]
		}
	}
	raw := []string{s}
	if isObject || isList {
		raw = strings.Split(s, separator)
	}
	var out []string
	for _, part := range raw {
		pieces := []string{part}
		switch {
		case explode && isObject:
			pieces = strings.SplitN(part, "=", 2)
		case explode && style.form() == Matrix:
			name, value, _ := strings.Cut(part, "=")
			require.Equal(t, "p", name)
			pieces = []string{value}
		}
		for _, p := range pieces {
			plain, err := url.PathUnescape(p)
			require.NoError(t, err)
			out = append(out, plain)
		}
	}
	return out
}

func TestHeadersAndCookiesReadBackAsTheyWereGiven(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	sent := 0
	for range 20000 {
		v := randomValue(r, 1)
		explode := Style(r.IntN(2)) * Explode
		call := Call{Operation: &Operation{ID: "Op", Method: "GET", Path: "/"}}
		raw := stdjson.RawMessage(jsonText(t, v))
		call.Header("X-V", Simple|explode, anyRef(&raw))
		tr := always(204, "")
		c := newTestClient(t, tr)
		if c.Do(context.Background(), &call) == nil {
			sent++
			require.Len(t, tr.seen[0].Header["X-V"], 1)
			got := tr.seen[0].Header.Get("X-V")
			if parts := wordsOf(v); len(parts) > 0 {
				fields := strings.Split(got, ",")
				if _, ok := v.(map[string]any); ok && explode != 0 {
					fields = nil
					for part := range strings.SplitSeq(got, ",") {
						fields = append(fields, strings.SplitN(part, "=", 2)...)
					}
				}
				require.Equal(t, parts, fields)
			}
		}
		call = Call{Operation: &Operation{ID: "Op", Method: "GET", Path: "/"}}
		call.Cookie("v", Form|explode, anyRef(&raw))
		tr = always(204, "")
		if newTestClient(t, tr).Do(context.Background(), &call) != nil || tr.seen[0].Header.Get("Cookie") == "" {
			continue
		}
		sent++
		read, err := http.ParseCookie(tr.seen[0].Header.Get("Cookie"))
		require.NoError(t, err, tr.seen[0].Header.Get("Cookie"))
		var got []string
		for _, k := range read {
			if _, ok := v.(map[string]any); ok && explode != 0 {
				got = append(got, k.Name)
			} else {
				require.Equal(t, "v", k.Name)
			}
			got = append(got, k.Value)
		}
		if want := wantedParts(v); explode != 0 || len(want) == 1 {
			require.Equal(t, want, got)
		} else if len(want) > 0 {
			require.Equal(t, want, strings.Split(got[0], ","))
		}
	}
	assert.Greater(t, sent, 4000)
}

// TestAMemberIsNoSecondValueOfAnotherParameter holds that an object whose members stand among the parameters cannot
// add to one of them, wherever it is written.
func TestAMemberIsNoSecondValueOfAnotherParameter(t *testing.T) {
	for _, tt := range []struct {
		labels, color string
		after         bool
		want          string
	}{
		{`{"a":"1"}`, `{"b":"2"}`, false, ""},
		{`{"a":["1","2"]}`, `{}`, false, ""},
		{`{"limit":"999"}`, `{}`, false, "another parameter"},
		{`{"limit":"999"}`, `{}`, true, "another parameter"},
		{`{"li&mit":"999"}`, `{}`, true, ""},
		{`{"%6cimit":"999"}`, `{}`, true, ""},
		{`{"a":"1"}`, `{"a":"2"}`, false, "another parameter"},
		{`{"a":"1","b":"2"}`, `{"c":"3"}`, true, ""},
	} {
		call := Call{Operation: &Operation{ID: "Op", Method: "GET", Path: "/"}}
		labels, color := stdjson.RawMessage(tt.labels), stdjson.RawMessage(tt.color)
		if !tt.after {
			QueryValue(&call, "limit", 5)
		}
		call.Query("labels", Form|Explode, anyRef(&labels))
		call.Query("color", Form|Explode, anyRef(&color))
		if tt.after {
			QueryValue(&call, "limit", 5)
		}
		tr := always(204, "")
		err := newTestClient(t, tr).Do(context.Background(), &call)
		if tt.want == "" {
			require.NoError(t, err, tt.labels)
			require.Equal(t, []string{"5"}, tr.seen[0].URL.Query()["limit"])
			continue
		}
		var bad *ParamError
		require.ErrorAs(t, err, &bad, tt.labels)
		require.ErrorContains(t, err, tt.want)
		require.Zero(t, tr.count())
	}
}
