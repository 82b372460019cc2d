// Command pantograph draws Go clients after OpenAPI documents. Run "pantograph help" for its verbs.
package main

import (
	"os"
	"runtime/debug"

	"github.com/pantograph-go/pantograph/generator"
)

func main() {
	spendMemory()
	os.Exit(generator.Main(os.Args[1:], os.Stdout, os.Stderr))
}

// spendMemory lets the heap grow further before garbage is looked for: most of what a run makes it needs to the end,
// and looking for what it does not took a quarter of its time. Documents that need gigabytes are read more sparingly.
// Who sets GOGC has chosen.
func spendMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
		if os.Getenv("GOMEMLIMIT") == "" {
			debug.SetMemoryLimit(2 << 30)
		}
	}
}
