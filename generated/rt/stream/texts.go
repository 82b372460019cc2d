package stream

import (
	"io"

	"github.com/pantograph-go/pantograph/generated/rt"
)

// Texts is a sequence of JSON texts, one after the other: on a line each (NDJSON, JSON Lines), behind record
// separators (RFC 7464), or just concatenated. The media types are those that the document gives such answers.
func Texts(media ...string) Format { return Format{media, readTexts} }

func readTexts(in *rt.Incoming, each func([]byte) error) error {
	w := newWindow(in)
	var s scanner
	for {
		end, ok := s.scan(w.data)
		if ok {
			if err := each(w.data[s.start:end]); err != nil {
				return err
			}
			w.drop(end)
			s = scanner{}
			continue
		}
		if s.inside == nothing { // white space alone
			w.drop(len(w.data))
			s = scanner{}
		}
		if err := w.more(); err == io.EOF {
			if s.inside != nothing {
				return each(w.data[s.start:])
			}
			return nil
		} else if err != nil {
			return err
		}
	}
}

// scanner finds the end of a JSON text. It goes on where it stopped, so that a text which comes in many
// pieces is looked at once.
type scanner struct {
	start  int // of the text
	pos    int // of the next byte to look at
	depth  int // of objects and arrays
	inside within
	escape bool // the byte before was a backslash
}

// within says what the scanner is in the middle of.
type within uint8

const (
	nothing within = iota
	word           // a number or a literal
	text           // a string
	composite
	member // a string in an object or array
)

// scan looks at what was added to buf. It returns the end of the text, if it is there.
func (s *scanner) scan(buf []byte) (end int, ok bool) {
	for ; s.pos < len(buf); s.pos++ {
		c := buf[s.pos]
		switch s.inside {
		case nothing:
			s.start = s.pos
			switch {
			case blank(c):
			case c == '"':
				s.inside = text
			case c == '{' || c == '[':
				s.inside, s.depth = composite, 1
			default:
				s.inside = word
			}
		case word:
			if blank(c) {
				return s.pos, true
			}
		case text, member:
			switch {
			case s.escape:
				s.escape = false
			case c == '\\':
				s.escape = true
			case c == '"' && s.inside == text:
				s.pos++
				return s.pos, true
			case c == '"':
				s.inside = composite
			}
		case composite:
			switch c {
			case '"':
				s.inside = member
			case '{', '[':
				s.depth++
			case '}', ']':
				if s.depth--; s.depth == 0 {
					s.pos++
					return s.pos, true
				}
			}
		}
	}
	return 0, false
}

// blank reports whether a byte separates texts: white space, or a record separator.
func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0x1e }
