package browser

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sections counts the sections of a reference that one sees.
const sections = `[...document.querySelectorAll("main section")].filter(s => s.offsetParent !== null).length`

// reference generates a client with the pack docs, and returns its page.
func reference(t *testing.T, document string) string {
	t.Helper()
	out := t.TempDir()
	pantograph(t, "gen", "-spec", document, "-out", out, "-package", "client", "-import", "example.com/client", "-pack", "docs")
	return filepath.Join(out, "docs", "index.html")
}

func TestReference(t *testing.T) {
	file := reference(t, filepath.Join(root, "spec", "rackspace", "identity", "v2", "openapi.yaml"))
	p := open(t, file, "", 1280)
	all := eval[int](p, sections)
	require.Greater(t, all, 5)
	p.fits()
	p.screenshot("reference")

	assert.Empty(t, eval[[]string](p, `[...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute("href").slice(1)).filter(id => !document.getElementById(decodeURIComponent(id)))`), "links that lead nowhere")
	assert.Empty(t, eval[[]string](p, `[...document.querySelectorAll("[id]")].map(e => e.id).filter((id, i, list) => list.indexOf(id) !== i)`), "ids that stand twice")

	// The slash leads to the search, and words narrow.
	p.run(chromedp.Blur(chromedp.ID("search")), chromedp.KeyEvent("/"))
	assert.Equal(t, "search", eval[string](p, `document.activeElement.id`))
	p.search("create token")
	found := eval[int](p, sections)
	assert.Positive(t, found)
	assert.Less(t, found, all)
	p.search("nothinghasthisword")
	assert.Zero(t, eval[int](p, sections))
	p.search("")
	assert.Equal(t, all, eval[int](p, sections))

	// A link shows its section even where a search has hidden that.
	p.search("nothinghasthisword")
	p.run(chromedp.Evaluate[chromedp.Void](`document.querySelector('nav li a').click()`))
	assert.True(t, eval[bool](p, `document.querySelector(":target").offsetParent !== null`), "the section of the link is hidden")
	p.quiet()

	asked := open(t, file, "?q=create%20token", 1280)
	assert.Equal(t, found, eval[int](asked, sections))
	asked.quiet()

	narrow := open(t, file, "", 400)
	narrow.fits()
	narrow.screenshot("reference-narrow")
	narrow.quiet()
}

func TestReferenceOfAHostileDocument(t *testing.T) {
	quoted, err := json.Marshal(payload)
	require.NoError(t, err)
	document := strings.ReplaceAll(`{openapi: 3.1.1, info: {title: X, version: "1", description: X}, servers: [{url: "https://api.example.com"}],
paths: {/things: {get: {operationId: listThings, summary: X, description: X, tags: [X], parameters: [{name: X, in: query, description: X, schema: {type: string, enum: [X, a]}}],
  responses: {"200": {description: X, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}}}},
components: {schemas: {Thing: {type: object, description: X, properties: {X: {type: string, description: X, pattern: X}}}}}}`, "X", string(quoted))
	spec := filepath.Join(t.TempDir(), "api.yaml")
	require.NoError(t, os.WriteFile(spec, []byte(document), 0o666))
	p := open(t, reference(t, spec), "", 1280)
	assert.Contains(t, eval[string](p, `document.body.innerText`), payload)
	assert.Equal(t, "undefined", eval[string](p, `typeof window.broken`))
	assert.Zero(t, eval[int](p, `document.querySelectorAll("img, iframe, object, link, [onerror]").length`))
	p.fits()
	p.quiet()
}
