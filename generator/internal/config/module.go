package config

import (
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
)

// ImportIn is the import path of the output as a go.mod file around it in a file system says; empty when none does.
func (c *Config) ImportIn(fsys fs.FS) string {
	out := filepath.ToSlash(c.path(c.Out))
	for dir := out; fs.ValidPath(dir); dir = path.Dir(dir) {
		if data, err := fs.ReadFile(fsys, path.Join(dir, "go.mod")); err == nil {
			name := modfile.ModulePath(data)
			if name == "" {
				return ""
			}
			if dir == "." {
				return path.Join(name, out)
			}
			return path.Join(name, strings.TrimPrefix(out, dir))
		}
		if dir == "." {
			break
		}
	}
	return ""
}
