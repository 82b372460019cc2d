package main

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/pantograph-go/pantograph/conformance/internal/spec"
)

// inlineOperations puts in place the operations that are references to files. The standard knows no such thing, and so
// kin-openapi does not look there; tools that split documents write it.
func inlineOperations(root map[string]any, dir string) error {
	paths, _ := root["paths"].(map[string]any)
	for _, item := range paths {
		item, _ := item.(map[string]any)
		for method, op := range item {
			op, _ := op.(map[string]any)
			ref, ok := op["$ref"].(string)
			if !ok || strings.HasPrefix(ref, "#") {
				continue
			}
			file, _, _ := strings.Cut(ref, "#")
			data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(file)))
			if err != nil {
				return err
			}
			var tree any
			if err := yaml.Unmarshal(data, &tree); err != nil {
				return err
			}
			tree = spec.Textual(tree)
			moveRefs(tree, file)
			item[method] = tree
		}
	}
	return nil
}

// moveRefs makes references of a file those of the one that it is put into.
func moveRefs(v any, file string) {
	switch v := v.(type) {
	case map[string]any:
		if ref, ok := v["$ref"].(string); ok && !strings.Contains(ref, "://") {
			if fragment, own := strings.CutPrefix(ref, "#"); own {
				v["$ref"] = file + "#" + fragment
			} else {
				v["$ref"] = path.Join(path.Dir(file), ref)
			}
		}
		for _, e := range v {
			moveRefs(e, file)
		}
	case []any:
		for _, e := range v {
			moveRefs(e, file)
		}
	}
}
