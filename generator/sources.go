package generator

import (
	"github.com/pantograph-go/pantograph/generator/internal/emit"
	"github.com/pantograph-go/pantograph/generator/internal/verify"
	"github.com/pantograph-go/pantograph/generator/model"
)

// sourceOf hands an emitted file to verification, with the name of what printed it.
func sourceOf(f emit.File) verify.Source {
	src := verify.Source{Path: f.Path, Bytes: f.Bytes, Origin: verify.Origin{Text: "emitter " + f.Emitter}}
	for name, template := range f.Templates {
		if src.Decls == nil {
			src.Decls = map[string]verify.Origin{}
		}
		src.Decls[name] = verify.Origin{Text: "template " + template, Pos: model.Pos{File: template, Line: 1, Col: 1}}
	}
	return src
}
