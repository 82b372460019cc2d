package generator

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestGarbageIsLookedForSeldomHoweverMuchIsNeeded reads ever larger documents: each time the collector has run, at least
// half of what is needed may be used again. So it runs a number of times that grows with the logarithm of the size.
func TestGarbageIsLookedForSeldomHoweverMuchIsNeeded(t *testing.T) {
	for live := int64(0); live < 1<<40; live = live*2 + 1 {
		percent, limit := paceAt(live)
		assert.GreaterOrEqual(t, percent, 200)
		assert.GreaterOrEqual(t, limit, live+live/2)
		if live <= 600<<20 {
			assert.EqualValues(t, mostMemory, limit, "a document that needs no gigabytes")
		}
	}
}

func TestTheFirstCollectionIsAtTheLeastHeap(t *testing.T) {
	for live := int64(1 << 10); live < leastHeap/4; live *= 2 {
		percent, _ := paceAt(live)
		goal := max(live+live*int64(percent)/100, 4<<20*int64(percent)/100) // as the documentation of package runtime has it
		assert.GreaterOrEqual(t, goal, int64(leastHeap-4<<20))
		assert.LessOrEqual(t, goal, int64(leastHeap))
	}
}
