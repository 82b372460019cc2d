package main

import (
	"mime"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// kind is how bodies of a media type are written.
type kind string

const (
	kindJSON      kind = "json"
	kindLines     kind = "json lines"
	kindSequence  kind = "json sequence"
	kindEvents    kind = "events"
	kindForm      kind = "form"
	kindMultipart kind = "multipart"
	kindText      kind = "text"
	kindXML       kind = "xml"
	kindBinary    kind = "binary"
)

func kindOf(mediaType string) kind {
	base, _, err := mime.ParseMediaType(mediaType)
	if err != nil {
		base, _, _ = strings.Cut(strings.ToLower(mediaType), ";")
		base = strings.TrimSpace(base)
	}
	switch {
	case base == "application/x-ndjson", base == "application/jsonl", base == "application/ndjson", base == "application/json-lines", base == "application/jsonlines", base == "application/x-jsonlines":
		return kindLines
	case base == "application/json-seq", base == "application/geo+json-seq":
		return kindSequence
	case base == "application/json", base == "text/json", strings.HasSuffix(base, "+json"):
		return kindJSON
	case base == "text/event-stream":
		return kindEvents
	case base == "application/x-www-form-urlencoded":
		return kindForm
	case strings.HasPrefix(base, "multipart/"):
		return kindMultipart
	case base == "application/xml", base == "text/xml", strings.HasSuffix(base, "+xml"):
		return kindXML
	case strings.HasPrefix(base, "text/"):
		return kindText
	}
	return kindBinary
}

// concrete is a media type that a server may send for one of the document: without wildcards. What has members, or is a
// list, is JSON where it may be.
func concrete(mediaType string, schema *openapi3.SchemaRef) string {
	base, _, _ := strings.Cut(mediaType, ";")
	switch strings.TrimSpace(base) {
	case "*/*", "*", "application/*":
		if structured(schema) {
			return "application/json"
		}
		return "application/octet-stream"
	case "text/*":
		return "text/plain"
	}
	if main, ok := strings.CutSuffix(base, "/*"); ok {
		return main + "/x-unknown"
	}
	return mediaType
}

// admits reports whether a client that asks for accept takes a media type. A wildcard of the document is met by what stands
// for it.
func admits(accept, mediaType string, schema *openapi3.SchemaRef) bool {
	want, _, _ := strings.Cut(concrete(mediaType, schema), ";")
	for _, offer := range strings.Split(accept, ",") {
		base, _, _ := strings.Cut(strings.TrimSpace(offer), ";")
		base = strings.TrimSpace(base)
		if strings.EqualFold(base, strings.TrimSpace(want)) || base == "*/*" || base == "*" || offer == mediaType {
			return true
		}
		if main, ok := strings.CutSuffix(base, "/*"); ok && strings.HasPrefix(want, main+"/") {
			return true
		}
	}
	return false
}

// mediaTypes lists those of a body, in an order that does not change.
func mediaTypes(c openapi3.Content) []string {
	var names []string
	for name := range c {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
