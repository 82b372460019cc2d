package json

import (
	"strings"
	"sync"
	"testing"
)

// What Marshal returns has memory of its own, of its size, whatever was written before, after and meanwhile.
func TestResultsOfMarshalShareNothing(t *testing.T) {
	names := []string{"a", strings.Repeat("long ", 2000), "b\n", strings.Repeat("x", maxScratch)}
	want := make([]string, len(names))
	var all [][]byte
	for i, name := range names {
		b, err := Marshal((&policyRequest{Name: name}).ref())
		if err != nil {
			t.Fatal(err)
		}
		if cap(b) > len(b)+len(b)/4+64 {
			t.Errorf("%d bytes in a buffer of %d", len(b), cap(b))
		}
		want[i] = string(b)
		all = append(all, b)
	}
	bad := policyRequest{Name: "bad", Schedule: &schedule{}}
	bad.Schedule.End = bad.Schedule.End.AddDate(20000, 0, 0)
	if b, err := Marshal(bad.ref()); err == nil || b != nil {
		t.Errorf("a year that cannot be written: %q, %v", b, err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 50 {
				for i, name := range names[:3] {
					v := policyRequest{Name: name}
					if b, err := Marshal(v.ref()); err != nil || string(b) != want[i] {
						t.Errorf("%q, %v", b, err)
					}
				}
			}
		}()
	}
	wg.Wait()
	for i, b := range all {
		if string(b) != want[i] {
			t.Errorf("result %d has changed", i)
		}
	}
}
