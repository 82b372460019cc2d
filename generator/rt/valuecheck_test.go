package rt

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRulesOfTexts(t *testing.T) {
	letters := CharClass{ASCII: [2]uint64{1: 0x07fffffe07fffffe}, Runes: []RuneRange{{'ä', 'ä'}}}
	for _, c := range []struct {
		name       string
		rule       Rule
		kept, lost []string
	}{
		{"one at least", Rule{Test: MinLength, N: 1, Limit: "1"}, []string{"ä", "abc"}, []string{""}},
		{"two at least", Rule{Test: MinLength, N: 2, Limit: "2"}, []string{"ää", "abc"}, []string{"", "a", "ä"}},
		{"two at most", Rule{Test: MaxLength, N: 2, Limit: "2"}, []string{"", "ab", "ää", "\xff\xff"}, []string{"abc", "äää"}},
		{"class", Rule{Match: &letters}, []string{"", "abä"}, []string{"a1", "ö"}},
		{"some of a class", Rule{Test: MinLength, N: 1, Match: &letters, Limit: "^[a-zä]+$"}, []string{"a"}, []string{"", "1"}},
		{"pattern", Rule{Match: &Pattern{Expr: `^[0-9]+$`}}, []string{"12"}, []string{"", "1a"}},
		{"forms", Rule{Match: &TextForms{{Parts: []TextPart{{Text: "as-"}}}}}, []string{"as-"}, []string{"", "as-1"}},
		{"values", Rule{Match: &Values{"a", "b"}}, []string{"a", "b"}, []string{"", "c"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.rule.ID, c.rule.Text = "T.name", "does not fit"
			rules := []Rule{c.rule}
			for _, v := range c.kept {
				var checker Checker
				assert.Zero(t, testing.AllocsPerRun(10, func() { checker.Text("name", v, rules); checker.TextAt("names", 2, v, rules) }), "%q", v)
				assert.NoError(t, checker.Err(), "%q", v)
			}
			for _, v := range c.lost {
				var checker Checker
				checker.Enter("items", 1)
				checker.Text("name", v, rules)
				checker.TextAt("names", 2, v, rules)
				broken := Violation{Path: "items[1].name", Rule: "T.name", Message: "does not fit", Limit: c.rule.Limit, Value: v}
				there := broken
				there.Path = "items[1].names[2]"
				assert.Equal(t, []Violation{broken, there}, checker.violations, "%q", v)
			}
		})
	}
}

func TestRulesOfNumbers(t *testing.T) {
	rules := []Rule{{ID: "T.least", Text: "must be at least 5 s", Test: Minimum, N: 5}, {ID: "T.most", Text: "must be at most 7 s", Test: Maximum, N: 7}}
	var kept, lost Checker
	assert.Zero(t, testing.AllocsPerRun(10, func() { kept.Int("size", 5, rules); kept.Int("size", 7, rules) }))
	assert.NoError(t, kept.Err())
	lost.Int("size", 4, rules)
	lost.Int("size", 8, rules)
	assert.Equal(t, []Violation{
		{Path: "size", Rule: "T.least", Message: "must be at least 5 s", Limit: "5", Value: 4},
		{Path: "size", Rule: "T.most", Message: "must be at most 7 s", Limit: "7", Value: 8},
	}, lost.violations)
}

func TestRulesOfTheNumberOfItems(t *testing.T) {
	rules := []Rule{{ID: "T.least", Text: "must have at least 1 item", Test: MinItems, N: 1}, {ID: "T.most", Text: "must have at most 2 items", Test: MaxItems, N: 2}}
	var kept, lost Checker
	assert.Zero(t, testing.AllocsPerRun(10, func() { kept.Items("list", 1, rules); kept.Items("list", 2, rules) }))
	assert.NoError(t, kept.Err())
	lost.Items("list", 0, rules)
	lost.Items("list", 3, rules)
	assert.EqualError(t, lost.Err(), "the request breaks 2 rules:\n\tlist must have at least 1 item, is a list of 0 [T.least]\n\tlist must have at most 2 items, is a list of 3 [T.most]")
}

func TestTheLimitOfARuleIsListed(t *testing.T) {
	type model struct{}
	rules := []Rule{{ID: "T.most", Test: MaxLength, N: 64}, {ID: "T.bytes", Test: MaxItems, N: 3, Limit: "4"}, {ID: "T.other"}}
	sets := []RuleSet{{Of: "model", Rules: [][]Rule{rules}}}
	for _, listed := range [][]Rule{ListRules(sets, new(model), new(model)), ExplainRules(sets, sets, "model", nil)} {
		require.Len(t, listed, 3)
		assert.Equal(t, []string{"64", "4", ""}, []string{listed[0].Limit, listed[1].Limit, listed[2].Limit})
	}
	assert.Empty(t, rules[0].Limit)
}

func TestValidateTakesNoMemoryForWhatIsValid(t *testing.T) {
	rules := []Rule{{ID: "T", Text: "must have at most 1 character", Test: MaxLength, N: 1}}
	value := "a"
	check := func(v any, c *Checker) { c.Text("name", *v.(*string), rules) }
	assert.Zero(t, testing.AllocsPerRun(100, func() { _ = Validate(&value, check) }))
	value = "ab"
	err := Validate(&value, check)
	value = "abc"
	other := Validate(&value, check)
	assert.EqualError(t, err, "the request breaks a rule: name must have at most 1 character, is \"ab\" [T]")
	assert.EqualError(t, other, "the request breaks a rule: name must have at most 1 character, is \"abc\" [T]")
}
