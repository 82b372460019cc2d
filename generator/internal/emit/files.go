package emit

import (
	"github.com/dave/jennifer/jen"
)

// fileOffer prints the functions that make files.
func (e *emitter) fileOffer(f *jen.File) {
	if !e.p.Files {
		return
	}
	name, args := jen.Id("name").String(), jen.Id("name")
	for _, c := range []struct {
		name, doc    string
		params, args []jen.Code
	}{
		{"FileFrom", "is a file whose content is read from r, for each attempt where it can be read again.", []jen.Code{name, jen.Id("r").Qual("io", "Reader")}, []jen.Code{args, jen.Id("r")}},
		{"FileBytes", "is a file with the given content.", []jen.Code{name, jen.Id("content").Index().Byte()}, []jen.Code{args, jen.Id("content")}},
		{"FileAt", "is the file at a path, opened for each attempt.", []jen.Code{jen.Id("path").String()}, []jen.Code{jen.Id("path")}},
		{"FileFunc", "is a file that is opened for each attempt.", []jen.Code{name, jen.Id("open").Func().Params().Params(jen.Qual("io", "ReadCloser"), jen.Error())}, []jen.Code{args, jen.Id("open")}},
	} {
		f.Comment("// " + c.name + " " + c.doc)
		f.Func().Id(c.name).Params(c.params...).Id("FilePart").Block(jen.Return(e.rt(c.name).Call(c.args...)))
		f.Line()
	}
}
