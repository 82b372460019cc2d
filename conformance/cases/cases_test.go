package cases_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/cases"
)

func load(t *testing.T, text string) (*cases.Suite, error) {
	t.Helper()
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "a.yaml"), []byte(text), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "recorded.json"), []byte(`{"request":{"body":{"n":1.0,"list":[{"a":"x"}]}}}`), 0o600))
	return cases.Load(folder, folder)
}

func TestChangesOfABase(t *testing.T) {
	suite, err := load(t, `
now: 2026-06-01T12:00:00Z
bases: {b: {operation: Op, recording: recorded.json, query: {limit: "1"}, path: {id: i}}}
cases:
  - row: R-1
    base: b
    path: n
    reject:
      - {n: 2.50}
      - {n: !absent , "list[0].a": !absent }
      - {"list[1]": {b: [true, null, "no"]}, o.p: !text 3}
      - {"list[0]": !absent , "?limit": 5, "{id}": j}
      - {n: !bytes 2}
    accept: [{}, {"?limit": !absent }]
  - {rows: [R-2, R-3], keyword: minimum, base: b, path: n, also: [R-1], warn: [{n: null}]}
`)
	require.NoError(t, err)
	assert.Equal(t, 2026, suite.Now.Year())
	require.Len(t, suite.Cases, 2)
	var bodies []string
	for _, try := range suite.Cases[0].Tries {
		body, err := try.Request.JSON()
		require.NoError(t, err)
		bodies = append(bodies, string(try.Verdict)+" "+string(body))
	}
	assert.Equal(t, []string{
		`reject {"list":[{"a":"x"}],"n":2.50}`, `reject {"list":[{}]}`, `reject {"list":[{"a":"x"},{"b":[true,null,"no"]}],"n":1.0,"o":{"p":"xxx"}}`,
		`reject {"list":[],"n":1.0}`, `reject {"list":[{"a":"x"}],"n":"AAA="}`, `accept {"list":[{"a":"x"}],"n":1.0}`, `accept {"list":[{"a":"x"}],"n":1.0}`,
	}, bodies)
	assert.Equal(t, map[string]string{"limit": "5"}, suite.Cases[0].Tries[3].Request.Query)
	assert.Equal(t, map[string]string{"id": "j"}, suite.Cases[0].Tries[3].Request.Path)
	assert.Empty(t, suite.Cases[0].Tries[6].Request.Query)
	assert.Equal(t, "R-1", suite.Cases[0].Rule)
	assert.Equal(t, []string{"R-2", "R-3"}, suite.Cases[1].Rows)
	assert.Empty(t, suite.Cases[1].Rule)
	assert.Equal(t, cases.Warn, suite.Cases[1].Tries[0].Verdict)
}

func TestWrongCases(t *testing.T) {
	const bases = "bases: {b: {operation: Op, body: {a: 1}}}\n"
	for text, message := range map[string]string{
		bases + "cases: [{row: R, base: c, path: a, accept: [{}]}]":            `there is no base "c"`,
		bases + "cases: [{row: R, base: b, path: a}]":                          "a case of nothing",
		bases + "cases: [{base: b, path: a, accept: [{}]}]":                    "a case of nothing",
		bases + "cases: [{row: R, base: b, path: a, refuse: [{}]}]":            "field refuse not found",
		bases + "cases: [{row: R, base: b, path: a, reject: [{b: !absent }]}]": "b is not there",
		bases + "cases: [{row: R, base: b, path: a, reject: [{a.c: 1}]}]":      "no object has the member c",
		bases + `cases: [{row: R, base: b, path: a, reject: [{"c[1]": 1}]}]`:   "no item 1",
		bases + "cases: [{row: R, base: b, path: a, reject: [5]}]":             "a change is a mapping",
		"bases: {b: {body: {a: 1}}}\ncases: []":                                "no operation",
		"bases: {b: {operation: O, recording: none.json}}\ncases: []":          "no such file",
		"bases: {b: {operation: O, recording: x, body: {}}}\ncases: []":        "a body and a recording",
		"now: today\n" + bases + "cases: [{row: R, base: b, accept: [{}]}]":    "cannot parse",
		bases: "no cases",
	} {
		_, err := load(t, text)
		assert.ErrorContains(t, err, message, text)
	}
}

// sisters writes two folders, of which the second takes over the cases of the first.
func sisters(t *testing.T, without, own string) (*cases.Suite, error) {
	t.Helper()
	folder := t.TempDir()
	for name, text := range map[string]string{
		"theirs/a.yaml": `
now: 2026-06-01T12:00:00Z
bases: {b: {operation: Op, body: {n: 1}}, c: {operation: Op, body: {n: 2}}, only: {operation: TheirOp}}
cases:
  - {row: R-1, base: b, path: n, reject: [{n: 5}], accept: [{}, {n: 3}]}
  - {row: R-2, keyword: minimum, base: c, path: n, accept: [{}]}
  - {row: R-2, rule: R-2a, base: c, path: n, accept: [{}]}
  - {row: R-9, base: only, path: n, accept: [{}]}
`,
		"ours/rules.json": `{"scopes": {"F": ["R-1"], "X": ["R-2"]}}`,
		"ours/cases/a.yaml": "sister: {folder: ../../theirs, recordings: ../../theirs, rows: ../rules.json, without: [" + without + "]}\n" +
			"bases: {c: {operation: OurOp, body: {n: 7}}}\n" + own,
	} {
		name = filepath.Join(folder, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o700))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	}
	return cases.Load(filepath.Join(folder, "ours", "cases"), folder)
}

func TestCasesOfASister(t *testing.T) {
	suite, err := sisters(t, `{case: R-1, change: "n: 3", reason: r}, {case: R-2 minimum, reason: r}`, "cases: [{row: R-1, keyword: maximum, base: b, path: n, accept: [{}]}]")
	require.NoError(t, err)
	assert.Equal(t, 2026, suite.Now.Year())
	var all []string
	for _, c := range suite.Cases {
		for _, try := range c.Tries {
			body, err := try.Request.JSON()
			require.NoError(t, err)
			all = append(all, c.Rows[0]+c.Rule+c.Keyword+" "+string(try.Verdict)+" "+try.Request.Operation+" "+string(body))
		}
	}
	assert.Equal(t, []string{`R-1maximum accept Op {"n":1}`, `R-1R-1 reject Op {"n":5}`, `R-1R-1 accept Op {"n":1}`, `R-2R-2a accept OurOp {"n":7}`}, all)
	assert.NotContains(t, suite.Bases, "only")

	for without, message := range map[string]string{
		`{case: R-1}`:                            "no reason",
		`{case: R-3, reason: r}`:                 "nothing is left out",
		`{base: only, reason: r}`:                "nothing is left out", // its row is none of ours
		`{case: R-1, change: "n: 4", reason: r}`: "nothing is left out",
		`{case: R-1, base: c, reason: r}`:        "nothing is left out",
		`{rule: R-1, reason: r}`:                 "field rule not found",
	} {
		_, err := sisters(t, without, "")
		assert.ErrorContains(t, err, message, without)
	}
}
