package plan

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// parameters plans what a method takes beside the body: path parameters as arguments, the others as
// fields of one struct.
func (b *builder) parameters(s *Service, m *Method, op *model.Operation, call string) {
	var path, fields []*model.Parameter
	for _, p := range op.Parameters {
		switch {
		case p.In == model.InPath && slices.Contains(b.api.ClientParameters, p.Name):
		case p.In == model.InPath:
			path = append(path, p)
		case p.In == model.InQuery || p.In == model.InHeader:
			fields = append(fields, p)
		default:
			b.diags.Warnf(p.Pos, "unsupported-parameter", "the %s parameter %q is left to the caller", p.In, bounded(p.Name))
			b.diags.Hint("set it per call with WithHeader")
		}
	}
	for i, name := range b.paramNames(op.ID, "argument", path) {
		m.PathArgs = append(m.PathArgs, b.pathArg(path[i], name, call))
	}
	if len(fields) == 0 {
		return
	}
	m.Params = &Params{Name: b.derive("params", op.ID, call+"Params", "Operation", op.Pos), Call: s.Type + "." + m.Name, Doc: m.Doc}
	for i, name := range b.paramNames(op.ID, "parameter", fields) {
		m.Params.Fields = append(m.Params.Fields, b.param(fields[i], name, call))
	}
	b.lock.pin(LockEntry{Kind: "params", ID: op.ID, Name: m.Params.Name})
	b.pkg.Params = append(b.pkg.Params, m.Params)
}

// paramNames names parameters that stand side by side.
func (b *builder) paramNames(op, what string, params []*model.Parameter) []string {
	list := make([]member, len(params))
	for i, p := range params {
		list[i] = member{wire: p.Name, pinned: upperFirst(p.PinnedName), id: op + " " + string(p.In) + " " + p.Name, pos: p.Pos}
		if slices.ContainsFunc(params, func(q *model.Parameter) bool { return q.Name == p.Name && q.In != p.In }) {
			list[i].place = b.namer.Exported(string(p.In))
		}
	}
	return b.members(scope{what: what, kind: "param", fallback: "Param", reserved: map[string]bool{"Validate": true}, hint: "name one with x-pantograph.name"}, list)
}

// pathArg plans one argument for a path parameter: text unless it is a plain scalar.
func (b *builder) pathArg(p *model.Parameter, name, call string) *PathArg {
	r := b.repr(p.Schema, place{name: call + b.namer.Exported(p.Name), owner: "Param", input: true})
	arg := &PathArg{Name: name, Wire: p.Name, Type: r.typ, Doc: b.text(p.Doc)}
	if !r.plain() {
		arg.Type = basic("string")
	}
	return arg
}

// argNames makes variables of the names of a method's arguments, none of which may hide a name that
// the bodies of generated functions use.
func (b *builder) argNames(m *Method) {
	taken := map[string]bool{b.pkg.Name: true, m.Operation.Var: true, "check" + m.Call: true}
	for _, body := range []*Body{m.Request, m.Result} {
		if body != nil && body.Struct == nil && body.Codec >= 0 {
			taken["ref"+b.pkg.Codec.Types[body.Codec].Const[1:]] = true
		}
	}
	for _, arg := range m.PathArgs {
		arg.Name = b.namer.Unexported(arg.Name)
		for taken[arg.Name] {
			arg.Name += "Value"
		}
		taken[arg.Name] = true
	}
}

// plain reports whether a value is a string, number or boolean that is written as itself.
func (r repr) plain() bool {
	return r.form == scalar && slices.Contains([]string{"String", "Int", "Int64", "Float64", "Bool"}, r.codec.Kind)
}

// param plans one query or header parameter and how it is written.
func (b *builder) param(p *model.Parameter, name, call string) *Param {
	out := &Param{In: p.In}
	out.Name, out.Wire, out.Required = name, p.Name, p.Required
	r := b.repr(p.Schema, place{name: call + name, owner: "Param", input: true})
	b.hold(&out.Field, r, Request, false, false)
	out.Doc = b.text(p.Doc)
	out.Doc.Source, out.Doc.URL = "", ""
	out.Doc.Deprecated = p.Deprecated
	if p.Schema != nil {
		if t := b.fieldText(p.Schema, true); out.Doc.Summary == "" && out.Doc.Body == "" {
			out.Doc.Summary, out.Doc.Body = t.Summary, t.Body
		}
		out.Doc.Facts = facts(p.Schema, true)
		out.Checks = b.fieldChecks(call+"Params."+p.Name, p.Schema, r, &out.Field, p.Source)
	}
	if !b.encoding(out, p, r) {
		b.diags.Warnf(p.Pos, "unsupported-parameter", "the parameter %q is not a scalar or a list of scalars; it is sent as text", bounded(p.Name))
		out.Type, out.Optional, out.Checks = optional(basic("string")), true, nil
		out.Encoding = ParamEncoding{Func: prefixOf(p.In)}
	}
	return out
}

// encoding chooses the runtime function that writes a parameter, and reports whether there is one.
func (b *builder) encoding(out *Param, p *model.Parameter, r repr) bool {
	prefix, enc := prefixOf(p.In), &out.Encoding
	enc.Func = prefix
	wire := &Wire{}
	if r.codec.Kind == "Wired" {
		wire = b.pkg.Codec.Wires[r.codec.Sub]
	}
	separators := map[string]string{"form": ",", "simple": ",", "spaceDelimited": " ", "pipeDelimited": "|"}
	switch {
	case wire.Kind == "WireBool":
		enc.Func, enc.Args = prefix+"Flag", []string{wire.True, wire.False}
	case wire.Kind == "WireTime":
		enc.Func, enc.Args = prefix+"Time", wire.Layouts[:1]
	case r.codec.Kind == "Time":
		enc.Func, enc.Args = prefix+"Time", []string{"2006-01-02T15:04:05Z07:00"}
	case wire.Kind == "WireList":
		known := []string{",", " ", "|"}
		if p.In == model.InHeader {
			known = known[:1]
		}
		enc.Func, enc.Args = prefix+"List", []string{wire.Separator}
		return slices.Contains(known, wire.Separator)
	case r.form == list && r.each != nil:
		enc.Func, enc.Args, enc.Explode = prefix+"List", []string{separators[p.Style]}, p.Explode
		return r.each.plain() && r.typ.Kind == Slice && separators[p.Style] != ""
	case wire.Kind == "":
		return r.plain()
	}
	return true
}

// prefixOf begins the names of the runtime functions that write parameters of a place.
func prefixOf(in model.In) string {
	if in == model.InHeader {
		return "Header"
	}
	return "Query"
}
