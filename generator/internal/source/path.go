package source

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// pathItem is a path item, and what it refers to: it may have members beside its reference, which come first.
type pathItem []*node

// pathItem resolves a path item; nil when there is none.
func (l *loader) pathItem(m *node) pathItem {
	var item pathItem
	for len(item) < maxChain && l.object(m) {
		item = append(item, m)
		l.noExtension(m, "a path item")
		ref := m.get("$ref")
		if ref == nil {
			return item
		}
		if m = l.resolve(ref); m == nil {
			return item
		}
		if slices.Contains(item, m) {
			l.warnf(ref.pos(), "ref-cycle", "the reference %q leads back to itself", ref.text)
			return item
		}
	}
	return item
}

// get returns a member of a path item.
func (item pathItem) get(name string) *node {
	for _, n := range item {
		if m := n.get(name); m != nil {
			return m
		}
	}
	return nil
}

// parameters are the lists of parameters of a path item, the ones that count more last.
func (item pathItem) parameters() []*node {
	var lists []*node
	for _, n := range item {
		if m := n.get("parameters"); m != nil {
			lists = append(lists, m)
		}
	}
	slices.Reverse(lists)
	return lists
}

// path reads the operations of a path item.
func (l *loader) path(f *file, m *node) {
	if len(m.key) > maxPath {
		l.errorf(m.keyPos(), "limit", "the path is longer than %d bytes", maxPath)
		return
	}
	item := l.pathItem(m)
	if previous := l.templates[normalTemplate(m.key)]; previous != nil {
		l.warnf(m.keyPos(), "path-repeated", "the path %q is the same as %q at %s", m.key, previous.key, previous.keyPos())
		l.related(previous.keyPos())
	} else {
		l.templates[normalTemplate(m.key)] = m
	}
	t := l.template(m)
	for _, c := range l.calls(item) {
		l.operation(site{root: f.root, item: item, template: t, method: c.method}, c.node)
	}
}

// template is a path as it is sent. Documents put more into it than a path.
type template struct {
	path   string
	fixed  []string           // pairs of a query in it that say what is sent, escaped
	named  []*model.Parameter // of the pairs that leave it to the call
	server *model.Server      // of a URL
}

// template reads the key of a path item: what is no path template there goes where it belongs.
func (l *loader) template(m *node) template {
	t := template{path: m.key}
	if scheme, rest, ok := strings.Cut(t.path, "://"); ok && (scheme == "http" || scheme == "https") {
		host, path, _ := strings.Cut(rest, "/")
		t.path = "/" + path
		t.server = &model.Server{Pos: m.keyPos(), URL: scheme + "://" + host}
		l.warnf(m.keyPos(), "path-invalid", "the path %q is a URL; its beginning is taken for a server", m.key)
	}
	path, fragment, hasFragment := strings.Cut(t.path, "#")
	if hasFragment {
		l.warnf(m.keyPos(), "path-fragment", "the path %q has a fragment, %q, which is never sent; it is left out", m.key, fragment)
	}
	path, query, hasQuery := strings.Cut(path, "?")
	if t.path = path; hasQuery {
		l.warnf(m.keyPos(), "path-query", "the path %q has a query; what it fixes is sent with each call, the rest are parameters", m.key)
		t.readQuery(m, query)
	}
	if !strings.HasPrefix(t.path, "/") {
		l.warnf(m.keyPos(), "path-invalid", "the path %q does not begin with a slash; one is added", m.key)
		t.path = "/" + t.path
	}
	if strings.Contains(t.path, "//") {
		l.warnf(m.keyPos(), "path-invalid", "the path %q has an empty segment; it is sent as it is", m.key)
	}
	if whole := balanced(t.path); whole != t.path {
		l.warnf(m.keyPos(), "path-invalid", "the braces of the path %q do not match; it is taken for %q", m.key, whole)
		t.path = whole
	}
	return t
}

// balanced closes each brace that a segment opens, and leaves out those that close nothing.
func balanced(path string) string {
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		var b strings.Builder
		open := false
		for j := range len(segment) {
			c := segment[j]
			if c == '{' && open || c == '}' && !open {
				continue
			}
			open = c == '{' || open && c != '}'
			b.WriteByte(c)
		}
		if open {
			b.WriteByte('}')
		}
		segments[i] = b.String()
	}
	return strings.Join(segments, "/")
}

// readQuery takes the query of a path apart. A pair says what is sent, unless its value is empty or the name of a parameter
// in braces: then it says what the call has to.
func (t *template) readQuery(m *node, query string) {
	for pair := range strings.SplitSeq(query, "&") {
		name, value, assigned := strings.Cut(pair, "=")
		if name == "" {
			continue
		}
		if templateNames(name+value) == nil && (value != "" || !assigned) {
			t.fixed = append(t.fixed, queryText(pair))
			continue
		}
		name = unescaped(name)
		at := m.keyPos()
		at.Pointer += "/parameters/" + escapePointer(name)
		s := &model.Schema{Pos: at, Types: []model.Type{model.TypeString}}
		t.named = append(t.named, &model.Parameter{Pos: at, Name: name, In: model.InQuery, Required: true, Style: "form", Explode: true, Schema: s})
	}
}

// unescaped is a text of a query as it is meant: one that is not well escaped means itself.
func unescaped(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

// queryText is a pair of a query as it can be sent: what no query holds is escaped, the rest stays as it is written.
func queryText(pair string) string {
	_, err := url.QueryUnescape(pair)
	var b strings.Builder
	for i := range len(pair) {
		switch c := pair[i]; {
		case c > ' ' && c < 0x7f && !strings.ContainsRune(`"<>\^`+"`{|}#", rune(c)) && (c != '%' || err == nil):
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
