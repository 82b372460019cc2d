package json

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// structOf is the description of a struct of which no value is made: the tests here ask which variant a text is.
func structOf(name string, fields ...Field) *Type {
	return &Type{Name: name, Kind: Struct, Fields: fields}
}

func choiceOf(types ...*Type) *Type {
	u := &Union{Name: "choice"}
	for _, t := range types {
		u.Variants = append(u.Variants, Variant{Type: t})
	}
	return &Type{Name: "choice", Kind: Interface, Union: u}
}

// What tells variants apart may lie within their members.
func TestVariantsAreToldApartByWhatLiesInThem(t *testing.T) {
	kind := func(value string) Field {
		return Field{Key: Key("kind"), Kind: String, Flags: Required, Const: value}
	}
	text := Field{Key: Key("text"), Kind: String}
	inner := func(t *Type) Field { return Field{Key: Key("in"), Kind: Object, Sub: t, Flags: Required} }
	named := structOf("named", Field{Key: Key("name"), Kind: String, Flags: Required})
	for name, c := range map[string]struct {
		union *Type
		text  string
		want  int
	}{
		"a constant":          {choiceOf(structOf("a", Field{Key: Key("kind"), Kind: String}, text), structOf("b", kind(`"b"`), text)), `{"kind":"b","text":"x"}`, 1},
		"no constant":         {choiceOf(structOf("a", Field{Key: Key("kind"), Kind: String}, text), structOf("b", kind(`"b"`), text)), `{"kind":"c","text":"x"}`, 0},
		"one of a list":       {choiceOf(structOf("a", kind(`["a","b"]`), text), structOf("b", kind(`["c","d,]"]`), text)), `{"kind":"d,]","text":"x"}`, 1},
		"none of a list":      {choiceOf(structOf("a", kind(`["a","b"]`), text), structOf("b", Field{Key: Key("kind"), Kind: String}, text)), `{"kind":"c","text":"x"}`, 1},
		"a constant, no list": {choiceOf(structOf("a", kind(`["a","b"]`), text), structOf("b", kind(`"b"`), text)), `{"kind":"b","text":"x"}`, 1},
		"a list of numbers":   {choiceOf(structOf("a", Field{Key: Key("n"), Kind: Int, Const: "[1,2]"}), structOf("b", Field{Key: Key("n"), Kind: Int, Const: "[3,40]"})), `{"n":40.0}`, 1},
		"a list as constant":  {choiceOf(structOf("a", Field{Key: Key("l"), Kind: Slice, Sub: named}), structOf("b", Field{Key: Key("l"), Kind: Any, Const: `[ "x" ]`})), `{"l":["x"]}`, 1},
		"a constant below":    {choiceOf(structOf("a", inner(structOf("x", kind(`"x"`)))), structOf("b", inner(structOf("y", kind(`"y"`))))), `{"in":{"kind":"y"}}`, 1},
		"a member below":      {choiceOf(structOf("a", inner(structOf("x", text))), structOf("b", inner(named))), `{"in":{"name":"y"}}`, 1},
		"far below":           {choiceOf(structOf("a", inner(structOf("l", inner(structOf("x", text))))), structOf("b", inner(structOf("m", inner(named))))), `{"in":{"in":{"name":"y"}}}`, 1},
		"too far below":       {choiceOf(structOf("a", inner(structOf("1", inner(structOf("2", inner(structOf("x", text))))))), structOf("b", inner(structOf("1", inner(structOf("2", inner(named))))))), `{"in":{"in":{"in":{"name":"y"}}}}`, 0},
		"items of a list":     {choiceOf(structOf("a", Field{Key: Key("l"), Kind: Strings}), structOf("b", Field{Key: Key("l"), Kind: Slice, Sub: named})), `{"l":[{"name":"y"}]}`, 1},
		"values of a map":     {choiceOf(structOf("a", Field{Key: Key("m"), Kind: Map, Sub: structOf("x", text)}), structOf("b", Field{Key: Key("m"), Kind: Map, Sub: named})), `{"m":{"k":{"name":"y"}}}`, 1},
		"a union below":       {choiceOf(structOf("a", Field{Key: Key("u"), Kind: Interface, Sub: choiceOf(structOf("x", text))}), structOf("b", Field{Key: Key("u"), Kind: Interface, Sub: choiceOf(named)})), `{"u":{"name":"y"}}`, 1},
		"a union to guess":    {choiceOf(structOf("a", Field{Key: Key("u"), Kind: Interface, Sub: choiceOf(structOf("x", text), structOf("z", text))}), structOf("b", Field{Key: Key("u"), Kind: Interface, Sub: choiceOf(structOf("x", text), named)})), `{"u":{"name":"y"}}`, 1},
		"what lies above":     {choiceOf(structOf("a", inner(named), text), structOf("b", inner(structOf("y", kind(`"y"`))))), `{"in":{"kind":"y"},"text":"x"}`, 0},
		"an escaped name":     {choiceOf(structOf("a", inner(structOf("x", text))), structOf("b", inner(named))), `{"in":{"n\u0061me":"y"}}`, 1},
		"nothing to be said":  {choiceOf(structOf("a", inner(named)), structOf("b", inner(named))), `{"in":{"name":"y"}}`, 0},
	} {
		d := decoder{s: c.text, left: 100, depth: 100}
		got, guessed, end := d.choose(0, c.union.Union)
		assert.NoError(t, d.err, name)
		assert.Equal(t, []any{c.want, true, len(c.text)}, []any{got, guessed, end}, name)
	}
}

// Where a document allows any value beside the variants, none is a mistake, and none is lost.
func TestOpenUnionsAllowEverything(t *testing.T) {
	closed := ty(tFigure)
	union := *closed.Form().Union
	union.Open = true
	open := *closed
	open.Sub, open.Union = nil, &union
	for _, text := range []string{`{"version":1,"radius":2,"more":[3]}`, `{"other":true}`, `{"version":"one"}`, `"text"`, `[1]`, `7`, `null`} {
		var v figure
		require.NoError(t, Decode([]byte(text), refAt(&open, pointerTo(&v)), DecodeOptions{Mode: Strict}), text)
		assert.JSONEq(t, text, string(marshal(t, refAt(&open, pointerTo(&v)))), text)
	}
	var v figure
	assert.Error(t, Decode([]byte(`{"other":true}`), refAt(closed, pointerTo(&v)), DecodeOptions{Mode: Strict}))
}

// A discriminator that is null says nothing.
func TestADiscriminatorThatIsNullIsNone(t *testing.T) {
	got, _ := decodeTo[figure](t, tFigure, `{"version":null,"radius":1}`, 0)
	assert.IsType(t, &circle{}, got)
}
