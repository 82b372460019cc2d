package emit

import "github.com/dave/jennifer/jen"

func (e *emitter) fake(f *jen.File) {}
