package instance

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
)

// Alphabet is the characters that free text is made of.
type Alphabet string

// The alphabets.
const (
	Plain Alphabet = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789"
	Prose Alphabet = "abcdefghijklmnopqrstuvwxyz ABC0123 &=+%?#/:;,.'\"\\<>{}[]()|~^`$@!*-_äß日本🙂é"
)

// Word is a random text of least to most characters.
func (a Alphabet) Word(r *rand.Rand, least, most int) string {
	if a == "" {
		a = Plain
	}
	runes := []rune(string(a))
	n := least
	if most > least {
		n += r.IntN(most - least + 1)
	}
	var b strings.Builder
	for i := range n {
		c := runes[r.IntN(len(runes))]
		if c == ' ' && (i == 0 || i == n-1) {
			c = 'x' // spaces at the ends are a matter of their own
		}
		b.WriteRune(c)
	}
	return b.String()
}

func (m *Maker) text(s *openapi3.Schema) string {
	if r := Representation(s, m.Doc); r != nil {
		return r.text(m)
	}
	least, most := int(s.MinLength), 16
	if least == 0 && (m.Filled || !m.chance(10)) {
		least = 1
	}
	if s.MaxLength != nil {
		most = min(int(*s.MaxLength), least+16)
	}
	most = max(most, least)
	fits := func(text string) bool {
		n := uint64(utf8.RuneCountInString(text))
		return n >= s.MinLength && (s.MaxLength == nil || n <= *s.MaxLength)
	}
	format := s.Format
	if s.ContentEncoding == "base64" {
		format = "byte"
	}
	if text, ok := m.formatted(format); ok && fits(text) {
		if re, err := regexp.Compile(s.Pattern); err != nil || re.MatchString(text) {
			return text
		}
	}
	if s.Pattern != "" {
		for range 50 {
			if text, ok := matching(m.Rand, s.Pattern); ok && fits(text) {
				return text
			}
		}
	}
	if s.ContentEncoding == "base64" {
		return base64.StdEncoding.EncodeToString([]byte(m.Text.Word(m.Rand, 1, 12)))
	}
	return m.Text.Word(m.Rand, least, most)
}

// formatted makes a text of a known format, in the spelling that a program would write it in.
func (m *Maker) formatted(format string) (string, bool) {
	r := m.Rand
	when := time.Unix(946684800+r.Int64N(1_500_000_000), 0).UTC()
	switch format {
	case "date-time":
		if m.chance(3) {
			when = when.Add(time.Duration(1+r.IntN(998)) * time.Millisecond)
		}
		if m.chance(3) {
			when = when.In(time.FixedZone("", (r.IntN(24)-11)*3600+1800))
		}
		return when.Format(time.RFC3339Nano), true
	case "date":
		return when.Format(time.DateOnly), true
	case "time":
		return when.Format("15:04:05") + "Z", true
	case "duration":
		return fmt.Sprintf("P%dDT%dH%dM", 1+r.IntN(20), r.IntN(24), 1+r.IntN(59)), true
	case "uuid":
		return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", r.Uint32(), r.IntN(1<<16), r.IntN(1<<12), r.IntN(1<<12), r.Int64N(1<<48)), true
	case "uri", "url", "iri":
		return "https://example.com/" + Plain.Word(r, 1, 8) + "?q=" + Plain.Word(r, 1, 4), true
	case "uri-reference":
		return "/" + Plain.Word(r, 1, 8), true
	case "email", "idn-email":
		return strings.ToLower(Plain.Word(r, 2, 8)) + "@example.com", true
	case "hostname":
		return "host" + strconv.Itoa(r.IntN(100)) + ".example.com", true
	case "ipv4", "ip":
		return fmt.Sprintf("10.%d.%d.%d", r.IntN(256), r.IntN(256), 1+r.IntN(254)), true
	case "ipv6":
		return fmt.Sprintf("2001:db8::%x:%x", 1+r.IntN(1<<15), 1+r.IntN(1<<15)), true
	case "byte":
		return base64.StdEncoding.EncodeToString([]byte(m.Text.Word(r, 1, 12))), true
	case "int64":
		return strconv.FormatInt(r.Int64N(1<<53), 10), true
	case "uint64":
		return strconv.FormatUint(r.Uint64N(1<<53), 10), true
	case "decimal":
		return strconv.Itoa(r.IntN(1000)) + "." + strconv.Itoa(1+r.IntN(9)), true
	}
	return "", false
}

// bounds are the limits of a number, both allowed; step is what it is a multiple of.
func bounds(s *openapi3.Schema, step float64) (lo, hi float64) {
	lo, hi = math.Inf(-1), math.Inf(1)
	if s.Min != nil {
		if lo = *s.Min; s.ExclusiveMin.Bool != nil && *s.ExclusiveMin.Bool {
			lo += step
		}
	}
	if v := s.ExclusiveMin.Value; v != nil {
		lo = max(lo, *v+step)
	}
	if s.Max != nil {
		if hi = *s.Max; s.ExclusiveMax.Bool != nil && *s.ExclusiveMax.Bool {
			hi -= step
		}
	}
	if v := s.ExclusiveMax.Value; v != nil {
		hi = min(hi, *v-step)
	}
	switch {
	case math.IsInf(lo, -1) && math.IsInf(hi, 1):
		lo, hi = 0, 1000
	case math.IsInf(lo, -1):
		lo = min(0, hi-1000)
	case math.IsInf(hi, 1):
		hi = lo + 1000
	}
	return lo, hi
}

func (m *Maker) integer(s *openapi3.Schema) json.Number {
	step := 1.0
	if s.MultipleOf != nil && *s.MultipleOf >= 1 {
		step = *s.MultipleOf
	}
	lo, hi := bounds(s, 1)
	lo, hi = math.Ceil(lo/step), math.Floor(hi/step)
	n := lo
	if width := hi - lo; width > 0 {
		n += math.Floor(m.Rand.Float64() * (min(width, 1e6) + 1))
	}
	if s.Format == "int64" && s.Max == nil && s.MultipleOf == nil && m.chance(4) {
		return json.Number(strconv.FormatInt(1<<53-m.Rand.Int64N(1000), 10)) // beyond it, kin-openapi has no exact numbers
	}
	text, _ := new(big.Float).SetFloat64(min(n, hi) * step).Int(nil)
	return json.Number(text.String())
}

func (m *Maker) number(s *openapi3.Schema) json.Number {
	if s.MultipleOf != nil || m.chance(3) {
		whole := *s
		if s.MultipleOf == nil || *s.MultipleOf >= 1 {
			if lo, hi := bounds(&whole, 1); math.Ceil(lo) <= math.Floor(hi) {
				return m.integer(&whole)
			}
		}
	}
	step := 0.25
	if s.MultipleOf != nil {
		step = *s.MultipleOf
	}
	lo, hi := bounds(s, step)
	n := math.Ceil(lo / step)
	if width := math.Floor(hi/step) - n; width > 0 {
		n += math.Floor(m.Rand.Float64() * (min(width, 1e6) + 1))
	}
	text := strconv.FormatFloat(max(lo, min(n*step, hi)), 'f', -1, 64)
	if s.MultipleOf != nil {
		text = strconv.FormatFloat(n*step, 'f', min(8, decimals(step)), 64)
	}
	return json.Number(text)
}

// decimals is how many digits a step has after the point.
func decimals(step float64) int {
	_, fraction, _ := strings.Cut(strconv.FormatFloat(step, 'f', -1, 64), ".")
	return len(fraction)
}
