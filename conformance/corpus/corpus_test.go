package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
	"github.com/pantograph-go/pantograph/conformance/internal/spec"
)

const pets = `openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: https://pets.example.com}]
paths:
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      parameters: [{name: fields, in: query, schema: {type: array, items: {type: string}}}]
      responses:
        "200": {description: A pet., content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
    delete: {description: "As in:\n~~~\nDELETE /pets/7\n~~~", responses: {"204": {description: Gone.}}}
components:
  schemas:
    Pet:
      type: object
      properties: {name: {type: string}, anything: {}}
`

func TestOneDocument(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "pets.yaml")
	require.NoError(t, os.WriteFile(file, []byte(pets), 0o666))
	generator, err := scratch.Generator(context.Background(), dir)
	require.NoError(t, err)
	p := prover{module: &scratch.Module{Dir: dir}, generator: generator, self: os.Args[0], steps: steps{again: true}}
	r := p.prove(context.Background(), spec.Entry{Name: "pets", File: file})
	assert.Empty(t, r.Failures)
	assert.Equal(t, 2, r.Operations)
	assert.Equal(t, 2, r.Generated)
	assert.Equal(t, 5, r.Typed.Stated, "two path parameters and one of the query, one field, the result: %v", r.Typed)
	assert.Zero(t, r.Typed.Raw)
	assert.NotZero(t, r.Lines)
	assert.NotZero(t, r.Generation.CPU)

	require.NoError(t, os.WriteFile(file, []byte("openapi: 3.1.0\ninfo: {title: x, version: y}\npaths: {/a: {get: [}}\n"), 0o666))
	assert.NotEmpty(t, p.prove(context.Background(), spec.Entry{Name: "pets", File: file}).Failures)
}

func TestATableEndsWithAnErrorWhenADocumentFails(t *testing.T) {
	var text, lines bytes.Buffer
	good, bad := &result{Name: "good", Operations: 1, Generated: 1}, &result{Name: "bad", Failures: []string{"why"}}
	human, machine := newTable(&text, false), newTable(&lines, true)
	for _, out := range []*table{human, machine} {
		require.NoError(t, out.row(good))
		assert.NoError(t, (&table{json: true, w: &bytes.Buffer{}, results: []*result{good}}).end())
		require.NoError(t, out.row(bad))
		assert.EqualError(t, out.end(), "1 of 2 documents fail")
	}
	assert.Contains(t, text.String(), "FAIL why")
	var back result
	require.NoError(t, json.NewDecoder(&lines).Decode(&back))
	assert.Equal(t, *good, back)
}

func TestAPeerIsComparedPartByPart(t *testing.T) {
	cpu := func(seconds float64) scratch.Usage {
		return scratch.Usage{CPU: time.Duration(seconds * float64(time.Second))}
	}
	r := &result{Generation: cpu(1), Build: cpu(0.5), Runtime: cpu(2.5), Peer: &peer{Generation: cpu(2), Build: cpu(1)}}
	assert.Equal(t, "    oapi-codegen: gen 2.00 s, build 1.00 s 0 MB; ours costs 0.50 and 0.50 of that\n", r.comparison())
	r.Peer.Libraries = cpu(2)
	assert.Equal(t, "    oapi-codegen: gen 2.00 s, build 1.00 s 0 MB; ours costs 0.50 and 0.50 of that, the build 1.00 with our runtime and its libraries\n", r.comparison())
	r.Peer.Fails = "build"
	assert.Equal(t, "    oapi-codegen: gen 2.00 s, build 1.00 s 0 MB, fails to build\n", r.comparison())
}

func TestLinesAreThoseThatHoldATokenOfGo(t *testing.T) {
	assert.Equal(t, 6, lines([]byte("// x\npackage a\n\n/* y\nz */\nvar s = `a\nb\n\nc` // d\n\nvar t = 1; var u = 2\n")))
}
