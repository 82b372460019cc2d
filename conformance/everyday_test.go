package conformance

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The files that docs/everyday.md shows do what it says, in a repository of their own.
func TestAProjectAsTheGuideDescribesIt(t *testing.T) {
	data, err := os.ReadFile("../docs/everyday.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]string{}
	for _, m := range regexp.MustCompile("(?s)\n`([^`\n]+)`[^\n]*:\n\n```[a-z]*\n(.*?)```\n").FindAllStringSubmatch(string(data), -1) {
		shown[m[1]] = m[2]
	}
	for _, name := range []string{"shop/generate.go", ".github/workflows/generated.yaml", ".githooks/pre-commit"} {
		if shown[name] == "" {
			t.Fatalf("the guide shows no %s", name)
		}
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range shown {
		writeFile(t, filepath.Join(dir, name), text)
	}
	if err := os.Chmod(filepath.Join(dir, ".githooks", "pre-commit"), 0o755); err != nil {
		t.Fatal(err)
	}
	document, err := os.ReadFile("consumer/petstore/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	sums, err := os.ReadFile("../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	ours, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	const goMod = "module example.com/my\n\ngo 1.24.0\n"
	writeFile(t, filepath.Join(dir, "go.mod"), goMod)
	writeFile(t, filepath.Join(dir, "api.yaml"), string(document))
	writeFile(t, filepath.Join(dir, "shop", "pantograph.yaml"), "specs: [../api.yaml]\npackage: shop\n")
	// What go get -tool resolves; it would ask for files of modules that nothing here needs, which a new machine does not have.
	writeFile(t, filepath.Join(dir, "tools.mod"), "module example.com/my/tools\n\ngo 1.26.0\n\ntool github.com/pantograph-go/pantograph/cmd/pantograph\n\n"+
		"require (\n\tgithub.com/pantograph-go/pantograph v0.0.0\n"+strings.Join(regexp.MustCompile(`(?m)^\t\S+ v\S+( // indirect)?\n`).FindAllString(string(ours), -1), "")+
		")\n\nreplace github.com/pantograph-go/pantograph => "+filepath.ToSlash(root)+"\n")
	writeFile(t, filepath.Join(dir, "tools.sum"), string(sums))
	run := func(ok bool, args ...string) string {
		t.Helper()
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=", "GOPROXY=off", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
			"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
		out, err := cmd.CombinedOutput()
		if ok != (err == nil) {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
		return string(out)
	}
	run(true, "go", "generate", "./...")
	for _, m := range regexp.MustCompile(`- run: (.*)\n`).FindAllStringSubmatch(shown[".github/workflows/generated.yaml"], -1) {
		run(true, strings.Fields(m[1])...)
	}
	if mod, err := os.ReadFile(filepath.Join(dir, "go.mod")); err != nil || string(mod) != goMod {
		t.Errorf("the go.mod of the program has changed: %s", mod)
	}

	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git here")
	}
	run(true, "git", "init", "-q")
	run(true, "git", "config", "core.hooksPath", ".githooks")
	run(true, "git", "add", ".")
	run(true, "git", "commit", "-q", "-m", "first")
	writeFile(t, filepath.Join(dir, "api.yaml"), strings.Replace(string(document), "What it is called.", "What people call it.", 1))
	run(true, "git", "add", ".")
	if out := run(false, "git", "commit", "-q", "-m", "second"); !strings.Contains(out, "shop/models.go") {
		t.Errorf("the hook says\n%s", out)
	}
	run(true, "go", "generate", "./...")
	run(true, "git", "add", ".")
	run(true, "git", "commit", "-q", "-m", "second")
}
