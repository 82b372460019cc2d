package cli

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
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

func TestProgressIsSilentElsewhere(t *testing.T) {
	var log bytes.Buffer
	p := newProgress(&log)
	p.start("work")
	p.stop()
	assert.Empty(t, log.String())
}
