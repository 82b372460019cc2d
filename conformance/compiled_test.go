package conformance

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A package compiles, beside its own functions, the instances of generic ones and the closures of functions that are inlined.
// The runtime is written so that clients compile little of that kind: see the pragmas there, and the structs without fields of
// generic types that have methods.
func TestClientsCompileLittleThatIsNotTheirs(t *testing.T) {
	small := regexp.MustCompile(`^(slices\.(Contains|ContainsFunc|Index|IndexFunc|Clip)|maps\.Copy)\b`)
	foreign := regexp.MustCompile(`^(reflect|sort|iter|slices|maps|strings|sync|sync/atomic|internal/[a-z/]+)\.`)
	inlined := regexp.MustCompile(`\.(With[A-Z]\w*)\.(With[A-Z]\w*)\.func`)
	for _, pkg := range []string{"huaweicloud/autoscaling", "huaweicloud/iam", "rackspace/autoscale"} {
		archive := filepath.Join(t.TempDir(), "client.a")
		out, err := exec.Command("go", "build", "-o", archive, "../generated/"+pkg).CombinedOutput()
		require.NoError(t, err, "%s", out)
		out, err = exec.Command("go", "tool", "nm", archive).Output()
		require.NoError(t, err)
		own := 0
		for line := range strings.Lines(string(out)) {
			_, name, ok := strings.Cut(line, " T ")
			if !ok {
				continue
			}
			own++
			if name = strings.TrimSpace(name); foreign.MatchString(name) && !small.MatchString(name) {
				t.Errorf("%s compiles %s", pkg, name)
			}
			if m := inlined.FindStringSubmatch(name); m != nil && m[1] == m[2] {
				t.Errorf("%s compiles the closure of %s, which the runtime should not have inlined", pkg, m[1])
			}
			assert.NotContains(t, name, "FieldByNameFunc", "%s: a method that clients see has a type of package reflect", pkg)
		}
		assert.NotZero(t, own)
	}
}
