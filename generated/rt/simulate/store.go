package simulate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/pantograph-go/pantograph/generated/rt"
)

// Store keeps resources. It is safe for many goroutines.
type Store struct {
	tables []Table
	acts   map[string]Act

	mu    sync.Mutex
	rows  [][]*row // by table, in the order of creation
	ahead time.Duration
	last  [2]int // number of the last id, by origin
}

// row is one resource.
type row struct {
	object  map[string]any
	id      string
	parent  string
	changed time.Time
	phase   phase     // of a unit of a capacity
	ran     time.Time // when it ran, or when something ran for it
}

// New returns an empty store. Acts are by the id of their operation.
func New(tables []Table, acts map[string]Act) *Store {
	return &Store{tables: tables, acts: acts, rows: make([][]*row, len(tables))}
}

// Now is the time of the store: that of the machine, and what Advance has added. Without a store it is the machine's.
func (s *Store) Now() time.Time {
	if s == nil {
		return time.Now()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now()
}

func (s *Store) now() time.Time { return time.Now().Add(s.ahead) }

// Advance lets time go by: what becomes of resources by itself happens.
func (s *Store) Advance(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ahead += d
}

// Objects are the resources of a kind as they are on the wire, in the order of creation. What is that of [Table].
func (s *Store) Objects(what string) []json.RawMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []json.RawMessage
	s.catchUp()
	for t := range s.tables {
		if s.tables[t].What != what {
			continue
		}
		for _, r := range s.rows[t] {
			s.settle(t, r)
			text, _ := json.Marshal(r.object)
			out = append(out, text)
		}
	}
	return out
}

// Put adds a resource, or replaces that of the same id, as a test wants it. The parent is the id of what it belongs to.
func (s *Store) Put(what, parent, object string) error {
	v, err := read([]byte(object))
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for t := range s.tables {
		if s.tables[t].What == what {
			id := text(v[s.tables[t].ID])
			s.rows[t] = slices.DeleteFunc(s.rows[t], func(r *row) bool { return r.id == id && r.parent == parent })
			r := &row{object: v, id: id, parent: parent, changed: s.now()}
			s.rows[t] = append(s.rows[t], r)
			s.adopt(t, r)
			return nil
		}
	}
	return fmt.Errorf("simulate: nothing is called %q", what)
}

// read decodes an object, numbers as they are.
func read(data []byte) (map[string]any, error) {
	var v map[string]any
	err := decode(data, &v)
	return v, err
}

func decode(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return d.Decode(v)
}

// text is a scalar as text.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return fmt.Sprint(v)
	}
	return ""
}

// at is the member at a path; nil when there is none.
func at(v any, path []string) any {
	for _, name := range path {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[name]
	}
	return v
}

// set puts a member at a path, and makes the objects on the way.
func set(m map[string]any, path []string, v any) {
	for _, name := range path[:len(path)-1] {
		inner, ok := m[name].(map[string]any)
		if !ok {
			inner = map[string]any{}
			m[name] = inner
		}
		m = inner
	}
	m[path[len(path)-1]] = v
}

// clone is a deep copy.
func clone(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			out[k] = clone(x)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = clone(x)
		}
		return out
	}
	return v
}

// assign sets members as a description says: paths with dots, "=path" for the value of another member, and "=^path" for that of
// one of the parent. Those that are values of others, and those that are not, are set apart.
func (s *Store) assign(table int, r *row, description string, others bool, now time.Time) {
	if description == "" {
		return
	}
	values, _ := read([]byte(description)) // generated
	for _, path := range sorted(values) {
		v := values[path]
		from, ok := v.(string)
		if ok = ok && strings.HasPrefix(from, "="); ok != others {
			continue
		}
		if ok {
			var known bool
			if v, known = s.other(table, r, from[1:]); !known {
				continue // there is nothing to copy
			}
		} else {
			v = fill(v, map[string]any{"id": r.id, "parent": r.parent, "now": clock(now)})
		}
		set(r.object, strings.Split(path, "."), v)
	}
}

// other is the value of another member: of the resource, or with ^ before its path, of what it belongs to.
func (s *Store) other(table int, r *row, path string) (any, bool) {
	of := r
	if strings.HasPrefix(path, "^") {
		if of = s.above(table, r); of == nil {
			return nil, false
		}
		path = path[1:]
	}
	v := at(of.object, strings.Split(path, "."))
	return clone(v), v != nil
}

// above is what a resource belongs to; nil when that is nothing.
func (s *Store) above(table int, r *row) *row {
	if up := s.tables[table].Parent; up > 0 {
		for _, x := range s.rows[up-1] {
			if x.id == r.parent {
				return x
			}
		}
	}
	return nil
}

func sorted(m map[string]any) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// settle lets happen what time has brought.
func (s *Store) settle(table int, r *row) {
	for range 100 { // of flows in a circle
		i := slices.IndexFunc(s.tables[table].Flows, func(f Flow) bool { return fits(r.object, f.When) && !s.now().Before(r.changed.Add(f.After)) })
		if i < 0 {
			break
		}
		f := s.tables[table].Flows[i]
		before, _ := json.Marshal(r.object)
		r.changed = r.changed.Add(f.After)
		s.assign(table, r, f.Set, false, r.changed)
		s.assign(table, r, f.Set, true, r.changed)
		if after, _ := json.Marshal(r.object); bytes.Equal(before, after) {
			break
		}
		s.adjust(table, r, change{at: r.changed})
	}
	s.measure(table, r)
}

// fits reports whether members have the values that they have to have.
func fits(object map[string]any, when map[string][]string) bool {
	for path, values := range when {
		if !slices.Contains(values, text(at(object, strings.Split(path, ".")))) {
			return false
		}
	}
	return true
}

// find finds a resource. A parent that is given has to be its own.
func (s *Store) find(table int, id, parent string) (*row, error) {
	for _, r := range s.rows[table] {
		if r.id == id && (parent == "" || r.parent == parent) {
			s.settle(table, r)
			return r, nil
		}
	}
	return nil, s.tables[table].Missing.error()
}

func (f Failure) error() error {
	if f.Status == 0 {
		f.Status = 404
	}
	return &rt.Error{Status: f.Status, Code: f.Code, Message: f.Message}
}

// origin is who made something. What requests make is numbered by itself, whatever comes of it.
type origin int

const (
	asked origin = iota
	byItself
)

// newID makes an id: like those of the world, and the same in each run.
func (s *Store) newID(by origin) string {
	s.last[by]++
	return fmt.Sprintf("00000000-0000-4000-%d000-%012d", 8+by, s.last[by])
}

// below is how many resources belong to a parent.
func (s *Store) below(table int, parent string) int {
	n := 0
	for _, r := range s.rows[table] {
		if r.parent == parent {
			n++
		}
	}
	return n
}

// create adds a resource and what its request lists with it.
func (s *Store) create(table int, parent string, body map[string]any, by origin) (*row, error) {
	t := &s.tables[table]
	if parent == "" && t.ParentID != "" {
		parent = text(at(body, strings.Split(t.ParentID, ".")))
	}
	if t.Parent > 0 && parent != "" {
		if _, err := s.find(t.Parent-1, parent, ""); err != nil {
			return nil, err
		}
	}
	if t.Limit > 0 && s.below(table, parent) >= t.Limit {
		return nil, t.Full.error()
	}
	r := &row{object: map[string]any{}, id: s.newID(by), parent: parent, changed: s.now()}
	s.assign(table, r, t.Initial, false, s.now())
	for name, v := range body {
		if have, ok := r.object[name].(map[string]any); ok {
			if more, ok := v.(map[string]any); ok {
				for k, x := range more {
					have[k] = clone(x)
				}
				continue
			}
		}
		r.object[name] = clone(v)
	}
	s.assign(table, r, t.Initial, true, s.now())
	set(r.object, strings.Split(t.ID, "."), r.id)
	if t.ParentID != "" && parent != "" {
		set(r.object, strings.Split(t.ParentID, "."), parent)
	}
	s.rows[table] = append(s.rows[table], r)
	for _, c := range t.Children {
		list, _ := r.object[c.Member].([]any)
		delete(r.object, c.Member)
		for _, item := range list {
			if object, ok := item.(map[string]any); ok {
				if _, err := s.create(c.Table, r.id, object, by); err != nil {
					s.remove(table, r)
					return nil, err
				}
			}
		}
	}
	s.adjust(table, r, change{at: s.now()})
	return r, nil
}

// remove takes a resource out, and all that belongs to it.
func (s *Store) remove(table int, r *row) {
	s.rows[table] = slices.DeleteFunc(s.rows[table], func(x *row) bool { return x == r })
	for t := range s.tables {
		if s.tables[t].Parent == table+1 {
			for _, child := range slices.Clone(s.rows[t]) {
				if child.parent == r.id {
					s.remove(t, child)
				}
			}
		}
	}
}

// shown is a resource as it is answered: with the lists of what belongs to it.
func (s *Store) shown(table int, r *row) map[string]any {
	s.settle(table, r)
	out := clone(r.object).(map[string]any)
	for _, c := range s.tables[table].Children {
		list := []any{}
		for _, child := range s.rows[c.Table] {
			if child.parent == r.id {
				list = append(list, s.shown(c.Table, child))
			}
		}
		out[c.Member] = list
	}
	return out
}
