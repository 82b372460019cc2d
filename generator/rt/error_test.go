package rt

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestErrorBodies(t *testing.T) {
	for _, tt := range []struct {
		name   string
		status int
		body   string
		want   Error // code, message, details, request id and class only
	}{
		{"service", 500, `{"error":{"code":"AS.0001","message":"System error."}}`, Error{Code: "AS.0001", Message: "System error.", Class: ErrInternal}},
		{"service, not found as 400", 400, `{"error":{"code":"AS.2007","message":"gone","details":null}}`, Error{Code: "AS.2007", Message: "gone", Class: ErrNotFound}},
		{"service, busy", 400, `{"error":{"code":"AS.0034","message":"active"}}`, Error{Code: "AS.0034", Message: "active", Class: ErrBusy}},
		{"code without a class", 409, `{"error":{"code":"AS.9000","message":"m"}}`, Error{Code: "AS.9000", Message: "m", Class: ErrConflict}},
		{"unknown code", 403, `{"error":{"code":"AS.1","message":"m"}}`, Error{Code: "AS.1", Message: "m", Class: ErrPermissionDenied}},
		{"details", 400, `{"error":{"code":"X","message":"m","details":[{"a":1.50}]}}`, Error{Code: "X", Message: "m", Details: `[{"a":1.50}]`, Class: ErrInvalid}},
		{"gateway", 401, `{"error_code":"APIGW.0301","error_msg":"Incorrect","request_id":"g1"}`, Error{Code: "APIGW.0301", Message: "Incorrect", RequestID: "g1", Class: ErrUnauthenticated}},
		{"gateway, longest prefix", 400, `{"error_code":"APIGW.0308","error_msg":"m"}`, Error{Code: "APIGW.0308", Message: "m", Class: ErrRateLimited}},
		{"keystone, a number", 401, `{"error":{"code":401,"message":"no","title":"Unauthorized"}}`, Error{Code: "401", Message: "no", Class: ErrUnauthenticated}},
		{"message only", 404, `{"error":{"message":"no"}}`, Error{Message: "no", Class: ErrNotFound}},
		{"first shape with a code wins over an earlier message", 400, `{"error":{"message":"no"},"error_code":"Y","error_msg":"m"}`, Error{Code: "Y", Message: "m", Class: ErrInvalid}},
		{"another shape", 400, `{"fault":"x"}`, Error{Message: `{"fault":"x"}`, Class: ErrInvalid}},
		{"a string where an object is expected", 400, `{"error":"invalid_grant"}`, Error{Message: `{"error":"invalid_grant"}`, Class: ErrInvalid}},
		{"html", 503, "<html>\n<h1>Down</h1></html>", Error{Message: "<html>\n<h1>Down</h1></html>", Class: ErrUnavailable}},
		{"empty", 502, "", Error{Class: ErrUnavailable}},
		{"not UTF-8", 500, "\xff\xfe", Error{Message: "\uFFFD", Class: ErrInternal}},
		{"array", 500, `[1]`, Error{Message: `[1]`, Class: ErrInternal}},
		{"null", 500, `null`, Error{Message: `null`, Class: ErrInternal}},
		{"redirect", 302, ``, Error{Message: "redirects are not followed"}},
		{"not modified", 304, ``, Error{}},
		{"teapot", 418, ``, Error{Class: ErrInvalid}},
		{"strange", 799, ``, Error{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := get(context.Background(), newTestClient(t, always(tt.status, tt.body, "Content-Type", "", "X-Iam-Trace-Id", "")), "w1", WithoutRetry())
			var e *Error
			if !errors.As(err, &e) {
				t.Fatal(err)
			}
			got := Error{Code: e.Code, Message: e.Message, Details: e.Details, RequestID: e.RequestID, Class: e.Class}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got  %#v\nwant %#v", got, tt.want)
			}
			if e.Status != tt.status || e.Operation != "GetWidget" || string(e.Body) != tt.body || e.Attempts != 1 {
				t.Errorf("%+v", e)
			}
			for _, class := range []Class{ErrInvalid, ErrUnauthenticated, ErrPermissionDenied, ErrNotFound, ErrConflict, ErrBusy, ErrQuotaExceeded, ErrRateLimited, ErrUnavailable, ErrInternal, ""} {
				if errors.Is(err, class) != (class == e.Class && class != "") {
					t.Errorf("errors.Is %q", class)
				}
			}
		})
	}
}

func TestRequestIDHeadersGoFirst(t *testing.T) {
	body := `{"error_code":"X","request_id":"body"}`
	for _, tt := range []struct{ want, h1, v1, h2, v2 string }{
		{"a", "X-Request-Id", "a", "X-Iam-Trace-Id", "b"},
		{"b", "X-Iam-Trace-Id", "b", "X-Other", "c"},
		{"body", "X-Other", "c", "X-Other", "c"},
	} {
		var raw RawResponse
		_, err := get(context.Background(), newTestClient(t, always(400, body, tt.h1, tt.v1, tt.h2, tt.v2)), "w1", WithResponseInto(&raw))
		var e *Error
		if !errors.As(err, &e) || e.RequestID != tt.want || raw.RequestID != tt.want {
			t.Errorf("got %q and %q, want %q", e.RequestID, raw.RequestID, tt.want)
		}
	}
}

func TestErrorTextIsOneBoundedHarmlessLine(t *testing.T) {
	hostile := "\x1b[2J\x1b]0;title\x07line\r\nforged: entry\u202egnp.exe\u2028\x00\u200f"
	err := &Error{Operation: "Op", Status: 400, Code: hostile, Message: hostile + strings.Repeat("é", 10000), RequestID: hostile, Attempts: 3}
	for _, s := range []string{
		err.Error(),
		(&ResponseError{Operation: "Op", Status: 200, ContentType: hostile, Snippet: hostile, RequestID: hostile, Err: errors.New(hostile)}).Error(),
		(&TransportError{Operation: "Op", Err: errors.New(hostile), Last: err}).Error(),
		(&AuthError{Operation: "Op", Err: errors.New(hostile)}).Error(),
		(&ParamError{In: "path", Name: hostile, Reason: "r"}).Error(),
		(&PageError{Cursor: hostile, Reason: "r"}).Error(),
		Violation{Path: "a", Message: "m", Value: hostile, Rule: "r"}.String(),
		RawResponse{Header: http.Header{"X": {hostile}}}.String()[20:],
	} {
		for _, r := range s {
			if r < 0x20 && r != '\n' || r == 0x7f || r == '\u202e' || r == '\u2028' || r == '\u200f' {
				t.Errorf("%q holds %q", s, r)
			}
		}
		if strings.Contains(s, "\nforged") {
			t.Errorf("%q", s)
		}
		if len(s) > 2000 {
			t.Errorf("%d bytes", len(s))
		}
	}
	mustContain(t, err.Error(), "Op: 400 ", "[3 attempts]")
	if got := (&Error{Operation: "Op", Status: 404}).Error(); got != "Op: 404 Not Found" {
		t.Error(got)
	}
	if got := (&Error{Operation: "Op", Status: 400, Code: "AS.1", Message: `say "no"`, RequestID: "r1"}).Error(); got != `Op: 400 AS.1: say "no" (request r1)` {
		t.Error(got)
	}
}

func TestErrorsLogAsGroups(t *testing.T) {
	var b strings.Builder
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "err", &Error{Operation: "Op", Status: 404, Code: "c", Message: "m", Header: http.Header{"A": {"hdr"}}, Body: []byte("bodytext")})
	mustContain(t, b.String(), "err.operation=Op", "err.status=404")
	if strings.Contains(b.String(), "bodytext") || strings.Contains(b.String(), "hdr") {
		t.Error(b.String())
	}
}

func TestIgnoreMissingIsForDeletes(t *testing.T) {
	gone := always(400, `{"error":{"code":"AS.2007","message":"gone"}}`)
	c := newTestClient(t, gone)
	if err := remove(context.Background(), c, "w1"); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
	if err := remove(context.Background(), c, "w1", IgnoreMissing()); err != nil {
		t.Error(err)
	}
	if err := remove(context.Background(), newTestClient(t, always(403, ``)), "w1", IgnoreMissing()); !errors.Is(err, ErrPermissionDenied) {
		t.Error(err)
	}
	n := gone.count()
	_, err := get(context.Background(), c, "w1", IgnoreMissing())
	var p *ParamError
	if !errors.As(err, &p) || gone.count() != n {
		t.Error(err)
	}
}

func TestClassesReadAsWords(t *testing.T) {
	if s := ErrNotFound.Error() + "," + ErrBusy.Error() + "," + ErrRateLimited.Error(); s != "not found,busy,rate limited" {
		t.Error(s)
	}
	if !errors.Is(fmt.Errorf("x: %w", &ValidationError{}), ErrInvalid) {
		t.Error("a validation error is not ErrInvalid")
	}
}

func FuzzErrorBody(f *testing.F) {
	f.Add([]byte(`{"error":{"code":"AS.0001","message":"System error."}}`), 400)
	f.Add([]byte(`{"error_code":1e999999,"error_msg":[]}`), 429)
	f.Add([]byte("\xff"), 500)
	c := newTestClient(f, always(200, ""))
	f.Fuzz(func(t *testing.T, body []byte, status int) {
		e := c.failure(&opGet, &RawResponse{Status: status, Header: http.Header{}, Body: body})
		if s := e.Error(); len(s) > 2500 || strings.ContainsAny(s, "\x00\r\n\x1b") {
			t.Fatalf("%q", s)
		}
		if _, err := json.Marshal(e); err != nil {
			t.Fatal(err)
		}
	})
}

func TestTextsOfErrors(t *testing.T) {
	for want, err := range map[string]error{
		"attempt timeout of 2s exceeded":                                         &TimeoutError{AttemptTimeout, 2 * time.Second},
		"Op: reset [2 attempts]; before that: X: 503 Unavailable":                &TransportError{Operation: "Op", Attempts: 2, Err: errors.New("reset"), Last: errors.New("X: 503 Unavailable")},
		"Op: 401 Unauthorized: who?":                                             &Error{Operation: "Op", Status: 401, Code: "401", Message: "who?"},
		"Op: credentials: none":                                                  &AuthError{"Op", errors.New("none")},
		`Op: path "id" is empty`:                                                 &ParamError{Operation: "Op", In: "path", Name: "id", Reason: "is empty"},
		"Op: 200: the response is of another media type (text/html): \"<html>\"": &ResponseError{Operation: "Op", Status: 200, ContentType: "text/html", Snippet: "<html>", Err: ErrContentType},
		`reading the list stopped after 3 pages at "m": x`:                       &PageError{Page: 3, Cursor: "m", Reason: "x"},
		"permission denied":                                                      ErrPermissionDenied,
		"quota exceeded":                                                         ErrQuotaExceeded,
		"dry run: the request was not sent":                                      ErrDryRun,
	} {
		if got := err.Error(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	for want, v := range map[string]Violation{
		`a m, is "x" [r]`:         {Path: "a", Message: "m", Value: label("x"), Rule: "r"},
		`a m, is 7 [r] (src)`:     {Path: "a", Message: "m", Value: number(7), Rule: "r", Source: "src"},
		`a m, is a list of 2 [r]`: {Path: "a", Message: "m", Value: []int{1, 2}, Rule: "r"},
		`the request m [r]`:       {Message: "m", Value: struct{ secret string }{"wordbody"}, Rule: "r"},
		`a m, is *** [r]`:         {Path: "a", Message: "m", Value: Redacted, Rule: "r"},
		`a m, is 1s [r]`:          {Path: "a", Message: "m", Value: time.Second, Rule: "r"},
		`a m, is 1.5 [r]`:         {Path: "a", Message: "m", Value: 1.5, Rule: "r"},
		`a m [r]`:                 {Path: "a", Message: "m", Value: (*int)(nil), Rule: "r"},
	} {
		if got := v.String(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	for kind, want := range map[EventKind]string{EventAttempt: "attempt", EventRetry: "retry", EventDeviation: "deviation", EventWarning: "warning", 0: "event"} {
		if kind.String() != want {
			t.Error(kind)
		}
	}
	for link, want := range map[string]string{"https://u:p@h/x?token=s#f": "h/x", "/a": "/a"} {
		if got := linkText(link); got != want {
			t.Errorf("%s: %s", link, got)
		}
	}
}

func TestTheBodyCanBeReadAgain(t *testing.T) {
	tr := script(func(r *http.Request) (*http.Response, error) {
		again, err := r.GetBody()
		if err != nil {
			return nil, err
		}
		b, _ := io.ReadAll(again)
		if string(b) != `{"name":"web"}` || r.ContentLength != int64(len(b)) {
			t.Errorf("%s, length %d", b, r.ContentLength)
		}
		return reply(200, widgetJSON), nil
	})
	for _, opts := range [][]Option{nil, {WithMiddleware(func(next Doer) Doer { return next })}} {
		if _, err := create(context.Background(), newTestClient(t, tr, opts...), &widget{Name: "web"}); err != nil {
			t.Error(err)
		}
	}
}

func TestAResponseBesideAnErrorIsDropped(t *testing.T) {
	_, err := whole(&http.Response{Body: io.NopCloser(strings.NewReader(""))}, errReset)
	if !errors.Is(err, errReset) {
		t.Error(err)
	}
}
