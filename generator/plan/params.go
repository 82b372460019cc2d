package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// framing are the headers that say how a message is sent, which the runtime takes from nobody.
var framing = []string{"host", "content-length", "transfer-encoding", "connection", "trailer", "te", "upgrade", "accept-encoding"}

// parameters plans what a method takes beside the body: path parameters as arguments, the others as
// fields of one struct.
func (b *builder) parameters(s *Service, m *Method, op *model.Operation, call string) {
	var path, fields []*model.Parameter
	for _, p := range op.Parameters {
		switch {
		case p.In == model.InPath && slices.Contains(b.api.ClientParameters, p.Name):
		case p.In == model.InPath:
			path = append(path, p)
		case p.In == model.InHeader && slices.Contains(framing, strings.ToLower(p.Name)):
			b.diags.Notef(p.Pos, "header-of-transport", "the header %s is no parameter of %s: the transport writes what is true of each request", p.Name, op.ID)
		default:
			fields = append(fields, p)
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

// pathArg plans one argument for a path parameter.
func (b *builder) pathArg(p *model.Parameter, name, call string) *PathArg {
	r := b.paramRepr(p, place{name: b.ownName(paramSchema(p), call+b.namer.Exported(p.Name)), owner: "Param", input: true})
	arg := &PathArg{Name: name, Wire: p.Name, Type: r.typ, Doc: b.text(p.Doc), repr: r}
	if r.form == object {
		arg.Type = pointer(r.typ)
	}
	if schema := paramSchema(p); schema != nil {
		arg.Checks = slices.DeleteFunc(b.valueChecks(call+"."+p.Name, schema, r, isSecret(schema)), func(c *Check) bool {
			return c.Op == CheckMinLength && c.Literal == "1" // no argument of a path is empty
		})
		if p.Source != nil {
			cite(arg.Checks, sourceText(p.Source))
		}
	}
	simple := p.Content == nil && (p.Style == "simple" || p.Style == "")
	switch {
	case simple && r.plain() && r.codec.Kind == "String":
		arg.Encoding.Func = "Path"
	case simple && r.plain():
		arg.Encoding.Func = "PathText"
	default:
		b.styled(&arg.Encoding, p, r)
	}
	return arg
}

// argNames makes variables of the names of a method's arguments, none of which may hide a name that
// the bodies of generated functions use.
func (b *builder) argNames(m *Method) {
	taken := map[string]bool{b.pkg.Name: true, m.Operation.Var: true, "check" + m.Call: true, "judge" + m.Call: true, "checks": true, "rules" + m.Call: true, "rules" + m.Call + "Call": true}
	for _, t := range b.pkg.Codec.Texts {
		taken[t.Type.Pkg[strings.LastIndexByte(t.Type.Pkg, '/')+1:]] = true
	}
	bodies := []*Body{m.Request, m.Result}
	if m.Answer.Kind == AnswerEvents || m.Answer.Kind == AnswerStream {
		taken["stream"] = true
	}
	if st := m.Answer.Stream; st != nil {
		bodies = append(bodies, st.Item)
	}
	for _, body := range bodies {
		if body != nil && body.Struct == nil && body.Codec >= 0 {
			taken["ref"+b.pkg.Codec.Types[body.Codec].Var[1:]] = true
		}
	}
	for _, arg := range m.PathArgs {
		if len(arg.Encoding.Style) > 0 && arg.Encoding.Codec >= 0 {
			taken["ref"+b.pkg.Codec.Types[arg.Encoding.Codec].Var[1:]] = true
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

// param plans one query, header or cookie parameter and how it is written.
func (b *builder) param(p *model.Parameter, name, call string) *Param {
	out := &Param{In: p.In}
	out.Name, out.Wire, out.Required = name, p.Name, p.Required
	ours := p.In == model.InHeader && slices.Contains([]string{"accept", "content-type", "authorization"}, strings.ToLower(p.Name))
	if ours {
		b.diags.Notef(p.Pos, "header-of-ours", "the header %s is not up to parameters: media types and credentials decide; one that is set replaces them", p.Name)
		out.Required = false
	}
	r := b.paramRepr(p, place{name: b.ownName(paramSchema(p), call+name), owner: "Param", input: true})
	schema := paramSchema(p)
	b.hold(&out.Field, r, Request, nullable(schema), false)
	out.Doc = b.text(p.Doc)
	out.Doc.Source, out.Doc.URL = "", ""
	out.Doc.Deprecated = p.Deprecated
	if schema != nil {
		if t := b.fieldText(schema, true); out.Doc.Summary == "" && out.Doc.Body == "" {
			out.Doc.Summary, out.Doc.Body = t.Summary, t.Body
		}
		out.Doc.Facts = facts(schema, true)
		out.Checks = b.fieldChecks(call+"Params."+p.Name, schema, r, &out.Field, p.Source)
	}
	if ours {
		out.Doc.Facts = append(out.Doc.Facts, "In place of what the client sends by itself.")
	}
	b.encoding(out, p, r)
	return out
}
