package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// fakeReturns is what the function that serves an operation returns: what the method of the client does.
func (e *emitter) fakeReturns(m *plan.Method) *jen.Statement {
	return answerType(m, e.home, e.homeType)
}

// fakeAnswer prints how what a function returned becomes the answer.
func (e *emitter) fakeAnswer(g *jen.Group, m *plan.Method, call *jen.Statement) {
	a := &m.Answer
	x, status, media := jen.Id("x"), jen.Lit(a.Status), jenx.Lit(a.Media)
	switch a.Kind {
	case plan.AnswerNone:
		g.Add(x).Dot("Answer").Call(status, jen.Nil(), call)
		return
	case plan.AnswerEvents:
		g.Qual(e.fakes(), "Events").Call(x, status, media, call)
		return
	case plan.AnswerStream:
		e.fakeStream(g, m, call)
		return
	}
	g.List(jen.Id("out"), jen.Err()).Op(":=").Add(call)
	if a.Empty > 0 && a.Kind != plan.AnswerResults && e.mayBeNil(m) {
		g.If(x.Clone().Dot("Empty").Call(jen.Lit(a.Empty), jen.Id("out").Op("==").Nil(), jen.Err())).Block(jen.Return())
	}
	switch a.Kind {
	case plan.AnswerResults:
		e.fakeResults(g, a)
	case plan.AnswerDownload:
		g.Add(x).Dot("Download").Call(status, media, jen.Id("out"), jen.Err())
	case plan.AnswerRedirect:
		g.Add(x).Dot("Redirect").Call(status, jen.Id("out"), jen.Err())
	default:
		e.fakeValue(g, m)
	}
}

// mayBeNil reports whether nil is a result of a method.
func (e *emitter) mayBeNil(m *plan.Method) bool {
	switch {
	case m.Result == nil || m.Unwrap == nil && m.Result.Struct != nil:
		return true
	case m.Unwrap != nil:
		return isPointer(m)
	}
	switch e.p.Codec.Types[m.Result.Codec].Field.Kind {
	case "Strings", "Slice", "Map", "Bytes", "Any", "Interface":
		return true
	}
	return false
}

// fakeValue prints the answer with a decoded result.
func (e *emitter) fakeValue(g *jen.Group, m *plan.Method) {
	x, status, out := jen.Id("x"), jen.Lit(m.Answer.Status), jen.Id("out")
	switch {
	case m.Result.Kind == plan.BodyText:
		g.Add(x).Dot("TextAnswer").Call(status, jenx.Lit(m.Answer.Media), textOf(m.Result, out), jen.Err())
		return
	case m.Result.Kind == plan.BodyXML:
		at := jen.Id("out")
		if m.Result.Struct == nil {
			at = jen.Op("&").Id("out")
		}
		g.Add(x).Dot("XMLAnswer").Call(status, jenx.Lit(m.Answer.Media), e.home("Wire").Values().Dot(xmlName(m.Result.XML)).Call(), e.wireRef(e.p.Codec.Types[m.Result.Codec], at), jen.Err())
		return
	case m.Unwrap != nil && isObject(m.Unwrap):
		g.If(jen.Err().Op("!=").Nil().Op("||").Id("out").Op("==").Nil()).Block(
			jen.Id("x").Dot("Answer").Call(status, jen.Id("out"), jen.Err()),
			jen.Return())
		out = jen.Op("&").Add(e.home(m.Result.Struct.Name)).Values(jen.Id(m.Unwrap.Name).Op(":").Op("*").Id("out"))
	case m.Unwrap != nil:
		out = jen.Op("&").Add(e.home(m.Result.Struct.Name)).Values(jen.Id(m.Unwrap.Name).Op(":").Id("out"))
	}
	g.Add(x).Dot("Answer").Call(status, out, jen.Err())
}

// textOf is a text of any named type as a string.
func textOf(b *plan.Body, v *jen.Statement) *jen.Statement {
	if b.Type.Kind == plan.Basic {
		return v
	}
	return jen.String().Call(v)
}

// fakeResults prints the answer with the body that goes with the status.
func (e *emitter) fakeResults(g *jen.Group, a *plan.Answer) {
	x, out := jen.Id("x"), jen.Id("out")
	g.If(jen.Err().Op("!=").Nil().Op("||").Id("out").Op("==").Nil()).Block(
		x.Clone().Dot("Answer").Call(jen.Lit(a.Status), out, jen.Err()),
		jen.Return())
	status := out.Clone().Dot("Status")
	body := func(f *plan.ResultField) *jen.Statement {
		v := out.Clone().Dot(f.Name)
		if f.Body.Kind == plan.BodyText {
			return x.Clone().Dot("TextAnswer").Call(status, jen.Lit("text/plain"), textOf(f.Body, v), jen.Nil())
		}
		return x.Clone().Dot("Answer").Call(status, v, jen.Nil())
	}
	usual := a.Results.Fields[0]
	for _, f := range a.Results.Fields {
		if f.Rest {
			usual = f
		}
	}
	g.Switch(status).BlockFunc(func(g *jen.Group) {
		for _, f := range a.Results.Fields {
			if f != usual {
				g.CaseFunc(func(g *jen.Group) { statuses(g, f.Statuses) }).Block(body(f))
			}
		}
		if empty := exact(a.Results.Bodiless); len(empty) > 0 {
			g.CaseFunc(func(g *jen.Group) { statuses(g, empty) }).Block(x.Clone().Dot("Answer").Call(status, jen.Nil(), jen.Nil()))
		}
		g.Default().Block(body(usual))
	})
}

// exact leaves the ranges out of statuses.
func exact(list []int) []int {
	var out []int
	for _, n := range list {
		if n >= 100 {
			out = append(out, n)
		}
	}
	return out
}

// fakeStream prints the answer with the items of an iterator.
func (e *emitter) fakeStream(g *jen.Group, m *plan.Method, call *jen.Statement) {
	st := m.Answer.Stream
	format, ends := st.Format, st.Args
	switch format {
	case "Texts":
		ends = nil
	case "TextEvents":
		format = "WholeEvents"
	}
	g.Qual(e.fakes(), "Stream").CallFunc(func(g *jen.Group) {
		g.Id("x")
		g.Lit(m.Answer.Status)
		g.Add(jenx.Lit(m.Answer.Media))
		g.Qual(e.fakes(), format)
		g.Add(call)
		for _, end := range ends[:min(len(ends), 1)] {
			g.Add(jenx.Lit(end))
		}
	})
}
