package main

import (
	"bytes"
	"path/filepath"
	"runtime"
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

// A stage without a row of its own was renamed. Some take so little that only a fine profile shows them surely.
func TestEveryStageIsThere(t *testing.T) {
	defer func(rate int) { runtime.MemProfileRate = rate }(runtime.MemProfileRate)
	runtime.MemProfileRate = 512
	cpu, mem := filepath.Join(t.TempDir(), "cpu"), filepath.Join(t.TempDir(), "mem")
	require.NoError(t, profile("../../spec/huaweicloud/autoscaling/v1/openapi.yaml", "../../spec", 1, cpu, mem))
	allocated, err := read(t.Context(), "-sample_index=alloc_space", "-unit=kB", mem)
	require.NoError(t, err)
	for _, s := range stages {
		if s.name != "collector" {
			assert.Positive(t, allocated[s.name], s.name)
		}
	}
}

func TestTheTableHasARowForEachStage(t *testing.T) {
	var out bytes.Buffer
	table(&out, map[string]float64{"load": 30, rest: 10}, map[string]float64{"load": 3072}, 3)
	for _, s := range stages {
		assert.Contains(t, out.String(), "\n"+s.name+" ")
	}
	assert.Regexp(t, `(?m)^load +10 ms +75.0 % +1.0 MB +100.0 %$`, out.String())
	assert.Regexp(t, `(?m)^all +13 ms +100.0 % +1.0 MB +100.0 %$`, out.String())
}
