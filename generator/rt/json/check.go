package json

import (
	"fmt"
	"slices"
)

// Check reports the first mistake in a table. It is for the tests of generators and of generated
// packages: the rest of the package takes tables for correct.
func (t *Table) Check() error {
	c := checker{Table: t, elements: make(map[int]bool), values: make(map[int]bool)}
	for i := range t.Types {
		if err := c.typed(&t.Types[i]); err != nil {
			return fmt.Errorf("json: type %s: %w", t.Types[i].Name, err)
		}
	}
	for i := range t.Wires {
		if !t.Wires[i].complete() {
			return fmt.Errorf("json: wire %d is not complete", i)
		}
	}
	for i := range t.Unions {
		if err := c.union(&t.Unions[i]); err != nil {
			return fmt.Errorf("json: union %s: %w", t.Unions[i].Name, err)
		}
	}
	for i := range t.Unions {
		if c.holdsItself(i, make(map[int]bool)) {
			return fmt.Errorf("json: union %s is a variant of itself", t.Unions[i].Name)
		}
	}
	for i, text := range t.Texts {
		if text.Size == 0 || text.Append == nil || text.Parse == nil || text.IsZero == nil {
			return fmt.Errorf("json: text %d is not complete", i)
		}
	}
	for i, typ := range t.Types {
		own := typ.Kind == Struct || typ.Kind == Tuple || typ.Kind == Marshaled || typ.Flags&Optional != 0
		if c.elements[i] && typ.Grow == nil && own {
			return fmt.Errorf("json: type %s: no Grow, but it is an element, a map value, a variant or behind a pointer", typ.Name)
		}
		if c.values[i] && (typ.Store == nil || typ.Range == nil) {
			return fmt.Errorf("json: type %s: no Store or no Range, but it is a map value", typ.Name)
		}
	}
	return nil
}

// checker checks a table, and gathers what is used how.
type checker struct {
	*Table
	elements map[int]bool // types that need Grow
	values   map[int]bool // types that need Store and Range
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
	default:
		if t.Flags&HasAdditional != 0 {
			return fmt.Errorf("additional members of what is no struct")
		}
		if t.Flags&Optional != 0 && t.Size == 0 {
			return fmt.Errorf("an Opt without a size")
		}
		return c.value(t.Kind, t.Flags, int(t.Sub))
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
		if err := c.value(f.Kind, f.Flags, int(f.Sub)); err != nil {
			return fmt.Errorf("field %d %q: %w", i, f.Key, err)
		}
		size := valueSize(c.Table, f.Kind, f.Flags, f.Sub)
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
	return c.value(kind, 0, int(t.Sub))
}

// value checks what a field or an element says of its values.
func (c *checker) value(kind Kind, fl Flags, sub int) error {
	switch kind {
	case String, Bool, Int, Int32, Int64, Uint32, Uint64, Float32, Float64, Decimal, Time, Bytes, Any, Strings:
	case Object, Slice, Map:
		if sub >= len(c.Types) {
			return fmt.Errorf("no type %d", sub)
		}
		if t := &c.Types[sub]; kind == Object && t.Kind != Struct && t.Kind != Tuple {
			return fmt.Errorf("type %s is not a struct", t.Name)
		}
		if kind != Object || fl&Pointer != 0 {
			c.elements[sub] = true
		}
		if kind == Map {
			c.values[sub] = true
		}
	case Wired:
		if sub >= len(c.Wires) {
			return fmt.Errorf("no wire %d", sub)
		}
	case Interface:
		if sub >= len(c.Unions) {
			return fmt.Errorf("no union %d", sub)
		}
	case Marshaled:
		if sub >= len(c.Texts) {
			return fmt.Errorf("no text %d", sub)
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
		if int(v.Type) >= len(c.Types) {
			return fmt.Errorf("no type %d", v.Type)
		}
		t := &c.Types[v.Type]
		c.elements[int(v.Type)] = true
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
			if slices.ContainsFunc(values, func(have string) bool { return sameScalar(have, value) }) {
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

// holdsItself reports whether union i is one of its own variants, or one of theirs: no text would tell how
// often.
func (c *checker) holdsItself(i int, open map[int]bool) bool {
	if open[i] {
		return true
	}
	open[i] = true
	defer delete(open, i)
	for _, v := range c.Unions[i].Variants {
		if t := &c.Types[v.Type]; t.Kind == Interface && int(t.Sub) < len(c.Unions) && c.holdsItself(int(t.Sub), open) {
			return true
		}
	}
	return false
}
