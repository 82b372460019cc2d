package view

import "github.com/pantograph-go/pantograph/generator/plan"

func (b *builder) resource(s *plan.Service) {
	r := &Resource{Package: b.pkg, Field: s.Field, Type: s.Type, About: about(s.Doc)}
	b.out.Resources[s] = r
	b.pkg.Resources = append(b.pkg.Resources, r)
	for _, m := range s.Methods {
		op := b.operation(r, m)
		b.out.Operations[m] = op
		r.Methods = append(r.Methods, op)
		b.pkg.Operations = append(b.pkg.Operations, op)
	}
}

func (b *builder) operation(r *Resource, m *plan.Method) *Operation {
	op := &Operation{
		Package: b.pkg, Resource: r, Name: m.Name, Call: m.Call, OperationID: wire(m.Operation.ID), HTTPMethod: m.Operation.Method, Path: wire(m.Operation.Path),
		Arguments: b.arguments(m.PathArgs), Answer: string(m.Answer.Kind), Delete: m.Delete, Idempotent: m.Operation.Idempotent, About: about(m.Doc),
	}
	if p := m.Params; p != nil {
		op.Params = &Params{Name: p.Name, About: about(p.Doc)}
		for _, f := range p.Fields {
			field := b.field(&f.Field)
			field.In = string(f.In)
			op.Params.Fields = append(op.Params.Fields, field)
		}
	}
	if body := m.Request; body != nil && !body.Constant {
		op.Request = &Body{Name: "req", Kind: string(body.Kind), Type: b.bodyType(body), Shape: b.shape(b.bodyType(body).ref), Required: body.Required}
		if body.Kind == plan.BodyBinary {
			op.Request.Name = "body"
		}
	}
	b.returns(op, m)
	if p := m.Pages; p != nil {
		op.Pages = &Pages{Items: p.Name, Pages: p.Pages, Elem: typeOf(p.Elem), Shape: b.shape(p.Elem)}
		if p.ElemPointer {
			op.Pages.Elem = pointerTo(p.Elem)
			op.Pages.Shape.Pointer = true
		}
	}
	return op
}

func (b *builder) arguments(list []*plan.PathArg) []*Argument {
	var out []*Argument
	for _, a := range list {
		out = append(out, &Argument{Name: a.Name, Wire: wire(a.Wire), Type: typeOf(a.Type), Shape: b.shape(a.Type), About: about(a.Doc)})
	}
	return out
}

// bodyType is the type of a body: a struct by pointer, anything else by value.
func (b *builder) bodyType(body *plan.Body) *Type {
	if body.Struct != nil {
		return pointerTo(local(body.Struct.Name))
	}
	return typeOf(body.Type)
}

// returns says what a method returns before the error.
func (b *builder) returns(op *Operation, m *plan.Method) {
	switch m.Answer.Kind {
	case plan.AnswerValue:
		switch {
		case m.Unwrap == nil:
			op.Returns = b.bodyType(m.Result)
		case m.Unwrap.Type.Kind == plan.Defined && m.Unwrap.Codec.Kind == "Object":
			op.Returns = pointerTo(m.Unwrap.Type)
		default:
			op.Returns = typeOf(m.Unwrap.Type)
		}
		op.Result = b.shape(op.Returns.ref)
	case plan.AnswerResults:
		op.Returns = pointerTo(local(m.Answer.Results.Name))
	case plan.AnswerDownload:
		op.Returns = pointerTo(local("Download"))
	case plan.AnswerRedirect:
		op.Returns = pointerTo(plan.TypeRef{Kind: plan.Defined, Pkg: "net/url", Name: "URL"})
	case plan.AnswerEvents:
		op.Returns = typeOf(local("ServerEvent"))
	case plan.AnswerStream:
		op.Returns = b.bodyType(m.Answer.Stream.Item)
		op.Result = b.shape(op.Returns.ref)
	}
}

func (b *builder) client() *Client {
	c := b.p.Client
	out := &Client{Package: b.pkg, About: about(c.Doc)}
	for _, p := range c.Params {
		out.Parameters = append(out.Parameters, &ClientParameter{Name: p.Name, Option: "With" + p.Name, Wire: wire(p.Wire), About: about(p.Doc)})
	}
	for _, r := range c.Regions {
		out.Regions = append(out.Regions, &Region{Const: r.Const, Name: wire(r.Name), Endpoint: NewText(r.Endpoint), About: about(r.Doc)})
	}
	for _, s := range c.Servers {
		out.Servers = append(out.Servers, &Server{URL: NewText(s.URL), About: about(s.Doc)})
	}
	for _, s := range c.Schemes {
		scheme := &Scheme{Name: wire(s.Name), Kind: string(s.Kind), About: about(s.Doc)}
		for _, o := range s.Options {
			scheme.Options = append(scheme.Options, &SchemeOption{Name: o.Name, Form: string(o.Form)})
		}
		out.Schemes = append(out.Schemes, scheme)
	}
	if k := c.Credentials; k != nil {
		out.Credentials, out.Environment, out.File = true, k.Environment != nil, k.File != nil
	}
	return out
}
