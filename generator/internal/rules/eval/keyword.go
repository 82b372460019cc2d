package eval

import (
	"encoding/json"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/rt/decimal"
)

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
		n, ok := jsonNumber(v)
		return t == model.TypeNumber || t == model.TypeInteger && ok && n.IsInteger()
	}
	return false
}

// jsonNumber is a number without loss.
func jsonNumber(v any) (decimal.Number, bool) {
	switch v := v.(type) {
	case json.Number:
		return decimal.Parse(string(v))
	case int64:
		return decimal.Parse(strconv.FormatInt(v, 10))
	}
	return decimal.Number{}, false
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
	a, ok := jsonNumber(args[0])
	b, also := jsonNumber(args[len(args)-1])
	if !ok || !also {
		return nil, false
	}
	switch name {
	case rules.JSONAtLeast:
		return a.Compare(b) >= 0, true
	case rules.JSONAtMost:
		return a.Compare(b) <= 0, true
	case rules.JSONGreater:
		return a.Compare(b) > 0, true
	case rules.JSONLess:
		return a.Compare(b) < 0, true
	case rules.JSONMultiple:
		return a.MultipleOf(b), true
	}
	return nil, false
}

// jsonEqual compares values as JSON Schema has it.
func jsonEqual(a, b any) bool {
	switch a := a.(type) {
	case json.Number:
		b, ok := b.(json.Number)
		return ok && decimal.Compare(string(a), string(b)) == 0
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
