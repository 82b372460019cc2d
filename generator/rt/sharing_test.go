package rt

import (
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// kept is how many bytes stay in memory when the id of each of 200 answers of 32 KiB is kept.
func kept(t *testing.T, opts ...CallOption) int64 {
	c := newTestClient(t, &stub{`{"id":"w1","name":"` + strings.Repeat("x", 32<<10) + `"}`})
	heap := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before := heap()
	ids := make([]string, 200)
	for i := range ids {
		out := new(widget)
		call := Call{Operation: &opGet, Result: out.ref(), Options: opts}
		call.PathParam("widget_id", "w1")
		require.NoError(t, c.Do(t.Context(), &call))
		ids[i] = out.ID
	}
	after := heap()
	runtime.KeepAlive(ids)
	return after - before
}

// A string that is kept does not hold the answer it came in, unless that is asked for.
func TestAKeptStringDoesNotHoldTheAnswer(t *testing.T) {
	assert.Less(t, kept(t), int64(1<<20))
	assert.Greater(t, kept(t, WithSharedStrings()), int64(200*32<<10))
}
