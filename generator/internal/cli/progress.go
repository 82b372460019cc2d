package cli

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// patience is how long work may take before progress says what it is.
const patience = time.Second

// progress tells an impatient person at a terminal what is going on. It is silent elsewhere.
type progress struct {
	terminal io.Writer // nil: be silent
	timer    *time.Timer

	mu      sync.Mutex
	working bool
	shown   bool
}

func newProgress(w io.Writer) *progress {
	if f, ok := w.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return &progress{terminal: w}
		}
	}
	return &progress{}
}

// start begins a piece of work.
func (p *progress) start(work string) {
	if p.terminal == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.working = true
	p.timer = time.AfterFunc(patience, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.working {
			fmt.Fprintf(p.terminal, "%s …", work)
			p.shown = true
		}
	})
}

// stop ends it, and wipes what was shown.
func (p *progress) stop() {
	if p.terminal == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.timer.Stop()
	if p.shown {
		fmt.Fprint(p.terminal, "\r\x1b[K")
	}
	p.working, p.shown = false, false
}
