package json

import (
	"fmt"
	"testing"
	"time"
	"unsafe"
)

func TestTheTableIsRight(t *testing.T) {
	if err := testTable.Check(); err != nil {
		t.Error(err)
	}
}

func TestCheckFindsMistakes(t *testing.T) {
	point := func(change func(*Table)) *Table {
		keys := []string{Key("x"), Key("y")}
		tab := &Table{
			Types: []Type{
				{Name: "point", Kind: Struct, Size: 40, Grow: Grow[[40]byte], Store: Store[int], Range: Range[int], Index: Index(keys), Fields: []Field{
					{Key: keys[0], Kind: Int, Off: 0}, {Key: keys[1], Kind: Slice, Off: 8, Sub: 1},
				}},
				{Name: "number", Kind: Wired},
			},
			Wires: []Wire{{Kind: WireInt}},
		}
		change(tab)
		return tab
	}
	if err := point(func(*Table) {}).Check(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Table){
		"a key without quotes":        func(t *Table) { t.Types[0].Fields[0].Key = "x" },
		"a key in another form":       func(t *Table) { t.Types[0].Fields[0].Key = `,"\u0078":` },
		"a key twice":                 func(t *Table) { t.Types[0].Fields[1].Key = Key("x") },
		"a constant that is no JSON":  func(t *Table) { t.Types[0].Fields[0] = Field{Key: Key("x"), Kind: Constant, Const: "x"} },
		"a field outside":             func(t *Table) { t.Types[0].Fields[0].Off = 40 },
		"a presence outside":          func(t *Table) { t.Types[0].Flags, t.Types[0].Presence = HasPresence, 40 },
		"an index of other keys":      func(t *Table) { t.Types[0].Index = Index([]string{Key("a"), Key("b")}) },
		"no index":                    func(t *Table) { t.Types[0].Index = nil },
		"no such type":                func(t *Table) { t.Types[0].Fields[1].Sub = 2 },
		"no such wire":                func(t *Table) { t.Types[1].Sub = 1 },
		"an object that is none":      func(t *Table) { t.Types[0].Fields[1].Kind = Object },
		"no kind":                     func(t *Table) { t.Types[1].Kind = Invalid },
		"a pointer to a number":       func(t *Table) { t.Types[0].Fields[0].Flags = Pointer },
		"an element without Grow":     func(t *Table) { t.Types[0].Fields[1].Sub = 0; t.Types[0].Grow = nil },
		"an Opt element without size": func(t *Table) { t.Types[1].Flags = Optional },
		"an Opt element without Grow": func(t *Table) { t.Types[1].Flags, t.Types[1].Size = Optional, 16 },
		"a map value without Store":   func(t *Table) { t.Types[0].Fields[1].Kind = Map },
		"a wire without a kind":       func(t *Table) { t.Wires[0].Kind = 0 },
		"a wire of equal words":       func(t *Table) { t.Wires[0] = Wire{Kind: WireBool} },
		"a list without separator":    func(t *Table) { t.Wires[0] = Wire{Kind: WireList, Elem: Int} },
		"a list of bools":             func(t *Table) { t.Wires[0] = Wire{Kind: WireList, Elem: Bool, Separator: ","} },
		"a time without layouts":      func(t *Table) { t.Wires[0] = Wire{Kind: WireTime} },
	} {
		if err := point(change).Check(); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}

// The decoder finds the state of an Opt behind its value: so the compiler must put it there.
func TestOptHasItsStateBehindItsValue(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want uintptr
	}{
		{"string", unsafe.Offsetof(Opt[string]{}.state), valueSize(testTable, String, 0, 0)},
		{"bool", unsafe.Offsetof(Opt[bool]{}.state), valueSize(testTable, Bool, 0, 0)},
		{"int", unsafe.Offsetof(Opt[int]{}.state), valueSize(testTable, Int, 0, 0)},
		{"int32", unsafe.Offsetof(Opt[int32]{}.state), valueSize(testTable, Int32, 0, 0)},
		{"int64", unsafe.Offsetof(Opt[int64]{}.state), valueSize(testTable, Int64, 0, 0)},
		{"uint64", unsafe.Offsetof(Opt[uint64]{}.state), valueSize(testTable, Uint64, 0, 0)},
		{"float32", unsafe.Offsetof(Opt[float32]{}.state), valueSize(testTable, Float32, 0, 0)},
		{"float64", unsafe.Offsetof(Opt[float64]{}.state), valueSize(testTable, Float64, 0, 0)},
		{"time", unsafe.Offsetof(Opt[time.Time]{}.state), valueSize(testTable, Time, 0, 0)},
		{"bytes", unsafe.Offsetof(Opt[[]byte]{}.state), valueSize(testTable, Bytes, 0, 0)},
		{"raw", unsafe.Offsetof(Opt[Raw]{}.state), valueSize(testTable, Any, 0, 0)},
		{"struct", unsafe.Offsetof(Opt[group]{}.state), valueSize(testTable, Object, 0, tGroup)},
		{"pointer", unsafe.Offsetof(Opt[*group]{}.state), valueSize(testTable, Object, Pointer, tGroup)},
		{"slice", unsafe.Offsetof(Opt[[]group]{}.state), valueSize(testTable, Slice, 0, tGroup)},
		{"map", unsafe.Offsetof(Opt[map[string]int]{}.state), valueSize(testTable, Map, 0, tInt)},
	} {
		if c.got != c.want || c.want == 0 {
			t.Errorf("Opt of %s: the state is at %d, not at %d", c.name, c.got, c.want)
		}
	}
}

func TestIndexFindsEveryName(t *testing.T) {
	for n := range 600 {
		typ := Type{Fields: make([]Field, n)}
		keys := make([]string, n)
		for i := range keys {
			// Names that differ in one place only, of every length, and some with escapes.
			keys[i] = Key(fmt.Sprintf("%.*s\"%d", i%30, "a_rather_long_name_of_a_member", i))
			typ.Fields[i].Key = keys[i]
		}
		for _, index := range [][]uint16{Index(keys), nil} {
			if index == nil && n%100 != 1 {
				continue
			}
			typ.Index = index
			for i, key := range keys {
				if got := typ.find(key[2 : len(key)-2]); got != i {
					t.Fatalf("field %d of %d: found %d", i, n, got)
				}
			}
			for _, name := range []string{"", "a", "a_rather_long_name_of_a_member_x", `\"600`} {
				if got := typ.find(name); got >= 0 {
					t.Fatalf("%q: found %d of %d", name, got, n)
				}
			}
		}
	}
}
