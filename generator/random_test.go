package generator

import (
	"encoding/json"
	"flag"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/rules/eval"
	"github.com/pantograph-go/pantograph/generator/internal/rules/schematest"
	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// randomValues is how many values each random schema is given.
const randomValues = 12

var (
	randomSeed    = flag.Uint64("seed", 17, "seed of the random schemas")
	randomShrink  = flag.Bool("shrink", true, "make what differs smaller")
	randomSchemas = flag.Int("schemas", 120, "how many random schemas there are in each way")
)

// The verdict of generated types is that of another implementation, on random schemas and values. Half of the schemas
// state a type, which makes a Go type of them. What differs is made smaller before it is shown.
func TestGeneratedTypesJudgeAsAnotherImplementation(t *testing.T) {
	const settings = "untypedRaw: true\n"
	// Null is left out where strict decoding alone refuses it: a union that permits any value knows none.
	for _, mode := range []struct {
		name  string
		typed bool
	}{{"AsWritten", false}, {"Typed", true}} {
		t.Run(mode.name, func(t *testing.T) {
			c := schematest.Chooser{Rand: rand.New(rand.NewPCG(*randomSeed, 5))}
			var subjects []subject
			for len(subjects) < *randomSchemas {
				s, ok := c.Schema(3).(map[string]any)
				if !ok {
					continue
				}
				var values []json.RawMessage
				kind := schematest.Pick(c, "string", "integer", "number", "object", "array", "boolean")
				if mode.typed {
					s["type"] = kind
					closePatterns(s)
				}
				for len(values) < randomValues {
					text, err := json.Marshal(c.Value(3))
					require.NoError(t, err)
					if is := jsonType(text); !mode.typed || is == kind || is == "integer" && kind == "number" || c.IntN(20) == 0 {
						values = append(values, text)
					}
				}
				if text, ok := sensible(t, s); ok {
					subjects = append(subjects, subject{text, values})
				}
			}
			agree(t, settings, subjects, mode.typed)
		})
	}
}

// agree holds that verdicts are those of another implementation.
func agree(t *testing.T, settings string, subjects []subject, typed bool) {
	t.Helper()
	decided, valid := 0, 0
	list := verdicts(t, settings, subjects)
	for i, got := range list {
		for j, v := range got {
			want := conforms(t, subjects[i].schema, subjects[i].values[j])
			if !v.decides(want) || typed && beyondFloat(subjects[i].values[j]) || v.only("unexpected-null") && want {
				continue
			}
			if decided++; want {
				valid++
			}
			if v.valid() != want {
				schema, value := shrink(t, settings, subjects[i].schema, subjects[i].values[j])
				t.Fatalf("schema %s\nvalue %s\nconforms: %v\nverdict: %+v", schema, value, conforms(t, schema, value), v)
			}
		}
	}
	t.Logf("%d schemas, %d verdicts, of them %d that the value is valid", len(subjects), decided, valid)
	require.Greater(t, decided, *randomSchemas*randomValues*3/4)
	require.Greater(t, valid, decided/20)
}

// closePatterns says of other members what they are where a schema says of those whose names match a pattern: a Go type
// holds them as one of these.
func closePatterns(v any) {
	switch v := v.(type) {
	case map[string]any:
		if v["patternProperties"] != nil && v["additionalProperties"] == nil {
			v["additionalProperties"] = false
		}
		for _, member := range v {
			closePatterns(member)
		}
	case []any:
		for _, item := range v {
			closePatterns(item)
		}
	}
}

// sensible is the text of a schema that does not contradict itself: where it does, the nearer part counts.
func sensible(t *testing.T, schema any) (string, bool) {
	text, err := json.Marshal(schema)
	require.NoError(t, err)
	read, mended := schematest.Schema(t, text)
	if mended || read.Always != nil {
		return "", false
	}
	shapes := shape.New(nil)
	return string(text), consistent(t, shapes, shapes.Of(read), 0) && !slices.ContainsFunc(shapes.Diagnostics(), func(d diag.Diagnostic) bool { return d.Code == "schema-conflict" })
}

// consistent resolves all shapes below one, and reports whether constants conform to what stands beside them: a
// constant is written, whatever else is said of it.
func consistent(t *testing.T, shapes *shape.Shapes, sh *shape.Shape, depth int) bool {
	if depth > 8 {
		return true
	}
	for p := range sh.Node.Conjuncts() {
		if p.Const != nil && !eval.Conforms(sh.Node, schematest.Decode(t, p.Const)) {
			return false
		}
	}
	below := slices.Concat(sh.Prefix, []*model.Schema{sh.Items, sh.Additional})
	for _, m := range sh.Members {
		below = append(below, m.Schema)
	}
	for _, s := range below {
		if s != nil && !consistent(t, shapes, shapes.Of(s), depth+1) {
			return false
		}
	}
	return !slices.ContainsFunc(sh.Variants, func(v *shape.Variant) bool { return !consistent(t, shapes, v.Shape, depth+1) })
}

// conforms is the verdict of the other implementation.
func conforms(t *testing.T, schema string, value json.RawMessage) bool {
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("x.json", schematest.Decode(t, []byte(schema))))
	oracle, err := compiler.Compile("x.json")
	require.NoError(t, err, schema)
	return oracle.Validate(schematest.Decode(t, value)) == nil
}

// decides reports whether a type could hold the value, so that its verdict is one on the schema.
func (v verdict) decides(want bool) bool { return reason(v, want) == "" }

// beyondFloat reports whether a value holds a number that a float64 does not: what is asked of it is asked of another.
func beyondFloat(value json.RawMessage) bool {
	return strings.Contains(string(value), "9007199254740993")
}

// shrink makes a schema and a value smaller as long as the verdicts differ. All that is a step smaller is judged by one
// program.
func shrink(t *testing.T, settings, schema string, value json.RawMessage) (string, json.RawMessage) {
	for range 12 {
		if !*randomShrink {
			break
		}
		var subjects []subject
		for _, s := range smaller(schematest.Decode(t, []byte(schema))) {
			if text, ok := sensible(t, s); ok {
				subjects = append(subjects, subject{text, []json.RawMessage{value}})
			}
		}
		for _, v := range smaller(schematest.Decode(t, value)) {
			text, err := json.Marshal(v)
			require.NoError(t, err)
			subjects = append(subjects, subject{schema, []json.RawMessage{text}})
		}
		if len(subjects) == 0 {
			break
		}
		list := verdicts(t, settings, subjects)
		i := slices.IndexFunc(list, func(got []verdict) bool {
			s := subjects[slices.IndexFunc(list, func(l []verdict) bool { return &l[0] == &got[0] })]
			want := conforms(t, s.schema, s.values[0])
			return got[0].decides(want) && got[0].valid() != want
		})
		if i < 0 {
			break
		}
		schema, value = subjects[i].schema, subjects[i].values[0]
	}
	return schema, value
}

// smaller are the values that lack one part of a value, and its parts where they stand for the whole.
func smaller(v any) []any {
	var out []any
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			without := map[string]any{}
			for n, m := range v {
				if n != name {
					without[n] = m
				}
			}
			out = append(out, without)
			for _, less := range smaller(member) {
				with := map[string]any{}
				for n, m := range without {
					with[n] = m
				}
				with[name] = less
				out = append(out, with)
			}
		}
	case []any:
		for i, item := range v {
			if len(v) > 1 {
				out = append(out, append(slices.Clone(v[:i]), v[i+1:]...))
			}
			for _, less := range smaller(item) {
				with := slices.Clone(v)
				with[i] = less
				out = append(out, with)
			}
		}
	}
	return out
}
