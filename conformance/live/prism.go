package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
	"github.com/pantograph-go/pantograph/conformance/internal/spec"
)

const prismPackage = "@stoplight/prism-cli@5.16.0"

// curated are the documents of this repository, below spec.
var curated = []string{"huaweicloud/autoscaling/v1", "huaweicloud/autoscaling/v2", "huaweicloud/iam/v3", "otc/autoscaling/v1", "otc/autoscaling/v2", "otc/identity/v3",
	"rackspace/autoscale/v1", "rackspace/identity/v2"}

// mocked are the documents of a corpus that Prism can load and judge. Others contradict themselves,
// or have bodies that Prism does not read, such as files in forms.
var mocked = []string{"oai-petstore-expanded", "oai-uspto", "oai-link", "oai-callback", "oai-tictactoe", "pinecone-control", "pinecone-data", "openfga", "resend", "xero-bankfeeds",
	"adyen-transfers-v4"}

// prism has Prism judge the requests of generated clients.
func prism(ctx context.Context, set settings, m *scratch.Module) error {
	bin := filepath.Join(set.cache, "prism", "node_modules", ".bin", "prism")
	if _, err := os.Stat(bin); err != nil {
		if _, _, err := scratch.Run(ctx, set.cache, nil, "npm", "install", "--no-audit", "--no-fund", "--prefix", filepath.Join(set.cache, "prism"), prismPackage); err != nil {
			return err
		}
	}
	wire := filepath.Join(m.Dir, "wire.bin")
	if _, _, err := scratch.Run(ctx, "", nil, "go", "build", "-o", wire, "github.com/pantograph-go/pantograph/conformance/wire"); err != nil {
		return err
	}
	type served struct {
		dir, file string // the name of the document in its folder
		entry     spec.Entry
	}
	var all []served
	for _, name := range curated {
		dir := filepath.Join("spec", filepath.FromSlash(name))
		all = append(all, served{dir, "openapi", spec.Entry{Name: strings.ReplaceAll(name, "/", "-"), File: filepath.Join(dir, "openapi.yaml"), Root: "spec"}})
	}
	if set.corpus != "" {
		entries, err := spec.Folder(set.corpus, nil)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if slices.Contains(mocked, e.Name) {
				all = append(all, served{set.corpus, e.Name, e})
			}
		}
	}
	var failed error
	for _, s := range all {
		if ctx.Err() != nil {
			return errors.Join(failed, ctx.Err())
		}
		failed = errors.Join(failed, mock(ctx, m, bin, wire, s.dir, s.file, s.entry))
	}
	return failed
}

// mock has Prism serve one document, and calls every operation. File is what the document is called in its folder.
func mock(ctx context.Context, m *scratch.Module, bin, wire, dir, file string, e spec.Entry) error {
	port, err := freePort()
	if err != nil {
		return err
	}
	s, err := start(ctx, filepath.Join(m.Dir, "prism.log"), port, nil, bin, "mock", "--errors", "--host", "127.0.0.1", "--port", strconv.Itoa(port), e.File)
	if err != nil {
		return err
	}
	defer s.stop()
	out, _, err := scratch.Run(ctx, "", nil, wire, "-dir", dir, "-root", e.Root, "-only", file, "-name", e.Name, "-endpoint", fmt.Sprintf("http://127.0.0.1:%d", port))
	say("%s", out)
	var failed *scratch.Error
	if errors.As(err, &failed) {
		return fmt.Errorf("%s: %w", e.File, failed.Err) // what it said is printed already
	}
	return err
}
