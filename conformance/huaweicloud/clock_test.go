package huaweicloud_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	"github.com/pantograph-go/pantograph/generated/rt/sign"
)

// TestSignaturesFollowTheServersClock lets a client with a clock that is an hour slow talk to a server
// that checks signatures and allows 15 minutes.
func TestSignaturesFollowTheServersClock(t *testing.T) {
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	requests := 0
	server := transport(func(r *http.Request) (*http.Response, error) {
		requests++
		_, err := sign.Verify(r, nil, now, func(string) (string, bool) { return "sk", true })
		resp := response(200, `{}`)
		if err != nil {
			resp = response(401, `{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information"}`)
		}
		resp.Header.Set("Date", now.Format(http.TimeFormat))
		resp.Request = r
		return resp, nil
	})
	c, err := as.New(as.WithRegion(as.RegionCNNorth4), as.WithProjectID("p"), as.WithTransport(server),
		as.WithClock(func() time.Time { return now.Add(-time.Hour) }),
		as.WithCredentials(as.StaticCredentials(as.Credentials{AccessKey: "ak", SecretKey: "sk"})))
	require.NoError(t, err)
	_, err = c.Quotas.Get(context.Background())
	require.NoError(t, err, "the request is repeated with the server's time")
	assert.Equal(t, 2, requests)
	_, err = c.Quotas.Get(context.Background())
	require.NoError(t, err)
	assert.Equal(t, 3, requests, "from then on the time is right at once")
}
