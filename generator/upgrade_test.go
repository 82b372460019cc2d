package generator

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/write"
)

// An output of an older version says so in its manifest. What the upgrade breaks is listed, and then it is written.
func TestUpgrade(t *testing.T) {
	workspace(t)
	pantograph(t, 0, "gen")
	older(t, "models.go", "\n// Gone is what this version no longer writes.\nfunc Gone() {}\n")
	lock, err := os.ReadFile("client/names.lock")
	require.NoError(t, err)
	put(t, "client/names.lock", strings.Replace(string(lock), "names.lock 2:", "names.lock:", 1))
	before := snapshot(t, ".")

	stdout, _ := pantograph(t, 0, "upgrade", "-n")
	assert.Contains(t, stdout, "client, from pantograph v0.1.0 to ")
	assert.Contains(t, stdout, ": major\n  breaks  Gone: removed\n")
	assert.Equal(t, before, snapshot(t, "."), "-n writes nothing")

	stdout, _ = pantograph(t, 0, "upgrade")
	assert.Regexp(t, `(?s)breaks  Gone: removed\n.*client: \d+ written`, stdout, "the list comes first")
	pantograph(t, 0, "check")
	stdout, _ = pantograph(t, 0, "upgrade")
	assert.Equal(t, "client: patch\nclient: up to date\n", stdout)
}

// older makes the output one of an older version, one of whose files had something more.
func older(t *testing.T, file, more string) {
	t.Helper()
	text, err := os.ReadFile("client/" + file)
	require.NoError(t, err)
	text = append(text, more...)
	put(t, "client/"+file, string(text))
	data, err := os.ReadFile("client/" + write.ManifestName)
	require.NoError(t, err)
	var manifest map[string]any
	require.NoError(t, json.Unmarshal(data, &manifest))
	manifest["generator"] = "v0.1.0"
	for _, f := range manifest["files"].([]any) {
		if f := f.(map[string]any); f["path"] == file {
			f["sha256"] = write.Hash(text)
		}
	}
	data, err = json.Marshal(manifest)
	require.NoError(t, err)
	put(t, "client/"+write.ManifestName, string(data))
}
