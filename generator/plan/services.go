package plan

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// services plans one service per resource and one method per operation.
func (b *builder) services() {
	byName := map[string]*Service{}
	fields := map[string]string{}
	for _, r := range b.api.Resources {
		word := b.namer.Exported(r.Name)
		if word == "" {
			word = "Resource"
		}
		if other, taken := fields[word]; taken {
			word += "Service"
			b.diags.Warnf(r.Pos, "name-collision", "resources %q and %q would both be the client field %s", other, r.Name, word)
		}
		fields[word] = r.Name
		s := &Service{Field: word, File: fileBase(word), Doc: b.text(r.Doc)}
		s.Type = b.derive(word+"Service", "API", r.Pos)
		byName[r.Name] = s
		b.pkg.Services = append(b.pkg.Services, s)
	}
	for _, op := range b.api.Operations {
		s := byName[op.Resource]
		if s == nil {
			b.diags.Errorf(op.Pos, "unknown-resource", "operation %s belongs to no resource", op.ID)
			continue
		}
		s.Methods = append(s.Methods, b.method(s, op))
	}
	b.pkg.Services = slices.DeleteFunc(b.pkg.Services, func(s *Service) bool { return len(s.Methods) == 0 })
}

// fileBase is the base name of a service's file, never one of ours nor one Go reads a meaning into.
func fileBase(word string) string {
	name := strings.ToLower(word)
	if slices.Contains([]string{"client", "options", "models", "enums", "validate", "codec", "operations", "errors", "doc", "params", "json"}, name) {
		name += "_service"
	}
	return name
}

// callName names a call for its types: CreateGroup, ListGroups, ListPoliciesForResource.
func (b *builder) callName(op *model.Operation) string {
	if op.Verb == "" {
		return b.namer.Exported(op.ID)
	}
	many, one := op.Resource, ""
	for _, r := range b.api.Resources {
		if r.Name == op.Resource {
			one = r.Singular
		}
	}
	if one == "" {
		one = singular(many)
	}
	ws := words(op.Verb)
	n := 1
	if ws[0] == "batch" && len(ws) > 1 {
		n = 2
	}
	noun := b.namer.Exported(one)
	qualified := n < len(ws) && !slices.Contains([]string{"For", "By", "Of", "In", "With"}, ws[n])
	if ws[0] == "batch" || ws[0] == "list" && !qualified {
		noun = b.namer.Exported(many)
	}
	return b.namer.Exported(strings.Join(ws[:n], "_")) + noun + b.namer.Exported(strings.Join(ws[n:], "_"))
}

func (b *builder) method(s *Service, op *model.Operation) *Method {
	name := op.Verb
	if name == "" {
		name = op.ID
	}
	m := &Method{Name: b.namer.Exported(name), Doc: b.text(op.Doc), Delete: op.Method == "DELETE"}
	if e, ok := b.lock.get("method", op.ID); ok && op.Verb == "" {
		m.Name = e.Name
	}
	if m.Name == "" {
		m.Name = "Call"
	}
	for _, other := range s.Methods {
		if other.Name == m.Name {
			b.diags.Warnf(op.Pos, "name-collision", "operations %s and %s would both be %s.%s", other.Operation.ID, op.ID, s.Field, m.Name)
			b.diags.Hint("give one of them another x-pantograph.method")
			m.Name = b.namer.Exported(op.ID)
		}
	}
	for n, i := m.Name, 2; slices.ContainsFunc(s.Methods, func(o *Method) bool { return o.Name == m.Name }); i++ {
		m.Name = n + strconv.Itoa(i)
	}
	call := b.callName(op)
	m.Call = call
	for _, other := range b.pkg.Services {
		if slices.ContainsFunc(other.Methods, func(o *Method) bool { return o.Call == call }) {
			m.Call = b.namer.Exported(op.ID)
		}
	}
	b.lock.pin(LockEntry{Kind: "method", ID: op.ID, Name: m.Name, Note: s.Field})
	m.Operation = &Operation{
		Var: "op" + b.namer.Exported(op.ID), ID: op.ID, Resource: op.Resource, Method: op.Method, Path: op.Path,
		Anonymous: len(op.Security) == 1 && len(op.Security[0]) == 0,
	}
	if op.Idempotent != nil {
		m.Operation.Idempotent = *op.Idempotent
	} else {
		m.Operation.Idempotent = slices.Contains([]string{"GET", "HEAD", "OPTIONS", "PUT", "DELETE"}, op.Method)
	}
	b.pkg.Operations = append(b.pkg.Operations, m.Operation)
	b.parameters(s, m, op, call)
	b.requestBody(m, op, call)
	b.result(m, op, call)
	b.pages(m, op)
	return m
}

func (b *builder) parameters(s *Service, m *Method, op *model.Operation, call string) {
	var fields []*Param
	taken := map[string]bool{}
	for _, p := range op.Parameters {
		at := place{name: call + b.namer.Exported(p.Name), owner: "Param", input: true}
		switch p.In {
		case model.InPath:
			if slices.Contains(b.api.ClientParameters, p.Name) {
				continue
			}
			r := b.repr(p.Schema, at)
			arg := &PathArg{Name: b.namer.Unexported(p.Name), Wire: p.Name, Type: r.typ, Doc: b.text(p.Doc)}
			if p.PinnedName != "" {
				arg.Name = b.namer.Unexported(p.PinnedName)
			}
			if r.form != scalar || r.codec.Kind == "Wired" {
				arg.Type = basic("string")
			}
			for n := arg.Name; slices.ContainsFunc(m.PathArgs, func(o *PathArg) bool { return o.Name == arg.Name }); {
				arg.Name += "In" + n
			}
			m.PathArgs = append(m.PathArgs, arg)
		case model.InQuery, model.InHeader:
			f := b.param(p, at, call)
			for taken[f.Name] {
				f.Name += "Param"
			}
			taken[f.Name] = true
			fields = append(fields, f)
		default:
			b.diags.Warnf(p.Pos, "unsupported-parameter", "%s parameter %s is left to the caller", p.In, p.Name)
			b.diags.Hint("set it per call with WithHeader")
		}
	}
	if len(fields) == 0 {
		return
	}
	name := call + "Params"
	if e, ok := b.lock.get("params", op.ID); ok {
		name = e.Name
	}
	m.Params = &Params{Name: b.derive(name, "Operation", op.Pos), Call: s.Type + "." + m.Name, Doc: m.Doc, Fields: fields}
	b.lock.pin(LockEntry{Kind: "params", ID: op.ID, Name: m.Params.Name})
	b.pkg.Params = append(b.pkg.Params, m.Params)
}

// param plans one query or header parameter and how it is written.
func (b *builder) param(p *model.Parameter, at place, call string) *Param {
	out := &Param{In: p.In}
	out.Name, out.Wire, out.Required = b.namer.Exported(p.Name), p.Name, p.Required
	if p.PinnedName != "" {
		out.Name = p.PinnedName
	}
	r := b.repr(p.Schema, at)
	b.hold(&out.Field, r, Request, false, false)
	out.Doc = b.text(p.Doc)
	out.Doc.Source, out.Doc.URL = "", ""
	out.Doc.Deprecated = p.Deprecated
	if p.Schema != nil {
		if t := b.fieldText(p.Schema); out.Doc.Summary == "" && out.Doc.Body == "" {
			out.Doc.Summary, out.Doc.Body = t.Summary, t.Body
		}
		out.Doc.Facts = facts(p.Schema)
		out.Checks = b.fieldChecks(call+"Params."+p.Name, p.Schema, r, &out.Field)
	}
	prefix := "Query"
	if p.In == model.InHeader {
		prefix = "Header"
	}
	enc := &out.Encoding
	switch {
	case r.codec.Kind == "Wired":
		w := b.pkg.Codec.Wires[r.codec.Sub]
		switch w.Kind {
		case "WireBool":
			enc.Func, enc.Args = prefix+"Flag", []string{w.True, w.False}
		case "WireTime":
			enc.Func, enc.Args = prefix+"Time", w.Layouts[:1]
		case "WireList":
			enc.Func, enc.Args = prefix+"List", []string{w.Separator}
		default:
			enc.Func = prefix
		}
	case r.codec.Kind == "Time":
		enc.Func, enc.Args = prefix+"Time", []string{"2006-01-02T15:04:05Z07:00"}
	case r.form == list && r.each != nil && r.each.form == scalar:
		enc.Func, enc.Explode = prefix+"List", p.Explode
		sep := map[string]string{"spaceDelimited": " ", "pipeDelimited": "|"}[p.Style]
		if sep == "" {
			sep = ","
		}
		enc.Args = []string{sep}
	case r.form == scalar:
		enc.Func = prefix
	default:
		b.diags.Warnf(p.Pos, "unsupported-parameter", "parameter %s is not a scalar or a list of scalars; it is sent as text", p.Name)
		out.Type, out.Optional = optional(basic("string")), true
		out.Checks = nil
		enc.Func = prefix
	}
	return out
}

// jsonContent finds the JSON representation of a body.
func jsonContent(content []*model.MediaType) *model.MediaType {
	for _, m := range content {
		if base, _, _ := strings.Cut(m.Name, ";"); base == "application/json" || strings.HasSuffix(base, "+json") {
			return m
		}
	}
	return nil
}

func (b *builder) requestBody(m *Method, op *model.Operation, call string) {
	if op.Body == nil {
		return
	}
	media := jsonContent(op.Body.Content)
	if media == nil {
		b.diags.Warnf(op.Body.Pos, "unsupported-media-type", "the request body of %s is not JSON; it is left to the caller", op.ID)
		b.diags.Hint("use Client.Send")
		return
	}
	m.Operation.ContentType = media.Name
	m.Request = b.body(media.Schema, place{name: call + "Request", owner: "Operation", input: true})
	m.Request.Required = op.Body.Required
	if s := m.Request.Struct; s != nil {
		m.Request.Constant = len(s.Fields) > 0 && !slices.ContainsFunc(s.Fields, func(f *Field) bool { return f.Name != "" })
		if op.Variant {
			for _, f := range s.Fields {
				if f.Name == "" && m.Operation.ConstName == "" {
					if text, ok := model.Value(f.Codec.Const).Text(); ok {
						m.Operation.ConstName, m.Operation.ConstValue = f.Wire, text
					}
				}
			}
		}
	}
}

func (b *builder) body(s *model.Schema, at place) *Body {
	r := b.repr(s, at)
	if r.form == object {
		return &Body{Type: r.typ, Struct: r.object, Codec: r.object.Codec}
	}
	i := b.codecEntry(r)
	b.pkg.Codec.Types[i].Root = true
	return &Body{Type: r.typ, Codec: i}
}

func (b *builder) result(m *Method, op *model.Operation, call string) {
	var first *model.MediaType
	for _, r := range op.Responses {
		if !r.Success() {
			continue
		}
		if n, err := strconv.Atoi(r.Status); err == nil {
			m.Operation.Success = append(m.Operation.Success, n)
		}
		if media := jsonContent(r.Content); media != nil && first == nil {
			first = media
		} else if media == nil && len(r.Content) > 0 {
			b.diags.Warnf(r.Pos, "unsupported-media-type", "the %s response of %s is not JSON; its body is not decoded", r.Status, op.ID)
			b.diags.Hint("capture it with WithResponseInto")
		}
	}
	if first == nil {
		return
	}
	m.Operation.Accept = first.Name
	b.answers[m] = answer(first)
	m.Result = b.body(first.Schema, place{name: call + "Response", owner: "Operation"})
	if op.Result == "" || m.Result.Struct == nil {
		return
	}
	for _, f := range m.Result.Struct.Fields {
		if f.Wire == op.Result {
			m.Unwrap = f
		}
	}
}

// pages plans All.
func (b *builder) pages(m *Method, op *model.Operation) {
	p := op.Pagination
	if p == nil || m.Result == nil || m.Result.Struct == nil {
		return
	}
	out := &Pages{Kind: p.Kind, First: p.First}
	out.Items = b.path(m.Result.Struct, p.Items)
	out.Total = b.path(m.Result.Struct, p.Total)
	out.Next = b.path(m.Result.Struct, p.Next)
	if len(out.Items) == 0 {
		b.diags.Errorf(p.Pos, "pagination-items", "%s names no list of the response of %s", p.Items, op.ID)
		return
	}
	list := out.Items[len(out.Items)-1].Type
	if list.Kind != Slice {
		b.diags.Errorf(p.Pos, "pagination-items", "%s of the response of %s is not a list", p.Items, op.ID)
		return
	}
	out.Elem = *list.Elem
	elem := b.fieldStruct(out.Items[len(out.Items)-1])
	out.ElemPointer = elem != nil
	find := func(name string) *Field {
		if member, ok := strings.CutPrefix(name, "body:"); ok {
			out.InBody = true
			if m.Request != nil && m.Request.Struct != nil {
				return fieldByWire(m.Request.Struct, member)
			}
			return nil
		}
		if m.Params != nil {
			for _, f := range m.Params.Fields {
				if f.Wire == name {
					return &f.Field
				}
			}
		}
		return nil
	}
	if p.Cursor != "" {
		out.Cursor = find(p.Cursor)
	}
	if p.Limit != "" {
		out.Limit = find(p.Limit)
	}
	if p.ItemMarker != "" && elem != nil {
		out.ItemMarker = fieldByWire(elem, p.ItemMarker)
	}
	if out.Cursor == nil && p.Kind != model.PageNextLink {
		b.diags.Errorf(p.Pos, "pagination-cursor", "%s is no parameter of %s", p.Cursor, op.ID)
		return
	}
	m.Pages = out
}

// path resolves a dotted path of members from a struct.
func (b *builder) path(s *Struct, dotted string) []*Field {
	var out []*Field
	for name := range strings.SplitSeq(dotted, ".") {
		if s == nil {
			return nil
		}
		f := fieldByWire(s, name)
		if f == nil {
			return nil
		}
		out = append(out, f)
		s = b.fieldStruct(f)
	}
	return out
}

func fieldByWire(s *Struct, wire string) *Field {
	for _, f := range s.Fields {
		if f.Wire == wire {
			return f
		}
	}
	return nil
}

// finishCodec gives every struct its table entry's final name and marks the elements.
func (b *builder) finishCodec() {
	used := map[string]bool{}
	for _, t := range b.pkg.Codec.Types {
		for used[t.Const] {
			t.Const += "_"
		}
		used[t.Const] = true
		if t.Struct != nil {
			t.Field.Flags = nil
		}
	}
}
