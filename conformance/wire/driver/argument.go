package driver

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"
	"unsafe"
)

// argument makes the value of an argument.
func (d *driver) argument(v reflect.Value, arg Arg) error {
	switch {
	case !arg.Given:
		return nil
	case arg.Bytes != nil && v.Kind() == reflect.Interface && reflect.TypeFor[*bytes.Reader]().Implements(v.Type()):
		v.Set(reflect.ValueOf(bytes.NewReader(arg.Bytes)))
		return nil
	case arg.Bytes != nil && v.Kind() == reflect.String:
		v.SetString(string(arg.Bytes))
		return nil
	case arg.Bytes != nil && v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		v.SetBytes(arg.Bytes)
		return nil
	case arg.Bytes != nil:
		return fmt.Errorf("bytes are no %v", v.Type())
	case arg.Value != nil:
		return d.set(v, arg.Value)
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	for _, f := range arg.Fields {
		field := v.FieldByName(f.Name)
		if !field.IsValid() {
			return fmt.Errorf("there is no field %s", f.Name)
		}
		if err := d.set(field, f.Value); err != nil {
			return fmt.Errorf("field %s: %w", f.Name, err)
		}
	}
	return nil
}

// optional is how an optional value is made: it has no setter, and generics have no reflection.
func optional(v reflect.Value) (value, state reflect.Value, ok bool) {
	if v.Kind() != reflect.Struct || !strings.HasPrefix(v.Type().Name(), "Opt[") || !v.FieldByName("state").IsValid() {
		return value, state, false
	}
	open := func(f reflect.Value) reflect.Value {
		return reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem()
	}
	return open(v.FieldByName("v")), open(v.FieldByName("state")), true
}

// set decodes JSON into a value of any type of the package.
func (d *driver) set(v reflect.Value, data json.RawMessage) error {
	if value, state, ok := optional(v); ok {
		if string(data) == "null" {
			state.SetUint(2)
			return nil
		}
		state.SetUint(1)
		return d.set(value, data)
	}
	if v.Type() == reflect.TypeFor[time.Time]() {
		return d.time(v, data)
	}
	if v.Type().Name() == "FilePart" {
		return d.file(v, data)
	}
	if u, ok := v.Addr().Interface().(json.Unmarshaler); ok {
		return d.whole(v, u, data)
	}
	if ref, ok := d.reference(v); ok {
		return d.Decode(ref, data)
	}
	switch v.Kind() {
	case reflect.Pointer:
		if string(data) == "null" {
			return nil
		}
		v.Set(reflect.New(v.Type().Elem()))
		return d.set(v.Elem(), data)
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.Uint8 {
			return d.list(v, data)
		}
	case reflect.Map:
		return d.members(v, data)
	case reflect.Struct:
		return d.object(v, data)
	case reflect.Interface:
		if reflect.TypeFor[*bytes.Reader]().Implements(v.Type()) && v.Type().NumMethod() > 0 {
			return d.reader(v, data)
		}
	case reflect.Int64, reflect.Uint64:
		var text string
		if json.Unmarshal(data, &text) == nil { // a number that is a text on the wire
			data = json.RawMessage(text)
		}
	case reflect.String:
		var text string
		if json.Unmarshal(data, &text) != nil {
			text = string(data) // a number that is kept as text
		}
		v.SetString(text)
		return nil
	}
	return json.Unmarshal(data, v.Addr().Interface())
}

// reference is what the codec of the client knows a value by, where it is no type of its own: a union, a list of unions.
func (d *driver) reference(v reflect.Value) (any, bool) {
	inner := v.Type()
	for inner.Kind() == reflect.Slice || inner.Kind() == reflect.Map {
		inner = inner.Elem()
	}
	if d.Wire == nil || inner.Kind() != reflect.Interface {
		return nil, false
	}
	wire := reflect.ValueOf(d.Wire)
	for i := range wire.NumMethod() {
		if m := wire.Method(i); m.Type().NumIn() == 1 && m.Type().In(0) == reflect.PointerTo(v.Type()) && m.Type().NumOut() == 1 && m.Type().Out(0).Name() == "Ref" {
			return m.Call([]reflect.Value{v.Addr()})[0].Interface(), true
		}
	}
	return nil, false
}

func (d *driver) time(v reflect.Value, data json.RawMessage) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	for _, layout := range append([]string{time.RFC3339Nano, time.DateOnly, time.TimeOnly}, d.Layouts...) {
		if t, err := time.Parse(layout, text); err == nil {
			v.Set(reflect.ValueOf(t))
			return nil
		}
	}
	return fmt.Errorf("%q is no time", text)
}

func (d *driver) list(v reflect.Value, data json.RawMessage) error {
	var items []json.RawMessage
	if len(data) > 0 && data[0] != '[' && data[0] != 'n' {
		items = []json.RawMessage{data} // a parameter that is a value or a list of such: on the wire they are one
	} else if err := json.Unmarshal(data, &items); err != nil {
		return err
	}
	if items == nil {
		return nil
	}
	v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
	for i, item := range items {
		if err := d.set(v.Index(i), item); err != nil {
			return err
		}
	}
	return nil
}

func (d *driver) members(v reflect.Value, data json.RawMessage) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return err
	}
	v.Set(reflect.MakeMap(v.Type()))
	for name, member := range members {
		e := reflect.New(v.Type().Elem()).Elem()
		if err := d.set(e, member); err != nil {
			return err
		}
		v.SetMapIndex(reflect.ValueOf(name).Convert(v.Type().Key()), e)
	}
	return nil
}

// object fills a struct that is no JSON by itself: a file, a form.
func (d *driver) object(v reflect.Value, data json.RawMessage) error {
	names := d.Fields[v.Type().Name()]
	if names == nil {
		return d.file(v, data)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return err
	}
	for name, member := range members {
		field := v.FieldByName(names[name])
		if !field.IsValid() {
			return fmt.Errorf("%v has no field for %q", v.Type(), name)
		}
		if err := d.set(field, member); err != nil {
			return fmt.Errorf("%s: %w", names[name], err)
		}
	}
	return nil
}

// whole decodes a value that is JSON by itself; the files of a form are not, and are put into it after.
func (d *driver) whole(v reflect.Value, u json.Unmarshaler, data json.RawMessage) error {
	files := map[string]json.RawMessage{}
	names := d.Fields[v.Type().Name()]
	if v.Kind() == reflect.Struct && names != nil {
		var members map[string]json.RawMessage
		if json.Unmarshal(data, &members) == nil {
			for wire, name := range names {
				if f := v.FieldByName(name); f.IsValid() && members[wire] != nil && holdsFile(f.Type()) {
					files[name] = members[wire]
					delete(members, wire)
				}
			}
		}
		if len(files) > 0 {
			rest, err := json.Marshal(members)
			if err != nil {
				return err
			}
			data = rest
		}
	}
	if err := u.UnmarshalJSON(data); err != nil {
		return err
	}
	for name, content := range files {
		if err := d.set(v.FieldByName(name), content); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func holdsFile(t reflect.Type) bool {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Map || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Name() == "FilePart" || strings.HasPrefix(t.Name(), "Opt[") && strings.Contains(t.Name(), ".FilePart]")
}

// file makes a file of a form: there is a function for it.
func (d *driver) file(v reflect.Value, data json.RawMessage) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	if d.File == nil {
		return fmt.Errorf("%v cannot be filled", v.Type())
	}
	f := reflect.ValueOf(d.File("file.bin", []byte(text)))
	if !f.Type().AssignableTo(v.Type()) {
		return fmt.Errorf("%v is no file", v.Type())
	}
	v.Set(f)
	return nil
}

func (d *driver) reader(v reflect.Value, data json.RawMessage) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	v.Set(reflect.ValueOf(io.ReadSeeker(bytes.NewReader([]byte(text)))))
	return nil
}
