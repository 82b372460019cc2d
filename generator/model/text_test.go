package model_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/generator/model"
)

// TestTextIsWhatEncodingJSONReads compares: most strings are read at a glance.
func TestTextIsWhatEncodingJSONReads(t *testing.T) {
	for _, v := range []string{``, `"`, `""`, `"a b~"`, `"a\n"`, `"\u00e9"`, `"é"`, "\"\xff\"", "\"\n\"", `"a"b"`, `"a" `, `"a\"`, `"a\\"`, `1`, `null`, `"a`} {
		var want string
		wantOK := v != "" && v[0] == '"' && json.Unmarshal([]byte(v), &want) == nil
		got, ok := model.Value(v).Text()
		assert.Equal(t, wantOK, ok, v)
		if ok {
			assert.Equal(t, want, got, v)
		}
	}
}
