package resource

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt"
	"github.com/pantograph-go/pantograph/generator/rt/json"
)

func TestRebaseDropsWhatTheRequestLacksAndKeepsNullsAndZeros(t *testing.T) {
	for _, tt := range []struct {
		name, read, want string
		path             []string
	}{
		{"a whole answer", `{"id":"g1","name":"web","min":0,"note":null,"metadata":{},"config":{"flavor":"s","size":0,"links":[]},"zones":["a"],"new":1}`,
			`{"name":"web","min":0,"note":null,"metadata":{},"config":{"flavor":"s","size":0}}`, nil},
		{"what was not there is not there", `{"id":"g1","name":""}`, `{"name":""}`, nil},
		{"null for what cannot be null is not there", `{"name":"web","min":null,"config":null}`, `{"name":"web"}`, nil},
		{"a text that the shared type keeps", `{"config":{"size":"5"}}`, `{"config":{"size":"5"}}`, nil},
		{"texts that look like escapes", `{"name":"a\"b\u0000\\u0041","metadata":{"\u2028":"</x>"}}`, `{"name":"a\"b\u0000\\u0041","metadata":{"\u2028":"</x>"}}`, nil},
		{"a member", `{"config":{"name":"inner","min":3}}`, `{"name":"inner","min":3}`, []string{"config"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			u := &groupUpdate{Name: json.Some("before"), Min: json.Some(9)}
			require.NoError(t, Rebase(answer(t, tt.read).ref(), u.ref(), tt.path...))
			assert.JSONEq(t, tt.want, text(t, u.ref()))
		})
	}
}

func TestRebaseRefusesToLoseAValue(t *testing.T) {
	for _, read := range []string{`{"min":"5"}`, `{"min":1.5}`, `{"name":["web"]}`, `{"metadata":{"a":1}}`, `{"config":"x"}`} {
		err := Rebase(answer(t, read).ref(), new(groupUpdate).ref())
		var d *json.DeviationError
		require.ErrorAs(t, err, &d, read)
	}
	require.ErrorContains(t, Rebase(answer(t, `{"name":"x","config":null}`).ref(), new(groupUpdate).ref(), "config"), "no member")
	require.ErrorContains(t, Rebase(answer(t, `{"name":"x"}`).ref(), new(groupUpdate).ref(), "config", "more"), `no member "config.more"`)
	require.ErrorContains(t, Rebase(json.Ref{}, new(groupUpdate).ref()), "no member")
}

func TestWhatIsChangedAfterRebaseIsWritten(t *testing.T) {
	u := new(groupUpdate)
	require.NoError(t, Rebase(answer(t, `{"id":"g1","name":"web","min":1,"config":{"flavor":"s","size":4,"extra":true}}`).ref(), u.ref()))
	u.Min, u.Config.Size, u.Note = json.Some(0), 0, json.Null[string]()
	assert.JSONEq(t, `{"name":"web","min":0,"note":null,"config":{"flavor":"s","size":0}}`, text(t, u.ref()))
}

func TestOverlayPutsEntriesBesideThoseThatAreThere(t *testing.T) {
	for _, tt := range []struct {
		have    string
		entries map[string]string
		want    string
	}{
		{`{"name":"web","metadata":{"a":"1","b":"2"}}`, map[string]string{"b": "", "c": "3"}, `{"name":"web","metadata":{"a":"1","b":"","c":"3"}}`},
		{`{"min":0}`, map[string]string{"c": "3"}, `{"min":0,"metadata":{"c":"3"}}`},
		{`{"metadata":{"a":"1"}}`, nil, `{"metadata":{"a":"1"}}`},
		{`{"note":null,"metadata":{"a":"1"}}`, map[string]string{}, `{"note":null,"metadata":{"a":"1"}}`},
	} {
		u := new(groupUpdate)
		require.NoError(t, Rebase(answer(t, tt.have).ref(), u.ref()))
		require.NoError(t, Overlay(u.ref(), "metadata", mapRef(&tt.entries)))
		assert.JSONEq(t, tt.want, text(t, u.ref()))
	}
	entries := map[string]string{"a": "1"}
	require.ErrorContains(t, Overlay((&groupUpdate{Name: json.Some("x")}).ref(), "name", mapRef(&entries)), "no map")
	require.ErrorContains(t, Overlay(new(groupUpdate).ref(), "tags", mapRef(&entries)), "has no member")
	require.ErrorContains(t, Overlay(json.Ref{}, "metadata", mapRef(&entries)), "only a map")
}

var testAPI = rt.API{Name: "groups", Servers: []rt.Server{{URL: "https://api.example.com"}}}

var opUpdate = rt.Operation{ID: "UpdateGroup", Method: "PUT", Path: "/groups/{id}"}

// sent carries out a call and returns its request.
func sent(t *testing.T, opts []rt.CallOption) *http.Request {
	t.Helper()
	var seen *http.Request
	c, err := rt.New(&testAPI, rt.WithTransport(roundTripper(func(r *http.Request) (*http.Response, error) {
		seen = r
		return nil, errors.New("seen")
	})))
	require.NoError(t, err)
	call := rt.Call{Operation: &opUpdate, Options: opts}
	call.PathParam("id", "g1")
	require.ErrorContains(t, c.Do(context.Background(), &call), "seen")
	return seen
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestIfMatchSendsTheTagThatWasRead(t *testing.T) {
	read := &rt.RawResponse{Header: http.Header{"Etag": {`W/"7"`}}}
	assert.Equal(t, []string{`W/"7"`}, sent(t, IfMatch(read, nil)).Header["If-Match"])
	own := []rt.CallOption{rt.WithHeader("If-Match", "*")}
	assert.Equal(t, []string{"*"}, sent(t, IfMatch(read, own)).Header["If-Match"], "the caller's own condition wins")
	assert.Len(t, own, 1)
	assert.Empty(t, sent(t, IfMatch(&rt.RawResponse{}, nil)).Header["If-Match"])
	assert.Empty(t, sent(t, IfMatch(nil, nil)).Header["If-Match"])
}

func TestReadingLeavesTheOptionsOfTheWriteAlone(t *testing.T) {
	opts := make([]rt.CallOption, 0, 4)
	opts = append(opts, rt.WithDryRun(new(rt.DryRun)))
	reading := Reading(opts, nil)
	assert.False(t, rt.IsDryRun(reading))
	_ = append(opts, rt.WithQuery("a", "b"))
	assert.False(t, rt.IsDryRun(reading), "they do not share an array")
	assert.True(t, rt.IsDryRun(opts))
}
