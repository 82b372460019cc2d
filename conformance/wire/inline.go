package main

import (
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
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
		for method := range item {
			var err error
			if item[method], err = put(item[method], dir); err != nil {
				return err
			}
		}
	}
	return nil
}

// inlineParts does the same for properties that are a reference as a whole, and for the parameters of Swagger 2, which lose their
// types in kin-openapi's conversion where they are elsewhere.
func inlineParts(v any, dir string, old bool) (err error) {
	var within []any
	switch v := v.(type) {
	case map[string]any:
		if v["properties"] != nil {
			if v["properties"], err = put(v["properties"], dir); err != nil {
				return err
			}
		}
		parameters, _ := v["parameters"].([]any)
		for i := range parameters {
			if !old {
				break
			}
			if parameters[i], err = put(parameters[i], dir); err != nil {
				return err
			}
		}
		within = slices.Collect(maps.Values(v))
	case []any:
		within = v
	}
	for _, e := range within {
		if err := inlineParts(e, dir, old); err != nil {
			return err
		}
	}
	return nil
}

// put is what is to stand in place of something: that which it refers to, if it refers to a file.
func put(v any, dir string) (any, error) {
	m, _ := v.(map[string]any)
	ref, ok := m["$ref"].(string)
	if !ok || strings.HasPrefix(ref, "#") {
		return v, nil
	}
	return elsewhere(ref, dir)
}

// elsewhere is what a reference to another file refers to, with the references in it made those of the file that has it.
func elsewhere(ref, dir string) (any, error) {
	file, fragment, _ := strings.Cut(ref, "#")
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(file)))
	if err != nil {
		return nil, err
	}
	var tree any
	if err := yaml.Unmarshal(data, &tree); err != nil {
		return nil, err
	}
	tree = spec.Textual(tree)
	if root, ok := tree.(map[string]any); ok && fragment != "" {
		if tree = follow(root, "#"+fragment, 20); tree == nil {
			return nil, fmt.Errorf("%s leads nowhere", ref)
		}
	}
	moveRefs(tree, file)
	return tree, nil
}

// moveRefs makes references of a file those of the one that it is put into.
func moveRefs(v any, file string) {
	switch v := v.(type) {
	case map[string]any:
		if ref, ok := v["$ref"].(string); ok {
			v["$ref"] = moved(ref, file)
		}
		if d, ok := v["discriminator"].(map[string]any); ok {
			mapping, _ := d["mapping"].(map[string]any)
			for value, ref := range mapping {
				if ref, ok := ref.(string); ok && strings.ContainsAny(ref, "#/") { // not the name of a component
					mapping[value] = moved(ref, file)
				}
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

func moved(ref, file string) string {
	if strings.Contains(ref, "://") {
		return ref
	}
	if fragment, own := strings.CutPrefix(ref, "#"); own {
		return file + "#" + fragment
	}
	return path.Join(path.Dir(file), ref)
}
