package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// tabDelimited is a style of Swagger 2 that version 3 has not.
const tabDelimited = "tabDelimited"

// text is a scalar as parameters have it.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case nil:
		return ""
	}
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(data)
}

// sameText compares what came with a scalar; numbers and booleans by what they mean.
func sameText(got string, want any) bool {
	if w, ok := want.(string); ok {
		return got == w || sameTime(got, w)
	}
	return got == text(want) || sameJSON([]byte(got), want)
}

// scalars reports whether a value is a scalar, or a list or an object of scalars: what the styles are defined for.
func scalars(v any) bool {
	plain := func(e any) bool {
		switch e.(type) {
		case []any, map[string]any:
			return false
		}
		return true
	}
	switch v := v.(type) {
	case []any:
		return !slices.ContainsFunc(v, func(e any) bool { return !plain(e) })
	case map[string]any:
		for _, e := range v {
			if !plain(e) {
				return false
			}
		}
	}
	return true
}

// inQuery takes the values of a parameter out of a query and says what is wrong with them.
func inQuery(query url.Values, p *openapi3.Parameter, want any) string {
	if p.Content != nil {
		got := take(query, p.Name)
		if len(got) != 1 || !inContent(got[0], p.Content, want) {
			return fmt.Sprintf("%q is no JSON of %s", got, text(want))
		}
		return ""
	}
	style, explode := p.Style, p.Explode == nil || *p.Explode
	if style == "" {
		style = "form"
	}
	if style != "form" && p.Explode == nil {
		explode = false
	}
	if style == "deepObject" {
		return inDeepObject(query, p.Name, want)
	}
	object, isObject := want.(map[string]any)
	if explode && isObject {
		for _, name := range sortedKeys(object) {
			member := &openapi3.Parameter{Name: name}
			if _, nested := object[name].(map[string]any); nested { // no style says how: ours is JSON
				member.Content = openapi3.Content{"application/json": nil}
			}
			if problem := inQuery(query, member, object[name]); problem != "" {
				return problem
			}
		}
		return ""
	}
	return inValues(take(query, p.Name), want, explode, map[string]string{"form": ",", "spaceDelimited": " ", "pipeDelimited": "|", tabDelimited: "\t"}[style])
}

// inContent compares a text of a media type: JSON, or the text itself.
func inContent(got string, content openapi3.Content, want any) bool {
	for _, name := range mediaTypes(content) {
		if kindOf(name) != kindJSON {
			return sameText(got, want)
		}
	}
	return sameJSON([]byte(got), want)
}

func take(query url.Values, name string) []string {
	got := query[name]
	delete(query, name)
	return got
}

// inValues compares the values under one name with a scalar, a list or an object.
func inValues(got []string, want any, explode bool, separator string) string {
	problem := fmt.Sprintf("%q is not %s", got, text(want))
	if !scalars(want) {
		return "" // no style says how: that it is valid is the validator's word
	}
	switch w := want.(type) {
	case []any:
		if !explode {
			if len(got) != 1 {
				return problem
			}
			got = strings.Split(got[0], separator)
		}
		if len(got) != len(w) {
			return problem
		}
		for i, e := range w {
			if !sameText(got[i], e) {
				return problem
			}
		}
		return ""
	case map[string]any:
		if len(got) != 1 {
			return problem
		}
		return inPairs(strings.Split(got[0], separator), w)
	}
	if len(got) != 1 || !sameText(got[0], want) {
		return problem
	}
	return ""
}

// inPairs compares alternating names and values.
func inPairs(got []string, want map[string]any) string {
	problem := fmt.Sprintf("%q is not %s", got, text(want))
	if len(got) != 2*len(want) {
		return problem
	}
	for i := 0; i < len(got); i += 2 {
		if w, ok := want[got[i]]; !ok || !sameText(got[i+1], w) {
			return problem
		}
	}
	return ""
}

// inDeepObject compares names in brackets. How lists stand in them no standard says: repeated, with empty brackets or with
// an index are all taken.
func inDeepObject(query url.Values, name string, want any) string {
	switch w := want.(type) {
	case map[string]any:
		for _, key := range sortedKeys(w) {
			if problem := inDeepObject(query, name+"["+key+"]", w[key]); problem != "" {
				return problem
			}
		}
		return ""
	case []any:
		got := append(take(query, name), take(query, name+"[]")...)
		if len(got) == 0 {
			for i, e := range w {
				if problem := inDeepObject(query, fmt.Sprintf("%s[%d]", name, i), e); problem != "" {
					return problem
				}
			}
			return ""
		}
		return inValues(got, want, true, "")
	}
	if problem := inValues(take(query, name), want, false, ""); problem != "" {
		return name + ": " + problem
	}
	return ""
}

// inPath compares a segment of a path.
func inPath(segment string, p *openapi3.Parameter, want any) string {
	problem := fmt.Sprintf("%q is not %s", segment, text(want))
	if p.Content != nil {
		if !inContent(segment, p.Content, want) {
			return problem
		}
		return ""
	}
	explode := p.Explode != nil && *p.Explode
	separator, prefix := ",", ""
	switch p.Style {
	case "label":
		prefix = "."
		if explode {
			separator = "."
		}
	case "matrix":
		if explode {
			separator, prefix = ";", ";"
		} else {
			prefix = ";" + p.Name + "="
		}
	}
	rest, ok := strings.CutPrefix(segment, prefix)
	if !ok {
		return problem
	}
	if !scalars(want) {
		return ""
	}
	switch w := want.(type) {
	case []any:
		parts := strings.Split(rest, separator)
		if p.Style == "matrix" && explode {
			for i, part := range parts {
				if parts[i], ok = strings.CutPrefix(part, p.Name+"="); !ok {
					return problem
				}
			}
		}
		return inValues(parts, want, true, "")
	case map[string]any:
		if explode {
			var pairs []string
			for _, part := range strings.Split(rest, separator) {
				k, v, _ := strings.Cut(part, "=")
				pairs = append(pairs, k, v)
			}
			return inPairs(pairs, w)
		}
		return inPairs(strings.Split(rest, separator), w)
	}
	if p.Style == "matrix" && explode {
		rest = strings.TrimPrefix(rest, p.Name+"=")
	}
	if !sameText(rest, want) {
		return problem
	}
	return ""
}

// inHeader compares the value of a header; style simple is all there is.
func inHeader(got []string, p *openapi3.Parameter, want any) string {
	if len(got) != 1 {
		return fmt.Sprintf("%q is not %s", got, text(want))
	}
	simple := *p
	simple.Style = ""
	return inPath(got[0], &simple, want)
}
