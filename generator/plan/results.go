package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// result plans what one way to call an operation returns. Call names its types.
func (b *builder) result(m *Method, op *model.Operation, w *way, call string) {
	a, way := &m.Answer, &w.answer
	b.statuses(m, way)
	m.Operation.Accept = accept(way)
	if way.several {
		a.Accepts = way.accept
	}
	a.Media = answeredMedia(way)
	switch {
	case way.redirect:
		a.Kind = AnswerRedirect
		a.Status = max(a.Status, 302) // for a range
	case way.kind == "":
	case way.kind == BodyJSON || way.kind == BodyText || way.kind == BodyXML && oneSchema(way):
		b.values(m, op, way, call+way.suffix)
	case way.kind == BodyEvents || way.kind == BodyLines:
		b.stream(m, way, call+way.suffix)
	default:
		a.Kind = AnswerDownload
		if way.kind == BodyXML {
			b.diags.Warnf(firstMedia(way).Pos, "unsupported-media-type", "the answers of %s are %s of several forms; it is left to the caller to decode", op.ID, bounded(firstMedia(way).Name))
		}
	}
	b.protocol(op)
	b.failures(m, op, call)
	b.answerFacts(m, way)
}

// statuses tells the runtime which statuses are successes, and which of them have no body.
func (b *builder) statuses(m *Method, w *answerWay) {
	all := false
	for i, r := range w.bodies {
		n := statusNumber(r.response.Status)
		if i == 0 || m.Answer.Status < 100 {
			m.Answer.Status = n
		}
		if n == 3 {
			m.Operation.Success = append(m.Operation.Success, 301, 302, 303, 307, 308)
			continue
		}
		all = all || n < 100
		m.Operation.Success = append(m.Operation.Success, n)
		if w.kind != "" && bodiless(r.response) {
			m.Operation.Bodiless = append(m.Operation.Bodiless, n)
			if m.Answer.Empty = n; n < 100 {
				m.Answer.Empty = 204
			}
		}
	}
	if all {
		m.Operation.Success = nil
	}
	usual := slices.IndexFunc(w.bodies, func(r answered) bool { return r.media != nil })
	if n := 0; usual >= 0 {
		if n = statusNumber(w.bodies[usual].response.Status); n >= 100 {
			m.Answer.Status = n
		}
	}
	switch {
	case m.Answer.Status >= 100:
	case usual >= 0:
		m.Answer.Status = 200
	default:
		m.Answer.Status = 204
	}
}

// bodiless reports whether an answer has no body: by its status or by its document.
func bodiless(r *model.Response) bool {
	return len(r.Content) == 0 || r.Status == "204" || r.Status == "205"
}

// accept is what is asked for.
func accept(w *answerWay) string {
	list := w.accept
	wild := func(name string) bool { return strings.HasSuffix(mediaBase(name), "/*") }
	if w.kind == BodyJSON && slices.ContainsFunc(list, wild) && !slices.ContainsFunc(list, isJSONType) {
		list = append([]string{"application/json"}, list...)
	}
	return strings.Join(list, ", ")
}

// oneSchema reports whether all bodies that a way reads are of one schema.
func oneSchema(w *answerWay) bool {
	first := firstMedia(w)
	return !slices.ContainsFunc(w.bodies, func(r answered) bool { return r.media != nil && !sameSchema(r.media.Schema, first.Schema) })
}

func firstMedia(w *answerWay) *model.MediaType {
	for _, r := range w.bodies {
		if r.media != nil {
			return r.media
		}
	}
	return nil
}

// answeredMedia is the media type that a server answers with.
func answeredMedia(w *answerWay) string {
	for _, name := range w.accept {
		if !strings.Contains(mediaBase(name), "*") {
			return name
		}
	}
	switch w.kind {
	case BodyJSON:
		return "application/json"
	case BodyText:
		return "text/plain"
	case "":
		return ""
	}
	return "application/octet-stream"
}

// values plans the decoded body of an answer, or those of several.
func (b *builder) values(m *Method, op *model.Operation, w *answerWay, call string) {
	fields := b.resultFields(w, call)
	if len(fields) == 1 {
		m.Answer.Kind, m.Result = AnswerValue, fields[0].Body
		m.Operation.NullAnswer = m.Result.Null && m.Result.Struct != nil
		switch m.Result.Kind {
		case BodyText:
		case BodyXML:
			m.Operation.AnswerXML = m.Result.XML.Var
		default:
			b.answers[m] = answer(firstMedia(w))
		}
		b.unwrap(m, op)
		return
	}
	name := b.derive("result", op.ID+w.suffix, call+"Result", "Operation", op.Pos)
	b.lock.pin(LockEntry{Kind: "result", ID: op.ID + w.suffix, Name: name})
	m.Answer.Kind = AnswerResults
	if i := slices.IndexFunc(b.pkg.Results, func(r *Results) bool { return r.Name == name }); i >= 0 {
		m.Answer.Results = b.pkg.Results[i] // another way to write the request is answered alike
		return
	}
	b.nameFields(fields)
	m.Answer.Results = &Results{Name: name, Call: m.Call, Bodiless: m.Operation.Bodiless, Fields: fields}
	b.pkg.Results = append(b.pkg.Results, m.Answer.Results)
}

// unwrap finds the member of the result that a document wants returned in its place.
func (b *builder) unwrap(m *Method, op *model.Operation) {
	if op.Result == "" || m.Result.Struct == nil {
		return
	}
	for _, f := range m.Result.Struct.Fields {
		if f.Wire == op.Result {
			m.Unwrap = f
		}
	}
}

// resultFields plans the bodies of the answers that a way reads: one for each type.
func (b *builder) resultFields(w *answerWay, call string) []*ResultField {
	var fields []*ResultField
	var media []*model.MediaType // the first of each
	for _, r := range w.bodies {
		if r.media == nil {
			continue
		}
		n := statusNumber(r.response.Status)
		kind := answerKind(r.media)
		i := slices.IndexFunc(media, func(m *model.MediaType) bool { return answerKind(m) == kind && sameSchema(m.Schema, r.media.Schema) })
		if i < 0 {
			word := ""
			if len(media) > 0 {
				word = statusWord(n)
			}
			body := b.answerBody(r.media, kind, call+word+"Response")
			if i = slices.IndexFunc(fields, func(f *ResultField) bool { return f.Body.Codec == body.Codec && f.Body.Kind == body.Kind }); i < 0 {
				i = len(fields)
				fields, media = append(fields, &ResultField{Body: body, Doc: b.text(r.response.Doc)}), append(media, r.media)
			}
		}
		f := fields[i]
		if f.Statuses = append(f.Statuses, n); n < 100 {
			f.Rest = true
		}
	}
	for _, f := range fields {
		f.Doc.Facts = []string{"The body of " + statusList(f.Statuses) + "."}
	}
	return fields
}

// answerBody plans a decoded body.
func (b *builder) answerBody(media *model.MediaType, kind BodyKind, name string) *Body {
	at := place{name: b.ownName(media.Schema, name), owner: "Operation"}
	switch kind {
	case BodyText:
	case BodyXML:
		body := b.body(media.Schema, at, true)
		body.Kind, body.XML = BodyXML, b.xmlDocument(media.Schema, body)
		return body
	default:
		return b.body(media.Schema, at, true)
	}
	body := b.bodyOf(scalarRepr(basic("string"), "String"))
	if contentOf(media.Schema) == text {
		if r := b.repr(media.Schema, at); r.form == scalar && r.codec.Kind == "String" {
			body = b.bodyOf(r)
		}
	}
	body.Kind = BodyText
	return body
}

// nameFields names the bodies of answers that differ: after their types where those have names of their own, else
// after the statuses.
func (b *builder) nameFields(fields []*ResultField) {
	names := map[string]bool{"Status": true}
	byType := !slices.ContainsFunc(fields, func(f *ResultField) bool {
		named := f.Body.Struct != nil && b.claimed[f.Body.Struct.Schema] != "" && !names[f.Body.Struct.Name]
		if named {
			names[f.Body.Struct.Name] = true
		}
		return !named
	})
	for _, f := range fields {
		if f.Name = statusWord(f.Statuses[0]); byType {
			f.Name = f.Body.Struct.Name
		}
	}
}

// protocol reports an operation that leaves HTTP, which calls do not.
func (b *builder) protocol(op *model.Operation) {
	success, redirect := successes(op)
	if len(success) > 0 || redirect {
		return
	}
	for _, r := range op.Responses {
		if r.Status == "101" {
			b.diags.Warnf(r.Pos, "protocol-switch", "%s switches to another protocol, which a call does not do", op.ID)
			b.diags.Hint("connect to its path with a library for that protocol")
		}
	}
}

// answerFacts says in the comment of a method what its signature does not show.
func (b *builder) answerFacts(m *Method, w *answerWay) {
	say := func(format string, args ...any) { m.Doc.Facts = append(m.Doc.Facts, fmt.Sprintf(format, args...)) }
	switch m.Answer.Kind {
	case AnswerValue:
		if w.suffix != "" || m.Result.Kind != "" {
			say("%s", mediaFact(w.accept))
		}
	case AnswerDownload, AnswerEvents, AnswerStream:
		if len(w.accept) > 0 {
			say("%s", mediaFact(w.accept))
		}
		if w.kind == BodyLines && len(w.accept) > 0 && isJSONType(w.accept[0]) {
			say("It is a stream of such texts, each with a result or an error.")
		}
	case AnswerRedirect:
		say("The result is where the answer leads, which is not followed; nil when it leads nowhere.")
	}
	if m.Operation.NullAnswer {
		say("The result is nil when the answer is null.")
	}
	if len(m.Operation.Bodiless) > 0 && (m.Answer.Kind == AnswerValue || m.Answer.Kind == AnswerDownload) {
		nothing := "nil"
		if m.Result != nil && m.Unwrap == nil && m.Result.Struct == nil && !b.isNilable(m.Result) {
			nothing = "the zero value"
		}
		say("The result is %s when the answer is %s, which has no body.", nothing, statusList(m.Operation.Bodiless))
	}
}

// mediaFact says what an answer is, and how to choose where it is one of several.
func mediaFact(media []string) string {
	if len(media) == 1 {
		return "The answer is " + media[0] + "."
	}
	return "The answer is " + either(media) + ": WithHeader(\"Accept\", …) asks for one of them."
}

// either is a list in words: a, b or c.
func either(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// isNilable reports whether nil is a value of the type of a body.
func (b *builder) isNilable(body *Body) bool {
	kind := b.pkg.Codec.Types[body.Codec].Field.Kind
	return slices.Contains([]string{"Strings", "Slice", "Map", "Bytes", "Any", "Interface"}, kind)
}

// statusList is statuses in words: 202 or 204.
func statusList(statuses []int) string {
	var words []string
	for _, n := range statuses {
		switch {
		case n == 0:
			words = append(words, "any other")
		case n < 10:
			words = append(words, fmt.Sprintf("%dXX", n))
		default:
			words = append(words, fmt.Sprint(n))
		}
	}
	return either(words)
}
