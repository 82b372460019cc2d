package rt

import (
	"context"
	"net/http"
)

// Doer sends one request and returns the answer: the function inside every [Middleware]. It is an
// alias, so that middleware need not import this package.
type Doer = func(*http.Request) (*http.Response, error)

// Middleware wraps the sending of an attempt:
//
//	func(next rt.Doer) rt.Doer {
//		return func(req *http.Request) (*http.Response, error) {
//			info, _ := rt.CallFrom(req.Context())
//			…
//			return next(req)
//		}
//	}
//
// It runs once per attempt, may change headers, query and body, may answer by itself, and may call
// next more than once. Credentials are added after the last middleware, so no middleware sees or
// spoils them; for the same reason a request that middleware has sent to another host is refused.
type Middleware func(next Doer) Doer

// CallInfo says which attempt of which call a request belongs to.
type CallInfo struct {
	Operation *Operation
	Attempt   int // from 1
}

// CallFrom returns the call that a request's context belongs to.
func CallFrom(ctx context.Context) (CallInfo, bool) {
	if a, ok := ctx.Value(attemptKey{}).(*attempt); ok {
		return CallInfo{Operation: a.exchange.call.Operation, Attempt: int(a.number)}, true
	}
	return CallInfo{}, false
}

type attemptKey struct{}
