package source_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/source"
	"github.com/pantograph-go/pantograph/generator/model"
)

// TestGolden loads testdata/*.txtar. The files of an archive are the root; its comment may hold the lines
//
//	specs: a.yaml b.yaml    (openapi.yaml when absent)
//	overlays: o.yaml
//	include: tag:x path:/y
//	exclude: operation:z
//	strict
//
// and what is wanted stands in files of the archive itself: "want.diagnostics", and "want.NAME" for a
// member of the dump (want.operations, want.schemas, …). -update rewrites those that are there.
func TestGolden(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, archives)
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			golden(t, name)
		})
	}
}

func golden(t *testing.T, name string) {
	archive, err := txtar.ParseFile(name)
	require.NoError(t, err)
	req := source.Request{FS: files(archive), Specs: []string{"openapi.yaml"}}
	for line := range strings.Lines(string(archive.Comment)) {
		line = strings.TrimSpace(line)
		what, words, _ := strings.Cut(line, ": ")
		switch what {
		case "specs":
			req.Specs = strings.Fields(words)
		case "include":
			req.Include = strings.Fields(words)
		case "exclude":
			req.Exclude = strings.Fields(words)
		case "overlays":
			for _, name := range strings.Fields(words) {
				data, err := fs.ReadFile(req.FS, name)
				require.NoError(t, err)
				req.Overlays = append(req.Overlays, source.Overlay{Name: name, Data: data})
			}
		}
		req.Strict = req.Strict || line == "strict"
	}
	api, diags := source.Load(req)
	got := map[string][]byte{"diagnostics": diagnostics(diags)}
	if api != nil {
		for name, value := range members(t, api) {
			got[name] = value
		}
	}
	wants := 0
	for i, f := range archive.Files {
		what, ok := strings.CutPrefix(f.Name, "want.")
		if !ok {
			continue
		}
		wants++
		if *update {
			archive.Files[i].Data = got[what]
			continue
		}
		assert.Equal(t, string(f.Data), string(got[what]), "%s; if it is right: go test ./generator/internal/source -run '%s' -update", f.Name, t.Name())
	}
	assert.NotZero(t, wants, "the archive wants nothing")
	if *update {
		write(t, name, txtar.Format(archive))
	}
}

// files is the archive as a file system.
func files(archive *txtar.Archive) fstest.MapFS {
	root := fstest.MapFS{}
	for _, f := range archive.Files {
		if !strings.HasPrefix(f.Name, "want.") {
			root[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	return root
}

// diagnostics prints one a line, hints below.
func diagnostics(list diag.List) []byte {
	var b bytes.Buffer
	for _, d := range list {
		b.WriteString(d.String() + "\n")
		if d.Hint != "" {
			b.WriteString("\t" + d.Hint + "\n")
		}
	}
	return b.Bytes()
}

// members are the members of the dump, indented.
func members(t *testing.T, api *model.API) map[string][]byte {
	dump, err := json.Marshal(api)
	require.NoError(t, err)
	var raw map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(dump, &raw))
	out := map[string][]byte{}
	for name, value := range raw {
		var b bytes.Buffer
		require.NoError(t, json.Indent(&b, value, "", "  "))
		b.WriteByte('\n')
		out[name] = b.Bytes()
	}
	return out
}

var update = flag.Bool("update", false, "rewrite the golden files")
