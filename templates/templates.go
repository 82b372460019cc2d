// Package templates holds the packs of templates that come with pantograph: a folder for each. What a pack adds is said
// in README.md here and in its own.
package templates

import (
	"embed"
	"io/fs"
)

//go:embed all:cli all:docs all:otel all:wire
var packs embed.FS

// FS returns the packs, a folder each.
func FS() fs.FS { return packs }

// Packs returns the names of the packs, sorted.
func Packs() []string {
	entries, err := packs.ReadDir(".")
	if err != nil {
		panic(err) // the root of an embedded file system can be read
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
