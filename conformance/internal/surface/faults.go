package surface

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generated/rt"
	"github.com/pantograph-go/pantograph/generated/rt/fake"
)

// Faulty is a fake server that requests can be made to go wrong at.
type Faulty interface{ Inject(...fake.Fault) }

// Faults lets all that can go wrong happen to a read, and looks at what its client makes of it. Start makes a server, and a
// read by a client that repeats.
func Faults(t *testing.T, start func() (Faulty, func(context.Context) error), waited ...int) {
	run := func(name string, test func(t *testing.T, server Faulty, read func(context.Context) error)) {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server, read := start()
				require.NoError(t, read(t.Context()))
				test(t, server, read)
				server.Inject()
				require.NoError(t, read(t.Context()), "what went wrong is over")
			})
		})
	}
	run("latency", func(t *testing.T, server Faulty, read func(context.Context) error) {
		server.Inject(fake.Fault{Latency: time.Minute})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.ErrorIs(t, read(ctx), context.DeadlineExceeded)
	})
	for _, status := range waited {
		run(fmt.Sprint(status), func(t *testing.T, server Faulty, read func(context.Context) error) {
			for _, date := range []bool{false, true} {
				after := "7"
				if date {
					after = time.Now().Add(9 * time.Second).UTC().Format(http.TimeFormat)
				}
				server.Inject(fake.Fault{Times: 1, Status: status, RetryAfter: after})
				began := time.Now()
				require.NoError(t, read(t.Context()), after)
				assert.GreaterOrEqual(t, time.Since(began), 7*time.Second, after)
			}
			server.Inject(fake.Fault{Status: status, RetryAfter: "1"})
			var e *rt.Error
			require.ErrorAs(t, read(t.Context()), &e)
			assert.Equal(t, status, e.Status)
		})
	}
	run("reset", func(t *testing.T, server Faulty, read func(context.Context) error) {
		server.Inject(fake.Fault{Times: 1, Reset: true})
		require.NoError(t, read(t.Context()), "a read is repeated")
		server.Inject(fake.Fault{Reset: true})
		var e *rt.TransportError
		require.ErrorAs(t, read(t.Context()), &e)
	})
	run("truncated", func(t *testing.T, server Faulty, read func(context.Context) error) {
		server.Inject(fake.Fault{Truncate: 5})
		require.Error(t, read(t.Context()), "half an answer is none")
	})
}
