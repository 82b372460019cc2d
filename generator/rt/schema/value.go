package schema

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pantograph-go/pantograph/generator/rt/decimal"
	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// isOf reports whether a value is of a JSON type.
func isOf(v *json.Tree, name string) bool {
	switch v.Kind {
	case json.TreeNull:
		return name == "null"
	case json.TreeArray:
		return name == "array"
	case json.TreeObject:
		return name == "object"
	}
	switch v.Scalar {
	case json.StringScalar:
		return name == "string"
	case json.BoolScalar:
		return name == "boolean"
	}
	if name == "integer" {
		n, ok := decimal.Parse(v.Text)
		return ok && n.IsInteger()
	}
	return name == "number"
}

func isText(v *json.Tree) bool { return v.Kind == json.TreeScalar && v.Scalar == json.StringScalar }

func length(v *json.Tree) int { return utf8.RuneCountInString(v.Text) }

func texts(t *json.Tree) []string {
	out := make([]string, len(t.Items))
	for i := range t.Items {
		out[i] = t.Items[i].Text
	}
	return out
}

func joined(words []string) string { return strings.Join(words, ", ") }

// member is the value of a member, or nil. Of one that is there twice the last counts.
func member(v *json.Tree, name string) *json.Tree {
	for i := len(v.Names) - 1; i >= 0; i-- {
		if v.Names[i] == name {
			return &v.Items[i]
		}
	}
	return nil
}

// canonical appends a text that equal values have in common.
func canonical(b []byte, v *json.Tree) []byte {
	switch v.Kind {
	case json.TreeNull:
		return append(b, "null"...)
	case json.TreeScalar:
		if v.Scalar == json.StringScalar {
			return json.AppendString(b, v.Text)
		}
		if n, ok := decimal.Parse(v.Text); ok && v.Scalar == json.NumberScalar {
			return n.Append(b)
		}
		return append(b, v.Text...)
	case json.TreeArray:
		b = append(b, '[')
		for i := range v.Items {
			b = append(canonical(b, &v.Items[i]), ',')
		}
		return append(b, ']')
	}
	order := make([]int, len(v.Names))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return strings.Compare(v.Names[i], v.Names[j]) })
	b = append(b, '{')
	for at, i := range order {
		if at+1 < len(order) && v.Names[order[at+1]] == v.Names[i] {
			continue // it is there again, and the last counts
		}
		b = append(canonical(append(json.AppendString(b, v.Names[i]), ':'), &v.Items[i]), ',')
	}
	return append(b, '}')
}
