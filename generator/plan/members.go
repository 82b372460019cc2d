package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/pantograph-go/pantograph/generator/model"
)

// member is a node that needs a name among others of one scope: the fields of a struct, the values
// of an enum, the methods of a service.
type member struct {
	wire   string // what its name is made of
	base   string // the name it should have, where that is not simply made of wire
	pinned string // given by the author, or published
	place  string // tells apart what has one wire name: Query, Header
	id     string // under which the lock pins the name, with the scope's kind; empty: it does not
	pos    model.Pos
}

// scope is where members need names.
type scope struct {
	what     string          // for messages: "field", "constant"
	kind     string          // of its entries in the lock
	fallback string          // what a member without any name is called
	reserved map[string]bool // names that are ours: a derived one yields
	hint     string
	word     func(string) string // makes a name of wire; nil: Exported
}

// members names the members of a scope, all at once: which name a member gets depends on the others,
// but never on their order. Of derived names that collide, every one is spelled out: NameDashAsc.
func (b *builder) members(sc scope, list []member) []string {
	names := make([]string, len(list))
	count := map[string]int{}
	pinned := map[string]model.Pos{}
	for i := range list {
		if e, ok := b.lock.get(sc.kind, list[i].id); ok && list[i].pinned == "" && list[i].id != "" {
			list[i].pinned = e.Name
		}
	}
	for i, m := range list {
		if names[i] = m.pinned; m.pinned == "" {
			names[i] = b.wordOf(sc, m)
		} else if other, taken := pinned[m.pinned]; taken || sc.reserved[m.pinned] {
			b.diags.Errorf(m.pos, "duplicate-name", "the %s name %s is taken", sc.what, m.pinned)
			if taken {
				b.diags[len(b.diags)-1].Related = []model.Pos{other}
			}
		} else {
			pinned[m.pinned] = m.pos
		}
		count[names[i]]++
	}
	for i, name := range b.spelledOut(names, list, count, sc) {
		if name != names[i] {
			b.collisionOf(list[i].pos, sc, names[i], name, list[i].wire)
			names[i] = name
		}
	}
	for i, m := range list {
		if m.id != "" {
			b.lock.pin(LockEntry{Kind: sc.kind, ID: m.id, Name: names[i]})
		}
	}
	return names
}

// spelledOut tells derived names apart that are equal: by the punctuation around the text, by its spelling, by its
// case, at last by a hash. One that is its own spelling keeps its name.
func (b *builder) spelledOut(names []string, list []member, count map[string]int, sc scope) []string {
	if !slices.ContainsFunc(names, func(name string) bool { return count[name] > 1 }) {
		return names
	}
	ways := []func(i int) string{
		func(i int) string { return b.edged(list[i].wire, names[i]) + list[i].place },
		func(i int) string { return b.namer.Spelled(list[i].wire) + list[i].place },
		func(i int) string { return letterCase(list[i].wire) + names[i] + list[i].place },
	}
	out := slices.Clone(names)
	taken := maps.Clone(sc.reserved)
	if taken == nil {
		taken = map[string]bool{}
	}
	open := map[int]bool{} // still to be told apart
	for i, m := range list {
		if open[i] = m.pinned == "" && count[names[i]] > 1; !open[i] {
			taken[names[i]] = true
		}
	}
	for _, way := range ways {
		wanted := map[string]int{}
		for i := range list {
			if open[i] {
				wanted[way(i)]++
			}
		}
		for i := range list {
			name := way(i)
			if open[i] && wanted[name] == 1 && !taken[name] && (name == names[i] || count[name] == 0) {
				out[i], open[i], taken[name] = name, false, true
			}
		}
	}
	for i, m := range list {
		if open[i] {
			out[i] = names[i] + "X" + shortHash(m.wire+m.place)
		}
	}
	return out
}

// letterCase says how a text is written, where nothing else tells it from another.
func letterCase(text string) string {
	switch text {
	case strings.ToLower(text):
		return "Lower"
	case strings.ToUpper(text):
		return "Upper"
	}
	return "Mixed"
}

// wordOf is the name a member gets when no other wants it.
func (b *builder) wordOf(sc scope, m member) string {
	name := m.base
	if name == "" && sc.word != nil {
		name = sc.word(m.wire)
	} else if name == "" {
		name = b.namer.Exported(m.wire)
	}
	if name == "" {
		name = b.namer.Spelled(m.wire)
	}
	if name == "" {
		name = sc.fallback
	}
	if sc.reserved[name] {
		name += sc.fallback
	}
	return name
}

func (b *builder) collisionOf(pos model.Pos, sc scope, wanted, got, wire string) {
	add := b.diags.Warnf
	if b.opt.Strict {
		add = b.diags.Errorf
	}
	add(pos, "name-collision", "the %s name %s is wanted by several; %q is called %s", sc.what, wanted, bounded(wire), got)
	b.diags.Hint("%s", sc.hint)
}

// bounded is text of the document for a message.
func bounded(s string) string {
	const most = 60
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

// shortHash tells names apart that nothing readable does.
func shortHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}

// Spelled is the exported name of a text with its punctuation in words and its other characters by
// number: "name-asc" is NameDashAsc, "*" is Star.
func (n Namer) Spelled(text string) string {
	var b strings.Builder
	for i, r := range text {
		word, known := punctuation[r]
		switch {
		case r == '-' && i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9' && (i == 0 || !isAlphanumeric(rune(text[i-1]))):
			word = "Minus"
		case isAlphanumeric(r):
			b.WriteRune(r)
			continue
		case !known:
			word = fmt.Sprintf("u%x", r)
		}
		b.WriteString("_" + word + "_")
	}
	return n.Exported(b.String())
}

// edged is a name with the punctuation in words that stands in front of its text and behind it: "-name" is DashName.
func (b *builder) edged(text, name string) string {
	front := strings.IndexFunc(text, isAlphanumeric)
	back := strings.LastIndexFunc(text, isAlphanumeric) + 1
	if front < 0 || front == 0 && back == len(text) {
		return name
	}
	if front > 0 {
		lead := b.namer.Spelled(text[:front+1]) // with the first letter or digit, which decides what a dash is
		if unicode.IsDigit(rune(text[front])) {
			name = strings.TrimPrefix(name, "N")
		}
		name = lead[:len(lead)-1] + name
	}
	return name + b.namer.Spelled(text[back:])
}

func isAlphanumeric(r rune) bool {
	return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

var punctuation = map[rune]string{
	'!': "Bang", '"': "Quote", '#': "Hash", '$': "Dollar", '%': "Percent", '&': "And", '\'': "Apostrophe", '(': "Open", ')': "Close",
	'*': "Star", '+': "Plus", ',': "Comma", '-': "Dash", '.': "Dot", '/': "Slash", ':': "Colon", ';': "Semicolon", '<': "Less",
	'=': "Equal", '>': "Greater", '?': "Question", '@': "At", '[': "OpenBracket", '\\': "Backslash", ']': "CloseBracket", '^': "Caret",
	'_': "Underscore", '`': "Backtick", '{': "OpenBrace", '|': "Pipe", '}': "CloseBrace", '~': "Tilde", ' ': "Space",
}
