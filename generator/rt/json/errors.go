package json

import (
	"sort"
	"strconv"
	"strings"
)

// SyntaxError says that a text is not JSON, or nests too deep.
type SyntaxError struct {
	Offset int // of the byte in the text
	Msg    string
}

// Error says what is wrong and where. It never quotes the text.
func (e *SyntaxError) Error() string {
	return "json: " + e.Msg + " at offset " + strconv.Itoa(e.Offset)
}

// DeviationCode says how a text differs from what its document promises.
type DeviationCode string

// The codes.
const (
	UnknownMember   DeviationCode = "unknown-member"   // the type has no such member
	MissingMember   DeviationCode = "missing-member"   // a required member is not there
	DuplicateMember DeviationCode = "duplicate-member" // a member is there again
	UnexpectedNull  DeviationCode = "unexpected-null"  // null, where none is allowed
	WrongType       DeviationCode = "wrong-type"       // another type of value
	WrongValue      DeviationCode = "wrong-value"      // not the value that is always there
	OutOfRange      DeviationCode = "out-of-range"     // a number that the Go type cannot hold
	BadText         DeviationCode = "bad-text"         // text that does not have its form
	BadNumber       DeviationCode = "bad-number"       // an integer that is not written as one, see Digits
	OtherVariant    DeviationCode = "other-variant"    // a value that is none of the variants of its union
	WrongLength     DeviationCode = "wrong-length"     // an array with fewer or more elements than it has to have
)

// Deviation is a place where a text is JSON but not what its document promises.
type Deviation struct {
	Path    string // of the value, as in groups[3].networks[0].id; empty for the whole text
	Offset  int    // of the value in the text; of the object that lacks a member
	Code    DeviationCode
	Message string // what was expected and found, without the value
	Value   string // the beginning of the value: it may be a secret, so keep it out of logs
	Kept    bool   // the value is written again as it was read, where the Go value cannot hold it
}

// String gives the path, the message and the code, not the value.
func (d Deviation) String() string {
	path := d.Path
	if path == "" {
		path = "the value"
	}
	return path + " " + d.Message + " [" + string(d.Code) + "]"
}

// DeviationError is the error of a strict decode.
type DeviationError struct {
	Deviations []Deviation // in the order of the text
	More       int         // how many there were beyond those
}

// Error lists the first deviations.
func (e *DeviationError) Error() string {
	const most = 10
	var b strings.Builder
	b.WriteString("json: not as documented: ")
	for i, d := range e.Deviations[:min(len(e.Deviations), most)] {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(d.String())
	}
	if more := len(e.Deviations) + e.More - most; more > 0 {
		b.WriteString("; and " + strconv.Itoa(more) + " more")
	}
	return b.String()
}

// ValueError says that a value has no JSON form.
type ValueError struct {
	Member string // name of the nearest member, if any
	Msg    string
	Err    error // of the method that should have given the text, if any
}

// Unwrap returns Err.
func (e *ValueError) Unwrap() error { return e.Err }

// Error says what is wrong and where. It does not say what Err says, which may quote the value.
func (e *ValueError) Error() string {
	if e.Member == "" {
		return "json: " + e.Msg
	}
	return "json: member " + e.Member + ": " + e.Msg
}

const (
	maxDeviations = 1000 // kept; beyond, they are counted
	maxExcerpt    = 64   // bytes of a value in a Deviation
	maxName       = 64   // bytes of a member name in a path
	maxPath       = 512  // bytes of a path
)

// excerpt returns the beginning of s, cut between characters.
func excerpt(s string, most int) string {
	if len(s) <= most {
		return strings.Clone(s) // s may be part of a text that does not stay
	}
	for most > 0 && s[most]&0xc0 == 0x80 {
		most--
	}
	return s[:most] + "…"
}

// locate sorts the deviations by offset and gives them their paths, in one pass over the text. Doing it
// here keeps the reader free of path keeping. Path holds the name of the missing member on entry, for
// a missing member.
func locate(s string, devs []Deviation) {
	sort.SliceStable(devs, func(i, j int) bool { return devs[i].Offset < devs[j].Offset })
	l := locator{s: s, devs: devs}
	l.value(space(s, 0))
}

type locator struct {
	s    string
	devs []Deviation // still without a path
	way  []step      // to the current value
	path []byte      // memory for that as text
}

// step leads from a value to one inside it.
type step struct {
	name  int // position of the name of a member, or negative
	index int // else, of an element
}

// value passes over the value at p, whose grammar has been checked.
func (l *locator) value(p int) int {
	for len(l.devs) > 0 && l.devs[0].Offset <= p {
		d := &l.devs[0]
		path := l.place()
		if d.Code == MissingMember {
			path = appendName(path, d.Path)
		}
		d.Path, l.path = excerpt(view(path), maxPath), path
		l.devs = l.devs[1:]
	}
	if len(l.devs) == 0 {
		return -1
	}
	s, n := l.s, len(l.way)
	switch s[p] {
	case '"':
		return quoted(s, p)
	case '{':
		for p = space(s, p+1); s[p] != '}'; {
			q := quoted(s, p)
			l.way = append(l.way, step{name: p})
			p = l.value(space(s, space(s, q)+1))
			if l.way = l.way[:n]; p < 0 {
				return p
			}
			if p = space(s, p); s[p] == ',' {
				p = space(s, p+1)
			}
		}
		return p + 1
	case '[':
		p = space(s, p+1)
		for i := 0; s[p] != ']'; i++ {
			l.way = append(l.way, step{name: -1, index: i})
			p = l.value(p)
			if l.way = l.way[:n]; p < 0 {
				return p
			}
			if p = space(s, p); s[p] == ',' {
				p = space(s, p+1)
			}
		}
		return p + 1
	case 't', 'n':
		return p + 4
	case 'f':
		return p + 5
	}
	p, _ = number(s, p)
	return p
}

// place returns the path of the current value.
func (l *locator) place() []byte {
	path := l.path[:0]
	for _, s := range l.way {
		if s.name >= 0 {
			path = appendName(path, memberName(l.s, s.name))
		} else {
			path = append(strconv.AppendInt(append(path, '['), int64(s.index), 10), ']')
		}
	}
	return path
}

// memberName returns the text of the member name whose opening quote is at p.
func memberName(s string, p int) string {
	if i := plain(s, p+1); s[i] == '"' {
		return s[p+1 : i]
	}
	b, _, _ := unescape(nil, s, p+1)
	return string(b)
}

// appendName appends a member to a path: .name, or ["name"] when the name is no plain word.
func appendName(path []byte, name string) []byte {
	word := name != "" && len(name) <= maxName
	for i := 0; word && i < len(name); i++ {
		c := name[i]
		word = c == '_' || c == '-' || c-'0' <= 9 || c|0x20 >= 'a' && c|0x20 <= 'z'
	}
	if !word {
		return append(AppendString(append(path, '['), excerpt(name, maxName)), ']')
	}
	if len(path) > 0 {
		path = append(path, '.')
	}
	return append(path, name...)
}
