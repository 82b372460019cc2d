package login

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/pantograph-go/pantograph/generated/otc/autoscaling"
	"github.com/pantograph-go/pantograph/generated/otc/autoscaling/autoscalingtest"
	"github.com/pantograph-go/pantograph/generated/otc/identity"
)

// service is an Auto Scaling service that knows users as every service of a cloud does: it asks Keystone about the token of each
// request. The document's own fake is behind it.
type service struct {
	server   *http.Server
	url      string
	served   atomic.Int32
	rejected atomic.Int32
	broken   atomic.Int32 // tokens that Keystone could not be asked about
}

// serve starts the service. It asks Keystone as the administrator.
func serve(keystone *identity.Client) (*service, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	fake := &autoscalingtest.Server{
		ListGroups: func(context.Context, *autoscaling.ListGroupsParams) (*autoscaling.ListGroupsResponse, error) {
			return &autoscaling.ListGroupsResponse{Limit: 20, Groups: []autoscaling.Group{}}, nil
		},
	}
	s := &service{url: "http://" + l.Addr().String()}
	s.server = &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		_, err := keystone.Tokens.Get(r.Context(), &identity.GetTokenParams{SubjectToken: r.Header.Get("X-Auth-Token")})
		switch {
		case err == nil:
			s.served.Add(1)
			fake.ServeHTTP(rw, r)
		case errors.Is(err, identity.ErrNotFound): // so says Keystone of a token that does not count
			s.rejected.Add(1)
			rw.Header().Set("Content-Type", "application/json")
			rw.WriteHeader(http.StatusUnauthorized)
			_, _ = rw.Write([]byte(`{"error":{"code":"401","message":"The request you have made requires authentication."}}`))
		default:
			s.broken.Add(1)
			http.Error(rw, err.Error(), http.StatusBadGateway)
		}
	})}
	go s.server.Serve(l)
	return s, nil
}

func (s *service) close() { s.server.Close() }

// take returns how many requests were served and rejected since it was last called.
func (s *service) take() (served, rejected int) {
	return int(s.served.Swap(0)), int(s.rejected.Swap(0))
}
