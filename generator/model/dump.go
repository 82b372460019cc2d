package model

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
)

// Format is the version of the JSON that API prints, its member "format". It grows when a member goes or changes its
// meaning; new members leave it as it is. docs/model.schema.json describes it.
const Format = 1

// MarshalJSON prints the API as stable JSON: its format, then members in the order of their fields, entries in document
// order, positions as "at". A component schema is printed once, among the schemas; every use of
// it, and every further use of a schema that stands in place, is {"$ref": id}. So cycles end.
func (a *API) MarshalJSON() ([]byte, error) {
	d := dumper{seen: map[*Schema]bool{}}
	d.buf.WriteString(`{"format":` + strconv.Itoa(Format))
	err := d.fields(reflect.ValueOf(a).Elem(), true)
	d.buf.WriteByte('}')
	return d.buf.Bytes(), err
}

// MarshalJSON prints one schema in the form in which API prints it.
func (s *Schema) MarshalJSON() ([]byte, error) {
	d := dumper{seen: map[*Schema]bool{}}
	err := d.schema(s)
	return d.buf.Bytes(), err
}

// dumper writes values of this package.
type dumper struct {
	buf  bytes.Buffer
	seen map[*Schema]bool // printed in full
}

// schema prints a schema in full, with the members that its struct tags leave out.
func (d *dumper) schema(s *Schema) error {
	d.seen[s] = true
	d.buf.WriteString(`{"id":`)
	if err := d.plain(s.ID()); err != nil {
		return err
	}
	if s.Ref != nil {
		d.buf.WriteString(`,"ref":`)
		if err := d.plain(s.Ref.ID()); err != nil {
			return err
		}
	}
	if err := d.fields(reflect.ValueOf(s).Elem(), true); err != nil {
		return err
	}
	return d.buf.WriteByte('}')
}

func (d *dumper) value(v reflect.Value, definition bool) error {
	switch x := v.Interface().(type) {
	case *Schema:
		switch {
		case x == nil:
			return d.plain(nil)
		case x.Name != "" && !definition || d.seen[x]:
			return d.plain(map[string]string{"$ref": x.ID()})
		}
		return d.schema(x)
	case Expression:
		return d.plain(x.Text)
	case DiscriminatorCase:
		return d.plain(struct {
			Value  string `json:"value"`
			Schema string `json:"schema"`
		}{x.Value, x.Schema.ID()})
	case json.Marshaler:
		return d.plain(x)
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return d.plain(nil)
		}
		return d.value(v.Elem(), false)
	case reflect.Struct:
		return d.structure(v)
	case reflect.Slice:
		d.buf.WriteByte('[')
		for i := range v.Len() {
			if i > 0 {
				d.buf.WriteByte(',')
			}
			if err := d.value(v.Index(i), definition); err != nil {
				return err
			}
		}
		return d.buf.WriteByte(']')
	}
	return d.plain(v.Interface())
}

func (d *dumper) structure(v reflect.Value) error {
	d.buf.WriteByte('{')
	if err := d.fields(v, false); err != nil {
		return err
	}
	return d.buf.WriteByte('}')
}

// fields prints the members of a struct by its tags; more says that one stands before them.
func (d *dumper) fields(v reflect.Value, more bool) error {
	_, isAPI := v.Interface().(API)
	var each func(v reflect.Value) error
	each = func(v reflect.Value) error {
		for f, member := range v.Fields() {
			name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			switch pos, isPos := member.Interface().(Pos); {
			case isPos && f.Anonymous:
				if pos == (Pos{}) {
					continue
				}
				name, member = "at", reflect.ValueOf(pos.String())
			case f.Anonymous:
				if err := each(member); err != nil {
					return err
				}
				continue
			case name == "-" || options == "omitempty" && isEmpty(member):
				continue
			}
			if more {
				d.buf.WriteByte(',')
			}
			more = true
			if err := d.plain(name); err != nil {
				return err
			}
			d.buf.WriteByte(':')
			if err := d.value(member, isAPI && name == "schemas"); err != nil {
				return err
			}
		}
		return nil
	}
	return each(v)
}

// isEmpty is the meaning of omitempty.
func isEmpty(v reflect.Value) bool {
	if e, ok := v.Interface().(Expression); ok {
		return e.Text == ""
	}
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

// plain prints what encoding/json prints, with <, > and & as they are.
func (d *dumper) plain(x any) error {
	enc := json.NewEncoder(&d.buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(x); err != nil {
		return err
	}
	d.buf.Truncate(d.buf.Len() - 1) // the newline
	return nil
}
