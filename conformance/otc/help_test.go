package otc_test

import (
	"net/http"

	as "github.com/pantograph-go/pantograph/generated/otc/autoscaling"
	"github.com/pantograph-go/pantograph/generated/otc/autoscaling/autoscalingtest"
	"github.com/pantograph-go/pantograph/generated/rt"
)

// connect makes a client and a fake server in front of it.
func connect(opts ...rt.Option) (http.Handler, error) {
	client, err := as.New(opts...)
	if err != nil {
		return nil, err
	}
	server := new(autoscalingtest.Server)
	server.WithoutValidation() // the client validates
	server.Forward(client)
	return server, nil
}
