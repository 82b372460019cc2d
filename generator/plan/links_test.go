package plan

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLinksBreakEveryCircle(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		n := 1 + r.IntN(12)
		ways := make([][]int, n)
		for i := range ways {
			for range r.IntN(4) {
				ways[i] = append(ways[i], r.IntN(n))
			}
		}
		all := make([]int, n)
		for i := range all {
			all[i] = i
		}
		chosen := func() []int { return newLinker(all, func(i int) []int { return ways[i] }).chosen() }
		linked := chosen()
		assert.Equal(t, linked, chosen(), "seed %d", seed)

		// Without the ways to those that are linked, what nothing leads from can be taken out until nothing is left.
		left := slices.Clone(all)
		for changed := true; changed; {
			before := len(left)
			left = slices.DeleteFunc(slices.Clone(left), func(i int) bool {
				return !slices.ContainsFunc(ways[i], func(j int) bool { return slices.Contains(left, j) && !slices.Contains(linked, j) })
			})
			changed = len(left) < before
		}
		assert.Empty(t, left, "seed %d: %v with links to %v", seed, ways, linked)
	}
}

func TestLinksAreFew(t *testing.T) {
	for name, c := range map[string]struct {
		ways [][]int
		want []int
	}{
		"a type of itself":                      {[][]int{{0}}, []int{0}},
		"a ring":                                {[][]int{{1}, {2}, {0}}, []int{0}},
		"two rings through one type":            {[][]int{{1}, {0, 2}, {1}}, []int{1}},
		"a type of itself in a ring of another": {[][]int{{1}, {0, 1}}, []int{1}},
		"the same way twice":                    {[][]int{{1, 1}, {0}}, []int{0}},
	} {
		var all []int
		for i := range c.ways {
			all = append(all, i)
		}
		assert.Equal(t, c.want, newLinker(all, func(i int) []int { return c.ways[i] }).chosen(), name)
	}
}
