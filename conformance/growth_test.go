//go:build unix

package conformance

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator"
)

// used returns the processor time of this process so far.
func used(t *testing.T) time.Duration {
	var u syscall.Rusage
	require.NoError(t, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Ten times the schemas take about ten times the processor: nothing in the way from the document to the disk is
// quadratic, which would be a hundred times. It compares two runs, by what they use and not by the clock.
func TestWorkGrowsWithTheDocument(t *testing.T) {
	took := func(n int) time.Duration {
		dir := t.TempDir()
		var doc strings.Builder
		doc.WriteString("openapi: 3.1.0\ninfo: {title: Big, version: '1'}\nservers: [{url: 'https://example.com'}]\npaths:\n")
		for i := range n / 10 {
			fmt.Fprintf(&doc, "  /p%d/{id}: {get: {operationId: get%d, tags: [t%d], parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/S%d'}}}}}}}\n", i, i, i/20, i*10)
		}
		doc.WriteString("components:\n  schemas:\n")
		for i := range n {
			fmt.Fprintf(&doc, "    S%d: {type: object, properties: {a: {type: string}, b: {type: array, items: {$ref: '#/components/schemas/S%d'}}, c: {type: integer, minimum: %d}}}\n", i, (i+1)%n, i)
		}
		write(t, dir, "api.yaml", doc.String())
		start := used(t)
		var stdout, stderr bytes.Buffer
		args := []string{"gen", "-spec", filepath.Join(dir, "api.yaml"), "-out", filepath.Join(dir, "client"), "-package", "client", "-import", "example.com/x/client", "-test=false", "-rt", "example.com/x/rt"}
		if status := generator.Command(args, &stdout, &stderr); status != 0 {
			t.Fatalf("status %d\n%.2000s", status, &stderr)
		}
		return used(t) - start
	}
	small, large := took(200), took(2000)
	t.Logf("200 schemas: %v, 2000: %v", small, large)
	if large > 50*small {
		t.Errorf("200 schemas take %v, 2000 take %v", small, large)
	}
}
