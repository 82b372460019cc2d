package conformance

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pantograph-go/pantograph/generator"
)

// olderOutput unpacks the folder petstore as an early version wrote it, and the program of then that uses it.
func olderOutput(t *testing.T, dir string) {
	t.Helper()
	file, err := os.Open("testdata/older/petstore.tar.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	for archive := tar.NewReader(unzipped); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if header.Typeflag != tar.TypeReg {
			continue
		}
		text, err := io.ReadAll(archive)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(dir, filepath.FromSlash(header.Name)), string(text))
	}
}

// What an early version wrote becomes what this one writes, in one command: what breaks is listed first, the published names
// stay, and so the program of then compiles, which uses none of what is gone.
func TestAnOlderOutputIsUpgraded(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "go.mod"), "module example.com/consumer\n\ngo 1.24.0\n")
	olderOutput(t, dir)
	out := filepath.Join(dir, "petstore")
	lock, err := os.ReadFile(filepath.Join(out, "names.lock"))
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	if status := generator.Command([]string{"upgrade", out}, &stdout, &stderr); status != 0 {
		t.Fatalf("status %d\n%s", status, &stderr)
	}
	list, written, ok := strings.Cut(stdout.String(), " written, ")
	if !ok || !strings.Contains(list, "breaks  (*Pet).Has: removed") || !strings.Contains(list, "from pantograph v0.0.1 to ") {
		t.Errorf("what breaks is not listed before it is written:\n%s%s", list, written)
	}
	stdout.Reset()
	if status := generator.Command([]string{"check", out}, &stdout, &stderr); status != 0 {
		t.Errorf("it is not what this version writes:\n%s", &stderr)
	}

	now, err := os.ReadFile(filepath.Join(out, "names.lock"))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for line := range strings.Lines(string(now)) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) > 2 {
			names[f[0]+"\t"+f[1]+"\t"+f[2]] = true
		}
	}
	for line := range strings.Lines(string(lock)) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) > 2 && !names[f[0]+"\t"+f[1]+"\t"+f[2]] {
			t.Errorf("the name is published no more: %s", line)
		}
	}

	cmd := exec.Command("go", "run", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod", "GOPROXY=off")
	if prints, err := cmd.CombinedOutput(); err != nil || !bytes.Contains(prints, []byte("in: 1 Ada")) {
		t.Errorf("the program of then: %v\n%s", err, prints)
	}
}
