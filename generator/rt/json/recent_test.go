package json

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// decodeStrings reads a list of strings.
func decodeStrings(t *testing.T, data []byte) []string {
	t.Helper()
	var list []string
	require.NoError(t, Decode(data, At(&Type{Kind: Strings}, unsafe.Pointer(&list)), DecodeOptions{}))
	return list
}

// A string that is there again takes no new memory, wherever in the slab or the text it stands; a long one does.
func TestStringsThatAreThereAgain(t *testing.T) {
	for _, text := range []string{"eu-de-01", "ACTIVE", strings.Repeat("x", sameSize), strings.Repeat("y", sameSize+1)} {
		data, err := json.Marshal([]string{strings.Repeat("z", 20), text, text, strings.Repeat("z", slabSize), text, text})
		require.NoError(t, err)
		list := decodeStrings(t, data)
		for _, i := range []int{2, 4, 5} {
			require.Equal(t, text, list[i])
			require.Equal(t, len(text) <= sameSize, unsafe.StringData(list[1]) == unsafe.StringData(list[i]), "%s %d", text, i)
		}
	}
}

// Strings that end alike, or meet in one slot, are told apart.
func TestStringsThatEndAlike(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		want := make([]string, r.IntN(200))
		for i := range want {
			n := r.IntN(14)
			if r.IntN(10) == 0 {
				n = r.IntN(60)
			}
			b := make([]byte, n)
			for j := range b {
				b[j] = "aaab\n"[r.IntN(5)]
			}
			want[i] = string(b)
		}
		data, err := json.Marshal(want)
		require.NoError(t, err)
		require.Equal(t, want, decodeStrings(t, data))
	}
}
