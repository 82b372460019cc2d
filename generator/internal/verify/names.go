package verify

import (
	"bytes"
	"go/ast"
	"unicode/utf8"
)

// Of a standard package, or one of the runtime, a file uses little, and to make all of it into types takes most of the time
// of a small document. So what files name of it is looked for in their text first: what stands behind the name of the import
// and a dot. To find more than that, in a comment or behind a variable of that name, does no harm.

// wanted is what files name of such a package.
type wanted struct {
	names map[string]bool
	whole bool // there is no telling
}

// want notes what a file names of packages that are no units.
func (s *session) want(f *ast.File, text []byte) {
	var imports imports
	for _, spec := range f.Imports {
		path := importPath(spec)
		name := s.importer(path).Name(path)
		if name == "" {
			continue
		}
		if spec.Name != nil {
			name = spec.Name.Name
		}
		w := s.wanted[path]
		if w == nil {
			w = &wanted{names: make(map[string]bool)}
			s.wanted[path] = w
		}
		w.whole = w.whole || name == "."
		imports = append(imports, imported{name, w})
	}
	if len(imports) > 0 {
		imports.scan(text)
	}
}

type imports []imported

// imported is such a package and its name in a file.
type imported struct {
	name string
	*wanted
}

// scan looks at each dot.
func (list imports) scan(text []byte) {
	for at := 0; ; at++ {
		next := bytes.IndexByte(text[at:], '.')
		if next < 0 {
			return
		}
		at += next
		before, after := bytes.TrimRight(text[:at], " \t\r"), text[at+1:]
		if bytes.HasSuffix(before, []byte("*/")) { // a comment between a name and its dot: nobody writes so
			list.wholly()
			continue
		}
		for _, i := range list {
			if !endsWithWord(before, i.name) {
				continue
			}
			after = bytes.TrimLeft(after, " \t\r\n")
			if bytes.HasPrefix(after, []byte("/")) {
				i.whole = true
			} else if name := word(after); len(name) > 0 && !i.names[string(name)] {
				i.names[string(name)] = true
			}
			break
		}
	}
}

func (list imports) wholly() {
	for _, i := range list {
		i.whole = true
	}
}

// endsWithWord reports whether text ends with a word, and not with a longer one.
func endsWithWord(text []byte, word string) bool {
	n := len(text) - len(word)
	return n >= 0 && string(text[n:]) == word && (n == 0 || !inWord(text[n-1]))
}

// word is the word that text begins with.
func word(text []byte) []byte {
	n := 0
	for n < len(text) && inWord(text[n]) {
		n++
	}
	return text[:n]
}

func inWord(b byte) bool {
	return b == '_' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || b >= utf8.RuneSelf
}
