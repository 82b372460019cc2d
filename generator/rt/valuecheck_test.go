package rt

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestChecksOfTexts(t *testing.T) {
	r := &Rule{ID: "T.name", Text: "does not fit"}
	letters := CharClass{ASCII: [2]uint64{1: 0x07fffffe07fffffe}, Runes: []RuneRange{{'ä', 'ä'}}}
	digits := &Pattern{Expr: `^[0-9]+$`}
	forms := []TextForm{{Parts: []TextPart{{Text: "as-"}}}}
	for _, c := range []struct {
		name       string
		check      func(c *Checker, v string)
		kept, lost []string
	}{
		{"least", func(c *Checker, v string) { c.MinLength("name", v, 2, r) }, []string{"ää", "abc"}, []string{"", "ä"}},
		{"most", func(c *Checker, v string) { c.MaxLength("name", v, 2, r) }, []string{"", "ab", "ää", "\xff\xff"}, []string{"abc", "äää"}},
		{"class", func(c *Checker, v string) { c.Class("name", v, &letters, r) }, []string{"", "abä"}, []string{"a1", "ö"}},
		{"some of a class", func(c *Checker, v string) { c.SomeOfClass("name", v, &letters, r) }, []string{"a"}, []string{"", "1"}},
		{"pattern", func(c *Checker, v string) { c.Pattern("name", v, digits, r) }, []string{"12"}, []string{"", "1a"}},
		{"forms", func(c *Checker, v string) { c.Forms("name", v, forms, r) }, []string{"as-"}, []string{"", "as-1"}},
		{"one of", func(c *Checker, v string) { c.OneOf("name", v, []string{"a", "b"}, r) }, []string{"a", "b"}, []string{"", "c"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, v := range c.kept {
				var checker Checker
				assert.Zero(t, testing.AllocsPerRun(10, func() { c.check(&checker, v) }), "%q", v)
				assert.NoError(t, checker.Err(), "%q", v)
			}
			for _, v := range c.lost {
				var checker Checker
				checker.Enter("items", 1)
				c.check(&checker, v)
				assert.Equal(t, []Violation{{Path: "items[1].name", Rule: "T.name", Message: "does not fit", Value: v}}, checker.violations, "%q", v)
			}
		})
	}
}

func TestChecksOfNumbers(t *testing.T) {
	r := &Rule{ID: "T.size", Text: "does not fit"}
	var kept, lost Checker
	assert.Zero(t, testing.AllocsPerRun(10, func() { kept.Min("size", 5, 5, r); kept.Max("size", 5, 5, r) }))
	assert.NoError(t, kept.Err())
	lost.Min("size", 5, 6, r)
	lost.Max("size", 5, 4, r)
	broken := Violation{Path: "size", Rule: "T.size", Message: "does not fit", Value: 5}
	assert.Equal(t, []Violation{broken, broken}, lost.violations)
}
