package source

import (
	"errors"
	"maps"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
)

// reference is the target of a $ref: a file below the root and a place in it.
type reference struct {
	file     string
	fragment string
}

var errLeavesRoot = errors.New("it leaves the root")

// parseRef reads the text of a $ref that stands in the named file. A fragment that is no pointer is the name of
// an anchor.
func parseRef(from, text string) (reference, error) {
	before, fragment, _ := strings.Cut(text, "#")
	fragment, err := url.PathUnescape(fragment)
	if err != nil {
		return reference{}, errors.New("its fragment is not percent-encoded properly")
	}
	if before == "" {
		return reference{file: from, fragment: fragment}, nil
	}
	name, err := url.PathUnescape(before)
	if err != nil {
		return reference{}, errors.New("it is not percent-encoded properly")
	}
	switch {
	case strings.ContainsAny(name, "\\\x00?") || strings.HasPrefix(name, "/"):
		return reference{}, errors.New("only relative names of files are allowed")
	case strings.Contains(name, ":"):
		return reference{}, errors.New("only files below the root are read, never a URL")
	}
	name = path.Join(path.Dir(from), name)
	if name == ".." || strings.HasPrefix(name, "../") {
		return reference{}, errLeavesRoot
	}
	return reference{file: name, fragment: fragment}, nil
}

// resolve returns the node a reference text, standing at n, points to; nil when there is none, which is reported.
func (l *loader) resolve(n *node) *node {
	if !n.isText() {
		l.errorf(n.pos(), "ref-invalid", "a $ref must be a string")
		return nil
	}
	ref, err := parseRef(n.file.name, n.text)
	if err != nil {
		l.errorf(n.pos(), "ref-invalid", "the reference %q is refused: %s", n.text, err)
		if errors.Is(err, errLeavesRoot) {
			l.hint("the root is the deepest directory that holds all documents; choose one higher up with -root or root: in pantograph.yaml")
		} else {
			l.hint("write a relative file name and a JSON pointer: common.yaml#/components/schemas/Name")
		}
		return nil
	}
	f := l.files.open(ref.file, n)
	if f.root == nil {
		return nil
	}
	target, missing := f.find(ref.fragment)
	if target == nil {
		l.errorf(n.pos(), "ref-not-found", "the reference %q leads nowhere: there is no %q", n.text, missing.name)
		if near := diag.Nearest(missing.name, missing.names); near != "" {
			l.hint("did you mean %q?", near)
		}
		return nil
	}
	return target
}

// peek is resolve without a report, among the files that are read already.
func (l *loader) peek(n *node) *node {
	if !n.isText() {
		return nil
	}
	ref, err := parseRef(n.file.name, n.text)
	f := l.files.files[ref.file]
	if err != nil || f == nil || f.root == nil {
		return nil
	}
	target, _ := f.find(ref.fragment)
	return target
}

// find follows a fragment of the document as it was written: a JSON pointer, or the name of an anchor.
func (f *file) find(fragment string) (*node, missing) {
	if fragment != "" && fragment[0] != '/' {
		if n := f.anchor(fragment); n != nil {
			return n, missing{}
		}
		return nil, missing{fragment, slices.Sorted(maps.Keys(f.anchors))}
	}
	return f.lookup(fragment)
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

// lookup finds the target of a pointer.
func (f *file) lookup(pointer string) (*node, missing) {
	if f.lifted {
		pointer = liftedPointer(pointer)
	}
	return f.root.lookup(pointer)
}

// missing is where a pointer stops.
type missing struct {
	name  string
	names []string // that there are
}

// lookup follows a JSON pointer.
func (n *node) lookup(pointer string) (*node, missing) {
	if pointer == "" {
		return n, missing{}
	}
	for token := range strings.SplitSeq(pointer[1:], "/") {
		name := unescapePointer(token)
		next := n.get(name)
		if n.kind == kindArray {
			if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(n.members) {
				next = n.members[i]
			}
		}
		if next == nil {
			return nil, missing{name, n.names()}
		}
		n = next
	}
	return n, missing{}
}

// names are the member names of an object.
func (n *node) names() []string {
	if !n.is(kindObject) {
		return nil
	}
	names := make([]string, len(n.members))
	for i, m := range n.members {
		names[i] = m.key
	}
	return names
}

// deref follows $ref, and $ref to $ref, of anything but a schema (a schema keeps its references). The
// result is nil when the chain is broken or a cycle, which is reported.
func (l *loader) deref(n *node) *node {
	for seen := map[*node]bool{}; ; {
		ref := n.get("$ref")
		if ref == nil {
			return n
		}
		if seen[n] {
			l.errorf(ref.pos(), "ref-cycle", "the reference %q leads back to itself", ref.text)
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
