package plan

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Example is a runnable example of a service: one call against the fake server, which answers with
// the document's own example.
type Example struct {
	Service *Service `json:"-"`
	Method  *Method  `json:"-"`
	Answer  string   `json:"answer,omitempty"` // JSON of the response; empty: the zero value
	Items   []*Field `json:"items,omitempty"`  // path to a list that is printed item by item
	Print   []*Field `json:"print,omitempty"`  // fields of the item or result that are printed
	Output  []string `json:"output"`           // lines
}

// example chooses the call that shows a service: a list, else something that is read, else whatever
// takes no body.
func (b *builder) example(s *Service) *Example {
	var best *Method
	score := -1
	for _, m := range s.Methods {
		if m.Request != nil && !m.Request.Constant || demanding(m) || m.Answer.Kind != AnswerNone && m.Answer.Kind != AnswerValue {
			continue
		}
		n := 0
		if m.Operation.Method == "GET" && m.Result != nil && m.Result.Struct != nil {
			n = 2
		}
		if m.Pages != nil {
			n = 3
		}
		if b.answers[m] != "" {
			n += 4
		}
		if n > score {
			best, score = m, n
		}
	}
	if best == nil {
		return nil
	}
	e := &Example{Service: s, Method: best, Answer: b.answers[best]}
	if best.Result == nil || best.Result.Struct == nil {
		e.Output = []string{"done"}
		return e
	}
	var answer any
	d := json.NewDecoder(strings.NewReader(e.Answer))
	d.UseNumber()
	if e.Answer == "" || d.Decode(&answer) != nil {
		answer, e.Answer = map[string]any{}, ""
	}
	item := best.Result.Struct
	switch {
	case best.Pages != nil:
		e.Items = best.Pages.Items
		item = b.fieldStruct(e.Items[len(e.Items)-1])
	case best.Unwrap != nil:
		answer = memberOf(answer, []*Field{best.Unwrap})
		item = b.fieldStruct(best.Unwrap)
	}
	var items []any
	if e.Items == nil {
		items = []any{answer}
	} else {
		items, _ = memberOf(answer, e.Items).([]any)
	}
	if item != nil && len(items) > 0 {
		e.Print, e.Output = printed(item, items)
	}
	if len(e.Print) == 0 {
		e.Items, e.Output = nil, []string{"done"}
	}
	return e
}

// demanding reports whether a method needs more than plain path parameters.
func demanding(m *Method) bool {
	return m.Params != nil && len(m.Params.Required()) > 0 ||
		slices.ContainsFunc(m.PathArgs, func(a *PathArg) bool { return len(a.Encoding.Style) > 0 })
}

// plainOutput reports whether a text prints as itself in an Output comment.
func plainOutput(s string) bool {
	other := func(c rune) bool {
		return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.ContainsRune("_.:/-", c))
	}
	return s != "" && len(s) <= 80 && !strings.ContainsRune("_.:/-", rune(s[0])) && strings.IndexFunc(s, other) < 0
}

// printed chooses up to two text fields that every item has, and what they print.
func printed(s *Struct, items []any) (fields []*Field, lines []string) {
	columns := [][]string{}
	for _, f := range s.Fields {
		if len(fields) == 2 || f.Optional || f.Codec.Kind != "String" {
			continue
		}
		var column []string
		for _, item := range items {
			text, _ := memberOf(item, []*Field{f}).(string)
			if plainOutput(text) {
				column = append(column, text)
			}
		}
		if len(column) == len(items) {
			fields, columns = append(fields, f), append(columns, column)
		}
	}
	if len(fields) == 0 {
		return nil, nil
	}
	for i := range items {
		var line []string
		for _, c := range columns {
			line = append(line, c[i])
		}
		lines = append(lines, strings.Join(line, " "))
	}
	return fields, lines
}

func memberOf(v any, path []*Field) any {
	for _, f := range path {
		m, _ := v.(map[string]any)
		v = m[f.Wire]
	}
	return v
}

// answer is the document's example of a response, as compact JSON.
func answer(media *model.MediaType) string {
	if len(media.Examples) == 0 {
		return ""
	}
	var b bytes.Buffer
	if json.Indent(&b, media.Examples[0].Value, "\t\t\t", "\t") != nil {
		return ""
	}
	return b.String()
}
