package view

import (
	"strings"

	"github.com/pantograph-go/pantograph/generator/plan"
)

// Views are the views of a plan. Of each node there is one, whichever way leads to it.
type Views struct {
	Package    *Package
	Models     map[*plan.Struct]*Model
	Enums      map[*plan.Enum]*Enum
	Unions     map[*plan.Union]*Union
	Resources  map[*plan.Service]*Resource
	Operations map[*plan.Method]*Operation
}

// New makes the views of a plan.
func New(p *plan.Package) *Views {
	b := &builder{p: p, models: map[string]*Model{}, enums: map[string]*Enum{}, unions: map[string]*Union{}, bases: map[string]string{}}
	b.out = &Views{
		Models: map[*plan.Struct]*Model{}, Enums: map[*plan.Enum]*Enum{}, Unions: map[*plan.Union]*Union{},
		Resources: map[*plan.Service]*Resource{}, Operations: map[*plan.Method]*Operation{},
	}
	b.pkg = &Package{
		Name: p.Name, ImportPath: p.ImportPath, Runtime: p.Runtime, TestName: p.TestName,
		Title: NewText(p.Title), Version: NewText(p.Version), About: about(p.Doc),
	}
	if p.TestName != "" {
		b.pkg.TestImportPath, b.pkg.Stateful = p.ImportPath+"/"+p.TestName, p.Simulation != nil
	}
	for _, d := range p.Documents {
		b.pkg.Documents = append(b.pkg.Documents, NewText(d))
	}
	b.out.Package = b.pkg
	b.declare()
	b.types()
	for _, s := range p.Services {
		b.resource(s)
	}
	b.relate()
	b.pkg.Client = b.client()
	for _, c := range p.Errors.Codes {
		b.pkg.ErrorCodes = append(b.pkg.ErrorCodes, &ErrorCode{Const: c.Const, Code: wire(c.Code), Class: c.Class, Status: c.Status, Message: NewText(c.Message)})
	}
	return b.out
}

type builder struct {
	p      *plan.Package
	pkg    *Package
	out    *Views
	models map[string]*Model // by Go name
	enums  map[string]*Enum
	unions map[string]*Union
	bases  map[string]string // basic types of distinct scalar types
}

// about takes text over.
func about(t plan.Text) About {
	a := About{Doc: docOf(t), Source: NewText(t.Source), Deprecated: t.Deprecated, Facts: texts(t.Facts), Rules: texts(t.Rules)}
	if strings.HasPrefix(t.URL, "https://") || strings.HasPrefix(t.URL, "http://") {
		a.URL = NewText(t.URL)
	}
	return a
}

func docOf(t plan.Text) *Text { return NewText(t.Summary + "\n\n" + t.Body) }

func texts(list []string) []*Text {
	var out []*Text
	for _, s := range list {
		if t := NewText(s); t != nil {
			out = append(out, t)
		}
	}
	return out
}

// declare makes the views of all types, still empty, so that they can refer to each other.
func (b *builder) declare() {
	for _, s := range b.p.Structs {
		m := &Model{Package: b.pkg, Name: s.Name, Request: s.Direction == plan.Request, Validated: s.Validated, Secret: s.Secret, About: about(s.Doc)}
		b.models[s.Name], b.out.Models[s] = m, m
		b.pkg.Models = append(b.pkg.Models, m)
	}
	for _, e := range b.p.Enums {
		v := &Enum{Package: b.pkg, Name: e.Name, Base: e.Base, List: e.List, About: about(e.Doc)}
		for _, c := range e.Values {
			value := &EnumValue{Name: c.Name, Number: c.Number, About: about(c.Doc)}
			if e.Base == "string" {
				value.Text = wire(c.Text)
			}
			v.Values = append(v.Values, value)
		}
		b.enums[e.Name], b.out.Enums[e] = v, v
		b.pkg.Enums = append(b.pkg.Enums, v)
	}
	for _, u := range b.p.Codec.Unions {
		v := &Union{Package: b.pkg, Name: u.Name, Unknown: u.Unknown, About: about(u.Doc)}
		if u.Key != "" {
			v.Key = wire(u.Key)
		}
		b.unions[u.Name], b.out.Unions[u] = v, v
		b.pkg.Unions = append(b.pkg.Unions, v)
	}
	for _, n := range b.p.Named {
		b.bases[n.Name] = n.Base
	}
}

// types fills in what types hold.
func (b *builder) types() {
	for _, s := range b.p.Structs {
		m := b.out.Models[s]
		for _, f := range s.Fields {
			if f.Name != "" {
				m.Fields = append(m.Fields, b.field(f))
			}
		}
		if s.Additional != nil {
			m.Additional = b.field(s.Additional)
		}
	}
	for _, u := range b.p.Codec.Unions {
		for _, v := range u.Variants {
			variant := &Variant{Type: typeOf(v.Type), Values: texts(v.Values), About: about(v.Doc)}
			if v.Struct != nil {
				variant.Model = b.out.Models[v.Struct]
			}
			b.out.Unions[u].Variants = append(b.out.Unions[u].Variants, variant)
		}
	}
}

func (b *builder) field(f *plan.Field) *Field {
	out := &Field{
		Name: f.Name, Wire: wire(f.Wire), Type: typeOf(f.Type), Shape: b.shape(f.Type), Required: f.Required, Optional: f.Optional, Secret: f.Secret, About: about(f.Doc),
	}
	if f.File != "" {
		out.Shape.Kind = "file"
	}
	if f.Codec.Kind == "Wired" && f.Codec.Sub >= 0 && f.Codec.Sub < len(b.p.Codec.Wires) {
		w := b.p.Codec.Wires[f.Codec.Sub]
		out.Packed = &Packed{True: NewText(w.True), False: NewText(w.False), Separator: NewText(w.Separator)}
	}
	return out
}

// shape takes a type apart.
func (b *builder) shape(t plan.TypeRef) *Shape {
	if t.Kind == plan.Opt {
		t = *t.Elem
	}
	s := &Shape{}
	if t.Kind == plan.Pointer {
		t, s.Pointer = *t.Elem, true
	}
	s.Type = typeOf(t)
	switch t.Kind {
	case plan.Slice:
		if t.Elem.Kind == plan.Basic && t.Elem.Name == "byte" {
			s.Kind = "bytes"
			return s
		}
		s.Kind, s.Elem = "list", b.shape(*t.Elem)
		return s
	case plan.Map:
		s.Kind, s.Elem = "map", b.shape(*t.Elem)
		return s
	case plan.Basic:
		s.Kind, s.Base = basicKind(t.Name), t.Name
		return s
	}
	b.named(s, t)
	return s
}

// named is the shape of a type with a name.
func (b *builder) named(s *Shape, t plan.TypeRef) {
	s.Kind = "other"
	switch {
	case t.Pkg == "time" && t.Name == "Time":
		s.Kind = "time"
		return
	case t.Pkg != "" && t.Pkg != b.p.ImportPath:
		return
	}
	if base, ok := b.bases[t.Name]; ok {
		s.Kind, s.Base = basicKind(base), base
	}
	if s.Model = b.models[t.Name]; s.Model != nil {
		s.Kind = "model"
	}
	if s.Enum = b.enums[t.Name]; s.Enum != nil {
		s.Kind, s.Base = "enum", s.Enum.Base
	}
	if s.Union = b.unions[t.Name]; s.Union != nil {
		s.Kind = "union"
	}
	switch {
	case s.Kind != "other":
	case t.Name == "FilePart":
		s.Kind = "file"
	case t.Name == "Raw":
		s.Kind = "raw"
	case t.Name == "Number":
		s.Kind = "number"
	}
}

func basicKind(name string) string {
	switch name {
	case "string":
		return "text"
	case "bool":
		return "boolean"
	case "float32", "float64":
		return "number"
	case "any":
		return "other"
	}
	return "integer"
}
