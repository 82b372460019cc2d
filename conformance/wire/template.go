package main

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// match compares the path with its template and returns the decoded segments.
func (s *server) match(q *round, r *http.Request) map[string]string {
	values := map[string]string{}
	if r.Method != q.op.method {
		s.report("wire", "the method is %s", r.Method)
	}
	template, got := q.op.template(), r.URL.EscapedPath()
	template, _, _ = strings.Cut(template, "#")
	template, _, _ = strings.Cut(template, "?")
	wanted := func(name, value string) bool {
		return !slices.ContainsFunc(q.parameters, func(a argument) bool {
			return a.In == "path" && a.Name == name && inPath(value, a.Parameter, a.value) != ""
		})
	}
	if !unify(template, got, values, wanted) && !unify(template, got, values, func(string, string) bool { return true }) {
		s.report("wire", "the path %q is none of %s", got, q.op.path)
	}
	return values
}

// parts are the path of an operation, and the pairs of the query that documents write behind it which say what is sent: their
// value is not empty or that of a parameter, nor declared as one of several. A fragment is never sent.
func (o *operation) parts() (path string, fixed []string) {
	path, _, _ = strings.Cut(o.path, "#")
	path, query, _ := strings.Cut(path, "?")
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		p := parameter(o, "query", name)
		if pair != "" && !strings.Contains(pair, "{") && !strings.HasSuffix(pair, "=") && (p == nil || onlyValue(p, value)) {
			fixed = append(fixed, pair)
		}
	}
	return path, fixed
}

// named are the parameters that the query behind the path names, and that nothing declares in a query.
func (o *operation) named(declared []*openapi3.Parameter) []*openapi3.Parameter {
	path, query, _ := strings.Cut(o.path, "?")
	query, _, _ = strings.Cut(query, "#")
	var out []*openapi3.Parameter
	for pair := range strings.SplitSeq(query, "&") {
		name, value, assigned := strings.Cut(pair, "=")
		if !strings.Contains(value, "{") && (value != "" || !assigned) || slices.ContainsFunc(declared, func(p *openapi3.Parameter) bool { return p.Name == name && p.In == "query" }) {
			continue
		}
		p := &openapi3.Parameter{Name: name, In: "query", Required: true, Schema: openapi3.NewSchemaRef("", openapi3.NewStringSchema())}
		for _, d := range declared {
			if d.Name == name && d.In == "path" && !strings.Contains(path, "{"+name+"}") {
				p.Schema = d.Schema
			}
		}
		out = append(out, p)
	}
	return out
}

// onlyValue reports whether a parameter can have no other value.
func onlyValue(p *openapi3.Parameter, value string) bool {
	return p.Schema != nil && p.Schema.Value != nil && len(p.Schema.Value.Enum) == 1 && fmt.Sprint(p.Schema.Value.Enum[0]) == value
}

// fixes reports whether the path says what a parameter is.
func (o *operation) fixes(p *openapi3.Parameter) bool {
	_, fixed := o.parts()
	return p.In == "query" && slices.ContainsFunc(fixed, func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return name == p.Name
	})
}

// template is the path with its parameters by the names that are declared: documents mark and spell them otherwise there.
func (o *operation) template() string {
	plain := func(name string) string {
		name, _, _ = strings.Cut(name, ":")
		name, _, _ = strings.Cut(name, "=")
		return strings.ToLower(strings.Map(func(r rune) rune {
			if strings.ContainsRune("_-.+*; ", r) {
				return -1
			}
			return r
		}, name))
	}
	return inBraces.ReplaceAllStringFunc(o.path, func(name string) string {
		name = name[1 : len(name)-1]
		if parameter(o, "path", name) == nil {
			for _, p := range parameters(o) {
				if p.In == "path" && plain(p.Name) == plain(name) {
					name = p.Name
				}
			}
		}
		return "{" + name + "}"
	})
}

var inBraces = regexp.MustCompile(`\{[^{}]*\}`)

// unify compares a template with an escaped path. Where nothing stands between two parameters, the values that are wanted say
// which part is whose.
func unify(template, path string, values map[string]string, wanted func(name, value string) bool) bool {
	before, rest, found := strings.Cut(template, "{")
	if !found {
		return sameLiteral(template, path)
	}
	name, after, ok := strings.Cut(rest, "}")
	if !ok || len(path) < len(before) {
		// What a template writes escaped may be as long or longer.
		return false
	}
	i := literalPrefix(before, path)
	if i < 0 {
		return false
	}
	path = path[i:]
	next, _, _ := strings.Cut(after, "{")
	end := strings.IndexByte(path, '/')
	if end < 0 {
		end = len(path)
	}
	for j := end; j >= 0; j-- {
		if next != "" && !strings.HasPrefix(path[j:], next) || next == "" && after == "" && j != len(path) {
			continue
		}
		value, err := url.PathUnescape(path[:j])
		if err != nil || !wanted(name, value) {
			continue
		}
		deeper := map[string]string{}
		if unify(after, path[j:], deeper, wanted) {
			values[name] = value
			maps.Copy(values, deeper)
			return true
		}
	}
	return false
}

func sameLiteral(template, path string) bool {
	decoded, err := url.PathUnescape(path)
	return path == template || err == nil && decoded == template
}

// literalPrefix is how much of an escaped path a literal part of the template takes; -1: it is another.
func literalPrefix(literal, path string) int {
	if strings.HasPrefix(path, literal) {
		return len(literal)
	}
	if escaped := (&url.URL{Path: literal}).EscapedPath(); strings.HasPrefix(path, escaped) {
		return len(escaped)
	}
	return -1
}
