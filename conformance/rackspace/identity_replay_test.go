package rackspace_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generated/rackspace/identity"
	"github.com/pantograph-go/pantograph/generated/rt/record"
)

// TestRecordedLogins sends each recorded login, and reads each recorded answer: nothing is lost either way.
func TestRecordedLogins(t *testing.T) {
	files, err := filepath.Glob("testdata/identity/*.json")
	require.NoError(t, err)
	require.Len(t, files, 16)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			body, err := os.ReadFile(file)
			require.NoError(t, err)
			if strings.HasPrefix(filepath.Base(file), "request") {
				sendsRecorded(t, body)
			} else {
				readsRecorded(t, body)
			}
		})
	}
}

// tokens is a client of an identity service that answers one thing, and keeps what it was sent.
func tokens(t *testing.T, status int, answer []byte, sent *[]byte) *identity.Client {
	c, err := identity.New(identity.WithRegion(identity.RegionUS), identity.WithoutRetry(), identity.WithPresence(),
		identity.WithTransport(transport(func(r *http.Request) (*http.Response, error) {
			var err error
			*sent, err = io.ReadAll(r.Body)
			return response(status, string(answer)), err
		})))
	require.NoError(t, err)
	return c
}

func sendsRecorded(t *testing.T, body []byte) {
	var sent []byte
	c := tokens(t, http.StatusOK, []byte("{}"), &sent)
	var is struct{ Auth map[string]json.RawMessage }
	require.NoError(t, json.Unmarshal(body, &is))
	var err error
	switch {
	case is.Auth["passwordCredentials"] != nil:
		var req identity.PasswordLogin
		require.NoError(t, identity.DecodeStrict(body, &req))
		_, err = c.Tokens.CreateByPassword(context.Background(), nil, &req)
	case is.Auth["token"] != nil:
		var req identity.TokenLogin
		require.NoError(t, identity.DecodeStrict(body, &req))
		_, err = c.Tokens.CreateByToken(context.Background(), nil, &req)
	default:
		var req identity.APIKeyLogin
		require.NoError(t, identity.DecodeStrict(body, &req))
		_, err = c.Tokens.CreateByAPIKey(context.Background(), nil, &req)
	}
	require.NoError(t, err)
	assert.Empty(t, record.Equal(sent, body), "(sent, recorded)")
}

func readsRecorded(t *testing.T, body []byte) {
	var is map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(body, &is))
	status := http.StatusOK
	var fault struct {
		Code    int
		Message string
	}
	for name, inner := range is {
		if name != "access" {
			require.NoError(t, json.Unmarshal(inner, &fault))
			status = fault.Code
		}
	}
	var sent []byte
	got, err := tokens(t, status, body, &sent).Tokens.CreateByAPIKey(context.Background(), nil, &identity.APIKeyLogin{})
	if status != http.StatusOK {
		var e *identity.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, status, e.Status)
		assert.Equal(t, fault.Message, e.Message)
		return
	}
	require.NoError(t, err)
	again, err := got.MarshalJSON()
	require.NoError(t, err)
	assert.Empty(t, record.Equal(again, is["access"]), "the answer loses something (returned, recorded)")
}
