package resource

import (
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/rt/json"
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
	x, isX := numberOf(a.Text)
	y, isY := numberOf(b.Text)
	return isX && isY && x == y
}

// number is a decimal number in its only form: its digits, without zeros at either end, and where the point is.
type number struct {
	negative bool
	digits   string
	exponent int // of ten, for the last digit
}

// numberOf reads the text of a JSON number. It is false for other texts, and for exponents beyond all reason.
func numberOf(text string) (n number, ok bool) {
	if text == "" || !json.Number(text).IsValid() {
		return n, false
	}
	n.negative = text[0] == '-'
	text, exponent, _ := strings.Cut(strings.ToLower(strings.TrimPrefix(text, "-")), "e")
	if exponent != "" {
		var err error
		if n.exponent, err = strconv.Atoi(exponent); err != nil || len(exponent) > 9 {
			return n, false
		}
	}
	whole, fraction, _ := strings.Cut(text, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	n.digits = strings.TrimRight(digits, "0")
	if n.digits == "" {
		return number{}, true
	}
	n.exponent += len(digits) - len(n.digits) - len(fraction)
	return n, true
}
