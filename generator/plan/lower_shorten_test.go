package plan

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestAListOfWhichSomethingIsSaidIsThere compares what is left of conditions with what a person would write.
func TestAListOfWhichSomethingIsSaidIsThere(t *testing.T) {
	list, other := name("list"), name("other")
	size := func(op, n string) *Code { return infix(op, callFunc("", "len", list), numeral(n)) }
	test := func(op string, x *Code) *Code { return infix(op, x, name("nil")) }
	in := func(fn string) *Code { return callFunc("example.org/rt/rule", fn, list, name("f")) }
	not := func(x *Code) *Code { return &Code{Op: CodeUnary, Name: "!", Args: []*Code{x}} }
	for _, c := range []struct{ given, want *Code }{
		{infix("||", test("==", list), size("<=", "0")), size("==", "0")},
		{infix("&&", test("!=", list), size(">", "0")), size(">", "0")},
		{infix("&&", test("!=", list), size("<=", "0")), infix("&&", test("!=", list), size("==", "0"))},
		{infix("||", test("==", list), size("<", "2")), size("<", "2")},
		{infix("&&", test("!=", list), size("<", "2")), infix("&&", test("!=", list), size("<", "2"))},
		{infix("&&", test("!=", list), size("==", "3")), size("==", "3")},
		{infix("&&", test("!=", list), size("!=", "3")), infix("&&", test("!=", list), size("!=", "3"))},
		{infix("&&", test("!=", other), size(">", "0")), infix("&&", test("!=", other), size(">", "0"))},
		{infix("&&", test("!=", list), in("Any")), in("Any")},
		{infix("&&", test("!=", list), not(in("Any"))), infix("&&", test("!=", list), not(in("Any")))},
		{infix("&&", test("!=", list), not(in("UniqueBy"))), not(in("UniqueBy"))},
		{infix("&&", test("!=", list), in("UniqueBy")), infix("&&", test("!=", list), in("UniqueBy"))},
		{infix("&&", test("!=", list), infix("&&", name("a"), in("Any"))), infix("&&", name("a"), in("Any"))},
		{infix("&&", test("!=", list), infix("||", name("a"), in("Any"))), infix("&&", test("!=", list), infix("||", name("a"), in("Any")))},
	} {
		c.given.shorten()
		assert.Equal(t, c.want.key(), c.given.key())
	}
}
