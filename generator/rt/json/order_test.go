package json

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestOrderIsThatOfTheDocumentUntilItIsLearned(t *testing.T) {
	var o order
	for _, i := range []int{-1, 0, 126, 127, 1000} {
		if got := o.after(i); got != i+1 {
			t.Errorf("after %d: got %d", i, got)
		}
	}
	o.learn(-1, 7)
	o.learn(7, 0)
	o.learn(0, 63)
	for i, want := range map[int]int{-1: 7, 7: 0, 0: 63, 63: 64} {
		if got := o.after(i); got != want {
			t.Errorf("after %d: got %d, want %d", i, got, want)
		}
	}
	o.learn(7, 9)
	if got := o.after(7); got != 9 {
		t.Errorf("after 7: got %d, want 9: the last object counts", got)
	}
	o.learn(3, -1) // an unknown member
	if got := o.after(3); got != 4 {
		t.Errorf("after 3: got %d", got)
	}
	o.learn(130, 5) // beyond what fits: any answer will do, and any field can be asked for
	for i := -1; i < 1000; i++ {
		o.after(i)
	}
	none := (*order)(nil)
	none.learn(1, 5)
	if got := none.after(1); got != 2 {
		t.Errorf("of no list: got %d", got)
	}
}

// Each object of a list is read like one that stands alone, whatever those before it were like.
func TestObjectsOfAListKeepToNoOrder(t *testing.T) {
	el := wideType()
	el.Slice = (*[]wide)(nil)
	listType := &Type{Name: "[]wide", Kind: Slice, Sub: &el}
	r := rand.New(rand.NewPCG(5, 6))
	usual := r.Perm(300)[:80] // fields on both sides of what an order holds
	for range 20 {
		var objects []string
		for range 6 {
			names := append([]int(nil), usual...)
			for range r.IntN(4) { // not quite in the usual order, one field missing, one there twice
				i, j := r.IntN(len(names)), r.IntN(len(names))
				names[i], names[j] = names[j], names[i]
			}
			if r.IntN(2) == 0 {
				names = append(names[1:], names[r.IntN(len(names))])
			}
			var members []string
			for _, n := range names {
				members = append(members, fmt.Sprintf(`"field%d": %d`, n, r.IntN(1000)))
				if r.IntN(20) == 0 {
					members = append(members, `"unknown": [{}]`)
				}
			}
			objects = append(objects, "{"+strings.Join(members, ", ")+"}")
		}
		var list []wide
		if err := Decode([]byte("["+strings.Join(objects, ", ")+"]"), refAt(listType, address(&list)), DecodeOptions{}); err != nil {
			t.Fatal(err)
		}
		for i, text := range objects {
			var alone wide
			if err := Decode([]byte(text), refAt(&el, address(&alone)), DecodeOptions{}); err != nil {
				t.Fatal(err)
			}
			if list[i] != alone {
				t.Fatalf("object %d of the list differs: %s", i, text)
			}
		}
	}
}
