package otc_test

import (
	"net/http"
	"time"

	"github.com/pantograph-go/pantograph/conformance/internal/recorded"
	as "github.com/pantograph-go/pantograph/generated/otc/autoscaling"
	"github.com/pantograph-go/pantograph/generated/otc/autoscaling/autoscalingtest"
	"github.com/pantograph-go/pantograph/generated/rt"
)

// then is a time at which none of the recorded schedules was over.
var then = time.Date(2015, 7, 1, 0, 0, 0, 0, time.UTC)

// clock is that of a client then.
var clock = as.WithClock(func() time.Time { return then })

// connect makes a client and a fake server in front of it.
func connect(opts ...rt.Option) (http.Handler, error) {
	client, err := as.New(append(opts, clock)...)
	return recorded.Front(new(autoscalingtest.Server), false, client, err)
}
