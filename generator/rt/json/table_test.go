package json

import (
	"fmt"
	"net/netip"
	"testing"
	"time"
	"unsafe"
)

func TestTheTableIsRight(t *testing.T) {
	if err := testTable.Check(); err != nil {
		t.Error(err)
	}
}

func TestCheckFindsMistakesInUnions(t *testing.T) {
	number := Type{Name: "number", Kind: Decimal}
	whole := func(change func(*Table)) *Table {
		keys := []string{Key("kind"), Key("x")}
		tab := &Table{
			Types: []Type{
				{Name: "point", Kind: Struct, Size: 40, Grow: Grow[[40]byte], Index: Index(keys), Fields: []Field{
					{Key: keys[0], Kind: String, Const: `"point"`}, {Key: keys[1], Kind: Interface, Off: 16},
				}},
				number,
				{Name: "pair", Kind: Tuple, Size: 40, Grow: Grow[[40]byte], Flags: HasAdditional, Sub: 1, Additional: 16, Fields: []Field{{Kind: String}}},
				{Name: "inner", Kind: Interface, Sub: 1},
				{Name: "text", Kind: Marshaled, Grow: Grow[[24]byte]},
				{Name: "open", Kind: Struct, Size: 8, Flags: HasAdditional, Sub: 6},
				{Name: "value", Kind: Bool, Store: Store[bool], Range: Range[bool]},
			},
			Unions: []Union{
				{Name: "outer", Key: Key("kind"), Guess: true, Put: putAny, Get: getAny, Variants: []Variant{{Type: 0, Values: []string{`"point"`, "1"}}, {Type: 1}, {Type: 3}, {Type: 4}}},
				{Name: "inner", Put: putAny, Get: getAny, Variants: []Variant{{Type: 2}}},
			},
			Texts: []Text{{Name: "text", Size: 24, Append: AppendURL, Parse: ParseURL, IsZero: ZeroText[[24]byte]}},
		}
		change(tab)
		return tab
	}
	if err := whole(func(*Table) {}).Check(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Table){
		"no Put":                      func(t *Table) { t.Unions[0].Put = nil },
		"no Get":                      func(t *Table) { t.Unions[1].Get = nil },
		"no variants":                 func(t *Table) { t.Unions[1].Variants = nil },
		"a key in another form":       func(t *Table) { t.Unions[0].Key = "kind" },
		"no such type":                func(t *Table) { t.Unions[0].Variants[1].Type = 9 },
		"no such union":               func(t *Table) { t.Types[3].Sub = 2 },
		"no such union of a field":    func(t *Table) { t.Types[0].Fields[1].Sub = 2 },
		"no such text":                func(t *Table) { t.Types[4].Sub = 1 },
		"a variant without Grow":      func(t *Table) { t.Types[2].Grow = nil },
		"a text without Grow":         func(t *Table) { t.Types[4].Grow = nil },
		"a variant that is a pointer": func(t *Table) { t.Types[1] = Type{Name: "p", Kind: Object, Flags: Pointer} },
		"a variant that is nullable":  func(t *Table) { t.Types[1].Flags = Nullable },
		"values without a key":        func(t *Table) { t.Unions[0].Key, t.Unions[0].Guess = "", false },
		"a key without values":        func(t *Table) { t.Unions[0].Variants[0].Values = nil },
		"a guess without a key":       func(t *Table) { t.Unions[1].Guess = true },
		"a guess beside a default":    func(t *Table) { t.Unions[0].Variants[1].Default = true },
		"two defaults": func(t *Table) {
			t.Unions[0].Guess = false
			t.Unions[0].Variants[1].Default = true
			t.Unions[0].Variants[2].Default = true
		},
		"a value twice":                    func(t *Table) { t.Unions[0].Variants[1].Values = []string{"1.0"} },
		"a value that is no JSON":          func(t *Table) { t.Unions[0].Variants[1].Values = []string{"x"} },
		"a value that is no scalar":        func(t *Table) { t.Unions[0].Variants[1].Values = []string{"{}"} },
		"a value in another form":          func(t *Table) { t.Unions[0].Variants[1].Values = []string{`"\u0070"`} },
		"a union that is its own variant":  func(t *Table) { t.Unions[1].Variants[0].Type = 3 },
		"a constant that is no JSON":       func(t *Table) { t.Types[0].Fields[0].Const = "x" },
		"an interface outside":             func(t *Table) { t.Types[0].Fields[1].Off = 32 },
		"a tuple with presence":            func(t *Table) { t.Types[2].Flags |= HasPresence },
		"further elements outside":         func(t *Table) { t.Types[2].Additional = 24 },
		"further elements of no type":      func(t *Table) { t.Types[2].Sub = 9 },
		"additional members outside":       func(t *Table) { t.Types[5].Additional = 8 },
		"additional members without Store": func(t *Table) { t.Types[6].Store = nil },
		"additional members of a number":   func(t *Table) { t.Types[1].Flags = HasAdditional },
		"a text without a size":            func(t *Table) { t.Texts[0].Size = 0 },
		"a text without Append":            func(t *Table) { t.Texts[0].Append = nil },
		"a text without Parse":             func(t *Table) { t.Texts[0].Parse = nil },
		"a text without IsZero":            func(t *Table) { t.Texts[0].IsZero = nil },
	} {
		if err := whole(change).Check(); err == nil {
			t.Errorf("%s passes", name)
		}
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
		{"uint32", unsafe.Offsetof(Opt[uint32]{}.state), valueSize(testTable, Uint32, 0, 0)},
		{"interface", unsafe.Offsetof(Opt[pet]{}.state), valueSize(testTable, Interface, 0, uPet)},
		{"text", unsafe.Offsetof(Opt[netip.Addr]{}.state), valueSize(testTable, Marshaled, 0, xAddr)},
		{"tuple", unsafe.Offsetof(Opt[point]{}.state), valueSize(testTable, Object, 0, tPoint)},
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
