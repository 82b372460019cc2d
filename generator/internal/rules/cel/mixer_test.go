package cel_test

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/pantograph-go/pantograph/conformance/cases"
)

// mixer puts requests together of others of the same operation.
type mixer struct {
	rand *rand.Rand
	all  []cases.Request
	of   map[string][]cases.Request // by operation
}

func newMixer(suite *cases.Suite) *mixer {
	m := &mixer{rand: rand.New(rand.NewPCG(*requestSeed, 11)), of: map[string][]cases.Request{}}
	for _, name := range slices.Sorted(maps.Keys(suite.Bases)) {
		m.all = append(m.all, suite.Bases[name])
	}
	for _, c := range suite.Cases {
		for _, try := range c.Tries {
			m.all = append(m.all, try.Request)
		}
	}
	for _, r := range m.all {
		m.of[r.Operation] = append(m.of[r.Operation], r)
	}
	return m
}

// request is one that people have judged, and when there are no more, a mixture.
func (m *mixer) request(i int) cases.Request {
	if i < len(m.all) {
		return m.all[i]
	}
	r := m.all[m.rand.IntN(len(m.all))]
	list := m.of[r.Operation]
	for range 1 + m.rand.IntN(3) {
		other := list[m.rand.IntN(len(list))]
		r.Body = m.mixed(r.Body, other.Body)
		r.Query, r.Path = m.texts(r.Query, other.Query), m.texts(r.Path, other.Path)
	}
	return r
}

// texts takes each parameter from one of two requests.
func (m *mixer) texts(a, b map[string]string) map[string]string {
	out := maps.Clone(a)
	for _, name := range slices.Sorted(maps.Keys(b)) {
		if m.rand.IntN(2) == 0 {
			if out == nil {
				out = map[string]string{}
			}
			out[name] = b[name]
		}
	}
	return out
}

// mixed takes each part from one of two values; now and then a member is gone, or a number is one more or less.
func (m *mixer) mixed(a, b any) any {
	switch x := a.(type) {
	case map[string]any:
		y, _ := b.(map[string]any)
		out := map[string]any{}
		names := maps.Clone(x)
		maps.Copy(names, y)
		for _, name := range slices.Sorted(maps.Keys(names)) {
			mine, has := x[name]
			theirs, hasToo := y[name]
			switch {
			case has && hasToo:
				out[name] = m.mixed(mine, theirs)
			case has && m.rand.IntN(12) > 0, hasToo && m.rand.IntN(3) == 0:
				out[name] = names[name]
			}
		}
		return out
	case []any:
		y, _ := b.([]any)
		out := []any{}
		for i, item := range x {
			if i < len(y) {
				item = m.mixed(item, y[i])
			}
			out = append(out, item)
		}
		if len(y) > len(x) && m.rand.IntN(3) == 0 {
			out = append(out, y[len(x):]...)
		}
		return out
	case json.Number:
		if n, err := strconv.Atoi(x.String()); err == nil && m.rand.IntN(6) == 0 {
			return json.Number(strconv.Itoa(n + 1 - 2*m.rand.IntN(2)))
		}
	}
	if m.rand.IntN(3) == 0 && b != nil {
		return b
	}
	return a
}
