package conformance

import (
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/pantograph-go/pantograph/generator"
)

// blocks returns the code blocks of a page in one language.
func blocks(t *testing.T, page, language string) []string {
	t.Helper()
	var found []string
	for _, m := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(text(t, page), -1) {
		found = append(found, m[1])
	}
	return found
}

// text is a page.
func text(t *testing.T, page string) string {
	t.Helper()
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestReadmeTourCompiles(t *testing.T) {
	dir := t.TempDir()
	place, err := filepath.Abs("tour/tour.go") // of a package that is not there
	if err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {place: filepath.Join(dir, "tour.go")}})
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "tour.go", blocks(t, "../README.md", "go")[0])
	write(t, dir, "overlay.json", string(overlay))
	run(t, ".", "go", "build", "-overlay", filepath.Join(dir, "overlay.json"), "./tour")
}

// A reader's five minutes: the document, init, gen, the program, what it prints.
func TestReadmeTutorialWorks(t *testing.T) {
	document, program, output := blocks(t, "../README.md", "yaml")[0], blocks(t, "../README.md", "go")[1], blocks(t, "../README.md", "text")[0]
	dir := t.TempDir()
	write(t, dir, "go.mod", "module example.com/shop\n\ngo 1.24.0\n")
	write(t, dir, "api.yaml", document)
	write(t, dir, "main.go", program)
	t.Chdir(dir)
	pantograph(t, "init", "api.yaml")
	pantograph(t, "gen")
	pantograph(t, "check")
	if got := run(t, dir, "go", "run", "."); got != output {
		t.Errorf("go run . prints\n%s\nand the README says\n%s", got, output)
	}
}

func TestTemplateExampleWorks(t *testing.T) {
	const page = "../docs/template-data.md"
	template, settings, method := blocks(t, page, "gotmpl")[0], blocks(t, page, "yaml")[1], blocks(t, page, "go")[0]
	document, err := os.ReadFile("consumer/petstore/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, dir, "go.mod", "module example.com/shop/client\n\ngo 1.24.0\n")
	write(t, dir, "api.yaml", string(document))
	write(t, dir, "pantograph.yaml", settings)
	write(t, dir, "templates/model/methods.tmpl", template)
	t.Chdir(dir)
	pantograph(t, "gen")
	models, err := os.ReadFile("models.go")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(models), "\n"+method) {
		t.Errorf("models.go does not hold\n%s", method)
	}
	run(t, dir, "go", "vet", ".")
}

func pantograph(t *testing.T, args ...string) {
	t.Helper()
	var complaints strings.Builder
	if status := generator.Command(args, io.Discard, &complaints); status != 0 || complaints.Len() > 0 {
		t.Fatalf("pantograph %s: status %d\n%s", strings.Join(args, " "), status, &complaints)
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// run runs a program away from any network and returns what it prints.
func run(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=", "GOPROXY=off")
	var complaints strings.Builder
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Errorf("%s: %v\n%s%s", strings.Join(cmd.Args, " "), err, out, &complaints)
	}
	return string(out)
}
