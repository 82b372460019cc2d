// Package browser looks at the pages that pantograph writes as people see them, in headless Chromium: that they load nothing, search, keep
// within the window, and that no text of a document becomes more than text. `make browser` runs it; Chromium is a package of
// Debian, which is unpacked below bin/live once.
package browser

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/debian"
	"github.com/pantograph-go/pantograph/generator"
)

const (
	root   = "../.."
	chrome = "usr/lib/chromium/chromium-headless-shell"
)

// browser is the allocator of all tabs.
var browser context.Context

func TestMain(m *testing.M) {
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Minute)
	options, err := chromium(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, "Chromium:", err)
		os.Exit(1)
	}
	allocator, end := chromedp.NewExecAllocator(ctx, options...)
	browser = allocator
	status := m.Run()
	end()
	stop()
	os.Exit(status)
}

// chromium unpacks the browser, and says how it is started.
func chromium(ctx context.Context) ([]chromedp.ExecAllocatorOption, error) {
	cache, err := filepath.Abs(filepath.Join(root, "bin", "live", "chromium"))
	if err != nil {
		return nil, err
	}
	if err := debian.UnpackWithNeeds(ctx, cache, cache, chrome, "chromium-headless-shell"); err != nil {
		return nil, err
	}
	libraries, err := filepath.Glob(filepath.Join(cache, "usr", "lib", "*-linux-gnu"))
	if err != nil {
		return nil, err
	}
	for _, folder := range libraries {
		libraries = append(libraries, filepath.Join(folder, "pulseaudio")) // a part of libpulse
	}
	return append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(filepath.Join(cache, chrome)), chromedp.NoSandbox,
		chromedp.Env("LD_LIBRARY_PATH="+strings.Join(libraries, ":"))), nil
}

// tab is one page, with all that went wrong in it.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu     sync.Mutex
	faults []string
	asked  []string // addresses
}

// open shows a file in a window of a width.
func open(t *testing.T, file, query string, width int64) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	p := &tab{t: t, ctx: ctx}
	require.NoError(t, chromedp.Listen(ctx, p.hear))
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	require.NoError(t, err)
	for _, command := range []cdp.Command[cdp.Empty, cdp.Empty]{log.Enable, runtime.Enable} {
		_, err := chromedp.Call(ctx, command, cdp.Empty{})
		require.NoError(t, err)
	}
	full, err := filepath.Abs(file)
	require.NoError(t, err)
	p.run(chromedp.EmulateViewport(width, 900), chromedp.Navigate("file://"+full+query))
	return p
}

func (p *tab) hear(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		p.asked = append(p.asked, e.Request.URL)
	case *runtime.EventExceptionThrown:
		p.faults = append(p.faults, e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		p.faults = append(p.faults, "console: "+string(e.Type))
	case *log.EventEntryAdded:
		p.faults = append(p.faults, e.Entry.Text)
	case *page.EventJavascriptDialogOpening:
		p.faults = append(p.faults, "dialog: "+e.Message)
	}
}

func (p *tab) run(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	get(p, chromedp.Steps(steps...))
}

// get is what an action finds.
func get[T any](p *tab, action chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 30*time.Second)
	defer cancel()
	found, err := chromedp.Run(ctx, action)
	require.NoError(p.t, err)
	return found
}

// eval is the value of a JavaScript expression.
func eval[T any](p *tab, expression string) T {
	p.t.Helper()
	return get(p, chromedp.Evaluate[T](expression))
}

// search types words into the field for them, as a person does.
func (p *tab) search(words string) {
	p.t.Helper()
	p.run(chromedp.Evaluate[chromedp.Void](`document.getElementById("search").select()`), chromedp.SendKeys(chromedp.ID("search"), "\b"+words))
}

// quiet asserts that the page asked for nothing but itself and that nothing went wrong.
func (p *tab) quiet() {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	assert.Empty(p.t, p.faults)
	assert.Len(p.t, p.asked, 1, "a page that stands alone asks for nothing else")
}

// fits asserts that nothing sticks out of the window.
func (p *tab) fits() {
	p.t.Helper()
	assert.LessOrEqual(p.t, eval[int](p, `document.documentElement.scrollWidth`), eval[int](p, `document.documentElement.clientWidth`), "it has to be scrolled sideways")
}

// screenshot leaves a picture for people to look at.
func (p *tab) screenshot(name string) {
	p.t.Helper()
	picture := get(p, chromedp.CaptureScreenshot())
	folder := filepath.Join(root, "bin", "browser")
	require.NoError(p.t, os.MkdirAll(folder, 0o777))
	require.NoError(p.t, os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o666))
}

// pantograph runs the command and returns what it prints.
func pantograph(t *testing.T, args ...string) []byte {
	t.Helper()
	var stdout, stderr bytes.Buffer
	require.Zero(t, generator.Command(args, &stdout, &stderr), "%s", &stderr)
	return stdout.Bytes()
}

// payload is text that would be more than text, were it not escaped.
const payload = `</script><script>window.broken=1</script><img src=x onerror="window.broken=1">"'javascript:alert(1)`
