package rt

import (
	"strings"
	"sync"
	"testing"
)

func TestLengthCountsCharacters(t *testing.T) {
	for s, want := range map[string]int{"": 0, "abc": 3, "äö": 2, "日本": 2, "👍🏽": 2, "e\u0301": 2, "\xff\xfe": 2} {
		if got := Length(s); got != want {
			t.Errorf("%q: %d", s, got)
		}
	}
}

func TestOneOf(t *testing.T) {
	values := []string{"a", "", "bc"}
	for s, want := range map[string]bool{"a": true, "": true, "bc": true, "b": false, "A": false, "abc": false} {
		if OneOf(s, values) != want {
			t.Errorf("%q", s)
		}
	}
	if OneOf("", nil) {
		t.Error("of nothing")
	}
}

func TestMatchClass(t *testing.T) {
	class := CharClass{Runes: []RuneRange{{0x4e00, 0x9fa5}}}
	for _, c := range "abcz09_-" {
		class.ASCII[c>>6] |= 1 << (c & 63)
	}
	for s, want := range map[string]bool{"": true, "abc_-09z": true, "A": false, "日本": true, "日x": false, "a b": false, "é": false, "\xff": false, "\x7f": false} {
		if MatchClass(s, &class) != want {
			t.Errorf("%q", s)
		}
	}
}

func TestPatternCompilesOnce(t *testing.T) {
	p := &Pattern{Expr: `^[a-z]+$`}
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if !p.Match("abc") || MatchPattern(label("A"), p) {
				t.Error("wrong")
			}
		})
	}
	wg.Wait()
	if !(&Pattern{Expr: `(`}).Match("x") {
		t.Error("a broken pattern refuses")
	}
}

func TestMultipleOfIsExact(t *testing.T) {
	for _, tt := range []struct {
		v    float64
		of   string
		want bool
	}{
		{0.3, "0.1", true}, {0.35, "0.1", false}, {1.1, "0.01", true}, {4.35, "0.01", true}, {1e21, "7", false}, {1e22, "1e22", true},
		{0, "3", true}, {-6, "3", true}, {5, "0", false}, {5, "x", false}, {1e308, "1e-300", true},
	} {
		if MultipleOf(tt.v, tt.of) != tt.want {
			t.Errorf("%v of %s", tt.v, tt.of)
		}
	}
	if n := testing.AllocsPerRun(10, func() { MultipleOf(12, "0.5"); MultipleOf(uint64(1<<63), "4"); MultipleOf(3e7, "10") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	if !MultipleOf(9007199254740993, "3") || MultipleOf(int64(9007199254740994), "3") || !MultipleOf(float32(0.3), "0.1") {
		t.Error("integers")
	}
}

func TestDecimals(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"1", "1.0", 0}, {"1e2", "100", 0}, {"0.1", "0.10000000000000001", -1}, {"-1", "1", -1}, {"1e400", "1e399", 1},
		{"x", "1", -1}, {"1", "", 1}, {"1e999999999", "1", 1}, {"1e999999998", "1e999999999", -1}, {"x", "y", 0}, {"1/2", "0", -1}, {"0x10", "0", -1}, {"1e5", "1e+5", 0},
	} {
		if got := CompareDecimal(tt.a, tt.b); got != tt.want {
			t.Errorf("%s and %s: %d", tt.a, tt.b, got)
		}
	}
	if !DecimalMultipleOf("123456789012345678901234567890", "10") || DecimalMultipleOf(strings.Repeat("9", 10000), "3") {
		t.Error("big numbers")
	}
}
