package json

import (
	"fmt"
	"slices"
)

// Check reports the first mistake in types, and in those that they lead to. It is for the tests of
// generators: the rest of the package takes descriptions for correct.
func Check(types ...*Type) error {
	c := checker{elements: make(map[*Type]bool), values: make(map[*Type]bool), seen: make(map[*Type]bool)}
	for _, t := range types {
		c.meet(t)
	}
	for i := 0; i < len(c.queue); i++ { // it grows
		if t := c.queue[i]; t.Kind != Invalid {
			if err := c.typed(t); err != nil {
				return fmt.Errorf("json: type %s: %w", t.Name, err)
			}
		} else {
			return fmt.Errorf("json: type %s: no kind", t.Name)
		}
	}
	for _, t := range c.queue {
		if t.Union != nil && c.holdsItself(t.Union, make(map[*Union]bool)) {
			return fmt.Errorf("json: union %s is a variant of itself", t.Union.Name)
		}
		own := t.Kind == Struct || t.Kind == Tuple || t.Kind == Marshaled || t.Flags&Optional != 0
		if c.elements[t] && t.Slice == nil && own {
			return fmt.Errorf("json: type %s: no Slice, but it is an element, a map value, a variant or behind a pointer", t.Name)
		}
		if c.values[t] && (t.Store == nil || t.Range == nil) {
			return fmt.Errorf("json: type %s: no Store or no Range, but it is a map value", t.Name)
		}
	}
	return nil
}

// checker checks types, and gathers what is used how.
type checker struct {
	queue    []*Type // what is to be checked, each once
	seen     map[*Type]bool
	elements map[*Type]bool // types that need a Slice
	values   map[*Type]bool // types that need Store and Range
}

// meet takes note of a type, and returns the one it stands for; nil when there is none.
func (c *checker) meet(t *Type) *Type {
	if t == nil {
		return nil
	}
	if t = t.Real(); t != nil && !c.seen[t] {
		c.seen[t] = true
		c.queue = append(c.queue, t)
	}
	return t
}

func (w *Wire) complete() bool {
	switch w.Kind {
	case WireBool:
		return w.True != w.False
	case WireList:
		return w.Separator != "" && (w.Elem == String || w.Elem == Int)
	case WireTime:
		return len(w.Layouts) > 0
	case WireInt, WireInt64, WireUint64, WireFloat, WireBase64URL, WireBase16:
		return true
	}
	return false
}

func (c *checker) typed(t *Type) error {
	switch t.Kind {
	case Struct:
		if err := c.members(t); err != nil {
			return err
		}
	case Tuple:
		if t.Flags&HasPresence != 0 {
			return fmt.Errorf("a tuple has no presence")
		}
	case Wired, Interface, Marshaled:
		if t.Sub == nil && t.Wire == nil && t.Union == nil && t.Text == nil {
			return fmt.Errorf("its form is missing")
		}
		return c.value(t.Kind, t.Flags, t.Form())
	default:
		if t.Flags&HasAdditional != 0 {
			return fmt.Errorf("additional members of what is no struct")
		}
		if t.Flags&Optional != 0 && t.Size == 0 {
			return fmt.Errorf("an Opt without a size")
		}
		return c.value(t.Kind, t.Flags, t.Form())
	}
	return c.fields(t)
}

// members checks what a struct has that a tuple does not: the names.
func (c *checker) members(t *Type) error {
	keys := make([]string, len(t.Fields))
	for i := range t.Fields {
		key := t.Fields[i].Key
		keys[i] = key
		switch {
		case !isKey(key):
			return fmt.Errorf("field %d has the key %q, which is not as Key gives it", i, key)
		case slices.Contains(keys[:i], key):
			return fmt.Errorf("the key %q is there twice", key)
		}
	}
	if len(keys) > 0 && !slices.Equal(t.Index, Index(keys)) {
		return fmt.Errorf("the index is not that of the keys")
	}
	if t.Flags&HasPresence != 0 && t.Presence+pointerSize > t.Size {
		return fmt.Errorf("the presence field does not lie in the struct")
	}
	return nil
}

func isKey(key string) bool {
	return len(key) >= len(`,"":`) && key[0] == ',' && quoted(key, 1) == len(key)-1 && Key(memberName(key, 1)) == key
}

// fields checks the fields of a struct or tuple.
func (c *checker) fields(t *Type) error {
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Kind == Constant || f.Const != "" {
			if err := Valid([]byte(f.Const)); err != nil {
				return fmt.Errorf("the constant of field %d %q: %w", i, f.Key, err)
			}
		}
		if f.Kind == Constant {
			continue
		}
		if err := c.value(f.Kind, f.Flags, f.Sub); err != nil {
			return fmt.Errorf("field %d %q: %w", i, f.Key, err)
		}
		size := valueSize(f.Kind, f.Flags, f.Sub)
		if f.Flags&Optional != 0 {
			size++
		}
		if f.Off+size > t.Size {
			return fmt.Errorf("field %d %q does not lie in the struct", i, f.Key)
		}
	}
	if t.Flags&HasAdditional == 0 {
		return nil
	}
	kind, size := Map, pointerSize
	if t.Kind == Tuple {
		kind, size = Slice, sliceSize
	}
	if t.Additional+size > t.Size {
		return fmt.Errorf("the additional members do not lie in the struct")
	}
	return c.value(kind, 0, t.Sub)
}

// value checks what a field or an element says of its values.
func (c *checker) value(kind Kind, fl Flags, sub *Type) error {
	switch kind {
	case String, Bool, Int, Int32, Int64, Uint32, Uint64, Float32, Float64, Decimal, Time, Bytes, Any, Strings:
	case Object, Slice, Map:
		t := c.meet(sub)
		if t == nil {
			return fmt.Errorf("no type")
		}
		if kind == Object && t.Kind != Struct && t.Kind != Tuple {
			return fmt.Errorf("type %s is not a struct", t.Name)
		}
		if kind != Object || fl&Pointer != 0 {
			c.elements[t] = true
		}
		if kind == Map {
			c.values[t] = true
		}
	case Wired:
		if sub == nil || sub.Wire == nil || !sub.Wire.complete() {
			return fmt.Errorf("the wire form is missing or not complete")
		}
	case Interface:
		t := c.meet(sub)
		if t == nil || t.Union == nil {
			return fmt.Errorf("the union is missing")
		}
		if err := c.union(t.Union); err != nil {
			return fmt.Errorf("union %s: %w", t.Union.Name, err)
		}
	case Marshaled:
		if sub == nil || sub.Text == nil || sub.Text.Size == 0 || sub.Text.Append == nil || sub.Text.Parse == nil || sub.Text.IsZero == nil {
			return fmt.Errorf("the form of the text is missing or not complete")
		}
	default:
		return fmt.Errorf("kind %d is not one of a value", kind)
	}
	if fl&Pointer != 0 && kind != Object {
		return fmt.Errorf("a pointer to what is not an object")
	}
	return nil
}

func (c *checker) union(u *Union) error {
	if u.Put == nil || u.Get == nil || len(u.Variants) == 0 {
		return fmt.Errorf("no Put, no Get or no variants")
	}
	if u.Key != "" && !isKey(u.Key) {
		return fmt.Errorf("the key %q is not as Key gives it", u.Key)
	}
	defaults := 0
	var values []string
	for i := range u.Variants {
		v := &u.Variants[i]
		t := c.meet(v.Type)
		if t == nil {
			return fmt.Errorf("a variant without a type")
		}
		c.elements[t] = true
		switch {
		case t.Kind == Object || t.Flags&(Optional|Nullable|Pointer) != 0:
			return fmt.Errorf("variant %s is a pointer, optional or nullable", t.Name)
		case u.Key == "" && (v.Default || len(v.Values) > 0):
			return fmt.Errorf("variant %s has values, but there is no key", t.Name)
		}
		if v.Default {
			defaults++
		}
		for _, value := range v.Values {
			if err := Valid([]byte(value)); err != nil {
				return fmt.Errorf("variant %s: the value %q: %w", t.Name, value, err)
			}
			if value[0] == '{' || value[0] == '[' || value[0] == '"' && value != string(AppendString(nil, memberName(value, 0))) {
				return fmt.Errorf("variant %s: the value %s is no scalar, or not written in the shortest way", t.Name, value)
			}
			if !u.Shared && slices.ContainsFunc(values, func(have string) bool { return sameScalar(have, value) }) {
				return fmt.Errorf("variant %s: the value %s is there twice", t.Name, value)
			}
			values = append(values, value)
		}
	}
	if defaults > 1 {
		return fmt.Errorf("two variants are the default")
	}
	if u.Guess && (u.Key == "" || defaults > 0) {
		return fmt.Errorf("objects without the key are guessed, but there is no key, or a default")
	}
	if u.Key != "" && defaults+len(values) == 0 {
		return fmt.Errorf("no variant has a value of the key %q", u.Key)
	}
	return nil
}

// holdsItself reports whether a union is one of its own variants, or one of theirs: no text would tell how
// often.
func (c *checker) holdsItself(u *Union, open map[*Union]bool) bool {
	if open[u] {
		return true
	}
	open[u] = true
	defer delete(open, u)
	for _, v := range u.Variants {
		if t := v.Type.Real(); t.Kind == Interface && t.Form().Real().Union != nil && c.holdsItself(t.Form().Real().Union, open) {
			return true
		}
	}
	return false
}
