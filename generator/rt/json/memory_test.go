package json

import (
	"runtime"
	"strings"
	"testing"
	"weak"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Without Alias nothing that is read holds the text, an empty string neither.
func TestNothingHoldsTheText(t *testing.T) {
	for _, value := range []string{`""`, `"a"`, `"a\n"`, `"` + strings.Repeat("long ", 100) + `"`} {
		for _, long := range []bool{false, true} {
			data := []byte(`{"string":` + value + `,"strings":[` + value + `],"decimal":1.5,"names":{` + value + `:"b"},"x":` + value + `}`)
			if long {
				data = padded(data)
			}
			text := weak.Make(&data[0])
			v := new(kinds)
			require.NoError(t, Decode(data, v.ref(), DecodeOptions{Mode: WithPresence}))
			data = nil
			runtime.GC()
			assert.Nil(t, text.Value(), value)
			runtime.KeepAlive(v)
		}
	}
}

// A raw value may be written to: it shares memory neither with the text nor with strings, whatever their size.
func TestRawValuesAreTheirOwn(t *testing.T) {
	for _, long := range []bool{false, true} {
		data := []byte(`{"any":["a"],"string":"a"}`)
		if long {
			data = padded(data)
		}
		v := new(kinds)
		require.NoError(t, Decode(data, v.ref(), DecodeOptions{}))
		clear(data)
		require.Equal(t, "a", v.String)
		require.Equal(t, `["a"]`, string(v.Any))
		clear(v.Any)
		require.Equal(t, "a", v.String)
	}
}

// A list that the text is about is made room for at once, as far as its first elements tell how many there are; a short
// one beside much other text takes little.
func TestRoomForLists(t *testing.T) {
	element := `{"id":"a name that has some length"}`
	list := func(n int) string { return "[" + strings.Repeat(element+",", n-1) + element + "]" }
	for _, tt := range []struct {
		text string
		most int
	}{
		{`{"scaling_groups":` + list(1) + `}`, 1},
		{`{"scaling_groups":` + list(100) + `}`, 115},
		{`{"scaling_groups":` + list(5) + `,"x":"` + strings.Repeat("x", 1<<20) + `"}`, 4 * 32},
	} {
		v := new(groupList)
		require.NoError(t, Decode([]byte(tt.text), v.ref(), DecodeOptions{}))
		assert.LessOrEqual(t, cap(v.Groups), tt.most, tt.text[:40])
	}
}
