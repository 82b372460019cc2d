package cli

import (
	"bytes"
	"context"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/config"
	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/write"
	"github.com/pantograph-go/pantograph/generator/model"
)

// reader is a tool that reads one document, which is broken when it says so.
type reader struct {
	fake
	mu   sync.Mutex
	seen []string
}

func (r *reader) Run(c config.Config, _ Mode) (write.Result, diag.List) {
	var list diag.List
	text, err := os.ReadFile("api.yaml")
	if err != nil || strings.Contains(string(text), "broken") {
		list.Errorf(model.Pos{File: "api.yaml", Line: 1, Col: 1}, "yaml-syntax", "broken")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = append(r.seen, string(text))
	return write.Result{Inputs: []string{"api.yaml"}}, list
}

func (r *reader) runs() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.seen...)
}

func TestWatchGeneratesAgainOnEachSaveAndSurvivesBrokenDocuments(t *testing.T) {
	t.Chdir(t.TempDir())
	save := func(text string) { require.NoError(t, os.WriteFile("api.yaml", []byte(text), 0o666)) }
	save("one")
	synctest.Test(t, func(t *testing.T) {
		ctx, interrupt := context.WithCancel(t.Context())
		var stdout, stderr bytes.Buffer
		tool := &reader{}
		c := &command{stdout: &stdout, stderr: &stderr, progress: newProgress(&stderr), tool: tool, interrupt: ctx}
		c.verb = verbs()[0]
		ended := make(chan int, 1)
		go func() {
			ended <- c.gen([]string{"-watch", "-spec", "api.yaml", "-package", "client"})
		}()
		pass := func() { time.Sleep(500 * time.Millisecond); synctest.Wait() }
		pass()
		assert.Equal(t, []string{"one"}, tool.runs())
		for i, text := range []string{"two!", "broken", "three"} {
			save(text)
			pass()
			assert.Len(t, tool.runs(), i+2)
		}
		assert.Equal(t, []string{"one", "two!", "broken", "three"}, tool.runs())
		pass()
		assert.Len(t, tool.runs(), 4, "nothing was saved")
		interrupt()
		assert.Equal(t, fine, <-ended)
		assert.Equal(t, 1, strings.Count(stderr.String(), "[yaml-syntax]"))
	})
}
