package plan

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
)

// function says how a function of rules is written in Go. All but arithmetic of numbers is in the runtime or the
// standard library.
type function struct {
	pkg, name string     // of a function; pkg "rule": what rules compute at run time
	method    string     // instead: of the first operand
	op        string     // instead: an operator
	with      []string   // operands behind those of the rule, as Go writes them
	fails     bool       // there is a second result
	result    rules.Kind // of what there is
	typ       string     // of the result, where it is not the canonical one
	same      bool       // it is its operand
	within    *interval  // of an integer: what it can be at most
}

func fallible(name string, result rules.Kind) function {
	return function{pkg: "rule", name: name, fails: true, result: result}
}

func total(pkg, name string, result rules.Kind) function {
	return function{pkg: pkg, name: name, result: result}
}

func operator(op string, result rules.Kind) function { return function{op: op, result: result} }

var (
	lengthOf = function{pkg: "rt", name: "Length", result: rules.Int, typ: "int", within: &interval{0, 1 << 47}}
	sizeOf   = function{name: "len", result: rules.Int, typ: "int", within: &interval{0, 1 << 47}}
	itself   = function{same: true}
)

// functions are the functions of rules by the ids of their CEL overloads. What is not listed is refused. Those that
// say whether something is true are in lower_logic.go, those on parts of times in calendar.
var functions = map[string]function{
	"size_string": lengthOf, "string_size": lengthOf, "size_list": sizeOf, "list_size": sizeOf, "size_map": sizeOf, "map_size": sizeOf,
	"size_bytes": sizeOf, "bytes_size": sizeOf,

	"add_uint64": fallible("AddUint", rules.Uint), "subtract_uint64": fallible("SubUint", rules.Uint), "multiply_uint64": fallible("MulUint", rules.Uint),
	"divide_uint64": fallible("DivUint", rules.Uint), "modulo_uint64": fallible("ModUint", rules.Uint),
	"add_double": operator("+", rules.Double), "subtract_double": operator("-", rules.Double), "multiply_double": operator("*", rules.Double),
	"divide_double": operator("/", rules.Double), "negate_double": operator("-", rules.Double),
	"add_string": operator("+", rules.String), "add_bytes": total("slices", "Concat", rules.Bytes),

	"add_timestamp_duration": fallible("AddTime", rules.Timestamp), "add_duration_timestamp": fallible("AddTime", rules.Timestamp),
	"add_duration_duration": fallible("AddInt", rules.Duration), "subtract_timestamp_duration": fallible("SubTime", rules.Timestamp),
	"subtract_timestamp_timestamp": fallible("Between", rules.Duration), "subtract_duration_duration": fallible("SubInt", rules.Duration),

	"duration_to_hours": {op: "/", with: []string{"time.Hour"}, result: rules.Int, within: &interval{-2562048, 2562048}}, "duration_to_minutes": {op: "/", with: []string{"time.Minute"}, result: rules.Int, within: &interval{-153722868, 153722868}},
	"duration_to_seconds": {op: "/", with: []string{"time.Second"}, result: rules.Int, within: &interval{-9223372037, 9223372037}}, "duration_to_milliseconds": {op: "/", with: []string{"time.Millisecond"}, result: rules.Int},

	"bool_to_bool": itself, "int64_to_int64": itself, "uint64_to_uint64": itself, "double_to_double": itself, "string_to_string": itself,
	"bytes_to_bytes": itself, "timestamp_to_timestamp": itself, "duration_to_duration": itself,
	"uint64_to_int64": fallible("UintInt", rules.Int), "double_to_int64": fallible("FloatInt", rules.Int), "string_to_int64": fallible("ParseInt", rules.Int),
	"timestamp_to_int64": {method: "Unix", result: rules.Int}, "duration_to_int64": {name: "int64", result: rules.Int},
	"int64_to_uint64": fallible("IntUint", rules.Uint), "double_to_uint64": fallible("FloatUint", rules.Uint), "string_to_uint64": fallible("ParseUint", rules.Uint),
	"int64_to_double": {name: "float64", result: rules.Double}, "uint64_to_double": {name: "float64", result: rules.Double},
	"string_to_double": fallible("ParseFloat", rules.Double), "string_to_bool": fallible("ParseBool", rules.Bool),
	"string_to_bytes": {name: "[]byte", result: rules.Bytes}, "bytes_to_string": fallible("BytesText", rules.String),
	"bool_to_string": total("strconv", "FormatBool", rules.String), "int64_to_string": {pkg: "strconv", name: "FormatInt", with: []string{"10"}, result: rules.String},
	"uint64_to_string": {pkg: "strconv", name: "FormatUint", with: []string{"10"}, result: rules.String},
	"double_to_string": total("rule", "FloatText", rules.String), "duration_to_string": total("rule", "DurationText", rules.String),
	"timestamp_to_string": total("rule", "TimeText", rules.String),
	"string_to_timestamp": fallible("ParseTime", rules.Timestamp), "int64_to_timestamp": fallible("UnixTime", rules.Timestamp),
	"string_to_duration": fallible("ParseDuration", rules.Duration),

	"contains_string": total("strings", "Contains", rules.Bool), "starts_with_string": total("strings", "HasPrefix", rules.Bool),
	"ends_with_string": total("strings", "HasSuffix", rules.Bool), "string_char_at_int": fallible("CharAt", rules.String),
	"string_index_of_string": {pkg: "rule", name: "IndexOf", with: []string{"0"}, fails: true, result: rules.Int}, "string_index_of_string_int": fallible("IndexOf", rules.Int),
	"string_last_index_of_string": total("rule", "LastIndexOf", rules.Int), "string_last_index_of_string_int": fallible("LastIndexOfFrom", rules.Int),
	"string_lower_ascii": total("rule", "LowerASCII", rules.String), "string_upper_ascii": total("rule", "UpperASCII", rules.String),
	"string_trim": total("strings", "TrimSpace", rules.String), "string_reverse": total("rule", "Reverse", rules.String),
	"string_substring_int": fallible("SubstringFrom", rules.String), "string_substring_int_int": fallible("Substring", rules.String),
	"string_replace_string_string": total("strings", "ReplaceAll", rules.String),
	"string_split_string":          {pkg: "strings", name: "Split", result: rules.List}, "list_join": {pkg: "strings", name: "Join", with: []string{`""`}, result: rules.String},
	"list_join_string": total("strings", "Join", rules.String), "add_list": {pkg: "slices", name: "Concat", result: rules.List},
}

// parts are the parts of a time, by the middle of the ids of the overloads.
var parts = map[string]function{
	"year": {name: "Year", within: &interval{-1 << 30, 1 << 30}}, "month": {name: "Month", op: "-1", within: &interval{0, 11}},
	"day_of_year": {name: "YearDay", op: "-1", within: &interval{0, 365}}, "day_of_month": {name: "Day", op: "-1", within: &interval{0, 30}},
	"day_of_month_1_based": {name: "Day", within: &interval{1, 31}}, "day_of_week": {name: "Weekday", within: &interval{0, 6}},
	"hours": {name: "Hour", within: &interval{0, 23}}, "minutes": {name: "Minute", within: &interval{0, 59}}, "seconds": {name: "Second", within: &interval{0, 59}},
	"milliseconds": {name: "Nanosecond", op: "/1000000", within: &interval{0, 999}},
}

// function writes a function.
func (l *lowering) function(e *rules.Expr, f function) value {
	if inner := e.Args[0]; f.name == "len" && inner.Op == rules.OpFilter { // no list is made to be counted
		return l.value(&rules.Expr{Op: rules.OpCount, Type: e.Type, Pos: e.Pos, Args: inner.Args, Name: inner.Name})
	}
	args := make([]value, len(e.Args))
	ok, safe := always, always
	for i, arg := range e.Args {
		args[i] = l.value(arg)
		ok, safe = allOf(ok, args[i].ok), allOf(safe, args[i].safely())
	}
	if l.bad {
		return value{code: name("nil"), ok: never}
	}
	if f.same {
		return args[0]
	}
	if x, ok := inexact(args[0].lit); ok && f.name == "float64" { // what constants come to is computed here
		return computed(value{ok: always, kind: rules.Double, typ: basic("float64")}, x)
	}
	if e.Name == "add_duration_timestamp" {
		args[0], args[1] = args[1], args[0]
	}
	out := value{ok: ok, safe: safe, kind: f.result, typ: canonical[f.result], within: f.within}
	if f.typ != "" {
		out.typ = basic(f.typ)
	}
	switch {
	case f.result == rules.List:
		return l.listFunction(e, f, args, out)
	case strings.HasPrefix(e.Name, "list_join"):
		args[0].code = l.listOf(args[0], basic("string"))
	case f.result == rules.Double && f.op != "":
		return l.real(f.op, args, out)
	}
	operands := make([]*Code, len(args))
	for i, arg := range args {
		if operands[i] = arg.plain(); i == 0 && arg.isConstant() && f.pkg == "rule" {
			if t, ok := canonical[arg.kind]; ok {
				operands[i] = convert(t, arg.code) // a constant without a type would be an int
			}
		}
	}
	for _, with := range f.with {
		if of, ok := strings.CutPrefix(with, "time."); ok {
			operands = append(operands, &Code{Op: CodeName, Pkg: "time", Name: of})
		} else {
			operands = append(operands, numeral(with))
		}
	}
	switch {
	case f.op != "" && f.result == rules.Int: // of a duration
		out.code = convert(basic("int64"), infix(f.op, operands[0], operands[1]))
	case f.op != "":
		out.code = infix(f.op, operands[0], operands[1])
	case f.method != "":
		out.code = callMethod(operands[0], f.method)
	case f.fails:
		t := l.temp(&temp{name: resultName(f), typ: out.typ, call: callFunc(l.pkg(f.pkg), f.name, operands...), can: safe})
		out = t.result(f.result, ok)
	case f.name == "len" && operands[0].splits():
		out.code = callFunc(l.b.rulePkg(), "Parts", operands[0].Args...)
	default:
		out.code = callFunc(l.pkg(f.pkg), f.name, operands...)
	}
	return out
}

// inexact is an integer as a number.
func inexact(lit any) (float64, bool) {
	switch n := lit.(type) {
	case int64:
		return float64(n), true
	case uint64:
		return float64(n), true
	}
	return 0, false
}

// pkg is the import path of a package as the table names it.
func (l *lowering) pkg(name string) string {
	switch name {
	case "rule":
		return l.b.rulePkg()
	case "rt":
		return l.b.opt.Runtime
	}
	return name
}

// resultName is what to call the result of a function.
func resultName(f function) string {
	for prefix, name := range map[string]string{"Add": "sum", "Sub": "difference", "Mul": "product", "Div": "quotient", "Mod": "remainder", "Neg": "negative",
		"Between": "span", "Index": "place", "LastIndex": "place", "CharAt": "character", "Substring": "part"} {
		if strings.HasPrefix(f.name, prefix) && !strings.HasPrefix(f.name, "Substring") {
			return name
		}
	}
	return map[rules.Kind]string{rules.String: "text", rules.Timestamp: "at", rules.Duration: "span", rules.Bool: "is"}[f.result] + map[bool]string{true: "number"}[f.result == rules.Int || f.result == rules.Uint || f.result == rules.Double]
}

// real is arithmetic of numbers. A product stands in a conversion, so that no machine rounds it together with a sum;
// what constants come to is computed here, since those of Go are exact.
func (l *lowering) real(op string, args []value, out value) value {
	if x, ok := args[0].lit.(float64); ok {
		if len(args) == 1 {
			return computed(out, -x)
		}
		if y, ok := args[1].lit.(float64); ok {
			return computed(out, map[string]float64{"+": x + y, "-": x - y, "*": x * y, "/": x / y}[op])
		}
	}
	if len(args) == 1 {
		out.code = &Code{Op: CodeUnary, Name: op, Args: []*Code{args[0].plain()}}
		return out
	}
	out.code = infix(op, args[0].plain(), args[1].plain())
	if op == "*" {
		out.code = convert(basic("float64"), out.code)
	}
	return out
}

func computed(out value, x float64) value {
	out.code = real(x)
	if !(x == 0 && math.Signbit(x)) && !math.IsInf(x, 0) && !math.IsNaN(x) {
		out.lit, out.typ = x, TypeRef{}
	}
	return out
}

// calendarPart is the part of a time that a function is about.
func calendarPart(e *rules.Expr) (function, bool) {
	part, ok := strings.CutPrefix(e.Name, "timestamp_to_")
	f, known := parts[strings.TrimSuffix(strings.TrimSuffix(part, "_with_tz"), "_tz")]
	return f, ok && known
}

// calendar is a part of a time, in UTC or at an offset of it.
func (l *lowering) calendar(e *rules.Expr, f function) value {
	at := l.value(e.Args[0])
	if l.bad {
		return at
	}
	code := at.code
	if len(e.Args) > 1 {
		if seconds, _ := e.Args[1].Value.(int64); seconds != 0 {
			code = callMethod(code, "Add", span(time.Duration(seconds)*time.Second))
		}
	}
	code = callFunc(l.b.rulePkg(), f.name, code)
	switch {
	case strings.HasPrefix(f.op, "/"):
		code = infix("/", code, numeral(f.op[1:]))
	case f.op != "":
		code = infix("-", code, numeral(f.op[1:]))
	}
	return value{code: code, ok: at.ok, safe: at.safely(), typ: basic("int"), kind: rules.Int, within: f.within}
}

// composed are constants that take more than a literal: times, durations and lists.
func (l *lowering) composed(e *rules.Expr, v value) value {
	v.lit, v.typ = nil, canonical[v.kind]
	switch x := e.Value.(type) {
	case time.Time:
		x = x.UTC()
		var args []*Code
		for _, n := range []int{x.Year(), int(x.Month()), x.Day(), x.Hour(), x.Minute(), x.Second(), x.Nanosecond()} {
			args = append(args, numeral(strconv.Itoa(n)))
		}
		v.code = callFunc("time", "Date", append(args, &Code{Op: CodeName, Pkg: "time", Name: "UTC"})...)
	case time.Duration:
		v.code = span(x)
	case []any:
		t, ok := canonical[v.kind]
		if e.Type.Elem != nil {
			t, ok = canonical[e.Type.Elem.Kind]
		}
		if !ok {
			return l.refuse(e.Pos, "there is no Go for the default")
		}
		v.typ, v.item = slice(t), e.Type.Elem.Kind
		v.code = &Code{Op: CodeList, Type: ptr(v.typ)}
		for _, item := range x {
			of := l.literal(&rules.Expr{Op: rules.OpLiteral, Type: e.Type.Elem, Pos: e.Pos, Value: item})
			v.code.Args = append(v.code.Args, unconverted(of, func(v value) *Code { return v.in(t) }))
		}
	default:
		return l.refuse(e.Pos, "there is no Go for the value %v", e.Value)
	}
	return v
}

// span is a duration in the largest unit that it is a multiple of.
func span(d time.Duration) *Code {
	for _, unit := range []struct {
		name string
		of   time.Duration
	}{{"Hour", time.Hour}, {"Minute", time.Minute}, {"Second", time.Second}, {"Millisecond", time.Millisecond}, {"Microsecond", time.Microsecond}, {"Nanosecond", 1}} {
		if d%unit.of == 0 && d != 0 {
			of := &Code{Op: CodeName, Pkg: "time", Name: unit.name}
			if d == unit.of {
				return of
			}
			return infix("*", numeral(strconv.FormatInt(int64(d/unit.of), 10)), of)
		}
	}
	return convert(canonical[rules.Duration], numeral("0"))
}

func numeralText(n int64) string { return strconv.FormatInt(n, 10) }
