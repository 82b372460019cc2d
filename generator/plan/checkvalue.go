package plan

import (
	"math"
	"math/big"
	"slices"
	"strconv"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/model"
)

// permitted is the check of a list of values.
func permitted(rule rules.Rule, r repr) *Check {
	if r.enum != nil && rule.Keyword == "enum" && lists(rule.Values, r.enum) {
		t := defined(r.enum.Name)
		return &Check{Op: CheckKnown, Type: &t, Text: r.enum.Base == "string"}
	}
	c := &Check{Op: CheckOneOf, Text: r.codec.Kind == "String"}
	for _, v := range distinct(rule.Values) {
		literal, ok := literal(v.Value, r)
		if name := r.enum.constant(literal); ok && name != "" {
			c.Names = append(c.Names, name)
		} else if ok {
			c.Values = append(c.Values, literal)
		}
	}
	return c
}

// within reports whether all values are among others.
func within(values, others []*model.Enum) bool {
	return len(distinct(slices.Concat(others, values))) == len(distinct(others))
}

// constant is the name of the constant of a value, or "" when there is none.
func (e *Enum) constant(literal string) string {
	if e != nil {
		for _, v := range e.Values {
			if v.Number == literal && e.Base != "string" || v.Text == literal && e.Base == "string" {
				return v.Name
			}
		}
	}
	return ""
}

// lists reports whether a rule permits all values of an enum, and not only some.
func lists(values []*model.Enum, e *Enum) bool { return len(distinct(values)) >= len(e.Values) }

// literal is a permitted value as the representation can hold it.
func literal(v model.Value, r repr) (string, bool) {
	switch r.codec.Kind {
	case "String":
		return v.Text()
	case "Bool":
		return string(v), string(v) == "true" || string(v) == "false"
	case "Int", "Int64", "Uint64":
		return integer(v)
	case "Float64":
		f, err := strconv.ParseFloat(string(v), 64)
		return string(v), err == nil && !math.IsInf(f, 0)
	}
	return "", false
}

var boundOps = map[string]CheckOp{"minimum": CheckMin, "maximum": CheckMax, "exclusiveMinimum": CheckGreater,
	"exclusiveMaximum": CheckLess, "multipleOf": CheckMultiple}

// bound lowers a numeric limit. On an integer a fractional bound moves to the next integer inside,
// and one outside the type's range either always holds or is reported.
func (b *builder) bound(rule rules.Rule, r repr) *Check {
	op := boundOps[rule.Keyword]
	x, ok := new(big.Rat).SetString(string(rule.Number))
	if !ok {
		b.diags.Warnf(rule.Pos, "bad-limit", "%s %s is not a number; it is not checked", rule.Keyword, rule.Number)
		return nil
	}
	never := func() *Check {
		b.diags.Warnf(rule.Pos, "bad-limit", "no value of this type is within the limit %s %s; it is not checked", rule.Keyword, rule.Number)
		return nil
	}
	upper := op == CheckMax || op == CheckLess
	if r.codec.Kind == "Decimal" {
		return &Check{Op: op, Literal: string(rule.Number), Decimal: true}
	}
	if r.codec.Kind == "Float64" || r.typ.Name == "float64" {
		if f, _ := x.Float64(); math.IsInf(f, 0) && (f > 0) == upper {
			return nil // always holds
		} else if math.IsInf(f, 0) {
			return never()
		}
		return &Check{Op: op, Literal: string(rule.Number)}
	}
	n := new(big.Int).Quo(x.Num(), x.Denom())
	if !x.IsInt() {
		if op == CheckMultiple {
			if new(big.Rat).Inv(x).IsInt() {
				return nil // every integer is one
			}
			return &Check{Op: op, Literal: string(rule.Number)}
		}
		up := op == CheckMin || op == CheckLess // the first integer above
		if up && x.Sign() > 0 {
			n.Add(n, big.NewInt(1))
		} else if !up && x.Sign() < 0 {
			n.Sub(n, big.NewInt(1))
		}
	}
	lowest, highest := big.NewInt(math.MinInt64), big.NewInt(math.MaxInt64)
	if r.codec.Kind == "Uint64" || r.typ.Name == "uint64" {
		lowest, highest = new(big.Int), new(big.Int).SetUint64(math.MaxUint64)
	}
	below, above := n.Cmp(lowest) < 0, n.Cmp(highest) > 0
	below, above = below || op == CheckMin && n.Cmp(lowest) == 0, above || op == CheckMax && n.Cmp(highest) == 0
	switch {
	case op != CheckMultiple && (above && upper || below && !upper):
		return nil // always holds
	case above || below:
		return never()
	}
	return &Check{Op: op, Literal: n.String()}
}
