package generator

import (
	"embed"
	"io/fs"

	"github.com/pantograph-go/pantograph/generator/internal/runtime"
)

// embedded is the source of the runtime. It stands here since a package cannot embed what lies
// beside or above it, and the runtime itself must not carry its own source into clients.
//
//go:embed rt/*.go rt/*/*.go rt/json/safe/*.go
var embedded embed.FS

// runtimeSource returns the source tree of the runtime, with unsafe or without.
func runtimeSource(unsafe bool) fs.FS {
	source, err := fs.Sub(embedded, "rt")
	if err != nil {
		panic(err) // "rt" is a valid path
	}
	return runtime.Edition(source, unsafe)
}
