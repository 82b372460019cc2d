package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/pantograph-go/pantograph/generator"
)

// client is the checked-in client that the demo generates again.
const client = "generated/huaweicloud/autoscaling"

// generation generates a client into a scratch folder and tells what came of it. Root is the folder
// of the project.
func (n *narrator) generation(root string) error {
	scratch, err := os.MkdirTemp("", "pantograph-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)

	config, documents, err := settings(root, scratch)
	if err != nil {
		return err
	}
	n.heading("Generate a client")
	n.prose(`The curated documents of Huawei Cloud Auto Scaling, made after its API reference, become one Go package in a scratch folder. It is
		type-checked at go1.24 in memory before a byte is written. No other program is started, not even the go command.`)
	start := time.Now()
	first, err := generate(config)
	if err != nil {
		return err
	}
	took := time.Since(start)
	start = time.Now()
	second, err := generate(config)
	if err != nil {
		return err
	}
	again := time.Since(start)
	made, err := measure(scratch)
	if err != nil {
		return err
	}
	comparison, err := compare(scratch, filepath.Join(root, client))
	if err != nil {
		return err
	}
	n.result(fmt.Sprintf(`read      %s lines of YAML
wrote     %d files, %s lines of Go, in %s
for       %d operations on %d resources
again     %d written, %d unchanged, in %s
compared  %s
`, thousands(documents), len(first.Changes), thousands(made.lines), seconds(took), made.operations, made.resources,
		len(second.Changes), second.Unchanged, seconds(again), comparison))
	return nil
}

// settings are those of the checked-in client, but for the folder, and the lines of its documents.
// The names that are published stay so.
func settings(root, out string) (generator.Config, int, error) {
	dir := filepath.Join(root, client)
	file := filepath.Join(dir, "pantograph.yaml")
	data, err := os.ReadFile(file)
	if err != nil {
		return generator.Config{}, 0, err
	}
	config, diagnostics := generator.ParseConfig(filepath.ToSlash(file), data)
	if config == nil {
		return generator.Config{}, 0, failure(diagnostics)
	}
	config.Out, config.Import = out, "github.com/pantograph-go/pantograph/"+client
	lines := 0
	for _, spec := range config.Specs {
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(spec)))
		if err != nil {
			return generator.Config{}, 0, err
		}
		lines += bytes.Count(text, []byte("\n"))
	}
	lock, err := os.ReadFile(filepath.Join(dir, "names.lock"))
	if err != nil {
		return generator.Config{}, 0, err
	}
	return *config, lines, os.WriteFile(filepath.Join(out, "names.lock"), lock, 0o666)
}

func generate(config generator.Config) (generator.Result, error) {
	result, diagnostics := generator.Run(generator.Options{Config: config})
	return result, failure(diagnostics)
}

// failure is an error when there is one among the diagnostics.
func failure(diagnostics []generator.Diagnostic) error {
	var errs []error
	for _, d := range diagnostics {
		if d.Severity == generator.Error {
			errs = append(errs, errors.New(d.String()))
		}
	}
	return errors.Join(errs...)
}

// size is how much was generated.
type size struct{ lines, operations, resources int }

func measure(dir string) (size, error) {
	var s size
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		s.lines += bytes.Count(text, []byte("\n"))
		s.operations += bytes.Count(text, []byte(" = rt.Operation{\n"))
		s.resources += bytes.Count(text, []byte("Service struct {\n\tclient *rt.Client\n"))
		return err
	})
	return s, err
}

// compare says how the Go files below a folder relate to the committed ones.
func compare(dir, committed string) (string, error) {
	files, different := 0, 0
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") {
			return err
		}
		made, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		files++
		if there, err := os.ReadFile(filepath.Join(committed, name)); err != nil || !bytes.Equal(made, there) {
			different++
		}
		return nil
	})
	if different == 0 {
		return fmt.Sprintf("%d Go files with the committed ones: all equal", files), err
	}
	return fmt.Sprintf("%d Go files with the committed ones: %d differ", files, different), err
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

// thousands prints a number with commas.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
