// Package watch waits until files change. It asks for their times and sizes again and again: that sees what editors do that
// write a new file and rename it, works on network disks and on every system, costs some microseconds for each file, and
// needs nobody's library. What it is to notice within half a second it looks at every tenth.
package watch

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"time"
)

// Every is the time between two looks. Two of them and a run have to take less than half a second.
const Every = 25 * time.Millisecond

// State is how files were at a moment. A file that is not there has the zero stamp.
type State map[string]stamp

type stamp struct {
	modified time.Time
	size     int64
	there    bool
}

// Look returns the state of files, and of all files below directories.
func Look(paths []string) State {
	state := make(State, len(paths))
	for _, name := range paths {
		info, err := os.Stat(name)
		switch {
		case err != nil:
			state[name] = stamp{}
		case info.IsDir():
			state.below(name)
		default:
			state[name] = stampOf(info)
		}
	}
	return state
}

func stampOf(info fs.FileInfo) stamp { return stamp{info.ModTime(), info.Size(), true} }

func (s State) below(dir string) {
	s[dir] = stamp{there: true}
	_ = filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			if info, err := entry.Info(); err == nil {
				s[name] = stampOf(info)
			}
		}
		return nil // what cannot be read is not there
	})
}

// Wait returns when look no longer returns the state before, and returns the same twice: an editor may be in the middle of
// writing. It returns false when the context is done first.
func Wait(ctx context.Context, before State, look func() State) bool {
	ticker := time.NewTicker(Every)
	defer ticker.Stop()
	last := before
	for {
		select {
		case <-ctx.Done():
			return false
		case <-ticker.C:
		}
		now := look()
		if maps.Equal(now, last) && !maps.Equal(now, before) {
			return true
		}
		last = now
	}
}
