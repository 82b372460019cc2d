package generator

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/rules/eval"
	"github.com/pantograph-go/pantograph/generator/internal/rules/schematest"
	"github.com/pantograph-go/pantograph/generator/internal/shape"
)

// The JSON-Schema-Test-Suite's verdict on a value is that of the type which is generated of the schema: strict decoding
// and Validate. Each schema is judged as it is written, where what states no type is raw JSON; and with each of the
// types that its values have, which makes it a Go type wherever there is one.
func TestSuiteOnGeneratedTypes(t *testing.T) {
	var cases, typed suiteRun
	for _, file := range schematest.Suite(t) {
		if file.LeftOut != "" {
			t.Logf("left out: %s: %s", file.Name, file.LeftOut)
			continue
		}
		for _, g := range file.Groups {
			place := file.Name + ": " + g.Description
			if g.LeftOut != "" {
				t.Logf("left out: %s: %s", place, g.LeftOut)
				continue
			}
			if string(g.Schema) == "false" {
				t.Logf("left out: %s: an object has no member whose schema permits nothing", place)
				continue
			}
			cases.add(place, string(g.Schema), g.Tests)
			for _, name := range []string{"string", "number", "integer", "boolean", "array", "object"} {
				if schema, tests := withType(t, g, name); len(tests) > 0 {
					typed.add(place+" ("+name+")", schema, tests)
				}
			}
		}
	}
	used := map[string]bool{}
	t.Run("AsWritten", func(t *testing.T) { cases.judge(t, "untypedRaw: true\n", used) })
	t.Run("Typed", func(t *testing.T) { typed.judge(t, "", used) })
	for place := range exceptions {
		assert.True(t, used[place], "no exception any more: %s", place)
	}
}

// withType is a schema that states no type, with one, and those of its cases whose values are of that type. There are
// none where the type and the rest of the schema contradict each other: the nearer counts then, with a warning.
func withType(t *testing.T, g schematest.Group, name string) (string, []schematest.Case) {
	s, ok := schematest.Decode(t, g.Schema).(map[string]any)
	if !ok || s["type"] != nil {
		return "", nil
	}
	s["type"] = name
	text, err := json.Marshal(s)
	require.NoError(t, err)
	read, mended := schematest.Schema(t, text)
	shapes := shape.New(nil)
	shapes.Of(read)
	if mended || slices.ContainsFunc(shapes.Diagnostics(), func(d diag.Diagnostic) bool { return d.Code == "schema-conflict" }) {
		return "", nil
	}
	var tests []schematest.Case
	for _, c := range g.Tests {
		is := jsonType(c.Data) == name || name == "number" && jsonType(c.Data) == "integer"
		// What refers to the schema as a whole has another meaning now.
		if is && eval.Conforms(read, schematest.Decode(t, c.Data)) == c.Valid {
			tests = append(tests, c)
		}
	}
	return string(text), tests
}

// suiteRun collects what is judged by one package.
type suiteRun struct {
	subjects []subject
	places   []string
	cases    [][]schematest.Case
}

func (r *suiteRun) add(place, schema string, tests []schematest.Case) {
	s := subject{schema: schema}
	for _, c := range tests {
		s.values = append(s.values, c.Data)
	}
	r.subjects, r.places, r.cases = append(r.subjects, s), append(r.places, place), append(r.cases, tests)
}

func jsonType(data []byte) string {
	switch data[0] {
	case '"':
		return "string"
	case 't', 'f':
		return "boolean"
	case '[':
		return "array"
	case '{':
		return "object"
	case 'n':
		return "null"
	}
	if strings.ContainsAny(string(data), ".eE") {
		return "number"
	}
	return "integer"
}

// undecided are the deviations by which a Go type refuses what a schema permits, each with the reason.
var undecided = map[string]string{
	"wrong-length":   "the type of a tuple has all its elements",
	"unknown-member": "the type holds the members that are declared, and strict decoding wants no others",
	"out-of-range":   "the number is beyond the Go type",
}

// exceptions are the beginnings of cases that are decided otherwise, with the reason. Each must be needed.
var exceptions = map[string]string{
	"patternProperties.json: regexes are not anchored by default and are case sensitive (object)": "a member whose name matches no pattern is held as one that matches",
	"unevaluatedProperties.json: dynamic evalation inside nested refs (object)":                   "a union that permits any value is read as the variant that the value resembles, and holds nothing else of it",
}

// exception is the one for a case, if any.
func exception(place string) string {
	for beginning := range exceptions {
		if strings.HasPrefix(place, beginning) {
			return beginning
		}
	}
	return ""
}

// judge fails where a verdict is not that of the suite, and lists what is not decided, and what became raw values.
func (r *suiteRun) judge(t *testing.T, settings string, used map[string]bool) {
	raw, decided, left := 0, 0, 0
	for i, list := range verdicts(t, settings, r.subjects) {
		if list[0].Type == "json.Raw" {
			t.Logf("raw value: %s", r.places[i])
			raw++
		}
		for j, got := range list {
			c := r.cases[i][j]
			place := r.places[i] + ": " + c.Description
			why := reason(got, c.Valid)
			if known := exception(place); known != "" && why == "" && got.valid() != c.Valid {
				why = exceptions[known]
				used[known] = true
			}
			if why != "" {
				t.Logf("not decided: %s: %s", place, why)
				left++
				continue
			}
			decided++
			assert.Equal(t, c.Valid, got.valid(), "%s\nschema %s\nvalue %s\n%+v", place, r.subjects[i].schema, c.Data, got)
		}
	}
	t.Logf("%d schemas, %d of them raw values; %d cases decided, %d not", len(r.subjects), raw, decided, left)
	require.Greater(t, decided, 10*left)
}

// reason says why a value that conforms is refused, where that is no mistake.
func reason(got verdict, valid bool) string {
	if !valid || got.Err != "" {
		return ""
	}
	for _, code := range got.Deviations {
		if undecided[code] != "" {
			return undecided[code] // and Validate sees another value
		}
	}
	return ""
}
