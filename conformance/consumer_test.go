package conformance

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pantograph-go/pantograph/generator"
)

// consumer is a module of its own that requires nothing, with a client generated into it.
const consumer = "consumer"

// The client of the consumer is what gen makes of its document, by flags, in a folder that belongs to
// no module: what it holds depends on nothing else.
func TestConsumerIsGenerated(t *testing.T) {
	committed := filepath.Join(consumer, "petstore")
	out := filepath.Join(t.TempDir(), "anywhere")
	var stdout, stderr bytes.Buffer
	status := generator.Command([]string{"gen", "-spec", filepath.Join(committed, "openapi.yaml"), "-out", out,
		"-package", "petstore", "-import", "example.com/consumer/petstore"}, &stdout, &stderr)
	if status != 0 || stderr.Len() > 0 {
		t.Fatalf("status %d\n%s", status, &stderr)
	}
	want, got := tree(t, out), tree(t, committed)
	delete(got, "openapi.yaml")
	delete(got, "pantograph.yaml")
	for _, name := range slices.Sorted(keys(want)) {
		if !bytes.Equal(got[name], want[name]) {
			t.Errorf("%s/%s is not what gen writes", committed, name)
		}
		delete(got, name)
	}
	for _, name := range slices.Sorted(keys(got)) {
		t.Errorf("gen does not write %s/%s", committed, name)
	}
	if t.Failed() {
		t.Log(`"make generate" brings it up to date`)
	}
}

// The consumer vets, builds and runs by itself, at the Go version that generated code promises.
func TestConsumerStandsAlone(t *testing.T) {
	mod, err := os.ReadFile(filepath.Join(consumer, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "module example.com/consumer\n\ngo 1.24.0\n"; string(mod) != want {
		t.Errorf("the go.mod of the consumer is not\n%s", want)
	}
	for _, args := range [][]string{{"vet", "./..."}, {"test", "./..."}} {
		cmd := exec.Command("go", args...)
		cmd.Dir = consumer
		cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod", "GOPROXY=off")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("cd conformance/%s && %s: %v\n%s", consumer, strings.Join(cmd.Args, " "), err, out)
		}
	}
}

// tree reads all files below a folder, by their path in it.
func tree(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name], err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
