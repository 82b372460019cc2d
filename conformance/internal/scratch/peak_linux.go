package scratch

import (
	"os"
	"syscall"
)

// peak is the resident memory of the largest process.
func peak(state *os.ProcessState) int64 {
	if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
		return int64(usage.Maxrss) << 10
	}
	return 0
}
