package json

import (
	"bytes"
	stdjson "encoding/json"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
)

// TestTreesAreTheJSONThatTheyCameFrom holds that nothing is lost between a value and its tree.
func TestTreesAreTheJSONThatTheyCameFrom(t *testing.T) {
	raw := Type{Name: "Raw", Kind: Any, Size: unsafe.Sizeof([]byte{})}
	for _, text := range []string{
		`null`, `true`, `-1.50e+3`, `"a\"b\n\u0000ü"`, `[]`, `{}`, `[1,[2,[3,{"a":[]}]],null]`, `{"a":{"b":[{"c":null}]},"":"x","a b":false}`,
	} {
		v := []byte(text)
		tree, err := TreeOf(refAt(&raw, address(&v)))
		if err != nil {
			t.Fatal(err)
		}
		var want, got bytes.Buffer
		if err := stdjson.Compact(&want, v); err != nil {
			t.Fatal(err)
		}
		if err := stdjson.Compact(&got, AppendTree(nil, &tree)); err != nil {
			t.Fatal(err)
		}
		var a, b any
		_ = stdjson.Unmarshal(want.Bytes(), &a)
		_ = stdjson.Unmarshal(got.Bytes(), &b)
		x, _ := stdjson.Marshal(a)
		y, _ := stdjson.Marshal(b)
		if !bytes.Equal(x, y) {
			t.Errorf("%s became %s", text, got.String())
		}
	}
	if tree, err := TreeOf(Ref{}); err != nil || tree.Kind != TreeNull {
		t.Error(tree, err)
	}
}

func TestConstantsThatAreObjectsAreReadInAnyOrder(t *testing.T) {
	assert.True(t, sameValue(`{"a":1,"b":[true,{"c":"x"}]}`, ` { "b": [true, {"c":"\u0078"}], "a": 1.0 }`))
	assert.False(t, sameValue(`{"a":1,"b":[1,2]}`, `{"a":1,"b":[2,1]}`))
	assert.True(t, sameValue(`{"a":2,"a":1}`, `{"a":10e-1}`), "the last counts")
	assert.False(t, sameValue(`{`, `{`))
}
