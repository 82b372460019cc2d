package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/pantograph-go/pantograph/conformance/internal/spec"
	"github.com/pantograph-go/pantograph/generator"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// typed counts fields, parameters and bodies whose schema says what they are, and those of them that Go has as raw JSON.
type typed struct {
	Stated int `json:"stated"`
	Raw    int `json:"raw"`

	Where []string `json:"where,omitempty"` // the first of the raw ones
}

// Share is the part that is typed, in percent.
func (t typed) Share() float64 {
	if t.Stated == 0 {
		return 100
	}
	return 100 * float64(t.Stated-t.Raw) / float64(t.Stated)
}

func (t *typed) add(where string, stated, raw bool) {
	if !stated {
		return
	}
	t.Stated++
	if raw {
		t.Raw++
		if len(t.Where) < 20 {
			t.Where = append(t.Where, where)
		}
	}
}

// count compares what the plan has in Go with what the document states. What Go has is read off the dump of the plan, what
// is stated off the document.
func count(t *typed, doc spec.Place, file, importPath string) error {
	var out, errs bytes.Buffer
	if status := generator.Command([]string{"dump", "-stage", "plan", "-spec", file, "-package", "client", "-import", importPath}, &out, &errs); status != 0 {
		return fmt.Errorf("dump: status %d", status)
	}
	var p plan.Package
	if err := json.NewDecoder(&out).Decode(&p); err != nil && err != io.EOF {
		return fmt.Errorf("dump: %w", err)
	}
	for _, s := range p.Structs {
		schema := origin(doc, file, s.ID)
		for _, f := range s.Fields {
			if f.Wire == "" || f.Name == "" {
				continue // a constant is what it is
			}
			if at := schema.Property(f.Wire); at.Found() {
				t.add(s.Name+"."+f.Name, at.States(), rawIn(f.Type, at))
			}
		}
	}
	operations := map[string]spec.Operation{}
	for _, o := range doc.Operations() {
		operations[o.String()] = o
	}
	sends, answers := map[string]bool{}, map[string]bool{}
	for _, s := range p.Services {
		for _, m := range s.Methods {
			o, ok := operations[m.Operation.Method+" "+m.Operation.Path]
			if !ok {
				continue
			}
			t.method(o, s.Type+"."+m.Name, m)
			sends[o.String()] = sends[o.String()] || m.Request != nil
			answers[o.String()] = answers[o.String()] || m.Answer.Kind != plan.AnswerNone
		}
	}
	for _, o := range doc.Operations() { // what no method has at all is no better than raw
		if !sends[o.String()] && bodyStated(o.Get("requestBody")) {
			t.add(o.String()+" request", true, true)
		}
		for _, r := range o.Get("responses").Members() {
			if strings.HasPrefix(r.Name, "2") && r.Name != "204" && o.Method != "HEAD" && !answers[o.String()] && bodyStated(r.Value.Target()) {
				t.add(o.String()+" "+r.Name, true, true)
			}
		}
	}
	return nil
}

// bodyStated reports whether a body has a schema that states a type.
func bodyStated(body spec.Place) bool {
	for _, media := range body.Get("content").Members() {
		if media.Value.Get("schema").States() {
			return true
		}
	}
	return body.Get("schema").States()
}

// origin finds the schema that a type was made of, by the id the plan has for it.
func origin(doc spec.Place, file, id string) spec.Place {
	name, pointer, _ := strings.Cut(id, "#")
	pointer, _, _ = strings.Cut(pointer, "(")
	root := doc
	if name != filepath.Base(file) {
		root = doc.Root(filepath.Join(filepath.Dir(file), filepath.FromSlash(name)))
	}
	return root.Pointer(pointer)
}

// method counts the parameters and the bodies of a method.
func (t *typed) method(o spec.Operation, name string, m *plan.Method) {
	for _, a := range m.PathArgs {
		t.parameter(o, name, "path", a.Wire, a.Type)
	}
	if m.Params != nil {
		for _, p := range m.Params.Fields {
			t.parameter(o, name, string(p.In), p.Wire, p.Type)
		}
	}
	if m.Request != nil {
		if at := requestSchema(o, m.Operation.ContentType); at.Found() {
			t.add(name+" request", at.States(), rawIn(m.Request.Type, at))
		}
	}
	if m.Result != nil {
		if at := resultSchema(o, m.Operation.Accept); at.Found() {
			t.add(name+" result", at.States(), rawIn(m.Result.Type, at))
		}
	}
}

func (t *typed) parameter(o spec.Operation, method, in, wire string, goType plan.TypeRef) {
	for _, list := range []spec.Place{o.Child("parameters"), o.Item.Child("parameters")} {
		for _, p := range list.Items() {
			p = p.Target()
			if p.Child("name").Text() != wire || p.Child("in").Text() != in {
				continue
			}
			at := p.Get("schema")
			if !at.Found() && p.Child("type").Found() {
				at = p // Swagger 2
			}
			t.add(method+" "+in+" "+wire, at.States(), rawIn(goType, at))
			return
		}
	}
}

func requestSchema(o spec.Operation, mediaType string) spec.Place {
	if at := o.Get("requestBody", "content", mediaType, "schema"); at.Found() {
		return at
	}
	for _, p := range o.Child("parameters").Items() {
		if p.Get("in").Text() == "body" {
			return p.Get("schema")
		}
	}
	return spec.Place{}
}

func resultSchema(o spec.Operation, mediaType string) spec.Place {
	for _, r := range o.Get("responses").Members() {
		if !strings.HasPrefix(r.Name, "2") {
			continue
		}
		for _, at := range []spec.Place{r.Value.Get("content", mediaType, "schema"), r.Value.Get("schema")} {
			if at.Found() {
				return at
			}
		}
	}
	return spec.Place{}
}

// rawIn reports whether a Go type has as raw JSON what the schema in its place states.
func rawIn(t plan.TypeRef, schema spec.Place) bool {
	switch t.Kind {
	case plan.Pointer, plan.Opt:
		return rawIn(*t.Elem, schema)
	case plan.Slice:
		items := schema.Keyword("items")
		return items.Found() && rawIn(*t.Elem, items)
	case plan.Map:
		values := schema.Keyword("additionalProperties")
		return values.Found() && rawIn(*t.Elem, values)
	}
	return t.Kind == plan.Defined && t.Pkg == "" && t.Name == "Raw" && schema.States()
}
