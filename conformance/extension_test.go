package conformance

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The worked example of an extension is a module of its own, which vets, builds and passes its tests. What it requires
// is what this module requires, so it is tried with our sums, and without a network.
func TestTheExampleOfAnExtensionWorks(t *testing.T) {
	const example = "../docs/extensions/audit"
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(filepath.Join(example, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	here := t.TempDir()
	file := filepath.Join(here, "go.mod")
	text := strings.Replace(string(mod), "=> ../../..", "=> "+filepath.ToSlash(root), 1)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	sums, err := os.ReadFile("../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(here, "go.sum"), sums, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"vet", "test"} {
		cmd := exec.Command("go", verb, "-modfile="+file, "./...")
		cmd.Dir = example
		cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod", "GOPROXY=off")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("go %s: %v\n%s", verb, err, out)
		}
	}
}
