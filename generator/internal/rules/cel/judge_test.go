package cel_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pantograph-go/pantograph/conformance/cases"
	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/rules/eval"
	"github.com/pantograph-go/pantograph/generator/model"
)

// judge lists all that a request breaks: the keywords of its values and the rules of the document, as they are
// written. It shares nothing with what generated validators are made by but the rules themselves.
type judge struct {
	operations map[string]*model.Operation
	schemas    map[*model.Schema]*rules.Subject
	calls      map[*model.Operation]*rules.Subject
	now        time.Time
	watch      func(*rules.Subject, eval.Scope) // what rules are asked about, if anybody wants to know
}

// broken is a rule that a request breaks.
type broken struct {
	rule, path string
	severity   model.Severity
}

func (b broken) String() string {
	text := fmt.Sprintf("%s at %q", b.rule, b.path)
	if b.severity == model.SeverityWarning {
		text = "warning: " + text
	}
	return text
}

func newJudge(api *model.API, subjects []*rules.Subject, now time.Time) *judge {
	j := &judge{operations: map[string]*model.Operation{}, schemas: map[*model.Schema]*rules.Subject{}, calls: map[*model.Operation]*rules.Subject{}, now: now}
	for _, op := range api.Operations {
		j.operations[op.ID] = op
	}
	for _, s := range subjects {
		if s.Schema != nil {
			j.schemas[s.Schema] = s
		} else {
			j.calls[s.Operation] = s
		}
	}
	return j
}

// request judges all that a call sends.
func (j *judge) request(r cases.Request) ([]broken, error) {
	op := j.operations[r.Operation]
	if op == nil {
		return nil, fmt.Errorf("there is no operation %s", r.Operation)
	}
	var out []broken
	for _, p := range op.Parameters {
		values := map[model.In]map[string]string{model.InPath: r.Path, model.InQuery: r.Query}[p.In]
		if text, given := values[p.Name]; given {
			out = append(out, j.value(p.Schema, typed(p.Schema, text), p.Name)...)
		}
	}
	if op.Body != nil && r.Body != nil {
		out = append(out, j.value(op.Body.Content[0].Schema, r.Body, "")...)
	}
	if of := j.calls[op]; of != nil && !slices.ContainsFunc(out, broken.misfit) {
		out = append(out, j.stated(of, called(op, r), "")...)
	}
	return out, nil
}

// called is all that a call sends, as a rule about it sees it. The place of such a rule is told from the body on.
func called(op *model.Operation, r cases.Request) map[string]any {
	self := map[string]any{"path": map[string]any{}, "query": map[string]any{}}
	for _, p := range op.Parameters {
		values := map[model.In]map[string]string{model.InPath: r.Path, model.InQuery: r.Query}[p.In]
		if text, given := values[p.Name]; given {
			self[string(p.In)].(map[string]any)[p.Name] = typed(p.Schema, text)
		}
	}
	if r.Body != nil {
		self["body"] = r.Body
	}
	return self
}

// typed is the value of a parameter as JSON has it.
func typed(s *model.Schema, text string) any {
	for p := range s.Conjuncts() {
		switch {
		case p.Represents != nil:
			return text
		case p.Is(model.TypeInteger) || p.Is(model.TypeNumber):
			return json.Number(text)
		case p.Is(model.TypeBoolean):
			return text == "true"
		}
	}
	return text
}

// value judges a value and all in it.
func (j *judge) value(s *model.Schema, v any, path string) []broken {
	if v == nil && slices.ContainsFunc(slices.Collect(s.Conjuncts()), func(p *model.Schema) bool { return p.Nullable }) {
		return nil
	}
	meant, items, misfit := meaning(s, v)
	if misfit {
		return []broken{{rule: "represents", path: path}}
	}
	var out []broken
	for p := range s.Conjuncts() {
		out = append(out, keywords(p, v, meant, path)...)
		if m, isObject := v.(map[string]any); isObject {
			for _, name := range p.Required {
				if _, has := m[name]; !has {
					out = append(out, broken{rule: "required", path: member(path, name)})
				}
			}
			for _, property := range p.Properties {
				if inner, has := m[property.Name]; has {
					out = append(out, j.value(property.Schema, inner, member(path, property.Name))...)
				}
			}
		}
		if p.Items != nil {
			items = p.Items
		}
	}
	if list, isList := meant.([]any); isList && items != nil {
		for i, item := range list {
			out = append(out, j.value(items, item, fmt.Sprintf("%s[%d]", path, i))...)
		}
	}
	if slices.ContainsFunc(out, broken.misfit) {
		return out
	}
	for p := range s.Conjuncts() {
		if of := j.schemas[p]; of != nil {
			out = append(out, j.stated(of, v, path)...)
		}
		if choice := append(slices.Clone(p.OneOf), p.AnyOf...); len(choice) > 0 {
			out = append(out, j.value(chosen(p, choice, v), v, path)...)
		}
	}
	return out
}

// chosen is the member of a choice that a value is meant to be: the one that the discriminator names, or that it conforms to,
// or else the first.
func chosen(s *model.Schema, choice []*model.Schema, v any) *model.Schema {
	m, _ := v.(map[string]any)
	for _, c := range choice {
		if s.Discriminator == nil && eval.Conforms(c, v) {
			return c
		}
		for _, p := range c.Target().Properties {
			if s.Discriminator != nil && p.Name == s.Discriminator.Property && p.Schema.Const != nil && string(p.Schema.Const) == fmt.Sprintf("%q", m[p.Name]) {
				return c
			}
		}
	}
	return choice[0]
}

// misfit reports whether the value is not even of the type that it should be. No rule is asked about it.
func (b broken) misfit() bool {
	return b.rule == "type" || b.rule == "required" || b.rule == "represents"
}

func member(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// members is the path of what lies within.
func members(path string, names []string) string {
	for _, name := range names {
		path = member(path, name)
	}
	return path
}

// stated judges by the rules of the document.
func (j *judge) stated(subject *rules.Subject, v any, path string) []broken {
	self, err := eval.Bind(subject.Type, v)
	if err != nil {
		return nil // a keyword says so
	}
	scope := eval.Scope{Self: self, Now: j.now}
	if j.watch != nil {
		j.watch(subject, scope)
	}
	var out []broken
	for _, r := range subject.Rules {
		if r.Cond != nil && !eval.Holds(r.Cond, scope) {
			at := members(path, r.Path)
			if r.Items == nil {
				out = append(out, broken{rule: r.Stated.ID, path: at, severity: r.Stated.Severity})
				continue
			}
			list, _ := eval.Value(r.Items.Args[0], scope)
			for i := range list.([]any) {
				one := *r.Items
				one.Args = []*rules.Expr{{Op: rules.OpList, Type: one.Args[0].Type, Args: []*rules.Expr{{
					Op: rules.OpIndex, Type: one.Args[0].Type.Elem, Args: []*rules.Expr{one.Args[0], {Op: rules.OpLiteral, Type: &rules.Type{Kind: rules.Int}, Value: int64(i)}},
				}}}, one.Args[1]}
				if !eval.Holds(&one, scope) {
					out = append(out, broken{rule: r.Stated.ID, path: members(at+"["+strconv.Itoa(i)+"]", r.Within), severity: r.Stated.Severity})
				}
			}
		}
	}
	return out
}

// keywords judges by the keywords about one value. Limits are about what the value means.
func keywords(s *model.Schema, v, meant any, path string) []broken {
	var out []broken
	for _, r := range rules.Assertions(s) {
		of := v
		switch r.Keyword {
		case "$ref", "allOf", "oneOf", "anyOf", "properties", "items", "required":
			continue // looked into
		case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems":
			of = meant
		}
		if !eval.Holds(r.Cond, eval.Scope{Self: of}) {
			out = append(out, broken{rule: r.Keyword, path: path})
		}
	}
	return out
}

// meaning is what a value stands for, and the schema of its items if that is a list; misfit: it stands for nothing.
func meaning(s *model.Schema, v any) (meant any, items *model.Schema, misfit bool) {
	text, isText := v.(string)
	for p := range s.Conjuncts() {
		rep := p.Represents
		if rep == nil || !isText {
			continue
		}
		switch rep.Type {
		case model.TypeInteger:
			_, err := strconv.ParseInt(text, 10, 64)
			return json.Number(text), nil, err != nil
		case model.TypeArray:
			list := []any{}
			if text == "" {
				return list, rep.Items, false // as clients read it
			}
			for part := range strings.SplitSeq(text, rep.Separator) {
				item := typed(rep.Items, part)
				if n, isNumber := item.(json.Number); isNumber {
					if _, err := n.Int64(); err != nil {
						return nil, nil, true
					}
				}
				list = append(list, item)
			}
			return list, rep.Items, false
		case model.TypeTime:
			return v, nil, !slices.ContainsFunc(rep.Layouts, func(layout string) bool {
				_, err := time.Parse(strings.NewReplacer("YYYY", "2006", "MM", "01", "DD", "02", "hh", "15", "mm", "04", "ss", "05", "[.S]", ".999999999").Replace(layout), text)
				return err == nil && !strings.Contains(text, ",") // package time takes it before a fraction
			})
		}
	}
	return v, nil, false
}
