package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/conformance/wire/driver"
)

// judge compares what a method returned with what the server sent.
func (q *round) judge(r driver.Reply) []problem {
	s := q.answer_
	var out []problem
	report := func(kind, format string, args ...any) {
		out = append(out, problem{kind, fmt.Sprintf(format, args...)})
	}
	if r.Problem != "" {
		report("setup", "%s", r.Problem)
		return out
	}
	for _, wrong := range q.headers(r) {
		report("header", "%s", wrong)
	}
	if s.success() {
		switch {
		case r.Error != "":
			report("answer", "%s: %s", s.documented, first(r.Error, 300))
		case s.mediaType == "":
			if r.Result != nil && !empty(r.Result) {
				report("answer", "%s has no body, the method returns %s", s.documented, r.Result.JSON)
			}
		case r.Result == nil:
			report("answer", "%s: the method returns no result", s.documented)
		default:
			if wrong := q.compare(s, r.Result); wrong != "" {
				report("answer", "%s: %s", s.documented, wrong)
			}
		}
		return out
	}
	switch {
	case r.Error == "" && s.status/100 == 3:
		// A redirect that is documented is an answer like others.
	case r.Error == "":
		report("failure", "%s is no error", s.documented)
	case r.Status != s.status:
		report("failure", "%s: the error has status %d: %s", s.documented, r.Status, first(r.Error, 200))
	case s.mediaType == "":
	case r.Detail == nil && s.value == nil && s.kind == kindJSON: // null
	case r.Detail == nil && (s.kind != kindJSON || unsaid(s.media.Schema)) && bytes.HasPrefix(s.body, r.Body) && (len(r.Body) == len(s.body) || len(r.Body) > 1<<15):
		// What is no JSON, or has no type, is there as it came.
	case r.Detail == nil:
		report("failure", "%s: the error has no detail", s.documented)
	default:
		if wrong := q.compare(s, r.Detail); wrong != "" {
			report("failure", "%s: %s", s.documented, wrong)
		}
	}
	return out
}

// headers says how the headers that the client read differ from those that were sent.
func (q *round) headers(r driver.Reply) []string {
	if q.method.Header == "" || r.Header == nil {
		return nil
	}
	decoded, _ := decode(r.Header)
	got, _ := decoded.(map[string]any)
	names := q.plan.header(q.method.Header)
	var out []string
	for _, name := range sortedKeys(q.answer_.header) {
		field := names[strings.ToLower(name)]
		if field == "" {
			out = append(out, name+" has no field")
			continue
		}
		data, err := json.Marshal(q.answer_.header[name])
		want, ok := decode(data)
		if err != nil || !ok {
			continue
		}
		have, there := got[field]
		if !there {
			out = append(out, name+" is not there")
		} else if d := difference("", asDates(have, want), want); d != "" {
			out = append(out, name+": "+d)
		}
	}
	return out
}

// empty reports whether a result is what there is when there is none.
func empty(r *driver.Result) bool {
	return r.Nil || len(r.Parts)+len(r.Bytes) == 0 && slices.Contains([]string{"", "null", "0", `""`, "false"}, string(r.JSON))
}

// compare says how a value differs from what was sent.
func (q *round) compare(s *sent, r *driver.Result) string {
	switch {
	case r.Error != "":
		return first(r.Error, 300)
	case r.Parts != nil:
		return q.compareParts(s, r)
	case r.Nil && s.value != nil:
		return "the result is nil"
	}
	value := s.value
	if q.method.Unwrap != nil && s.success() {
		object, _ := value.(map[string]any)
		value = object[q.method.Unwrap.Wire]
	}
	switch s.kind {
	case kindJSON:
		if bytes.Equal(r.Bytes, s.body) && (kindOf(s.contentType) != kindJSON || !unsaid(s.media.Schema) && s.media.Schema.Value.Format == "binary") {
			return "" // as it came: its name does not say that it is JSON, or its schema that it is not
		}
		return differentResult(r, value)
	case kindXML:
		if r.JSON != nil && !unsaid(s.media.Schema) {
			return differentResult(r, value)
		}
	case kindLines, kindSequence, kindEvents:
		if bytes.Equal(r.Bytes, s.body) && !unsaid(s.media.Schema) && s.media.Schema.Value.Format == "binary" {
			return ""
		}
		if !r.Stream {
			return fmt.Sprintf("a %s is no stream", r.Type)
		}
		items := s.items
		if s.kind == kindEvents {
			return differentEvents(r, items)
		}
		return differentResult(r, items)
	}
	if r.Bytes == nil && r.JSON != nil {
		var text string
		if json.Unmarshal(r.JSON, &text) != nil { // JSON that is called text
			return differentResult(r, value)
		}
		r.Bytes = []byte(text)
	}
	if !bytes.Equal(r.Bytes, s.body) {
		return fmt.Sprintf("got %q, sent was %q", first(string(r.Bytes), 60), first(string(s.body), 60))
	}
	return ""
}

func differentResult(r *driver.Result, want any) string {
	data, err := json.Marshal(want)
	if err != nil {
		return err.Error()
	}
	wanted, _ := decode(data)
	if text, ok := wanted.(string); ok && r.Bytes != nil {
		if string(r.Bytes) == text {
			return ""
		}
		return fmt.Sprintf("got %q, sent was %q", first(string(r.Bytes), 60), first(text, 60))
	}
	if r.Nil {
		if wanted == nil {
			return ""
		}
		return "the result is nil"
	}
	got, ok := decode(r.JSON)
	if !ok {
		return fmt.Sprintf("the result is no JSON: %s", first(string(r.JSON), 80))
	}
	return difference("", asDates(got, wanted), wanted)
}

// asDates writes the times as dates where dates are wanted, and numbers as text: the driver does not know which they are.
func asDates(got, want any) any {
	switch w := want.(type) {
	case []any:
		if list, ok := got.([]any); ok && len(list) == len(w) {
			out := make([]any, len(list))
			for i := range list {
				out[i] = asDates(list[i], w[i])
			}
			return out
		}
	case string:
		if n, ok := got.(json.Number); ok && n.String() == w {
			return w
		}
		text, _ := got.(string)
		if date, ok := strings.CutSuffix(text, "T00:00:00Z"); ok && date == w {
			return w
		}
	}
	return got
}

// differentEvents compares events: whole ones, or their data where they have nothing else. One whose data is the usual mark of
// an end is none, and nothing comes after it.
func differentEvents(r *driver.Result, items []any) string {
	if end := slices.IndexFunc(items, func(item any) bool { return eventData(item) == "[DONE]" }); end >= 0 {
		items = items[:end]
	}
	var got []any
	if v, ok := decode(r.JSON); ok {
		got, _ = v.([]any)
	}
	if len(got) != len(items) {
		return fmt.Sprintf("%d events came, %d were sent", len(got), len(items))
	}
	for i, g := range got {
		if event, ok := g.(map[string]any); ok {
			for _, name := range []string{"Data", "data"} {
				if data, ok := event[name]; ok && event["data"] == nil {
					g = data
				}
			}
		}
		want := items[i]
		if object, ok := want.(map[string]any); ok && len(object) == 1 && wholeEvent(want) {
			if whole, ok := g.(map[string]any); !ok || whole["data"] == nil {
				want = object["data"]
			}
		}
		data, err := json.Marshal(want)
		if err != nil {
			return err.Error()
		}
		want, _ = decode(data)
		if d := difference(fmt.Sprintf("/%d", i), g, want); d != "" {
			return d
		}
	}
	return ""
}

// eventData is the data of an event, whole or not.
func eventData(v any) any {
	if wholeEvent(v) {
		return v.(map[string]any)["data"]
	}
	return v
}

// compareParts looks for the one of several results that is what was sent.
func (q *round) compareParts(s *sent, r *driver.Result) string {
	if r.Status != s.status {
		return fmt.Sprintf("the status is %d", r.Status)
	}
	if len(r.Parts) != 1 {
		return fmt.Sprintf("%d of the results are set", len(r.Parts))
	}
	for name, part := range r.Parts {
		if wrong := q.compare(s, part); wrong != "" {
			return name + ": " + wrong
		}
	}
	return ""
}
