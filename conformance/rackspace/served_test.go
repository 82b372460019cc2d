package rackspace_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/cases"
	"github.com/pantograph-go/pantograph/conformance/internal/reference"
	as "github.com/pantograph-go/pantograph/generated/rackspace/autoscale"
	"github.com/pantograph-go/pantograph/generated/rackspace/autoscale/autoscaletest"
)

// TestGeneratedCodeGivesTheVerdictsOfPeople has the generated client judge the requests that people have judged: it refuses what
// breaks a rule, tells the rule and the place, and sends the nearest neighbours.
func TestGeneratedCodeGivesTheVerdictsOfPeople(t *testing.T) {
	suite, err := cases.Load("testdata/cases", "recordings")
	require.NoError(t, err)
	served := reference.Served{
		Documents:   []string{"rackspace/autoscale/v1/openapi.yaml"},
		Allocations: 88,
		Connect: func(strict bool, opts ...as.Option) (http.Handler, error) {
			client, err := as.New(append(opts, as.WithTenantID("1"))...)
			server := new(autoscaletest.Server)
			if !strict {
				server.WithoutValidation() // the client validates, by its own clock
			}
			server.Forward(client)
			return server, err
		},
		Answer: func(r *http.Request) *http.Response {
			if r.Method == http.MethodPut {
				return response(204, "")
			}
			return response(201, "{}")
		},
	}
	assert.Equal(t, 377, served.Client(t, suite))
}
