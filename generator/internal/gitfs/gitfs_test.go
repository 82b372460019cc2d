package gitfs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/gitfs"
)

func TestSplit(t *testing.T) {
	for name, want := range map[string][2]string{
		"HEAD~1:spec/x.yaml": {"HEAD~1", "spec/x.yaml"}, "v1:./x.yaml": {"v1", "x.yaml"},
		"x.yaml": {}, ":x.yaml": {}, "HEAD:": {}, "--output=x:y": {},
	} {
		revision, file, _ := gitfs.Split(name)
		assert.Equal(t, want, [2]string{revision, file}, name)
	}
}

func TestReadsARevision(t *testing.T) {
	dir := t.TempDir()
	repository, err := git.PlainInit(dir, false)
	require.NoError(t, err)
	tree, err := repository.Worktree()
	require.NoError(t, err)
	file := filepath.Join(dir, "spec", "api.yaml")
	require.NoError(t, os.Mkdir(filepath.Dir(file), 0o777))
	require.NoError(t, os.WriteFile(file, []byte("old\n"), 0o666))
	_, err = tree.Add("spec/api.yaml")
	require.NoError(t, err)
	_, err = tree.Commit("one", &git.CommitOptions{Author: &object.Signature{Name: "t", Email: "t@example.com"}})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, []byte("new\n"), 0o666))
	t.Chdir(dir)

	root := gitfs.New("HEAD", "spec")
	text, err := fs.ReadFile(root, "api.yaml")
	require.NoError(t, err)
	assert.Equal(t, "old\n", string(text))
	info, err := fs.Stat(root, "api.yaml")
	require.NoError(t, err)
	assert.EqualValues(t, 4, info.Size())
	_, err = fs.Stat(root, "other.yaml")
	assert.ErrorIs(t, err, fs.ErrNotExist)
	_, err = root.Open("../api.yaml")
	assert.ErrorIs(t, err, fs.ErrInvalid)
}
