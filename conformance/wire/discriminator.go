package main

import (
	"slices"
	"strings"
)

// dropIdle takes out discriminators that tell no member from another: those over members that are no components, which the
// standard leaves out of account, and those without a mapping whose values, the names of components, no member allows.
func dropIdle(root, v map[string]any) {
	if d, ok := v["discriminator"].(map[string]any); ok && idle(root, v, d) {
		delete(v, "discriminator")
	}
}

func idle(root, union, discriminator map[string]any) bool {
	members, ok := union["oneOf"].([]any)
	if !ok {
		members, ok = union["anyOf"].([]any)
	}
	name, named := discriminator["propertyName"].(string)
	if !ok || !named {
		return false
	}
	refs := make([]string, len(members))
	for i, m := range members {
		m, _ := m.(map[string]any)
		refs[i], _ = m["$ref"].(string)
		if refs[i] == "" {
			return true
		}
	}
	if discriminator["mapping"] != nil {
		return false
	}
	return !slices.ContainsFunc(refs, func(ref string) bool { return tells(root, ref, name) })
}

// tells reports whether a component may have its name for the value of a property.
func tells(root map[string]any, ref, property string) bool {
	if !strings.HasPrefix(ref, "#/") {
		return true // of another file: who knows
	}
	component, _ := follow(root, ref, 20).(map[string]any)
	properties, ok := component["properties"].(map[string]any)
	if !ok {
		return true // it has them from elsewhere
	}
	p, _ := properties[property].(map[string]any)
	if ref, ok := p["$ref"].(string); ok && strings.HasPrefix(ref, "#/") {
		p, _ = follow(root, ref, 20).(map[string]any)
	}
	if p == nil {
		return false
	}
	allowed, listed := p["enum"].([]any)
	return !listed || slices.Contains(allowed, any(ref[strings.LastIndexByte(ref, '/')+1:]))
}
