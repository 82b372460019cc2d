package fake

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pantograph-go/pantograph/generated/rt"
)

// The functions of this file read what their namesakes in package rt write, and refuse all else.
// They are called for every parameter of an operation: what none of them asked for is unknown.

// query is a query string, in the order of the wire.
type query struct {
	pairs []pair
	err   error
}

type pair struct{ name, value, raw string } // raw is the value before it is unescaped

func parseQuery(raw string) query {
	var q query
	if raw == "" {
		return q
	}
	for part := range strings.SplitSeq(raw, "&") {
		name, value, ok := strings.Cut(part, "=")
		n, err := url.QueryUnescape(name)
		v, err2 := url.QueryUnescape(value)
		switch {
		case err != nil || err2 != nil:
			q.err = errors.New("has a broken escape in its query")
		case !ok:
			q.err = errors.New("has a query parameter without a value")
		}
		q.pairs = append(q.pairs, pair{n, v, value})
	}
	return q
}

func (q *query) unknown(known []string) []string {
	var out []string
	for _, p := range q.pairs {
		if !slices.Contains(known, p.name) && !slices.Contains(out, p.name) {
			out = append(out, p.name)
		}
	}
	return out
}

// values returns the values of a query parameter, and makes it known.
func (x *Exchange) values(name string) []string {
	x.asked = append(x.asked, name)
	var out []string
	for _, p := range x.query.pairs {
		if p.name == name {
			out = append(out, p.value)
		}
	}
	return out
}

// one returns the value of a query parameter that may stand there once.
func (x *Exchange) one(name string) (string, bool) {
	v := x.values(name)
	if len(v) > 1 {
		x.problem(name, "repeated", "is given more than once", nil)
	}
	if len(v) == 0 {
		return "", false
	}
	return v[0], true
}

// header returns the value of a header parameter.
func (x *Exchange) header(name string) (string, bool) {
	v := x.r.Header.Values(name)
	if len(v) > 1 {
		x.problem(name, "repeated", "is given more than once", nil)
	}
	if len(v) == 0 {
		return "", false
	}
	return v[0], true
}

// Query reads an optional query parameter.
func Query[T rt.Scalar](x *Exchange, name string) rt.Opt[T] {
	text, ok := x.one(name)
	return scalar[T](x, name, text, ok)
}

// QueryValue reads a required query parameter.
func QueryValue[T rt.Scalar](x *Exchange, name string) T { return required(x, name, Query[T](x, name)) }

// QueryFlag reads a boolean that the wire writes as one of two words.
func QueryFlag(x *Exchange, name, yes, no string) rt.Opt[bool] {
	text, ok := x.one(name)
	return flag(x, name, text, ok, yes, no)
}

// QueryFlagValue reads a required boolean that the wire writes as one of two words.
func QueryFlagValue(x *Exchange, name, yes, no string) bool {
	return required(x, name, QueryFlag(x, name, yes, no))
}

// QueryTime reads a time in the given layout.
func QueryTime(x *Exchange, name, layout string) rt.Opt[time.Time] {
	text, ok := x.one(name)
	return moment(x, name, text, ok, layout)
}

// QueryTimeValue reads a required time in the given layout.
func QueryTimeValue(x *Exchange, name, layout string) time.Time {
	return required(x, name, QueryTime(x, name, layout))
}

// QueryList reads a list. Elements that are separated by blanks or bars cannot hold those.
func QueryList[T rt.Scalar](x *Exchange, name string, style rt.ListStyle) []T {
	if style == rt.ListRepeat {
		return elements[T](x, name, x.values(name))
	}
	if style == rt.ListComma {
		return commaList[T](x, name)
	}
	text, ok := x.one(name)
	if !ok {
		return nil
	}
	return elements[T](x, name, split(text, map[rt.ListStyle]string{rt.ListSpace: " ", rt.ListPipe: "|"}[style]))
}

// commaList reads a list whose commas separate before anything is unescaped: one that belongs to an element is
// escaped.
func commaList[T rt.Scalar](x *Exchange, name string) []T {
	if _, ok := x.one(name); !ok {
		return nil
	}
	i := slices.IndexFunc(x.query.pairs, func(p pair) bool { return p.name == name })
	texts, err := unescaped(split(x.query.pairs[i].raw, ","), url.QueryUnescape)
	if err != nil {
		return nil // the query is refused as a whole
	}
	return elements[T](x, name, texts)
}

// Header reads an optional header parameter.
func Header[T rt.Scalar](x *Exchange, name string) rt.Opt[T] {
	text, ok := x.header(name)
	return scalar[T](x, name, text, ok)
}

// HeaderValue reads a required header parameter.
func HeaderValue[T rt.Scalar](x *Exchange, name string) T {
	return required(x, name, Header[T](x, name))
}

// HeaderFlag reads a boolean that the wire writes as one of two words.
func HeaderFlag(x *Exchange, name, yes, no string) rt.Opt[bool] {
	text, ok := x.header(name)
	return flag(x, name, text, ok, yes, no)
}

// HeaderFlagValue reads a required boolean that the wire writes as one of two words.
func HeaderFlagValue(x *Exchange, name, yes, no string) bool {
	return required(x, name, HeaderFlag(x, name, yes, no))
}

// HeaderTime reads a time in the given layout.
func HeaderTime(x *Exchange, name, layout string) rt.Opt[time.Time] {
	text, ok := x.header(name)
	return moment(x, name, text, ok, layout)
}

// HeaderTimeValue reads a required time in the given layout.
func HeaderTimeValue(x *Exchange, name, layout string) time.Time {
	return required(x, name, HeaderTime(x, name, layout))
}

// HeaderList reads a list that is separated by commas.
func HeaderList[T rt.Scalar](x *Exchange, name string) []T {
	text, ok := x.header(name)
	if !ok {
		return nil
	}
	return elements[T](x, name, split(text, ","))
}

// Cookie reads an optional cookie parameter.
func Cookie[T rt.Scalar](x *Exchange, name string) rt.Opt[T] {
	c, err := x.r.Cookie(name)
	if err != nil {
		return rt.Opt[T]{}
	}
	return scalar[T](x, name, c.Value, true)
}

// CookieValue reads a required cookie parameter.
func CookieValue[T rt.Scalar](x *Exchange, name string) T {
	return required(x, name, Cookie[T](x, name))
}

// QueryOrEmpty reads a query parameter that may be there without a value: null.
func QueryOrEmpty[T rt.Scalar](x *Exchange, name string) rt.Opt[T] {
	text, ok := x.one(name)
	if ok && text == "" {
		return rt.Null[T]()
	}
	return scalar[T](x, name, text, ok)
}

// Path reads a path parameter.
func Path[T rt.Scalar](x *Exchange, name string) T {
	text, ok := x.params[name]
	return required(x, name, scalar[T](x, name, text, ok))
}

func split(text, separator string) []string {
	if text == "" {
		return []string{}
	}
	return strings.Split(text, separator)
}

func elements[T rt.Scalar](x *Exchange, name string, texts []string) []T {
	if texts == nil {
		return nil
	}
	out := make([]T, 0, len(texts))
	for _, t := range texts {
		element := scalar[T](x, name, t, true)
		if v, ok := element.Get(); ok {
			out = append(out, v)
		}
	}
	return out
}

func required[T any](x *Exchange, name string, v rt.Opt[T]) T {
	value, ok := v.Get()
	if !ok {
		x.Missing(name)
	}
	return value
}

func (x *Exchange) blamed(name string) bool {
	return slices.ContainsFunc(x.problems, func(v rt.Violation) bool { return v.Path == name })
}

func flag(x *Exchange, name, text string, ok bool, yes, no string) rt.Opt[bool] {
	switch {
	case !ok:
		return rt.Opt[bool]{}
	case text == yes:
		return rt.Some(true)
	case text == no:
		return rt.Some(false)
	}
	x.problem(name, "form", "is neither "+strconv.Quote(yes)+" nor "+strconv.Quote(no), text)
	return rt.Opt[bool]{}
}

func moment(x *Exchange, name, text string, ok bool, layout string) rt.Opt[time.Time] {
	if !ok {
		return rt.Opt[time.Time]{}
	}
	t, err := time.Parse(layout, text)
	// Package time is lenient with single digits and fractions; the service is not. A zone has several spellings.
	zoned := strings.Contains(layout, "07") || strings.Contains(layout, "MST")
	if err != nil || !zoned && t.Format(layout) != text {
		x.problem(name, "form", "is no time of the form "+layout, text)
		return rt.Opt[time.Time]{}
	}
	return rt.Some(t)
}

// scalar reads a value of any scalar kind.
func scalar[T rt.Scalar](x *Exchange, name, text string, ok bool) rt.Opt[T] {
	if !ok {
		return rt.Opt[T]{}
	}
	v, err := rt.ParseScalar[T](text)
	if err != nil {
		x.problem(name, "form", err.Error(), text)
		return rt.Opt[T]{}
	}
	return rt.Some(v)
}
