package simulate

import (
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pantograph-go/pantograph/generated/rt"
)

// Scale says how a resource that runs changes the number of units of what it belongs to. Members are paths; the first of To,
// By and Percent that there is counts.
type Scale struct {
	To        string // the new number
	By        string // what is added
	Percent   string // what is added, in percent of the number
	Away      bool   // parts of a unit count as a whole one; else they do not count
	Operation *Operation
	Otherwise int    // By, where there is none of them
	Cooldown  string // seconds after a run in which it does not run again

	Cooling   Failure // it ran a short time ago, or something else did
	Unchanged Failure // the number would stay as it is; without a code, that is well
	Full      Failure // the same, because there may be no more
	Log       *Log    // of each run
}

// Operation is a member that says what is meant by the others.
type Operation struct {
	Member  string
	More    []string // the values by which units are added: so they are where there is no value
	Less    []string // by which they are taken away
	Exactly []string // by which the number is set
}

// Log is a resource that comes to be with each change, below what has changed.
type Log struct {
	Table int    // index
	Set   string // JSON object: "=from", "=to", "=change", "=came", "=went", "=operation", "=of.member" and "=run.member"
	Run   string // JSON object: what is set in addition, or instead, when something ran
}

// target is what a number becomes, and the word for the operation.
func (p *Scale) target(object map[string]any, number int) (int, string) {
	get := func(path string) (float64, bool) {
		if path == "" {
			return 0, false
		}
		v, err := strconv.ParseFloat(text(at(object, strings.Split(path, "."))), 64)
		return v, err == nil
	}
	sign, exactly, word := 1.0, false, ""
	if o := p.Operation; o != nil {
		value := text(at(object, strings.Split(o.Member, ".")))
		word = head(o.More)
		switch {
		case slices.Contains(o.Less, value):
			sign, word = -1, head(o.Less)
		case slices.Contains(o.Exactly, value):
			exactly, word = true, head(o.Exactly)
		}
	}
	step := float64(p.Otherwise)
	if to, ok := get(p.To); ok {
		step, exactly = to, true
	} else if by, ok := get(p.By); ok {
		step = by
	} else if percent, ok := get(p.Percent); ok {
		step = float64(number) * percent / 100
		if p.Away {
			step = math.Copysign(math.Ceil(math.Abs(step)), step)
		}
	}
	if !exactly {
		step = float64(number) + math.Trunc(sign*step)
	}
	return int(min(max(step, 0), math.MaxInt32)), word
}

func head(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// cools reports whether something ran too short a time ago.
func (s *Store) cools(r *row, member string) bool {
	if member == "" || r.ran.IsZero() {
		return false
	}
	seconds, _ := strconv.ParseFloat(text(at(r.object, strings.Split(member, "."))), 64)
	return s.now().Before(r.ran.Add(time.Duration(seconds * float64(time.Second))))
}

// run changes the number of units of what a resource belongs to.
func (s *Store) run(table int, r *row) error {
	p, g := s.tables[table].Scale, s.above(table, r)
	if p == nil || g == nil {
		return nil
	}
	of := s.tables[table].Parent - 1
	c := s.tables[of].Capacity
	number, ok := 0, c != nil
	if ok {
		number, ok = whole(g.object, c.Number)
	}
	if !ok {
		return nil
	}
	if s.cools(r, p.Cooldown) || s.cools(g, c.Cooldown) {
		return p.Cooling.error()
	}
	wanted, word := p.target(r.object, number)
	to := c.within(g.object, wanted)
	switch {
	case to != number:
	case wanted > to && p.Full.Code != "":
		return p.Full.error()
	case p.Unchanged.Code != "":
		return p.Unchanged.error()
	}
	r.ran, g.ran, g.changed = s.now(), s.now(), s.now()
	set(g.object, strings.Split(c.Number, "."), count(to))
	why := change{at: s.now(), run: map[string]any{"operation": word, "object": r.object}}
	if p.Log != nil {
		s.log(p.Log, r, event(s, c, g, number, to, why))
	}
	s.adjust(of, g, why)
	return nil
}

// leave takes units out. Another one takes the place of each, or the number becomes less.
func (s *Store) leave(act Act, units []*row, query url.Values) error {
	if len(units) == 0 {
		return nil
	}
	g, of := s.above(act.Table, units[0]), s.tables[act.Table].Parent-1
	if g == nil || s.tables[of].Capacity == nil {
		return nil
	}
	c := s.tables[of].Capacity
	number, ok := whole(g.object, c.Number)
	if act.Replaced == "" || query.Get(act.Replaced) == "false" {
		least, _ := whole(g.object, c.Least)
		if ok && number-len(units) < least && act.Below.Code != "" {
			return act.Below.error()
		}
		number -= len(units)
	}
	for _, u := range units {
		s.depart(c, u, s.now())
	}
	if !ok {
		return nil
	}
	set(g.object, strings.Split(c.Number, "."), count(number))
	s.adjust(of, g, change{at: s.now(), went: units})
	return nil
}

// join adds units whose ids the body lists.
func (s *Store) join(act Act, parent string, body []byte) error {
	v, err := read(body)
	if err != nil {
		return &rt.Error{Status: http.StatusBadRequest, Message: err.Error()}
	}
	of := s.tables[act.Table].Parent - 1
	g, err := s.find(of, parent, "")
	if err != nil {
		return err
	}
	if err := s.lacks(act, &row{object: map[string]any{}, parent: parent}, nil); err != nil {
		return err
	}
	c := s.tables[of].Capacity
	number, ok := 0, c != nil
	if ok {
		number, ok = whole(g.object, c.Number)
	}
	if !ok {
		return nil
	}
	ids, _ := v[act.Each].([]any)
	for _, id := range ids {
		if slices.ContainsFunc(s.rows[c.Units], func(u *row) bool { return u.id == text(id) }) {
			return act.Taken.error()
		}
	}
	number += len(ids)
	if c.within(g.object, number) < number && act.Above.Code != "" {
		return act.Above.error()
	}
	why := change{at: s.now()}
	for _, id := range ids {
		if u := s.unit(c, g, text(id), s.now()); u != nil {
			why.came = append(why.came, u)
		}
	}
	set(g.object, strings.Split(c.Number, "."), count(number))
	s.adjust(of, g, why)
	return nil
}

// record writes what has changed into the log of a capacity.
func (s *Store) record(c *Capacity, r *row, from, to int, why change) {
	if c.Log != nil {
		s.log(c.Log, r, event(s, c, r, from, to, why))
	}
}

// event is what can be said of a change.
func event(s *Store, c *Capacity, r *row, from, to int, why change) map[string]any {
	names := func(units []*row) any {
		var list []string
		for _, u := range units {
			name := u.id
			if member := s.tables[c.Units].Name; member != "" {
				name = text(at(u.object, strings.Split(member, ".")))
			}
			list = append(list, name)
		}
		if list == nil {
			return nil
		}
		return strings.Join(list, ",")
	}
	e := map[string]any{
		"from": count(from), "to": count(to), "change": count(max(from-to, to-from)), "came": names(why.came), "went": names(why.went),
		"of": r.object, "now": clock(why.at),
	}
	if why.run != nil {
		e["run"], e["operation"] = why.run["object"], why.run["operation"]
	}
	return e
}

// log adds an entry below a resource.
func (s *Store) log(l *Log, r *row, e map[string]any) {
	entry := map[string]any{}
	for i, description := range []string{l.Set, l.Run} {
		if description == "" || i == 1 && e["run"] == nil {
			continue
		}
		values, _ := read([]byte(description)) // generated
		for _, path := range sorted(values) {
			v := values[path]
			if from, ok := v.(string); ok && strings.HasPrefix(from, "=") {
				v = clone(at(e, strings.Split(from[1:], ".")))
			} else {
				v = fill(v, e)
			}
			set(entry, strings.Split(path, "."), v)
		}
	}
	_, _ = s.create(l.Table, r.id, entry, byItself) // a log that is full stays as it is
}
