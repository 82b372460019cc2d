package source

import (
	"net/url"
	"strings"
)

// identified is the schema to which a reference leads by an $id: one that the document gives to a schema, or that of the schema
// around the reference, whose pointers and anchors are its own. It is nil where no $id says so: then files are meant. Nothing is
// ever fetched from an $id that is a URL.
func (n *node) identified() *node {
	ids := n.doc().schemaIDs()
	if len(ids) == 0 {
		return nil
	}
	before, fragment, _ := strings.Cut(n.text, "#")
	base, target := n.parent.baseID()
	if before != "" {
		target = ids[resolveID(base, before)]
	}
	fragment, err := url.PathUnescape(fragment)
	switch {
	case target == nil || err != nil:
		return nil
	case fragment == "":
		return target
	case fragment[0] != '/':
		anchors := map[string]*node{}
		target.collectAnchors(anchors)
		return anchors[fragment]
	}
	for token := range strings.SplitSeq(fragment[1:], "/") {
		if target = target.child(unescapePointer(token)); target == nil {
			return nil
		}
	}
	return target
}

// id is the $id of a schema: one that is a fragment alone is an anchor of former days.
func (n *node) id() string {
	m := n.get("$id")
	if m == nil || m.kind != kindString || strings.HasPrefix(m.text, "#") {
		return ""
	}
	return strings.TrimSuffix(m.text, "#")
}

// baseID is the identifier that holds at a node, with the schema that has it.
func (n *node) baseID() (string, *node) {
	for at := n; at != nil; at = at.parent {
		if id := at.id(); id != "" {
			outer, _ := at.parent.baseID()
			return resolveID(outer, id), at
		}
	}
	return "", nil
}

// resolveID is an identifier, absolute where its base is.
func resolveID(base, id string) string {
	from, err := url.Parse(base)
	if err != nil {
		return id
	}
	to, err := from.Parse(id)
	if err != nil {
		return id
	}
	return to.String()
}

// schemaIDs are the schemas of a document that have identifiers; of several of one name the first.
func (f *file) schemaIDs() map[string]*node {
	if f.ids == nil {
		f.ids = map[string]*node{}
		f.root.collectIDs("", f.ids)
	}
	return f.ids
}

func (n *node) collectIDs(base string, ids map[string]*node) {
	if n == nil {
		return
	}
	if id := n.id(); id != "" {
		base = resolveID(base, id)
		if ids[base] == nil {
			ids[base] = n
		}
	}
	for _, m := range n.members {
		m.collectIDs(base, ids)
	}
}
