package source

import (
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Values of the wrong type. Real documents quote numbers and flags, write null or [] (as PHP does) for an empty object,
// and one entry where a list belongs. What is meant is taken, with a warning; what means nothing is left out.

// object reports whether a node is an object; a node that is present must be one.
func (l *loader) object(n *node) bool {
	return n.is(kindObject) || n != nil && (l.repairEmpty(n, kindObject) || l.wrongType(n, "an object"))
}

// list returns the entries of a list; one entry that stands alone is a list of one.
func (l *loader) list(n *node) []*node {
	switch {
	case n == nil:
		return nil
	case n.kind == kindArray || l.repairEmpty(n, kindArray):
		return n.members
	}
	l.warnf(n.pos(), "wrong-type", "%s must be a list, not %s; it is taken for a list of one", n.label(), n.kind)
	return []*node{n}
}

// fields returns the members of an object; a node that is present must be one.
func (l *loader) fields(n *node) []*node {
	if n == nil || !l.object(n) {
		return nil
	}
	return n.members
}

// repairEmpty makes null, or an empty list, what belongs in its place, and reports whether it did.
func (l *loader) repairEmpty(n *node, wanted kind) bool {
	isList := n.is(kindArray) && len(n.members) == 0
	if !n.is(kindNull) && !isList || n.parent == nil {
		return false
	}
	was := "null"
	if isList {
		was = "an empty list"
	}
	n.kind = wanted
	l.warnf(n.keyPos(), "null-ignored", "%s is %s; it is taken for empty", n.label(), was)
	return true
}

// wrongType reports a value of the wrong type, which means nothing; it returns false.
func (l *loader) wrongType(n *node, wanted string) bool {
	l.warnf(n.pos(), "wrong-type", "%s must be %s, not %s; it is left out", n.label(), wanted, n.kind)
	return false
}

// label is how a message calls a node.
func (n *node) label() string {
	switch {
	case n.parent == nil:
		return "the document"
	case n.parent.kind == kindArray:
		return "an entry of " + n.parent.label()
	}
	return n.key
}

// text reads a string. A reference to a file or to another text is not OpenAPI, but some documents of many files
// have it.
func (l *loader) text(m *node) string {
	if m.get("$ref").isText() {
		m = l.deref(m)
	}
	switch {
	case m == nil || m.is(kindNull):
		return ""
	case m.kind > kindString:
		l.wrongType(m, "a string")
		return ""
	case !m.isText():
		l.warnf(m.pos(), "wrong-type", "%s must be a string, not %s; it is taken for one", m.label(), m.kind)
	}
	m.kind = kindString // whatever YAML took it for
	return m.text
}

// str reads the named member as a string.
func (l *loader) str(n *node, name string) string {
	if m := n.get(name); m != nil {
		return l.text(m)
	}
	return ""
}

// flag reads the named member as a boolean.
func (l *loader) flag(n *node, name string) bool { return l.flagOf(n.get(name)) }

// doc reads what a node says about itself.
func (l *loader) doc(n *node) model.Doc {
	return model.Doc{Summary: l.str(n, "summary"), Text: l.str(n, "description"), Deprecated: l.flag(n, "deprecated")}
}

// flagOf reads a boolean; none is false.
func (l *loader) flagOf(m *node) bool {
	if m == nil || m.is(kindNull) {
		return false
	}
	if !m.is(kindBool) {
		value := strings.ToLower(m.text)
		if m.kind != kindString || value != "true" && value != "false" {
			return l.wrongType(m, "true or false")
		}
		l.warnf(m.pos(), "wrong-type", "%s must be true or false, not a string; it is taken for %s", m.label(), value)
		m.kind, m.text = kindBool, value
	}
	return m.text == "true"
}

// unquote makes a number of a string that holds one.
func (l *loader) unquote(m *node) {
	if m.is(kindString) && isJSONNumber(strings.TrimSpace(m.text)) {
		l.warnf(m.pos(), "wrong-type", "%s must be a number, not a string; it is taken for one", m.label())
		m.kind, m.text = kindNumber, strings.TrimSpace(m.text)
	}
}

// count reads a length: a whole number, not negative.
func (l *loader) count(m *node) *int {
	if m.is(kindNull) {
		return nil
	}
	l.unquote(m)
	i, ok := m.integer()
	if !ok || i < 0 {
		l.warnf(m.pos(), "keyword-value", "%s must be a whole number from 0; it is left out", m.key)
		return nil
	}
	return &i
}

// limit reads a number with the digits of the document.
func (l *loader) limit(m *node) model.Number {
	if m.is(kindNull) {
		return ""
	}
	l.unquote(m)
	s, ok := m.number()
	if !ok {
		l.wrongType(m, "a number")
	} else if len(s) > maxDigits || exponent(s) > maxDigits {
		l.warnf(m.pos(), "keyword-value", "%s has more than %d digits; it is left out", m.key, maxDigits)
		return ""
	}
	return model.Number(s)
}
