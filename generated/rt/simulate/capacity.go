package simulate

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Capacity says that a resource is made of others, its units: as many as one of its members says. Members are paths.
type Capacity struct {
	Number   string              // how many there should be
	Least    string              // and how many at least; empty: 0
	Most     string              // and at most; empty: any number
	Outside  Failure             // an update that asks for another number; without a status it is brought within the bounds
	Cooldown string              // seconds after a run in which nothing runs; empty: none
	When     map[string][]string // it acts on the number only while its members have these values, as text

	Ready   string // how many there are
	Pending string // how many are still to come; below zero: to go
	Busy    string // whether any come or go
	List    string // those that are there

	Units int // index of their table
	Comes Phase
	There string // JSON object: what is set when a unit is ready
	Goes  Phase
	Keep  map[string][]string // units that are not taken out because there are too many

	Log *Log // of each change
}

// Phase is a time in the life of a unit.
type Phase struct {
	For time.Duration
	Set string // JSON object: what is set when it begins
}

// phase is where a unit stands.
type phase uint8

const (
	there phase = iota
	coming
	going
)

// change is why there are more or fewer units.
type change struct {
	at   time.Time
	run  map[string]any // what ran, and how; nil: nothing
	went []*row         // units that go, whatever the number
	came []*row
}

// catchUp lets happen what time has brought to all that is made of units.
func (s *Store) catchUp() {
	for t := range s.tables {
		if s.tables[t].Capacity != nil {
			for _, r := range s.rows[t] {
				s.settle(t, r)
			}
		}
	}
}

// whole is a member that is a whole number.
func whole(object map[string]any, path string) (int, bool) {
	if path == "" {
		return 0, false
	}
	n, err := strconv.Atoi(text(at(object, strings.Split(path, "."))))
	return n, err == nil
}

func count(n int) json.Number { return json.Number(strconv.Itoa(n)) }

// mostUnits is how many units one resource has at most: a number in a request must not fill the memory.
const mostUnits = 1_000

// within brings a number within the bounds.
func (c *Capacity) within(object map[string]any, n int) int {
	n = min(n, mostUnits)
	if most, ok := whole(object, c.Most); ok {
		n = min(n, most)
	}
	least, _ := whole(object, c.Least)
	return max(n, min(least, mostUnits), 0)
}

// outside is the failure of a number that is not within the bounds.
func (s *Store) outside(table int, r *row) error {
	c := s.tables[table].Capacity
	if c == nil || c.Outside.Code == "" {
		return nil
	}
	if n, ok := whole(r.object, c.Number); ok && c.within(r.object, n) != n {
		return c.Outside.error()
	}
	return nil
}

// units are those of a resource, in the order of creation.
func (s *Store) units(c *Capacity, r *row) []*row {
	var out []*row
	for _, u := range s.rows[c.Units] {
		if u.parent == r.id {
			out = append(out, u)
		}
	}
	return out
}

// adopt makes the units that a resource was put with: those of its list, else as many as it says are there.
func (s *Store) adopt(table int, r *row) {
	c := s.tables[table].Capacity
	if c == nil {
		return
	}
	if _, ok := whole(r.object, c.Number); !ok {
		return
	}
	ready, _ := whole(r.object, c.Ready)
	if c.List != "" {
		list, _ := at(r.object, strings.Split(c.List, ".")).([]any)
		for _, x := range list {
			if object, ok := x.(map[string]any); ok {
				id := text(at(object, strings.Split(s.tables[c.Units].ID, ".")))
				s.rows[c.Units] = append(s.rows[c.Units], &row{object: clone(object).(map[string]any), id: id, parent: r.id, changed: r.changed})
			}
		}
		ready -= len(list)
	}
	for range min(ready, mostUnits) {
		if u := s.unit(c, r, "", r.changed); u != nil {
			s.arrive(c, u, r.changed)
		}
	}
}

// unit makes a unit that is on its way. Without an id it gets one.
func (s *Store) unit(c *Capacity, r *row, id string, now time.Time) *row {
	u, err := s.create(c.Units, r.id, map[string]any{}, byItself)
	if err != nil {
		return nil
	}
	if id != "" {
		u.id = id
		set(u.object, strings.Split(s.tables[c.Units].ID, "."), id)
	}
	u.phase, u.changed = coming, now
	s.enter(c, u, c.Comes.Set, now)
	return u
}

func (s *Store) enter(c *Capacity, u *row, description string, now time.Time) {
	s.assign(c.Units, u, description, false, now)
	s.assign(c.Units, u, description, true, now)
}

func (s *Store) arrive(c *Capacity, u *row, now time.Time) {
	u.phase, u.changed = there, now
	s.enter(c, u, c.There, now)
}

func (s *Store) depart(c *Capacity, u *row, now time.Time) {
	u.phase, u.changed = going, now
	s.enter(c, u, c.Goes.Set, now)
}

// adjust brings the number of a resource within its bounds, and has units come or go until there are as many.
func (s *Store) adjust(table int, r *row, why change) {
	c := s.tables[table].Capacity
	if c == nil {
		return
	}
	number, ok := whole(r.object, c.Number)
	if !ok {
		return
	}
	number = c.within(r.object, number)
	set(r.object, strings.Split(c.Number, "."), count(number))
	if !fits(r.object, c.When) && len(why.came)+len(why.went) == 0 {
		return
	}
	stay := slices.DeleteFunc(s.units(c, r), func(u *row) bool { return u.phase == going })
	from := len(stay) + len(why.went) - len(why.came)
	for n := len(stay); n < number && fits(r.object, c.When); n++ {
		u := s.unit(c, r, "", why.at)
		if u == nil {
			break
		}
		why.came = append(why.came, u)
	}
	if fits(r.object, c.When) {
		for _, u := range surplus(stay, len(stay)-number, c.Keep) {
			s.depart(c, u, why.at)
			why.went = append(why.went, u)
		}
	}
	if len(why.came)+len(why.went) > 0 {
		s.record(c, r, from, number, why)
	}
}

// surplus are the units that go when there are too many: those that are still on their way, the newest first, then the oldest.
func surplus(units []*row, n int, keep map[string][]string) []*row {
	var out []*row
	for _, u := range slices.Backward(units) {
		if u.phase == coming && len(out) < n {
			out = append(out, u)
		}
	}
	for _, u := range units {
		if u.phase == there && len(out) < n && (len(keep) == 0 || !fits(u.object, keep)) {
			out = append(out, u)
		}
	}
	return out
}

// measure moves the units on, and says how many there are.
func (s *Store) measure(table int, r *row) {
	c := s.tables[table].Capacity
	if c == nil {
		return
	}
	number, ok := whole(r.object, c.Number)
	if !ok {
		return
	}
	ready, busy, list := 0, false, []any{}
	for _, u := range s.units(c, r) {
		switch done := !s.now().Before(u.changed.Add(c.phase(u))); {
		case u.phase == coming && done:
			s.arrive(c, u, u.changed.Add(c.Comes.For))
		case u.phase == going && done:
			s.remove(c.Units, u)
			continue
		}
		busy = busy || u.phase != there
		if u.phase != coming {
			ready++
			list = append(list, clone(u.object))
		}
	}
	say := func(path string, v any) {
		if path != "" {
			set(r.object, strings.Split(path, "."), v)
		}
	}
	say(c.Ready, count(ready))
	say(c.Pending, count(number-ready))
	say(c.Busy, busy)
	say(c.List, list)
}

func (c *Capacity) phase(u *row) time.Duration {
	if u.phase == going {
		return c.Goes.For
	}
	return c.Comes.For
}
