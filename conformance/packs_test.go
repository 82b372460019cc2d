package conformance

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator"
)

var updatePacks = flag.Bool("update-packs", false, "write the examples of packs below docs/packs anew")

// What packs print for Huawei Cloud Auto Scaling is committed in modules of their own, which require what it imports. The
// client and its runtime are those of generated/. Each module has its tests; see the target packs of the Makefile.
func TestTheExamplesOfPacksAreUpToDate(t *testing.T) {
	for _, example := range []struct{ pack, below, to string }{
		{"cli", "cmd/autoscaling/", "../docs/packs/cli/autoscaling"},
		{"otel", "autoscalingotel/", "../docs/packs/otel/autoscalingotel"},
	} {
		t.Run(example.pack, func(t *testing.T) {
			const dir = "../generated/huaweicloud/autoscaling"
			data, err := os.ReadFile(filepath.Join(dir, "pantograph.yaml"))
			require.NoError(t, err)
			config, diagnostics := generator.ParseConfig(dir+"/pantograph.yaml", data)
			require.Empty(t, diagnostics)
			config.Out, config.Import, config.Packs = t.TempDir(), module+"/generated/huaweicloud/autoscaling", []string{example.pack}
			result, diagnostics := generator.Run(generator.Options{Config: *config})
			for _, d := range diagnostics {
				require.NotEqual(t, generator.Error, d.Severity, d.String())
			}
			require.NotEmpty(t, result.Changes)
			made, err := filepath.Glob(filepath.Join(config.Out, filepath.FromSlash(example.below), "*.go"))
			require.NoError(t, err)
			require.NotEmpty(t, made)
			want := map[string]string{}
			for _, file := range made {
				text, err := os.ReadFile(file)
				require.NoError(t, err)
				want[filepath.Base(file)] = string(text)
			}
			there, err := filepath.Glob(filepath.Join(example.to, "*.go"))
			require.NoError(t, err)
			if *updatePacks {
				require.NoError(t, os.MkdirAll(example.to, 0o777))
				for _, file := range there {
					if want[filepath.Base(file)] == "" && !strings.HasSuffix(file, "_test.go") {
						require.NoError(t, os.Remove(file))
					}
				}
				for name, text := range want {
					require.NoError(t, os.WriteFile(filepath.Join(example.to, name), []byte(text), 0o666))
				}
				return
			}
			for _, file := range there {
				if name := filepath.Base(file); !strings.HasSuffix(name, "_test.go") {
					assert.Contains(t, want, name, "go test ./conformance -run ExamplesOfPacks -update-packs removes it")
				}
			}
			for name, text := range want {
				have, err := os.ReadFile(filepath.Join(example.to, name))
				require.NoError(t, err, "go test ./conformance -run ExamplesOfPacks -update-packs writes it")
				assert.Equal(t, text, string(have), "%s; go test ./conformance -run ExamplesOfPacks -update-packs writes it", name)
			}
		})
	}
}
