package rt

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"
)

// layered is an API behind which several layers answer, each in its own form.
var layered = API{
	Name: "layers", Version: "v1", Servers: []Server{{URL: "https://layers.example.com"}},
	Errors: ErrorModel{
		Shapes: []ErrorShape{
			{Code: "error.type", Message: "error.message", Details: "error.details", Status: "error.code"},
			{Code: "*", Message: "*.message", Details: "*.details", RetryAfter: "*.retryAfter"},
			{Message: "*.message", RetryAfter: "*.retryAt"},
		},
		Codes:    []ErrorCode{{"OverLimitError", ErrQuotaExceeded}, {"RateLimitError", ErrRateLimited}},
		Aliases:  []ErrorAlias{{"OverLimitsError", "OverLimitError"}, {"overLimit", "RateLimitError"}},
		Statuses: []ErrorStatus{{413, ErrRateLimited}, {422, ErrQuotaExceeded}},
	},
}

func TestLayersAnswerInTheirOwnForms(t *testing.T) {
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	op := Operation{ID: "Do", Method: "POST", Path: "/do", Anonymous: true}
	for _, tt := range []struct {
		name   string
		status int
		body   string
		header string // Retry-After
		want   Error  // code, message, details, class and wait only
	}{
		{"the server", 422, `{"error":{"code":422,"type":"OverLimitError","message":"full","details":""}}`, "", Error{Code: "OverLimitError", Message: "full", Class: ErrQuotaExceeded}},
		{"a name that differs", 422, `{"error":{"code":422,"type":"OverLimitsError","message":"full"}}`, "", Error{Code: "OverLimitError", Message: "full", Class: ErrQuotaExceeded}},
		{"a form named by its only member", 404, `{"itemNotFound":{"code":404,"message":"no","details":"d"}}`, "", Error{Code: "itemNotFound", Message: "no", Details: "d", Class: ErrNotFound}},
		{"a wait in the body", 413, `{"overLimit":{"message":"slow","retryAfter":"2026-05-01T12:00:30Z"}}`, "", Error{Code: "RateLimitError", Message: "slow", Class: ErrRateLimited, RetryAfter: 30 * time.Second}},
		{"the header counts more", 413, `{"overLimit":{"message":"slow","retryAfter":"2026-05-01T12:00:30Z"}}`, "5", Error{Code: "RateLimitError", Message: "slow", Class: ErrRateLimited, RetryAfter: 5 * time.Second}},
		{"a date in the header", 413, ``, "Fri, 01 May 2026 12:00:07 GMT", Error{Class: ErrRateLimited, RetryAfter: 7 * time.Second}},
		{"no body, a status of its own", 413, ``, "", Error{Class: ErrRateLimited}},
		{"a wait with another name", 413, `{"overLimit":{"message":"slow","retryAt":"2026-05-01T12:00:09Z"}}`, "", Error{Code: "RateLimitError", Message: "slow", Class: ErrRateLimited, RetryAfter: 9 * time.Second}},
		{"a member that is no object names nothing", 400, `{"message":"x"}`, "", Error{Message: `{"message":"x"}`, Class: ErrInvalid}},
		{"text", 401, `Unauthorized`, "", Error{Message: "Unauthorized", Class: ErrUnauthenticated}},
		{"two members are no name", 400, `{"a":{"message":"x"},"b":1}`, "", Error{Message: `{"a":{"message":"x"},"b":1}`, Class: ErrInvalid}},
		{"an unknown code leaves the status", 413, `{"error":{"type":"Odd","message":"m"}}`, "", Error{Code: "Odd", Message: "m", Class: ErrRateLimited}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var header []string
			if tt.header != "" {
				header = []string{"Retry-After", tt.header}
			}
			c, err := New(&layered, WithTransport(always(tt.status, tt.body, header...)), WithClock(func() time.Time { return now }), WithoutRetry())
			if err != nil {
				t.Fatal(err)
			}
			var e *Error
			if err := c.Do(context.Background(), &Call{Operation: &op}); !errors.As(err, &e) {
				t.Fatal(err)
			}
			got := Error{Code: e.Code, Message: e.Message, Details: e.Details, Class: e.Class, RetryAfter: e.RetryAfter}
			if got.Code != tt.want.Code || got.Message != tt.want.Message || got.Details != tt.want.Details || got.Class != tt.want.Class || got.RetryAfter != tt.want.RetryAfter {
				t.Errorf("got  %#v\nwant %#v", got, tt.want)
			}
		})
	}
}

func TestATooManyStatusOfTheAPIIsRepeated(t *testing.T) {
	op := Operation{ID: "Do", Method: "POST", Path: "/do", Anonymous: true}
	tr := script(answer(http.StatusRequestEntityTooLarge, ""), answer(204, ""))
	c, err := New(&layered, WithTransport(tr), WithRetry(RetryPolicy{Base: time.Nanosecond}))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Do(context.Background(), &Call{Operation: &op}); err != nil {
		t.Fatal(err)
	}
}

func TestPickTakesTheFirstThatIsWanted(t *testing.T) {
	even := func(n *int) (string, bool) { return "even", *n%2 == 0 }
	if got := Pick([]int{1, 2, 4}, even); got != "even" {
		t.Error(got)
	}
	if got := Pick([]int{1, 3}, even); got != "" {
		t.Error(got)
	}
}
