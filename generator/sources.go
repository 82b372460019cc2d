package generator

import (
	"path"

	"github.com/pantograph-go/pantograph/generator/internal/emit"
	"github.com/pantograph-go/pantograph/generator/internal/verify"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// sourceOf hands an emitted file to verification, with the names of what printed it.
func sourceOf(f emit.File) verify.Source {
	src := verify.Source{Path: f.Path, Bytes: f.Bytes, Origin: verify.Origin{Text: "emitter " + f.Emitter}}
	for _, p := range f.Parts {
		part := verify.Part{Start: p.Start, End: p.End, Origin: verify.Origin{
			Text: "template " + p.Output.Template, Kind: "template", For: p.Output.For, Pos: model.Pos{File: p.Output.Template, Line: 1, Col: 1},
		}}
		for _, l := range p.Output.Lines() {
			part.Lines = append(part.Lines, verify.Line{Offset: p.Start + l.Offset, Pos: l.Pos})
		}
		src.Parts = append(src.Parts, part)
	}
	return src
}

// goPaths are the import paths of the directories that hold generated Go.
func goPaths(p *plan.Package, sources []verify.Source) map[string]string {
	paths := map[string]string{".": p.ImportPath}
	for _, src := range sources {
		dir := path.Dir(src.Path)
		paths[dir] = path.Join(p.ImportPath, dir)
	}
	return paths
}
