package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
)

// errorClasses are the sentinels, by meaning.
var errorClasses = []alias{
	{"ErrInvalid", "the request is wrong"},
	{"ErrUnauthenticated", "no credentials, or not accepted"},
	{"ErrPermissionDenied", "the credentials do not allow this"},
	{"ErrNotFound", "there is no such object"},
	{"ErrConflict", "the state of the object does not allow this"},
	{"ErrBusy", "a conflict that passes: try later"},
	{"ErrQuotaExceeded", "a quota is used up"},
	{"ErrRateLimited", "too many requests"},
	{"ErrUnavailable", "the service cannot answer now"},
	{"ErrInternal", "the service failed"},
	{"ErrDryRun", "nothing was sent: see WithDryRun"},
}

// errors prints the sentinels and the documented codes.
func (e *emitter) errors(f *jen.File) {
	f.Comment("// What a failure means, for errors.Is. The documented code decides, then the status.")
	f.Const().DefsFunc(func(g *jen.Group) {
		for _, c := range errorClasses {
			g.Id(c.name).Op("=").Add(e.rt(c.name)).Comment("// " + c.doc)
		}
	})
	f.Line()
	if len(e.p.Failures) > 0 {
		f.Comment("// ErrorBody returns the documented body of a failure, if it is of type T. The comment of a method lists the types.")
		f.Func().Id("ErrorBody").Types(jen.Id("T").Any()).Params(jen.Err().Error()).Params(jen.Op("*").Id("T"), jen.Bool()).Block(
			jen.Return(e.rt("ErrorBody").Types(jen.Id("T")).Call(jen.Err())))
		f.Line()
	}
	if len(e.p.Errors.Codes) == 0 {
		return
	}
	f.Comment("// Code is an error code of the API: Error.Code holds one.")
	f.Type().Id("Code").String()
	f.Line()
	f.Comment("// The documented error codes.")
	f.Const().DefsFunc(func(g *jen.Group) {
		for _, c := range e.p.Errors.Codes {
			if c.Message != "" { // above the constant, so that one more does not realign all
				g.Comment(jenx.Line(c.Message))
			}
			g.Id(c.Const).Id("Code").Op("=").Add(jenx.Lit(c.Code))
		}
	})
	f.Line()
	f.Comment("// Is reports whether err is a failure of the API with this code.")
	f.Func().Params(jen.Id("c").Id("Code")).Id("Is").Params(jen.Err().Error()).Bool().Block(
		jen.Var().Id("e").Op("*").Id("Error"),
		jen.Return(jen.Qual("errors", "As").Call(jen.Err(), jen.Op("&").Id("e")).Op("&&").Id("e").Dot("Code").Op("==").String().Call(jen.Id("c"))))
	f.Line()
}
