package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/pantograph-go/pantograph/docs/packs/otel/autoscalingotel"
	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	"github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling/autoscalingtest"
)

func TestTheSpansOfACallThatIsRepeated(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	const span = `GET /autoscaling-api/v1/{project_id}/scaling_group
  http.request.method = GET
  url.scheme = https
  url.template = /autoscaling-api/v1/{project_id}/scaling_group
  server.address = fake.invalid
  server.port = 443
  api.operation.id = ListScalingGroups
`
	const want = span + "  http.response.status_code = 503\n  error.type = 503\n" + span + "  http.request.resend_count = 1\n  http.response.status_code = 200\n"
	got := strings.ReplaceAll(out.String(), "  network.protocol.version = 1.1\n", "")
	if got != want {
		t.Errorf("the spans are\n%s\nwant\n%s", got, want)
	}
}

// recorder collects what a client tells.
type recorder struct {
	spans  *tracetest.InMemoryExporter
	reader *sdkmetric.ManualReader
	option as.Option
	tracer *sdk.TracerProvider
}

func newRecorder(t *testing.T) *recorder {
	r := &recorder{spans: tracetest.NewInMemoryExporter(), reader: sdkmetric.NewManualReader()}
	r.tracer = sdk.NewTracerProvider(sdk.WithSyncer(r.spans))
	var err error
	r.option, err = autoscalingotel.With(autoscalingotel.Config{
		TracerProvider: r.tracer, Propagator: propagation.TraceContext{},
		MeterProvider: sdkmetric.NewMeterProvider(sdkmetric.WithReader(r.reader)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Nothing that is secret, of the caller or of the credentials, is in spans and measurements, also when the call fails.
func TestSecretsStayOutOfTelemetry(t *testing.T) {
	r := newRecorder(t)
	transport := roundTripper(func(*http.Request) (*http.Response, error) { return nil, errors.New("no way to s3cret") })
	client, err := as.New(r.option, as.WithEndpoint("https://api.example.com:8443"), as.WithTransport(transport), as.WithProjectID("s3cret-project"), as.WithoutRetry(),
		as.WithHeader("X-Own", "s3cret"), as.WithCredentials(as.StaticCredentials(as.Credentials{AccessKey: "s3cretAK", SecretKey: "s3cretSK"})))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Groups.List(t.Context(), nil, as.WithQuery("password", "s3cret")); err == nil {
		t.Fatal("the call succeeds")
	}
	var data metricdata.ResourceMetrics
	if err := r.reader.Collect(t.Context(), &data); err != nil {
		t.Fatal(err)
	}
	spans := r.spans.GetSpans()
	if len(spans) != 1 || spans[0].Status.Code != codes.Error {
		t.Fatalf("%d spans: %+v", len(spans), spans)
	}
	if told := fmt.Sprintf("%+v %+v", spans, data); strings.Contains(told, "s3cret") {
		t.Errorf("a secret is told: %s", told)
	}
	attrs := attribute.NewSet(spans[0].Attributes...)
	if v, _ := attrs.Value("server.port"); v.AsInt64() != 8443 {
		t.Errorf("the port is %d", v.AsInt64())
	}
	if v, _ := attrs.Value("error.type"); v.AsString() != "errors.errorString" {
		t.Errorf("the error is %q", v.AsString())
	}
}

// The duration is a histogram in seconds; the trace goes on in a header, below the caller's span.
func TestMeasurementsAndPropagation(t *testing.T) {
	r := newRecorder(t)
	server := autoscalingtest.NewCloud()
	client, err := server.Client(r.option)
	if err != nil {
		t.Fatal(err)
	}
	ctx, parent := r.tracer.Tracer("test").Start(t.Context(), "parent")
	if _, err := client.Groups.List(ctx, nil); err != nil {
		t.Fatal(err)
	}
	parent.End()
	sent := server.Requests()[0].Header.Get("Traceparent")
	if id := parent.SpanContext().TraceID().String(); !strings.Contains(sent, id) {
		t.Errorf("the header is %q, the trace %s", sent, id)
	}
	var data metricdata.ResourceMetrics
	if err := r.reader.Collect(context.Background(), &data); err != nil {
		t.Fatal(err)
	}
	m := data.ScopeMetrics[0].Metrics[0]
	points := m.Data.(metricdata.Histogram[float64]).DataPoints
	if m.Name != "http.client.request.duration" || m.Unit != "s" || len(points) != 1 || points[0].Count != 1 {
		t.Errorf("the measurement is %+v", m)
	}
	if v, _ := points[0].Attributes.Value("http.response.status_code"); v.AsInt64() != 200 {
		t.Errorf("the attributes are %v", points[0].Attributes)
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
