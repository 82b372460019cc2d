package simulate

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt/fake"
)

var missing = Failure{404, "Gone", "There is none."}

// service is a fake of groups with policies.
func service() (*Store, *fake.Server) {
	store := New([]Table{
		{
			What: "group", ID: "id", Initial: `{"state":{"active":0,"paused":false},"state.name":"=config.name","self":"/groups/{id}","made":"{now}"}`,
			Missing: missing, Limit: 3, Full: Failure{409, "Full", "There are too many."},
			Flows:    []Flow{{When: map[string][]string{"state.paused": {"false"}}, After: time.Minute, Set: `{"state.active":"=config.size"}`}},
			Children: []Child{{"policies", 1}},
		},
		{What: "policy", ID: "id", Parent: 1, ParentID: "group", Missing: missing, Limit: 2, Full: Failure{409, "Full", "There are too many."}},
	}, map[string]Act{
		"Create":  {Kind: Create, Status: 201, Wrap: "group"},
		"List":    {Kind: List, Status: 200, Only: []string{"id", "state"}, Page: &Page{Items: []string{"groups"}, Next: []string{"page", "next"}, Cursor: "marker", Limit: "limit", Size: 2, Most: 3, Fuzzy: "name", Match: map[string]string{"name": "state.name", "paused": "state.paused"}}},
		"Links":   {Kind: List, Status: 200, Page: &Page{Items: []string{"groups"}, Link: []string{"links"}, Rel: true, Cursor: "marker", Limit: "limit", Size: 2}},
		"Offset":  {Kind: List, Status: 200, Page: &Page{Items: []string{"groups"}, Total: []string{"total"}, Cursor: "start", Number: true, Limit: "limit"}},
		"Get":     {Kind: Get, ID: "id", Status: 200},
		"Delete":  {Kind: Delete, ID: "id", Status: 204, Empty: true, Needs: []Need{{Member: "state.active", Values: []string{"0"}, Or: Failure{403, "NotEmpty", "There are servers."}, Unless: "force"}}},
		"Pause":   {Kind: Set, ID: "id", Set: `{"state.paused":true}`, Status: 204, Empty: true},
		"Config":  {Kind: Part, ID: "id", At: []string{"config"}, Status: 200, Wrap: "config"},
		"PutConf": {Kind: Put, ID: "id", At: []string{"config"}, Set: `{"state.name":"=config.name"}`, Status: 204, Empty: true},
		"Add":     {Kind: Create, Table: 1, Parent: "id", Many: true, Status: 201, Wrap: "policies"},
		"Update":  {Kind: Update, Table: 1, ID: "policy", Parent: "id", Status: 200},
		"Replace": {Kind: Update, Table: 1, ID: "policy", Parent: "id", All: []string{"change", "percent"}, Status: 200},
		"Secret":  {Kind: Note, Status: 202, Empty: true},
		"Batch":   {Kind: Delete, Table: 1, Each: "ids", Status: 204, Empty: true},
	})
	route := func(id, method, path string) fake.Route {
		return fake.Route{ID: id, Method: method, Path: path, Serve: store.Serve}
	}
	return store, fake.New(fake.Config{},
		route("Create", "POST", "/groups"), route("List", "GET", "/groups"), route("Links", "GET", "/links"), route("Offset", "GET", "/offset"),
		route("Get", "GET", "/groups/{id}"), route("Delete", "DELETE", "/groups/{id}"), route("Pause", "POST", "/groups/{id}/pause"),
		route("Config", "GET", "/groups/{id}/config"), route("PutConf", "PUT", "/groups/{id}/config"), route("Add", "POST", "/groups/{id}/policies"),
		route("Update", "PUT", "/groups/{id}/policies/{policy}"), route("Replace", "PATCH", "/groups/{id}/policies/{policy}"), route("Secret", "POST", "/secret/{hash}"), route("Batch", "POST", "/policies/delete"), route("Other", "GET", "/other"),
	)
}

const first, second = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"

// call makes a request and returns status and body.
func call(t *testing.T, s *fake.Server, request, body string) string {
	t.Helper()
	method, path, _ := strings.Cut(request, " ")
	w := httptest.NewRecorder()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	s.ServeHTTP(w, r)
	return strings.TrimSpace(fmt.Sprint(w.Code, " ", w.Body))
}

func TestAResourceLives(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, s := service()
		assert.Equal(t, `201 {"group":{"config":{"name":"web","size":2},"id":"`+first+`","made":"2000-01-01T00:00:00Z","policies":[],"self":"/groups/`+first+`","state":{"active":0,"name":"web","paused":false}}}`,
			call(t, s, "POST /groups", `{"config":{"name":"web","size":2}}`))
		store.Advance(59 * time.Second)
		assert.Contains(t, call(t, s, "GET /groups/"+first, ""), `"active":0`)
		store.Advance(time.Second)
		assert.Contains(t, call(t, s, "GET /groups/"+first, ""), `"active":2`)
		assert.Equal(t, `200 {"config":{"name":"web","size":2}}`, call(t, s, "GET /groups/"+first+"/config", ""))
		assert.Equal(t, "204", call(t, s, "PUT /groups/"+first+"/config", `{"name":"web-2","size":0}`))
		assert.Contains(t, call(t, s, "GET /groups/"+first, ""), `"name":"web-2"`)
		assert.Contains(t, call(t, s, "DELETE /groups/"+first, ""), "403 ", "there are servers")
		assert.Equal(t, "204", call(t, s, "POST /groups/"+first+"/pause", ""))
		store.Advance(time.Hour)
		assert.Contains(t, call(t, s, "GET /groups/"+first, ""), `"active":2`, "what is paused stays as it is")
		assert.Equal(t, "204", call(t, s, "DELETE /groups/"+first+"?force=true", ""))
		assert.Contains(t, call(t, s, "GET /groups/"+first, ""), "404 ")
		assert.Contains(t, call(t, s, "GET /groups/"+first, ""), "Gone")
		assert.Contains(t, call(t, s, "GET /other", ""), "501 ", "what nothing is known of")
	})
}

func TestChildrenComeAndGoWithTheirParent(t *testing.T) {
	store, s := service()
	assert.Contains(t, call(t, s, "POST /groups", `{"policies":[{"name":"a"},{"name":"b"},{"name":"c"}]}`), "409 ", "the third is one too many")
	assert.Empty(t, store.Objects("group"), "all or none")
	assert.Empty(t, store.Objects("policy"))
	made := call(t, s, "POST /groups", `{"policies":[{"name":"a"}]}`)
	require.Contains(t, made, `"policies":[{"group":`)
	group := string(store.Objects("group")[0])
	id := group[strings.Index(group, `"id":"`)+6:][:36]
	assert.Contains(t, call(t, s, "POST /groups/"+id+"/policies", `[{"name":"b"},{"name":"c"}]`), "409 ")
	assert.Len(t, store.Objects("policy"), 1, "of a list, all or none")
	added := call(t, s, "POST /groups/"+id+"/policies", `[{"name":"b"}]`)
	require.Contains(t, added, `201 {"policies":[{`)
	policy := added[strings.Index(added, `"id":"`)+6:][:36]
	assert.Contains(t, call(t, s, "PUT /groups/"+id+"/policies/"+policy, `{"name":"B"}`), `"name":"B"`)
	assert.Contains(t, call(t, s, "PUT /groups/other/policies/"+policy, `{"name":"B"}`), "404 ", "it belongs to another")
	assert.Contains(t, call(t, s, "POST /policies/delete", `{"ids":["`+policy+`","nobody"]}`), "404 ")
	assert.Len(t, store.Objects("policy"), 2, "none is deleted where one is missing")
	assert.Equal(t, "204", call(t, s, "POST /policies/delete", `{"ids":["`+policy+`"]}`))
	assert.Len(t, store.Objects("policy"), 1)
	assert.Equal(t, "204", call(t, s, "DELETE /groups/"+id, ""))
	assert.Empty(t, store.Objects("policy"), "they go with their parent")
}

func TestListsAreCutIntoPages(t *testing.T) {
	_, s := service()
	for _, name := range []string{"web", "web-2", "db"} {
		require.Contains(t, call(t, s, "POST /groups", `{"config":{"name":"`+name+`"}}`), "201 ")
	}
	assert.Contains(t, call(t, s, "POST /groups", `{}`), "409 ")
	page := call(t, s, "GET /groups", "")
	assert.Equal(t, 2, strings.Count(page, `"id"`))
	assert.NotContains(t, page, "config", "the list shows some members")
	assert.Contains(t, page, `"page":{"next":"`+second+`"}`)
	page = call(t, s, "GET /groups?marker="+second, "")
	assert.Equal(t, 1, strings.Count(page, `"id"`))
	assert.NotContains(t, page, "next")
	assert.Equal(t, 3, strings.Count(call(t, s, "GET /groups?limit=100", ""), `"id"`), "no more than the most")
	assert.Equal(t, 2, strings.Count(call(t, s, "GET /groups?name=web", ""), `"id"`), "servers match fuzzily")
	assert.Equal(t, 0, strings.Count(call(t, s, "GET /groups?paused=true", ""), `"id"`))
	assert.Contains(t, call(t, s, "GET /links?limit=1", ""), `"links":[{"href":"/links?limit=1\u0026marker=`+first+`","rel":"next"}]`)
	assert.Contains(t, call(t, s, "GET /links?marker="+second, ""), `"links":[]`)
	assert.Contains(t, call(t, s, "GET /offset?start=2&limit=5", ""), `"total":3`)
	assert.Equal(t, 1, strings.Count(call(t, s, "GET /offset?start=2&limit=5", ""), `"made"`))
	assert.Contains(t, call(t, s, "GET /offset?start=99", ""), `"groups":[]`)
	assert.Contains(t, call(t, s, "GET /offset?start=-1", ""), `"groups":[{`)
}

func TestPut(t *testing.T) {
	store, s := service()
	require.NoError(t, store.Put("group", "", `{"id":"mine","state":{"active":0}}`))
	require.NoError(t, store.Put("group", "", `{"id":"mine","state":{"active":7}}`))
	assert.Len(t, store.Objects("group"), 1)
	assert.Contains(t, call(t, s, "GET /groups/mine", ""), `"active":7`)
	require.Error(t, store.Put("server", "", `{}`))
	require.Error(t, store.Put("group", "", `[]`))
}

// TestFlowsInACircleEnd holds that what follows itself is bounded.
func TestFlowsInACircleEnd(t *testing.T) {
	store := New([]Table{{What: "x", ID: "id", Flows: []Flow{
		{When: map[string][]string{"s": {"a"}}, Set: `{"s":"b"}`}, {When: map[string][]string{"s": {"b"}}, Set: `{"s":"a"}`},
	}}}, nil)
	require.NoError(t, store.Put("x", "", `{"id":"1","s":"a"}`))
	assert.Len(t, store.Objects("x"), 1)
}

// TestWhatIsReplacedKeepsNothingOfBefore leaves what the server says of itself.
func TestWhatIsReplacedKeepsNothingOfBefore(t *testing.T) {
	_, s := service()
	call(t, s, "POST /groups", `{"config":{"name":"web"}}`)
	call(t, s, "POST /groups/"+first+"/policies", `[{"name":"up","change":1}]`)
	assert.Equal(t, `200 {"change":1,"group":"`+first+`","id":"`+second+`","name":"down"}`, call(t, s, "PUT /groups/"+first+"/policies/"+second, `{"name":"down"}`))
	assert.Equal(t, `200 {"group":"`+first+`","id":"`+second+`","name":"down","percent":5}`, call(t, s, "PATCH /groups/"+first+"/policies/"+second, `{"percent":5}`))
	assert.Equal(t, `202`, call(t, s, "POST /secret/whatever", ""))
}

func TestWithoutAStoreItIsTheTimeOfTheMachine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		assert.Equal(t, time.Now(), (*Store)(nil).Now())
	})
}
