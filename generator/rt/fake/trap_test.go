package fake

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTrapsLeadAstray(t *testing.T) {
	serve := func(x *Exchange) {
		x.Answer(200, map[string]any{"items": []int{1}, "links": []any{}, "page": map[string]any{"next": nil}}, nil)
	}
	s := New(Config{},
		Route{ID: "Rel", Method: "GET", Path: "/rel", Links: Links{Path: []string{"links"}, Rel: true}, Serve: serve},
		Route{ID: "Deep", Method: "GET", Path: "/deep", Links: Links{Path: []string{"page", "next"}}, Serve: serve},
		Route{ID: "None", Method: "GET", Path: "/none", Serve: serve})
	c := &http.Client{Transport: s.Transport()}
	get := func(path string) map[string]any {
		resp, err := c.Get("https://fake.invalid" + path)
		require.NoError(t, err)
		defer resp.Body.Close()
		var v map[string]any
		require.NoError(t, json.NewDecoder(resp.Body).Decode(&v))
		return v
	}
	rel := func(href string) any { return []any{map[string]any{"href": href, "rel": "next"}} }
	s.Inject(Fault{Next: TrapForeign})
	assert.Equal(t, rel("https://trap.invalid/rel?limit=2"), get("/rel?limit=2")["links"])
	assert.Equal(t, map[string]any{"next": "https://trap.invalid/deep"}, get("/deep")["page"])
	assert.Equal(t, []any{}, get("/none")["links"], "where no link is known, nothing happens")
	s.Inject(Fault{Next: TrapLoop, Times: 1})
	assert.Equal(t, rel("https://fake.invalid/rel?limit=2"), get("/rel?limit=2")["links"])
	assert.Equal(t, []any{}, get("/rel")["links"])
	s.Inject(Fault{Next: TrapEndless})
	assert.Equal(t, rel("https://fake.invalid/rel?trap=1"), get("/rel")["links"])
	assert.Equal(t, rel("https://fake.invalid/rel?trap=2"), get("/rel?trap=1")["links"])
}
