package source_test

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/pantograph-go/pantograph/generator/internal/source"
)

func TestProbe(t *testing.T) {
	root := os.Getenv("PROBE_ROOT")
	if root == "" {
		t.Skip()
	}
	for _, s := range strings.Fields(os.Getenv("PROBE_SPECS")) {
		start := time.Now()
		var m0, m1 runtime.MemStats
		runtime.ReadMemStats(&m0)
		api, diags := source.Load(source.Request{Root: root, Specs: strings.Split(s, ","), Strict: os.Getenv("STRICT") != ""})
		runtime.ReadMemStats(&m1)
		counts := map[string]int{}
		for _, d := range diags {
			counts[string(d.Severity)+" "+d.Code]++
		}
		n := 0
		if api != nil {
			n = len(api.Operations)
		}
		fmt.Println(s, time.Since(start).Round(time.Millisecond), (m1.TotalAlloc-m0.TotalAlloc)>>20, "MB", n, "ops", counts)
		shown := map[string]int{}
		for _, d := range diags {
			if d.Severity == "note" && os.Getenv("NOTES") == "" {
				continue
			}
			if shown[d.Code]++; shown[d.Code] <= 3 {
				fmt.Println("   ", d, "|", d.Hint)
			}
		}
	}
}
