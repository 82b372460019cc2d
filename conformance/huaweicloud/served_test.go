package huaweicloud_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/reference"
	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	"github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling/autoscalingtest"
)

// TestGeneratedCodeGivesTheVerdictsOfPeople has the generated client judge the requests that people have judged: it refuses what
// breaks a rule, tells the rule and the place, and sends the nearest neighbours.
func TestGeneratedCodeGivesTheVerdictsOfPeople(t *testing.T) {
	suite := judgedRequests(t)
	client, err := as.New(as.WithEndpoint("https://judged.invalid"), as.WithProjectID("p"), as.WithClock(func() time.Time { return suite.Now }),
		as.WithCredentials(as.StaticCredentials(as.Credentials{AccessKey: "ak", SecretKey: "sk"})), as.WithoutRetry(),
		as.WithTransport(transport(func(*http.Request) (*http.Response, error) { return response(200, "{}"), nil })))
	require.NoError(t, err)
	server := new(autoscalingtest.Server)
	server.WithoutValidation() // the client validates, by its own clock
	server.Forward(client)
	assert.GreaterOrEqual(t, reference.Served(t, suite, server, "huaweicloud/autoscaling/v1/openapi.yaml", "huaweicloud/autoscaling/v2/openapi.yaml"), 1700)
}
