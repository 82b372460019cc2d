package source

import (
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// responses reads the documented answers, in document order.
func (l *loader) responses(m *node) []*model.Response {
	var list []*model.Response
	seen := map[string]bool{}
	for _, entry := range l.fields(m) {
		if strings.HasPrefix(entry.key, "x-") {
			continue
		}
		status := l.status(entry)
		if status == "" || seen[status] {
			continue
		}
		seen[status] = true
		n := l.deref(entry)
		if n == nil { // it leads nowhere, which is reported
			list = append(list, &model.Response{Pos: entry.pos(), Status: status, Content: anyJSON(entry)})
			continue
		}
		if !l.object(n) {
			continue
		}
		l.noExtension(n, "a response")
		if schema := n.get("schema"); schema != nil && n.get("content") == nil {
			l.warnf(schema.keyPos(), "response-old", "the response has a schema of its own, as in Swagger 2.0; it is read as JSON")
			lift := &swagger{loader: l, lifted: map[*node]bool{}}
			lift.response(n, nil)
		}
		r := &model.Response{
			Pos: n.pos(), Status: status, Headers: l.headers(n.get("headers")), Content: l.content(n), Links: l.links(n.get("links")), Doc: l.doc(n),
		}
		if entry != n && entry.get("description") != nil { // 3.1: a reference may describe the use
			r.Text = l.str(entry, "description")
		}
		list = append(list, r)
	}
	return list
}

// status returns the status of a response; "" when it is none. Ranges and the default are written in many ways.
func (l *loader) status(entry *node) string {
	if isStatus(entry.key) {
		return entry.key
	}
	meant, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(entry.key)), " ")
	if meant == "DEFAULT" {
		meant = "default"
	}
	if len(meant) == 3 && strings.Trim(meant[1:], "X*") == "" {
		meant = meant[:1] + "XX"
	}
	if isStatus(meant) {
		l.warnf(entry.keyPos(), "status-invalid", "%q is no status of a response; it is taken for %s", entry.key, meant)
		return meant
	}
	l.warnf(entry.keyPos(), "status-invalid", "%q is no status of a response; it is left out", entry.key)
	l.hint(`write "200", "4XX" or default`)
	return ""
}

// isStatus reports whether a key is a status, a range of them, or the default.
func isStatus(key string) bool {
	if len(key) != 3 || key[0] < '1' || key[0] > '5' {
		return key == "default"
	}
	return key[1:] == "XX" || strings.Trim(key[1:], "0123456789") == ""
}

// headers reads the headers of a response or of a part. Content-Type among them is ignored, as the standard says.
func (l *loader) headers(m *node) []*model.Parameter {
	var list []*model.Parameter
	for _, entry := range l.fields(m) {
		if strings.EqualFold(entry.key, "Content-Type") {
			continue
		}
		n := l.deref(entry)
		if n == nil || !l.object(n) {
			continue
		}
		x := l.extension(n, l.vocab.parameter)
		h := &model.Parameter{Name: entry.key, In: model.InHeader, Style: "simple", Required: l.flag(n, "required"), PinnedName: x.str("name")}
		l.fillParameter(h, n, rowed(l.source(x.get("source")), entry.key))
		list = append(list, h)
	}
	return list
}
