package json

import (
	"strconv"
	"strings"
	"time"
)

// decoder reads one text. Its methods take the position of a value (or of a token) and return the one
// after it, or a negative one after fail: then all returns at once. A value that deviates is passed
// over like any other, so its caller goes on; failed tells those few who must know.
type decoder struct {
	data  []byte // the text
	s     string // the same bytes
	left  int    // levels of nesting left
	depth int    // levels of nesting allowed

	alias  bool // strings are parts of s
	watch  bool // somebody wants the deviations
	record bool // presence is recorded
	known  bool // members that the type does not have are not
	failed bool // the value just read deviates and is zero
	lossy  bool // record: since this was cleared, text was read that the Go values do not give back

	lookahead // of unions

	slab    []byte   // memory for strings
	used    int      // bytes of it in use
	recent  recent   // strings, in it or not
	strs    []string // memory for []string
	runs             // memory for small lists and for what pointers lead to
	records records  // of presence
	*inline          // of generated code

	buf []byte // what the value just read writes

	zone   *time.Location // the last zone seen
	offset int            // its offset

	devs []Deviation
	more int // deviations beyond those
	err  error
}

func (d *decoder) fail(p int, msg string) int {
	if d.err == nil {
		d.err = &SyntaxError{Offset: p, Msg: msg}
	}
	return -1
}

func (d *decoder) tooDeep(p int) int {
	return d.fail(p, "nesting deeper than "+strconv.Itoa(d.depth)+" levels")
}

// failString fails on the byte at p inside a string.
func (d *decoder) failString(p int) int {
	switch c := byteAt(d.s, p); {
	case p >= len(d.s):
		return d.fail(p, "string not closed")
	case c == '\\':
		return d.fail(p, "bad escape")
	}
	return d.fail(p, "control character in a string")
}

func (d *decoder) failSeparator(p int, end byte) int {
	if p >= len(d.s) {
		return d.fail(p, "unexpected end")
	}
	return d.fail(p, "comma or "+string(rune(end))+" expected")
}

// end checks that nothing follows at p.
func (d *decoder) end(p int) int {
	if p >= 0 {
		if p = space(d.s, p); p < len(d.s) {
			return d.fail(p, "more text after the value")
		}
	}
	return p
}

// deviate notes a deviation of the value from p to e.
func (d *decoder) deviate(p, e int, code DeviationCode, msg ...string) {
	switch {
	case !d.watch:
	case len(d.devs) == maxDeviations:
		d.more++
	default:
		d.devs = append(d.devs, Deviation{Offset: p, Code: code, Message: d.message(msg), Value: excerpt(d.s[p:e], maxExcerpt)})
	}
}

// message returns the text of the parts: that of the deviation before, if it is the same.
func (d *decoder) message(parts []string) string {
	if len(d.devs) > 0 {
		last := d.devs[len(d.devs)-1].Message
		rest, same := last, true
		for _, part := range parts {
			if rest, same = strings.CutPrefix(rest, part); !same {
				break
			}
		}
		if same && rest == "" {
			return last
		}
	}
	return strings.Join(parts, "")
}

// hold notes that the text from p on, as far as it has been read, is kept beside what the Go values hold.
func (d *decoder) hold(p int) {
	for i := range d.devs {
		if d.devs[i].Offset >= p {
			d.devs[i].Kept = true
		}
	}
}

// reject notes that the value from p to e cannot be held and leaves the field as it is: zero.
func (d *decoder) reject(p, e int, code DeviationCode, msg ...string) int {
	d.failed, d.lossy = true, true
	d.deviate(p, e, code, msg...)
	return e
}

// other reads the value at p, which does not begin as want does: it is null, or of another type.
func (d *decoder) other(p int, fl Flags, want string) int {
	if fl&Nullable != 0 && literal(d.s, p, "null") {
		d.failed = true
		d.lossy = d.lossy || fl&Pointer == 0 // a nil pointer is written as null again
		return p + 4
	}
	e := d.skip(p, d.left)
	switch {
	case e < 0:
		return e
	case d.s[p] != 'n':
		return d.reject(p, e, WrongType, "is ", describe(d.s[p]), ", ", want, " expected")
	}
	return d.reject(p, e, UnexpectedNull, "is null, ", want, " expected")
}

// describe names the type of the value that begins with c.
func describe(c byte) string {
	switch c {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	}
	return "a number"
}

// runs is memory for the elements of small lists and for what pointers lead to, which would otherwise be an allocation
// each: a run is the rest of an array, and lists of one type follow each other in it. An element that is
// kept holds no more than runSize bytes of others, and the strings of those.
type runs struct {
	runs [6]run
	next int // the run that is given up for the next type without one
}

// run is that of one type. While a list is being read it has the memory, and lists of the same type inside it find none.
type run struct {
	t     *Type
	array pointer
	left  int // elements that are free from array on
	total int // elements that have been read
}
