package plan

import "strings"

// wordList is a list of words, with white space between them. It is a constant: each run of the program would have to fill a
// map, and most look up a few dozen names.
type wordList string

// has reports whether a word, which has no white space, is in the list.
func (l wordList) has(word string) bool {
	list := string(l)
	for from := 0; word != ""; {
		i := strings.Index(list[from:], word)
		if i < 0 {
			return false
		}
		start := from + i
		end := start + len(word)
		if (start == 0 || list[start-1] <= ' ') && (end == len(list) || list[end] <= ' ') {
			return true
		}
		from = end
	}
	return false
}

// all are the words, in their order.
func (l wordList) all() []string { return strings.Fields(string(l)) }
