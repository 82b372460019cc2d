package generator

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// paceCollector has garbage looked for less often than by default, as most of what a run makes is needed to its end; but not
// so seldom that it goes through ever new memory: to be given a page for the first time costs more than to look for one that
// is free. Documents that need gigabytes are read more sparingly. Who sets GOGC or GOMEMLIMIT has chosen.
func paceCollector() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(-1)
	preferHugePages(mostHuge)
	runtime.GC()
	pace()
}

// Bytes of memory.
const (
	leastHeap  = 128 << 20  // is used before garbage is looked for
	moreMemory = 256 << 20  // is used again where as much again as is needed would be too much
	mostMemory = 1664 << 20 // is used if that is enough
	mostHuge   = 512 << 20  // what the heap is asked to have in large pages
)

// pace says when garbage is looked for next, now and each time after.
func pace() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	percent, limit := paceAt(int64(live[0].Value.Uint64()))
	debug.SetGCPercent(percent)
	debug.SetMemoryLimit(limit)
	afterCollection(pace)
}

// paceAt is how much more may be used when so many bytes are needed, in percent and at most. What is needed may be more
// than the most that we like to use: a limit that it leaves no room below would have garbage looked for without end.
func paceAt(live int64) (percent int, limit int64) {
	const least = 4 << 20 // what percent is taken of where less is needed
	return int(max(200, 100*leastHeap/max(live, least)-100)), max(mostMemory, live+live/2+moreMemory)
}

// afterCollection calls f once garbage has been looked for.
func afterCollection(f func()) {
	runtime.AddCleanup(new([16]*byte), func(f func()) { f() }, f) // nobody holds what that is about
}
