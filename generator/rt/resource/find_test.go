package resource

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt"
)

type group struct{ ID, Name, State string }

func groupKey(g *group) (id, name string) { return g.ID, g.Name }

// server holds groups, and counts what it is asked.
type server struct {
	groups []group
	err    error // of get, for ids that it does not have
	gets   int
	lists  int
}

var errMissing = &rt.Error{Operation: "GetGroup", Status: 404, Class: rt.ErrNotFound}

func (s *server) get(id string) func() (*group, error) {
	return func() (*group, error) {
		s.gets++
		for i := range s.groups {
			if s.groups[i].ID == id {
				return &s.groups[i], nil
			}
		}
		return nil, s.err
	}
}

func (s *server) list() iter.Seq2[*group, error] {
	return func(yield func(*group, error) bool) {
		s.lists++
		for i := range s.groups {
			if !yield(&s.groups[i], nil) {
				return
			}
		}
	}
}

func TestFindGoesByIdThenByExactName(t *testing.T) {
	groups := []group{{ID: "1", Name: "web"}, {ID: "2", Name: "webs"}, {ID: "3", Name: "Web"}, {ID: "web2", Name: "x"}, {ID: "5", Name: "web2"},
		{ID: "6", Name: "twin"}, {ID: "7", Name: "twin"}}
	for _, tt := range []struct {
		text  string
		id    string // found
		lists int
		err   string
	}{
		{"1", "1", 0, ""},
		{"web", "1", 1, ""},
		{"Web", "3", 1, ""},
		{"web2", "web2", 0, ""}, // the id wins
		{"we", "", 1, `no group has the name or id "we"`},
		{"twin", "", 1, `2 of type group have the name "twin": "6", "7"`},
		{"", "", 0, `group "name or id" is empty`},
	} {
		t.Run(tt.text, func(t *testing.T) {
			s := &server{groups: groups, err: errMissing}
			v, err := Find("group", tt.text, s.get(tt.text), s.list(), groupKey)
			assert.Equal(t, tt.lists, s.lists)
			if tt.err != "" {
				require.EqualError(t, err, tt.err)
				assert.Nil(t, v)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, tt.id, v.ID)
		})
	}
}

func TestAnIdAmongTheItemsWinsOverNames(t *testing.T) {
	s := &server{groups: []group{{ID: "1", Name: "x"}, {ID: "2", Name: "x"}, {ID: "x", Name: "other"}}}
	v, err := Lookup("group", "x", s.list(), groupKey)
	require.NoError(t, err)
	assert.Equal(t, "x", v.ID)
}

func TestWhatIsListedTwiceIsOne(t *testing.T) {
	s := &server{groups: []group{{ID: "1", Name: "x"}, {ID: "2", Name: "y"}, {ID: "1", Name: "x"}}}
	v, err := Lookup("group", "x", s.list(), groupKey)
	require.NoError(t, err)
	assert.Equal(t, "1", v.ID)
}

func TestOnlyFailuresThatMeanNoSuchIdLeadToTheList(t *testing.T) {
	denied := &rt.Error{Status: 403, Class: rt.ErrPermissionDenied}
	for _, tt := range []struct {
		name  string
		err   error
		lists int
	}{
		{"404", errMissing, 1},
		{"a code that means it", &rt.Error{Status: 400, Code: "AS.3020", Class: rt.ErrNotFound}, 1},
		{"a text that is no path segment", &rt.ParamError{In: "path", Name: "id", Reason: "holds a slash"}, 1},
		{"an option that is wrong", &rt.ParamError{In: "option", Reason: "is wrong"}, 0},
		{"403", denied, 0},
		{"500", &rt.Error{Status: 500, Class: rt.ErrInternal}, 0},
		{"a connection", &rt.TransportError{Err: errors.New("reset")}, 0},
		{"a dry run", rt.ErrDryRun, 0},
		{"an end", context.Canceled, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := &server{groups: []group{{ID: "1", Name: "web"}}, err: tt.err}
			v, err := Find("group", "web", s.get("web"), s.list(), groupKey)
			assert.Equal(t, tt.lists, s.lists)
			if tt.lists == 0 {
				assert.Equal(t, tt.err, err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, "1", v.ID)
		})
	}
}

func TestAnAnswerThatIsSomethingElseIsNotBelieved(t *testing.T) {
	s := &server{groups: []group{{ID: "1", Name: "detail"}}}
	for _, answer := range []*group{nil, {}, {ID: "9", Name: "other"}} {
		v, err := Find("group", "detail", func() (*group, error) { return answer, nil }, s.list(), groupKey)
		require.NoError(t, err)
		assert.Equal(t, "1", v.ID)
	}
	v, err := Find("group", "ABC", func() (*group, error) { return &group{ID: "abc"}, nil }, s.list(), groupKey)
	require.NoError(t, err)
	assert.Equal(t, "abc", v.ID)
}

func TestNotFoundIsTheClassAndSaysWhatTheServerSaid(t *testing.T) {
	s := &server{err: errMissing}
	_, err := Find("group", "web", s.get("web"), s.list(), groupKey)
	require.ErrorIs(t, err, rt.ErrNotFound)
	require.NotErrorIs(t, err, rt.ErrInvalid)
	var e *rt.Error
	require.ErrorAs(t, err, &e)
	assert.Same(t, errMissing, e)

	_, err = Lookup("group", "a\x1b[31m\n"+strings.Repeat("x", 500), s.list(), groupKey)
	require.ErrorIs(t, err, rt.ErrNotFound)
	assert.Less(t, len(err.Error()), 200)
	assert.NotContains(t, err.Error(), "\x1b")
}

func TestCandidatesAreBounded(t *testing.T) {
	s := &server{}
	for i := range 1000 {
		s.groups = append(s.groups, group{ID: fmt.Sprint(i), Name: "same"})
	}
	_, err := Lookup("group", "same", s.list(), groupKey)
	var e *AmbiguousError
	require.ErrorAs(t, err, &e)
	assert.Equal(t, 1000, e.Count)
	assert.Len(t, e.Candidates, MaxCandidates)
	assert.Equal(t, Candidate{"0", "same"}, e.Candidates[0])
	assert.True(t, strings.HasSuffix(err.Error(), `"19" and 980 more`), err)
}

func TestAListThatBreaksOffIsAnError(t *testing.T) {
	broken := errors.New("broken")
	list := func(yield func(*group, error) bool) {
		_ = yield(nil, nil) && yield(&group{ID: "1", Name: "web"}, nil) && yield(nil, broken)
	}
	_, err := Lookup("group", "web", list, groupKey)
	require.ErrorIs(t, err, broken)
}

func TestFindListedReadsWhatTheListFinds(t *testing.T) {
	type row struct{ ID, Label string }
	rows := func(yield func(*row, error) bool) { _ = yield(&row{"1", "web"}, nil) && yield(&row{"2", "gone"}, nil) }
	key := func(r *row) (id, name string) { return r.ID, r.Label }
	var asked []string
	get := func(id string) (*group, error) {
		asked = append(asked, id)
		if id == "1" {
			return &group{ID: "1", Name: "web", State: "ACTIVE"}, nil
		}
		return nil, errMissing
	}
	v, err := FindListed("group", "web", get, rows, key, groupKey)
	require.NoError(t, err)
	assert.Equal(t, "ACTIVE", v.State)
	assert.Equal(t, []string{"web", "1"}, asked)

	_, err = FindListed("group", "gone", get, rows, key, groupKey) // it went away in between
	require.ErrorIs(t, err, rt.ErrNotFound)
	_, err = FindListed("group", "none", get, rows, key, groupKey)
	require.ErrorIs(t, err, rt.ErrNotFound)
	_, err = FindListed("group", "none", func(string) (*group, error) { return nil, nil }, rows, key, groupKey)
	require.ErrorIs(t, err, rt.ErrNotFound)
	_, err = FindListed("group", "web", func(string) (*group, error) { return nil, nil }, rows, key, groupKey)
	require.ErrorIs(t, err, rt.ErrNotFound)
	_, err = FindListed("group", "", get, rows, key, groupKey)
	require.ErrorIs(t, err, rt.ErrInvalid)
}

func TestByNameAloneAnIdIsNoName(t *testing.T) {
	s := &server{groups: []group{{ID: "web", Name: "other"}, {ID: "2", Name: "web"}}, err: errMissing}
	get := func(id string) (*group, error) { return s.get(id)() }
	v, err := Named("group", "web", get, s.list(), groupKey, nil)
	require.NoError(t, err)
	assert.Equal(t, "2", v.ID)
	_, err = Named("group", "2", get, s.list(), groupKey, nil)
	require.ErrorIs(t, err, rt.ErrNotFound)
	_, err = Named("group", "", get, s.list(), groupKey, nil)
	require.ErrorIs(t, err, rt.ErrInvalid)
	_, err = Named("group", "web", func(string) (*group, error) { return nil, errMissing }, s.list(), groupKey, nil)
	require.ErrorIs(t, err, rt.ErrNotFound)
	_, err = Named("group", "none", func(string) (*group, error) { panic("read") }, s.list(), groupKey, nil)
	require.ErrorIs(t, err, rt.ErrNotFound)
}

func TestIdsThatAreNumbers(t *testing.T) {
	type id int64
	n, err := WholeNumber[id]("-42")
	require.NoError(t, err)
	assert.Equal(t, id(-42), n)
	for _, text := range []string{"", "web", "1.0", "1e2", "+1", "01", " 1", "9223372036854775808"} {
		_, err := WholeNumber[id](text)
		assert.True(t, notAnID(err), text)
	}
}

// Whatever there is: one result or one error, and the result has the id or, if no other has, the name.
func TestFindIsRightForAnyList(t *testing.T) {
	names := []string{"a", "b", "c", ""}
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 1))
		s := &server{err: errMissing}
		if seed%2 == 0 {
			s.err = &rt.ParamError{In: "path", Reason: "is no id"}
		}
		for range r.IntN(6) {
			s.groups = append(s.groups, group{ID: names[r.IntN(3)] + fmt.Sprint(r.IntN(2)), Name: names[r.IntN(4)]})
		}
		want := names[r.IntN(3)]
		if r.IntN(2) == 0 {
			want += "0"
		}
		ids := map[string]bool{}
		id := ""
		for _, g := range s.groups {
			if g.ID == want {
				id = want
			}
			if g.Name == want {
				ids[g.ID] = true
			}
		}
		v, err := Find("group", want, s.get(want), s.list(), groupKey)
		require.True(t, (v == nil) != (err == nil), "never both, never neither")
		var ambiguous *AmbiguousError
		switch {
		case id != "":
			require.NoError(t, err)
			require.Equal(t, id, v.ID)
		case len(ids) == 0:
			require.ErrorIs(t, err, rt.ErrNotFound)
		case len(ids) == 1:
			require.NoError(t, err)
			require.True(t, ids[v.ID])
		default:
			require.ErrorAs(t, err, &ambiguous)
			require.Len(t, ambiguous.Candidates, len(ids))
		}
	}
}

// TestNamesThatTheListLacksAreAskedFor finds what old servers list without its name.
func TestNamesThatTheListLacksAreAskedFor(t *testing.T) {
	type row struct{ ID, Label string }
	rows := func(yield func(*row, error) bool) {
		_ = yield(&row{"1", "db"}, nil) && yield(&row{"2", ""}, nil) && yield(&row{"3", ""}, nil) && yield(&row{"4", ""}, nil)
	}
	key := func(r *row) (id, name string) { return r.ID, r.Label }
	var asked []string
	get := func(id string) (*group, error) {
		switch asked = append(asked, id); id {
		case "3":
			return &group{ID: "3", Name: "web"}, nil
		case "4":
			return &group{ID: "4", Name: "other"}, nil
		}
		return nil, errMissing // 2 went away in between
	}
	v, err := Named("group", "web", get, rows, key, groupKey)
	require.NoError(t, err)
	assert.Equal(t, "3", v.ID)
	assert.Equal(t, []string{"2", "3", "4", "3"}, asked, "those with a name are not read")
	v, err = FindListed("group", "other", get, rows, key, groupKey)
	require.NoError(t, err)
	assert.Equal(t, "4", v.ID)
	broken := errors.New("broken")
	_, err = Named("group", "web", func(string) (*group, error) { return nil, broken }, rows, key, groupKey)
	require.ErrorIs(t, err, broken)
}
