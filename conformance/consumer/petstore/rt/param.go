package rt

import (
	"bytes"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Scalar is a parameter value: text, number or boolean, of any named type. Generic functions of
// this package are instantiated with scalars only, which keeps generated packages small.
type Scalar interface {
	~string | ~bool |
		~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 |
		~float32 | ~float64
}

// ListStyle is how a list stands in a query.
type ListStyle uint8

// The styles of lists: name=a&name=b, name=a,b, name=a%20b and name=a%7Cb.
const (
	ListRepeat ListStyle = iota // style form, explode
	ListComma                   // style form without explode
	ListSpace                   // style spaceDelimited
	ListPipe                    // style pipeDelimited
)

// Query adds an optional query parameter. An absent or null value is not sent.
func Query[T Scalar](call *Call, name string, v Opt[T]) {
	if v, ok := v.Get(); ok {
		QueryValue(call, name, v)
	}
}

// QueryValue adds a required query parameter.
func QueryValue[T Scalar](call *Call, name string, v T) {
	call.queryScalar(name, v)
}

// queryScalar, like the other functions that take any value, is what there is to compile once: those with a type parameter
// are compiled anew in each generated package. No method of a type takes a [reflect.Value] either: whoever uses the type
// would compile methods of package reflect.
//
//go:noinline
func (c *Call) queryScalar(name string, v any) { queryReflected(c, name, reflect.ValueOf(v)) }

func queryReflected(c *Call, name string, v reflect.Value) {
	c.queryName(name)
	c.query = appendScalar(c.query, v, appendQueryText)
}

// QueryFlag adds an optional boolean that the wire writes as one of two words.
func QueryFlag(call *Call, name string, v Opt[bool], yes, no string) {
	if v, ok := v.Get(); ok {
		QueryValue(call, name, word(v, yes, no))
	}
}

// QueryTime adds an optional time in the given layout; a layout that ends in Z is written in UTC.
func QueryTime(call *Call, name string, v Opt[time.Time], layout string) {
	if v, ok := v.Get(); ok {
		QueryValue(call, name, formatTime(v, layout))
	}
}

// QueryOrEmpty is Query for a parameter that may be there without a value: null is sent as an empty one.
func QueryOrEmpty[T Scalar](call *Call, name string, v Opt[T]) {
	if v.IsNull() {
		call.queryName(name)
		return
	}
	Query(call, name, v)
}

// QueryList adds a list. A nil list is absent; an empty one is sent as an empty value, which
// ListRepeat cannot express and therefore leaves out. Do refuses an element that holds the blank or bar that would
// separate it.
func QueryList[T Scalar](call *Call, name string, v []T, style ListStyle) {
	if v != nil {
		call.queryList(name, v, style)
	}
}

//go:noinline
func (c *Call) queryList(name string, list any, style ListStyle) {
	v := reflect.ValueOf(list)
	if style == ListRepeat {
		for i := range v.Len() {
			queryReflected(c, name, v.Index(i))
		}
		return
	}
	separator, escaped := byte(0), ","
	switch style {
	case ListSpace:
		separator, escaped = ' ', "%20"
	case ListPipe:
		separator, escaped = '|', "%7C"
	}
	c.queryName(name)
	for i := range v.Len() {
		if i > 0 {
			c.query = append(c.query, escaped...)
		}
		e := v.Index(i)
		if separator != 0 && e.Kind() == reflect.String && strings.IndexByte(e.String(), separator) >= 0 {
			c.refuse(&ParamError{In: "query", Name: name, Reason: holdsSeparator.Error()})
		}
		c.query = appendScalar(c.query, e, appendQueryText)
	}
}

// Header adds an optional header parameter. An absent or null value is not sent.
func Header[T Scalar](call *Call, name string, v Opt[T]) {
	if v, ok := v.Get(); ok {
		HeaderValue(call, name, v)
	}
}

// HeaderValue adds a required header parameter.
func HeaderValue[T Scalar](call *Call, name string, v T) {
	call.header(name, wireText(v))
}

// HeaderFlag adds an optional boolean that the wire writes as one of two words.
func HeaderFlag(call *Call, name string, v Opt[bool], yes, no string) {
	if v, ok := v.Get(); ok {
		call.header(name, word(v, yes, no))
	}
}

// HeaderTime adds an optional time in the given layout; a layout that ends in Z is written in UTC.
func HeaderTime(call *Call, name string, v Opt[time.Time], layout string) {
	if v, ok := v.Get(); ok {
		call.header(name, formatTime(v, layout))
	}
}

// HeaderList adds a list, separated by commas. A nil list is absent. Do refuses an element that holds a comma.
func HeaderList[T Scalar](call *Call, name string, v []T) {
	if v != nil {
		call.headerList(name, v)
	}
}

//go:noinline
func (c *Call) headerList(name string, list any) {
	v := reflect.ValueOf(list)
	var b []byte
	for i := range v.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		from := len(b)
		b = appendScalar(b, v.Index(i), appendText)
		if bytes.IndexByte(b[from:], ',') >= 0 {
			c.refuse(&ParamError{In: "header", Name: name, Reason: holdsSeparator.Error()})
		}
	}
	c.header(name, string(b))
}

// CookieValue adds a required cookie parameter.
func CookieValue[T Scalar](call *Call, name string, v T) {
	call.cookie(name, wireText(v), false)
}

// Cookie adds an optional cookie parameter. An absent or null value is not sent.
func Cookie[T Scalar](call *Call, name string, v Opt[T]) {
	if v, ok := v.Get(); ok {
		CookieValue(call, name, v)
	}
}

func word(v bool, yes, no string) string {
	if v {
		return yes
	}
	return no
}

// formatTime writes a time in the layout of the document.
func formatTime(t time.Time, layout string) string {
	if len(layout) > 0 && layout[len(layout)-1] == 'Z' {
		t = t.UTC()
	}
	return t.Format(layout)
}

// PathText returns the text of a path parameter that is not a string.
func PathText[T Scalar](v T) string { return wireText(v) }

// wireText returns the text of v.
//
//go:noinline
func wireText(scalar any) string {
	v := reflect.ValueOf(scalar)
	if v.Kind() == reflect.String {
		return v.String()
	}
	return string(appendScalar(nil, v, appendText))
}

// appendScalar appends the text of v. Strings go through text; the others need no escaping but for
// the plus sign of an exponent, which 'f' never writes.
func appendScalar(b []byte, v reflect.Value, text func([]byte, string) []byte) []byte {
	switch v.Kind() {
	case reflect.String:
		return text(b, v.String())
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool())
	case reflect.Float32:
		return strconv.AppendFloat(b, v.Float(), 'f', -1, 32)
	case reflect.Float64:
		return strconv.AppendFloat(b, v.Float(), 'f', -1, 64)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(b, v.Int(), 10)
	default:
		return strconv.AppendUint(b, v.Uint(), 10)
	}
}

func appendText(b []byte, s string) []byte { return append(b, s...) }
