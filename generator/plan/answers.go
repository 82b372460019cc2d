package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// BodyEvents is an answer of server-sent events.
const BodyEvents BodyKind = "events"

// answerWay is one way to read the answer of an operation: the bodies that it reads, by status.
type answerWay struct {
	suffix   string
	kind     BodyKind // empty: there is no body to read
	bodies   []answered
	accept   []string // media types, the preferred one first
	several  bool     // the operation can be asked for others
	redirect bool
}

// answered is a documented success and the body by which a way reads it; nil: the way reads none.
type answered struct {
	response *model.Response
	media    *model.MediaType
	kind     BodyKind
}

// answerWays are the ways in which the answer of an operation can be read: JSON first, else what the document
// lists first. Media types that are read in the same way share one.
func (b *builder) answerWays(op *model.Operation) []answerWay {
	success, redirect := successes(op)
	none := answerWay{redirect: redirect}
	for _, r := range success {
		none.bodies = append(none.bodies, answered{response: r})
	}
	if redirect || op.Method == "HEAD" {
		return []answerWay{none}
	}
	var ways []answerWay
	for i, r := range success {
		for _, m := range b.answerContent(r, success) {
			at := wayFor(ways, i, m)
			if at < 0 {
				at = len(ways)
				w := none
				w.kind, w.bodies = m.kind, slices.Clone(none.bodies)
				ways = append(ways, w)
			}
			w := &ways[at]
			if w.bodies[i].media == nil {
				w.bodies[i].media, w.bodies[i].kind = m.media, m.kind
			}
			if name := m.media.Name; acceptable(name) && !slices.Contains(w.accept, name) {
				w.accept = append(w.accept, name)
			}
		}
	}
	if len(ways) == 0 {
		return []answerWay{none}
	}
	for i := range ways {
		ways[i].narrow()
	}
	first := slices.IndexFunc(ways, func(w answerWay) bool { return w.kind == BodyJSON && slices.ContainsFunc(w.accept, plainJSON) })
	if first < 0 {
		first = slices.IndexFunc(ways, func(w answerWay) bool { return w.kind == BodyJSON })
	}
	if first > 0 {
		w := ways[first]
		ways = slices.Insert(slices.Delete(ways, first, first+1), 0, w)
	}
	b.answerSuffixes(ways)
	return ways
}

// narrow asks for no range of media types where JSON is named beside it: a server may choose of it what this way does not read.
func (w *answerWay) narrow() {
	ranged := func(name string) bool { return strings.Contains(mediaBase(name), "*") }
	if w.kind == BodyJSON && slices.ContainsFunc(w.accept, isJSONType) {
		w.accept = slices.DeleteFunc(w.accept, ranged)
	}
}

// successes are the answers that a call succeeds with: the documented 2xx, else redirects, which are then what the
// operation is for, else the default one.
func successes(op *model.Operation) (list []*model.Response, redirect bool) {
	of := func(is func(status string) bool) []*model.Response {
		return slices.DeleteFunc(slices.Clone(op.Responses), func(r *model.Response) bool { return !is(r.Status) })
	}
	if list = of(func(s string) bool { return strings.HasPrefix(s, "2") }); len(list) > 0 {
		return list, false
	}
	if list = of(isRedirect); len(list) > 0 {
		return list, true
	}
	return of(func(s string) bool { return s == "default" }), false
}

// isRedirect reports whether a status leads elsewhere.
func isRedirect(status string) bool {
	return slices.Contains([]string{"301", "302", "303", "307", "308", "3XX"}, status)
}

// answerContent is what of the content of a success is read: plain JSON first, then other JSON. Text belongs to
// the way that reads JSON where both are the same string, and where other answers are JSON and this one is text alone.
func (b *builder) answerContent(r *model.Response, success []*model.Response) []answered {
	if r.Status == "204" || r.Status == "205" || len(r.Content) == 0 {
		return nil
	}
	var list []answered
	for _, m := range b.usable(r.Content) {
		list = append(list, answered{response: r, media: m, kind: answerKind(m)})
	}
	rank := func(m answered) int {
		switch {
		case m.kind == BodyJSON && plainJSON(m.media.Name):
			return 0
		case m.kind == BodyJSON:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(list, func(x, y answered) int { return rank(x) - rank(y) })
	is := func(k BodyKind) func(*model.MediaType) bool {
		return func(m *model.MediaType) bool { return answerKind(m) == k }
	}
	// JSON and text of one string are read alike.
	for i, m := range list {
		if m.kind == BodyText && contentOf(m.media.Schema) == text && slices.ContainsFunc(list, func(o answered) bool {
			return o.kind == BodyJSON && sameSchema(o.media.Schema, m.media.Schema)
		}) {
			list[i].kind = BodyJSON
		}
	}
	elsewhere := slices.ContainsFunc(success, func(o *model.Response) bool { return slices.ContainsFunc(o.Content, is(BodyJSON)) })
	if elsewhere && !slices.ContainsFunc(r.Content, is(BodyJSON)) {
		if i := slices.IndexFunc(list, func(m answered) bool { return m.kind == BodyText }); i >= 0 {
			list[i].kind = BodyJSON
		}
	}
	return list
}

// wayFor finds the way that reads a media type of the i-th success: one that reads it already for another status,
// one that reads the same, or one that reads its kind and nothing of this success so far; -1 when there is none.
func wayFor(ways []answerWay, i int, m answered) int {
	base := mediaBase(m.media.Name)
	fits := []func(w *answerWay) bool{
		func(w *answerWay) bool {
			return w.bodies[i].media == nil && slices.ContainsFunc(w.accept, func(a string) bool { return mediaBase(a) == base })
		},
		func(w *answerWay) bool {
			have := w.bodies[i].media
			return have != nil && (opaque(m.kind) || sameSchema(have.Schema, m.media.Schema) && sameSchema(have.Items, m.media.Items))
		},
		func(w *answerWay) bool { return w.bodies[i].media == nil },
	}
	for _, fit := range fits {
		if at := slices.IndexFunc(ways, func(w answerWay) bool { return w.kind == m.kind && fit(&w) }); at >= 0 {
			return at
		}
	}
	return -1
}

// answerSuffixes names the ways but the first after what they read.
func (b *builder) answerSuffixes(ways []answerWay) {
	words := map[BodyKind]string{BodyText: "Text", BodyBinary: "Binary", BodyXML: "XML", BodyLines: "Stream", BodyEvents: "Stream"}
	taken := map[string]bool{"": true}
	for i := range ways {
		w := &ways[i]
		w.several = len(ways) > 1
		if i == 0 {
			continue
		}
		name := ""
		if len(w.accept) > 0 {
			name = w.accept[0]
		}
		for _, s := range []string{words[w.kind], b.subtypeWord(name), b.namer.Exported(name)} {
			if w.suffix = s; !taken[s] {
				break
			}
		}
		if taken[w.suffix] {
			w.suffix += "X" + shortHash(name)
		}
		taken[w.suffix] = true
	}
}

// plainJSON reports whether a media type is JSON and nothing more special.
func plainJSON(name string) bool { return mediaBase(name) == "application/json" }

// acceptable reports whether a media type can be asked for.
func acceptable(name string) bool {
	return strings.Contains(name, "/") && !strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r > '~' })
}

// answerKind is how an answer of a media type is read.
func answerKind(m *model.MediaType) BodyKind {
	base, is := mediaBase(m.Name), contentOf(m.Schema)
	switch {
	case base == "text/event-stream":
		return BodyEvents
	case isLinesType(base) && (m.Items != nil || is == structured || is == anything), isJSONType(base) && gatewayStream(m.Schema):
		return BodyLines
	case is == binary:
		return BodyBinary
	case isJSONType(base) && !isLinesType(base):
		return BodyJSON
	case isXMLType(base):
		if is == structured {
			return BodyXML
		}
		return BodyText
	case base == "text/plain" && is == structured:
		return BodyJSON // what frameworks write that were not told otherwise
	case isTextType(base):
		return BodyText
	case isBinaryType(base):
		return BodyBinary
	case is == structured:
		return BodyJSON // a type of the vendor's own, or any
	case is == text:
		return BodyText
	}
	return BodyBinary
}

// isTextType reports whether what a media type names is text for people or for programs.
func isTextType(base string) bool {
	return strings.HasPrefix(base, "text/") || strings.HasSuffix(base, "+yaml") || slices.Contains([]string{
		"application/text", "application/yaml", "application/x-yaml", "application/vnd.yaml", "application/toml", "application/csv", "application/x-www-form-urlencoded",
		"application/xhtml+xml", "application/javascript", "application/x-javascript", "application/ecmascript", "application/graphql",
		"application/sql", "application/x-sh", "application/x-pem-file", "application/x-subrip", "application/ld+yaml", "application/jose", "application/jwt",
	}, base)
}

// isBinaryType reports whether a media type is certainly no text, whatever its schema says.
func isBinaryType(base string) bool {
	for _, prefix := range []string{"image/", "audio/", "video/", "font/", "model/", "multipart/"} {
		if strings.HasPrefix(base, prefix) && base != "image/svg+xml" {
			return true
		}
	}
	return strings.HasSuffix(base, "+zip") || strings.HasSuffix(base, "+gzip") || slices.Contains([]string{
		"application/octet-stream", "application/pdf", "application/zip", "application/gzip", "application/x-gzip", "application/x-tar",
		"application/x-zip-compressed", "application/x-bzip2", "application/zstd", "application/wasm", "application/x-protobuf", "application/protobuf",
		"application/cbor", "application/msgpack", "application/vnd.ms-excel", "application/msword",
	}, base) || strings.HasPrefix(base, "application/vnd.openxmlformats-")
}
