package rule

import (
	"strconv"
	"strings"
	"testing"
)

func TestIntegersAreReadAsPackageStrconvDoes(t *testing.T) {
	for _, s := range []string{"", "-", "+", "0", "00", "-0", "+7", "-7", "--7", "+-7", "1_0", " 1", "1 ", "1.0", "0x1", "/", ":", "a", "\x00",
		"9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "99999999999999999999", "184467440737095516150"} {
		n, err := strconv.ParseInt(s, 10, 64)
		if got, ok := ParseInt(s); ok != (err == nil) || ok && got != n {
			t.Errorf("ParseInt(%q) = %d, %v; want %d, %v", s, got, ok, n, err)
		}
		u, err := strconv.ParseUint(s, 10, 64)
		if got, ok := ParseUint(s); ok != (err == nil) || ok && got != u {
			t.Errorf("ParseUint(%q) = %d, %v; want %d, %v", s, got, ok, u, err)
		}
	}
}

func TestPartsAreThoseOfSplit(t *testing.T) {
	for _, s := range []string{"", ",", "a", "a,b", ",a,,b,", "aXXbXX", "XXX"} {
		for _, sep := range []string{",", "XX"} {
			want := strings.Split(s, sep)
			if Parts(s, sep) != len(want) {
				t.Errorf("Parts(%q, %q) = %d", s, sep, Parts(s, sep))
			}
			for i := range len(want) + 2 {
				got, ok := Part(s, sep, int64(i-1))
				if ok != (i > 0 && i <= len(want)) || ok && got != want[i-1] {
					t.Errorf("Part(%q, %q, %d) = %q, %v", s, sep, i-1, got, ok)
				}
			}
			var seen []string
			if AnyPart(s, sep, func(part string) bool { seen = append(seen, part); return false }) || strings.Join(seen, "|") != strings.Join(want, "|") {
				t.Errorf("AnyPart(%q, %q) saw %q", s, sep, seen)
			}
		}
	}
	for _, s := range []string{"", " ", "a", "a,b c\td", ",, a ", "ä,ö"} {
		want := strings.Split(strings.ReplaceAll(strings.ReplaceAll(s, "\t", " "), ",", " "), " ")
		var seen []string
		if AnyPartAt(s, " \t,", func(part string) bool { seen = append(seen, part); return false }) || strings.Join(seen, "|") != strings.Join(want, "|") {
			t.Errorf("AnyPartAt(%q) saw %q", s, seen)
		}
	}
	if !AnyPart("a,b", ",", func(part string) bool { return part == "b" }) || testing.AllocsPerRun(10, func() { _, _ = ParseInt(""); _, _ = Part("a,b", ",", 3) }) > 0 {
		t.Error("a part is not found, or memory is taken")
	}
}
