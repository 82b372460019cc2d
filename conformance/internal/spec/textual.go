package spec

import "fmt"

// Textual gives a document that YAML was read from the keys that JSON wants: those that YAML takes for numbers or booleans
// are texts.
func Textual(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			v[k] = Textual(e)
		}
	case map[any]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			out[fmt.Sprint(k)] = Textual(e)
		}
		return out
	case []any:
		for i, e := range v {
			v[i] = Textual(e)
		}
	}
	return v
}
