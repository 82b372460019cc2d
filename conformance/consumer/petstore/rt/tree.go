package rt

import "example.com/consumer/petstore/rt/json"

// tree is a value taken apart, for parameters and forms, which write something else than JSON of it.
type tree = json.Tree

// composite reports whether a value has parts.
func composite(t *tree) bool { return t.Kind >= json.TreeArray }

// defined is the value without what is null in it: to styles and forms that is not there (RFC 6570, section 2.3).
// What lies deeper stays: it may be written as JSON.
func defined(t *tree) tree {
	out := *t
	out.Items, out.Names = nil, nil
	for i := range t.Items {
		if t.Items[i].Kind == json.TreeNull {
			continue
		}
		out.Items = append(out.Items, t.Items[i])
		if t.Kind == json.TreeObject {
			out.Names = append(out.Names, t.Names[i])
		}
	}
	return out
}

// plain is the text of the value where a style knows scalars only: lists and objects are JSON.
func plain(t *tree) string {
	if composite(t) {
		return jsonOf(t)
	}
	return t.Text
}

func jsonOf(t *tree) string { return string(json.AppendTree(nil, t)) }

// partsOf are the texts of a list, or the names and texts of an object in turn.
func partsOf(t *tree) []string {
	parts := make([]string, 0, 2*len(t.Items))
	for i := range t.Items {
		if t.Kind == json.TreeObject {
			parts = append(parts, t.Names[i])
		}
		parts = append(parts, plain(&t.Items[i]))
	}
	return parts
}
