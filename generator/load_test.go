package generator

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const overlay = `overlay: 1.0.0
info: {title: Ours, version: "1"}
actions:
  - {target: "$.paths['/pets'].get", update: {summary: Lists what we sell.}}
  - target: $.paths
    update: {/shops: {get: {operationId: listShops, tags: [shops], responses: {"204": {description: None.}}}}}
`

func TestOverlaysAndSelection(t *testing.T) {
	workspace(t)
	put(t, "ours/overlay.yaml", overlay)
	put(t, "client/pantograph.yaml", "specs: [../spec/api.yaml]\npackage: client\noverlays: [../ours/overlay.yaml]\nexclude: [\"tag:shops\"]\n")
	_, stderr := pantograph(t, 0, "gen")
	assert.Contains(t, stderr, "spec/api.yaml:1:1: note: 1 of 2 operations are selected; they refer to 1 of 1 schemas [selection]")
	code, err := os.ReadFile("client/pets.go")
	require.NoError(t, err)
	assert.Contains(t, string(code), "what we sell.")
	assert.NoFileExists(t, "client/shops.go")
	manifest, err := os.ReadFile("client/pantograph.manifest.json")
	require.NoError(t, err)
	assert.Contains(t, string(manifest), `"path": "../ours/overlay.yaml"`)

	t.Run("a changed overlay is drift", func(t *testing.T) {
		put(t, "ours/overlay.yaml", overlay+"  - {target: $.info, update: {title: Others}}\n")
		pantograph(t, 1, "check")
	})
	t.Run("flags add to the file", func(t *testing.T) {
		stdout, _ := pantograph(t, 0, "dump", "-include", "operation:list*", "-exclude", "path:/p*", "-stage", "config")
		assert.Contains(t, stdout, `"tag:shops"`)
		assert.Contains(t, stdout, `"path:/p*"`)
	})
	t.Run("what selects nothing is an error of the configuration", func(t *testing.T) {
		put(t, "client/pantograph.yaml", "specs: [../spec/api.yaml]\npackage: client\ninclude: [\"tag:pest\"]\n")
		_, stderr := pantograph(t, 1, "gen")
		assert.Contains(t, stderr, "client/pantograph.yaml:3:10: error: \"tag:pest\" matches no operation [selection-no-match]")
		assert.Contains(t, stderr, "hint: did you mean tag:pets?")
	})
	t.Run("errors of an overlay stand in it", func(t *testing.T) {
		put(t, "ours/wrong.yaml", "overlay: 1.0.0\ninfo: {title: W, version: \"1\"}\nactions: [{target: $.nothing, remove: true}]\n")
		_, stderr := pantograph(t, 1, "lint", "-spec", "spec/api.yaml", "-overlay", "ours/wrong.yaml")
		assert.Contains(t, stderr, "ours/wrong.yaml:3:20: error: the target \"$.nothing\" matches nothing [overlay-no-match]")
	})
	t.Run("an overlay that is not there", func(t *testing.T) {
		_, stderr := pantograph(t, 2, "lint", "-spec", "spec/api.yaml", "-overlay", "ours/none.yaml")
		assert.Contains(t, stderr, "the overlay ours/none.yaml does not exist [config-overlay]")
	})
}
