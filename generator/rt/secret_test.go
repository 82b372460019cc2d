package rt

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// Each secret is a word of its own that must not come out anywhere but on the wire.
var secrets = []string{"wordtoken", "wordcookie", "wordquery", "wordheader", "wordsigned", "wordsubject", "wordbody", "worduser"}

type leaky struct{ dated }

func (leaky) Authorize(_ context.Context, r *http.Request, _ []byte, _ time.Time) error {
	r.Header.Set("X-Auth-Token", "wordtoken")
	r.Header.Set("Authorization", "SDK-HMAC-SHA256 Signature=wordsigned")
	r.URL.RawQuery += "&apikey=wordquery"
	return nil
}

// TestSecretsStayOnTheWire drives calls through success and every kind of failure, with a debug logger and
// an observer, and looks for the secrets in all that comes back.
func TestSecretsStayOnTheWire(t *testing.T) {
	urlError := func(r *http.Request) (*http.Response, error) {
		u := *r.URL
		u.User = url.UserPassword("worduser", "worduser")
		return nil, &url.Error{Op: "Get", URL: u.String(), Err: errReset}
	}
	for name, step := range map[string]func(*http.Request) (*http.Response, error){
		"success":      answer(200, widgetJSON, "Set-Cookie", "s=wordcookie", "X-Subject-Token", "wordsubject"),
		"deviation":    answer(203, `{"id":7}`, "Set-Cookie", "s=wordcookie", "X-Subject-Token", "wordsubject"),
		"failure":      answer(403, `{"error":{"code":"X","message":"m"}}`, "Set-Cookie", "s=wordcookie", "X-Subject-Token", "wordsubject"),
		"unauthorized": answer(401, ``, "Set-Cookie", "s=wordcookie"),
		"redirect":     answer(302, ``, "Set-Cookie", "s=wordcookie"),
		"unavailable":  answer(503, ``, "Set-Cookie", "s=wordcookie"),
		"html":         answer(200, `<html>`, "Content-Type", "text/html", "Set-Cookie", "s=wordcookie"),
		"broken JSON":  answer(200, `{"id":`, "Set-Cookie", "s=wordcookie"),
		"encoding":     answer(200, `x`, "Content-Encoding", "br"),
		"reset":        fails(errReset),
		"url error":    urlError,
		"wrapped error": func(r *http.Request) (*http.Response, error) {
			_, err := urlError(r)
			return nil, fmt.Errorf("proxy: %w", err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			logger := slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
			c := newTestClient(t, script(step), WithLogger(logger), WithAuthorizer(leaky{}), WithRetry(RetryPolicy{MaxAttempts: 2, Base: 1}),
				WithObserver(func(_ context.Context, e Event) {
					fmt.Fprintf(&out, "%v %+v %#v\n", e, e, e)
					logger.Info("event", "event", e)
				}))
			var raw RawResponse
			var dry DryRun
			for _, opts := range [][]CallOption{
				{WithResponseInto(&raw), WithHeader("X-Api-Key", "wordheader")},
				{WithStrict()},
				{WithDryRun(&dry), WithHeader("X-Api-Key", "wordheader")},
			} {
				got, err := create(context.Background(), c, &widget{Name: "web"}, opts...)
				show(&out, logger, err)
				show(&out, logger, got)
				for e := err; e != nil; e = errors.Unwrap(e) {
					show(&out, logger, e)
				}
			}
			fmt.Fprintf(&out, "%v %+v %#v %s", raw, raw, raw, &raw)
			fmt.Fprintf(&out, "%v %+v %#v %s", dry, dry, dry, &dry)
			fmt.Fprintf(&out, "%v %+v %#v %s", c, c, c, c)
			for _, s := range secrets {
				if i := bytes.Index(out.Bytes(), []byte(s)); i >= 0 {
					t.Errorf("%s came out: …%s…", s, out.Bytes()[max(0, i-200):min(out.Len(), i+50)])
				}
			}
		})
	}
}

func show(out *bytes.Buffer, logger *slog.Logger, v any) {
	fmt.Fprintf(out, "%v\n%+v\n%#v\n%s\n%q\n", v, v, v, v, v)
	b, _ := json.Marshal(v)
	out.Write(b)
	logger.Error("x", "v", v)
}

func TestSecretsOfRequestsStayOutOfViolations(t *testing.T) {
	var c Checker
	c.Fail("adminPass", &Rule{ID: "r", Text: "must have at least 8 characters", Limit: "8", Secret: true}, "wordbody")
	var out bytes.Buffer
	show(&out, slog.New(slog.NewTextHandler(&out, nil)), c.Err())
	if strings.Contains(out.String(), "wordbody") {
		t.Error(out.String())
	}
	mustContain(t, c.Err().Error(), "adminPass", "***")
}

func TestSecretHeaders(t *testing.T) {
	for name, want := range map[string]bool{
		"Authorization": true, "Proxy-Authorization": true, "Cookie": true, "set-cookie": true, "X-Auth-Token": true, "X-Subject-Token": true,
		"X-Security-Token": true, "X-Api-Key": true, "apikey": true, "X-Amz-Signature": true, "Content-Type": false, "X-Request-Id": false, "Retry-After": false,
	} {
		if secretHeader(name) != want {
			t.Error(name)
		}
	}
}
