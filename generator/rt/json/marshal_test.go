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
