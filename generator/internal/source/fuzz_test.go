package source_test

import (
	"encoding/json"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/pantograph-go/pantograph/generator/internal/source"
)

// FuzzLoad: whatever the bytes, Load returns either an API that can be dumped or located errors, and never panics. The
// golden archives are the seeds.
func FuzzLoad(f *testing.F) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if filepath.Ext(file.Name) == ".yaml" || filepath.Ext(file.Name) == ".json" {
				f.Add(file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return // larger documents say nothing new, and slowly
		}
		late := time.AfterFunc(20*time.Second, func() { panic("it takes too long") })
		defer late.Stop()
		for _, name := range []string{"a.yaml", "a.json"} {
			api, diags := source.Load(source.Request{FS: fstest.MapFS{name: {Data: data}}, Specs: []string{name}})
			switch {
			case api == nil && !diags.HasErrors():
				t.Fatalf("no API and no error:\n%s", diagnostics(diags))
			case api != nil && diags.HasErrors():
				t.Fatalf("an API in spite of errors:\n%s", diagnostics(diags))
			}
			for _, d := range diags {
				if d.Pos.Line == 0 || d.Code == "" || d.Message == "" {
					t.Fatalf("a diagnostic without place, code or text: %s", d)
				}
			}
			if api != nil {
				if _, err := json.Marshal(api); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

// FuzzOverlay: whatever an overlay does, the document is read afterwards or errors are located, and nothing panics.
func FuzzOverlay(f *testing.F) {
	for _, name := range []string{"testdata/overlay.txtar", "testdata/overlay-errors.txtar"} {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			f.Add(file.Data)
		}
	}
	f.Add([]byte("overlay: 1.0.0\nactions: [{target: $..*, remove: true}, {target: '$..[?@.a]', copy: $}, {target: $, update: {a: 1}}, {target: $.*.*, update: [1]}]"))
	const document = "openapi: 3.1.1\ninfo: {title: T, version: \"1\"}\npaths: {/a: {get: {parameters: [{name: a, in: query, schema: {$ref: '#/components/schemas/A'}}]}}}\ncomponents: {schemas: {A: {enum: [a]}}}\n"
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<14 {
			return
		}
		api, diags := source.Load(source.Request{
			FS: fstest.MapFS{"a.yaml": {Data: []byte(document)}}, Specs: []string{"a.yaml"}, Overlays: []source.Overlay{{Name: "o.yaml", Data: data}},
		})
		if (api == nil) != diags.HasErrors() {
			t.Fatalf("an API and errors, or neither:\n%s", diagnostics(diags))
		}
		for _, d := range diags {
			if d.Pos.Line == 0 || d.Code == "" || d.Message == "" {
				t.Fatalf("a diagnostic without place, code or text: %s", d)
			}
		}
		if api != nil {
			if _, err := json.Marshal(api); err != nil {
				t.Fatal(err)
			}
		}
	})
}
