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
		{`{"scaling_groups":` + list(5) + `,"x":"` + strings.Repeat("x", 1<<20) + `"}`, 4*32 + 16}, // it fills its pages
	} {
		v := new(groupList)
		require.NoError(t, Decode([]byte(tt.text), v.ref(), DecodeOptions{}))
		assert.LessOrEqual(t, cap(v.Groups), tt.most, tt.text[:40])
	}
}

// A large array fills the pages it takes, and is hardly smaller than it was meant to be.
func TestLargeArraysFillTheirPages(t *testing.T) {
	for size := uintptr(1); size < 3000; size += 7 {
		for _, c := range []int{1, 7, 100, 108, 512, 1000, 33_333} {
			got := paged(c, size)
			if bytes := c * int(size); bytes < 4*page {
				require.Equal(t, c, got)
				continue
			}
			require.GreaterOrEqual(t, got, c-c/32)
			require.Less(t, uintptr(got*int(size)+page-1)/page*page-uintptr(got)*size, max(size, 1), "%d of %d", c, size)
		}
	}
}

// Small lists of one type share arrays, also where one of them begins in the last elements of an array.
func TestSmallListsShareArrays(t *testing.T) {
	const lists = 300
	data := []byte(`{"scaling_groups":[` + strings.Repeat(`{"networks":[{"id":"a"}]},{"networks":[{"id":"a"},{"id":"b"}]},{"networks":[{"id":"a"},{"id":"b"},{"id":"c"}]},`, lists/3) + `{}]}`)
	arrays := testing.AllocsPerRun(10, func() {
		if err := Decode(data, new(groupList).ref(), DecodeOptions{}); err != nil {
			t.Fatal(err)
		}
	})
	assert.Less(t, arrays, float64(lists/4))
}
