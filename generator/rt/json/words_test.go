package json

import (
	stdjson "encoding/json"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unsafe"
)

// Numbers are looked at eight bytes at a time: whatever stands behind their digits, they are what strconv reads.
func TestDigitsOfAWord(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		b := make([]byte, 8)
		for i := range b {
			if b[i] = byte('0' + r.IntN(10)); r.IntN(8) == 0 {
				b[i] = byte(r.IntN(256))
			}
		}
		s := string(b)
		n := digits(s, 0)
		if got := leadingDigits(word(s, 0)); got != uint(n) {
			t.Fatalf("%q: %d digits", s, got)
		}
		if n > 0 {
			want, _ := strconv.ParseUint(s[:n], 10, 64)
			if got := eightDigits(word(s, 0) << (64 - 8*n)); got != want {
				t.Fatalf("%q: got %d", s, got)
			}
		}
	}
}

// Strings are looked at sixteen bytes at a time, and copied to what is left of a slab.
func TestTextsOfAllLengths(t *testing.T) {
	list := Type{Name: "[]string", Kind: Strings}
	for n := range 36 {
		for special, escaped := range map[string]string{"": "", "é": "é", "\n": `\n`, `"`: `\"`, "\\": `\\`, "\x01": "\x01"} {
			for at := range n + 1 {
				before, after := strings.Repeat("a", at), strings.Repeat("z", n-at)
				var want []string
				var text []string
				for left := range 40 { // bytes that are left of the slab
					filler := strings.Repeat("f", max(0, slabShare-left))
					want = append(want, filler, before+special+after)
					text = append(text, `"`+filler+`"`, `"`+before+escaped+after+`"`)
				}
				data := []byte("[" + strings.Join(text, ",") + "]")
				for _, mode := range []Mode{0, Alias} {
					var got []string
					err := Decode(data, At(&list, unsafe.Pointer(&got)), DecodeOptions{Mode: mode})
					if ok := stdjson.Valid(data); ok != (err == nil) || ok && !slices.Equal(got, want) {
						t.Fatalf("%q at %d of %d, mode %d: %v, got %q", special, at, n, mode, err, got)
					}
				}
			}
		}
	}
}
