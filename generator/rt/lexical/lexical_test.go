package lexical

import (
	"strconv"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

type thing struct {
	Name  string
	Count int
	Ratio float64
	On    bool
	Tags  []string
}

var thingType = json.Type{Name: "thing", Kind: json.Struct, Size: unsafe.Sizeof(thing{}), Fields: []json.Field{
	{Key: json.Key("name"), Off: unsafe.Offsetof(thing{}.Name), Kind: json.String},
	{Key: json.Key("count"), Off: unsafe.Offsetof(thing{}.Count), Kind: json.Int},
	{Key: json.Key("ratio"), Off: unsafe.Offsetof(thing{}.Ratio), Kind: json.Float64},
	{Key: json.Key("on"), Off: unsafe.Offsetof(thing{}.On), Kind: json.Bool},
	{Key: json.Key(`od"d`), Off: unsafe.Offsetof(thing{}.Tags), Kind: json.Strings},
}}

func TestTextIsReadAsItsTypeSays(t *testing.T) {
	s := Of(json.Ref{Type: &thingType})
	assert.Equal(t, Object, s.Class())
	names, open := s.Members()
	assert.Equal(t, []string{"name", "count", "ratio", "on", `od"d`}, names)
	assert.False(t, open)
	for _, tt := range []struct{ member, text, want string }{
		{"name", "5", `"5"`}, {"name", "", `""`}, {"count", "5", "5"}, {"count", "-18446744073709551615", "is no integer"}, {"count", "5.0", "is no integer"},
		{"ratio", "1e3", "1e3"}, {"ratio", "NaN", "is no number"}, {"ratio", `"1"`, "is no number"}, {"ratio", "", "is no number"},
		{"on", "true", "true"}, {"on", "1", "is neither true nor false"}, {`od"d`, `["a"]`, `["a"]`}, {`od"d`, "a", "is no JSON"},
	} {
		m, ok := s.Member(tt.member)
		require.True(t, ok)
		got, err := m.JSON(tt.text)
		if err != nil {
			got = []byte(err.Error())
		}
		assert.Equal(t, tt.want, string(got), tt.member+" "+strconv.Quote(tt.text))
	}
	_, ok := s.Member("none")
	assert.False(t, ok)
	got, err := s.ObjectOf([]string{"name", "count"}, []string{"x", "1"})
	require.NoError(t, err)
	assert.JSONEq(t, `{"name":"x","count":1}`, string(got))
	_, err = s.ObjectOf([]string{"none"}, []string{"x"})
	assert.ErrorContains(t, err, `unknown member "none"`)
	_, err = s.ObjectOf([]string{"count"}, []string{"x"})
	assert.ErrorContains(t, err, "is no integer")
}

func TestUnionsPreferWhatIsNoString(t *testing.T) {
	text, number := json.Type{Name: "string", Kind: json.String}, json.Type{Name: "int", Kind: json.Int}
	union := json.Type{Name: "u", Kind: json.Interface, Union: &json.Union{Variants: []json.Variant{{Type: &text}, {Type: &number}, {Type: &thingType}}}}
	s := Of(json.Ref{Type: &union})
	assert.True(t, s.Union())
	for give, want := range map[string]string{"5": "5", "x": `"x"`, `{"name":"x"}`: `{"name":"x"}`} {
		got, err := s.JSON(give)
		require.NoError(t, err)
		assert.Equal(t, want, string(got))
	}
	o, ok := s.As(Object)
	assert.True(t, ok)
	assert.Equal(t, Object, o.Class())
	_, ok = s.As(List)
	assert.False(t, ok)
}

func TestAnyJSONIsGuessed(t *testing.T) {
	raw := json.Type{Name: "Raw", Kind: json.Any}
	s := Of(json.Ref{Type: &raw})
	assert.True(t, s.Open())
	for give, want := range map[string]string{"5": "5", "x": `"x"`, `"x"`: `"\"x\""`, "[1]": "[1]", "": `""`} {
		got, err := s.JSON(give)
		require.NoError(t, err)
		assert.Equal(t, want, string(got))
	}
}
