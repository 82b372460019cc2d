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
		check      func(c *Checker, v label)
		kept, lost []label
	}{
		{"least", func(c *Checker, v label) { CheckMinLength(c, "name", v, 2, r) }, []label{"ää", "abc"}, []label{"", "ä"}},
		{"most", func(c *Checker, v label) { CheckMaxLength(c, "name", v, 2, r) }, []label{"", "ab", "ää", "\xff\xff"}, []label{"abc", "äää"}},
		{"class", func(c *Checker, v label) { CheckClass(c, "name", v, &letters, r) }, []label{"", "abä"}, []label{"a1", "ö"}},
		{"some of a class", func(c *Checker, v label) { CheckSomeOfClass(c, "name", v, &letters, r) }, []label{"a"}, []label{"", "1"}},
		{"pattern", func(c *Checker, v label) { CheckPattern(c, "name", v, digits, r) }, []label{"12"}, []label{"", "1a"}},
		{"forms", func(c *Checker, v label) { CheckForms(c, "name", v, forms, r) }, []label{"as-"}, []label{"", "as-1"}},
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
