package otc_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/conformance/internal/recorded"
	"github.com/pantograph-go/pantograph/conformance/internal/reference"
	as "github.com/pantograph-go/pantograph/generated/otc/autoscaling"
	"github.com/pantograph-go/pantograph/generated/otc/autoscaling/autoscalingtest"
)

// served is the generated code that judged requests are given to.
var served = reference.Served{
	Documents: []string{"otc/autoscaling/v1/openapi.yaml", "otc/autoscaling/v2/openapi.yaml"},
	Connect: func(strict bool, opts ...as.Option) (http.Handler, error) {
		client, err := as.New(append(opts, as.WithProjectID("p"))...)
		return recorded.Front(new(autoscalingtest.Server), strict, client, err)
	},
}

// TestGeneratedCodeGivesTheVerdictsOfPeople has the generated client judge the requests that people have judged: it refuses what
// breaks a rule, tells the rule and the place, and sends the nearest neighbours.
func TestGeneratedCodeGivesTheVerdictsOfPeople(t *testing.T) {
	assert.GreaterOrEqual(t, served.Client(t, reference.Judged(t)), 1300)
}
