package cel

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	celgo "cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/rules/eval"
	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/internal/source"
	"github.com/pantograph-go/pantograph/generator/model"
)

// everything is a schema with members of every type that rules know.
const everything = `
openapi: 3.1.1
info: {title: T, version: "1"}
paths:
  /all:
    post:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/All"}}}}
      responses: {"204": {description: OK}}
components:
  schemas:
    All:
      type: object
      required: [i, s]
      properties:
        i: {type: integer}
        j: {type: integer, default: 5}
        u: {type: integer, format: uint64}
        d: {type: number, default: 1.5}
        e: {type: number}
        b: {type: boolean, default: true}
        s: {type: string}
        r: {type: string, default: "äß"}
        y: {type: string, format: byte}
        t: {type: string, format: date-time}
        w: {type: string, x-pantograph: {represents: {type: time, layouts: ["YYYY-MM-DDThh:mmZ", "hh:mm"]}}}
        is: {type: array, items: {type: integer}}
        ss: {type: array, items: {type: string}}
        ds: {type: array, items: {type: number}}
        os: {type: array, items: {$ref: "#/components/schemas/Item"}}
        o: {$ref: "#/components/schemas/Item"}
        m: {type: object, additionalProperties: {type: integer}}
        n: {type: object, additionalProperties: {$ref: "#/components/schemas/Item"}}
        yes: {type: string, x-pantograph: {represents: {type: boolean, "true": "yes", "false": "no"}}}
    Item:
      type: object
      properties:
        lo: {type: number}
        hi: {type: number}
        a: {type: integer}
        k: {type: string}
        all: {$ref: "#/components/schemas/All"}
`

// load reads a document and returns a compiler for it.
func load(t testing.TB, document string) (*compiler, *model.API) {
	t.Helper()
	api, diags := source.Load(source.Request{FS: fstest.MapFS{"openapi.yaml": {Data: []byte(document)}}, Specs: []string{"openapi.yaml"}})
	require.NotNil(t, api, "%v", diags)
	return newCompiler(api, shape.New(api.Schemas)), api
}

// oracle has cel-go compute an expression; false: it fails.
func (c *compiler) oracle(t testing.TB, text string, self *rules.Type, value any, now time.Time) (any, bool) {
	return computed(t, c.program(t, text, self), value, now)
}

// program is an expression as cel-go runs it.
func (c *compiler) program(t testing.TB, text string, self *rules.Type) celgo.Program {
	checked := c.parse(model.Expression{Text: text}, self)
	require.NotNil(t, checked, "%s: %v", text, c.diags)
	c.fillDefaults(t, checked.NativeRep())
	env, err := c.environment(self)
	require.NoError(t, err)
	program, err := env.PlanProgram(checked.NativeRep())
	require.NoError(t, err, text)
	return program
}

func computed(t testing.TB, program celgo.Program, value any, now time.Time) (any, bool) {
	out, _, err := program.Eval(map[string]any{"self": value, "now": now})
	if err != nil {
		return nil, false
	}
	return native(t, out), true
}

// Oracle is cel-go, as the judge of the rules of a document.
type Oracle struct {
	c        *compiler
	programs map[*rules.Rule]celgo.Program
}

// CompileWithOracle is Compile, and who judges what it made.
func CompileWithOracle(api *model.API) ([]*rules.Subject, diag.List, *Oracle) {
	o := &Oracle{newCompiler(api, shape.New(api.Schemas)), map[*rules.Rule]celgo.Program{}}
	subjects, diags := o.c.compile()
	return subjects, diags, o
}

// Holds reports whether a rule holds: it does not where it fails.
func (o *Oracle) Holds(t testing.TB, of *rules.Subject, r *rules.Rule, scope eval.Scope) bool {
	if o.programs[r] == nil {
		o.programs[r] = o.c.program(t, r.Stated.Rule.Text, of.Type)
	}
	v, ok := computed(t, o.programs[r], scope.Self, scope.Now)
	return ok && v == true
}

// fillDefaults writes the defaults of members into an expression: cel-go does not know them.
func (c *compiler) fillDefaults(t testing.TB, checked *ast.AST) {
	ast.PostOrderVisit(checked.Expr(), ast.NewExprVisitor(func(e ast.Expr) {
		if e.Kind() != ast.CallKind || e.AsCall().FunctionName() != defaultOf {
			return
		}
		member := e.AsCall().Args()[0].AsSelect()
		of := c.provider.objects[checked.GetType(member.Operand().ID()).TypeName()]
		require.NotNil(t, of)
		f := of.Field(member.FieldName())
		require.NotNil(t, f)
		v, err := constant(f.Type, f.Default)
		require.NoError(t, err)
		e.SetKindCase(ast.NewExprFactory().NewLiteral(e.ID(), c.provider.NativeToValue(v)))
	}))
}

// native is a value of cel-go as ours.
func native(t testing.TB, v ref.Val) any {
	switch v := v.(type) {
	case types.Bool:
		return bool(v)
	case types.Int:
		return int64(v)
	case types.Uint:
		return uint64(v)
	case types.Double:
		return float64(v)
	case types.String:
		return string(v)
	case types.Bytes:
		return []byte(v)
	case types.Timestamp:
		return v.Time
	case types.Duration:
		return v.Duration
	case traits.Mapper:
		out := map[string]any{}
		for it := v.Iterator(); it.HasNext() == types.True; {
			k := it.Next()
			out[string(k.(types.String))] = native(t, v.Get(k))
		}
		return out
	case traits.Lister:
		out := []any{}
		for it := v.Iterator(); it.HasNext() == types.True; {
			out = append(out, native(t, it.Next()))
		}
		return out
	}
	require.Fail(t, "unexpected value", "%T", v)
	return nil
}

// same compares results: NaN is NaN here.
func same(a, b any) bool {
	switch a := a.(type) {
	case float64:
		b, ok := b.(float64)
		return ok && (a == b || math.IsNaN(a) && math.IsNaN(b))
	case time.Time:
		b, ok := b.(time.Time)
		return ok && a.Equal(b)
	case []any:
		b, ok := b.([]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for i := range a {
			if !same(a[i], b[i]) {
				return false
			}
		}
		return true
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for k := range a {
			if _, has := b[k]; !has || !same(a[k], b[k]) {
				return false
			}
		}
		return true
	case []byte:
		b, ok := b.([]byte)
		return ok && string(a) == string(b)
	}
	return a == b
}

// value makes a random JSON value of a type.
func randomValue(r *rand.Rand, t *rules.Type, depth int) any {
	pick := func(list ...any) any { return list[r.IntN(len(list))] }
	if t.Schema != nil && t.Schema.Represents != nil {
		if t.Kind == rules.Bool {
			return pick("yes", "no")
		}
		return pick("2015-07-24T03:34Z", "16:30", "00:00")
	}
	switch t.Kind {
	case rules.Bool:
		return r.IntN(2) == 0
	case rules.Int:
		return json.Number(pick("0", "1", "-1", "2", "5", "7", "100", "9223372036854775807", "-9223372036854775808", "-7").(string))
	case rules.Uint:
		return json.Number(pick("0", "1", "2", "18446744073709551615", "9223372036854775808").(string))
	case rules.Double:
		return json.Number(pick("0", "-0.0", "0.5", "1", "1.5", "-2.25", "1e300", "9223372036854775808", "1e21", "100", "3").(string))
	case rules.String:
		return pick("", "a", "ab", "äß", "abcabc", "😀x", "A-1", "5", "-3", "true", "1.5", "2024-02-29T12:00:00Z", "90s", "B", "a,b", " x ")
	case rules.Bytes:
		return pick("", "YQ==", "/w==", "w6Q=")
	case rules.Timestamp:
		return pick("2024-02-29T12:34:56.789Z", "1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2024-03-01T01:00:00+08:00")
	case rules.List:
		list := []any{}
		for range r.IntN(4) {
			list = append(list, randomValue(r, t.Elem, depth-1))
		}
		return list
	case rules.Map:
		m := map[string]any{}
		for range r.IntN(3) {
			m[pick("a", "ab", "x-y", "").(string)] = randomValue(r, t.Elem, depth-1)
		}
		return m
	case rules.Object:
		m := map[string]any{}
		for _, f := range t.Fields {
			if !f.Required && (depth <= 0 || r.IntN(5) < 2) {
				continue
			}
			if !f.Required && r.IntN(12) == 0 {
				m[f.Name] = nil
				continue
			}
			m[f.Name] = randomValue(r, f.Type, depth-1)
		}
		return m
	}
	return nil
}

// grammar makes random expressions of a type, as text.
type grammar struct {
	r    *rand.Rand
	vars []variable
	n    int
}

type variable struct{ name, kind string }

func (g *grammar) pick(list ...string) string { return list[g.r.IntN(len(list))] }

// leaves are expressions of a kind without operands.
var leaves = map[string][]string{
	"bool":   {"true", "false", "self.b", "effective(self.b)", "has(self.j)", "has(self.o)", "has(self.o.a)", "has(self.t)", "self.yes", "has(self.m.a)"},
	"int":    {"0", "1", "-1", "3", "9223372036854775807", "self.i", "self.j", "effective(self.j)", "self.o.a", "self.is[0]", "self.m['a']", "self.n.ab.a"},
	"uint":   {"0u", "1u", "18446744073709551615u", "self.u"},
	"double": {"0.0", "1.5", "-0.0", "1e308", "self.d", "self.e", "effective(self.d)", "self.o.lo", "self.ds[1]"},
	"string": {"''", "'a'", "'ab'", "'ä'", "'😀'", "self.s", "self.r", "effective(self.r)", "self.o.k", "self.ss[0]", "'5'", "'b,c'"},
	"bytes":  {"b'a'", "b'\\xff'", "self.y"},
	"time":   {"self.t", "now", "self.w", "timestamp('2024-02-29T12:34:56.789Z')", "timestamp('9999-12-31T23:59:59Z')"},
	"span":   {"duration('1h30m')", "duration('-1s')", "duration('0s')", "duration('2540400h')"},
	"ints":   {"self.is", "[1, 2, 2]", "[self.i, self.j]"},
	"texts":  {"self.ss", "['a', self.r]"},
	"reals":  {"self.ds", "[1.0, self.d]"},
	"items":  {"self.os", "[self.o]"},
	"map":    {"self.m", "self.n"},
}

func (g *grammar) expr(kind string, depth int) string {
	for i := len(g.vars) - 1; i >= 0; i-- {
		if g.vars[i].kind == kind && g.r.IntN(3) == 0 {
			return g.vars[i].name
		}
	}
	if depth <= 0 || g.r.IntN(8) == 0 {
		return g.pick(leaves[kind]...)
	}
	sub := func(kind string) string { return g.expr(kind, depth-1) }
	switch kind {
	case "bool":
		return g.condition(depth)
	case "int":
		return g.pick(
			fmt.Sprintf("(%s %s %s)", sub("int"), g.pick("+", "-", "*", "/", "%"), sub("int")), "-("+sub("int")+")",
			"size("+sub(g.pick("string", "ints", "texts", "bytes", "map", "items"))+")", sub("texts")+".size()",
			"int("+sub(g.pick("uint", "double", "string", "time", "span", "int"))+")",
			fmt.Sprintf("%s.indexOf(%s)", sub("string"), sub("string")), fmt.Sprintf("%s.lastIndexOf(%s)", sub("string"), sub("string")),
			fmt.Sprintf("%s.indexOf(%s, %s)", sub("string"), sub("string"), sub("int")), fmt.Sprintf("%s.lastIndexOf(%s, %s)", sub("string"), sub("string"), sub("int")),
			"("+sub("time")+")."+g.pick("getFullYear", "getMonth", "getDayOfYear", "getDayOfMonth", "getDate", "getDayOfWeek", "getHours", "getMinutes", "getSeconds", "getMilliseconds")+
				"("+g.pick("", "'UTC'", "'+08:00'", "'-03:30'")+")",
			"("+sub("span")+")."+g.pick("getHours", "getMinutes", "getSeconds", "getMilliseconds")+"()",
			fmt.Sprintf("(%s)[%s]", sub("ints"), sub("int")), g.choice("int", depth), sub("ints")+"["+sub("int")+"]",
		)
	case "uint":
		return g.pick(fmt.Sprintf("(%s %s %s)", sub("uint"), g.pick("+", "-", "*", "/", "%"), sub("uint")), "uint("+sub(g.pick("int", "double", "string"))+")", g.choice("uint", depth))
	case "double":
		return g.pick(fmt.Sprintf("(%s %s %s)", sub("double"), g.pick("+", "-", "*", "/"), sub("double")), "-("+sub("double")+")",
			"double("+sub(g.pick("int", "uint", "string"))+")", g.choice("double", depth))
	case "string":
		return g.pick(fmt.Sprintf("(%s + %s)", sub("string"), sub("string")), "string("+sub(g.pick("int", "uint", "double", "bool", "bytes", "time", "span"))+")",
			sub("string")+g.pick(".lowerAscii()", ".upperAscii()", ".trim()", ".reverse()"), fmt.Sprintf("%s.charAt(%s)", sub("string"), sub("int")),
			fmt.Sprintf("%s.substring(%s)", sub("string"), sub("int")), fmt.Sprintf("%s.substring(%s, %s)", sub("string"), sub("int"), sub("int")),
			fmt.Sprintf("%s.replace(%s, %s)", sub("string"), sub("string"), sub("string")), sub("texts")+".join()", sub("texts")+".join("+sub("string")+")", g.choice("string", depth))
	case "bytes":
		return g.pick(fmt.Sprintf("(%s + %s)", sub("bytes"), sub("bytes")), "bytes("+sub("string")+")")
	case "time":
		return g.pick(fmt.Sprintf("(%s + %s)", sub("time"), sub("span")), fmt.Sprintf("(%s - %s)", sub("time"), sub("span")), fmt.Sprintf("(%s + %s)", sub("span"), sub("time")),
			"timestamp("+sub(g.pick("int", "string"))+")")
	case "span":
		return g.pick(fmt.Sprintf("(%s %s %s)", sub("span"), g.pick("+", "-"), sub("span")), fmt.Sprintf("(%s - %s)", sub("time"), sub("time")), "duration("+sub("string")+")")
	case "ints", "texts", "reals":
		elem := map[string]string{"ints": "int", "texts": "string", "reals": "double"}[kind]
		return g.pick(fmt.Sprintf("(%s + %s)", sub(kind), sub(kind)), g.loop(kind, elem, "filter", "bool", depth), g.loop("items", "item", "map", elem, depth),
			g.loop(g.pick("ints", "texts", "reals"), "", "map", elem, depth), "["+sub(elem)+", "+sub(elem)+"]")
	case "items":
		return g.loop("items", "item", "filter", "bool", depth)
	}
	return g.pick(leaves[kind]...)
}

func (g *grammar) choice(kind string, depth int) string {
	return fmt.Sprintf("(%s ? %s : %s)", g.expr("bool", depth-1), g.expr(kind, depth-1), g.expr(kind, depth-1))
}

// loop goes through a list with a macro.
func (g *grammar) loop(list, elem, macro, body string, depth int) string {
	over := g.expr(list, depth-1)
	g.n++
	name := fmt.Sprintf("v%d", g.n)
	if g.r.IntN(4) == 0 {
		name = "v"
	}
	if elem == "" {
		elem = map[string]string{"ints": "int", "texts": "string", "reals": "double", "map": "string"}[list]
	}
	vars := g.vars
	visible := slices.DeleteFunc(slices.Clone(vars), func(v variable) bool { // the new one hides a like one
		return v.name == name || strings.HasPrefix(v.name, name+".") || strings.HasPrefix(v.name, "has("+name+".")
	})
	switch elem {
	case "item":
		g.vars = append(visible, variable{name + ".a", "int"}, variable{name + ".lo", "double"}, variable{name + ".k", "string"},
			variable{"has(" + name + ".a)", "bool"}, variable{"has(" + name + ".all.j)", "bool"})
	default:
		g.vars = append(visible, variable{name, elem})
	}
	text := fmt.Sprintf("%s.%s(%s, %s)", over, macro, name, g.expr(body, depth-1))
	g.vars = vars
	return text
}

func (g *grammar) condition(depth int) string {
	sub := func(kind string) string { return g.expr(kind, depth-1) }
	number := func() string { return sub(g.pick("int", "uint", "double")) }
	switch g.r.IntN(14) {
	case 0, 1:
		return "(" + sub("bool") + g.pick(" && ", " || ") + sub("bool") + g.pick(" && ", " || ") + sub("bool") + ")"
	case 2:
		return "!(" + sub("bool") + ")"
	case 3:
		return g.choice("bool", depth)
	case 4, 5:
		return "(" + number() + g.pick(" < ", " <= ", " > ", " >= ") + number() + ")"
	case 6:
		kind := g.pick("string", "bool", "bytes", "time", "span")
		return "(" + sub(kind) + g.pick(" < ", " <= ", " > ", " >= ") + sub(kind) + ")"
	case 7:
		kind := g.pick("int", "uint", "double", "string", "bool", "bytes", "time", "span", "ints", "texts", "reals")
		return "(" + sub(kind) + g.pick(" == ", " != ") + sub(kind) + ")"
	case 8:
		kinds := [][2]string{{"int", "ints"}, {"string", "texts"}, {"double", "reals"}, {"string", "map"}}[g.r.IntN(4)]
		return "(" + sub(kinds[0]) + " in " + sub(kinds[1]) + ")"
	case 9:
		return sub("string") + "." + g.pick("contains", "startsWith", "endsWith") + "(" + sub("string") + ")"
	case 10:
		return sub("string") + ".matches('" + g.pick("^[a-z]*$", "b+", "ä|ß", "") + "')"
	case 11:
		list := g.pick("ints", "texts", "reals", "items", "map")
		elem := ""
		if list == "items" {
			elem = "item"
		}
		return g.loop(list, elem, g.pick("all", "exists", "exists_one"), "bool", depth)
	case 12:
		return sub(g.pick("ints", "texts", "reals")) + g.pick(".isUnique()", ".isSorted()")
	}
	return sub("items") + g.pick(".isUniqueBy(x, x.k)", ".isUniqueBy(x, x.k, x.lo)", ".isUniqueBy(x, x.a, x.lo, x.hi + 1.0)", ".isSortedBy(x, x.a)", ".isDisjoint(x, x.lo, x.hi)", ".isDisjoint(x, x.lo, 1.5)", ".isDisjoint(x, x.lo + 1.0, x.hi)")
}

// Our evaluator and cel-go agree on random expressions and values, failures included.
func TestExpressionsMeanWhatTheyMeanInCEL(t *testing.T) {
	c, api := load(t, everything)
	self := c.types.Of(api.Schemas[0])
	r := rand.New(rand.NewPCG(1, 2))
	now := time.Date(2024, 5, 6, 7, 8, 9, 10, time.UTC)
	failed, computed, ops, functions := 0, 0, map[rules.Op]int{}, map[string]int{}
	for range 1500 {
		g := &grammar{r: r}
		text := g.expr(g.pick("bool", "bool", "bool", "int", "uint", "double", "string", "bytes", "time", "span", "ints", "texts"), 1+r.IntN(4))
		agree(t, c, self, text, r, now, func(x *rules.Expr, ok bool) {
			if computed++; !ok {
				failed++
			}
			x.Walk(func(e *rules.Expr) bool {
				if ops[e.Op]++; e.Op == rules.OpCall {
					functions[e.Name]++
				}
				return true
			})
		})
		if t.Failed() {
			return
		}
	}
	t.Logf("%d results, %d of them failures, %d functions", computed, failed, len(functions))
	require.Greater(t, computed, 4*1250, "refused expressions are few")
	require.Greater(t, failed, computed/20)
	require.Less(t, failed, computed*3/4)
	require.Greater(t, len(functions), 100)
	for _, op := range []rules.Op{rules.OpRanges, rules.OpUnique, rules.OpEach, rules.OpFilter, rules.OpOne, rules.OpAll, rules.OpAny, rules.OpIndex, rules.OpHas, rules.OpIf, rules.OpNow} {
		require.NotZero(t, ops[op], op)
	}
}

// agree compares the two evaluators on random values.
func agree(t *testing.T, c *compiler, self *rules.Type, text string, r *rand.Rand, now time.Time, seen func(*rules.Expr, bool)) {
	checked := c.parse(model.Expression{Text: text}, self)
	require.NotNil(t, checked, "%s: %v", text, c.diags)
	tr := translator{ast: checked.NativeRep(), provider: c.provider, self: self, names: map[string]int{}}
	x := tr.expr(checked.NativeRep().Expr())
	if len(tr.diags) > 0 { // a literal that is no time, and the like
		require.Contains(t, []string{"rule-literal", "rule-unsupported"}, tr.diags[0].Code, text)
		return
	}
	for range 4 {
		raw := randomValue(r, self, 3)
		value, err := eval.Bind(self, raw)
		require.NoError(t, err)
		want, wantOK := c.oracle(t, text, self, value, now)
		got, ok := eval.Value(x, eval.Scope{Self: value, Now: now})
		seen(x, ok)
		if ok != wantOK || ok && !same(got, want) {
			shown, _ := json.Marshal(raw)
			t.Errorf("%s\non %s\ncel-go: %v %v\nours:   %v %v", text, shown, want, wantOK, got, ok)
			return
		}
	}
}

func FuzzExpressions(f *testing.F) {
	g := &grammar{r: rand.New(rand.NewPCG(5, 6))}
	for i := range 100 {
		f.Add(g.expr(g.pick("bool", "int", "uint", "double", "string", "time", "span", "texts"), 1+i%3), uint64(i))
	}
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		c, api := load(t, everything)
		self := c.types.Of(api.Schemas[0])
		checked := c.parse(model.Expression{Text: text}, self)
		if checked == nil || strings.Contains(text, "@") {
			return
		}
		tr := translator{ast: checked.NativeRep(), provider: c.provider, self: self, names: map[string]int{}}
		if tr.expr(checked.NativeRep().Expr()); len(tr.diags) > 0 {
			return
		}
		agree(t, c, self, text, rand.New(rand.NewPCG(seed, 1)), time.Unix(0, 0), func(*rules.Expr, bool) {})
	})
}
