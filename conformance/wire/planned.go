package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/conformance/internal/spec"
	"github.com/pantograph-go/pantograph/generator"
)

// planned is what the driver must know of the Go: names. It is read off the dump of the plan; that a name is that of the right
// thing on the wire is what the server finds out.
type planned struct {
	Services []struct {
		Field   string
		Methods []*plannedMethod
	}
	Structs, Headers []struct {
		Name   string
		Fields []plannedField
	}
	Client struct {
		Params  []plannedField
		Schemes []plannedScheme

		Credentials *struct {
			Signed  bool
			Schemes []string
		}
	}
}

type plannedMethod struct {
	Service   string `json:"-"`
	Name      string
	Operation struct {
		ID, Method, Path, Query, ContentType, Accept string
		ContentTypes                                 []string
		ConstPath                                    []string
		ConstValue                                   string
	}
	PathArgs []plannedField
	Params   *struct {
		Name   string
		Fields []plannedField
	}
	Request *struct {
		Constant bool
		Required bool
	}
	Result *json.RawMessage
	Unwrap *plannedField
	Header string
}

type plannedField struct {
	Name, Wire, In string
}

// inspect dumps the plan of a document.
func inspect(e spec.Entry, importPath string) (*planned, error) {
	var out, errs bytes.Buffer
	args := append([]string{"dump", "-stage", "plan", "-package", "client", "-import", importPath, "-rt", runtimePath}, e.Reading()...)
	if status := generator.Command(args, &out, &errs); status != 0 {
		return nil, fmt.Errorf("dump: status %d\n%s", status, first(errs.String(), 600))
	}
	p := new(planned)
	if err := json.NewDecoder(&out).Decode(p); err != nil {
		return nil, err
	}
	for _, s := range p.Services {
		for _, m := range s.Methods {
			m.Service = s.Field
		}
	}
	return p, nil
}

// methods are those that call an operation. Several have one path where queries or fragments tell them apart: what is sent of
// the query does, or their ids, or what they ask for.
func (p *planned) methods(o *operation) []*plannedMethod {
	var out []*plannedMethod
	path, fixed := o.parts()
	for _, s := range p.Services {
		for _, m := range s.Methods {
			if m.Operation.Method == o.method && m.Operation.Path == path && m.Operation.Query == strings.Join(fixed, "&") {
				out = append(out, m)
			}
		}
	}
	own := func(m *plannedMethod) bool { return m.Operation.ID == o.OperationID }
	same := func(m *plannedMethod) bool { return m.asks(o) }
	for _, is := range []func(*plannedMethod) bool{own, same} {
		if slices.ContainsFunc(out, is) {
			out = slices.DeleteFunc(out, func(m *plannedMethod) bool { return !is(m) })
		}
	}
	return out
}

// asks reports whether a method has the parameters of an operation that a query has, and no others.
func (m *plannedMethod) asks(o *operation) bool {
	var have, want []string
	if m.Params != nil {
		for _, f := range m.Params.Fields {
			if f.In == "query" {
				have = append(have, f.Wire)
			}
		}
	}
	for _, p := range parameters(o) {
		if p.In == "query" {
			want = append(want, p.Name)
		}
	}
	slices.Sort(have)
	slices.Sort(want)
	return slices.Equal(have, want)
}

// fields names the fields of all structs by their names on the wire.
func (p *planned) fields() map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, s := range p.Structs {
		out[s.Name] = map[string]string{}
		for _, f := range s.Fields {
			out[s.Name][f.Wire] = f.Name
		}
	}
	return out
}

// header names the field of each header in a struct of headers, by its name on the wire in lower case.
func (p *planned) header(name string) map[string]string {
	out := map[string]string{}
	for _, h := range p.Headers {
		if h.Name != name {
			continue
		}
		for _, f := range h.Fields {
			out[strings.ToLower(f.Wire)] = f.Name
		}
	}
	return out
}

func first(s string, n int) string {
	if len(s) > n {
		return s[:n] + "…"
	}
	return s
}
