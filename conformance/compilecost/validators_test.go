package main

import (
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
)

// validates matches the functions that rules become: Validate, the checks of types, parameters and calls, what is defined within
// them, and what of package rule is compiled once more for the types of the package.
var validates = regexp.MustCompile(`\)\.(Validate|check)\b|\.(check|judge)[A-Z]|/rt/rule\.`)

// TestValidatorsStayASmallPartOfAPackage measures what validators add to the functions of our clients. What they add to the time
// that compiling takes is somewhat more, and cannot be measured with as few runs as a test may take: the command measures it. Few documents state as many
// rules as these.
func TestValidatorsStayASmallPartOfAPackage(t *testing.T) {
	for pkg, most := range map[string]float64{
		"huaweicloud/autoscaling": 0.157,
		"otc/autoscaling":         0.144,
		"rackspace/autoscale":     0.097,
	} {
		archive := filepath.Join(t.TempDir(), "client.a")
		_, _, err := scratch.Run(t.Context(), "", nil, "go", "build", "-o", archive, "github.com/pantograph-go/pantograph/generated/"+pkg)
		require.NoError(t, err)
		all, err := textSize(t.Context(), archive)
		require.NoError(t, err)
		validators, err := textOf(t.Context(), archive, validates.MatchString)
		require.NoError(t, err)
		share := float64(validators) / float64(all-validators)
		t.Logf("%s: validators are %d of %d bytes: they add %.1f %%", pkg, validators, all, 100*share)
		assert.Greater(t, share, 0.02, "%s: is what is measured still called so?", pkg)
		assert.LessOrEqual(t, share, most, "%s: what validators add to the functions", pkg)
	}
}
