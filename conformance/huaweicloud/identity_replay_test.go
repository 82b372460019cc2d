package huaweicloud_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/recorded"
	"github.com/pantograph-go/pantograph/generated/huaweicloud/iam"
	"github.com/pantograph-go/pantograph/generated/huaweicloud/iam/iamtest"
	"github.com/pantograph-go/pantograph/generated/rt/record"
)

// TestReplayToken replays the recorded token request of the identity service, in the way of TestReplay.
func TestReplayToken(t *testing.T) {
	rec := recordings(t)["keystone-CreateToken.json"]
	require.NotNil(t, rec)
	rec.Response.Headers = record.Headers{"X-Subject-Token": {"the-token"}}
	replayer := record.NewReplayer(rec)
	client, err := iam.New(iam.WithEndpoint("https://replay.invalid"), iam.WithTransport(replayer), iam.WithPresence(), iam.WithStrict())
	require.NoError(t, err)

	server := new(iamtest.Server)
	var raw iam.RawResponse
	server.Forward(client, iam.WithResponseInto(&raw))
	w := httptest.NewRecorder()
	server.ServeHTTP(w, recorded.Request(rec))
	assert.Empty(t, replayer.Unused(), "the fake answered %d %s", w.Code, w.Body)
	assert.Equal(t, rec.Response.Status, w.Code)
	assert.Empty(t, record.Equal(w.Body.Bytes(), rec.Response.Bytes()))
	assert.Equal(t, "the-token", raw.Header.Get("X-Subject-Token"))
}

// TestThePasswordNeverPrints drives the one request that holds a password.
func TestThePasswordNeverPrints(t *testing.T) {
	const secret = "correct-horse"
	var req iam.CreateTokenRequest
	data := recordings(t)["keystone-CreateToken.json"].Request.Body
	require.NoError(t, json.Unmarshal(data, &req))
	req.Auth.Identity.Password.User.Password = secret
	server := &iamtest.Server{CreateToken: func(context.Context, *iam.CreateTokenParams, *iam.CreateTokenRequest) (*iam.Token, error) {
		return nil, iam.ErrUnauthenticated
	}}
	client, err := server.Client(iam.WithoutRetry())
	require.NoError(t, err)
	_, err = client.Tokens.Create(context.Background(), nil, &req)
	require.ErrorIs(t, err, iam.ErrUnauthenticated)
	assert.NotContains(t, err.Error(), secret)
	for _, v := range []any{req, &req, req.Auth, req.Auth.Identity.Password, req.Auth.Identity.Password.User} {
		for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
			assert.NotContains(t, fmt.Sprintf(format, v), secret, "%s of %T", format, v)
		}
		var logged bytes.Buffer
		slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "value", v)
		slog.New(slog.NewTextHandler(&logged, nil)).Info("x", "value", v)
		assert.NotContains(t, logged.String(), secret, "log of %T", v)
	}
	for _, r := range server.Requests() {
		assert.Contains(t, string(r.Body), secret, "it was sent")
	}
}
