package cel

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Rules are told in words that people use.
func TestRulesInWords(t *testing.T) {
	c, api := load(t, everything)
	self := c.types.Of(api.Schemas[0])
	for _, test := range []struct{ rule, words string }{
		{"!has(self.o) || self.i > 3", "if o is set, i is more than 3"},
		{"self.s != 'ALARM' || has(self.r)", "if s is ALARM, r is set"},
		{"!(self.s == 'ALARM') || has(self.r)", "if s is ALARM, r is set"},
		{"self.s == 'ALARM' ? has(self.r) : !has(self.r)", "if s is ALARM, r is set, else r is absent"},
		{"self.i <= effective(self.j)", "i is at most j (by default 5)"},
		{"!has(self.e) || self.e >= effective(self.d) && self.e < 10.0", "if e is set, e is at least d (by default 1.5) and e is less than 10"},
		{"!(has(self.r) && has(self.y))", "if r is set, y is absent"},
		{"has(self.os) && self.os.all(x, has(x.k))", "os is set and (for each of os, k is set)"},
		{"!has(self.os) || self.os.isUniqueBy(x, x.k)", "if os is set, no two of os are equal in k"},
		{"!has(self.os) || self.os.isUniqueBy(x, x.k, x.lo, x.hi)", "if os is set, no two of os are equal in k, lo and hi"},
		{"!has(self.os) || self.os.isDisjoint(x, x.lo, x.hi)", "if os is set, the ranges of os, from lo to below hi, do not overlap"},
		{"!has(self.ss) || size(self.ss) <= 3 && self.ss.isSorted()", "if ss is set, the number of ss is at most 3 and ss are in order"},
		{"self.s in ['a', 'b'] || self.s.startsWith('x-')", "s is one of a, b or s begins with x-"},
		{"!has(self.t) || self.t > now + duration('1h')", "if t is set, t is more than (now + 1h0m0s)"},
		{"!has(self.o) || has(self.o.lo) && self.o.lo * 2.0 == 1.0", "if o is set, o.lo is set and (o.lo * 2) is 1"},
		{"self.s.matches('^a+$') && size(self.s) > 1", "s matches ^a+$ and the length of s is more than 1"},
		{"!has(self.b) || !self.b", "if b is set, b is false"},
	} {
		x := c.expression(model.Expression{Text: test.rule}, self, rules.Bool, "the rule", nil)
		c.diags = nil
		if x == nil { // unguarded on purpose: what is tested are the words
			checked := c.parse(model.Expression{Text: test.rule}, self)
			require.NotNil(t, checked, test.rule)
			tr := translator{ast: checked.NativeRep(), provider: c.provider, self: self, names: map[string]int{}}
			x = tr.expr(checked.NativeRep().Expr())
		}
		assert.Equal(t, test.words, x.Words(), test.rule)
	}
}
