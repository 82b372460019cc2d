package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// failed is what an operation documents about failures, and that in words.
type failed struct {
	list *FailureList // nil: nothing
	note string
}

// failures plans the documented bodies of failures, once for all ways to call an operation.
func (b *builder) failures(m *Method, op *model.Operation, call string) {
	f, known := b.failed[op]
	if !known {
		if list := b.failureBodies(op, call); len(list) > 0 {
			f = failed{b.sharedFailures(list), failureNote(list)}
		}
		b.failed[op] = f
	}
	if m.Operation.Failures = f.list; f.list != nil {
		m.Notes = append(m.Notes, f.note)
	}
}

// sharedFailures is the one list of all operations that document the same. Where all bodies are of one type, it
// is that of undocumented failures too: what else would they look like.
func (b *builder) sharedFailures(bodies []*Failure) *FailureList {
	list := slices.Clone(bodies)
	first := list[0].Body
	if !slices.ContainsFunc(list, func(f *Failure) bool { return f.Body.Codec != first.Codec || f.Body.XML != first.XML }) {
		list = []*Failure{{Body: first}}
	}
	slices.SortStableFunc(list, func(x, y *Failure) int { return y.Status - x.Status })
	for _, have := range b.pkg.Failures {
		if slices.EqualFunc(have.List, list, func(x, y *Failure) bool {
			return x.Status == y.Status && x.Body.Codec == y.Body.Codec && x.Body.XML == y.Body.XML
		}) {
			return have
		}
	}
	word := ""
	for _, f := range list {
		if word += typeWord(f.Body.Type); f.Body.XML != nil {
			word += "XML"
		}
		switch {
		case f.Status >= 100:
			word += fmt.Sprint(f.Status)
		case f.Status > 0:
			word += fmt.Sprint(f.Status) + "XX"
		}
	}
	if len(word) > 60 {
		word = word[:52] + shortHash(word)
	}
	out := &FailureList{Var: b.variable("failures", word), List: list}
	b.pkg.Failures = append(b.pkg.Failures, out)
	return out
}

// failureBodies are the bodies of what is no success, in document order. JSON comes first, then XML, then JSON of which nothing
// is known. What has a structure is JSON, whatever media type is stated: documents of Swagger 2 give failures that of the success.
func (b *builder) failureBodies(op *model.Operation, call string) []*Failure {
	success, _ := successes(op)
	var list []*Failure
	var media []*model.MediaType
	for _, r := range op.Responses {
		if slices.Contains(success, r) && r.Status != "default" || strings.HasPrefix(r.Status, "1") || op.Method == "HEAD" {
			continue
		}
		i := slices.IndexFunc(r.Content, func(m *model.MediaType) bool { return answerKind(m) == BodyJSON && m.Schema != nil })
		if i < 0 {
			i = slices.IndexFunc(r.Content, func(m *model.MediaType) bool {
				return contentOf(m.Schema) == structured && slices.Contains([]BodyKind{BodyBinary, BodyText}, answerKind(m))
			})
		}
		kind := BodyJSON
		if i < 0 {
			kind = BodyXML
			i = slices.IndexFunc(r.Content, func(m *model.MediaType) bool { return answerKind(m) == BodyXML })
		}
		if i < 0 {
			kind = BodyJSON
			i = slices.IndexFunc(r.Content, func(m *model.MediaType) bool { return answerKind(m) == BodyJSON })
		}
		if i < 0 {
			continue
		}
		n := statusNumber(r.Status)
		if have := slices.IndexFunc(media, func(m *model.MediaType) bool {
			return sameSchema(m.Schema, r.Content[i].Schema) && (answerKind(m) == BodyXML) == (kind == BodyXML)
		}); have >= 0 {
			list = append(list, &Failure{Status: n, Body: list[have].Body})
		} else {
			name := call + "Error"
			if len(list) > 0 {
				name = call + statusWord(n) + "Error"
			}
			list = append(list, &Failure{Status: n, Body: b.answerBody(r.Content[i], kind, name)})
		}
		media = append(media, r.Content[i])
	}
	return list
}

// failureNote lists the types of failures with their statuses.
func failureNote(list []*Failure) string {
	var words []string
	statuses := map[string][]int{}
	for _, f := range list {
		word := f.Body.Type.String()
		if statuses[word] == nil {
			words = append(words, word)
		}
		statuses[word] = append(statuses[word], f.Status)
	}
	for i, word := range words {
		if of := statuses[word]; len(of) > 1 || of[0] != 0 {
			words[i] += " (" + strings.ReplaceAll(statusList(of), " or ", ", ") + ")"
		}
	}
	return "Bodies of failures: " + strings.Join(words, ", ") + "."
}
