package fake

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"example.com/consumer/petstore/rt"
	"example.com/consumer/petstore/rt/json"
	"example.com/consumer/petstore/rt/lexical"
)

// The methods of this file read what the methods of rt.Call for parameters in a style write, and refuse all else.

// ReadQuery reads a query parameter into v, and reports whether it is there.
func (x *Exchange) ReadQuery(name string, style rt.Style, v json.Ref) bool {
	r := reading{query: &x.query, known: &x.asked}
	text, ok, err := r.read(name, style, lexical.Of(v))
	return x.fill(name, v, text, ok, err)
}

// ReadHeader reads a header parameter.
func (x *Exchange) ReadHeader(name string, style rt.Style, v json.Ref) bool {
	text, ok := x.header(name)
	if !ok {
		return false
	}
	b, err := joined(lexical.Of(v), split(text, ","), text, style, "=")
	return x.fill(name, v, b, true, err)
}

// ReadCookie reads a cookie.
func (x *Exchange) ReadCookie(name string, style rt.Style, v json.Ref) bool {
	var q query
	for _, c := range x.r.Cookies() {
		text := c.Value
		if style&^(rt.Explode|rt.Reserved) == rt.JSON {
			text, _ = url.QueryUnescape(text)
		}
		q.pairs = append(q.pairs, pair{name: c.Name, value: text, raw: text})
	}
	r := reading{query: &q, known: new([]string), plain: true}
	text, ok, err := r.read(name, style, lexical.Of(v))
	return x.fill(name, v, text, ok, err)
}

// ReadPath reads a path parameter.
func (x *Exchange) ReadPath(name string, style rt.Style, v json.Ref) bool {
	raw, ok := x.rawParams[name]
	if !ok {
		return false
	}
	b, err := readSegment(raw, name, style, lexical.Of(v))
	return x.fill(name, v, b, true, err)
}

// fill decodes what was read. It reports whether there was anything.
func (x *Exchange) fill(name string, v json.Ref, text []byte, ok bool, err error) bool {
	switch {
	case err != nil:
		x.problem(name, "form", err.Error(), nil)
		return true
	case !ok:
		return false
	}
	var deviates *rt.DeviationError
	err = json.Decode(text, v, json.DecodeOptions{Mode: json.Strict})
	if errors.As(err, &deviates) {
		for _, d := range deviates.Deviations {
			x.problem(join(name, d.Path), string(d.Code), d.Message, nil)
		}
	} else if err != nil {
		x.problem(name, "form", err.Error(), nil)
	}
	return true
}

func join(name, path string) string {
	if path == "" || path[0] == '[' {
		return name + path
	}
	return name + "." + path
}

// Missing records that a required parameter is not there.
func (x *Exchange) Missing(name string) {
	if !x.blamed(name) {
		x.problem(name, "missing", "is missing", nil)
	}
}

// reading takes values out of a query or form.
type reading struct {
	query *query
	known *[]string  // names that have been asked for
	parts []formPart // of a multipart body
	plain bool       // nothing is escaped: cookies, parts
}

func (r *reading) values(name string) []pair {
	if !slices.Contains(*r.known, name) {
		*r.known = append(*r.known, name)
	}
	var out []pair
	for _, p := range r.query.pairs {
		if p.name == name {
			out = append(out, p)
		}
	}
	return out
}

// read returns the JSON of a value in a style, and whether it is there.
func (r *reading) read(name string, style rt.Style, s lexical.Shape) (text []byte, ok bool, err error) {
	form, explode := style&^(rt.Explode|rt.Reserved), style&rt.Explode != 0
	switch {
	case form == rt.JSON:
		return r.one(name, func(p pair) ([]byte, error) { return []byte(p.value), nil })
	case form == rt.Deep:
		return r.deep(name, s)
	}
	if list, ok := s.As(lexical.List); ok && explode {
		if texts := decoded(r.values(name)); len(texts) > 0 {
			text, err = list.ListOf(texts)
			return text, true, err
		}
		if !s.Union() {
			return nil, false, nil
		}
	}
	if o, ok := s.As(lexical.Object); ok && explode && form == rt.Form && len(r.values(name)) == 0 {
		return r.members(s, o)
	}
	return r.one(name, func(p pair) ([]byte, error) {
		switch form {
		case rt.Space:
			return joined(s, split(p.value, " "), p.value, style, "")
		case rt.Pipe:
			return joined(s, split(p.value, "|"), p.value, style, "")
		}
		parts := split(p.raw, ",")
		if !r.plain {
			var err error
			if parts, err = unescaped(parts, url.QueryUnescape); err != nil {
				return nil, err
			}
		}
		return joined(s, parts, p.value, style, "")
	})
}

func decoded(pairs []pair) []string {
	var out []string
	for _, p := range pairs {
		out = append(out, p.value)
	}
	return out
}

// one reads a value that stands under one name.
func (r *reading) one(name string, read func(pair) ([]byte, error)) ([]byte, bool, error) {
	v := r.values(name)
	switch len(v) {
	case 0:
		return nil, false, nil
	case 1:
		text, err := read(v[0])
		return text, true, err
	}
	return nil, true, errors.New("is given more than once")
}

// members reads an object whose members stand under their own names. One that takes any name takes those that
// nothing else has asked for so far.
func (r *reading) members(s, o lexical.Shape) ([]byte, bool, error) {
	names, open := s.Members()
	if open {
		for _, p := range r.query.pairs {
			if !slices.Contains(*r.known, p.name) && !slices.Contains(names, p.name) {
				names = append(names, p.name)
			}
		}
	}
	var out lexical.Members
	for _, name := range names {
		m, ok := s.Member(name)
		if !ok {
			m = o
		}
		style := rt.Form | rt.Explode
		if _, list := m.As(lexical.List); !list || m.Open() {
			style = rt.Form
		}
		if m.Open() && len(r.values(name)) == 1 || style == rt.Form {
			text, ok, err := r.one(name, func(p pair) ([]byte, error) { return m.JSON(p.value) })
			if err != nil {
				return nil, true, errors.New(strconv.Quote(name) + " " + err.Error())
			}
			if ok {
				out.Add(name, text)
			}
			continue
		}
		text, ok, err := r.read(name, style, m)
		if err != nil {
			return nil, true, errors.New(strconv.Quote(name) + " " + err.Error())
		}
		if ok {
			out.Add(name, text)
		}
	}
	return out.End(), !out.Empty(), nil
}

// joined reads a value whose parts stand in one text. Whole is that text, for a value that is a scalar.
func joined(s lexical.Shape, parts []string, whole string, style rt.Style, equals string) ([]byte, error) {
	if style&^(rt.Explode|rt.Reserved) == rt.JSON {
		return []byte(whole), nil
	}
	if list, ok := s.As(lexical.List); ok && !s.Open() {
		return list.ListOf(parts)
	}
	if _, ok := s.As(lexical.Object); !ok || s.Open() {
		return s.JSON(whole)
	}
	var names, texts []string
	if style&rt.Explode != 0 && equals != "" {
		for _, part := range parts {
			name, text, ok := strings.Cut(part, equals)
			if !ok {
				return nil, errors.New("has a member without a value")
			}
			names, texts = append(names, name), append(texts, text)
		}
	} else {
		if len(parts)%2 != 0 {
			return nil, errors.New("has a member without a value")
		}
		for i := 0; i < len(parts); i += 2 {
			names, texts = append(names, parts[i]), append(texts, parts[i+1])
		}
	}
	return s.ObjectOf(names, texts)
}

// deep reads what stands under name[a][b].
func (r *reading) deep(name string, s lexical.Shape) ([]byte, bool, error) {
	var root node
	for _, p := range r.query.pairs {
		rest, ok := strings.CutPrefix(p.name, name)
		if !ok || rest != "" && rest[0] != '[' {
			continue
		}
		r.values(p.name)
		at := &root
		for rest != "" {
			key, after, ok := strings.Cut(rest[1:], "]")
			if !ok || after != "" && after[0] != '[' {
				return nil, true, errors.New("has a broken name " + strconv.Quote(p.name))
			}
			at, rest = at.child(key), after
		}
		if at.texts = append(at.texts, p.value); len(at.texts) > 1 {
			return nil, true, errors.New("has " + strconv.Quote(p.name) + " more than once")
		}
	}
	if root.texts == nil && root.keys == nil {
		return nil, false, nil
	}
	text, err := root.json(s)
	return text, true, err
}

// node is a part of a value in the style deepObject.
type node struct {
	texts []string
	keys  []string
	below []*node
}

func (n *node) child(key string) *node {
	if i := slices.Index(n.keys, key); i >= 0 {
		return n.below[i]
	}
	n.keys, n.below = append(n.keys, key), append(n.below, new(node))
	return n.below[len(n.below)-1]
}

func (n *node) json(s lexical.Shape) ([]byte, error) {
	if n.texts != nil {
		if n.keys != nil {
			return nil, errors.New("is a value and has members")
		}
		return s.JSON(n.texts[0])
	}
	if list, ok := s.As(lexical.List); ok && (!s.Open() || n.indexed()) {
		b := []byte{'['}
		for i, below := range n.below {
			if n.keys[i] != strconv.Itoa(i) {
				return nil, errors.New("has an element " + strconv.Quote(n.keys[i]) + " out of order")
			}
			if i > 0 {
				b = append(b, ',')
			}
			e, err := below.json(list.Item(i))
			if err != nil {
				return nil, err
			}
			b = append(b, e...)
		}
		return append(b, ']'), nil
	}
	var o lexical.Members
	for i, below := range n.below {
		m, ok := s.Member(n.keys[i])
		if !ok {
			return nil, errors.New("has an unknown member " + strconv.Quote(n.keys[i]))
		}
		e, err := below.json(m)
		if err != nil {
			return nil, err
		}
		o.Add(n.keys[i], e)
	}
	return o.End(), nil
}

// indexed reports whether the keys are the indexes of a list.
func (n *node) indexed() bool {
	for i, key := range n.keys {
		if key != strconv.Itoa(i) {
			return false
		}
	}
	return true
}

// readSegment reads a segment of an escaped path.
func readSegment(raw, name string, style rt.Style, s lexical.Shape) ([]byte, error) {
	form, explode := style&^rt.Explode, style&rt.Explode != 0
	_, isList := s.As(lexical.List)
	_, isObject := s.As(lexical.Object)
	composite := (isList || isObject) && !s.Open()
	separator, prefix := ",", ""
	switch form {
	case rt.Label:
		if prefix = "."; explode && composite {
			separator = "."
		}
	case rt.Matrix:
		if prefix = ";" + name; raw != prefix {
			prefix += "="
		}
		if explode && composite {
			prefix, separator = ";", ";"
		}
	}
	text, ok := strings.CutPrefix(raw, prefix)
	if !ok {
		return nil, errors.New("does not begin with " + strconv.Quote(prefix))
	}
	whole, err := url.PathUnescape(text)
	if err != nil {
		return nil, err
	}
	parts := split(text, separator)
	if form == rt.Matrix && explode && isList {
		for i, part := range parts {
			if parts[i], ok = strings.CutPrefix(part, name+"="); !ok {
				return nil, errors.New("has a part without its name")
			}
		}
	}
	if explode && isObject && !isList { // the sign of equality separates before it is decoded
		var names, texts []string
		for _, part := range parts {
			name, text, _ := strings.Cut(part, "=")
			names, texts = append(names, name), append(texts, text)
		}
		if names, err = unescaped(names, url.PathUnescape); err != nil {
			return nil, err
		}
		if texts, err = unescaped(texts, url.PathUnescape); err != nil {
			return nil, err
		}
		if form != rt.JSON {
			return s.ObjectOf(names, texts)
		}
	}
	if parts, err = unescaped(parts, url.PathUnescape); err != nil {
		return nil, err
	}
	return joined(s, parts, whole, style&^rt.Explode, "")
}

func unescaped(parts []string, unescape func(string) (string, error)) ([]string, error) {
	out := make([]string, len(parts))
	for i, p := range parts {
		var err error
		if out[i], err = unescape(p); err != nil {
			return nil, errors.New("has a broken escape")
		}
	}
	return out, nil
}
