package fake

import (
	"net/url"
	"slices"
	"strings"
)

type route struct {
	Route
	template template
	fixed    []string // pairs of the query
}

// pairs takes a query apart.
func pairs(query string) []string {
	if query == "" {
		return nil
	}
	return strings.Split(query, "&")
}

// within reports whether a query has the pairs that the route has to have.
func (r *route) within(query []string) bool {
	return !slices.ContainsFunc(r.fixed, func(pair string) bool { return !slices.Contains(query, pair) })
}

// beside is a query without the pairs that the route has to have.
func (r *route) beside(query string) string {
	return strings.Join(slices.DeleteFunc(pairs(query), func(pair string) bool { return slices.Contains(r.fixed, pair) }), "&")
}

// before reports whether a route says more of a request than another that fits too.
func (r *route) before(o *route) bool {
	return r.template.before(o.template) || !o.template.before(r.template) && len(r.fixed) > len(o.fixed)
}

// template is a path template, taken apart into segments, and those into literals and parameters.
type template [][]part

type part struct {
	text  string // literal, or name of the parameter
	param bool
}

func parseTemplate(path string) template {
	var t template
	for segment := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
		var parts []part
		for segment != "" {
			open := strings.IndexByte(segment, '{')
			end := strings.IndexByte(segment, '}')
			if open < 0 || end < open {
				parts = append(parts, part{text: segment})
				break
			}
			if open > 0 {
				parts = append(parts, part{text: segment[:open]})
			}
			parts = append(parts, part{text: segment[open+1 : end], param: true})
			segment = segment[end+1:]
		}
		t = append(t, parts)
	}
	return t
}

// match takes an escaped path apart and returns its parameters.
func (t template) match(path string) (map[string]string, bool) {
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if len(segments) != len(t) {
		return nil, false
	}
	params := make(map[string]string, 2)
	for i, parts := range t {
		text, err := url.PathUnescape(segments[i])
		if err != nil || !matchParts(parts, text, params) {
			return nil, false
		}
	}
	return params, true
}

// raw returns the parameters as they stand in an escaped path that the template matches.
func (t template) raw(path string) map[string]string {
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	params := make(map[string]string, 2)
	for i := range min(len(t), len(segments)) {
		matchParts(t[i], segments[i], params)
	}
	return params
}

// matchParts takes a segment apart. A parameter ends where the literal after it first occurs.
func matchParts(parts []part, text string, params map[string]string) bool {
	for i, p := range parts {
		if !p.param {
			rest, ok := strings.CutPrefix(text, p.text)
			if !ok {
				return false
			}
			text = rest
			continue
		}
		end := len(text)
		if i+1 < len(parts) && !parts[i+1].param {
			if end = strings.Index(text, parts[i+1].text); end < 0 {
				return false
			}
			if i+2 == len(parts) {
				end = strings.LastIndex(text, parts[i+1].text)
			}
		}
		if end == 0 {
			return false
		}
		params[p.text], text = text[:end], text[end:]
	}
	return text == ""
}

// before reports whether t is more specific than u: the first segment that is literal in one of them
// only decides.
func (t template) before(u template) bool {
	for i := range min(len(t), len(u)) {
		a, b := literals(t[i]), literals(u[i])
		if a != b {
			return a > b
		}
	}
	return false
}

// literals is how much of a segment is literal: all of it, some, nothing.
func literals(parts []part) int {
	n, params := 0, 0
	for _, p := range parts {
		if p.param {
			params++
		} else {
			n += len(p.text)
		}
	}
	if params == 0 {
		return 1 << 20
	}
	return n
}
