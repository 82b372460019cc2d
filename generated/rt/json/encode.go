package json

import "strconv"

// encoder writes one value. Its methods append to b and return it. The first failure stays in err; what
// is appended after it does not matter.
type encoder struct {
	depth  int    // of the objects and arrays that are open
	name   string // of the member that is being written, for errors
	err    *ValueError
	*frame // of generated code
}

// maxWriteDepth stops a value that holds itself.
const maxWriteDepth = 10000

func (e *encoder) fail(b []byte, msg string) []byte { return e.failFor(b, msg, nil) }

func (e *encoder) failFor(b []byte, msg string, cause error) []byte {
	if e.err == nil {
		e.err = &ValueError{Msg: msg, Err: cause}
		if e.name != "" {
			e.err.Member = memberName(e.name, 1)
		}
	}
	return b
}

// enter goes one level deeper, and reports whether the writer may. If so the caller goes back up, if not
// it stops.
func (e *encoder) enter() bool {
	e.depth++
	return e.err == nil && e.depth <= maxWriteDepth
}

// stop ends writing: a value that holds itself in two places would take forever.
func (e *encoder) stop(b []byte) []byte {
	return e.fail(b, "the value nests too deep, or holds itself")
}

// blame says in which field what failed was, if anything did and no field within it has been named.
func (e *encoder) blame(f *Field) {
	if e.err != nil && e.err.Member == "" {
		e.err.Member = memberName(f.Key, 1)
	}
}

// appendKey appends the Key of a field, with the character that goes before it in place of the comma.
func appendKey(b []byte, key string, before byte) []byte {
	n, last := len(b), len(key)-8
	b = longer(b, len(key))
	if last < 0 {
		copy(b[n:], key)
	} else {
		for i := 0; i < last; i += 8 {
			putWord(b, n+i, word(key, i))
		}
		putWord(b, n+last, word(key, last))
	}
	b[n] = before
	return b
}

// appendInt appends a number, which mostly is small.
func appendInt(b []byte, n int) []byte {
	switch {
	case uint(n) < 10:
		return append(b, '0'+byte(n))
	case uint(n) < 100:
		return append(b, '0'+byte(n/10), '0'+byte(n%10))
	case uint(n) < 1000:
		return append(b, '0'+byte(n/100), '0'+byte(n/10%10), '0'+byte(n%10))
	}
	return strconv.AppendInt(b, int64(n), 10)
}

// raw appends a raw value as it is, after checking that it is JSON. Nil is null.
func (e *encoder) raw(b []byte, v []byte) []byte {
	if v == nil {
		return append(b, "null"...)
	}
	if err := Valid(v); err != nil {
		return e.fail(b, "a raw value is not JSON: "+err.(*SyntaxError).Msg)
	}
	return append(b, v...)
}

// decimal appends a number in the digits it has. The empty text is zero.
func (e *encoder) decimal(b []byte, v string) []byte {
	if v == "" {
		return append(b, '0')
	}
	if !Number(v).IsValid() {
		return e.fail(b, "a decimal is not a JSON number")
	}
	return append(b, v...)
}

// foreign appends a text of t.
func (e *encoder) foreign(b []byte, t *Text, text []byte, err error) []byte {
	switch {
	case err != nil:
		return e.failFor(b, "a "+t.Name+" has no text", err)
	case !t.Number:
		return AppendString(b, view(text))
	case len(text) == 0 || !Number(text).IsValid():
		return e.fail(b, "the text of a "+t.Name+" is not a JSON number")
	}
	return append(b, text...)
}
