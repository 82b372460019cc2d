package emit

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/plan"
)

// offered reports whether a package has a use for an option of the runtime.
func (e *emitter) offered(option string) bool {
	switch option {
	case "WithHeaderInto":
		return len(e.p.Headers) > 0
	case "WithEventInto":
		return e.events()
	case "WithCursor", "WithCursorInto", "WithPrefetch":
		return e.paged()
	case "WithIdleTimeout":
		return e.answers(plan.AnswerDownload, plan.AnswerEvents, plan.AnswerStream)
	}
	return true
}

// answerAliases are the names of the runtime that answers of the package need.
func (e *emitter) answerAliases() []alias {
	var list []alias
	if e.answers(plan.AnswerDownload) {
		list = append(list, alias{"Download", "Download is an answer that is read while it comes. It must be closed."})
	}
	if e.p.Files {
		list = append(list, alias{"FilePart", "FilePart is a file in a multipart body, read while it is sent. The zero FilePart is no file."})
	}
	if e.events() {
		list = append(list, alias{"ServerEvent", "ServerEvent is one server-sent event."})
	}
	return list
}

// paged reports whether a method reads a list in pages.
func (e *emitter) paged() bool {
	return slices.ContainsFunc(e.p.Services, func(s *plan.Service) bool {
		return slices.ContainsFunc(s.Methods, func(m *plan.Method) bool { return m.Pages != nil })
	})
}

// events reports whether a method answers with server-sent events.
func (e *emitter) events() bool {
	return slices.ContainsFunc(e.p.Services, func(s *plan.Service) bool {
		return slices.ContainsFunc(s.Methods, func(m *plan.Method) bool {
			return m.Answer.Kind == plan.AnswerEvents || m.Answer.Kind == plan.AnswerStream && m.Answer.Stream.Format != "Texts"
		})
	})
}

// answers reports whether a method has an answer of one of the kinds.
func (e *emitter) answers(kinds ...plan.AnswerKind) bool {
	return slices.ContainsFunc(e.p.Services, func(s *plan.Service) bool {
		return slices.ContainsFunc(s.Methods, func(m *plan.Method) bool { return slices.Contains(kinds, m.Answer.Kind) })
	})
}
