package driver

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"
)

// read turns what a method returned into what can be compared with what the server sent.
func read(v reflect.Value) *Result {
	r := &Result{Type: v.Type().String()}
	for v.Kind() == reflect.Interface && !v.IsNil() {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Map, reflect.Func:
		if v.IsNil() {
			r.Nil = true
			return r
		}
	}
	if v.Kind() == reflect.Struct && strings.HasPrefix(v.Type().Name(), "Opt[") {
		got := pointer(v).MethodByName("Get").Call(nil)
		if !got[1].Bool() {
			r.JSON = json.RawMessage("null")
			return r
		}
		return read(got[0])
	}
	switch x := v.Interface().(type) {
	case io.Reader:
		data, err := io.ReadAll(x)
		r.Bytes = append([]byte{}, data...)
		r.failed(err)
		if c, ok := x.(io.Closer); ok {
			r.failed(c.Close())
		}
		return r
	case string:
		r.Bytes = append([]byte{}, x...)
	case json.Marshaler, time.Time:
		return r.marshal(x)
	}
	switch {
	case v.Kind() == reflect.Func:
		return r.sequence(v)
	case v.Kind() == reflect.Pointer && v.Elem().Kind() == reflect.Struct && v.Elem().FieldByName("Status").IsValid():
		return r.several(v.Elem())
	case v.Kind() == reflect.Struct && v.FieldByName("Status").IsValid():
		return r.several(v)
	}
	return r.marshal(v.Interface())
}

func (r *Result) failed(err error) {
	if err != nil && r.Error == "" {
		r.Error = err.Error()
	}
}

func (r *Result) marshal(v any) *Result {
	text, err := json.Marshal(v)
	r.JSON = text
	r.failed(err)
	return r
}

// sequence collects what an iter.Seq2[T, error] yields.
func (r *Result) sequence(v reflect.Value) *Result {
	r.Stream = true
	items := []json.RawMessage{}
	for item, err := range v.Seq2() {
		if err, ok := err.Interface().(error); ok && err != nil {
			if len(items) == 0 {
				r.failure = err
			}
			r.failed(err)
			break
		}
		one := read(item)
		if one.Error != "" {
			r.failed(errors.New(one.Error))
		}
		if one.JSON == nil && one.Bytes != nil {
			one.marshal(string(one.Bytes))
		}
		items = append(items, one.JSON)
	}
	return r.marshal(items)
}

// several reads a result that is one of several: a struct with the status and a field for each.
func (r *Result) several(v reflect.Value) *Result {
	r.Parts = map[string]*Result{}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		switch {
		case !f.IsExported() || v.Field(i).IsZero():
		case f.Name == "Status":
			r.Status = int(v.Field(i).Int())
		default:
			r.Parts[f.Name] = read(v.Field(i))
		}
	}
	return r
}

// failure reads an error of the API.
func (reply *Reply) failure(err error) {
	for ; err != nil; err = errors.Unwrap(err) {
		v := reflect.Indirect(reflect.ValueOf(err))
		if v.Kind() != reflect.Struct {
			continue
		}
		status := v.FieldByName("Status")
		if !status.IsValid() || !status.CanInt() {
			continue
		}
		reply.Status = int(status.Int())
		if body := v.FieldByName("Body"); body.IsValid() && body.Kind() == reflect.Slice {
			reply.Body = body.Bytes()
		}
		if detail := v.FieldByName("Detail"); detail.IsValid() && !detail.IsZero() {
			reply.Detail = read(detail)
		}
		return
	}
}

// pointer points at a copy of a value: the methods of optional values have pointers as receivers.
func pointer(v reflect.Value) reflect.Value {
	p := reflect.New(v.Type())
	p.Elem().Set(v)
	return p
}

// fields lists those of a struct that are set, as text or JSON.
func fields(v reflect.Value) map[string]any {
	out := map[string]any{}
	for i := range v.NumField() {
		f, value := v.Type().Field(i), v.Field(i)
		if !f.IsExported() || value.IsZero() {
			continue
		}
		if get := pointer(value).MethodByName("Get"); get.IsValid() {
			value = get.Call(nil)[0]
		}
		out[f.Name] = value.Interface()
		if _, err := json.Marshal(out[f.Name]); err != nil {
			out[f.Name] = fmt.Sprint(value.Interface())
		}
	}
	return out
}
