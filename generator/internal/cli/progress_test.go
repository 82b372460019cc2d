package cli

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/generator/internal/config"
	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/write"
)

func TestProgressShowsAfterASecondAndGoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var terminal bytes.Buffer
		p := &progress{terminal: &terminal}
		p.start("quick work")
		time.Sleep(patience / 2)
		p.stop()
		p.start("slow work")
		time.Sleep(2 * patience)
		p.stop()
		time.Sleep(2 * patience)
		assert.Equal(t, "slow work …\r\x1b[K", terminal.String())
	})
}

// slow is a tool that takes its time.
type slow struct{ fake }

func (s *slow) Run(c config.Config, mode Mode) (write.Result, diag.List) {
	time.Sleep(2 * patience)
	return s.fake.Run(c, mode)
}

func TestProgressGoesBeforeTheResultIsPrinted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var terminal bytes.Buffer // of both streams
		c := &command{stdout: &terminal, stderr: &terminal, progress: &progress{terminal: &terminal}, tool: &slow{}}
		code := c.gen([]string{"-spec", "a.yaml", "-package", "client", "-out", "client"})
		assert.Equal(t, fine, code)
		assert.Equal(t, "generating client …\r\x1b[Kclient: up to date\n", terminal.String())
	})
}

func TestProgressIsSilentElsewhere(t *testing.T) {
	var log bytes.Buffer
	p := newProgress(&log)
	p.start("work")
	p.stop()
	assert.Empty(t, log.String())
}
