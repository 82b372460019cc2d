package plan

import (
	"regexp/syntax"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/model"
)

func TestPatternsOfOneClass(t *testing.T) {
	cases := []struct {
		pattern  string
		class    []Range
		nonEmpty bool
		ok       bool
	}{
		{"^[a-z]*$", []Range{{'a', 'z'}}, false, true},
		{"^[a-zA-Z0-9_-]+$", []Range{{'-', '-'}, {'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}, true, true},
		{`^\w+$`, []Range{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}, true, true},
		{`^[\x{4e00}-\x{9fff}a]*$`, []Range{{'a', 'a'}, {0x4e00, 0x9fff}}, false, true},
		{"^[^a]*$", []Range{{0, 'a' - 1}, {'a' + 1, 0x10ffff}}, false, true},
		{"[a-z]*", nil, false, false},  // not anchored
		{"^[a-z]*", nil, false, false}, // at one end
		{"^[a-z]{2}$", nil, false, false},
		{"^[a-z]?$", nil, false, false},
		{"^a*$", nil, false, false},
		{"^([a-z])*$", nil, false, false},
		{"(?m)^[a-z]*$", nil, false, false}, // lines, not the text
		{"^[a-z]*?$", []Range{{'a', 'z'}}, false, true},
		{"^.*$", nil, false, false},
	}
	for _, c := range cases {
		t.Run(c.pattern, func(t *testing.T) {
			re, err := syntax.Parse(c.pattern, syntax.Perl)
			require.NoError(t, err)
			class, nonEmpty, ok := repeatedClass(re.Simplify())
			assert.Equal(t, c.ok, ok)
			if ok {
				assert.Equal(t, c.class, class)
				assert.Equal(t, c.nonEmpty, nonEmpty)
			}
		})
	}
}

func TestBounds(t *testing.T) {
	integer := repr{form: scalar, typ: basic("int64"), codec: CodecField{Kind: "Int64"}}
	unsigned := repr{form: scalar, typ: basic("uint64"), codec: CodecField{Kind: "Uint64"}}
	decimal := repr{form: scalar, typ: defined("Number"), codec: CodecField{Kind: "Decimal"}}
	float := repr{form: scalar, typ: basic("float64"), codec: CodecField{Kind: "Float64"}}
	cases := []struct {
		keyword string
		number  model.Number
		repr    repr
		op      CheckOp // empty: not checked
		literal string
		message bool
	}{
		{"minimum", "1", integer, CheckMin, "1", false},
		{"minimum", "0.5", integer, CheckMin, "1", false},
		{"minimum", "-0.5", integer, CheckMin, "0", false},
		{"minimum", "-1.5", integer, CheckMin, "-1", false},
		{"maximum", "0.5", integer, CheckMax, "0", false},
		{"maximum", "-0.5", integer, CheckMax, "-1", false},
		{"maximum", "1e2", integer, CheckMax, "100", false},
		{"exclusiveMinimum", "1.5", integer, CheckGreater, "1", false},
		{"exclusiveMinimum", "-1.5", integer, CheckGreater, "-2", false},
		{"exclusiveMaximum", "1.5", integer, CheckLess, "2", false},
		{"exclusiveMaximum", "-1.5", integer, CheckLess, "-1", false},
		{"maximum", "9223372036854775806", integer, CheckMax, "9223372036854775806", false},
		{"maximum", "9223372036854775807", integer, "", "", false}, // always holds
		{"minimum", "0", unsigned, "", "", false},
		{"minimum", "1", unsigned, CheckMin, "1", false},
		{"minimum", "-1", unsigned, "", "", false},
		{"maximum", "-1", unsigned, "", "", true},
		{"maximum", "9223372036854775808", unsigned, CheckMax, "9223372036854775808", false},
		{"maximum", "100000000000000000000", decimal, CheckMax, "100000000000000000000", false},
		{"multipleOf", "0.01", decimal, CheckMultiple, "0.01", false},
		{"maximum", "9223372036854775808", integer, "", "", false}, // always holds
		{"minimum", "-1e30", integer, "", "", false},
		{"minimum", "9223372036854775808", integer, "", "", true}, // never holds
		{"maximum", "-1e30", integer, "", "", true},
		{"multipleOf", "5", integer, CheckMultiple, "5", false},
		{"multipleOf", "0.5", integer, "", "", false}, // always holds
		{"multipleOf", "1.5", integer, CheckMultiple, "1.5", false},
		{"minimum", "0.1", float, CheckMin, "0.1", false},
		{"maximum", "1e400", float, "", "", false},
		{"minimum", "1e400", float, "", "", true},
		{"minimum", "1e999999999", float, "", "", true},
		{"minimum", "x", integer, "", "", true},
	}
	for _, c := range cases {
		t.Run(c.keyword+" "+string(c.number)+" "+c.repr.typ.Name, func(t *testing.T) {
			b := &builder{}
			got := b.bound(rules.Rule{Keyword: c.keyword, Number: c.number}, c.repr)
			assert.Equal(t, c.message, len(b.diags) > 0, b.diags)
			if c.op == "" {
				assert.Nil(t, got)
				return
			}
			require.NotNil(t, got)
			assert.Equal(t, c.op, got.Op)
			assert.Equal(t, c.literal, got.Literal)
		})
	}
}

func TestIntegers(t *testing.T) {
	for _, c := range []struct {
		value, want string
		ok          bool
	}{
		{"1", "1", true}, {"-0", "0", true}, {"1e2", "100", true}, {"1.0", "1", true}, {"1.5", "", false}, {`"1"`, "", false}, {"1/2", "", false}, {"0x10", "", false},
		{"null", "", false}, {"true", "", false}, {"", "", false}, {"9223372036854775808", "", false}, {"[1]", "", false},
	} {
		got, ok := integer(model.Value(c.value))
		assert.Equal(t, c.ok, ok, c.value)
		assert.Equal(t, c.want, got, c.value)
	}
}
