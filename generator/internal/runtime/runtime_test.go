package runtime

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const from, to = "example.com/gen/rt", "example.org/client/rt"

func tree() fstest.MapFS {
	file := func(src string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(src)} }
	return fstest.MapFS{
		"rt.go":              file("package rt\n\nimport \"net/http\"\n\nvar _ http.Client\n"),
		"rt_test.go":         file("package rt\n\nimport \"example.com/gen/rt/sign\"\n"),
		"testdata/x.go":      file("package x\n"),
		"json/json.go":       file("package json\n\nimport (\n\t\"io\"\n\n\tr \"example.com/gen/rt\" // \"example.com/gen/rt\"\n)\n\nconst s = \"example.com/gen/rt\"\n"),
		"json/json_amd64.go": file("package json\n\nimport `example.com/gen/rt/inner/deep`\n"),
		"inner/deep/deep.go": file("package deep\n"),
		"sign/sign.go":       file("package sign\n\nimport \"example.com/gen/rt\"\n"),
		"fake/fake.go":       file("package fake\n\nimport (\n\t\"example.com/gen/rt/json\"\n\t\"example.com/gen/rtother\"\n)\n"),
		"doc/readme.md":      file("text"),
	}
}

func TestReach(t *testing.T) {
	tests := []struct {
		name        string
		roots, want []string
	}{
		{"nothing", nil, []string{}},
		{"the root alone", []string{"."}, []string{"."}},
		{"a package and what it imports on any platform", []string{"json"}, []string{".", "inner/deep", "json"}},
		{"through two steps", []string{"fake"}, []string{".", "fake", "inner/deep", "json"}},
		{"several roots", []string{"sign", "json", "sign"}, []string{".", "inner/deep", "json", "sign"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := NewTree(tree()).Reach(from, test.roots)
			require.NoError(t, err)
			assert.Equal(t, test.want, got)
		})
	}
	for _, unknown := range []string{"nope", "doc", "testdata", ".."} {
		_, err := NewTree(tree()).Reach(from, []string{unknown})
		assert.ErrorContains(t, err, "the runtime has no package", unknown)
	}
}

func TestPackages(t *testing.T) {
	got, err := NewTree(tree()).Packages()
	require.NoError(t, err)
	assert.Equal(t, []string{".", "fake", "inner/deep", "json", "sign"}, got)
}

func TestRewriteChangesNothingButImportPrefixes(t *testing.T) {
	src := "// Package p is example.com/gen/rt.\npackage p\n\nimport (\n\t\"fmt\"\n\n\trt \"example.com/gen/rt\" // \"example.com/gen/rt\"\n\t`example.com/gen/rt/json`\n\t\"example.com/gen/rtother\"\n)\n\nconst s = \"example.com/gen/rt\"\n"
	want := "// Package p is example.com/gen/rt.\npackage p\n\nimport (\n\t\"fmt\"\n\n\trt \"example.org/client/rt\" // \"example.com/gen/rt\"\n\t\"example.org/client/rt/json\"\n\t\"example.com/gen/rtother\"\n)\n\nconst s = \"example.com/gen/rt\"\n"
	got, err := Rewrite([]byte(src), from, to)
	require.NoError(t, err)
	assert.Equal(t, want, string(got))
	back, err := Rewrite([]byte(want), from, from)
	require.NoError(t, err)
	assert.Equal(t, want, string(back))
	_, err = Rewrite([]byte("no go"), from, to)
	assert.Error(t, err)
}

func TestEmitLeavesTestsBehind(t *testing.T) {
	files, err := NewTree(tree()).Emit([]string{".", "json"}, from, to)
	require.NoError(t, err)
	var paths []string
	for _, f := range files {
		paths = append(paths, f.Path)
	}
	assert.Equal(t, []string{"rt.go", "json/json.go", "json/json_amd64.go"}, paths)
	assert.Contains(t, string(files[1].Bytes), `r "example.org/client/rt" // "example.com/gen/rt"`)
}

// counting counts how often each file is read.
type counting struct {
	fstest.MapFS
	reads map[string]int
}

func (c counting) ReadFile(name string) ([]byte, error) {
	c.reads[name]++
	return c.MapFS.ReadFile(name)
}

func TestEachFileIsReadOnce(t *testing.T) {
	fsys := counting{tree(), map[string]int{}}
	source := NewTree(fsys)
	packages, err := source.Reach(from, []string{"fake", "sign"})
	require.NoError(t, err)
	files, err := source.Emit(packages, from, to)
	require.NoError(t, err)
	assert.Len(t, fsys.reads, len(files))
	for name, times := range fsys.reads {
		assert.Equal(t, 1, times, name)
	}
}
