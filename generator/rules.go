package generator

import (
	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/rules/cel"
	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// rules reads the rules that the documents write in CEL.
func (r *run) rules(api *model.API, strict bool) []*rules.Subject {
	shapes := shape.New(api.Schemas)
	shapes.AsWritten = r.config.UntypedRaw
	subjects, list := cel.Compile(api, shapes)
	for i, d := range list {
		if strict && d.Severity == diag.Warning {
			list[i].Severity = diag.Error
		}
	}
	r.add(r.config.Root, list)
	return subjects
}
