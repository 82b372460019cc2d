package main

import (
	"cmp"
	"fmt"
	"go/types"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/pantograph-go/pantograph/generator/internal/runtime"
	"github.com/pantograph-go/pantograph/generator/internal/verify"
	"github.com/pantograph-go/pantograph/generator/internal/verify/stdlib"
)

// writeRuntime writes the types of both editions of the runtime whose source is in a folder.
func writeRuntime(source, out string) error {
	for unsafe, name := range map[bool]string{true: runtime.TypesFile, false: runtime.InlineTypesFile} {
		data, err := runtimeTypes(os.DirFS(source), unsafe)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(out, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// runtimeTypes returns what there is to know of an edition of the runtime.
func runtimeTypes(source fs.FS, unsafe bool) ([]byte, error) {
	tree := runtime.NewTree(runtime.Edition(source, unsafe))
	names, err := tree.Packages()
	if err != nil {
		return nil, err
	}
	files, err := tree.Emit(names, runtime.Prefix, stdlib.Home)
	if err != nil {
		return nil, err
	}
	req := verify.Request{Paths: map[string]string{}, Runtime: map[string][]verify.Source{}}
	for _, f := range files {
		dir := path.Dir(f.Path)
		importPath := runtime.ImportPath(dir, stdlib.Home)
		req.Paths[dir] = importPath
		req.Runtime[importPath] = append(req.Runtime[importPath], verify.Source{Path: f.Path, Bytes: f.Bytes})
	}
	_, checked, diags := verify.Packages(req)
	if len(diags) > 0 {
		return nil, fmt.Errorf("%v", diags)
	}
	packages := slices.SortedFunc(maps.Values(checked), func(a, b *types.Package) int { return cmp.Compare(a.Path(), b.Path()) })
	data := newWriter(nil, stdlib.NewImporter()).write(verify.GoVersion, packages)
	return data, compare(packages, stdlib.NewImporter().Above(string(data), stdlib.Home))
}
