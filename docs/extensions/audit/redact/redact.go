// Package redact is an extension of pantograph. It adds a method Redacted to each model of which a list names fields:
//
//	# what our auditors do not want to see in logs
//	Customer.Email
//	Order.Card
package redact

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"strings"

	"github.com/pantograph-go/pantograph/generator"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// Extension has the list.
type Extension struct {
	File string
	Text func() ([]byte, error)
}

// List is the extension with the list in a file.
func List(file string) *Extension {
	return &Extension{File: file, Text: func() ([]byte, error) { return os.ReadFile(file) }}
}

// Emit adds a file with the methods. It makes the extension a generator.Emitter.
func (x *Extension) Emit(p *plan.Package) ([]generator.File, error) {
	listed, err := x.read(p)
	if err != nil || len(listed) == 0 {
		return nil, err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "package %s\n", p.Name)
	for _, s := range p.Structs { // in the order of the output, so that it is always the same
		if len(listed[s]) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n// Redacted returns a copy of v without what is not to be seen in logs.\nfunc (v %s) Redacted() %[1]s {\n", s.Name)
		for _, f := range listed[s] {
			fmt.Fprintf(&b, "clearRedacted(&v.%s)\n", f.Name)
		}
		b.WriteString("return v\n}\n")
	}
	b.WriteString("\nfunc clearRedacted[T any](field *T) {\nvar zero T\n*field = zero\n}\n")
	src, err := format.Source(b.Bytes())
	return []generator.File{{Path: "redacted.go", Content: src}}, err
}

// read finds the fields that the list names. What it names and does not exist is reported at its line: a list that
// protects something must not rot.
func (x *Extension) read(p *plan.Package) (map[*plan.Struct][]*plan.Field, error) {
	text, err := x.Text()
	if err != nil {
		return nil, err
	}
	listed := map[*plan.Struct][]*plan.Field{}
	var problems generator.Problems
	for i, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		s, f := find(p, line)
		if f == nil {
			problems = append(problems, generator.Diagnostic{
				Pos: model.Pos{File: x.File, Line: i + 1, Col: 1}, Severity: generator.Error, Code: "redact-unknown",
				Message: fmt.Sprintf("there is no field %q", line), Hint: "write Model.Field, as they are called in Go",
			})
			continue
		}
		listed[s] = append(listed[s], f)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return listed, nil
}

// find looks for Model.Field.
func find(p *plan.Package, name string) (*plan.Struct, *plan.Field) {
	of, field, _ := strings.Cut(name, ".")
	for _, s := range p.Structs {
		if s.Name != of {
			continue
		}
		for _, f := range s.Fields {
			if f.Name == field && field != "" {
				return s, f
			}
		}
	}
	return nil, nil
}
