package json

import (
	"fmt"
	"slices"
)

// Check reports the first mistake in a table. It is for the tests of generators and of generated
// packages: the rest of the package takes tables for correct.
func (t *Table) Check() error {
	elements := make(map[int]bool) // types that need Grow
	values := make(map[int]bool)   // types that need Store and Range
	for i := range t.Types {
		typ := &t.Types[i]
		if typ.Kind != Struct {
			if err := t.checkValue(typ.Kind, typ.Flags, int(typ.Sub), elements, values); err != nil {
				return fmt.Errorf("json: type %s: %w", typ.Name, err)
			}
			if typ.Flags&Optional != 0 && typ.Size == 0 {
				return fmt.Errorf("json: type %s: an Opt without a size", typ.Name)
			}
			continue
		}
		if err := t.checkStruct(typ, elements, values); err != nil {
			return fmt.Errorf("json: type %s: %w", typ.Name, err)
		}
	}
	for i, typ := range t.Types {
		if elements[i] && typ.Grow == nil && (typ.Kind == Struct || typ.Flags&Optional != 0) {
			return fmt.Errorf("json: type %s: no Grow, but it is an element, a map value or behind a pointer", typ.Name)
		}
		if values[i] && (typ.Store == nil || typ.Range == nil) {
			return fmt.Errorf("json: type %s: no Store or no Range, but it is a map value", typ.Name)
		}
	}
	for i, w := range t.Wires {
		wrong := false
		switch w.Kind {
		case WireBool:
			wrong = w.True == w.False
		case WireInt, WireInt64, WireFloat:
		case WireList:
			wrong = w.Separator == "" || w.Elem != String && w.Elem != Int
		case WireTime:
			wrong = len(w.Layouts) == 0
		default:
			wrong = true
		}
		if wrong {
			return fmt.Errorf("json: wire %d is not complete", i)
		}
	}
	return nil
}

func (t *Table) checkStruct(typ *Type, elements, values map[int]bool) error {
	keys := make([]string, len(typ.Fields))
	for i := range typ.Fields {
		f := &typ.Fields[i]
		key := f.Key
		keys[i] = key
		switch {
		case len(key) < len(`,"":`) || key[0] != ',' || quoted(key, 1) != len(key)-1 || Key(memberName(key, 1)) != key:
			return fmt.Errorf("field %d has the key %q, which is not as Key gives it", i, key)
		case slices.Contains(keys[:i], key):
			return fmt.Errorf("the key %q is there twice", key)
		case f.Kind == Constant:
			if err := Valid([]byte(f.Const)); err != nil {
				return fmt.Errorf("the constant %q: %w", key, err)
			}
			continue
		}
		if err := t.checkValue(f.Kind, f.Flags, int(f.Sub), elements, values); err != nil {
			return fmt.Errorf("field %q: %w", key, err)
		}
		size := valueSize(t, f.Kind, f.Flags, f.Sub)
		if f.Flags&Optional != 0 {
			size++
		}
		if f.Off+size > typ.Size {
			return fmt.Errorf("field %q does not lie in the struct", key)
		}
	}
	if typ.Flags&HasPresence != 0 && typ.Presence >= typ.Size {
		return fmt.Errorf("the presence field does not lie in the struct")
	}
	if len(typ.Fields) > 0 && !slices.Equal(typ.Index, Index(keys)) {
		return fmt.Errorf("the index is not that of the keys")
	}
	return nil
}

// checkValue checks what a field or an element says of its values.
func (t *Table) checkValue(kind Kind, fl Flags, sub int, elements, values map[int]bool) error {
	switch kind {
	case String, Bool, Int, Int32, Int64, Uint64, Float32, Float64, Decimal, Time, Bytes, Any, Strings:
	case Object, Slice, Map:
		if sub >= len(t.Types) {
			return fmt.Errorf("no type %d", sub)
		}
		if kind == Object && t.Types[sub].Kind != Struct {
			return fmt.Errorf("type %s is not a struct", t.Types[sub].Name)
		}
		if kind != Object || fl&Pointer != 0 {
			elements[sub] = true
		}
		if kind == Map {
			values[sub] = true
		}
	case Wired:
		if sub >= len(t.Wires) {
			return fmt.Errorf("no wire %d", sub)
		}
	default:
		return fmt.Errorf("kind %d is not one of a value", kind)
	}
	if fl&Pointer != 0 && kind != Object {
		return fmt.Errorf("a pointer to what is not an object")
	}
	return nil
}
