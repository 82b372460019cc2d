package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// stream plans an answer that is read item by item.
func (b *builder) stream(m *Method, w *answerWay, call string) {
	media := firstMedia(w)
	if w.kind == BodyLines {
		item := media.Items
		if item == nil {
			item = media.Schema
			if t := item.Target(); t != nil && t.Is(model.TypeArray) {
				item = t.Items
			}
		}
		m.Answer.Kind = AnswerStream
		m.Answer.Stream = &Stream{Format: "Texts", Args: lineMedia(w, media), Item: b.body(item, place{name: call + "Item", owner: "Operation"}, true)}
		return
	}
	e := eventsOf(media)
	if e.item == nil {
		m.Answer.Kind = AnswerEvents
		return
	}
	b.reachFrom(e.item, reached{response: true}) // it can be one without the members that only end the stream
	m.Answer.Kind = AnswerStream
	m.Answer.Stream = &Stream{Format: e.format, Args: e.ends, Item: b.body(e.item, place{name: call + "Event", owner: "Operation"}, true)}
}

// gatewayStream reports whether a schema is of an answer that gRPC-Gateway streams: its generator of documents calls the
// messages so, each of which has a result or an error, and says nothing of it in the media type, which stays JSON.
func gatewayStream(s *model.Schema) bool {
	t := s.Target()
	return t != nil && strings.HasPrefix(t.Title, "Stream result of ") && len(t.Properties) == 2 &&
		!slices.ContainsFunc(t.Properties, func(p *model.Property) bool { return p.Name != "result" && p.Name != "error" })
}

// lineMedia are the media types of an answer that is read item by item.
func lineMedia(w *answerWay, media *model.MediaType) []string {
	var out []string
	for _, name := range append([]string{media.Name}, w.accept...) {
		if base := mediaBase(name); !slices.Contains(out, base) {
			out = append(out, base)
		}
	}
	return out
}

// eventStream is what a document says about server-sent events.
type eventStream struct {
	item   *model.Schema // of the data, or of whole events; nil: nothing
	format string        // function of the runtime that reads them
	ends   []string      // data that ends the stream
}

// eventsOf finds out what a schema of server-sent events describes: the data of each, as most do, or events with
// their fields. Members of a union that only stand for the end of the stream are taken out.
func eventsOf(media *model.MediaType) eventStream {
	s := media.Items
	if s == nil {
		s = media.Schema
		if t := s.Target(); t != nil && t.Is(model.TypeArray) {
			s = t.Items
		}
	}
	e := eventStream{item: s, format: "EventData"}
	if contentOf(s) != structured {
		return eventStream{}
	}
	t := s.Target()
	members := []*model.Schema{s}
	if union := slices.Concat(t.OneOf, t.AnyOf); len(union) > 0 && len(t.Properties)+len(t.AllOf) == 0 {
		members = union
	}
	left := slices.DeleteFunc(slices.Clone(members), func(m *model.Schema) bool {
		end, ok := endOf(m)
		if ok {
			e.ends = append(e.ends, end)
		}
		return ok
	})
	if len(left) == 0 {
		return eventStream{}
	}
	switch {
	case len(left) == len(members):
	case len(left) == 1:
		e.item = left[0]
	default:
		rest := *t
		rest.Name, rest.PinnedName, rest.OneOf, rest.AnyOf = "", "", left, nil
		e.item = &rest
	}
	if slices.ContainsFunc(left, func(m *model.Schema) bool { return !wholeEvent(m) }) {
		return e
	}
	data := eventData(left[0])
	switch {
	case len(left) == 1 && len(left[0].Target().Properties) == 1 && contentOf(data) == structured:
		e.item = data
	case len(left) == 1 && len(left[0].Target().Properties) == 1:
		return eventStream{}
	case slices.ContainsFunc(left, func(m *model.Schema) bool { return contentOf(eventData(m)) == structured }):
		e.format = "WholeEvents"
	default:
		e.format = "TextEvents"
	}
	return e
}

// endOf is the one text that a schema allows, or that it allows for the data of an event: the mark of an end.
func endOf(s *model.Schema) (string, bool) {
	if wholeEvent(s) {
		s = eventData(s)
	}
	t := s.Target()
	switch {
	case t == nil:
		return "", false
	case t.Const != nil:
		return t.Const.Text()
	case len(t.Enum) == 1:
		return t.Enum[0].Value.Text()
	}
	return "", false
}

// wholeEvent reports whether a schema describes an event with its fields.
func wholeEvent(s *model.Schema) bool {
	t := s.Target()
	if t == nil || eventData(s) == nil {
		return false
	}
	return !slices.ContainsFunc(t.Properties, func(p *model.Property) bool {
		return !slices.Contains([]string{"event", "data", "id", "retry", "comment"}, p.Name)
	})
}

// eventData is the schema of the data of an event.
func eventData(s *model.Schema) *model.Schema {
	t := s.Target()
	if t == nil {
		return nil
	}
	for _, p := range t.Properties {
		if p.Name == "data" {
			return p.Schema
		}
	}
	return nil
}
