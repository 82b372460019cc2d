package source_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/pantograph-go/pantograph/generator/internal/source"
)

// BenchmarkLoad puts our whole reading beside kin-openapi's plain load of the same document, without its validation.
// Ours is to take one and a half times as long at most; it takes half as long or less. CORPUS=DIR adds the documents of
// a directory to the one that is made here.
func BenchmarkLoad(b *testing.B) {
	documents := map[string][]byte{"made.json": []byte(large(1000))}
	if dir := os.Getenv("CORPUS"); dir != "" {
		for _, pattern := range []string{"*.json", "*.yaml"} {
			files, err := filepath.Glob(filepath.Join(dir, pattern))
			if err != nil {
				b.Fatal(err)
			}
			for _, file := range files {
				if documents[filepath.Base(file)], err = os.ReadFile(file); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(documents)) {
		data := documents[name]
		b.Run(name+"/pantograph", func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				source.Load(source.Request{FS: fstest.MapFS{name: {Data: data}}, Specs: []string{name}})
			}
		})
		b.Run(name+"/kin-openapi", func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				_, _ = openapi3.NewLoader().LoadFromData(data) // it refuses some
			}
		})
	}
}

// large is a document with n operations, each with a schema of its own that refers to the next.
func large(n int) string {
	var paths, schemas strings.Builder
	for i := range n {
		fmt.Fprintf(&paths, `,"/things%d/{id}":{"get":{"operationId":"get%d","description":"Returns thing %d.","parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}},`+
			`{"name":"limit","in":"query","schema":{"type":"integer","maximum":100,"default":10}}],"responses":{"200":{"description":"OK","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Thing%d"},`+
			`"example":{"id":"a","size":3,"tags":["x","y"]}}}}}}}`, i, i, i, i)
		fmt.Fprintf(&schemas, `,"Thing%d":{"type":"object","required":["id"],"properties":{"id":{"type":"string","description":"What it is known by.","minLength":1,"maxLength":64},"size":{"type":"integer","format":"int64","minimum":0},`+
			`"kind":{"type":"string","enum":["a","b","c"]},"tags":{"type":"array","items":{"type":"string"}},"next":{"$ref":"#/components/schemas/Thing%d"}}}`, i, (i+1)%n)
	}
	return `{"openapi":"3.0.3","info":{"title":"T","version":"1"},"paths":{` + paths.String()[1:] + `},"components":{"schemas":{` + schemas.String()[1:] + "}}}"
}
