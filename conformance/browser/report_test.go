package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// visible counts the rows of a report that one sees.
const visible = `[...document.querySelectorAll("tr[data-level]")].filter(r => r.offsetParent !== null).length`

// report writes the page about two documents, and says how many lines it has to have.
func report(t *testing.T, old, now string) (file string, lines int) {
	t.Helper()
	var r struct {
		Changes []json.RawMessage
		Go      []json.RawMessage
	}
	require.NoError(t, json.Unmarshal(pantograph(t, "diff", "-format", "json", old, now), &r))
	file = filepath.Join(t.TempDir(), "report.html")
	require.NoError(t, os.WriteFile(file, pantograph(t, "diff", "-format", "html", old, now), 0o666))
	return file, len(r.Changes) + len(r.Go)
}

func TestReport(t *testing.T) {
	history := filepath.Join(root, "generator", "testdata", "history")
	file, lines := report(t, filepath.Join(history, "base.yaml"), filepath.Join(history, "schema-split.yaml"))
	require.Greater(t, lines, 3)
	p := open(t, file, "", 1280)
	assert.Equal(t, "API changes: major", eval[string](p, `document.title`))
	assert.Equal(t, "en", eval[string](p, `document.documentElement.lang`))
	assert.Equal(t, lines, eval[int](p, visible))
	all := fmt.Sprintf("%d of %d", lines, lines)
	assert.Equal(t, all, eval[string](p, `document.getElementById("count").textContent`))
	p.fits()
	p.screenshot("report")

	// Before and after stand side by side.
	assert.True(t, eval[bool](p, `(() => { const a = document.querySelector("td.old").getBoundingClientRect(), b = document.querySelector("td.new").getBoundingClientRect(); return a.top === b.top && a.right <= b.left && Math.abs(a.width - b.width) < 2 })()`))

	// Each word narrows, and taking them back shows all again.
	p.search("weight")
	found := eval[int](p, visible)
	assert.Positive(t, found)
	assert.Less(t, found, lines)
	assert.Equal(t, fmt.Sprintf("%d of %d", found, lines), eval[string](p, `document.getElementById("count").textContent`))
	p.search("weight nothinghasthisword")
	assert.Zero(t, eval[int](p, visible))
	p.search("")
	assert.Equal(t, lines, eval[int](p, visible))

	// A level is left out.
	p.run(chromedp.Click(chromedp.CSS(`input.level[value="major"]`)))
	assert.Zero(t, eval[int](p, `[...document.querySelectorAll('tr[data-level="major"]')].filter(r => r.offsetParent !== null).length`))
	p.run(chromedp.Click(chromedp.CSS(`input.level[value="major"]`)))
	assert.Equal(t, lines, eval[int](p, visible))
	p.quiet()

	narrow := open(t, file, "", 400)
	narrow.fits()
	narrow.screenshot("report-narrow")
	narrow.quiet()
}

// What a document says is text in the page.
func TestReportOfAHostileDocument(t *testing.T) {
	base := filepath.Join(root, "generator", "testdata", "history", "base.yaml")
	text, err := os.ReadFile(base)
	require.NoError(t, err)
	quoted, err := json.Marshal(payload)
	require.NoError(t, err)
	changed := strings.Replace(string(text), "        city: {type: string}\n", "        "+string(quoted)+": {type: string, description: "+string(quoted)+"}\n", 1)
	changed = strings.Replace(changed, "[cat, dog]", "[cat, dog, "+string(quoted)+"]", 1)
	require.NotEqual(t, string(text), changed)
	hostile := filepath.Join(t.TempDir(), "hostile.yaml")
	require.NoError(t, os.WriteFile(hostile, []byte(changed), 0o666))
	file, lines := report(t, base, hostile)
	p := open(t, file, "", 1280)
	assert.Equal(t, lines, eval[int](p, visible))
	assert.Contains(t, eval[string](p, `document.body.innerText`), payload)
	assert.Equal(t, "undefined", eval[string](p, `typeof window.broken`))
	assert.Zero(t, eval[int](p, `document.querySelectorAll("img, iframe, object, link, [onerror]").length`))
	p.fits()
	p.quiet()
}
