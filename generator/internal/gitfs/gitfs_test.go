package gitfs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/storage/filesystem"
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

// history is a repository with three commits of a file, the last of which joins the first two, with tags and a branch.
func history(t *testing.T) (dir string, repository *git.Repository) {
	t.Helper()
	dir = t.TempDir()
	repository, err := git.PlainInit(dir, false)
	require.NoError(t, err)
	tree, err := repository.Worktree()
	require.NoError(t, err)
	file := filepath.Join(dir, "spec", "api.yaml")
	require.NoError(t, os.Mkdir(filepath.Dir(file), 0o777))
	author := &object.Signature{Name: "t", Email: "t@example.com"}
	commit := func(text string, parents ...plumbing.Hash) plumbing.Hash {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
		_, err = tree.Add("spec/api.yaml")
		require.NoError(t, err)
		hash, err := tree.Commit(text, &git.CommitOptions{Author: author, Parents: parents})
		require.NoError(t, err)
		return hash
	}
	one := commit("one\n")
	two := commit("two\n", one)
	_, err = repository.CreateTag("v1", one, &git.CreateTagOptions{Message: "v1", Tagger: author})
	require.NoError(t, err)
	_, err = repository.CreateTag("light", two, nil)
	require.NoError(t, err)
	require.NoError(t, repository.Storer.SetReference(plumbing.NewHashReference("refs/heads/topic/x", two)))
	require.NoError(t, repository.Storer.SetReference(plumbing.NewHashReference("ORIG_HEAD", one)))
	commit("three\n", two, one)
	require.NoError(t, os.WriteFile(file, []byte("new\n"), 0o666))
	return dir, repository
}

// revisions are what a file is in them; "" where there is none.
func revisions(t *testing.T, repository *git.Repository) map[string]string {
	t.Helper()
	topic, err := repository.Reference("refs/heads/topic/x", true)
	require.NoError(t, err)
	two := topic.Hash().String()
	return map[string]string{
		"HEAD": "three", "@": "three", "master": "three", "refs/heads/master": "three", "HEAD^0": "three", "HEAD^{commit}": "three",
		"HEAD~1": "two", "HEAD~": "two", "@^": "two", "HEAD^1": "two", "topic/x": "two", "heads/topic/x": "two", "light": "two", two: "two", two[:7]: "two", two[:8]: "two",
		"HEAD~2": "one", "HEAD^^": "one", "HEAD^2": "one", "HEAD~1^1": "one", "v1": "one", "v1^{}": "one", "tags/v1": "one", "ORIG_HEAD": "one", two + "~": "one",
		"HEAD~3": "", "HEAD^3": "", "other": "", "v1~": "", two[:3]: "", "HEAD^{tree}": "", "config": "", "../HEAD": "", "index": "", "0000000": "",
	}
}

func TestReadsRevisionsAsGitNamesThem(t *testing.T) {
	dir, repository := history(t)
	for _, form := range []string{"loose", "packed"} {
		t.Run(form, func(t *testing.T) {
			if form == "packed" {
				require.NoError(t, repository.RepackObjects(&git.RepackConfig{}))
				require.NoError(t, repository.Storer.(*filesystem.Storage).PackRefs())
			}
			t.Chdir(filepath.Join(dir, "spec"))
			for revision, want := range revisions(t, repository) {
				text, err := fs.ReadFile(gitfs.New(revision, "spec"), "api.yaml")
				if want == "" {
					assert.ErrorContains(t, err, "there is no revision "+revision, revision)
					continue
				}
				require.NoError(t, err, revision)
				assert.Equal(t, want+"\n", string(text), revision)
			}
		})
	}
}

// A worktree has a file .git, which names its folder in the repository, and that a file which names the repository.
func TestReadsARevisionInAWorktree(t *testing.T) {
	dir, _ := history(t)
	worktree, own := t.TempDir(), filepath.Join(dir, ".git", "worktrees", "w")
	require.NoError(t, os.MkdirAll(own, 0o777))
	for name, text := range map[string]string{
		filepath.Join(worktree, ".git"): "gitdir: " + own, filepath.Join(own, "commondir"): "../..", filepath.Join(own, "HEAD"): "ref: refs/heads/topic/x",
	} {
		require.NoError(t, os.WriteFile(name, []byte(text+"\n"), 0o666))
	}
	t.Chdir(worktree)
	text, err := fs.ReadFile(gitfs.New("HEAD", "spec"), "api.yaml")
	require.NoError(t, err)
	assert.Equal(t, "two\n", string(text))
	require.NoError(t, os.WriteFile(filepath.Join(worktree, ".git"), []byte("elsewhere"), 0o666))
	_, err = fs.ReadFile(gitfs.New("HEAD", "spec"), "api.yaml")
	assert.ErrorContains(t, err, "there is no git repository around")
}

func TestAFileOfARevisionIsAFile(t *testing.T) {
	dir, _ := history(t)
	t.Chdir(dir)
	root := gitfs.New("HEAD", ".")
	info, err := fs.Stat(root, "spec/api.yaml")
	require.NoError(t, err)
	assert.EqualValues(t, len("three\n"), info.Size())
	for _, name := range []string{"spec/other.yaml", "other/api.yaml", "spec/api.yaml/x", "spec"} {
		_, err = fs.Stat(root, name)
		assert.ErrorIs(t, err, fs.ErrNotExist, name)
	}
	_, err = root.Open("../api.yaml")
	assert.ErrorIs(t, err, fs.ErrInvalid)
}
