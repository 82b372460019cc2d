package rackspace_test

import (
	"net/http"
	"testing"
	"time"

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
	client, err := as.New(as.WithEndpoint("https://judged.invalid"), as.WithTenantID("1"), as.WithClock(func() time.Time { return suite.Now }),
		as.WithTransport(transport(func(r *http.Request) (*http.Response, error) {
			if r.Method == http.MethodPut {
				return response(204, ""), nil
			}
			return response(201, "{}"), nil
		})))
	require.NoError(t, err)
	server := new(autoscaletest.Server)
	server.WithoutValidation() // the client validates, by its own clock
	server.Forward(client)
	assert.Equal(t, 373, reference.Served(t, suite, server, "rackspace/autoscale/v1/openapi.yaml"))
}
