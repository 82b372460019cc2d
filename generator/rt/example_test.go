package rt_test

import (
	"fmt"
	"net/http"

	"github.com/pantograph-go/pantograph/generator/rt"
)

// A generated iterator is this loop.
func ExampleOffsetPager() {
	list := []string{"a", "b", "c", "d", "e"}
	pager := rt.OffsetPager{Limit: 2}
	for pager.Next() {
		page := list[pager.Offset:min(pager.Offset+2, len(list))] // the request
		fmt.Println(pager.Offset, page)
		pager.Page(len(page), len(list))
	}
	fmt.Println(pager.Err())
	// Output:
	// 0 [a b]
	// 2 [c d]
	// 4 [e]
	// <nil>
}

// Middleware sees each attempt, without its credentials.
func ExampleMiddleware() {
	var trace rt.Middleware = func(next rt.Doer) rt.Doer {
		return func(req *http.Request) (*http.Response, error) {
			call, _ := rt.CallFrom(req.Context())
			req.Header.Set("X-Attempt", fmt.Sprint(call.Attempt))
			return next(req)
		}
	}
	_ = rt.WithMiddleware(trace)
}

// A violation names the place, the rule, the limit and where the reference states it.
func ExampleChecker() {
	rule := rt.Rule{ID: "CreateGroupRequest.Name.maxLength", Text: "must have at most 64 characters", Limit: "64", Source: "https://example.com/create"}
	var c rt.Checker
	c.Enter("networks", 2)
	c.Fail("id", &rule, "x")
	c.Leave()
	fmt.Println(c.Err())
	// Output:
	// the request breaks a rule: networks[2].id must have at most 64 characters, is "x" [CreateGroupRequest.Name.maxLength] (https://example.com/create)
}
