package source_test

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/source"
)

// curated are our own documents by service: spec/VENDOR/SERVICE/VERSION/openapi.yaml. Those of a service are one API.
func curated(t testing.TB) map[string][]string {
	services := map[string][]string{}
	require.NoError(t, fs.WalkDir(os.DirFS("../../../spec"), ".", func(name string, _ fs.DirEntry, err error) error {
		if path.Base(name) == "openapi.yaml" {
			service := path.Dir(path.Dir(name))
			services[service] = append(services[service], name)
		}
		return err
	}))
	return services
}

// TestCuratedDocuments proves that there is nothing to complain of in our own documents, each alone and together.
func TestCuratedDocuments(t *testing.T) {
	for service, specs := range curated(t) {
		loads := [][]string{specs}
		for _, s := range specs {
			loads = append(loads, []string{s})
		}
		for _, specs := range slices.CompactFunc(loads, slices.Equal) {
			t.Run(path.Join(append([]string{service}, specs...)...), func(t *testing.T) {
				api, diags := source.Load(source.Request{Root: "../../../spec", Specs: specs, Strict: true})
				assert.Empty(t, string(diagnostics(diags)))
				assert.NotNil(t, api)
			})
		}
	}
}

func BenchmarkLoadCurated(b *testing.B) {
	specs := curated(b)["huaweicloud/autoscaling"]
	require.NotEmpty(b, specs)
	b.ReportAllocs()
	for b.Loop() {
		source.Load(source.Request{Root: "../../../spec", Specs: specs})
	}
}
