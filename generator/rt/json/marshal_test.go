package json

import (
	"strings"
	"sync"
	"testing"
	"unsafe"
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

// Of a long list a few elements say how much room all of it takes; the buffer is handed over when that was about right, and
// copied when it was not. Either way it is nobody else's.
func TestLongListsAreWrittenToABufferOfTheirSize(t *testing.T) {
	list := Type{Name: "[]policyRequest", Kind: Slice, Sub: ty(tPolicyRequest)}
	for name, length := range map[string]func(i int) int{
		"even":    func(int) int { return 100 },
		"growing": func(i int) int { return i },
		"late":    func(i int) int { return i / 1999 * maxScratch },
		"early":   func(i int) int { return max(0, 4-i) * maxScratch },
	} {
		var v []policyRequest
		for i := range 2000 {
			v = append(v, policyRequest{Name: strings.Repeat("x", length(i)), GroupID: "g"})
		}
		want, err := Append(nil, At(&list, unsafe.Pointer(&v)))
		if err != nil || Valid(want) != nil {
			t.Fatal(name, err)
		}
		var results [3][]byte
		if most := 8 << 20; name == "early" && cap(want) > most {
			t.Errorf("%s: %d bytes in a buffer of %d", name, len(want), cap(want))
		}
		for i := range results {
			if results[i], err = Marshal(At(&list, unsafe.Pointer(&v))); err != nil || cap(results[i])-len(results[i]) > len(results[i])/8 {
				t.Errorf("%s: %v, %d bytes in a buffer of %d", name, err, len(results[i]), cap(results[i]))
			}
			small := policyRequest{Name: strings.Repeat("y", 1000)}
			if _, err := Marshal(small.ref()); err != nil {
				t.Fatal(err)
			}
		}
		for i, b := range results {
			if string(b) != string(want) {
				t.Errorf("%s: result %d is another", name, i)
			}
		}
	}
}

// MarshalValue finds the value in the interface, also where that holds a pointer, and no pointer to one.
func TestMarshalValueReadsWhatAnInterfaceHolds(t *testing.T) {
	v := policyRequest{Name: "n"}
	want, err := Marshal(v.ref())
	if err != nil {
		t.Fatal(err)
	}
	if b, err := MarshalValue(ty(tPolicyRequest), v); err != nil || string(b) != string(want) {
		t.Errorf("%q, %v; by reference %q", b, err, want)
	}

	of := &Type{
		Name: "pointing", Kind: Struct, Size: unsafe.Sizeof(pointing{}), Slice: (*[]pointing)(nil), Fields: []Field{{Key: `,"inner":`, Kind: Object, Flags: Pointer}},
		Index: Index([]string{`,"inner":`}),
	}
	of.Fields[0].Sub = of
	for text, v := range map[string]pointing{"{}": {}, `{"inner":{}}`: {&pointing{}}, `{"inner":{"inner":{}}}`: {&pointing{&pointing{}}}} {
		if b, err := MarshalValue(of, v); err != nil || string(b) != text {
			t.Errorf("%q, %v; want %s", b, err, text)
		}
	}
	type nothing struct{}
	if b, err := MarshalValue(&Type{Name: "nothing", Kind: Struct}, nothing{}); err != nil || string(b) != "{}" {
		t.Errorf("an empty struct is %q, %v", b, err)
	}
}

// UnmarshalValue reads into what the pointer in the interface leads to. With a nil one it only checks the text, as Decode does.
func TestUnmarshalValueReadsToWhereAnInterfaceLeads(t *testing.T) {
	v := policyRequest{Name: "before"}
	if err := UnmarshalValue(ty(tPolicyRequest), []byte(`{"scaling_policy_name":"after"}`), &v); err != nil || v.Name != "after" {
		t.Errorf("%q, %v", v.Name, err)
	}
	if err := UnmarshalValue(ty(tPolicyRequest), []byte(`{`), &v); err == nil {
		t.Error("half an object was taken")
	}
	for text, valid := range map[string]bool{"{}": true, "{": false} {
		if err := UnmarshalValue(ty(tPolicyRequest), []byte(text), (*policyRequest)(nil)); (err == nil) != valid {
			t.Errorf("%s with a nil pointer: %v", text, err)
		}
	}
}

// pointing is a struct that is itself no more than a pointer.
type pointing struct{ inner *pointing }
