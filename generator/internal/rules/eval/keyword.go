package eval

import (
	"encoding/json"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/model"
)

// maxDigits bounds the exponents that are computed with.
const maxDigits = 5000

// Conforms reports whether a JSON value (numbers as json.Number) is what a schema describes.
func Conforms(s *model.Schema, v any) bool {
	for _, r := range rules.Assertions(s) {
		if !Holds(r.Cond, Scope{Self: v}) {
			return false
		}
	}
	return true
}

// keyword computes what only JSON Schema asks.
func keyword(e *rules.Expr, s Scope) (any, bool) {
	v, ok := Value(e.Args[0], s)
	if !ok {
		return nil, false
	}
	switch e.Op {
	case rules.OpConforms:
		return Conforms(e.Schema, v), true
	case rules.OpMatch:
		text, isText := v.(string)
		re, err := rules.Pattern(e.Pattern)
		return isText && err == nil && re.MatchString(text), err == nil
	}
	return e.Null && v == nil || slices.ContainsFunc(e.Types, func(t model.Type) bool { return isOf(v, t) }), true
}

func isOf(v any, t model.Type) bool {
	switch v := v.(type) {
	case string:
		return t == model.TypeString
	case bool:
		return t == model.TypeBoolean
	case []any:
		return t == model.TypeArray
	case map[string]any:
		return t == model.TypeObject
	case json.Number:
		return t == model.TypeNumber || t == model.TypeInteger && decimal(v) != nil && decimal(v).IsInt()
	}
	return false
}

// decimal is a number without loss; nil when its exponent is out of all measure.
func decimal(v any) *big.Rat {
	var text string
	switch v := v.(type) {
	case json.Number:
		text = string(v)
	case int64:
		text = strconv.FormatInt(v, 10)
	}
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		if exp, err := strconv.Atoi(text[i+1:]); err != nil || exp > maxDigits || exp < -maxDigits {
			return nil
		}
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil
	}
	return r
}

// judge computes the functions of JSON Schema.
func judge(name string, args []any) (any, bool) {
	switch name {
	case rules.JSONEquals:
		return jsonEqual(args[0], args[1]), true
	case rules.JSONLength:
		s, ok := args[0].(string)
		return int64(utf8.RuneCountInString(s)), ok
	case rules.JSONSize:
		switch v := args[0].(type) {
		case []any:
			return int64(len(v)), true
		case map[string]any:
			return int64(len(v)), true
		}
	case rules.JSONUnique:
		list, ok := args[0].([]any)
		for i := range list {
			if slices.ContainsFunc(list[:i], func(v any) bool { return jsonEqual(list[i], v) }) {
				return false, true
			}
		}
		return true, ok
	case rules.JSONKeys:
		switch v := args[0].(type) {
		case map[string]any:
			return keys(v), true
		case []any:
			places := make([]any, len(v))
			for i := range v {
				places[i] = int64(i)
			}
			return places, true
		}
	case rules.JSONTail:
		list, ok := args[0].([]any)
		return list[min(int(args[1].(int64)), len(list)):], ok
	case rules.ExactlyOne:
		return len(slices.DeleteFunc(slices.Clone(args), func(v any) bool { return v != true })) == 1, true
	}
	a, b := decimal(args[0]), decimal(args[len(args)-1])
	if a == nil || b == nil {
		return nil, false
	}
	switch name {
	case rules.JSONAtLeast:
		return a.Cmp(b) >= 0, true
	case rules.JSONAtMost:
		return a.Cmp(b) <= 0, true
	case rules.JSONGreater:
		return a.Cmp(b) > 0, true
	case rules.JSONLess:
		return a.Cmp(b) < 0, true
	case rules.JSONMultiple:
		return b.Sign() != 0 && new(big.Rat).Quo(a, b).IsInt(), true
	}
	return nil, false
}

// jsonEqual compares values as JSON Schema has it.
func jsonEqual(a, b any) bool {
	switch a := a.(type) {
	case json.Number:
		b, ok := b.(json.Number)
		x, y := decimal(a), decimal(b)
		return ok && (a == b || x != nil && y != nil && x.Cmp(y) == 0)
	case []any:
		b, ok := b.([]any)
		return ok && slices.EqualFunc(a, b, jsonEqual)
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for name, v := range a {
			if other, has := b[name]; !has || !jsonEqual(v, other) {
				return false
			}
		}
		return true
	case nil:
		return b == nil
	}
	switch b.(type) {
	case []any, map[string]any:
		return false
	}
	return a == b
}
