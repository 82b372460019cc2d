package rt

import (
	"slices"
	"strconv"
)

// Most rules are about one text, one number or the length of one list, and most values have several. What such a rule asks is
// data, so that generated code checks all of one value in one call: a call for each of them, or a condition with what is done
// when it does not hold, would be most of what validators cost to compile. The calls take plain texts and integers: of a
// function for any type there would be one for each.

// Test is what a [Rule] asks of a text, a number or a list in relation to its N.
type Test uint8

// The tests, by the names of the keywords of JSON Schema. The zero value asks nothing.
const (
	_ Test = iota
	MinLength
	MaxLength
	Minimum
	Maximum
	MinItems
	MaxItems
)

// Aspect is what a [Rule] looks at in a member.
type Aspect uint8

// The aspects. Where there is no value, there is nothing to look at, but for a list that has to be there.
const (
	AsText  Aspect = iota // its text
	AsTexts               // each text of the list
	AsInt                 // its number
	AsItems               // how many items the list has
	AsList                // whether there is a list
)

// Matcher is what a text must match.
type Matcher interface{ Match(s string) bool }

// Values is a [Matcher]: the texts that are permitted.
type Values []string

// Match reports whether s is one of the values.
func (v *Values) Match(s string) bool { return slices.Contains(*v, s) }

// ItemCount is how many items a list has, where a rule about that is broken.
type ItemCount int

func (n ItemCount) String() string { return "a list of " + strconv.Itoa(int(n)) }

// Text checks the rules about a text: that of the member field, or the value at hand if field is empty.
//
//go:noinline
func (c *Checker) Text(field, v string, rules []Rule) {
	for i := range rules {
		if !rules[i].fits(v) {
			c.Fail(field, &rules[i], v)
		}
	}
}

// Int checks the rules about a number. See [Checker.Text].
//
//go:noinline
func (c *Checker) Int(field string, v int, rules []Rule) {
	for i := range rules {
		if !rules[i].permits(v) {
			c.Fail(field, &rules[i], v)
		}
	}
}

// Items checks the rules about the number of items that a list or a map has. See [Checker.Text].
//
//go:noinline
func (c *Checker) Items(field string, n int, rules []Rule) {
	for i := range rules {
		if !rules[i].permits(n) {
			c.Fail(field, &rules[i], ItemCount(n))
		}
	}
}

// TextAt is [Checker.Text] of item i of the list that is the member field.
//
//go:noinline
func (c *Checker) TextAt(field string, i int, v string, rules []Rule) {
	c.Enter(field, i)
	c.Text("", v, rules)
	c.Leave()
}

// fits reports whether a text is as the rule has it.
func (r *Rule) fits(v string) bool {
	ok := true
	switch r.Test {
	case MinLength:
		ok = len(v) >= r.N && (r.N <= 1 || Length(v) >= r.N)
	case MaxLength:
		ok = len(v) <= r.N || Length(v) <= r.N // no text has more characters than bytes
	}
	return ok && (r.Match == nil || r.Match.Match(v))
}

// permits reports whether a number is as the rule has it.
func (r *Rule) permits(n int) bool {
	if r.Test == Minimum || r.Test == MinItems {
		return n >= r.N
	}
	return n <= r.N
}

// limit is the limit in words: N, where the rule has no other.
func (r *Rule) limit() string {
	if r.Limit == "" && r.Test != 0 {
		return strconv.Itoa(r.N)
	}
	return r.Limit
}

// listed is the rule for those who ask for it: with its limit.
func (r *Rule) listed() Rule {
	out := *r
	out.Limit = r.limit()
	return out
}
