package conformance

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pantograph-go/pantograph/generator"
)

// vendorProgram uses three copies of one client, two of them made by different generators, in one process.
const vendorProgram = `package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"

	"example.com/v/full"
	"example.com/v/full/petstoretest"
	old "example.com/v/old"
	single "example.com/v/single"
)

type through struct{ http.Handler }

func (t through) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	t.ServeHTTP(w, r)
	return w.Result(), nil
}

func main() {
	server := &petstoretest.Server{
		ListPets: func(_ context.Context, params *petstore.ListPetsParams) (*petstore.PetPage, error) {
			if params.Cursor.Or("") == "" {
				return &petstore.PetPage{Pets: []petstore.Pet{{ID: "1", Name: "Ada"}}, NextCursor: "2"}, nil
			}
			return &petstore.PetPage{Pets: []petstore.Pet{{ID: "2", Name: "Bo"}}}, nil
		},
	}
	ctx := context.Background()
	a, err := server.Client()
	check(err)
	b, err := old.New(old.WithTransport(through{server}), old.WithEndpoint("http://localhost"), old.WithBearerToken("secret"))
	check(err)
	c, err := single.New(single.WithTransport(through{server}), single.WithEndpoint("http://localhost"), single.WithBearerToken("secret"))
	check(err)
	for p, err := range a.Pets.All(ctx, nil) {
		check(err)
		fmt.Println("full", p.ID, p.Name)
	}
	for p, err := range b.Pets.All(ctx, &old.ListPetsParams{Limit: old.Some(1)}) {
		check(err)
		fmt.Println("old", p.ID, p.Name)
	}
	for p, err := range c.Pets.All(ctx, &single.ListPetsParams{Limit: single.Some(1)}) {
		check(err)
		fmt.Println("single", p.ID, p.Name)
	}
	_, err = c.Pets.Create(ctx, &single.NewPet{Weight: single.Some(-1.0)})
	var invalid *single.ValidationError
	var others *petstore.ValidationError
	fmt.Println(errors.As(err, &invalid), errors.As(err, &others), invalid)
	_, err = c.Pets.Get(ctx, "7")
	var failed *single.Error
	fmt.Println(errors.As(err, &failed), failed.Status)
	fmt.Println(c, a)
}

func check(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
`

// vendor runs the command.
func vendor(t *testing.T, status int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	if got := generator.Command(append([]string{"vendor"}, args...), &out, &errs); got != status {
		t.Fatalf("status %d\n%s%s", got, &out, &errs)
	}
	return out.String(), errs.String()
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// copyTree copies a folder, with a change of each file's text.
func copyTree(t *testing.T, from, to string, change func(name, text string) string) {
	t.Helper()
	for name, content := range tree(t, from) {
		writeFile(t, filepath.Join(to, name), change(name, string(content)))
	}
}

// Two vendored clients of different versions of the generator and one that is a single file live in one program. It
// vets, runs under the race detector, and needs no more than go1.24.
func TestVendoredClientsLiveTogether(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "older", "go.mod"), "module example.com/consumer\n\ngo 1.24.0\n")
	olderOutput(t, filepath.Join(dir, "older"))
	module := filepath.Join(dir, "v")
	writeFile(t, filepath.Join(module, "go.mod"), "module example.com/v\n\ngo 1.24.0\n")
	writeFile(t, filepath.Join(module, "main.go"), vendorProgram)
	vendor(t, 0, "-to", filepath.Join(module, "full"), "consumer/petstore")
	vendor(t, 0, "-to", filepath.Join(module, "old"), "-test=false", filepath.Join(dir, "older", "petstore"))
	vendor(t, 0, "-to", filepath.Join(module, "single"), "-single-file", "consumer/petstore")

	manifest, err := os.ReadFile(filepath.Join(module, "old", "pantograph.manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"generator": "v0.0.1"`, `"import": "example.com/consumer/petstore"`, `"runtime": "example.com/consumer/petstore/rt"`} {
		if !strings.Contains(string(manifest), want) {
			t.Errorf("the manifest of the copy does not say %s", want)
		}
	}
	for name := range tree(t, filepath.Join(module, "old")) {
		if strings.HasPrefix(name, "petstoretest/") || strings.HasPrefix(name, "rt/fake/") {
			t.Errorf("%s belongs to tests", name)
		}
	}
	if names := tree(t, filepath.Join(module, "single")); len(names) != 2 {
		t.Errorf("a single file has %d", len(names))
	}

	const want = `full 1 Ada
full 2 Bo
old 1 Ada
old 2 Bo
single 1 Ada
single 2 Bo
true false `
	run := func(args ...string) (string, error) {
		cmd := exec.Command("go", args...)
		cmd.Dir = module
		cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod", "GOPROXY=off")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if out, err := run("vet", "./..."); err != nil {
		t.Errorf("go vet: %v\n%s", err, out)
	}
	prints, err := run("run", "-race", ".")
	if err != nil && (strings.Contains(prints, "-race requires cgo") || strings.Contains(prints, "C compiler")) {
		prints, err = run("run", ".") // there is no race detector here
	}
	if err != nil || !strings.HasPrefix(prints, want) {
		t.Errorf("the program prints %v\n%s", err, prints)
	}
}

// A copy is brought up to date by the command that has made it, and what people have changed in it is left alone.
func TestAVendoredClientIsUpdated(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "m", "petstore"), filepath.Join(dir, "v", "petstore")
	writeFile(t, filepath.Join(dir, "m", "go.mod"), "module example.com/consumer\n\ngo 1.24.0\n")
	writeFile(t, filepath.Join(dir, "v", "go.mod"), "module example.com/v\n\ngo 1.24.0\n")
	copyTree(t, "consumer/petstore", from, func(_, text string) string { return text })
	out, _ := vendor(t, 0, "-to", to, from)
	if !strings.Contains(out, " written, 0 unchanged") {
		t.Error(out)
	}
	if out, _ = vendor(t, 0, "-to", to, from); !strings.Contains(out, "up to date") {
		t.Error(out)
	}
	vendor(t, 0, "-to", to, "-check", from)

	// The client changes.
	models, err := os.ReadFile(filepath.Join(from, "models.go"))
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(from, "models.go"), strings.Replace(string(models), "An animal of the shop", "A beast of the shop", 1)+"\n// Changed says so.\nconst Changed = true\n")
	if _, errs := vendor(t, 1, "-to", to, "-check", from); !strings.Contains(errs, "models.go: error: generated file is out of date") {
		t.Error(errs)
	}
	if _, notes := vendor(t, 0, "-to", to, from); !strings.Contains(notes, "vendor-edited") {
		t.Errorf("files that pantograph has not written so are copied without a word: %s", notes)
	}

	// Somebody changes the copy.
	client := filepath.Join(to, "client.go")
	text, err := os.ReadFile(client)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, client, string(text)+"\n// mine\n")
	_, errs := vendor(t, 1, "-to", to, from)
	if !strings.Contains(errs, "client.go: error: this generated file was edited by hand [edited-by-hand]") {
		t.Error(errs)
	}
	if again, _ := os.ReadFile(client); !strings.HasSuffix(string(again), "// mine\n") {
		t.Error("the edit is gone")
	}
	vendor(t, 0, "-to", to, "-force", from)
	if again, _ := os.ReadFile(client); !bytes.Equal(again, text) {
		t.Error("force does not overwrite")
	}

	// What is no client.
	for _, test := range []struct{ dir, want string }{
		{filepath.Join(dir, "v"), "this is no output of pantograph [vendor-source]"},
		{"../generated", "there is no client here [vendor-source]"},
	} {
		if _, errs := vendor(t, 1, "-to", filepath.Join(dir, "v", "x"), test.dir); !strings.Contains(errs, test.want) {
			t.Error(errs)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "v", "x")); err == nil {
		t.Error("something is written")
	}
}
