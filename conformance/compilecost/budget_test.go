package main

import (
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
)

// TestAClientCompilesWithinItsBudget compiles a client of 100 schemas and operations in turns with the structs alone that
// people would write for encoding/json, and compares counts, and the ratio of CPU time.
func TestAClientCompilesWithinItsBudget(t *testing.T) {
	const schemas = 100
	ctx := t.Context()
	module, err := scratch.New()
	require.NoError(t, err)
	t.Cleanup(module.Remove)
	doc, err := writeDocument(module, schemas)
	require.NoError(t, err)
	client, err := ours(ctx, module, doc)
	require.NoError(t, err)
	structs, err := plain(ctx, module, schemas)
	require.NoError(t, err)

	cpu, text := map[*contender][]float64{}, map[*contender]int64{}
	require.NoError(t, takeTurns(ctx, []*contender{client, structs}, 3, func(c *contender, cost cost) {
		cpu[c], text[c] = append(cpu[c], cost.CPU.Seconds()), cost.text
	}))
	slices.Sort(cpu[client])
	slices.Sort(cpu[structs])
	ratio := cpu[client][1] / cpu[structs][1]
	each, lines := text[client]/schemas, goLines(t, client.dir)/schemas
	t.Logf("%.1f times the CPU time of the structs; %d bytes of text and %d lines for a schema and an operation", ratio, each, lines)
	assert.LessOrEqual(t, each, int64(2_150), "bytes of text for a schema and an operation")
	assert.LessOrEqual(t, lines, 160, "lines that are neither comment nor blank, for a schema and an operation")
	assert.LessOrEqual(t, ratio, 30.0, "CPU time, in multiples of that of the structs")
}

// goLines counts the lines of the package that hold a token, tests left out.
func goLines(t *testing.T, dir string) int {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	n := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		file := token.NewFileSet().AddFile(name, -1, len(text))
		var s scanner.Scanner
		s.Init(file, text, nil, 0)
		last := 0
		for {
			pos, tok, lit := s.Scan()
			if tok == token.EOF {
				break
			}
			if line := file.Line(pos); line != last && !(tok == token.SEMICOLON && lit == "\n") {
				n, last = n+1, line
			}
		}
	}
	return n
}
