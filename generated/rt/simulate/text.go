package simulate

import (
	"strings"
	"time"
)

// clock is a time as it is written.
func clock(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// fill replaces in texts what stands in braces and is known: {id}, {parent}, {now}.
func fill(v any, known map[string]any) any {
	switch v := v.(type) {
	case string:
		return filled(v, known)
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			out[k] = fill(x, known)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = fill(x, known)
		}
		return out
	}
	return v
}

func filled(v string, known map[string]any) string {
	out := ""
	for {
		before, rest, ok := strings.Cut(v, "{")
		out += before
		if !ok {
			return out
		}
		path, after, ok := strings.Cut(rest, "}")
		if x := at(known, strings.Split(path, ".")); ok && x != nil {
			out, v = out+text(x), after
		} else {
			out, v = out+"{", rest
		}
	}
}
