package generator

import (
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// determined are documents whose output has much to order: names that collide, several documents,
// recursion, enums, paging.
func determined(t *testing.T) map[string]fstest.MapFS {
	t.Helper()
	data, err := os.ReadFile("testdata/hostile.yaml")
	require.NoError(t, err)
	out := map[string]fstest.MapFS{"hostile": {"api.yaml": {Data: data}}}
	for _, name := range []string{"names-collide", "several-documents", "recursive", "represents", "lock-direction", "servers", "security-several"} {
		archive, err := txtar.ParseFile(filepath.Join("testdata", name+".txtar"))
		require.NoError(t, err)
		out[name] = fstest.MapFS{}
		for _, f := range archive.Files {
			if !strings.HasPrefix(f.Name, "want/") {
				out[name][f.Name] = &fstest.MapFile{Data: f.Data}
			}
		}
	}
	return out
}

// output is everything a run says and writes.
func output(t *testing.T, input fstest.MapFS) map[string]string {
	t.Helper()
	specs := slices.DeleteFunc(slices.Sorted(maps.Keys(input)), func(name string) bool { return filepath.Ext(name) != ".yaml" })
	files, lock, diags := generate(t, input, specs)
	out := map[string]string{"names.lock": lock}
	for _, d := range diags {
		out["diagnostics"] += d.String() + "\n" + d.Hint + "\n"
	}
	for _, f := range files {
		out[f.Path] = string(f.Bytes)
	}
	return out
}

// Equal documents give equal bytes, whatever the number of processors and the order of maps, which Go shuffles in
// every loop.
func TestOutputIsEqualToTheByte(t *testing.T) {
	for name, input := range determined(t) {
		t.Run(name, func(t *testing.T) {
			want := output(t, input)
			require.Greater(t, len(want), 5)
			for i := range 5 {
				old := runtime.GOMAXPROCS(1 + 7*(i%2))
				got := output(t, input)
				runtime.GOMAXPROCS(old)
				require.Equal(t, slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)))
				for file := range want {
					require.Equal(t, want[file], got[file], file)
				}
			}
		})
	}
}

// The lock that a run writes changes nothing in the next one.
func TestTheLockOfARunChangesNothing(t *testing.T) {
	for name, input := range determined(t) {
		t.Run(name, func(t *testing.T) {
			want := output(t, input)
			again := maps.Clone(input)
			again["names.lock"] = &fstest.MapFile{Data: []byte(want["names.lock"])}
			got := output(t, again)
			assert.Equal(t, want["names.lock"], got["names.lock"])
			for file := range want {
				if file != "diagnostics" { // a name that is published collides no more
					assert.Equal(t, want[file], got[file], file)
				}
			}
		})
	}
}

// A small change of the document is a small change of the output.
func TestOneChangeIsAFewLines(t *testing.T) {
	document := string(determined(t)["hostile"]["api.yaml"].Data)
	cases := []struct {
		name, old, new string
		most           int // lines that go or come
	}{
		{"a description", "description: Size text", "description: The size of it", 2},
		{"a limit", "maxLength: 64", "maxLength: 63", 6},
		{"an enum value", "enum: [up, down]", "enum: [up, down, lost]", 14},
		{"a rule", "{type: integer, minimum: 1, maximum: 9,", "{type: integer, minimum: 1, maximum: 9, multipleOf: 2,", 12},
		{"a member", "        secret: {type", "        colour: {type: string}\n        secret: {type", 24},
	}
	want := output(t, fstest.MapFS{"api.yaml": {Data: []byte(document)}})
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			require.Contains(t, document, c.old)
			got := output(t, fstest.MapFS{"api.yaml": {Data: []byte(strings.Replace(document, c.old, c.new, 1))}})
			changed := 0
			for file := range got {
				if file == "diagnostics" {
					continue
				}
				n := changedLines(want[file], got[file])
				if changed += n; n > 0 {
					t.Logf("%s: %d lines", file, n)
				}
			}
			assert.NotZero(t, changed)
			assert.LessOrEqual(t, changed, c.most)
		})
	}
}

// changedLines counts the lines that one text has more often than the other.
func changedLines(a, b string) int {
	count := map[string]int{}
	for line := range strings.Lines(a) {
		count[line]++
	}
	for line := range strings.Lines(b) {
		count[line]--
	}
	n := 0
	for _, c := range count {
		n += max(c, -c)
	}
	return n
}
