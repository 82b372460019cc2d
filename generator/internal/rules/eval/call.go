package eval

import (
	"bytes"
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/rt/rule"
)

// call computes a function, by the id of its CEL overload.
func call(e *rules.Expr, args []any) (any, bool) {
	for _, c := range [...]struct {
		prefix string
		holds  func(order int) bool
	}{
		{"less_equals_", func(order int) bool { return order <= 0 }}, {"less_", func(order int) bool { return order < 0 }},
		{"greater_equals_", func(order int) bool { return order >= 0 }}, {"greater_", func(order int) bool { return order > 0 }},
	} {
		if strings.HasPrefix(e.Name, c.prefix) {
			order, ok := compare(args[0], args[1])
			return ok && c.holds(order), true
		}
	}
	switch e.Name {
	case "equals":
		return equal(args[0], args[1]), true
	case "not_equals":
		return !equal(args[0], args[1]), true
	case "in_list":
		return slices.ContainsFunc(args[1].([]any), func(v any) bool { return equal(args[0], v) }), true
	case "in_map":
		_, has := args[1].(map[string]any)[args[0].(string)]
		return has, true
	case "add_list":
		return slices.Concat(args[0].([]any), args[1].([]any)), true
	case "matches", "matches_string":
		return regexp.MustCompile(e.Pattern).MatchString(args[0].(string)), true
	case "list_is_unique":
		list := args[0].([]any)
		for i := range list {
			if slices.ContainsFunc(list[:i], func(v any) bool { return equal(list[i], v) }) {
				return false, true
			}
		}
		return true, true
	case "list_is_sorted":
		list := args[0].([]any)
		for i := 1; i < len(list); i++ {
			if order, ok := compare(list[i], list[i-1]); ok && order < 0 {
				return false, true
			}
		}
		return true, true
	}
	if strings.HasPrefix(e.Name, "timestamp_to_") {
		if at, ok := args[0].(time.Time); ok && e.Type.Kind == rules.Int && e.Name != "timestamp_to_int64" {
			return calendar(e.Name, at, args[1:])
		}
	}
	if f := functions[e.Name]; f != nil {
		return f(args)
	}
	return judge(e.Name, args)
}

// keys are the keys of a map, sorted: whatever their order is, the result of a rule is the same.
func keys(m map[string]any) []any {
	out := make([]any, 0, len(m))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		out = append(out, key)
	}
	return out
}

// equal compares values of one type. A number that is none equals nothing.
func equal(a, b any) bool {
	switch a := a.(type) {
	case []byte:
		b, ok := b.([]byte)
		return ok && bytes.Equal(a, b)
	case time.Time:
		b, ok := b.(time.Time)
		return ok && a.Equal(b)
	case []any:
		b, ok := b.([]any)
		return ok && slices.EqualFunc(a, b, equal)
	case map[string]any:
		b, ok := b.(map[string]any)
		return ok && maps.EqualFunc(a, b, equal)
	}
	return a == b
}

// compare orders values; false when they have no order.
func compare(a, b any) (int, bool) {
	switch a := a.(type) {
	case bool:
		return cmp.Compare(truth(a), truth(b.(bool))), true
	case string:
		return strings.Compare(a, b.(string)), true
	case []byte:
		return bytes.Compare(a, b.([]byte)), true
	case time.Time:
		return a.Compare(b.(time.Time)), true
	case time.Duration:
		return cmp.Compare(a, b.(time.Duration)), true
	case int64:
		switch b := b.(type) {
		case float64:
			return rule.CompareIntFloat(a, b)
		case uint64:
			return rule.CompareIntUint(a, b), true
		}
		return cmp.Compare(a, b.(int64)), true
	case uint64:
		switch b := b.(type) {
		case float64:
			return rule.CompareUintFloat(a, b)
		case int64:
			return -rule.CompareIntUint(b, a), true
		}
		return cmp.Compare(a, b.(uint64)), true
	case float64:
		if b, ok := b.(float64); ok {
			return cmp.Compare(a, b), a == a && b == b
		}
		order, ok := compare(b, a)
		return -order, ok
	}
	return 0, false
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// function is one that fails for some of its operands.
type function func(args []any) (any, bool)

// The adapters take functions of the runtime into the table.
func one[A, R any](f func(A) R) function {
	return func(args []any) (any, bool) { return f(args[0].(A)), true }
}
func oneOrFail[A, R any](f func(A) (R, bool)) function {
	return func(args []any) (any, bool) { v, ok := f(args[0].(A)); return v, ok }
}
func two[A, B, R any](f func(A, B) R) function {
	return func(args []any) (any, bool) { return f(args[0].(A), args[1].(B)), true }
}
func twoOrFail[A, B, R any](f func(A, B) (R, bool)) function {
	return func(args []any) (any, bool) { v, ok := f(args[0].(A), args[1].(B)); return v, ok }
}
func threeOrFail[A, B, C, R any](f func(A, B, C) (R, bool)) function {
	return func(args []any) (any, bool) { v, ok := f(args[0].(A), args[1].(B), args[2].(C)); return v, ok }
}

var (
	itself    = func(args []any) (any, bool) { return args[0], true }
	textSize  = one(func(s string) int64 { return int64(utf8.RuneCountInString(s)) })
	listSize  = one(func(l []any) int64 { return int64(len(l)) })
	mapSize   = one(func(m map[string]any) int64 { return int64(len(m)) })
	bytesSize = one(func(b []byte) int64 { return int64(len(b)) })
)

// functions are those that need nothing but their operands.
var functions = map[string]function{
	"size_string": textSize, "string_size": textSize, "size_list": listSize, "list_size": listSize,
	"size_map": mapSize, "map_size": mapSize, "size_bytes": bytesSize, "bytes_size": bytesSize,

	"add_int64": twoOrFail(rule.AddInt[int64]), "subtract_int64": twoOrFail(rule.SubInt[int64]), "multiply_int64": twoOrFail(rule.MulInt),
	"divide_int64": twoOrFail(rule.DivInt), "modulo_int64": twoOrFail(rule.ModInt), "negate_int64": oneOrFail(rule.NegInt[int64]),
	"add_uint64": twoOrFail(rule.AddUint), "subtract_uint64": twoOrFail(rule.SubUint), "multiply_uint64": twoOrFail(rule.MulUint),
	"divide_uint64": twoOrFail(rule.DivUint), "modulo_uint64": twoOrFail(rule.ModUint),
	"add_double":      two(func(x, y float64) float64 { return x + y }),
	"subtract_double": two(func(x, y float64) float64 { return x - y }),
	"multiply_double": two(func(x, y float64) float64 { return x * y }),
	"divide_double":   two(func(x, y float64) float64 { return x / y }),
	"negate_double":   one(func(x float64) float64 { return -x }),
	"add_string":      two(func(x, y string) string { return x + y }),
	"add_bytes":       two(func(x, y []byte) []byte { return slices.Concat(x, y) }),

	"add_timestamp_duration":       twoOrFail(rule.AddTime),
	"add_duration_timestamp":       twoOrFail(func(d time.Duration, t time.Time) (time.Time, bool) { return rule.AddTime(t, d) }),
	"add_duration_duration":        twoOrFail(rule.AddInt[time.Duration]),
	"subtract_timestamp_duration":  twoOrFail(rule.SubTime),
	"subtract_timestamp_timestamp": twoOrFail(rule.Between),
	"subtract_duration_duration":   twoOrFail(rule.SubInt[time.Duration]),

	"duration_to_hours":        one(func(d time.Duration) int64 { return int64(d / time.Hour) }),
	"duration_to_minutes":      one(func(d time.Duration) int64 { return int64(d / time.Minute) }),
	"duration_to_seconds":      one(func(d time.Duration) int64 { return int64(d / time.Second) }),
	"duration_to_milliseconds": one(time.Duration.Milliseconds),

	"bool_to_bool": itself, "int64_to_int64": itself, "uint64_to_uint64": itself, "double_to_double": itself, "string_to_string": itself,
	"bytes_to_bytes": itself, "timestamp_to_timestamp": itself, "duration_to_duration": itself,
	"uint64_to_int64": oneOrFail(rule.UintInt), "double_to_int64": oneOrFail(rule.FloatInt), "string_to_int64": oneOrFail(rule.ParseInt),
	"timestamp_to_int64": one(time.Time.Unix), "duration_to_int64": one(func(d time.Duration) int64 { return int64(d) }),
	"int64_to_uint64": oneOrFail(rule.IntUint), "double_to_uint64": oneOrFail(rule.FloatUint), "string_to_uint64": oneOrFail(rule.ParseUint),
	"int64_to_double":  one(func(x int64) float64 { return float64(x) }),
	"uint64_to_double": one(func(x uint64) float64 { return float64(x) }),
	"string_to_double": oneOrFail(rule.ParseFloat), "string_to_bool": oneOrFail(rule.ParseBool),
	"string_to_bytes": one(func(s string) []byte { return []byte(s) }), "bytes_to_string": oneOrFail(rule.BytesText),
	"bool_to_string": one(strconv.FormatBool), "int64_to_string": one(func(x int64) string { return strconv.FormatInt(x, 10) }),
	"uint64_to_string": one(func(x uint64) string { return strconv.FormatUint(x, 10) }),
	"double_to_string": one(rule.FloatText), "duration_to_string": one(rule.DurationText), "timestamp_to_string": one(rule.TimeText),
	"string_to_timestamp": oneOrFail(rule.ParseTime), "int64_to_timestamp": oneOrFail(rule.UnixTime), "string_to_duration": oneOrFail(rule.ParseDuration),

	"contains_string": two(strings.Contains), "starts_with_string": two(strings.HasPrefix), "ends_with_string": two(strings.HasSuffix),
	"string_char_at_int":              twoOrFail(rule.CharAt),
	"string_index_of_string":          two(func(s, sub string) int64 { i, _ := rule.IndexOf(s, sub, 0); return i }),
	"string_index_of_string_int":      threeOrFail(rule.IndexOf),
	"string_last_index_of_string":     two(rule.LastIndexOf),
	"string_last_index_of_string_int": threeOrFail(rule.LastIndexOfFrom),
	"string_lower_ascii":              one(rule.LowerASCII), "string_upper_ascii": one(rule.UpperASCII), "string_trim": one(strings.TrimSpace),
	"string_reverse": one(rule.Reverse), "string_substring_int": twoOrFail(rule.SubstringFrom), "string_substring_int_int": threeOrFail(rule.Substring),
	"string_replace_string_string": func(args []any) (any, bool) {
		return strings.ReplaceAll(args[0].(string), args[1].(string), args[2].(string)), true
	},
	"string_split_string": two(func(s, sep string) []any { return anys(strings.Split(s, sep)) }),
	"list_join":           one(func(l []any) string { return strings.Join(texts(l), "") }),
	"list_join_string":    two(func(l []any, sep string) string { return strings.Join(texts(l), sep) }),
}

func anys(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

func texts(list []any) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = s.(string)
	}
	return out
}

// calendar computes a part of a time, in UTC or at an offset in seconds.
func calendar(name string, t time.Time, zone []any) (any, bool) {
	t = t.UTC()
	if len(zone) > 0 {
		t = t.In(time.FixedZone("", int(zone[0].(int64))))
	}
	part := strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(name, "timestamp_to_"), "_with_tz"), "_tz")
	n, ok := map[string]int{
		"year": t.Year(), "month": int(t.Month()) - 1, "day_of_year": t.YearDay() - 1, "day_of_month": t.Day() - 1, "day_of_month_1_based": t.Day(),
		"day_of_week": int(t.Weekday()), "hours": t.Hour(), "minutes": t.Minute(), "seconds": t.Second(), "milliseconds": t.Nanosecond() / 1e6,
	}[part]
	return int64(n), ok
}

// ranges computes whether ranges are disjoint: from the lower bound on, below the upper one.
func ranges(e *rules.Expr, list []any, s Scope) (any, bool) {
	type bounds struct{ lower, upper any }
	var all []bounds
	for _, item := range list {
		lower, ok := Value(e.Args[1], s.with(e.Name, item))
		upper, also := Value(e.Args[2], s.with(e.Name, item))
		if !ok || !also {
			return nil, false
		}
		all = append(all, bounds{lower, upper})
	}
	below := func(lower, upper any) bool {
		if lower == nil || upper == nil {
			return true
		}
		order, ok := compare(lower, upper)
		return ok && order < 0
	}
	for i, a := range all {
		for _, b := range all[:i] {
			if below(a.lower, a.upper) && below(a.lower, b.upper) && below(b.lower, a.upper) && below(b.lower, b.upper) {
				return false, true
			}
		}
	}
	return true, true
}

// distinct computes whether no two items agree in all keys. What is absent agrees with what is absent.
func distinct(e *rules.Expr, list []any, s Scope) (any, bool) {
	keys := make([][]any, len(list))
	for i, item := range list {
		for _, key := range e.Args[1:] {
			v, ok := Value(key, s.with(e.Name, item))
			if !ok {
				return nil, false
			}
			keys[i] = append(keys[i], v)
		}
	}
	for i := range keys {
		if slices.ContainsFunc(keys[:i], func(other []any) bool { return slices.EqualFunc(keys[i], other, equal) }) {
			return false, true
		}
	}
	return true, true
}
