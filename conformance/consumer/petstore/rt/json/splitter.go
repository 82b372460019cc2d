package json

// splitter finds the elements of a list in a text that comes in pieces. It goes on where it stopped, so that each byte
// is looked at once, however small the pieces are.
//
// It follows the structure of the text, and little of its grammar: as long as the text is right it is never mistaken, and
// a piece that is cut out at the wrong place holds what is wrong, for Decode to find.
type splitter struct {
	buf  []byte
	path []string // names that lead to the list
	size int      // bytes of elements that are enough for a part

	pos    int  // the next byte to look at
	text   bool // it is in a string
	escape bool // the byte before was a backslash
	word   bool // it is in an element that is a number or literal
	start  int  // of the string
	depth  int  // objects and arrays that are open
	level  int  // how many of those lead to the list; only there the structure matters

	stage  stage
	rooted bool // the value of the text has begun
	hit    bool // the last name is the one that leads on
	expect expected

	head int // bytes up to the elements; 0: the list is not found yet
	from int // where the elements begin that are not handed out
	n    int // how many of those are complete
	cut  int // where these end

	wrong error
}

// stage says where a splitter is.
type stage uint8

const (
	beforeList stage = iota
	inList
	afterList
	lost // in a text that is wrong: it is gathered for Decode
)

// expected says what has to come in a list.
type expected uint8

const (
	elementOrEnd expected = iota
	element
	separator
)

// scan looks at what has come. It is true when there are enough elements for a part. The whole text has so many bytes
// that are gone, before those of buf.
func (p *splitter) scan(gone int) bool {
	s := view(p.buf)
	for p.pos < len(s) && p.stage != lost && p.wrong == nil {
		i := p.pos
		switch {
		case p.text:
			p.pos = p.string(s, i)
		case p.depth > p.level:
			p.pos = p.pass(s, i)
		case p.stage == inList:
			p.pos++
			if p.element(s[i], i, gone) {
				return true
			}
		default:
			p.pos++
			p.beside(s[i], i)
		}
	}
	return false
}

// string looks at the rest of a string.
func (p *splitter) string(s string, i int) int {
	if p.escape {
		p.escape = false
		return i + 1
	}
	if i = plain(s, i); i == len(s) {
		return i
	}
	switch s[i] {
	case '\\':
		p.escape = true
	case '"':
		p.text = false
		if p.depth == p.level && p.level > 0 && p.stage != inList {
			p.hit = p.named(s, i+1)
		}
	}
	return i + 1
}

// pass looks at the rest of an object or array that is passed over, up to a string that does not end simply.
func (p *splitter) pass(s string, i int) int {
	for ; i < len(s); i++ {
		switch s[i] {
		case '"':
			q := plain(s, i+1)
			if byteAt(s, q) != '"' {
				p.text = true
				return q
			}
			i = q
		case '{', '[':
			p.depth++
		case '}', ']':
			if p.depth--; p.depth == p.level {
				return i + 1
			}
		}
	}
	return i
}

// named reports whether the string that ends before end is the name that leads on.
func (p *splitter) named(s string, end int) bool {
	name := p.path[p.level-1]
	return s[p.start+1:end-1] == name || quoted(s, p.start) == end && memberName(s, p.start) == name
}

// beside looks at a byte of the structure that leads to the list.
func (p *splitter) beside(c byte, i int) {
	switch c {
	case '"':
		p.text, p.start = true, i
	case ':':
		if p.hit && p.stage == afterList {
			p.wrong = ErrListTwice
		}
	case ',':
		p.hit = false
	case '{', '[':
		p.open(c, i)
	case '}':
		p.hit = false
		if p.level == 0 {
			p.stage = lost
			return
		}
		p.depth--
		p.level--
	case ']':
		p.stage = lost
	}
}

// open enters an object or array: it leads to the list, is the list, or is passed over.
func (p *splitter) open(c byte, i int) {
	leads := p.stage == beforeList && (p.hit || !p.rooted)
	p.rooted, p.hit = true, false
	p.depth++
	if !leads || (c == '[') != (p.level == len(p.path)) {
		return
	}
	p.level++
	if c == '[' {
		p.stage = inList
		p.head, p.from, p.cut = i+1, i+1, i+1
		p.wrong = p.checkHead()
	}
}

// checkHead checks what stands before the elements, so that none is handed out of a text that begins wrongly.
func (p *splitter) checkHead() error {
	head := append(make([]byte, 0, p.head+1+len(p.path)), p.buf[:p.head]...)
	head = append(head, ']')
	for range p.path {
		head = append(head, '}')
	}
	return Valid(head)
}

// element looks at a byte of the list itself. It is true when there are enough elements for a part.
func (p *splitter) element(c byte, i, gone int) bool {
	word := p.word
	p.word = false
	switch c {
	case ' ', '\t', '\r', '\n':
		return false
	case ',':
		if p.expect == separator {
			p.expect = element
			p.n, p.cut = p.n+1, i
			return i-p.from >= p.size
		}
	case ']':
		if p.expect == element {
			break
		}
		if p.expect == separator {
			p.n, p.cut = p.n+1, i
		}
		p.stage = afterList
		p.depth--
		p.level--
		return false
	case '}', ':':
	case '"', '{', '[':
		if p.expect == separator {
			break
		}
		p.expect = separator
		if p.text = c == '"'; !p.text {
			p.depth++
		}
		return false
	default:
		if p.expect == separator && !word {
			break
		}
		p.expect, p.word = separator, true
		return false
	}
	msg := "value expected"
	if p.expect == separator {
		msg = "comma or ] expected"
	}
	p.wrong = &SyntaxError{Offset: i + gone, Msg: msg}
	return false
}

// forget closes the gap that the elements have left which are handed out, and returns how wide it was.
func (p *splitter) forget() int {
	n := p.from - p.head
	if n > 0 {
		p.buf = append(p.buf[:p.head], p.buf[p.from:]...)
		p.pos -= n
		p.start -= n
		p.from -= n
		p.cut -= n
	}
	return n
}
