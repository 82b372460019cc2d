package watch

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLook(t *testing.T) {
	dir := t.TempDir()
	file, templates := filepath.Join(dir, "api.yaml"), filepath.Join(dir, "templates")
	paths := []string{file, templates}
	nothing := Look(paths)
	assert.Equal(t, State{file: {}, templates: {}}, nothing)
	require.NoError(t, os.WriteFile(file, []byte("a"), 0o666))
	require.NoError(t, os.MkdirAll(filepath.Join(templates, "model"), 0o777))
	one := Look(paths)
	assert.NotEqual(t, nothing, one)
	assert.Equal(t, one, Look(paths))
	require.NoError(t, os.WriteFile(filepath.Join(templates, "model", "methods.tmpl"), nil, 0o666))
	assert.NotEqual(t, one, Look(paths), "a file below a directory")
	two := Look(paths)
	require.NoError(t, os.Chtimes(file, time.Unix(1, 0), time.Unix(1, 0)))
	assert.NotEqual(t, two, Look(paths))
}

func TestWaitSeesAChangeWhenItIsComplete(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		size := func() int64 { // the file is written from 1 s to 1.25 s
			switch passed := time.Since(start); {
			case passed < time.Second:
				return 1
			case passed < 1250*time.Millisecond:
				return 2 + int64(passed)
			}
			return 9
		}
		look := func() State { return State{"a": {size: size(), there: true}} }
		assert.True(t, Wait(t.Context(), look(), look))
		assert.Greater(t, time.Since(start), 1250*time.Millisecond)
		assert.LessOrEqual(t, time.Since(start), 1250*time.Millisecond+2*Every)
	})
}

func TestWaitForgetsWhatIsTakenBackAndEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		look := func() State {
			if passed := time.Since(start); passed > time.Second && passed < time.Second+Every+Every/2 {
				return State{"a": {size: 2}}
			}
			return State{"a": {size: 1}}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		assert.False(t, Wait(ctx, look(), look))
		assert.Equal(t, 5*time.Second, time.Since(start))
	})
}
