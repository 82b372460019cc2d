package otc_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/cases"
	"github.com/pantograph-go/pantograph/conformance/internal/reference"
	as "github.com/pantograph-go/pantograph/generated/otc/autoscaling"
	"github.com/pantograph-go/pantograph/generated/otc/autoscaling/autoscalingtest"
)

// taken answers all requests in the same way.
type taken struct{}

func (taken) RoundTrip(*http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "application/json")
	_, err := w.WriteString("{}")
	return w.Result(), err
}

// TestGeneratedCodeGivesTheVerdictsOfPeople has the generated client judge the requests that people have judged: it refuses what
// breaks a rule, tells the rule and the place, and sends the nearest neighbours.
func TestGeneratedCodeGivesTheVerdictsOfPeople(t *testing.T) {
	suite := judgedRequests(t)
	// What a parameter of the path must be, generated code does not check.
	suite.Cases = slices.DeleteFunc(suite.Cases, func(c cases.Case) bool { return c.Path == "resource_type" || c.Path == "api_version" })
	client, err := as.New(as.WithEndpoint("https://judged.invalid"), as.WithProjectID("p"), as.WithClock(func() time.Time { return suite.Now }),
		as.WithCredentials(as.StaticCredentials(as.Credentials{Token: "t"})), as.WithoutRetry(), as.WithTransport(taken{}))
	require.NoError(t, err)
	server := new(autoscalingtest.Server)
	server.WithoutValidation() // the client validates, by its own clock
	server.Forward(client)
	assert.GreaterOrEqual(t, reference.Served(t, suite, server, "otc/autoscaling/v1/openapi.yaml", "otc/autoscaling/v2/openapi.yaml"), 1300)
}
