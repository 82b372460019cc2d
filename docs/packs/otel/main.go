// Command otel shows the spans that a call makes: each request, repeats apart.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/pantograph-go/pantograph/docs/packs/otel/autoscalingotel"
	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	"github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling/autoscalingtest"
	"github.com/pantograph-go/pantograph/generated/rt/fake"
)

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run lists groups, of a service that fails once, and prints the spans.
func run(ctx context.Context, out io.Writer) error {
	spans := tracetest.NewInMemoryExporter()
	telemetry, err := autoscalingotel.With(autoscalingotel.Config{TracerProvider: sdk.NewTracerProvider(sdk.WithSyncer(spans))})
	if err != nil {
		return err
	}
	server := autoscalingtest.NewCloud()
	server.Inject(fake.Fault{Status: 503, Times: 1})
	client, err := server.Client(telemetry, as.WithRetry(as.RetryPolicy{Base: time.Millisecond}))
	if err != nil {
		return err
	}
	if _, err := client.Groups.List(ctx, nil); err != nil {
		return err
	}
	for _, s := range spans.GetSpans() {
		fmt.Fprintln(out, s.Name)
		for _, a := range s.Attributes {
			fmt.Fprintf(out, "  %s = %s\n", a.Key, a.Value.Emit())
		}
	}
	return nil
}
