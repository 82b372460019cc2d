package source

import (
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/jsonpath"
)

// Overlay is a document of the OpenAPI Overlay Specification, 1.0 or 1.1: changes to documents that one does not own.
type Overlay struct {
	Name string // relative to the root, which it may lie outside of
	Data []byte
}

// overlay applies an overlay to the documents it is for.
func (l *loader) overlay(o Overlay, documents []*file) {
	f := &file{name: o.Name, reader: l.files}
	var err error
	if f.root, err = f.parse(o.Data); err != nil {
		if syntax := (*syntaxError)(nil); errors.As(err, &syntax) {
			l.syntax(syntax)
		}
		return
	}
	if !l.isOverlay(f.root) {
		return
	}
	documents = l.extended(f, documents)
	for _, action := range l.list(f.root.get("actions")) {
		if l.object(action) && l.overlaid <= maxOverlaid {
			l.action(f, action, documents)
		}
	}
}

// isOverlay reports whether the root is that of an overlay.
func (l *loader) isOverlay(root *node) bool {
	version := root.get("overlay")
	switch {
	case !root.is(kindObject) || version == nil:
		l.errorf(root.pos(), "overlay-invalid", "this is not an overlay: it has no member \"overlay\"")
		return false
	case !strings.HasPrefix(l.text(version), "1.0") && !strings.HasPrefix(version.text, "1.1"):
		l.errorf(version.pos(), "overlay-invalid", "overlays of version %q are not read", version.text)
		l.hint("1.0 and 1.1 are")
		return false
	}
	for _, m := range root.members {
		if !slices.Contains([]string{"overlay", "info", "extends", "actions"}, m.key) && !strings.HasPrefix(m.key, "x-") {
			l.warnf(m.keyPos(), "overlay-unknown", "%q is no member of an overlay", m.key)
			l.didYouMean(m.key, []string{"overlay", "info", "extends", "actions"})
		}
	}
	if root.get("actions") == nil {
		l.errorf(root.pos(), "overlay-invalid", "an overlay needs actions")
	}
	return true
}

// extended are the documents that an overlay extends: the one it names, or a file beside it; all, when it names none, or by
// a URL, for it cannot be told whether that is ours.
func (l *loader) extended(f *file, documents []*file) []*file {
	extends := f.root.get("extends")
	if extends == nil || strings.Contains(l.text(extends), ":") {
		return documents
	}
	name := l.files.normal(path.Join(path.Dir(f.name), extends.text))
	if i := slices.IndexFunc(documents, func(d *file) bool { return d.name == name }); i >= 0 {
		return documents[i : i+1]
	}
	if d := l.files.open(name, nil); d.root != nil {
		return []*file{d}
	}
	l.errorf(extends.pos(), "overlay-extends", "the overlay extends %q, which is none of the documents", extends.text)
	return nil
}

// action applies one action.
func (l *loader) action(f *file, action *node, documents []*file) {
	for _, m := range action.members {
		if !slices.Contains([]string{"target", "description", "update", "remove", "copy"}, m.key) && !strings.HasPrefix(m.key, "x-") {
			l.warnf(m.keyPos(), "overlay-unknown", "%q is no member of an action", m.key)
			l.didYouMean(m.key, []string{"target", "description", "update", "remove", "copy"})
		}
	}
	target := action.get("target")
	if target == nil {
		l.errorf(action.pos(), "overlay-invalid", "an action needs a target")
		return
	}
	query := l.query(target)
	if query == nil || len(documents) == 0 {
		return
	}
	found := 0
	for i, d := range documents {
		a := &change{loader: l, action: action, from: f, into: &file{name: f.name, reader: f.reader, base: d}}
		if i > 0 { // what is added twice is two things
			a.prefix = "/" + escapePointer(d.name)
		}
		nodes := l.matches(query, target, d.root)
		found += len(nodes)
		a.apply(nodes)
	}
	if found == 0 {
		l.errorf(target.pos(), "overlay-no-match", "the target %q matches nothing", target.text)
	}
}

// query parses a JSONPath query, which is a text of an overlay.
func (l *loader) query(n *node) *jsonpath.Path {
	query, err := jsonpath.Parse(l.text(n))
	if err != nil {
		l.errorf(n.pos(), "overlay-path", "%q is no JSONPath query: %s", n.text, err)
	}
	return query
}

// matches are the nodes that a query finds, each once.
func (l *loader) matches(query *jsonpath.Path, at, root *node) []*node {
	found, err := query.Select(view{root})
	if err != nil {
		l.errorf(at.pos(), "limit", "%s", err)
	}
	var nodes []*node
	seen := map[*node]bool{}
	for _, v := range found {
		if n := v.(view).node; !seen[n] {
			seen[n] = true
			nodes = append(nodes, n)
		}
	}
	return nodes
}

// change is an action on one document.
type change struct {
	*loader
	action *node
	from   *file  // the overlay
	into   *file  // of what is added: it stands in the overlay and means the document
	prefix string // of the pointers of what is added
}

func (a *change) apply(nodes []*node) {
	if a.flag(a.action, "remove") {
		a.remove(nodes)
		return
	}
	update, from := a.action.get("update"), a.action.get("copy")
	if update == nil && from != nil && len(nodes) > 0 {
		if update = a.source(from, nodes[0].doc().root); update == nil {
			return
		}
	}
	switch {
	case update == nil && from == nil:
		a.warnf(a.action.pos(), "overlay-invalid", "the action does nothing: it has no update, copy or remove")
	case update != nil:
		for _, n := range nodes {
			if a.update(n, update); a.overlaid > maxOverlaid {
				a.errorf(a.action.pos(), "limit", "overlays add more than %d values, or nest them more than %d levels deep", maxOverlaid, maxDepth)
				return
			}
		}
	}
}

// view shows a node to queries.
type view struct{ *node }

// Kind returns the kind, which is counted in the same order.
func (v view) Kind() jsonpath.Kind { return jsonpath.Kind(v.kind) }

// Text returns the text of a scalar, a number in JSON's form.
func (v view) Text() string {
	if number, ok := v.number(); ok {
		return number
	}
	return v.text
}

// Len returns the number of members.
func (v view) Len() int { return len(v.members) }

// At returns a member.
func (v view) At(i int) jsonpath.Node { return view{v.members[i]} }

// Name returns the name of a member.
func (v view) Name(i int) string { return v.members[i].key }

// Get returns the member of that name.
func (v view) Get(name string) (jsonpath.Node, bool) {
	m := v.get(name)
	return view{m}, m != nil
}

// source is the one node that an action copies.
func (a *change) source(from, root *node) *node {
	query := a.query(from)
	if query == nil {
		return nil
	}
	found := a.matches(query, from, root)
	if len(found) != 1 {
		a.errorf(from.pos(), "overlay-copy", "the query %q must find one value, not %d", from.text, len(found))
		return nil
	}
	return found[0]
}

// remove takes nodes out of what holds them.
func (a *change) remove(nodes []*node) {
	gone, known := map[*node]bool{}, map[*node]bool{}
	var parents []*node
	for _, n := range nodes {
		if n.parent == nil {
			a.errorf(a.action.get("target").pos(), "overlay-update", "the document itself cannot be removed")
			return
		}
		if gone[n] = true; !known[n.parent] {
			known[n.parent] = true
			parents = append(parents, n.parent)
		}
	}
	for _, p := range parents {
		p.members = slices.DeleteFunc(p.members, func(m *node) bool { return gone[m] })
		if p.kind == kindArray {
			for i, m := range p.members {
				m.key, m.path = strconv.Itoa(i), ""
			}
		}
		p.reindex()
	}
}

// update merges a value into a node: members into an object, entries behind those of a list; a scalar takes the
// place of a scalar.
func (a *change) update(n, update *node) {
	switch {
	case n.kind == kindObject && update.kind == kindObject:
		a.merge(n, update)
	case n.kind == kindArray && update.kind == kindArray:
		for _, m := range slices.Clone(update.members) { // the two may be one
			n.push(a.copied(m, n, strconv.Itoa(len(n.members))))
		}
	case n.kind == kindArray:
		n.push(a.copied(update, n, strconv.Itoa(len(n.members))))
	case n.kind < kindArray && update.kind < kindArray && n.parent != nil:
		c := a.copied(update, n.parent, n.key)
		n.file, n.kind, n.text, n.plain, n.line, n.col, n.keyLine, n.keyCol = c.file, c.kind, c.text, c.plain, c.line, c.col, c.keyLine, c.keyCol
	default:
		a.errorf(update.pos(), "overlay-update", "%s cannot be merged into %s", update.kind, n.kind)
		a.related(n.pos())
	}
}

func (a *change) merge(n, update *node) {
	for _, m := range slices.Clone(update.members) {
		have := n.get(m.key)
		if have != nil && have.kind == m.kind && (m.kind == kindObject || m.kind == kindArray) {
			a.update(have, m)
		} else {
			n.add(a.copied(m, n, m.key))
		}
	}
}

// copied is a copy of a value, as a part of the document.
func (a *change) copied(n, parent *node, key string) *node {
	c, height := a.clone(n)
	for at := parent; at != nil; at = at.parent {
		height++
	}
	if height > maxDepth {
		a.overlaid = maxOverlaid + 1 // no further
	}
	c.key, c.parent = key, parent
	c.path = a.prefix + parent.pointer() + "/" + escapePointer(key)
	return c
}

// clone copies a value, and returns how deep it is.
func (a *change) clone(n *node) (clone *node, height int) {
	c := *n
	c.path, c.members, c.index = "", nil, nil
	if n.file == a.from {
		c.file = a.into
	}
	if a.overlaid++; a.overlaid > maxOverlaid {
		return &c, 0
	}
	for _, m := range n.members {
		child, h := a.clone(m)
		child.parent = &c
		c.members = append(c.members, child)
		height = max(height, h)
	}
	c.reindex()
	return &c, height + 1
}
