package rt

import (
	"cmp"
	"strconv"
	"strings"

	"example.com/consumer/petstore/rt/json"
)

// Style is how a parameter that is no plain scalar is written: one of the styles of OpenAPI, and whether it is
// exploded.
type Style uint8

// The styles. What a style has no form for is written like this: null is left out; a list or object inside a list or
// object is JSON; where Deep knows members only, the entries of a list are members by their index.
const (
	Simple Style = iota + 1 // a,b or k,v; exploded k=v. Path, header
	Label                   // .a,b or .k,v; exploded .a.b or .k=v. Path
	Matrix                  // ;name=a,b or ;name=k,v; exploded ;name=a;name=b or ;k=v. Path
	Form                    // name=a,b or name=k,v; exploded name=a&name=b or k=v. Query, cookie, forms
	Space                   // name=a%20b or name=k%20v. Query, forms
	Pipe                    // name=a%7Cb or name=k%7Cv. Query, forms
	Deep                    // name[k]=v, name[k][l]=w. Query, forms
	JSON                    // the value as JSON

	Explode  Style = 0x40
	Reserved Style = 0x80 // characters that mean something in other parts of a URL only are not escaped
)

// form is the style without its flags.
func (s Style) form() Style { return s &^ (Explode | Reserved) }

func (s Style) exploded() bool { return s&Explode != 0 }

// unsendable is why a value cannot be written in its style.
type unsendable string

func (u unsendable) Error() string { return string(u) }

const holdsSeparator unsendable = "has a part that holds the separator of its style"

// pairs is a query or form on its way, or a list of the pairs.
type pairs struct {
	text   []byte
	escape func([]byte, string) []byte // nil: the pairs go into list
	list   []HeaderField
}

func (p *pairs) name(name string) {
	if len(p.text) > 0 {
		p.text = append(p.text, '&')
	}
	p.text = append(appendQueryText(p.text, name), '=')
}

func (p *pairs) add(name, value string) {
	if p.escape == nil {
		p.list = append(p.list, HeaderField{name, value})
		return
	}
	p.name(name)
	p.text = p.escape(p.text, value)
}

// appendPairs appends a parameter, or a member of a form, to a query.
func appendPairs(query []byte, name string, t *tree, style Style) ([]byte, error) {
	p := pairs{text: query, escape: appendQueryText}
	if style&Reserved != 0 {
		p.escape = appendReserved
	}
	err := p.styled(name, t, style)
	return p.text, err
}

func (p *pairs) styled(name string, t *tree, style Style) error {
	if style.form() != JSON {
		inner := defined(t)
		t = &inner
	}
	switch form := style.form(); {
	case form == JSON:
		p.add(name, jsonOf(t))
	case !composite(t):
		p.add(name, t.Text)
	case form == Deep:
		return p.deep(name, t)
	case style.exploded() && (form == Form || t.Kind == json.TreeArray):
		p.exploded(name, t)
	default:
		return p.joined(name, t, form)
	}
	return nil
}

// exploded writes the entries of a list under one name, and the members of an object under their own.
func (p *pairs) exploded(name string, t *tree) {
	inner := defined(t)
	t = &inner
	for i := range t.Items {
		e := &t.Items[i]
		switch {
		case t.Kind == json.TreeArray:
			p.add(name, plain(e))
		case e.Kind == json.TreeArray:
			p.exploded(t.Names[i], e)
		default:
			p.add(t.Names[i], plain(e))
		}
	}
}

// joined writes everything as one value.
func (p *pairs) joined(name string, t *tree, form Style) error {
	separator := map[Style]string{Space: " ", Pipe: "|"}[form]
	if p.escape == nil {
		text, err := joinedText(partsOf(t), cmp.Or(separator, ","))
		p.add(name, text)
		return err
	}
	p.name(name)
	for i, part := range partsOf(t) {
		switch {
		case separator == "":
			if i > 0 {
				p.text = append(p.text, ',')
			}
			p.text = appendListText(p.text, part, p.escape)
			continue
		case strings.Contains(part, separator):
			return holdsSeparator
		case i > 0:
			p.text = appendQueryText(p.text, separator)
		}
		p.text = p.escape(p.text, part)
	}
	return nil
}

// joinedText is a text of parts, none of which may hold the separator, since nothing escapes it.
func joinedText(parts []string, separator string) (string, error) {
	for _, part := range parts {
		if strings.Contains(part, separator) {
			return "", holdsSeparator
		}
	}
	return strings.Join(parts, separator), nil
}

// appendListText is escape for a text beside a comma that separates.
func appendListText(b []byte, s string, escape func([]byte, string) []byte) []byte {
	for i, part := range strings.Split(s, ",") {
		if i > 0 {
			b = append(b, "%2C"...)
		}
		b = escape(b, part)
	}
	return b
}

// deep writes each scalar inside under the way to it.
func (p *pairs) deep(name string, t *tree) error {
	if !composite(t) {
		p.add(name, t.Text)
		return nil
	}
	inner := defined(t)
	t = &inner
	for i := range t.Items {
		key := strconv.Itoa(i)
		if t.Kind == json.TreeObject {
			if key = t.Names[i]; strings.ContainsAny(key, "[]") {
				return unsendable("has a member whose name holds a bracket")
			}
		}
		if err := p.deep(name+"["+key+"]", &t.Items[i]); err != nil {
			return err
		}
	}
	return nil
}

// appendReserved is appendQueryText, but leaves alone what has no meaning in a query.
func appendReserved(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; unreserved(c) || strings.IndexByte(":/?@!$'()*,=", c) >= 0 {
			b = append(b, c)
		} else {
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return b
}

// appendStyled appends a value to a path, escaped. It is for the styles of paths.
func appendStyled(b []byte, name string, t *tree, style Style) ([]byte, error) {
	form, explode := style.form(), style.exploded()
	switch {
	case form == JSON:
		return appendSegment(b, jsonOf(t)), nil
	case composite(t) && len(t.Items) == 0:
		return b, unsendable("is empty")
	}
	escape, separator, named := appendSegment, byte(','), explode && t.Kind == json.TreeObject
	switch form {
	case Label:
		b = append(b, '.')
		if composite(t) && explode {
			escape, separator = appendLabel, '.'
		}
	case Matrix:
		b = append(b, ';')
		if explode {
			separator = ';'
		}
		if !composite(t) || !explode {
			b = appendSegment(b, name)
		}
		if !composite(t) && t.Text != "" || composite(t) && !explode {
			b = append(b, '=')
		}
	}
	if !composite(t) {
		return escape(b, t.Text), nil
	}
	for i := range t.Items {
		if i > 0 {
			b = append(b, separator)
		}
		switch {
		case named:
			b = append(escape(b, t.Names[i]), '=')
		case t.Kind == json.TreeObject:
			b = append(escape(b, t.Names[i]), separator)
		case form == Matrix && explode:
			b = append(appendSegment(b, name), '=')
		}
		b = escape(b, plain(&t.Items[i]))
	}
	return b, nil
}

// appendLabel is appendSegment where a dot separates.
func appendLabel(b []byte, s string) []byte {
	for i, part := range strings.Split(s, ".") {
		if i > 0 {
			b = append(b, "%2E"...)
		}
		b = appendSegment(b, part)
	}
	return b
}

// headerText is a value as that of a header. A comma inside would separate, and nothing escapes it.
func headerText(t *tree, style Style) (string, error) {
	switch {
	case style.form() == JSON:
		return asciiJSON(t), nil
	case !composite(t):
		return t.Text, nil
	}
	var b strings.Builder
	named := t.Kind == json.TreeObject && style.exploded()
	for i, part := range partsOf(t) {
		switch {
		case strings.Contains(part, ",") || named && i%2 == 0 && strings.Contains(part, "="):
			return "", holdsSeparator
		case named && i%2 == 1:
			b.WriteByte('=')
		case i > 0:
			b.WriteByte(',')
		}
		b.WriteString(part)
	}
	return b.String(), nil
}

// asciiJSON is JSON with nothing outside ASCII, which headers do not carry reliably.
func asciiJSON(t *tree) string {
	var b strings.Builder
	for _, r := range jsonOf(t) {
		switch {
		case r < 0x80:
			b.WriteRune(r)
		case r < 0x10000:
			b.WriteString(unicodeEscape(r))
		default:
			r -= 0x10000
			b.WriteString(unicodeEscape(0xD800 + r>>10))
			b.WriteString(unicodeEscape(0xDC00 + r&0x3FF))
		}
	}
	return b.String()
}

func unicodeEscape(r rune) string {
	return `\u` + string([]byte{upperHex[r>>12&15], upperHex[r>>8&15], upperHex[r>>4&15], upperHex[r&15]})
}

// cookies are the cookies that hold a value: several where it is exploded. JSON is escaped like a query, since cookies
// have no quotes and commas of their own.
func cookies(name string, t *tree, style Style) ([]HeaderField, error) {
	switch {
	case style.form() == JSON:
		return []HeaderField{{name, string(appendQueryText(nil, jsonOf(t)))}}, nil
	case !composite(t):
		return []HeaderField{{name, t.Text}}, nil
	case !style.exploded():
		text, err := headerText(t, Simple)
		return []HeaderField{{name, text}}, err
	}
	var out []HeaderField
	for i := range t.Items {
		field := HeaderField{name, plain(&t.Items[i])}
		if t.Kind == json.TreeObject {
			field.Name = t.Names[i]
		}
		out = append(out, field)
	}
	return out, nil
}

// Query adds a query parameter in a style: one that is an object, holds lists, or needs a style that the functions
// for scalars do not have. A nil value is not sent.
func (c *Call) Query(name string, style Style, v json.Ref) {
	c.styled("query", name, style, v, func(t *tree) (err error) {
		if c.query == nil {
			c.query = c.room[:0]
		}
		from := len(c.query)
		c.query, err = appendPairs(c.query, name, t, style)
		if t.Kind == json.TreeObject && style.form() == Form && style.exploded() {
			r := c.rarely()
			r.spread = append(r.spread, span{name, from, len(c.query)})
		}
		return err
	})
}

// Header is Query for header parameters.
func (c *Call) Header(name string, style Style, v json.Ref) {
	c.styled("header", name, style, v, func(t *tree) error {
		text, err := headerText(t, style)
		c.header(name, text)
		return err
	})
}

// Cookie is Query for cookies.
func (c *Call) Cookie(name string, style Style, v json.Ref) {
	c.styled("cookie", name, style, v, func(t *tree) error {
		list, err := cookies(name, t, style)
		for _, k := range list {
			c.cookie(k.Name, k.Value, composite(t) && !style.exploded())
		}
		return err
	})
}

// Path is PathParam for a value in a style. What PathParam refuses in a value, Do refuses in the segment as a whole.
func (c *Call) Path(name string, style Style, v json.Ref) {
	c.styled("path", name, style, v, func(t *tree) error {
		escaped, err := appendStyled(nil, name, t, style)
		c.param(param{name, string(escaped), inPathEscaped})
		return err
	})
}

// styled takes a value apart for write. The first failure of all parameters is the one that Do reports.
func (c *Call) styled(in, name string, style Style, v json.Ref, write func(*tree) error) {
	if v.IsNil() {
		return
	}
	t, err := json.TreeOf(v)
	switch {
	case err != nil:
	case style.form() == JSON:
		err = write(&t)
	case t.Kind != json.TreeNull:
		t = defined(&t)
		err = write(&t)
	}
	if err != nil {
		reason := err.Error()
		if _, ok := err.(unsendable); !ok {
			reason = "cannot be written: " + reason
		}
		c.refuse(&ParamError{In: in, Name: name, Reason: reason})
	}
}
