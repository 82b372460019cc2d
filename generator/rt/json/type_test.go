package json

import (
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"testing"
	"time"
	"unsafe"
)

func TestTheTableIsRight(t *testing.T) {
	if err := Check(allTypes()...); err != nil {
		t.Error(err)
	}
}

// allTypes are the types of the tests.
func allTypes() (all []*Type) {
	for i := range testTypes {
		all = append(all, ty(i))
	}
	return all
}

// some are a few types for Check to look at, each on its way from the first.
type some struct {
	point, number, pair, inner, text, open, value *Type
	outer, within                                 *Union
}

func someTypes() *some {
	keys := []string{Key("kind"), Key("x"), Key("more")}
	s := &some{}
	s.number = &Type{Name: "number", Kind: Decimal}
	s.pair = &Type{Name: "pair", Kind: Tuple, Size: 40, Slice: (*[][40]byte)(nil), Flags: HasAdditional, Sub: s.number, Additional: 16, Fields: []Field{{Kind: String}}}
	s.within = &Union{Name: "inner", Put: putAny, Get: getAny, Variants: []Variant{{Type: s.pair}}}
	s.inner = &Type{Name: "inner", Kind: Interface, Union: s.within}
	s.text = &Type{Name: "text", Kind: Marshaled, Slice: (*[][24]byte)(nil), Text: &Text{Name: "text", Size: 24, Append: AppendURL, Parse: ParseURL, IsZero: ZeroText[[24]byte]}}
	s.value = &Type{Name: "value", Kind: Bool, Store: Store[bool], Range: Range[bool]}
	s.open = &Type{Name: "open", Kind: Struct, Size: 8, Flags: HasAdditional, Sub: s.value}
	s.point = &Type{Name: "point", Kind: Struct, Size: 48, Slice: (*[][48]byte)(nil), Index: Index(keys)}
	s.outer = &Union{Name: "outer", Key: Key("kind"), Guess: true, Put: putAny, Get: getAny, Variants: []Variant{
		{Type: s.point, Values: []string{`"point"`, "1"}}, {Type: s.number}, {Type: s.inner}, {Type: s.text},
	}}
	s.point.Fields = []Field{
		{Key: keys[0], Kind: String, Const: `"point"`}, {Key: keys[1], Kind: Interface, Off: 16, Sub: &Type{Name: "outer", Kind: Interface, Union: s.outer}},
		{Key: keys[2], Kind: Object, Off: 32, Sub: s.open},
	}
	return s
}

func TestCheckFindsMistakesInUnions(t *testing.T) {
	if err := Check(someTypes().point); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*some){
		"no Put":                      func(s *some) { s.outer.Put = nil },
		"no Get":                      func(s *some) { s.within.Get = nil },
		"no variants":                 func(s *some) { s.within.Variants = nil },
		"a key in another form":       func(s *some) { s.outer.Key = "kind" },
		"no such type":                func(s *some) { s.outer.Variants[1].Type = nil },
		"no such union":               func(s *some) { s.inner.Union = nil },
		"no such union of a field":    func(s *some) { s.point.Fields[1].Sub = nil },
		"no such text":                func(s *some) { s.text.Text = nil },
		"a variant without Slice":     func(s *some) { s.pair.Slice = nil },
		"a text without Slice":        func(s *some) { s.text.Slice = nil },
		"a variant that is a pointer": func(s *some) { *s.number = Type{Name: "p", Kind: Object, Flags: Pointer, Sub: s.pair} },
		"a variant that is nullable":  func(s *some) { s.number.Flags = Nullable },
		"values without a key":        func(s *some) { s.outer.Key, s.outer.Guess = "", false },
		"a key without values":        func(s *some) { s.outer.Variants[0].Values = nil },
		"a guess without a key":       func(s *some) { s.within.Guess = true },
		"a guess beside a default":    func(s *some) { s.outer.Variants[1].Default = true },
		"two defaults": func(s *some) {
			s.outer.Guess = false
			s.outer.Variants[1].Default = true
			s.outer.Variants[2].Default = true
		},
		"a value twice":                    func(s *some) { s.outer.Variants[1].Values = []string{"1.0"} },
		"a value that is no JSON":          func(s *some) { s.outer.Variants[1].Values = []string{"x"} },
		"a value that is no scalar":        func(s *some) { s.outer.Variants[1].Values = []string{"{}"} },
		"a value in another form":          func(s *some) { s.outer.Variants[1].Values = []string{`"\u0070"`} },
		"a union that is its own variant":  func(s *some) { s.within.Variants[0].Type = s.inner },
		"a constant that is no JSON":       func(s *some) { s.point.Fields[0].Const = "x" },
		"an interface outside":             func(s *some) { s.point.Fields[1].Off = 40 },
		"a tuple with presence":            func(s *some) { s.pair.Flags |= HasPresence },
		"further elements outside":         func(s *some) { s.pair.Additional = 24 },
		"further elements of no type":      func(s *some) { s.pair.Sub = nil },
		"additional members outside":       func(s *some) { s.open.Additional = 8 },
		"additional members without Store": func(s *some) { s.value.Store = nil },
		"additional members of a number":   func(s *some) { s.number.Flags = HasAdditional },
		"a text without a size":            func(s *some) { s.text.Text.Size = 0 },
		"a text without Append":            func(s *some) { s.text.Text.Append = nil },
		"a text without Parse":             func(s *some) { s.text.Text.Parse = nil },
		"a text without IsZero":            func(s *some) { s.text.Text.IsZero = nil },
	} {
		s := someTypes()
		change(s)
		if err := Check(s.point); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}

func TestCheckFindsMistakes(t *testing.T) {
	types := func() (point, number *Type) {
		keys := []string{Key("x"), Key("y")}
		number = &Type{Name: "number", Kind: Wired, Wire: &Wire{Kind: WireInt}}
		point = &Type{Name: "point", Kind: Struct, Size: 40, Slice: (*[][40]byte)(nil), Store: Store[int], Range: Range[int], Index: Index(keys), Fields: []Field{
			{Key: keys[0], Kind: Int, Off: 0}, {Key: keys[1], Kind: Slice, Off: 8, Sub: number},
		}}
		return point, number
	}
	if err := Check(types()); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(point, number *Type){
		"a key without quotes":         func(p, _ *Type) { p.Fields[0].Key = "x" },
		"a key in another form":        func(p, _ *Type) { p.Fields[0].Key = `,"\u0078":` },
		"a key twice":                  func(p, _ *Type) { p.Fields[1].Key = Key("x") },
		"a constant that is no JSON":   func(p, _ *Type) { p.Fields[0] = Field{Key: Key("x"), Kind: Constant, Const: "x"} },
		"a field outside":              func(p, _ *Type) { p.Fields[0].Off = 40 },
		"a presence outside":           func(p, _ *Type) { p.Flags, p.Presence = HasPresence, 40 },
		"an index of other keys":       func(p, _ *Type) { p.Index = Index([]string{Key("a"), Key("b")}) },
		"no index":                     func(p, _ *Type) { p.Index = nil },
		"no such type":                 func(p, _ *Type) { p.Fields[1].Sub = nil },
		"no such wire":                 func(_, n *Type) { n.Wire = nil },
		"an object that is none":       func(p, _ *Type) { p.Fields[1].Kind = Object },
		"no kind":                      func(_, n *Type) { n.Kind = Invalid },
		"a pointer to a number":        func(p, _ *Type) { p.Fields[0].Flags = Pointer },
		"an element without Slice":     func(p, _ *Type) { p.Fields[1].Sub, p.Slice = p, nil },
		"an Opt element without size":  func(_, n *Type) { n.Flags = Optional },
		"an Opt element without Slice": func(_, n *Type) { n.Flags, n.Size = Optional, 16 },
		"a map value without Store":    func(p, _ *Type) { p.Fields[1].Kind = Map },
		"a wire without a kind":        func(_, n *Type) { n.Wire.Kind = 0 },
		"a wire of equal words":        func(_, n *Type) { *n.Wire = Wire{Kind: WireBool} },
		"a list without separator":     func(_, n *Type) { *n.Wire = Wire{Kind: WireList, Elem: Int} },
		"a list of bools":              func(_, n *Type) { *n.Wire = Wire{Kind: WireList, Elem: Bool, Separator: ","} },
		"a time without layouts":       func(_, n *Type) { *n.Wire = Wire{Kind: WireTime} },
	} {
		point, number := types()
		change(point, number)
		if err := Check(point); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}

// selfLink leads back to a type that consists of itself.
type selfLink struct{ to *Type }

func (l selfLink) Type() *Type { return l.to }

func TestATypeMayConsistOfItselfOverALink(t *testing.T) {
	link, own := &Type{}, *ty(tNode)
	link.Link = selfLink{&own}
	own.Fields = slices.Clone(own.Fields)
	for i := range own.Fields {
		if own.Fields[i].Sub == ty(tNode) {
			own.Fields[i].Sub = link
		}
	}
	if err := Check(&own, link); err != nil {
		t.Fatal(err)
	}
	const text = `{"name":"a","left":{"name":"b","left":{"name":"c"}},"children":[{"name":"d","children":[{"name":"e"}]}],"named":{"f":{"name":"g"}}}`
	var direct, linked node
	for _, mode := range []Mode{0, WithPresence, Strict} {
		if err := Decode([]byte(text), refAt(ty(tNode), pointerTo(&direct)), DecodeOptions{Mode: mode}); err != nil {
			t.Fatal(err)
		}
		for _, typ := range []*Type{&own, link} {
			if err := Decode([]byte(text), refAt(typ, pointerTo(&linked)), DecodeOptions{Mode: mode}); err != nil {
				t.Fatal(err)
			}
			if b, err := Marshal(refAt(typ, pointerTo(&linked))); err != nil || string(b) != text {
				t.Errorf("written %s: %v", b, err)
			}
			if mode == 0 && !reflect.DeepEqual(direct, linked) {
				t.Errorf("got %+v\nwant %+v", linked, direct)
			}
		}
	}
}

// The decoder finds the state of an Opt behind its value: so the compiler must put it there.
func TestOptHasItsStateBehindItsValue(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want uintptr
	}{
		{"string", unsafe.Offsetof(Opt[string]{}.state), valueSize(String, 0, nil)},
		{"bool", unsafe.Offsetof(Opt[bool]{}.state), valueSize(Bool, 0, nil)},
		{"int", unsafe.Offsetof(Opt[int]{}.state), valueSize(Int, 0, nil)},
		{"int32", unsafe.Offsetof(Opt[int32]{}.state), valueSize(Int32, 0, nil)},
		{"int64", unsafe.Offsetof(Opt[int64]{}.state), valueSize(Int64, 0, nil)},
		{"uint64", unsafe.Offsetof(Opt[uint64]{}.state), valueSize(Uint64, 0, nil)},
		{"float32", unsafe.Offsetof(Opt[float32]{}.state), valueSize(Float32, 0, nil)},
		{"float64", unsafe.Offsetof(Opt[float64]{}.state), valueSize(Float64, 0, nil)},
		{"time", unsafe.Offsetof(Opt[time.Time]{}.state), valueSize(Time, 0, nil)},
		{"bytes", unsafe.Offsetof(Opt[[]byte]{}.state), valueSize(Bytes, 0, nil)},
		{"raw", unsafe.Offsetof(Opt[Raw]{}.state), valueSize(Any, 0, nil)},
		{"struct", unsafe.Offsetof(Opt[group]{}.state), valueSize(Object, 0, ty(tGroup))},
		{"pointer", unsafe.Offsetof(Opt[*group]{}.state), valueSize(Object, Pointer, ty(tGroup))},
		{"slice", unsafe.Offsetof(Opt[[]group]{}.state), valueSize(Slice, 0, ty(tGroup))},
		{"map", unsafe.Offsetof(Opt[map[string]int]{}.state), valueSize(Map, 0, ty(tInt))},
		{"uint32", unsafe.Offsetof(Opt[uint32]{}.state), valueSize(Uint32, 0, nil)},
		{"interface", unsafe.Offsetof(Opt[pet]{}.state), valueSize(Interface, 0, ty(tPet))},
		{"text", unsafe.Offsetof(Opt[netip.Addr]{}.state), valueSize(Marshaled, 0, xy(xAddr))},
		{"tuple", unsafe.Offsetof(Opt[point]{}.state), valueSize(Object, 0, ty(tPoint))},
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
