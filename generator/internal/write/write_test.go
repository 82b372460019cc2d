package write

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
)

// request plans files given as pairs of path and content.
func request(dir string, pairs ...string) Request {
	req := Request{Dir: dir, Generator: "v1.2.3", Documents: []Document{{"b.yaml", "22"}, {"a.yaml", "11"}}}
	for i := 0; i < len(pairs); i += 2 {
		req.Files = append(req.Files, File{Path: pairs[i], Bytes: []byte(pairs[i+1])})
	}
	return req
}

// write runs a request that must succeed.
func write(t *testing.T, req Request) Result {
	t.Helper()
	result, list := Output(req)
	require.Empty(t, list)
	return result
}

// tree returns the files below dir and their contents, without the manifest.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	require.NoError(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, name)
		switch {
		case err != nil || rel == ManifestName || rel == ".":
			return err
		case d.IsDir():
			files[filepath.ToSlash(rel)+"/"] = ""
		case d.Type()&fs.ModeSymlink != 0:
			files[filepath.ToSlash(rel)] = "link"
		default:
			data, err := os.ReadFile(name)
			files[filepath.ToSlash(rel)] = string(data)
			return err
		}
		return nil
	}))
	return files
}

func put(t *testing.T, dir, name, content string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o777))
	require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666))
}

// lines prints diagnostics.
func lines(list diag.List) []string {
	var lines []string
	for _, d := range list {
		lines = append(lines, d.String())
	}
	return lines
}

func TestOutputWritesFilesAndManifest(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "client")
	req := request(dir, "models.go", "package m\n", "rt/json/codec.go", "package json\n", "client.go", "package m // client\n")
	req.Lock = &File{Path: "names.lock", Bytes: []byte("lock\n")}
	result := write(t, req)
	assert.Equal(t, []Change{{"client.go", Missing}, {"models.go", Missing}, {"names.lock", Missing}, {ManifestName, Missing}, {"rt/json/codec.go", Missing}}, result.Changes)
	assert.Equal(t, map[string]string{
		"client.go": "package m // client\n", "models.go": "package m\n", "names.lock": "lock\n",
		"rt/": "", "rt/json/": "", "rt/json/codec.go": "package json\n",
	}, tree(t, dir))
	data, err := os.ReadFile(filepath.Join(dir, ManifestName))
	require.NoError(t, err)
	assert.Equal(t, `{
  "format": 1,
  "generator": "v1.2.3",
  "documents": [
    {
      "path": "a.yaml",
      "sha256": "11"
    },
    {
      "path": "b.yaml",
      "sha256": "22"
    }
  ],
  "lock": "names.lock",
  "files": [
    {
      "path": "client.go",
      "sha256": "`+Hash([]byte("package m // client\n"))+`"
    },
    {
      "path": "models.go",
      "sha256": "`+Hash([]byte("package m\n"))+`"
    },
    {
      "path": "rt/json/codec.go",
      "sha256": "`+Hash([]byte("package json\n"))+`"
    }
  ]
}
`, string(data))
}

func TestASecondRunTouchesNothing(t *testing.T) {
	dir := t.TempDir()
	req := request(dir, "a.go", "package a\n", "sub/b.go", "package b\n")
	req.Lock = &File{Path: "names.lock", Bytes: []byte("lock\n")}
	write(t, req)
	long := time.Unix(1_000_000_000, 0)
	names := []string{"a.go", "sub/b.go", "names.lock", ManifestName}
	for _, name := range names {
		require.NoError(t, os.Chtimes(filepath.Join(dir, name), long, long))
	}
	result := write(t, req)
	assert.Empty(t, result.Changes)
	assert.Equal(t, 4, result.Unchanged)
	for _, name := range names {
		info, err := os.Stat(filepath.Join(dir, name))
		require.NoError(t, err)
		assert.True(t, info.ModTime().Equal(long), "%s was touched", name)
	}
}

func TestOnlyChangedFilesAreWritten(t *testing.T) {
	dir := t.TempDir()
	write(t, request(dir, "a.go", "1", "b.go", "1"))
	long := time.Unix(1_000_000_000, 0)
	require.NoError(t, os.Chtimes(filepath.Join(dir, "a.go"), long, long))
	require.NoError(t, os.Chmod(filepath.Join(dir, "b.go"), 0o600))
	result := write(t, request(dir, "a.go", "1", "b.go", "2"))
	assert.Equal(t, []Change{{"b.go", Changed}, {ManifestName, Changed}}, result.Changes)
	info, err := os.Stat(filepath.Join(dir, "a.go"))
	require.NoError(t, err)
	assert.True(t, info.ModTime().Equal(long))
	info, err = os.Stat(filepath.Join(dir, "b.go"))
	require.NoError(t, err)
	assert.Equal(t, fs.FileMode(0o600), info.Mode().Perm(), "permissions are kept")
}

func TestStaleFilesGoWithTheirEmptyDirectories(t *testing.T) {
	dir := t.TempDir()
	write(t, request(dir, "a.go", "1", "x/y/old.go", "1", "z/old.go", "1"))
	put(t, dir, "z/mine.go", "mine")
	result := write(t, request(dir, "a.go", "1"))
	assert.Equal(t, []Change{{ManifestName, Changed}, {"x/y/old.go", Stale}, {"z/old.go", Stale}}, result.Changes)
	assert.Equal(t, map[string]string{"a.go": "1", "z/": "", "z/mine.go": "mine"}, tree(t, dir))
}

func TestPeoplesWorkIsRefusedWithoutForce(t *testing.T) {
	tests := []struct {
		name    string
		disturb func(t *testing.T, dir string)
		kind    Kind
		want    string
	}{
		{"an edited file", func(t *testing.T, dir string) { put(t, dir, "a.go", "mine") }, Edited,
			"a.go: error: this generated file was edited by hand [edited-by-hand]"},
		{"an edited file that is stale", func(t *testing.T, dir string) { put(t, dir, "old.go", "mine") }, EditedStale,
			"old.go: error: this generated file was edited by hand [edited-by-hand]"},
		{"a foreign file", func(t *testing.T, dir string) { put(t, dir, "new.go", "mine") }, Foreign,
			"new.go: error: this file was not written by pantograph and is in the way of a generated one [foreign-file]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, request(dir, "a.go", "1", "old.go", "1"))
			test.disturb(t, dir)
			before := tree(t, dir)
			next := request(dir, "a.go", "2", "new.go", "2")

			_, list := Output(next)
			assert.Equal(t, []string{test.want}, lines(list))
			assert.Equal(t, before, tree(t, dir), "nothing changes when a file is refused")

			next.Force = true
			result := write(t, next)
			assert.Contains(t, result.Changes, Change{strings.SplitN(test.want, ":", 2)[0], test.kind})
			assert.Equal(t, map[string]string{"a.go": "2", "new.go": "2"}, tree(t, dir))
		})
	}
}

func TestWhatIsAlreadyRightIsNoConflict(t *testing.T) {
	dir := t.TempDir()
	write(t, request(dir, "a.go", "1"))
	put(t, dir, "a.go", "2")
	put(t, dir, "new.go", "2")
	result := write(t, request(dir, "a.go", "2", "new.go", "2"))
	assert.Equal(t, []Change{{ManifestName, Changed}}, result.Changes)
}

func TestLineEndsOfTheSystemAreNoEdit(t *testing.T) {
	dir := t.TempDir()
	write(t, request(dir, "a.go", "1\n2\n", "b.go", "1\n"))
	put(t, dir, "a.go", "1\r\n2\r\n")
	put(t, dir, "b.go", "1\r\n")
	result := write(t, request(dir, "a.go", "1\n2\n", "b.go", "2\n"))
	assert.Equal(t, []Change{{"b.go", Changed}, {ManifestName, Changed}}, result.Changes)
}

func TestTheLockMayBeEdited(t *testing.T) {
	dir := t.TempDir()
	req := request(dir, "a.go", "1")
	put(t, dir, "names.lock", "from before\n")
	req.Lock = &File{Path: "names.lock", Bytes: []byte("one\n")}
	write(t, req)
	put(t, dir, "names.lock", "edited\n")
	req.Lock.Bytes = []byte("two\n")
	result := write(t, req)
	assert.Equal(t, []Change{{"names.lock", Changed}}, result.Changes)
	req.Lock = nil
	write(t, req)
	assert.Equal(t, "two\n", tree(t, dir)["names.lock"], "a lock is never stale")
}

func TestCheckSaysWhatGenWouldDoAndWritesNothing(t *testing.T) {
	dir := t.TempDir()
	write(t, request(dir, "changed.go", "1", "edited.go", "1", "gone.go", "1", "stale.go", "1", "same.go", "1"))
	put(t, dir, "edited.go", "mine")
	put(t, dir, "foreign.go", "mine")
	require.NoError(t, os.Remove(filepath.Join(dir, "gone.go")))
	before := tree(t, dir)
	req := request(dir, "changed.go", "2", "edited.go", "1", "gone.go", "1", "same.go", "1", "foreign.go", "2")
	req.Check = true
	result, list := Output(req)
	assert.Equal(t, []Change{{"changed.go", Changed}, {"edited.go", Edited}, {"foreign.go", Foreign}, {"gone.go", Missing}, {ManifestName, Changed}, {"stale.go", Stale}}, result.Changes)
	assert.Equal(t, []string{
		"changed.go: error: generated file is out of date: the generator itself, the configuration or a template changed [drift-changed]",
		"edited.go: error: generated file was edited by hand [edited-by-hand]",
		"foreign.go: error: a file that pantograph did not write stands where a generated one belongs [foreign-file]",
		"gone.go: error: generated file is missing [drift-missing]",
		"pantograph.manifest.json: error: generated file is out of date: the generator itself, the configuration or a template changed [drift-changed]",
		"stale.go: error: file is no longer generated [drift-stale]",
	}, lines(list))
	for _, d := range list {
		refused := d.Code == "edited-by-hand" || d.Code == "foreign-file"
		assert.Equal(t, refused, strings.Contains(d.Hint, "gen refuses"), "%s: %s", d.Code, d.Hint)
	}
	assert.Equal(t, before, tree(t, dir))
}

func TestCheckSaysWhy(t *testing.T) {
	dir := t.TempDir()
	req := request(dir, "a.go", "1")
	req.Generator, req.Documents = "v1.0.0", []Document{{"api.yaml", "1"}, {"old.yaml", "1"}}
	write(t, req)
	next := request(dir, "a.go", "2")
	next.Generator, next.Documents, next.Check, next.Mend = "v1.1.0", []Document{{"api.yaml", "2"}, {"new.yaml", "1"}}, true, "pantograph gen x"
	_, list := Output(next)
	require.Len(t, list, 2)
	assert.Equal(t, "generated file is out of date: the generator changed from v1.0.0 to v1.1.0, api.yaml changed, new.yaml is new, old.yaml is read no more", list[0].Message)
	assert.Equal(t, "run pantograph gen x and commit the result", list[0].Hint)
}

func TestOutputsThatCannotBeUsed(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "file", "x")
	_, list := Output(request(filepath.Join(dir, "file"), "a.go", "1"))
	assert.Equal(t, []string{".: error: the output directory cannot be used: not a directory [output-directory]"}, lines(list))
	_, list = HandWritten(filepath.Join(dir, "file"), []string{"."}, nil)
	assert.Equal(t, []string{".: error: the output directory cannot be used: not a directory [output-directory]"}, lines(list))
}

func TestCheckOfNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	req := request(dir, "a.go", "1")
	req.Check = true
	_, list := Output(req)
	assert.Equal(t, []string{"a.go: error: generated file is missing [drift-missing]", "pantograph.manifest.json: error: generated file is missing [drift-missing]"}, lines(list))
	assert.NoDirExists(t, dir)
}

func TestLinksInTheOutputAreRefused(t *testing.T) {
	tests := []struct {
		name string
		link func(t *testing.T, dir, outside string)
		want string
	}{
		{"a file that leads out", func(t *testing.T, dir, outside string) {
			require.NoError(t, os.Symlink(filepath.Join(outside, "victim.go"), filepath.Join(dir, "a.go")))
		}, "a.go: error: a symbolic link stands where a generated file belongs [output-symlink]"},
		{"a directory that leads out", func(t *testing.T, dir, outside string) {
			require.NoError(t, os.Symlink(outside, filepath.Join(dir, "rt")))
		}, "rt: error: this directory of the output is a symbolic link [output-symlink]"},
		{"a dangling link", func(t *testing.T, dir, outside string) {
			require.NoError(t, os.Symlink("nowhere", filepath.Join(dir, "a.go")))
		}, "a.go: error: a symbolic link stands where a generated file belongs [output-symlink]"},
		{"a directory in the place of a file", func(t *testing.T, dir, outside string) {
			require.NoError(t, os.Mkdir(filepath.Join(dir, "a.go"), 0o777))
		}, "a.go: error: what stands where a generated file belongs is not a file [output-not-a-file]"},
		{"a file in the place of a directory", func(t *testing.T, dir, outside string) {
			put(t, dir, "rt", "x")
		}, "rt: error: this is not a directory, and rt/victim.go belongs below it [output-not-a-file]"},
	}
	for _, test := range tests {
		for _, force := range []bool{false, true} {
			t.Run(test.name, func(t *testing.T) {
				dir, outside := t.TempDir(), t.TempDir()
				put(t, outside, "victim.go", "precious")
				test.link(t, dir, outside)
				before := tree(t, dir)
				req := request(dir, "a.go", "1", "rt/victim.go", "1")
				req.Force = force
				_, list := Output(req)
				assert.Equal(t, []string{test.want}, lines(list))
				assert.Equal(t, before, tree(t, dir))
				assert.Equal(t, map[string]string{"victim.go": "precious"}, tree(t, outside))
			})
		}
	}
}

func TestAForgedManifestDeletesNothingOutside(t *testing.T) {
	parent := t.TempDir()
	put(t, parent, "victim.go", "precious")
	dir := filepath.Join(parent, "out")
	put(t, dir, ManifestName, `{"format":1,"files":[{"path":"../victim.go","sha256":"`+Hash([]byte("precious"))+`"}]}`)
	_, list := Output(request(dir, "a.go", "1"))
	assert.Equal(t, []string{`pantograph.manifest.json: error: the list of generated files cannot be read: it lists "../victim.go": it leads out of the output directory [manifest-invalid]`}, lines(list))
	req := request(dir, "a.go", "1")
	req.Force = true
	write(t, req)
	assert.FileExists(t, filepath.Join(parent, "victim.go"))
}

func TestManifestsThatCannotBeRead(t *testing.T) {
	for content, want := range map[string]string{
		"<<<<<<< HEAD":             "invalid character '<'",
		`{"format":2}`:             "its format is 2, and this pantograph knows 1",
		`{"format":1,"files":[{}]`: "unexpected end of JSON input",
	} {
		dir := t.TempDir()
		put(t, dir, ManifestName, content)
		_, list := Output(request(dir, "a.go", "1"))
		require.Len(t, list, 1)
		assert.Equal(t, "manifest-invalid", list[0].Code)
		assert.Contains(t, list[0].Message, want)
		assert.NoFileExists(t, filepath.Join(dir, "a.go"))
	}
}

func TestAFailureInTheMiddleIsUndone(t *testing.T) {
	for failAt := range 6 {
		dir := t.TempDir()
		write(t, request(dir, "a.go", "1", "b.go", "1", "old/stale.go", "1"))
		long := time.Unix(1_000_000_000, 0)
		require.NoError(t, os.Chtimes(filepath.Join(dir, "a.go"), long, long))
		before := tree(t, dir)

		root, err := os.OpenRoot(dir)
		require.NoError(t, err)
		defer root.Close()
		plan, list := compare(root, request(dir, "a.go", "2", "b.go", "2", "new/deep/c.go", "2", "d.go", "2"))
		require.Empty(t, list)
		tx := newTransaction(root)
		count := 0
		tx.rename = func(from, to string) error {
			if count++; count > failAt {
				return errors.New("the disk is on fire")
			}
			return root.Rename(from, to)
		}
		err = tx.run(plan.steps)
		if count <= failAt {
			require.NoError(t, err)
			continue
		}
		require.EqualError(t, err, "the disk is on fire")
		assert.Equal(t, before, tree(t, dir))
		info, err := os.Stat(filepath.Join(dir, "a.go"))
		require.NoError(t, err)
		assert.True(t, info.ModTime().Equal(long), "the very file is back")
	}
}

func TestARunInProgressIsRespected(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, stagingName), 0o777))
	_, list := Output(request(dir, "a.go", "1"))
	require.Len(t, list, 1)
	assert.Contains(t, list[0].Message, "another run is writing here")
	assert.NoFileExists(t, filepath.Join(dir, "a.go"))
}

func TestHandWritten(t *testing.T) {
	dir := t.TempDir()
	write(t, request(dir, "a.go", "1", "old.go", "1", "sub/b.go", "1"))
	put(t, dir, "mine.go", "mine")
	put(t, dir, "mine_test.go", "test")
	put(t, dir, "note.txt", "note")
	put(t, dir, "sub/mine.go", "sub")
	put(t, dir, "other/x.go", "other")
	put(t, dir, "new.go", "in the way")
	outside := t.TempDir()
	put(t, outside, "x.go", "outside")
	require.NoError(t, os.Symlink(filepath.Join(outside, "x.go"), filepath.Join(dir, "link.go")))

	files, list := HandWritten(dir, []string{".", "sub", "none"}, []string{"a.go", "new.go", "sub/b.go"})
	var got []string
	for _, f := range files {
		got = append(got, f.Path+"="+string(f.Bytes))
	}
	assert.Equal(t, []string{"mine.go=mine", "mine_test.go=test", "sub/mine.go=sub"}, got)
	require.Len(t, list, 1)
	assert.Equal(t, "link.go", list[0].Pos.File)

	files, list = HandWritten(filepath.Join(dir, "nowhere"), []string{"."}, nil)
	assert.Empty(t, files)
	assert.Empty(t, list)
}
