package json

import (
	stdjson "encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// described reads the text as the union and says which variants are found in it, and which the reference finds.
func described(t *testing.T, typ int, text string) (got, want string) {
	t.Helper()
	v := grow(ty(typ), nil, 0, 1)
	if err := Decode([]byte(text), refAt(ty(typ), v), DecodeOptions{Mode: WithPresence}); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	var g, w strings.Builder
	describeValue(&g, valueOf(ty(typ)), v)
	parse(text).describe(&w, valueOf(ty(typ)))
	return g.String(), w.String()
}

func TestVariantsAreThoseOfTheReference(t *testing.T) {
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 2))
	n := 20000
	if testing.Short() {
		n = 2000
	}
	for range n {
		seed := r.Uint64()
		for _, typ := range []int{tPet, tFigure, tTerm} {
			d := documents{Rand: rand.New(rand.NewPCG(seed, 8))}
			text := string(d.value(ty(typ), 5))
			if got, want := described(t, typ, text); got != want {
				t.Fatalf("seed %d: %s\ngot  %s\nwant %s", seed, text, got, want)
			}
		}
	}
}

// shuffled returns p as text, with the members of each object in another order. It is false when a name is
// there twice.
func (p parsed) shuffled(r *rand.Rand) (text string, ok bool) {
	switch p.types {
	case objectType, arrayType:
	case stringType:
		return string(AppendString(nil, p.text)), true
	default:
		return p.text, true
	}
	list := make([]string, len(p.members))
	for i, m := range p.members {
		if list[i], ok = m.shuffled(r); !ok {
			return "", false
		}
		if p.types == objectType {
			if slices.Contains(p.names[:i], p.names[i]) {
				return "", false
			}
			list[i] = string(AppendString(nil, p.names[i])) + ":" + list[i]
		}
	}
	if p.types == arrayType {
		return "[" + strings.Join(list, ",") + "]", true
	}
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return "{" + strings.Join(list, ",") + "}", true
}

// What a text is read as does not depend on the order of its members.
func TestOrderOfMembersDoesNotMatter(t *testing.T) {
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 3))
	n, shuffles := 3000, 0
	if testing.Short() {
		n = 300
	}
	for range n {
		seed := r.Uint64()
		for _, typ := range []int{tKinds, tZoo, tTags, tNode} {
			d := documents{Rand: rand.New(rand.NewPCG(seed, 9))}
			text := string(d.value(ty(typ), 4))
			other, ok := parse(text).shuffled(d.Rand)
			if !ok {
				continue
			}
			shuffles++
			for _, mode := range []Mode{0, WithPresence} {
				a, b := newValue(typ), newValue(typ)
				var devs [2][]string
				for i, c := range []struct {
					v    Ref
					text string
				}{{a, text}, {b, other}} {
					err := Decode([]byte(c.text), c.v, DecodeOptions{Mode: mode, Report: func(d Deviation) { devs[i] = append(devs[i], d.String()) }})
					if err != nil {
						t.Fatal(err)
					}
					slices.Sort(devs[i])
				}
				if x, y := marshal(t, a), marshal(t, b); !equalJSON(t, x, y) || !slices.Equal(devs[0], devs[1]) {
					t.Fatalf("seed %d: %s\nis read as %s\n%q\nbut %s\nas %s\n%q", seed, text, x, devs[0], other, y, devs[1])
				}
			}
		}
	}
	if shuffles < n/4 {
		t.Errorf("only %d texts were shuffled", shuffles)
	}
}

// Looking into unions inside unions takes a time that grows with the length of the text, however deep they nest.
func TestNestedUnionsTakeLinearTime(t *testing.T) {
	nested := func(n int, open, leaf, close string) string {
		return strings.Repeat(open, n) + leaf + strings.Repeat(close, n)
	}
	long := `"` + strings.Repeat("x", 1<<20) + `"`
	for name, text := range map[string]string{
		"the constant last":            nested(900, `{"left":1,"right":`, long, `,"op":"plus"}`),
		"no constant":                  nested(900, `{"left":{"left":1,"right":2},"right":`, `[`+strings.Repeat(`{"left":1,"right":2},`, 50000)+`1]`, `}`),
		"lists":                        nested(900, `[`, strings.Repeat(`[1],`, 250000)+`1`, `]`),
		"lists of points and terms":    nested(300, `[[1,2],[3,4],{"name":"f","args":[`, strings.Repeat(`"a",`, 250000)+`1`, `]}]`),
		"maps of terms":                nested(450, `{"name":"f","arguments":{"a":`, long, `}}`),
		"discriminator after the rest": nested(900, `{"friend":`, `{"kind":"dog","tricks":[`+strings.Repeat(`"sit",`, 150000)+`"sit"]}`, `,"lives":1,"kind":"cat"}`),
		"many members":                 nested(300, `{`+strings.Repeat(`"name":"f",`, 300)+`"args":[`, long, `]}`),
		"unknown at each level":        nested(900, `{"friend":`, long, `,"kind":"cow"}`),
	} {
		for _, typ := range []int{tTerm, tPet} {
			var looked int
			o := DecodeOptions{Report: func(Deviation) {}}
			v := grow(ty(typ), nil, 0, 1)
			start := cpu()
			if err := Decode([]byte(text), refAt(ty(typ), v), o); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if d := cpu() - start; d > 3*time.Second {
				t.Errorf("%s: %d bytes take %v", name, len(text), d)
			}
			d := decoder{s: text, data: []byte(text), left: DefaultMaxDepth, depth: DefaultMaxDepth}
			if d.typed(0, ty(typ), v) < 0 {
				t.Fatal(d.err)
			}
			if looked = d.looked; looked > 3*len(text)+2*freeLooks {
				t.Errorf("%s: %d bytes are looked at, of %d", name, looked, len(text))
			}
		}
	}
}

func TestUnionsNestUpToTheLimit(t *testing.T) {
	for _, c := range []struct {
		open, leaf, close string
		per               int
	}{
		{`{"of":`, "1", `,"op":"minus"}`, 1}, {`["x",`, "1", `]`, 1}, {`{"friend":`, `"x"`, `,"kind":"cat"}`, 1}, {`{"name":"f","args":[`, "1", `]}`, 2}, {`["pair","a",`, `["pair"]`, `]`, 1},
	} {
		for _, limit := range []int{2, 10, 64, 65, 200, DefaultMaxDepth} {
			for _, typ := range []int{tTerm, tPet, tPair} {
				n := limit / c.per
				if typ == tPair {
					n--
				}
				text := func(n int) []byte { return []byte(strings.Repeat(c.open, n) + c.leaf + strings.Repeat(c.close, n)) }
				v := grow(ty(typ), nil, 0, 1)
				if err := Decode(text(n-len(c.leaf)/7), refAt(ty(typ), v), DecodeOptions{MaxDepth: limit}); err != nil {
					t.Errorf("%s %d times, type %d: %v", c.open, n, typ, err)
				}
				if err := Decode(text(n+2), refAt(ty(typ), v), DecodeOptions{MaxDepth: limit}); err == nil || !strings.Contains(err.Error(), "nesting") {
					t.Errorf("%s %d times, type %d: %v", c.open, n+2, typ, err)
				}
			}
		}
		for _, typ := range []int{tTerm, tPet, tPair} {
			v := grow(ty(typ), nil, 0, 1)
			if err := Decode([]byte(strings.Repeat(c.open, 100_000)), refAt(ty(typ), v), DecodeOptions{}); err == nil {
				t.Errorf("%s without end is accepted", c.open)
			}
		}
	}
}

// FuzzUnion: the variants are those that the reference finds, nothing is lost, and the order of members does
// not matter.
func FuzzUnion(f *testing.F) {
	for seed := range uint64(20) {
		d := documents{Rand: rand.New(rand.NewPCG(seed, 10))}
		for i, typ := range []int{tPet, tFigure, tTerm} {
			f.Add([]byte(d.value(ty(typ), 3)), uint8(i))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, which uint8) {
		if !stdjson.Valid(data) || !utf8.Valid(data) || Valid(data) != nil {
			return
		}
		typ := []int{tPet, tFigure, tTerm}[which%3]
		got, want := described(t, typ, string(data))
		if got != want {
			t.Fatalf("%s\ngot  %s\nwant %s", data, got, want)
		}
		v := zoo{}
		text := fmt.Sprintf(`{%q:%s}`, []string{"pet", "figure", "term"}[which%3], data)
		recorded(t, text, v.ref())
		if back := marshal(t, v.ref()); !equalJSON(t, back, text) {
			t.Fatalf("read    %s\nwritten %s", text, back)
		}
		if other, ok := parse(string(data)).shuffled(rand.New(rand.NewPCG(1, 2))); ok {
			if again, _ := described(t, typ, other); again != got {
				t.Fatalf("%s\nis %s, but\n%s\nis %s", data, got, other, again)
			}
		}
	})
}
