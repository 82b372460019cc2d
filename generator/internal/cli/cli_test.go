package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/config"
	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/diff"
	"github.com/pantograph-go/pantograph/generator/internal/write"
	"github.com/pantograph-go/pantograph/generator/model"
)

// fake is a tool that notes what it is asked for.
type fake struct {
	ran      []config.Config
	modes    []Mode
	linted   []config.Config
	stages   []string
	vendored []Vendor
	found    diag.List
	result   write.Result
}

func (f *fake) Run(c config.Config, mode Mode) (write.Result, diag.List) {
	f.ran, f.modes = append(f.ran, c), append(f.modes, mode)
	return f.result, f.found
}

func (f *fake) Lint(c config.Config) diag.List {
	f.linted = append(f.linted, c)
	return f.found
}

func (f *fake) Upgrade(c config.Config) (*diff.Report, diag.List) {
	return &diff.Report{Verdict: diff.Major, Old: diff.Version{Generator: "v0.1.0"}, New: diff.Version{Generator: "v0.2.0"}, Go: []diff.GoChange{{Level: diff.Major, Text: "A: removed"}, {Level: diff.Minor, Text: "B: added"}}}, nil
}

func (f *fake) Compare(old, now string, opt Comparison) (*diff.Report, diag.List) {
	return &diff.Report{Old: diff.Version{Name: old}, New: diff.Version{Name: now}, Verdict: diff.Minor, Reasons: []string{"lock " + opt.Lock}}, nil
}

func (f *fake) Dump(_ config.Config, stage string) ([]byte, diag.List) {
	f.stages = append(f.stages, stage)
	return []byte("{}"), f.found
}

func (f *fake) Vendor(v Vendor) (write.Result, diag.List) {
	f.vendored = append(f.vendored, v)
	return f.result, f.found
}

func (f *fake) Version() string { return "v1.2.3" }

// run executes a command line.
func run(tool Tool, line string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	code = Main(strings.Fields(line), &out, &err, tool)
	return code, out.String(), err.String()
}

// workspace makes files in a temporary working directory.
func workspace(t *testing.T, files ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for i := 0; i < len(files); i += 2 {
		require.NoError(t, os.MkdirAll(filepath.Dir(files[i]), 0o777))
		require.NoError(t, os.WriteFile(files[i], []byte(files[i+1]), 0o666))
	}
}

func TestGenByFlags(t *testing.T) {
	workspace(t)
	f := &fake{result: write.Result{Changes: []write.Change{{Path: "a.go", Kind: write.Missing}, {Path: "b.go", Kind: write.Stale}}, Unchanged: 3}}
	code, stdout, stderr := run(f, "gen -spec a.yaml -spec b.yaml -out ./client -package client -import example.com/c -rt example.com/rt -root . -strict -templates t -initialism ECS -initialism OBS -test=false -force")
	assert.Equal(t, 0, code)
	assert.Equal(t, "client: 1 written, 1 removed, 3 unchanged\n", stdout)
	assert.Empty(t, stderr)
	want := config.New()
	want.Specs, want.Out, want.Package, want.Import, want.Runtime = []string{"a.yaml", "b.yaml"}, "client", "client", "example.com/c", "example.com/rt"
	want.Root, want.Strict, want.Templates, want.Initialisms, want.Test = ".", true, "t", []string{"ECS", "OBS"}, false
	assert.Equal(t, []config.Config{*want}, f.ran)
	assert.Equal(t, []Mode{{Force: true}}, f.modes)
}

func TestGenByFiles(t *testing.T) {
	workspace(t,
		"b/pantograph.yaml", "specs: [x.yaml]\npackage: b\nout: out\n",
		"a/deep/pantograph.yaml", "specs: [x.yaml]\npackage: a\n",
	)
	f := &fake{}
	code, stdout, stderr := run(f, "gen -strict")
	assert.Equal(t, 0, code)
	assert.Equal(t, "a/deep: up to date\nb/out: up to date\n", stdout)
	assert.Empty(t, stderr)
	require.Len(t, f.ran, 2)
	assert.Equal(t, "a", f.ran[0].Package)
	assert.True(t, f.ran[0].Strict)

	f = &fake{}
	code, stdout, _ = run(f, "gen -out elsewhere -package other b b/")
	assert.Equal(t, 0, code)
	assert.Equal(t, "elsewhere: up to date\n", stdout)
	require.Len(t, f.ran, 1, "a configuration found twice counts once")
	assert.Equal(t, "other", f.ran[0].Package)
	assert.Equal(t, filepath.FromSlash("../elsewhere"), f.ran[0].Out, "paths of flags are relative to the working directory")
}

func TestCheckLintAndDump(t *testing.T) {
	workspace(t, "pantograph.yaml", "specs: [x.yaml]\npackage: a\n")
	f := &fake{}
	code, stdout, _ := run(f, "check")
	assert.Equal(t, 0, code)
	assert.Empty(t, stdout)
	assert.Equal(t, []Mode{{Check: true}}, f.modes)

	code, _, _ = run(f, "lint -spec y.yaml")
	assert.Equal(t, 0, code)
	require.Len(t, f.linted, 1)
	assert.Equal(t, []string{"y.yaml"}, f.linted[0].Specs)

	code, stdout, _ = run(f, "dump -stage plan")
	assert.Equal(t, 0, code)
	assert.Equal(t, "{}\n", stdout)
	assert.Equal(t, []string{"plan"}, f.stages)
}

func TestLintPassesOverRuntimes(t *testing.T) {
	workspace(t, "pantograph.yaml", "runtimeOnly: true\n")
	f := &fake{}
	code, _, _ := run(f, "lint")
	assert.Equal(t, 0, code)
	assert.Empty(t, f.linted)
}

func TestWrongUsage(t *testing.T) {
	workspace(t, "a/pantograph.yaml", "package: a\n", "b/pantograph.yaml", "package: b\n", "bad/deep/pantograph.yaml", "pakage: a\n", "empty/x", "")
	tests := []struct{ line, want string }{
		{"", "Usage:"},
		{"chek", `pantograph: there is no verb "chek"; did you mean check?`},
		{"frobnicate", "pantograph: there is no verb \"frobnicate\"\nRun \"pantograph help\" for a list.\n"},
		{"help gne", `pantograph help: there is no verb "gne"`},
		{"gen -nope", "pantograph gen: flag provided but not defined: -nope\nRun \"pantograph help gen\" for usage.\n"},
		{"gen -spec", "flag needs an argument: -spec"},
		{"gen -spec x.yaml dir", "with -spec there is no directory to search, so dir means nothing"},
		{"gen empty", `there is no pantograph.yaml in empty or below; give -spec, or make one with "pantograph init"`},
		{"gen nowhere", "cannot search nowhere"},
		{"gen -out x -package y a b", "-out, -package cannot hold for 2 configurations at once"},
		{"gen bad", "bad/deep/pantograph.yaml:1:1: error: there is no setting \"pakage\" [config-unknown]\n    1 | pakage: a\n      | ^\n    hint: did you mean package?\n"},
		{"dump -stage x", `there is no stage "x"; there are config, model, plan`},
		{"dump a b", "there are 2 configurations; name the directory of one"},
		{"init", "name the OpenAPI document"},
		{"init nowhere.yaml", "nowhere.yaml"},
		{"init api.yaml -force", "flags go before the other arguments: put -force first"},
		{"gen a -strict", "flags go before the other arguments: put -strict first"},
		{"gen \x1b[31m", "there is no pantograph.yaml"},
	}
	for _, test := range tests {
		t.Run(test.line, func(t *testing.T) {
			f := &fake{}
			code, stdout, stderr := run(f, test.line)
			assert.Equal(t, 2, code)
			assert.Empty(t, stdout)
			if test.want != "there is no pantograph.yaml" {
				assert.Contains(t, stderr, test.want)
			}
			assert.NotContains(t, stderr, "\x1b")
			assert.Empty(t, f.ran)
		})
	}
}

func TestExitStatus(t *testing.T) {
	at := func(severity diag.Severity, code string) diag.List {
		return diag.List{{Pos: model.Pos{File: "x.yaml", Line: 1, Col: 1}, Severity: severity, Code: code, Message: "m"}}
	}
	tests := []struct {
		name  string
		found diag.List
		want  int
	}{
		{"nothing", nil, 0},
		{"a warning", at(diag.Warning, "schema-type"), 0},
		{"an error in a document", at(diag.Error, "ref-not-found"), 1},
		{"drift", at(diag.Error, "drift-changed"), 1},
		{"an edited file", at(diag.Error, "edited-by-hand"), 1},
		{"an internal error", at(diag.Error, "internal-output-type"), 2},
		{"a wrong configuration", at(diag.Error, "config-package"), 2},
		{"a full disk", at(diag.Error, "output-failed"), 2},
		{"an internal error among others", append(at(diag.Error, "ref-not-found"), at(diag.Error, "internal-emit")...), 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			workspace(t)
			code, _, stderr := run(&fake{found: test.found}, "gen -spec x.yaml -package x")
			assert.Equal(t, test.want, code)
			assert.Equal(t, len(test.found), strings.Count(stderr, "\n"))
		})
	}
}

func TestDiagnosticsAreSortedAndShowTheirSource(t *testing.T) {
	workspace(t, "api.yaml", "openapi: 3.1.1\ninfo: 1\n")
	pos := func(line, col int) model.Pos { return model.Pos{File: "api.yaml", Line: line, Col: col} }
	found := diag.List{
		{Pos: pos(2, 7), Severity: diag.Error, Code: "b", Message: "second", Hint: "mend it"},
		{Pos: pos(1, 1), Severity: diag.Warning, Code: "a", Message: "first"},
	}
	code, stdout, stderr := run(&fake{found: found}, "gen -spec api.yaml -package x")
	assert.Equal(t, 1, code)
	assert.Empty(t, stdout)
	assert.Equal(t, `api.yaml:1:1: warning: first [a]
    1 | openapi: 3.1.1
      | ^
api.yaml:2:7: error: second [b]
    2 | info: 1
      |       ^
    hint: mend it
`, stderr)

	_, stdout, stderr = run(&fake{found: found[1:]}, "gen -json -spec api.yaml -package x")
	assert.Empty(t, stdout)
	assert.JSONEq(t, `{"pos":{"file":"api.yaml","line":1,"col":1},"severity":"warning","code":"a","message":"first"}`, stderr)
}

func TestHelp(t *testing.T) {
	workspace(t)
	code, overview, _ := run(&fake{}, "help")
	assert.Equal(t, 0, code)
	for _, v := range verbs() {
		assert.Contains(t, overview, "    "+v.name)
		for _, line := range []string{"help " + v.name, v.name + " -h"} {
			f := &fake{}
			code, stdout, stderr := run(f, line)
			assert.Equal(t, 0, code, line)
			assert.Empty(t, stderr, line)
			assert.True(t, strings.HasPrefix(stdout, "Usage:\n\n    pantograph "+v.name), line)
			for text := range strings.Lines(stdout) {
				assert.LessOrEqual(t, len(text), 100, "help is as wide as a terminal: %s", text)
				assert.NotContains(t, text, " \n")
			}
			assert.Empty(t, f.ran)
		}
	}
}

func TestVersion(t *testing.T) {
	code, stdout, _ := run(&fake{}, "version")
	assert.Equal(t, 0, code)
	assert.Equal(t, "pantograph v1.2.3\n", stdout)
	_, stdout, _ = run(&fake{}, "version -json")
	assert.JSONEq(t, `{"version":"v1.2.3"}`, stdout)
}

func TestInitWritesAConfigurationThatReads(t *testing.T) {
	workspace(t, "api.yaml", "openapi: 3.1.1\ninfo: {title: Swagger Petstore - OpenAPI 3.0}\n", "odd: name.json", "{}")
	var out, errs bytes.Buffer
	code := Main([]string{"init", "api.yaml", "odd: name.json"}, &out, &errs, &fake{})
	require.Equal(t, 0, code, errs.String())
	assert.Equal(t, "pantograph.yaml: written; now run \"pantograph gen\"\n", out.String())
	data, err := os.ReadFile("pantograph.yaml")
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(data), "# yaml-language-server: $schema="+config.SchemaURL+"\n"))
	c, list := config.Parse("pantograph.yaml", data)
	require.Empty(t, list)
	assert.Equal(t, []string{"api.yaml", "odd: name.json"}, c.Specs)
	assert.Equal(t, "petstore", c.Package)
	assert.Equal(t, "petstore", c.Out)

	// Each line that is commented out is a setting, and reads when the # goes.
	var all []string
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "# "); ok && !strings.HasPrefix(line, "# yaml-") && strings.Contains(line, ": ") {
			all = append(all, rest)
		}
	}
	assert.Len(t, all, 11)
	_, list = config.Parse("pantograph.yaml", []byte(strings.Join(all, "")))
	assert.Empty(t, list)

	code, _, stderr := run(&fake{}, "init api.yaml")
	assert.Equal(t, 2, code)
	assert.Contains(t, stderr, "there is a pantograph.yaml already; -force replaces it")
	code, _, _ = run(&fake{}, "init -force api.yaml")
	assert.Equal(t, 0, code)
}

func TestPackageFor(t *testing.T) {
	for title, want := range map[string]string{
		"Swagger Petstore - OpenAPI 3.0": "petstore",
		"Auto Scaling":                   "autoscaling",
		"The Foo API v2":                 "foo",
		"GitHub v3 REST API":             "github",
		"":                               "client",
		"API":                            "client",
		"Go":                             "client",
		"日本語 API":                        "client",
		"Über Taxi":                      "taxi",
		"3D Printing":                    "dprinting",
		"A Very Long Title of an Interface of Many Words": "verylongtitleinterface",
		"x\"; func init() {}":                             "xfuncinit",
	} {
		assert.Equal(t, want, packageFor(title), title)
	}
}

func TestVendor(t *testing.T) {
	f := &fake{result: write.Result{Unchanged: 2}}
	code, stdout, stderr := run(f, "vendor -to ./copy -import example.com/copy -from example.com/client -single-file -test=false -check -force ./client")
	assert.Equal(t, 0, code, stderr)
	assert.Empty(t, stdout)
	assert.Equal(t, []Vendor{{From: "./client", FromImport: "example.com/client", To: "./copy", Import: "example.com/copy", SingleFile: true, Mode: Mode{Check: true, Force: true}}}, f.vendored)
	_, stdout, _ = run(f, "vendor -to copy client")
	assert.Equal(t, "copy: up to date\n", stdout)
	for _, line := range []string{"vendor client", "vendor -to copy", "vendor -to copy a b"} {
		code, _, stderr := run(f, line)
		assert.Equal(t, 2, code, line)
		assert.Contains(t, stderr, "pantograph vendor: ")
	}
}

func TestDiffPrintsInTheFormatThatIsAskedForAndFailsFromALevelOn(t *testing.T) {
	run := func(args ...string) (int, string, string) {
		var stdout, stderr bytes.Buffer
		code := Main(append([]string{"diff"}, args...), &stdout, &stderr, &fake{})
		return code, stdout.String(), stderr.String()
	}
	code, out, _ := run("-lock", "names.lock", "a.yaml", "b.yaml")
	assert.Equal(t, fine, code)
	assert.Contains(t, out, "a.yaml -> b.yaml\nverdict: minor\n  because lock names.lock\n")
	code, out, _ = run("-format", "json", "a", "b")
	assert.Equal(t, fine, code)
	assert.Contains(t, out, `"verdict": "minor"`)
	code, out, _ = run("-changelog", "a", "b")
	assert.Equal(t, fine, code)
	assert.Contains(t, out, "This is a minor release.")
	code, _, _ = run("-fail", "minor", "a", "b")
	assert.Equal(t, findings, code)
	code, _, _ = run("-fail", "major", "a", "b")
	assert.Equal(t, fine, code)
	for _, args := range [][]string{{"a"}, {"-format", "pdf", "a", "b"}, {"-fail", "patch", "a", "b"}} {
		code, _, complaint := run(args...)
		assert.Equal(t, failure, code)
		assert.Contains(t, complaint, "pantograph diff: ")
	}
}
