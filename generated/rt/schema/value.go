package schema

import (
	"strings"
	"unicode/utf8"

	"github.com/pantograph-go/pantograph/generated/rt/decimal"
	"github.com/pantograph-go/pantograph/generated/rt/json"
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
