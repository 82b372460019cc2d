package resource

import (
	"github.com/pantograph-go/pantograph/generated/rt/decimal"
	"github.com/pantograph-go/pantograph/generated/rt/json"
)

// child returns the member of an object, the last of several; nil when it has none of the name.
func child(t *json.Tree, name string) *json.Tree {
	for i := len(t.Names) - 1; i >= 0; i-- {
		if t.Names[i] == name {
			return &t.Items[i]
		}
	}
	return nil
}

// at returns the value at a path of members.
func at(t *json.Tree, path []string) *json.Tree {
	for _, name := range path {
		if t == nil {
			return nil
		}
		t = child(t, name)
	}
	return t
}

// put sets a member of an object.
func put(t *json.Tree, name string, v json.Tree) {
	if at := child(t, name); at != nil {
		*at = v
		return
	}
	t.Names, t.Items = append(t.Names, name), append(t.Items, v)
}

// overlay puts a value into a member of an object. Of two objects, the members are put together.
func overlay(t *json.Tree, name string, v *json.Tree) {
	into := child(t, name)
	if into == nil || into.Kind != json.TreeObject || v.Kind != json.TreeObject {
		put(t, name, *v)
		return
	}
	for i, name := range v.Names {
		overlay(into, name, &v.Items[i])
	}
}

// covers reports whether a value that is going to be sent says all that is wanted. Here null is something to say.
func covers(have, want *json.Tree) bool {
	if have == nil || (have.Kind == json.TreeNull) != (want.Kind == json.TreeNull) {
		return false
	}
	return equal(have, want)
}

// equal reports whether a value is as it is wanted: of objects, the members that are wanted.
func equal(have, want *json.Tree) bool {
	switch {
	case none(have) && none(want):
		return true
	case have == nil || have.Kind != want.Kind:
		return false
	}
	switch want.Kind {
	case json.TreeScalar:
		return equalScalars(have, want)
	case json.TreeArray:
		if len(have.Items) != len(want.Items) {
			return false
		}
		for i := range want.Items {
			if !equal(&have.Items[i], &want.Items[i]) {
				return false
			}
		}
		return true
	}
	for i, name := range want.Names {
		if !equal(child(have, name), &want.Items[i]) {
			return false
		}
	}
	return true
}

// none reports whether a value is as good as not there: null, or empty.
func none(t *json.Tree) bool {
	return t == nil || t.Kind != json.TreeScalar && len(t.Items) == 0
}

// equalScalars compares texts exactly and numbers by value. Servers write numbers into texts now and then, so
// such a text counts as the number.
func equalScalars(a, b *json.Tree) bool {
	if a.Text == b.Text {
		return true
	}
	if a.Scalar != json.NumberScalar && b.Scalar != json.NumberScalar {
		return false
	}
	return isNumber(a.Text) && isNumber(b.Text) && decimal.Compare(a.Text, b.Text) == 0
}

func isNumber(text string) bool { return text != "" && json.Number(text).IsValid() }
