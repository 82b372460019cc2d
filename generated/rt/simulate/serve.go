package simulate

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generated/rt"
	"github.com/pantograph-go/pantograph/generated/rt/fake"
)

// Serve answers a request that the fake server has found to be as the document wants it.
func (s *Store) Serve(x *fake.Exchange) {
	s.mu.Lock()
	defer s.mu.Unlock()
	act, ok := s.acts[x.Operation()]
	if !ok {
		x.Unset(x.Operation())
		return
	}
	s.catchUp()
	answer, err := s.do(act, x)
	switch {
	case err != nil && !act.Quiet:
		x.Error(err)
	case act.Empty:
		x.Answer(act.Status, nil, nil)
	default:
		x.Answer(act.Status, answer, nil)
	}
}

// do carries out an act and returns the body of its answer.
func (s *Store) do(act Act, x *fake.Exchange) (any, error) {
	parent := ""
	if act.Parent != "" {
		parent = unescaped(x.Path(act.Parent))
		if t := s.tables[act.Table].Parent; t > 0 {
			if _, err := s.find(t-1, parent, ""); err != nil {
				return nil, err
			}
		}
	}
	switch {
	case act.Kind == Join:
		return nil, s.join(act, parent, x.RawBody())
	case act.Kind == Create:
		return s.created(act, parent, x.RawBody())
	case act.Kind == List:
		return s.listed(act, parent, x.Request().URL)
	case act.Each != "":
		return s.each(act, parent, x.RawBody())
	case act.Kind == Note:
		return nil, nil
	}
	r, err := s.meant(act, unescaped(x.Path(act.ID)), parent)
	if err != nil {
		return nil, err
	}
	return s.change(act, r, x.RawBody(), x.Request().URL.Query())
}

// meant is the resource that a path names: by its own id, or by that of what belongs to it.
func (s *Store) meant(act Act, id, parent string) (*row, error) {
	if act.Through == 0 {
		return s.find(act.Table, id, parent)
	}
	below, err := s.find(act.Through-1, id, "")
	if err != nil {
		return nil, err
	}
	return s.find(act.Table, below.parent, "")
}

// lacks is the failure of what a resource, or one that it belongs to, is not as the act needs it.
func (s *Store) lacks(act Act, r *row, query url.Values) error {
	for _, n := range act.Needs {
		if n.Unless != "" && slices.Contains([]string{"true", "yes"}, query.Get(n.Unless)) {
			continue
		}
		of, table := r, act.Table
		for n.Of > 0 && table != n.Of-1 && of != nil {
			of, table = s.above(table, of), s.tables[table].Parent-1
		}
		if of != nil && !slices.Contains(n.Values, text(at(of.object, strings.Split(n.Member, ".")))) {
			return n.Or.error()
		}
	}
	return nil
}

// unescaped is a path parameter as it was meant.
func unescaped(v string) string {
	if plain, err := url.PathUnescape(v); err == nil {
		return plain
	}
	return v
}

// change does to one resource what the act says.
func (s *Store) change(act Act, r *row, body []byte, query url.Values) (any, error) {
	if err := s.lacks(act, r, query); err != nil {
		return nil, err
	}
	before := clone(r.object).(map[string]any)
	switch act.Kind {
	case Run:
		return nil, s.run(act.Table, r)
	case Leave:
		return nil, s.leave(act, []*row{r}, query)
	case Delete: // many services answer what is gone, or its id
		gone := act.answer(s.shown(act.Table, r))
		s.remove(act.Table, r)
		return gone, nil
	case Update, Put:
		v, err := read(body)
		if err != nil {
			return nil, &rt.Error{Status: http.StatusBadRequest, Message: err.Error()}
		}
		if inner, ok := v[act.Body].(map[string]any); ok && act.Body != "" {
			v = inner
		}
		if act.Kind == Put {
			set(r.object, act.At, clone(v))
		} else {
			into := r.object
			if inner, ok := at(r.object, act.At).(map[string]any); ok {
				into = inner
			}
			for _, name := range act.All {
				delete(into, name)
			}
			for name, x := range v {
				into[name] = clone(x)
			}
		}
		r.changed = s.now()
	case Set:
		r.changed = s.now()
	}
	s.assign(act.Table, r, act.Set, false, s.now())
	s.assign(act.Table, r, act.Set, true, s.now())
	if err := s.outside(act.Table, r); err != nil {
		r.object = before
		return nil, err
	}
	if act.Kind != Get && act.Kind != Part {
		s.adjust(act.Table, r, change{at: s.now()})
	}
	object := any(s.shown(act.Table, r))
	if len(act.At) > 0 {
		object = at(object, act.At)
	}
	return act.answer(object), nil
}

// answer is a result as the operation answers it.
func (a Act) answer(v any) any {
	if object, ok := v.(map[string]any); ok && len(a.Only) > 0 {
		some := map[string]any{}
		for _, name := range a.Only {
			if x, ok := object[name]; ok {
				some[name] = x
			}
		}
		v = some
	}
	if a.Wrap != "" {
		return map[string]any{a.Wrap: v}
	}
	return v
}

// created makes what a request says.
func (s *Store) created(act Act, parent string, body []byte) (any, error) {
	var items []map[string]any
	var err error
	if act.Many {
		err = decode(body, &items)
	} else {
		items = make([]map[string]any, 1)
		err = decode(body, &items[0])
	}
	if err != nil {
		return nil, &rt.Error{Status: http.StatusBadRequest, Message: err.Error()}
	}
	var made []any
	var rows []*row
	for _, item := range items {
		r, err := s.create(act.Table, parent, item, asked)
		if err != nil {
			for _, r := range rows { // all or none
				s.remove(act.Table, r)
			}
			return nil, err
		}
		rows = append(rows, r)
		made = append(made, s.shown(act.Table, r))
	}
	if act.Many {
		return Act{Wrap: act.Wrap}.answer(made), nil
	}
	return act.answer(made[0]), nil
}

// each does to all resources that the body lists what the act says: to none, when one is missing.
func (s *Store) each(act Act, parent string, body []byte) (any, error) {
	v, err := read(body)
	if err != nil {
		return nil, &rt.Error{Status: http.StatusBadRequest, Message: err.Error()}
	}
	ids, _ := v[act.Each].([]any)
	var rows []*row
	for _, id := range ids {
		r, err := s.find(act.Table, text(id), parent)
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	for _, r := range rows {
		if err := s.lacks(act, r, nil); err != nil {
			return nil, err
		}
	}
	if act.Kind == Leave {
		return nil, s.leave(act, rows, nil)
	}
	for _, r := range rows {
		if _, err := s.change(act, r, nil, nil); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// listed answers a page.
func (s *Store) listed(act Act, parent string, at *url.URL) (any, error) {
	p, query := act.Page, at.Query()
	var all []*row
	for _, r := range s.rows[act.Table] {
		if s.settle(act.Table, r); (act.Parent == "" || r.parent == parent) && p.fits(r.object, query) {
			all = append(all, r)
		}
	}
	if s.tables[act.Table].Newest {
		slices.Reverse(all)
	}
	size := p.Size
	if n, err := strconv.Atoi(query.Get(p.Limit)); err == nil && n > 0 && p.Limit != "" {
		size = n
	}
	if p.Most > 0 && (size > p.Most || size <= 0) {
		size = p.Most
	}
	from := 0
	if cursor := query.Get(p.Cursor); cursor != "" && p.Cursor != "" {
		if p.Number {
			from, _ = strconv.Atoi(cursor)
		} else {
			from = 1 + slices.IndexFunc(all, func(r *row) bool { return r.id == cursor })
		}
	}
	from = min(max(from, 0), len(all))
	end := len(all)
	if size > 0 {
		end = min(from+size, len(all))
	}
	items := []any{}
	for _, r := range all[from:end] {
		items = append(items, Act{Only: act.Only}.answer(s.shown(act.Table, r)))
	}
	out := map[string]any{}
	set(out, p.Items, items)
	if len(p.Total) > 0 {
		set(out, p.Total, json.Number(strconv.Itoa(len(all))))
	}
	more := end < len(all)
	if len(p.Next) > 0 && more {
		set(out, p.Next, all[end-1].id)
	}
	if len(p.Link) > 0 {
		s.link(out, p, at, more, all, end, size)
	}
	return out, nil
}

// link says where the next page is.
func (s *Store) link(out map[string]any, p *Page, at *url.URL, more bool, all []*row, end, size int) {
	next := ""
	if more {
		u := *at
		q := u.Query()
		q.Set(p.Cursor, all[end-1].id)
		if p.Limit != "" {
			q.Set(p.Limit, strconv.Itoa(size))
		}
		u.RawQuery = q.Encode()
		next = u.String()
	}
	switch {
	case p.Rel && next == "":
		set(out, p.Link, []any{})
	case p.Rel:
		set(out, p.Link, []any{map[string]any{"href": next, "rel": "next"}})
	case next != "":
		set(out, p.Link, next)
	}
}

// fits reports whether a resource is what the query asks for.
func (p *Page) fits(object map[string]any, query url.Values) bool {
	for name, member := range p.Match {
		want, ok := query[name]
		if !ok || len(want) == 0 || want[0] == "" {
			continue
		}
		have := text(at(object, strings.Split(member, ".")))
		if name == p.Fuzzy {
			if !strings.Contains(have, want[0]) {
				return false
			}
		} else if have != want[0] {
			return false
		}
	}
	return true
}
