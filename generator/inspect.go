package generator

import (
	"encoding/json"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// lint loads documents strictly.
func lint(c Config) (diags diag.List) {
	defer guard((*[]Diagnostic)(&diags))
	done, list := c.CompleteDocuments()
	if list.HasErrors() {
		return list
	}
	r := &run{config: done, diags: list}
	r.load(true)
	return r.diags.Sort()
}

// dump returns the result of a stage as indented JSON: "config", which says what flags and files come
// to, "model" or "plan".
func dump(c Config, stage string, extensions []Extension) (out []byte, diags diag.List) {
	defer guard((*[]Diagnostic)(&diags))
	complete := c.Complete
	if stage == "model" {
		complete = c.CompleteDocuments
	}
	done, list := complete()
	if list.HasErrors() {
		return nil, list
	}
	r := &run{config: done, diags: list, extensions: extensions}
	var result any = done
	if stage != "config" {
		api := r.load(done.Strict)
		extend(r, func(x Transformer) error { return x.Transform(api) })
		if result = api; stage == "plan" {
			p, _ := r.plan(api)
			extend(r, func(x Planner) error { return x.Plan(p) })
			result = p
		}
	}
	if r.diags.HasErrors() {
		return nil, r.diags.Sort()
	}
	out, err := json.MarshalIndent(result, "", "  ")
	if err != nil {
		r.diags.Errorf(model.Pos{}, "internal-dump", "%v", err)
	}
	return out, r.diags.Sort()
}
