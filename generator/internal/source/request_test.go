package source_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/source"
)

func TestRequestsThatNameNothing(t *testing.T) {
	for _, c := range []struct {
		name string
		req  source.Request
		want string
	}{
		{"no root", source.Request{Root: "no/such/directory", Specs: []string{"a.yaml"}}, "root-not-read"},
		{"no document", source.Request{FS: fstest.MapFS{}}, "no-document"},
		{"a missing document", source.Request{FS: fstest.MapFS{}, Specs: []string{"a.yaml"}}, "file-not-read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			api, diags := source.Load(c.req)
			assert.Nil(t, api)
			require.Len(t, diags, 1)
			assert.Equal(t, c.want, diags[0].Code)
		})
	}
}

// TestLoadIsDeterministic loads the same documents again and again: maps must not show.
func TestLoadIsDeterministic(t *testing.T) {
	text := head + "components:\n  schemas:\n"
	for i := range 40 {
		name := string(rune('A'+i%26)) + strings.Repeat("x", i/26)
		text += "    " + name + ": {type: object, properties: {p: {$ref: '#/components/schemas/A'}}, maxlength: 1, example: 1}\n"
	}
	first, firstDiags := load("a.yaml", text)
	require.NotNil(t, first)
	want := members(t, first)
	for range 5 {
		again, diags := load("a.yaml", text)
		require.NotNil(t, again)
		assert.Equal(t, string(diagnostics(firstDiags)), string(diagnostics(diags)))
		assert.Equal(t, want, members(t, again))
	}
}
