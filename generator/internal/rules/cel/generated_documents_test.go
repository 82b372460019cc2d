package cel_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/cases"
	"github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	"github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling/autoscalingtest"
	otc "github.com/pantograph-go/pantograph/generated/otc/autoscaling"
	otctest "github.com/pantograph-go/pantograph/generated/otc/autoscaling/autoscalingtest"
	"github.com/pantograph-go/pantograph/generated/rackspace/autoscale"
	"github.com/pantograph-go/pantograph/generated/rackspace/autoscale/autoscaletest"
	"github.com/pantograph-go/pantograph/generated/rt"
	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/rules/cel"
	"github.com/pantograph-go/pantograph/generator/internal/rules/eval"
	"github.com/pantograph-go/pantograph/generator/internal/source"
	"github.com/pantograph-go/pantograph/generator/model"
)

var (
	randomRequests = flag.Int("requests", 500, "how many random requests each provider's generated code judges, beside those of people")
	requestSeed    = flag.Uint64("requestseed", 3, "seed of the random requests")
)

// connected are servers whose functions call a client made with the options, by provider.
var connected = map[string]func(opts ...rt.Option) (http.Handler, error){
	"huaweicloud": func(opts ...rt.Option) (http.Handler, error) {
		client, err := autoscaling.New(append(opts, autoscaling.WithProjectID("p"))...)
		server := new(autoscalingtest.Server)
		server.WithoutValidation() // the client validates, by its own clock
		server.Forward(client)
		return server, err
	},
	"otc": func(opts ...rt.Option) (http.Handler, error) {
		client, err := otc.New(append(opts, otc.WithProjectID("p"))...)
		server := new(otctest.Server)
		server.WithoutValidation()
		server.Forward(client)
		return server, err
	},
	"rackspace": func(opts ...rt.Option) (http.Handler, error) {
		client, err := autoscale.New(append(opts, autoscale.WithTenantID("1"))...)
		server := new(autoscaletest.Server)
		server.WithoutValidation()
		server.Forward(client)
		return server, err
	},
}

// Generated code, our evaluator and cel-go agree on each rule that our documents state, on requests put together at random of those
// that people have judged: most are near the limits of rules, and break several.
func TestGeneratedCodeMeansWhatDocumentsMeanInCEL(t *testing.T) {
	for _, provider := range providers {
		t.Run(provider.name, func(t *testing.T) {
			suite, err := cases.Load(filepath.Join(root, "conformance", provider.name, "testdata", "cases"), filepath.Join(root, "conformance", provider.name, "recordings"))
			require.NoError(t, err)
			api, diags := source.Load(source.Request{Root: filepath.Join(root, "spec"), Specs: provider.specs, Strict: true})
			require.NotNil(t, api, "%v", diags)
			subjects, diags, oracle := cel.CompileWithOracle(api)
			require.False(t, diags.HasErrors(), "%v", diags)
			j := newJudge(api, subjects, suite.Now)
			held, broke := map[string]int{}, map[string]int{}
			var want []string
			j.watch = func(of *rules.Subject, scope eval.Scope) {
				for _, r := range of.Rules {
					if r.Cond == nil {
						continue
					}
					holds := oracle.Holds(t, of, r, scope)
					require.Equal(t, holds, eval.Holds(r.Cond, scope), r.Stated.ID)
					if holds {
						held[r.Stated.ID]++
						continue
					}
					broke[r.Stated.ID]++
					want = append(want, r.Stated.ID)
				}
			}
			stated := map[string]bool{}
			for _, s := range subjects {
				for _, r := range s.Rules {
					if r.Cond != nil {
						stated[r.Stated.ID] = true
					}
				}
			}
			served := newServed(t, provider.name, suite.Now)
			mix := newMixer(suite)
			decided := 0
			for i := range len(mix.all) + *randomRequests {
				r := mix.request(i)
				want = nil
				found, err := j.request(r)
				require.NoError(t, err)
				if slices.ContainsFunc(found, broken.misfit) {
					continue
				}
				got, read := served.call(t, j.operations[r.Operation], r)
				if !read {
					continue
				}
				decided++
				got = slices.DeleteFunc(got, func(id string) bool { return !stated[id] })
				if !assert.ElementsMatch(t, want, got, "%s", shown(r)) {
					return
				}
			}
			t.Logf("%d requests, of %d rules %d held and %d were broken", decided, len(stated), len(held), len(broke))
			for id := range stated {
				assert.NotZero(t, held[id], "%s never held", id)
				assert.NotZero(t, broke[id], "%s was never broken", id)
			}
			require.Greater(t, decided, (len(mix.all)+*randomRequests)/2)
		})
	}
}

func shown(r cases.Request) string {
	body, _ := json.Marshal(r)
	return string(body)
}

// servedClient is generated code that requests are given to as they are written.
type servedClient struct {
	server http.Handler
	warned []string
}

func newServed(t *testing.T, provider string, now time.Time) *servedClient {
	s := new(servedClient)
	var err error
	s.server, err = connected[provider](
		rt.WithEndpoint("https://judged.invalid"), rt.WithoutRetry(), rt.WithClock(func() time.Time { return now }),
		rt.WithObserver(func(_ context.Context, e rt.Event) {
			if e.Kind == rt.EventWarning && e.Violation != nil {
				s.warned = append(s.warned, e.Violation.Rule)
			}
		}),
		rt.WithTransport(roundTrip(func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader("{}")), Request: r}, nil
		})))
	require.NoError(t, err)
	return s
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

var (
	parameter = regexp.MustCompile(`\{[^}]*\}`)
	ruleID    = regexp.MustCompile(`\[([A-Za-z0-9_.-]+)\]`)
)

// call returns the rules that are broken and warned of; false: the server could not read the request.
func (s *servedClient) call(t *testing.T, op *model.Operation, r cases.Request) ([]string, bool) {
	t.Helper()
	query := url.Values{}
	for name, value := range r.Query {
		query.Set(name, value)
	}
	path := parameter.ReplaceAllStringFunc(op.Path, func(p string) string {
		if value, given := r.Path[strings.Trim(p, "{}")]; given {
			return url.PathEscape(value)
		}
		return "x"
	})
	body, err := r.JSON()
	require.NoError(t, err)
	req := httptest.NewRequest(op.Method, path+"?"+query.Encode(), bytes.NewReader(body))
	if body != nil {
		req.Header.Set("Content-Type", op.Body.Content[0].Name)
	}
	s.warned = nil
	w := httptest.NewRecorder()
	s.server.ServeHTTP(w, req)
	ids := slices.Clone(s.warned)
	for _, m := range ruleID.FindAllStringSubmatch(w.Body.String(), -1) {
		ids = append(ids, m[1])
	}
	unread := slices.ContainsFunc(ids, func(id string) bool { return strings.HasPrefix(id, "fake.") })
	return ids, !unread && (w.Code < http.StatusBadRequest || len(ids) > 0)
}
