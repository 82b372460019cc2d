package source

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// kind is the JSON kind of a node.
type kind uint8

const (
	kindNull kind = iota
	kindBool
	kindNumber
	kindString
	kindArray
	kindObject
)

// String names the kind as a message does.
func (k kind) String() string {
	return [...]string{"null", "a boolean", "a number", "a string", "a list", "an object"}[k]
}

// node is a value of a document. The tree of nodes is the only source of positions, of member
// order and of exact numbers; both front ends, YAML and JSON, produce it. Aliases and merge keys are
// expanded, so every node has one parent and one JSON pointer.
type node struct {
	file      *file
	parent    *node
	text      string // of a scalar, as written
	key       string // under parent: member name, or index
	path      string // see pointer
	members   []*node
	index     map[string]int // of a large object: member name to place
	line, col int32          // of the value
	keyLine   int32          // of the member name; zero for list entries and roots
	keyCol    int32
	kind      kind
	plain     bool // an unquoted YAML scalar: its kind is YAML's guess
}

// doc is the file to which the node belongs by its meaning: references in it are relative to that. For what an overlay
// adds, it is the document to which it was added.
func (n *node) doc() *file {
	if n.file.base != nil {
		return n.file.base
	}
	return n.file
}

// indexFrom is the number of members from which an object is looked up by index.
const indexFrom = 12

// get returns the member of that name, or nil. It is nil-safe, so lookups chain.
func (n *node) get(name string) *node {
	if n == nil || n.kind != kindObject {
		return nil
	}
	if i := n.place(name); i >= 0 {
		return n.members[i]
	}
	return nil
}

// place returns where the member of that name is, or -1.
func (n *node) place(name string) int {
	if n.index != nil {
		if i, ok := n.index[name]; ok {
			return i
		}
		return -1
	}
	return slices.IndexFunc(n.members, func(m *node) bool { return m.key == name })
}

// at follows a path of member names.
func (n *node) at(names ...string) *node {
	for _, name := range names {
		n = n.get(name)
	}
	return n
}

// add appends a member to an object. One of that name it replaces, and returns.
func (n *node) add(m *node) *node {
	m.parent = n
	if i := n.place(m.key); i >= 0 {
		old := n.members[i]
		n.members[i] = m
		return old
	}
	n.members = append(n.members, m)
	switch {
	case n.index != nil:
		n.index[m.key] = len(n.members) - 1
	case len(n.members) == indexFrom:
		n.index = make(map[string]int, 2*indexFrom)
		for i, m := range n.members {
			n.index[m.key] = i
		}
	}
	return nil
}

// push appends an entry to a list.
func (n *node) push(m *node) {
	m.parent, m.key = n, strconv.Itoa(len(n.members))
	n.members = append(n.members, m)
}

// entries are the members of an object or list; none for anything else.
func (n *node) entries() []*node {
	if n == nil {
		return nil
	}
	return n.members
}

// is reports whether the node exists and has that kind.
func (n *node) is(k kind) bool { return n != nil && n.kind == k }

// scalar returns the text of a scalar other than null; YAML's guess about its type does not matter.
func (n *node) scalar() string {
	if n == nil || n.kind == kindNull {
		return ""
	}
	return n.text
}

// str returns the text of the named member.
func (n *node) str(name string) string { return n.get(name).scalar() }

// flag reports whether the named member is true.
func (n *node) flag(name string) bool {
	m := n.get(name)
	return m.is(kindBool) && m.text == "true"
}

// isText reports whether the node can be read as a string: a string, or a plain scalar such as
// 2024-07-22, 1.0 or no, of which YAML made something else.
func (n *node) isText() bool {
	return n != nil && (n.kind == kindString || n.plain && n.kind != kindNull)
}

// pointer is the JSON pointer of the node within its file. It is made from that of the parent and kept:
// every position carries one.
func (n *node) pointer() string {
	if n.parent == nil || n.path != "" {
		return n.path
	}
	path := n.parent.pointer() + "/" + escapePointer(n.key)
	if r := n.file.reader; r.pointers < maxPointers {
		r.pointers += len(path)
		n.path = path
	}
	return n.path
}

// pos is where a reader looks for the node: the member name of an object or list, the value of a scalar.
func (n *node) pos() model.Pos {
	if n.keyLine > 0 && n.kind >= kindArray {
		return n.keyPos()
	}
	return model.Pos{File: n.file.name, Line: int(n.line), Col: int(n.col), Pointer: n.pointer()}
}

// keyPos is the position of the member name, where there is one.
func (n *node) keyPos() model.Pos {
	if n.keyLine == 0 {
		return n.pos()
	}
	return model.Pos{File: n.file.name, Line: int(n.keyLine), Col: int(n.keyCol), Pointer: n.pointer()}
}

// number returns the node as a JSON number with the digits of the document, and whether it is one.
// YAML's own notations (0x1F, +5, .5) become JSON; .inf and .nan are no numbers.
func (n *node) number() (string, bool) {
	if n == nil || n.kind != kindNumber {
		return "", false
	}
	return jsonNumber(n.text)
}

// integer returns the node as an int, and whether it is one: 3, and 3.0 as well.
func (n *node) integer() (int, bool) {
	s, ok := n.number()
	if !ok || len(s) > 20 {
		return 0, false
	}
	if i, err := strconv.Atoi(s); err == nil {
		return i, true
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f != float64(int(f)) || f > 1<<53 || f < -1<<53 {
		return 0, false
	}
	return int(f), true
}

// jsonNumber rewrites a YAML number as a JSON one; JSON numbers stay as they are.
func jsonNumber(s string) (string, bool) {
	if isJSONNumber(s) {
		return s, true
	}
	sign, digits := "", s
	switch {
	case strings.HasPrefix(s, "-"):
		sign, digits = "-", s[1:]
	case strings.HasPrefix(s, "+"):
		digits = s[1:]
	}
	if len(digits) > 2 && digits[0] == '0' && strings.ContainsRune("xXoObB", rune(digits[1])) {
		i, ok := new(big.Int).SetString(digits, 0)
		if !ok {
			return "", false
		}
		return sign + i.String(), true
	}
	digits = strings.ReplaceAll(digits, "_", "")
	digits = strings.TrimLeft(digits, "0")
	if digits == "" || digits[0] == '.' || digits[0] == 'e' || digits[0] == 'E' {
		digits = "0" + digits
	}
	whole, rest := digits, ""
	if i := strings.IndexAny(digits, "eE"); i >= 0 {
		whole, rest = digits[:i], digits[i:]
	}
	digits = strings.TrimSuffix(whole, ".") + rest
	if !isJSONNumber(digits) {
		return "", false
	}
	return sign + digits, true
}

// exponent is the size of the exponent of a JSON number.
func exponent(s string) int {
	i := strings.IndexAny(s, "eE")
	if i < 0 {
		return 0
	}
	e, err := strconv.Atoi(strings.TrimLeft(s[i+1:], "+-"))
	if err != nil {
		return 1 << 30
	}
	return e
}

// isJSONNumber reports whether s is a number in JSON's grammar.
func isJSONNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	digits := func() bool {
		rest := strings.TrimLeft(s, "0123456789")
		ok := len(rest) < len(s)
		s = rest
		return ok
	}
	if strings.HasPrefix(s, "0") {
		s = s[1:]
	} else if !digits() {
		return false
	}
	if strings.HasPrefix(s, ".") {
		if s = s[1:]; !digits() {
			return false
		}
	}
	if s != "" && (s[0] == 'e' || s[0] == 'E') {
		if s = s[1:]; s != "" && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		if !digits() {
			return false
		}
	}
	return s == ""
}

// remove drops a member of an object.
func (n *node) remove(name string) {
	if n.get(name) == nil {
		return
	}
	for i, m := range n.members {
		if m.key == name {
			n.members = append(n.members[:i:i], n.members[i+1:]...)
			break
		}
	}
	n.reindex()
}

// reindex makes the index of an object anew.
func (n *node) reindex() {
	n.index = nil
	if n.kind != kindObject || len(n.members) < indexFrom {
		return
	}
	n.index = make(map[string]int, 2*len(n.members))
	for i, m := range n.members {
		n.index[m.key] = i
	}
}
