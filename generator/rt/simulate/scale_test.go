package simulate

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt/fake"
)

// fleet is a fake of groups of servers, with policies that scale them.
func fleet(away bool) (*Store, *fake.Server) {
	busy := Need{Of: 1, Member: "paused", Values: []string{"false"}, Or: Failure{403, "Paused", "It rests."}}
	store := New([]Table{
		{
			What: "group", ID: "id", Initial: `{"paused":false,"wanted":"=min"}`, Missing: missing,
			Capacity: &Capacity{
				Number: "wanted", Least: "min", Most: "max", Outside: Failure{400, "Outside", ""}, Cooldown: "rest", When: map[string][]string{"paused": {"false"}},
				Ready: "count", Pending: "pending", Busy: "busy", List: "list",
				Units: 2, Comes: Phase{For: time.Minute, Set: `{"state":"NEW"}`}, There: `{"state":"UP"}`, Goes: Phase{For: 30 * time.Second, Set: `{"state":"GOING"}`},
				Keep: map[string][]string{"kept": {"true"}}, Log: &Log{Table: 3, Set: `{"from":"=from","to":"=to","by":"=change","in":"=came","out":"=went","why":"by itself"}`, Run: `{"why":"{run.name} of {of.name} {unknown} {"}`},
			},
		},
		{What: "policy", ID: "id", Parent: 1, Missing: missing, Scale: &Scale{
			To: "to", By: "by", Percent: "percent", Away: away, Operation: &Operation{Member: "do", More: []string{"ADD"}, Less: []string{"REMOVE", "REDUCE"}, Exactly: []string{"SET"}},
			Otherwise: 1, Cooldown: "rest", Cooling: Failure{403, "Cooling", "It cools down."}, Unchanged: Failure{403, "Same", "Nothing changes."}, Full: Failure{400, "Full", "There may be no more."},
			Log: &Log{Table: 4, Set: `{"old":"{from}","new":"{to}","do":"=operation","at":"{now}"}`},
		}},
		{What: "server", ID: "id", Name: "name", Parent: 1, Initial: `{"name":"{id}","of":"=^name"}`, Missing: missing},
		{What: "action", ID: "id", Parent: 1, Initial: `{"state":"DOING"}`, Newest: true, Flows: []Flow{{When: map[string][]string{"state": {"DOING"}}, After: time.Minute, Set: `{"state":"DONE","end":"{now}"}`}}},
		{What: "execution", ID: "id", Parent: 2},
		{What: "hook", ID: "id", Parent: 2, Missing: missing},
	}, map[string]Act{
		"Create":  {Kind: Create, Status: 201},
		"Get":     {Kind: Get, ID: "id", Status: 200},
		"Update":  {Kind: Update, ID: "id", Status: 204, Empty: true},
		"Pause":   {Kind: Set, ID: "id", Set: `{"paused":true}`, Status: 204, Empty: true},
		"Resume":  {Kind: Set, ID: "id", Set: `{"paused":false}`, Status: 204, Empty: true},
		"Run":     {Kind: Run, Table: 1, ID: "id", Needs: []Need{busy}, Status: 204, Empty: true},
		"Hook":    {Kind: Run, Table: 1, ID: "id", Through: 6, Quiet: true, Needs: []Need{busy}, Status: 202, Empty: true},
		"Servers": {Kind: List, Table: 2, Parent: "id", Status: 200, Page: &Page{Items: []string{"servers"}}},
		"Take":    {Kind: Leave, Table: 2, ID: "id", Replaced: "replace", Below: Failure{403, "TooFew", ""}, Status: 204, Empty: true},
		"Remove":  {Kind: Leave, Table: 2, Parent: "id", Each: "ids", Below: Failure{403, "TooFew", ""}, Needs: []Need{{Member: "state", Values: []string{"UP"}, Or: Failure{400, "NotUp", ""}}}, Status: 204, Empty: true},
		"Add":     {Kind: Join, Table: 2, Parent: "id", Each: "ids", Above: Failure{400, "TooMany", ""}, Taken: Failure{400, "Taken", ""}, Needs: []Need{busy}, Status: 204, Empty: true},
		"Keep":    {Kind: Set, Table: 2, Parent: "id", Each: "ids", Set: `{"kept":true}`, Status: 204, Empty: true},
		"Log":     {Kind: List, Table: 3, Parent: "id", Status: 200, Page: &Page{Items: []string{"log"}}},
	})
	route := func(id, method, path string) fake.Route {
		return fake.Route{ID: id, Method: method, Path: path, Serve: store.Serve}
	}
	return store, fake.New(fake.Config{},
		route("Create", "POST", "/groups"), route("Get", "GET", "/groups/{id}"), route("Update", "PUT", "/groups/{id}"), route("Pause", "POST", "/groups/{id}/pause"),
		route("Resume", "POST", "/groups/{id}/resume"), route("Run", "POST", "/run/{id}"), route("Hook", "POST", "/hook/{id}"), route("Servers", "GET", "/groups/{id}/servers"),
		route("Take", "DELETE", "/servers/{id}"), route("Remove", "POST", "/groups/{id}/remove"), route("Add", "POST", "/groups/{id}/add"), route("Keep", "POST", "/groups/{id}/keep"), route("Log", "GET", "/groups/{id}/log"),
	)
}

// TestARunChangesTheCapacity by all the ways there are to say by how much.
func TestARunChangesTheCapacity(t *testing.T) {
	for _, c := range []struct {
		policy string
		away   bool
		from   string
		want   string
	}{
		{`{"by":2}`, false, "4", `"wanted":6`},
		{`{"by":-3}`, false, "4", `"wanted":1`},
		{`{"by":-9}`, false, "4", `"wanted":1`},
		{`{"by":900}`, false, "4", `"wanted":10`},
		{`{"by":1,"do":"REDUCE"}`, false, "4", `"wanted":3`},
		{`{"do":"REMOVE"}`, false, "4", `"wanted":3`},
		{`{}`, false, "4", `"wanted":5`},
		{`{"by":7,"do":"SET"}`, false, "4", `"wanted":7`},
		{`{"to":8}`, false, "4", `"wanted":8`},
		{`{"percent":30}`, false, "4", `"wanted":5`},
		{`{"percent":30}`, true, "4", `"wanted":6`},
		{`{"percent":-30}`, true, "4", `"wanted":2`},
		{`{"percent":-30}`, false, "4", `"wanted":3`},
		{`{"percent":30,"do":"REDUCE"}`, false, "4", `"wanted":3`},
		{`{"percent":0.5}`, true, "4", `"wanted":5`},
		{`{"percent":200,"do":"SET"}`, false, "4", `"wanted":8`},
		{`{"percent":50}`, true, "4", `"wanted":6`},
		{`{"percent":10}`, false, "4", "403 Same"},
		{`{"to":4}`, false, "4", "403 Same"},
		{`{"by":1}`, false, "10", "400 Full"},
		{`{"by":-1}`, false, "1", "403 Same"},
		{`{"by":1e300}`, false, "4", `"wanted":10`},
	} {
		t.Run(c.policy+" of "+c.from, func(t *testing.T) {
			store, s := fleet(c.away)
			require.NoError(t, store.Put("group", "", `{"id":"g","min":1,"max":10,"paused":false,"count":`+c.from+`,"wanted":`+c.from+`}`))
			require.NoError(t, store.Put("policy", "g", `{"id":"p",`+strings.TrimPrefix(strings.Replace(c.policy, "{}", `{"x":1}`, 1), "{")))
			got := call(t, s, "POST /run/p", "")
			if status, code, failed := strings.Cut(c.want, " "); failed {
				assert.Contains(t, got, status)
				assert.Contains(t, got, code)
				return
			}
			assert.Equal(t, "204", got)
			assert.Contains(t, call(t, s, "GET /groups/g", ""), c.want)
		})
	}
}

// TestUnitsComeAndGo follows the servers of a group through their lives, and what the log says.
func TestUnitsComeAndGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, s := fleet(false)
		require.Contains(t, call(t, s, "POST /groups", `{"name":"web","min":2,"max":4,"rest":10}`), `201`)
		g := "/groups/" + first
		assert.Contains(t, call(t, s, "GET "+g, ""), `"busy":true,"count":0,"id":"`+first+`","list":[],`)
		assert.Contains(t, call(t, s, "GET "+g, ""), `"pending":2`)
		assert.Equal(t, 2, strings.Count(call(t, s, "GET "+g+"/servers", ""), `"of":"web","state":"NEW"`))
		store.Advance(time.Minute)
		assert.Equal(t, 2, strings.Count(call(t, s, "GET "+g+"/servers", ""), `"state":"UP"`))
		assert.Contains(t, call(t, s, "GET "+g, ""), `"busy":false,"count":2,`)
		assert.Contains(t, call(t, s, "GET "+g+"/log", ""), `"by":2,"end":"2000-01-01T00:01:00Z","from":0,"id":"`, "the time at which it ended, not that of the look")

		require.NoError(t, store.Put("policy", first, `{"id":"up","name":"up","by":1,"rest":30}`))
		require.NoError(t, store.Put("policy", first, `{"id":"down","by":-1}`))
		require.NoError(t, store.Put("hook", "up", `{"id":"hook"}`))
		assert.Equal(t, "204", call(t, s, "POST /run/up", ""))
		assert.Contains(t, call(t, s, "POST /run/down", ""), "Cooling", "what the group belongs to rests")
		store.Advance(10 * time.Second)
		assert.Contains(t, call(t, s, "POST /run/up", ""), "Cooling", "the policy rests longer")
		assert.Equal(t, "202", call(t, s, "POST /hook/hook", ""), "who has the link is told nothing")
		assert.Equal(t, "202", call(t, s, "POST /hook/nobody", ""))
		assert.Contains(t, call(t, s, "GET "+g, ""), `"wanted":3`)
		store.Advance(20 * time.Second)
		assert.Equal(t, "202", call(t, s, "POST /hook/hook", ""))
		assert.Contains(t, call(t, s, "GET "+g, ""), `"wanted":4`)
		log := call(t, s, "GET "+g+"/log", "")
		assert.Less(t, strings.Index(log, `"to":4`), strings.Index(log, `"to":2`), "the newest is first")
		assert.Contains(t, log, `"why":"up of web {unknown} {"`)
		assert.Contains(t, log, `"why":"by itself"`)
		assert.Len(t, store.Objects("execution"), 2)
		assert.Contains(t, string(store.Objects("execution")[1]), `"at":"2000-01-01T00:01:30Z","do":"ADD"`)
		assert.Contains(t, string(store.Objects("execution")[1]), `"new":"4","old":"3"`)

		store.Advance(time.Hour)
		servers := store.Objects("server")
		require.Len(t, servers, 4)
		oldest := idOf(string(servers[0]))
		assert.Equal(t, "204", call(t, s, "POST "+g+"/keep", `{"ids":["`+oldest+`"]}`))
		assert.Equal(t, "204", call(t, s, "POST /run/down", ""))
		assert.Contains(t, call(t, s, "GET "+g, ""), `"count":4,`, "it is there until it is gone")
		assert.Contains(t, call(t, s, "GET "+g, ""), `"pending":-1`)
		list := call(t, s, "GET "+g+"/servers", "")
		assert.Contains(t, list, `"state":"GOING"`)
		store.Advance(30 * time.Second)
		servers = store.Objects("server")
		require.Len(t, servers, 3)
		assert.Equal(t, oldest, idOf(string(servers[0])), "what is protected stays")

		assert.Equal(t, "204", call(t, s, "POST "+g+"/pause", ""))
		assert.Contains(t, call(t, s, "POST /run/up", ""), "Paused")
		assert.Contains(t, call(t, s, "PUT "+g, `{"wanted":9}`), "Outside")
		assert.Contains(t, call(t, s, "GET "+g, ""), `"wanted":3`, "what is refused changes nothing")
		assert.Equal(t, "204", call(t, s, "PUT "+g, `{"wanted":2}`))
		assert.Contains(t, call(t, s, "GET "+g, ""), `"busy":false,"count":3`, "nothing happens while it rests")
		assert.Equal(t, "204", call(t, s, "POST "+g+"/resume", ""))
		assert.Contains(t, call(t, s, "GET "+g, ""), `"busy":true,"count":3`)
	})
}

func idOf(object string) string {
	return object[strings.Index(object, `"id":"`)+6:][:36]
}

// TestUnitsAreTakenOutAndAdded by hand.
func TestUnitsAreTakenOutAndAdded(t *testing.T) {
	store, s := fleet(false)
	require.NoError(t, store.Put("group", "", `{"id":"g","min":1,"max":3,"paused":false,"count":2,"wanted":2,"list":[{"id":"a","state":"UP"}]}`))
	require.Len(t, store.Objects("server"), 2, "those of the list, and as many as it says")
	assert.Equal(t, "204", call(t, s, "DELETE /servers/a", ""), "another one takes its place")
	assert.Contains(t, call(t, s, "GET /groups/g", ""), `"wanted":2`)
	require.Len(t, store.Objects("server"), 3)
	store.Advance(time.Hour)
	require.Len(t, store.Objects("server"), 2)
	one, two := idOf(string(store.Objects("server")[0])), idOf(string(store.Objects("server")[1]))
	assert.Equal(t, "204", call(t, s, "DELETE /servers/"+one+"?replace=false", ""))
	assert.Contains(t, call(t, s, "GET /groups/g", ""), `"wanted":1`)
	assert.Contains(t, call(t, s, "DELETE /servers/"+two+"?replace=false", ""), "TooFew")
	assert.Contains(t, call(t, s, "DELETE /servers/nobody", ""), "404")
	assert.Contains(t, call(t, s, "POST /groups/g/remove", `{"ids":["`+two+`"]}`), "TooFew")
	assert.Contains(t, call(t, s, "POST /groups/g/add", `{"ids":["x","y","z"]}`), "TooMany")
	assert.Contains(t, call(t, s, "POST /groups/g/add", `{"ids":["`+two+`"]}`), "Taken")
	assert.Contains(t, call(t, s, "POST /groups/nobody/add", `{"ids":["x"]}`), "404")
	assert.Equal(t, "204", call(t, s, "POST /groups/g/add", `{"ids":["x"]}`))
	assert.Contains(t, call(t, s, "GET /groups/g", ""), `"wanted":2`)
	assert.Contains(t, call(t, s, "POST /groups/g/remove", `{"ids":["x"]}`), "NotUp")
	store.Advance(time.Hour)
	assert.Equal(t, "204", call(t, s, "POST /groups/g/remove", `{"ids":["x"]}`))
	store.Advance(time.Hour)
	assert.Contains(t, call(t, s, "GET /groups/g", ""), `"list":[{"id":"`+two)
	log := call(t, s, "GET /groups/g/log", "")
	assert.Contains(t, log, `"in":"`)
	assert.Contains(t, log, `"out":"`)
	require.NoError(t, store.Put("group", "", `{"id":"huge","min":2000000000,"count":2000000000,"wanted":2000000000,"paused":false}`))
	assert.Less(t, len(store.Objects("server")), 1_100, "a number does not fill the memory")
	require.NoError(t, store.Put("group", "", `{"id":"plain"}`))
	assert.Contains(t, call(t, s, "GET /groups/plain", ""), `{"id":"plain"}`, "without a number it is left alone")
}

// TestWhatIsDeletedIsAnswered where the service answers something.
func TestWhatIsDeletedIsAnswered(t *testing.T) {
	store := New([]Table{{What: "x", ID: "id"}}, map[string]Act{"Delete": {Kind: Delete, ID: "id", Status: 200, Only: []string{"id", "deleted"}}})
	require.NoError(t, store.Put("x", "", `{"id":"1","name":"one"}`))
	s := fake.New(fake.Config{}, fake.Route{ID: "Delete", Method: "DELETE", Path: "/x/{id}", Serve: store.Serve})
	assert.Equal(t, `200 {"id":"1"}`, call(t, s, "DELETE /x/1", ""))
}
