package rt

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// place is a place in a list: a page, and how many of its items are behind. Its text is a cursor.
type place struct {
	kind placeKind
	skip int
	text string // what the pager of the kind moves
}

// placeKind says whose cursor it is.
type placeKind byte

// The kinds of places.
const (
	atStart  placeKind = 's' // nothing has been read
	atEnd    placeKind = 'e'
	atOffset placeKind = 'o'
	atNumber placeKind = 'p'
	atMarker placeKind = 'm'
	atToken  placeKind = 't'
	atLink   placeKind = 'l'
)

// maxCursor bounds a cursor, in bytes. The links and tokens of servers are much shorter.
const maxCursor = 64 << 10

// String is the cursor of a place.
func (p place) String() string {
	b := strconv.AppendInt([]byte{byte(p.kind)}, int64(p.skip), 10)
	return base64.RawURLEncoding.EncodeToString(append(append(b, ':'), p.text...))
}

// parsePlace reads a cursor; the empty one is the beginning.
func parsePlace(cursor string) (place, error) {
	if cursor == "" {
		return place{kind: atStart}, nil
	}
	if len(cursor) > maxCursor {
		return place{}, badCursor("is too long")
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || len(b) == 0 {
		return place{}, badCursor("is no cursor")
	}
	skip, text, ok := strings.Cut(string(b[1:]), ":")
	n, err := strconv.ParseUint(skip, 10, 31)
	p := place{placeKind(b[0]), int(n), text}
	if !ok || err != nil || !strings.ContainsRune("seopmtl", rune(p.kind)) || p.String() != cursor {
		return place{}, badCursor("is no cursor")
	}
	return p, nil
}

func badCursor(reason string) error {
	return &ParamError{In: "option", Name: "WithCursor", Reason: reason}
}

// is reports why a pager of a kind cannot begin at a place, but at the end, where each can.
func (p place) is(kind placeKind) string {
	if p.kind != kind {
		return "is a cursor of another kind of list"
	}
	return ""
}

// number is the place as a number, that of the first at least.
func (p place) number(kind placeKind, first int) (n int, reason string) {
	if reason = p.is(kind); reason != "" {
		return 0, reason
	}
	n, err := strconv.Atoi(p.text)
	if err != nil || n < first {
		return 0, "is no cursor"
	}
	return n, ""
}

// reached is the place of the next page, when it is at a cursor of the kind.
func (p *pages) reached(kind placeKind, cursor string) place {
	switch {
	case p.done:
		return place{kind: atEnd}
	case !p.Moved():
		return place{kind: atStart}
	}
	return place{kind: kind, text: cursor}
}

// resume begins at a place. It reports whether that is done: the list has no more.
func (p *pages) resume(at place) bool {
	p.moved, p.done = true, at.kind == atEnd
	return p.done
}

// How each pager gives its place, and begins at one.

func (p *OffsetPager) at() place { return p.reached(atOffset, strconv.Itoa(p.Offset)) }
func (p *PagePager) at() place   { return p.reached(atNumber, strconv.Itoa(p.Number)) }
func (p *MarkerPager) at() place { return p.reached(atMarker, p.Marker) }
func (p *TokenPager) at() place  { return p.reached(atToken, p.Token) }
func (p *LinkPager) at() place   { return p.reached(atLink, p.Link) }

func (p *OffsetPager) from(at place) (reason string) {
	if !p.resume(at) {
		p.Offset, reason = at.number(atOffset, p.First)
	}
	return reason
}

func (p *PagePager) from(at place) (reason string) {
	if !p.resume(at) {
		p.Number, reason = at.number(atNumber, p.First)
	}
	return reason
}

func (p *MarkerPager) from(at place) (reason string) {
	if !p.resume(at) {
		p.Marker, reason = at.text, at.is(atMarker)
	}
	return reason
}

func (p *TokenPager) from(at place) (reason string) {
	if !p.resume(at) {
		p.Token, reason = at.text, at.is(atToken)
	}
	return reason
}

func (p *LinkPager) from(at place) (reason string) {
	if !p.resume(at) {
		p.Link, reason = at.text, at.is(atLink)
	}
	return reason
}
