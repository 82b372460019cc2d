package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheDeepestStageOfAStackDecides(t *testing.T) {
	const own = "github.com/pantograph-go/pantograph/generator"
	got, err := byStage([]byte(`File: stages
Type: cpu
-----------+-------------------------------------------------------
      10ms   runtime.mallocgc (inline)
             ` + own + `/internal/source.(*reader).open
             ` + own + `/internal/source.Load
             ` + own + `.(*run).load
             ` + own + `.Run
-----------+-------------------------------------------------------
    label:x
      20ms   strings.Index
             ` + own + `/internal/source.Load
             ` + own + `.Run
-----------+-------------------------------------------------------
   1.50ms   runtime.scanobject
             runtime.gcBgMarkWorker
-----------+-------------------------------------------------------
       2ms   main.run
`))
	require.NoError(t, err)
	assert.Equal(t, map[string]float64{"load": 10, "model": 20, "collector": 1.5, rest: 2}, got)
	_, err = byStage([]byte("nothing"))
	require.Error(t, err)
}

// A stage without a row of its own was renamed.
func TestEveryStageIsThere(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), "../../spec/huaweicloud/autoscaling/v1/openapi.yaml", "../../spec", 1, t.TempDir(), &out))
	text := out.String()
	for _, s := range stages {
		if s.name == "collector" {
			continue
		}
		_, row, found := strings.Cut(text, "\n"+s.name+" ")
		require.True(t, found, s.name)
		row, _, _ = strings.Cut(row, "\n")
		assert.NotContains(t, row, " 0.0 MB", s.name)
	}
}
