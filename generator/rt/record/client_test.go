package record_test

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/pantograph-go/pantograph/generator/rt"
	"github.com/pantograph-go/pantograph/generator/rt/fake"
	"github.com/pantograph-go/pantograph/generator/rt/record"
)

// TestAClientIsRecordedAndReplayed drives a client against a fake server through a recorder, and again
// against the recordings.
func TestAClientIsRecordedAndReplayed(t *testing.T) {
	api := &rt.API{Name: "things", ClientParams: []string{"project_id"}, Errors: rt.ErrorModel{Shapes: []rt.ErrorShape{{Code: "code", Message: "message"}}}}
	server := fake.New(fake.Config{},
		fake.Route{ID: "GetThing", Method: "GET", Path: "/{project_id}/things/{id}", Serve: func(x *fake.Exchange) {
			limit := fake.Query[int](x, "limit")
			if !x.Ready() {
				return
			}
			if x.Path("id") == "gone" {
				x.Error(rt.ErrNotFound)
				return
			}
			x.Reply(200, map[string]any{"id": x.Path("id"), "limit": limit.Or(0)})
		}},
		fake.Route{ID: "PutThing", Method: "PUT", Path: "/{project_id}/things/{id}", Serve: func(x *fake.Exchange) {
			x.RawBody()
			x.Reply(204, nil)
		}})
	drive := func(opts ...rt.Option) (out []any) {
		c, err := rt.New(api, append(opts, rt.WithEndpoint("https://things.example.com"), rt.WithParam("project_id", "p-secret"), rt.WithoutRetry())...)
		if err != nil {
			t.Fatal(err)
		}
		for _, call := range []struct {
			method, path string
			body         any
			query        string
		}{{"GET", "/{project_id}/things/a", nil, "5"}, {"GET", "/{project_id}/things/gone", nil, "1"}, {"PUT", "/{project_id}/things/a b", map[string]any{"n": 1}, ""}} {
			var query []rt.CallOption
			if call.query != "" {
				query = append(query, rt.WithQuery("limit", call.query))
			}
			resp, err := c.Send(context.Background(), call.method, strings.ReplaceAll(call.path, " ", "%20"), call.body, query...)
			if err != nil {
				out = append(out, err.Error(), errors.Is(err, rt.ErrNotFound))
				continue
			}
			out = append(out, resp.Status, string(resp.Body))
		}
		return out
	}
	var recs []*record.Recording
	scrub := record.Scrubber{Replace: map[string]string{"p-secret": "p"}}
	recorder := record.Recorder{Provider: "fake", Scrub: scrub, Save: func(r *record.Recording) error { recs = append(recs, r); return nil },
		Operation: func(ctx context.Context) string {
			call, _ := rt.CallFrom(ctx)
			return call.Operation.ID
		}}
	first := drive(rt.WithTransport(server.Transport()), rt.WithMiddleware(recorder.Middleware))
	if len(recs) != 3 || recs[0].Request.Path != "/p/things/a" || recs[2].Request.Path != "/p/things/a%20b" {
		t.Fatalf("%d recordings", len(recs))
	}
	replayer := record.NewReplayer(recs...)
	replayer.Scrub = scrub
	var transport http.RoundTripper = replayer
	second := drive(rt.WithTransport(transport))
	if !reflect.DeepEqual(first, second) || len(replayer.Unused()) != 0 {
		t.Errorf("recorded %q\nreplayed %q", first, second)
	}
}
