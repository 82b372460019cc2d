package huaweicloud_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/conformance/internal/recorded"
	"github.com/pantograph-go/pantograph/conformance/internal/reference"
	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	"github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling/autoscalingtest"
)

// served is the generated code that judged requests are given to.
var served = reference.Served{
	Documents: []string{"huaweicloud/autoscaling/v1/openapi.yaml", "huaweicloud/autoscaling/v2/openapi.yaml"},
	Connect: func(strict bool, opts ...as.Option) (http.Handler, error) {
		client, err := as.New(append(opts, as.WithProjectID("p"))...)
		return recorded.Front(new(autoscalingtest.Server), strict, client, err)
	},
}

// TestGeneratedCodeGivesTheVerdictsOfPeople has the generated client judge the requests that people have judged: it refuses what
// breaks a rule, tells the rule and the place, and sends the nearest neighbours.
func TestGeneratedCodeGivesTheVerdictsOfPeople(t *testing.T) {
	assert.Equal(t, 1893, served.Client(t, reference.Judged(t)))
}

// TestTheFakeServerAnswersWithTheCodesOfTheService has the fake server judge them, and answer like the service.
func TestTheFakeServerAnswersWithTheCodesOfTheService(t *testing.T) {
	served.Fake(t, reference.Judged(t), reference.Codes("huaweicloud/autoscaling"), func(rule string) bool {
		return strings.HasPrefix(rule, "SCHED-04") || rule == "SCHED-15"
	})
}
