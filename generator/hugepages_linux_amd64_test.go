package generator

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheHeapIsAskedToComeInLargePages(t *testing.T) {
	_, none := os.Stat("/sys/kernel/mm/transparent_hugepage")
	advised := func() int {
		maps, err := os.ReadFile("/proc/self/smaps")
		require.NoError(t, err)
		return bytes.Count(maps, []byte(" hg"))
	}
	before := advised()
	preferHugePages(64 << 20)
	assert.Equal(t, none == nil, advised() > before, "where the system has some")
}
