package rackspace_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/conformance/internal/recorded"
	"github.com/pantograph-go/pantograph/conformance/internal/reference"
	as "github.com/pantograph-go/pantograph/generated/rackspace/autoscale"
	"github.com/pantograph-go/pantograph/generated/rackspace/autoscale/autoscaletest"
)

// served is the generated code that judged requests are given to.
var served = reference.Served{
	Documents: []string{"rackspace/autoscale/v1/openapi.yaml"},
	Connect: func(strict bool, opts ...as.Option) (http.Handler, error) {
		client, err := as.New(append(opts, as.WithTenantID("1"))...)
		return recorded.Front(new(autoscaletest.Server), strict, client, err)
	},
	Answer: func(r *http.Request) *http.Response {
		if r.Method == http.MethodPut {
			return response(204, "")
		}
		return response(201, "{}")
	},
}

// TestGeneratedCodeGivesTheVerdictsOfPeople has the generated client judge the requests that people have judged: it refuses what
// breaks a rule, tells the rule and the place, and sends the nearest neighbours.
func TestGeneratedCodeGivesTheVerdictsOfPeople(t *testing.T) {
	assert.Equal(t, 442, served.Client(t, reference.Judged(t)))
}
