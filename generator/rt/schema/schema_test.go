package schema

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt"
)

func set(texts ...string) *Set {
	s := &Set{}
	for i := 0; i < len(texts); i += 2 {
		s.Texts = append(s.Texts, Text{Name: texts[i], JSON: texts[i+1]})
	}
	return s
}

func TestAViolationHasThePlaceWithinTheValue(t *testing.T) {
	s := set("In.many", `{"properties":{"a":{"items":{"$ref":"Pet"}}},"anyOf":[{"required":["b"]},{"required":["c"]}],"dependentRequired":{"a":["c"]}}`,
		"Pet", `{"properties":{"name":{"minLength":2}}}`)
	rule := func(id string) *rt.Rule { return &rt.Rule{ID: id, Text: "is wrong"} }
	judge := func(text string) []string {
		var c rt.Checker
		j := s.Judge(&c, "many", OfText([]byte(text))).
			Asks("In.many", "properties", rule("p")).
			Asks("In.many", "anyOf", rule("a")).
			Asks("In.many", "dependentRequired/a", rule("d"))
		assert.Equal(t, j.Broken(), c.Err() != nil)
		var got []string
		if err := c.Err(); err != nil {
			for _, v := range err.(*rt.ValidationError).Violations {
				got = append(got, v.Path+" "+v.Rule)
			}
		}
		return got
	}
	assert.Empty(t, judge(`{"c":1}`))
	assert.Empty(t, judge(`{"c":1,"a":[{"name":"äö"}]}`))
	assert.Equal(t, []string{"many.a[1].name p", "many a", "many d"}, judge(`{"a":[{},{"name":"ä"}]}`))
}

func TestNumbersAreExactAndTheLastOfTwoMembersCounts(t *testing.T) {
	s := set("N", `{"multipleOf":0.1,"maximum":9007199254740993}`, "E", `{"const":{"a":1}}`, "U", `{"uniqueItems":true}`)
	for text, want := range map[string]bool{"0.3": true, "0.35": false, "9007199254740994": false, "1e400": false, "-1e400": true, `"x"`: true} {
		assert.Equal(t, want, s.Conforms("N", OfText([]byte(text))), text)
	}
	assert.True(t, s.Conforms("E", OfText([]byte(`{"a":2,"a":1.0}`))))
	assert.False(t, s.Conforms("E", OfText([]byte(`{"a":1,"a":2}`))))
	assert.False(t, s.Conforms("U", OfText([]byte(`[{"a":1,"b":2},{"b":2.0,"a":10e-1}]`))))
	assert.True(t, s.Conforms("U", OfText([]byte(`[1,"1",true,"true",[1],null,"null"]`))))
}

func TestWhatIsNoJSONAndWhatIsNotThereIsNotJudged(t *testing.T) {
	s := set("F", `false`, "Bad", `{`)
	assert.True(t, s.Conforms("F", OfText([]byte(`{`))))
	assert.False(t, s.Conforms("F", OfText(nil)), "nil is written as null")
	assert.True(t, s.Conforms("Bad", OfText([]byte(`1`))))
	assert.True(t, s.Conforms("None", OfText([]byte(`1`))))
}

// Schemas that apply themselves end, and so do those that look at the same parts again and again.
func TestJudgementsAreBounded(t *testing.T) {
	s := set("A", `{"allOf":[{"$ref":"A"}]}`, "Not", `{"not":{"$ref":"Not"}}`,
		"Twice", `{"oneOf":[{"items":{"$ref":"Twice"}},{"items":{"$ref":"Twice"},"maxItems":7}]}`)
	deep := []byte(strings.Repeat("[", 900) + strings.Repeat("]", 900))
	start := time.Now()
	assert.True(t, s.Conforms("A", OfText([]byte(`1`))))
	assert.True(t, s.Conforms("Not", OfText([]byte(`1`))))
	assert.True(t, s.Conforms("Twice", OfText(deep)))
	_, broken := s.Broken("Twice", "oneOf", OfText(deep))
	assert.False(t, broken)
	assert.Less(t, time.Since(start), 20*time.Second)
}

func TestFormats(t *testing.T) {
	for format, cases := range map[string][2]string{
		"date":                  {"2024-02-29", "2023-02-29 2024-2-9 2024-02-29T"},
		"date-time":             {"2024-02-29T23:59:59Z 2024-02-29t23:59:60.5z 1998-12-31T15:59:60-08:00", "2024-02-29T24:00:00Z 2024-02-29T23:59:59 1998-12-31T23:58:60Z 2024-02-29T1:00:00Z"},
		"time":                  {"12:00:00Z 12:00:00.123+01:30", "12:00:00 12:00Z 12:00:00.Z 12:00:00+1:30"},
		"duration":              {"P1Y P1Y2M3D PT1H2M3S P1DT1S P7W", "P PT P1H P1Y3D 1D P1W2D PT1HS P1DT"},
		"email":                 {`joe@example.com "a\"b"@example.com a.b+c@[127.0.0.1] a@[IPv6:::1]`, "joe @example.com a..b@example.com .a@b.c a@-b a@[::1]"},
		"hostname":              {"a a-b.example 1.2", "-a a- a..b a_b ä.example " + strings.Repeat("a", 64)},
		"ipv4":                  {"127.0.0.1", "127.0.0 127.0.0.01 256.1.1.1 ::1"},
		"ipv6":                  {"::1 ::ffff:1.2.3.4 fe80::a", "fe80::a%eth0 12345:: 1.2.3.4 ::g"},
		"uri":                   {"https://example.com/a?b#c urn:x:y mailto:a@b.c", "//example.com/a a/b https://a/^ https://a/ü https://[::1 :a"},
		"uri-reference":         {"a/b #x //h/p ?q https://a", "a\\b #a#b <a> a%zz"},
		"uuid":                  {"2eb8aa08-aa98-11ea-b4aa-73b441d16380 2EB8AA08-AA98-11EA-B4AA-73B441D16380", "2eb8aa08aa9811eab4aa73b441d16380 2eb8aa08-aa98-11ea-b4aa-73b441d1638g"},
		"json-pointer":          {"/a~0b/~1 /", "a /~ /~2"},
		"relative-json-pointer": {"0 1/a 12#", "01 -1 # /a 1a"},
		"regex":                 {"^a[b]$", "(a [a"},
	} {
		require.Contains(t, Formats(), format)
		for good := range strings.FieldsSeq(cases[0]) {
			assert.True(t, IsFormat(format, good), "%s %s", format, good)
		}
		for bad := range strings.FieldsSeq(cases[1]) {
			assert.False(t, IsFormat(format, bad), "%s %s", format, bad)
		}
		if format != "json-pointer" && format != "uri-reference" && format != "regex" {
			assert.False(t, IsFormat(format, ""), format)
		}
	}
	assert.True(t, IsFormat("color", "?"))
	for _, name := range Formats() {
		assert.NotNil(t, formats(name), name)
	}
}

// Whatever the texts are, judging ends and does not panic.
func FuzzJudge(f *testing.F) {
	f.Add(`{"type":["string","null"],"enum":[1],"items":{"$ref":"S"},"unevaluatedItems":false}`, `[1,[2]]`)
	f.Add(`{"properties":{"a":{"not":{}}},"patternProperties":{"(":{}},"unevaluatedProperties":{"$ref":"S"},"if":true,"then":{"required":["a"]}}`, `{"a":{"a":1}}`)
	f.Add(`{"multipleOf":0,"minLength":-1,"required":3,"enum":{},"format":"date-time","contains":{},"maxContains":2}`, `"x"`)
	f.Fuzz(func(t *testing.T, schema, value string) {
		s := set("S", schema)
		v := OfText([]byte(value))
		s.Conforms("S", v)
		for _, keyword := range []string{"properties", "items", "unevaluatedProperties", "oneOf", "format"} {
			s.Broken("S", keyword, v)
		}
	})
}

func TestAnswersAreObservedByOperationAndStatus(t *testing.T) {
	s := set("listPets 200", `{"type":"array","items":{"$ref":"Pet"},"maxItems":2}`, "listPets 4XX", `false`, "listPets default", `{"type":"string"}`,
		"Pet", `{"type":"object","required":["id"],"properties":{"id":{"minimum":1},"kind":{"enum":["cat","dog"]},"tags":{"uniqueItems":true}}}`)
	told := func(status int, body string) (out []string) {
		for _, d := range s.Observe("listPets", status, []byte(body)) {
			assert.Equal(t, BrokenRule, d.Code)
			out = append(out, d.Path+": "+d.Message)
		}
		return out
	}
	assert.Empty(t, told(200, `[{"id":1,"kind":"cat","more":true}]`))
	assert.Equal(t, []string{": must conform to maxItems 2", `[0].id: must be at least 1`, `[1]: must have id`, `[1].kind: must be "cat", "dog"`, `[2].tags: must not repeat an item`},
		told(200, `[{"id":0},{"kind":"cow"},{"id":7,"tags":[1,1.0]}]`))
	assert.Equal(t, []string{": must not be there"}, told(404, `1`))
	assert.Equal(t, []string{": must be of the type string"}, told(500, `1`))
	assert.Empty(t, told(200, `[`), "what is no JSON is told elsewhere")
	assert.Empty(t, s.Observe("getPet", 200, []byte(`1`)))
	assert.Len(t, s.Observe("listPets", 200, []byte("["+strings.Repeat(`{},`, 200)+"{}]")), 100)
}
