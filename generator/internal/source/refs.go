package source

import (
	"maps"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
)

// reference is the target of a $ref: a file and a place in it.
type reference struct {
	file     string
	fragment string
}

// leavesRoot is the error about a reference to what lies outside of the root, or farther than beside it.
func leavesRoot() *readError { return &readError{"ref-invalid", "it leaves the root", true} }

// parseRef reads the text of a $ref that stands in the named file. A fragment that is no pointer is the name of
// an anchor.
func (r *reader) parseRef(from, text string) (reference, *readError) {
	before, fragment, _ := strings.Cut(text, "#")
	fragment, err := url.PathUnescape(fragment)
	if err != nil {
		return reference{}, &readError{"ref-invalid", "its fragment is not percent-encoded properly", false}
	}
	if before == "" {
		return reference{file: from, fragment: fragment}, nil
	}
	name, err := url.PathUnescape(before)
	if err != nil {
		return reference{}, &readError{"ref-invalid", "it is not percent-encoded properly", false}
	}
	switch {
	case strings.ContainsAny(name, "\\\x00?") || strings.HasPrefix(name, "/"):
		return reference{}, &readError{"ref-invalid", "only relative names of files are allowed", true}
	case strings.Contains(name, ":"):
		return reference{}, &readError{"ref-invalid", "only files below the root are read, never a URL", true}
	}
	name = r.normal(path.Join(path.Dir(from), name))
	if name == ".." || strings.HasPrefix(name, "../") && r.above == nil || strings.HasPrefix(name, "../..") {
		return reference{}, leavesRoot()
	}
	return reference{file: name, fragment: fragment}, nil
}

// resolve returns the node a reference text, standing at n, points to; nil when there is none, which is reported.
// A reference that is wrong is a sin; one that is refused, because it asks for what is not ours to read, is an error.
func (l *loader) resolve(n *node) *node { return l.resolveAs(n, diag.Error) }

// resolveAs is resolve where a refusal has another weight.
func (l *loader) resolveAs(n *node, refusal diag.Severity) *node {
	if !n.isText() {
		l.warnf(n.pos(), "ref-invalid", "a $ref must be a string, not %s", n.kind)
		return nil
	}
	if target := n.identified(); target != nil {
		return target
	}
	ref, problem := l.files.parseRef(n.doc().name, n.text)
	if problem != nil {
		l.refuse(n, problem, refusal)
		return nil
	}
	f := l.files.open(ref.file, n)
	if f.problem != nil {
		if target := l.bareName(n); target != nil {
			return target
		}
		l.refuse(n, f.problem, refusal)
	}
	if f.root == nil {
		return nil
	}
	target, missing := l.find(f, ref.fragment)
	if target == nil && strings.Contains(ref.fragment, "/") && ref.fragment[0] != '/' {
		if target, _ = l.find(f, "/"+ref.fragment); target != nil {
			l.warnf(n.pos(), "ref-invalid", "the fragment of %q does not begin with a slash; one is added", n.text)
			return target
		}
	}
	if target == nil {
		l.warnf(n.pos(), "ref-not-found", "the reference %q leads nowhere: there is no %q", n.text, missing.name)
		l.didYouMean(missing.name, missing.names(maxNear))
		return nil
	}
	return target
}

// refuse reports why a reference leads to no file.
func (l *loader) refuse(n *node, problem *readError, severity diag.Severity) {
	if !problem.refused {
		l.warnf(n.pos(), problem.code, "the reference %q leads nowhere: %s", n.text, problem.text)
		return
	}
	l.add(severity, n.pos(), problem.code, "the reference %q is refused: %s", n.text, problem.text)
	if *problem == *leavesRoot() {
		l.hint("choose a root that holds the file, with -root or root: in pantograph.yaml")
	} else {
		l.hint("write a relative file name and a JSON pointer: common.yaml#/components/schemas/Name")
	}
}

// bareName finds the schema that a mere name means, as in the days before references were pointers.
func (l *loader) bareName(n *node) *node {
	root := n.doc().root
	target := root.at("components", "schemas", n.text)
	if target != nil {
		l.warnf(n.pos(), "ref-bare", "the reference %q is a mere name; it is taken for that of a schema", n.text)
		l.hint("write #/components/schemas/%s", n.text)
	}
	return target
}

// peek is resolve without a report, among the files that are read already.
func (l *loader) peek(n *node) *node {
	if !n.isText() {
		return nil
	}
	if target := n.identified(); target != nil {
		return target
	}
	ref, problem := l.files.parseRef(n.doc().name, n.text)
	f := l.files.files[ref.file]
	if problem != nil || f == nil || f.root == nil {
		return nil
	}
	target, _ := l.find(f, ref.fragment)
	return target
}

// missing is where a pointer stops.
type missing struct {
	name string
	at   *node            // that has no such member
	all  map[string]*node // or anchors, of which none has the name
}

// names are those that there are, some of them if there are too many.
func (m missing) names(most int) []string {
	if m.all == nil {
		return m.at.names(most)
	}
	return slices.Sorted(maps.Keys(m.all))
}

// find follows a fragment of the document as it was written: a JSON pointer, or the name of an anchor.
func (l *loader) find(f *file, fragment string) (*node, missing) {
	if fragment != "" && fragment[0] != '/' {
		if n := f.anchor(fragment); n != nil {
			return n, missing{}
		}
		return nil, missing{name: fragment, all: f.anchors}
	}
	pointer := fragment
	if f.lifted {
		pointer = liftedPointer(pointer)
	}
	hops := 0
	n, stop := l.walk(f.root, pointer, &hops)
	if n == nil && f.lifted {
		n = f.original(fragment)
	}
	return n, stop
}

// walk follows a JSON pointer. Where a member is missing and a reference stands instead, the pointer leads through
// it: those who write documents by machine dissolve some references and keep pointers as they were.
func (l *loader) walk(n *node, pointer string, hops *int) (*node, missing) {
	if pointer == "" {
		return n, missing{}
	}
	for token := range strings.SplitSeq(pointer[1:], "/") {
		name := unescapePointer(token)
		next := n.child(name)
		for at := n; next == nil && *hops < maxHops; next = at.child(name) {
			*hops++
			if at = l.through(at, hops); at == nil {
				break
			}
		}
		if next == nil {
			return nil, missing{name: name, at: n}
		}
		n = next
	}
	return n, missing{}
}

// through returns what the reference at n leads to, without a report.
func (l *loader) through(n *node, hops *int) *node {
	text := n.get("$ref")
	if !text.isText() {
		return nil
	}
	if target := text.identified(); target != nil {
		return target
	}
	ref, problem := l.files.parseRef(n.doc().name, text.text)
	if problem != nil || strings.HasPrefix(ref.fragment, "/") != (ref.fragment != "") {
		return nil
	}
	f := l.files.open(ref.file, n)
	if f.root == nil {
		return nil
	}
	if f.lifted {
		ref.fragment = liftedPointer(ref.fragment)
	}
	target, _ := l.walk(f.root, ref.fragment, hops)
	return target
}

// child returns the member of an object or the entry of a list that one token of a pointer names.
func (n *node) child(name string) *node {
	if n.kind != kindArray {
		return n.get(name)
	}
	if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(n.members) {
		return n.members[i]
	}
	return nil
}

// anchor returns the schema that an anchor names; where several have the name, the first.
func (f *file) anchor(name string) *node {
	if f.anchors == nil {
		f.anchors = map[string]*node{}
		f.root.collectAnchors(f.anchors)
	}
	return f.anchors[name]
}

func (n *node) collectAnchors(anchors map[string]*node) {
	for _, m := range n.members {
		if (m.key == "$anchor" || m.key == "$dynamicAnchor") && m.kind == kindString && n.kind == kindObject {
			if _, taken := anchors[m.text]; !taken {
				anchors[m.text] = n
			}
		}
		m.collectAnchors(anchors)
	}
}

// names are the member names of an object, so many of them.
func (n *node) names(most int) []string {
	if !n.is(kindObject) {
		return nil
	}
	names := make([]string, min(most, len(n.members)))
	for i := range names {
		names[i] = n.members[i].key
	}
	return names
}

// deref follows $ref, and $ref to $ref, of anything but a schema (a schema keeps its references). The
// result is nil when the chain is broken or a cycle, which is reported.
func (l *loader) deref(n *node) *node {
	if n.get("$ref") == nil {
		return n
	}
	for seen := map[*node]bool{}; ; {
		ref := n.get("$ref")
		if ref == nil {
			return n
		}
		if seen[n] {
			l.warnf(ref.pos(), "ref-cycle", "the reference %q leads back to itself", ref.text)
			return nil
		}
		seen[n] = true
		if n = l.resolve(ref); n == nil {
			return nil
		}
	}
}

func escapePointer(s string) string {
	if !strings.ContainsAny(s, "~/") {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "~", "~0"), "/", "~1")
}

func unescapePointer(s string) string {
	if !strings.Contains(s, "~") {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "~1", "/"), "~0", "~")
}
