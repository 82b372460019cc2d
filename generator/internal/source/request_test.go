package source_test

import (
	"io/fs"
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

// closed is a file system whose files must not be read.
type closed struct{}

func (closed) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

func TestReasonsAFileIsNotRead(t *testing.T) {
	_, diags := source.Load(source.Request{FS: closed{}, Specs: []string{"a.yaml"}})
	require.Len(t, diags, 1)
	assert.Equal(t, "a.yaml: error: the file must not be read: permission denied [file-not-read]", diags[0].String())

	_, diags = source.Load(source.Request{FS: fstest.MapFS{"a.yaml": {Data: []byte("paths:\n\t/a: {}\n")}}, Specs: []string{"a.yaml"}})
	require.Len(t, diags, 1)
	assert.Contains(t, diags[0].Hint, "spaces, not tabs")
}
