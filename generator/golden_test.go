package generator

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/emit"
	"github.com/pantograph-go/pantograph/generator/internal/rules/cel"
	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/internal/slot"
	"github.com/pantograph-go/pantograph/generator/internal/source"
	"github.com/pantograph-go/pantograph/generator/internal/verify"
	"github.com/pantograph-go/pantograph/generator/plan"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden generates from the documents of each testdata/*.txtar, one construct each, and compares
// what the archive wants: files below want/, all diagnostics, the lock. Output is always type-checked.
//
// An archive holds api.yaml (and further *.yaml, all loaded as documents unless their name begins with
// an underscore), names.lock, templates/…, options (strict; observe; uri=net/url.URL; assert email); and want/<file> or want/<file>#<declaration>, which is the
// text of one declaration only.
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
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	archive := txtar.Parse(data)
	input, specs := inputOf(archive)
	files, lock, diags := generate(t, input, specs)
	got := map[string]string{"want/names.lock": lock}
	var lines []string
	for _, d := range diags {
		line := d.String()
		if d.Hint != "" {
			line += "\n\thint: " + d.Hint
		}
		lines = append(lines, line)
	}
	got["want/diagnostics"] = strings.Join(lines, "\n")
	for _, f := range files {
		got["want/"+f.Path] = string(f.Bytes)
	}
	seen := false
	for i, f := range archive.Files {
		if !strings.HasPrefix(f.Name, "want/") {
			continue
		}
		seen = seen || f.Name == "want/diagnostics"
		file, declaration, _ := strings.Cut(f.Name, "#")
		text, ok := got[file]
		assert.True(t, ok, "%s is not generated", file)
		if declaration != "" {
			text = declarationOf(text, declaration)
			assert.NotEmpty(t, text, "%s has no %s", file, declaration)
		}
		text = strings.TrimSuffix(text, "\n") + "\n"
		if *update {
			archive.Files[i].Data = []byte(text)
			continue
		}
		assert.Equal(t, string(f.Data), text, "%s; go test ./generator -run 'TestGolden/%s$' -update rewrites it", f.Name, filepath.Base(t.Name()))
	}
	if !seen {
		assert.Empty(t, got["want/diagnostics"], "diagnostics that the archive does not want")
	}
	if *update {
		require.NoError(t, os.WriteFile(name, txtar.Format(archive), 0o644))
	}
}

// TestGoldenInline generates the same with code in place of offsets: all of it compiles, without unsafe, and nothing else is
// said.
func TestGoldenInline(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			require.NoError(t, err)
			input, specs := inputOf(archive)
			_, _, want := generate(t, input, specs)
			options, _ := fs.ReadFile(input, "options")
			input["options"] = &fstest.MapFile{Data: append(options, "\ninline\n"...)}
			files, _, got := generate(t, input, specs)
			assert.Equal(t, want.HasErrors(), len(files) == 0, "%v", got)
			assert.Equal(t, want, got)
		})
	}
}

// inputOf is what an archive has but the wanted output, and its documents.
func inputOf(archive *txtar.Archive) (input fstest.MapFS, specs []string) {
	input = fstest.MapFS{}
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "want/") {
			continue
		}
		input[f.Name] = &fstest.MapFile{Data: f.Data}
		if base := filepath.Base(f.Name); filepath.Ext(base) == ".yaml" && base[0] != '_' && !strings.HasPrefix(f.Name, "templates/") {
			specs = append(specs, f.Name)
		}
	}
	return input, specs
}

// generate runs all stages but the last.
func generate(t *testing.T, input fs.FS, specs []string) ([]verify.File, string, diag.List) {
	t.Helper()
	api, diags := source.Load(source.Request{FS: input, Specs: specs})
	if api == nil {
		return nil, "", diags
	}
	lock := plan.NewLock()
	if data, err := fs.ReadFile(input, "names.lock"); err == nil {
		parsed, more := plan.ParseLock("names.lock", data)
		if diags = append(diags, more...); more.HasErrors() {
			return nil, "", diags
		}
		lock = parsed
	}
	options, _ := fs.ReadFile(input, "options")
	strict, inline := strings.Contains(string(options), "strict"), strings.Contains(string(options), "inline")
	var mapped []plan.TypeMapping
	var asserted []string
	for line := range strings.Lines(string(options)) {
		if format, ok := strings.CutPrefix(strings.TrimSpace(line), "assert "); ok {
			asserted = append(asserted, format)
		}
		if format, name, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			of, err := plan.ParseType(name)
			require.NoError(t, err)
			mapped = append(mapped, plan.TypeMapping{Format: format, Type: of})
		}
	}
	const home, rt = "example.com/m/client", "example.com/m/client/rt"
	subjects, more := cel.Compile(api, shape.New(api.Schemas))
	if diags = append(diags, more...); more.HasErrors() {
		return nil, "", diags
	}
	p, more := plan.Build(api, plan.Options{Package: "client", ImportPath: home, Runtime: rt, Test: true, Strict: strict, Types: mapped, Formats: asserted, CheckResponses: strings.Contains(string(options), "observe"), InlineCodec: inline, Rules: subjects}, lock)
	if diags = append(diags, more...); p == nil {
		return nil, "", diags
	}
	var slots *slot.Set
	if templates, err := fs.Sub(input, "templates"); err == nil {
		if _, err := fs.Stat(templates, "."); err == nil {
			slots, more = slot.Load([]slot.Source{{FS: templates, Name: "templates"}})
			if diags = append(diags, more...); more.HasErrors() {
				return nil, "", diags
			}
		}
	}
	files, more := emit.Files(p, slots)
	if diags = append(diags, more...); more.HasErrors() {
		return nil, "", diags
	}
	req := verify.Request{Own: ownRuntime(rt, !inline), Allowed: slots.Imports()}
	if !inline {
		req.Allowed = append(req.Allowed, "unsafe")
	}
	var plain []verify.File
	for _, f := range files {
		if f.Plain {
			plain = append(plain, verify.File{Path: f.Path, Bytes: f.Bytes})
		} else {
			req.Files = append(req.Files, sourceOf(f))
		}
	}
	req.Paths = goPaths(p, req.Files)
	out, more := verify.Files(req)
	diags = append(diags, more...)
	return append(out, plain...), string(lock.Bytes()), diags
}

// declarationOf cuts the declaration (with its comment) that begins with a line naming it: "type
// Group", "func (v *Group) check".
func declarationOf(file, name string) string {
	lines := strings.SplitAfter(file, "\n")
	i := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, name) && !isWordByte(l[len(name)]) })
	if i < 0 {
		return ""
	}
	start, end := i, i
	for start > 0 && strings.HasPrefix(lines[start-1], "//") {
		start--
	}
	if opens := strings.TrimRight(lines[i], "\n"); strings.HasSuffix(opens, "{") || strings.HasSuffix(opens, "(") {
		for end = i + 1; end < len(lines) && lines[end][0] != '}' && lines[end][0] != ')'; end++ {
		}
	}
	return strings.Join(lines[start:min(end+1, len(lines))], "")
}

func isWordByte(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}
