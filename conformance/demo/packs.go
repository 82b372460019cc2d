package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// packs shows the packs of templates. Their examples are modules of their own: where what they require was never
// downloaded, the demo says so. The walk is shown as its test has recorded it.
func (n *narrator) packs(ctx context.Context, root string) error {
	n.heading("More than a client: packs of templates")
	n.prose(`Packs add to the output: a reference as Markdown and as one page of HTML to search, a command line, OpenTelemetry.`)
	scratch, err := os.MkdirTemp("", "pantograph-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	config, _, err := settings(root, scratch)
	if err != nil {
		return err
	}
	config.Packs = []string{"docs"}
	if _, err := generate(config); err != nil {
		return err
	}
	page, err := os.ReadFile(filepath.Join(scratch, "docs", "index.html"))
	if err != nil {
		return err
	}
	pages, err := filepath.Glob(filepath.Join(scratch, "docs", "*.md"))
	if err != nil {
		return err
	}
	n.result(fmt.Sprintf("docs/index.html  %s kB, one page, %s\ndocs/*.md        %d pages", thousands(len(page)>>10), "searched as one types", len(pages)))

	n.prose(`The command line runs a fake service to try it on. From the walk that its test makes and compares (docs/packs/cli):`)
	walk, err := os.ReadFile(filepath.Join(root, "docs", "packs", "cli", "testdata", "walk.golden"))
	if err != nil {
		return err
	}
	_, walked, _ := strings.Cut(string(walk), "# A policy that adds two instances.\n")
	policy, _, _ := strings.Cut(walked, "autoscaling instances")
	n.result(strings.TrimRight(policy, "\n"))

	n.prose(`Each request is a span, and a repeat is told apart. This is the second attempt, after a 503:`)
	span, err := second(ctx, filepath.Join(root, "docs", "packs", "otel"))
	if err != nil {
		span = "(go run ./docs/packs/otel: its modules are not here; make packs downloads them)"
	}
	n.result(span)
	return nil
}

// second runs the example of a module and returns the last of the spans that it prints. It asks no network for modules.
func second(ctx context.Context, dir string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", "run", ".")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOPROXY=off", "GOWORK=off")
	out, err := cmd.Output()
	if err != nil {
		return "", err
	}
	out = bytes.TrimSpace(out)
	return string(out[max(bytes.LastIndex(out, []byte("\nGET "))+1, 0):]), nil
}
