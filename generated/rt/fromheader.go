package rt

import (
	"errors"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/pantograph-go/pantograph/generated/rt/json"
	"github.com/pantograph-go/pantograph/generated/rt/lexical"
)

// HeaderDecoder is a generated struct of documented headers: see [WithHeaderInto].
type HeaderDecoder interface {
	DecodeHeader(http.Header) error
}

// HeaderReader reads documented headers, leniently: one that cannot be read is absent. The functions of
// this file read one header each; Err tells what they could not read.
type HeaderReader struct {
	Header http.Header
	bad    []Deviation
}

// Err returns a [*DeviationError] for the headers that could not be read, or nil.
func (r *HeaderReader) Err() error {
	if len(r.bad) == 0 {
		return nil
	}
	return &DeviationError{Deviations: r.bad}
}

//go:noinline
func (r *HeaderReader) fail(name string, err error) {
	r.bad = append(r.bad, Deviation{Code: BadHeader, Message: "the header " + name + " " + err.Error()})
}

// text returns the value of a header, and whether it is there.
//
//go:noinline
func (r *HeaderReader) text(name string) (string, bool) {
	values := r.Header.Values(name)
	return strings.TrimSpace(strings.Join(values, ", ")), len(values) > 0
}

// FromHeader reads a text, number or boolean.
func FromHeader[T Scalar](r *HeaderReader, name string) Opt[T] {
	text, ok := r.text(name)
	if !ok {
		return Opt[T]{}
	}
	v, err := ParseScalar[T](text)
	if err != nil {
		r.fail(name, err)
		return Opt[T]{}
	}
	return Some(v)
}

// ListFromHeader reads a list that is separated by commas, or given in several headers.
func ListFromHeader[T Scalar](r *HeaderReader, name string) []T {
	text, ok := r.text(name)
	if !ok {
		return nil
	}
	list := []T{}
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue // RFC 9110, section 5.6.1
		}
		v, err := ParseScalar[T](part)
		if err != nil {
			r.fail(name, err)
			continue
		}
		list = append(list, v)
	}
	return list
}

// TimeFromHeader reads a time in the first of the layouts that fits, or as HTTP writes dates.
func TimeFromHeader(r *HeaderReader, name string, layouts ...string) Opt[time.Time] {
	text, ok := r.text(name)
	if !ok {
		return Opt[time.Time]{}
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil {
			return Some(t)
		}
	}
	t, err := http.ParseTime(text)
	if err != nil {
		r.fail(name, errors.New("is no time"))
		return Opt[time.Time]{}
	}
	return Some(t)
}

// JSONFromHeader reads a value that stands in a header as JSON; nil when it is absent.
func JSONFromHeader[T any](r *HeaderReader, name string, ref func(*T) json.Ref) *T {
	text, ok := r.text(name)
	if !ok {
		return nil
	}
	v := new(T)
	if err := json.Decode([]byte(text), ref(v), json.DecodeOptions{}); err != nil {
		r.fail(name, err)
		return nil
	}
	return v
}

// ObjectFromHeader reads an object in the style simple, which is the style of headers: names and values in turn or, exploded,
// pairs; nil when it is absent.
func ObjectFromHeader[T any](r *HeaderReader, name string, explode bool, ref func(*T) json.Ref) *T {
	text, ok := r.text(name)
	if !ok {
		return nil
	}
	v := new(T)
	object, err := simpleObject(text, explode, lexical.Of(ref(v)))
	if err == nil {
		err = json.Decode(object, ref(v), json.DecodeOptions{})
	}
	if err != nil {
		r.fail(name, err)
		return nil
	}
	return v
}

// simpleObject makes JSON of an object in the style simple. What is not of its type stays a text.
func simpleObject(text string, explode bool, s lexical.Shape) ([]byte, error) {
	var out lexical.Members
	parts := strings.Split(text, ",")
	for i := 0; i < len(parts); i++ {
		name, value, ok := strings.Cut(parts[i], "=")
		if !explode {
			if name, ok = parts[i], i+1 < len(parts); ok {
				i++
				value = parts[i]
			}
		}
		switch {
		case !ok && strings.TrimSpace(text) == "": // of no members
			continue
		case !ok:
			return nil, errors.New("is no object")
		}
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		member, known := s.Member(name)
		b, err := member.JSON(value)
		if err != nil || !known {
			b = json.AppendString(nil, value)
		}
		out.Add(name, b)
	}
	return out.End(), nil
}

// ParseScalar reads the text of a value, as parameters and headers hold it.
func ParseScalar[T Scalar](text string) (v T, err error) {
	err = readScalar(&v, text)
	return v, err
}

// readScalar reads the text of a value into what v points to. It is what is compiled once, not with every generated package.
//
//go:noinline
func readScalar(v any, text string) error {
	switch r := reflect.ValueOf(v).Elem(); r.Kind() {
	case reflect.String:
		r.SetString(text)
	case reflect.Bool:
		if text != "true" && text != "false" {
			return errors.New("is neither true nor false")
		}
		r.SetBool(text == "true")
	case reflect.Float32, reflect.Float64:
		f, err := strconv.ParseFloat(text, r.Type().Bits())
		if err != nil {
			return errors.New("is no number")
		}
		r.SetFloat(f)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n, err := strconv.ParseInt(text, 10, r.Type().Bits())
		if err != nil {
			return errors.New("is no integer")
		}
		r.SetInt(n)
	default:
		n, err := strconv.ParseUint(text, 10, r.Type().Bits())
		if err != nil {
			return errors.New("is no integer")
		}
		r.SetUint(n)
	}
	return nil
}
