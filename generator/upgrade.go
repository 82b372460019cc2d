package generator

import (
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/diff"
	"github.com/pantograph-go/pantograph/generator/internal/verify"
	"github.com/pantograph-go/pantograph/generator/internal/write"
)

// upgrade says what would become of the Go API of an output if it were generated now, by this generator and of the documents
// as they are. It writes nothing.
func upgrade(c Config, extensions []Extension) (report *diff.Report, diags diag.List) {
	defer guard((*[]Diagnostic)(&diags))
	done, list := c.Complete()
	if list.HasErrors() {
		return nil, list
	}
	r := &run{config: done, diags: list, extensions: extensions}
	report = &diff.Report{Old: diff.Version{Name: display(done.Out, "")}, New: diff.Version{Name: display(done.Out, ""), Generator: release(Version())}}
	if done.RuntimeOnly || !isFile(display(done.Out, write.ManifestName)) { // a runtime has no API of its own; what is new breaks nothing
		report.Judge()
		return report, r.diags
	}
	before, list := outputAt(done.Out, &report.Old)
	r.diags = append(r.diags, list...)
	req := write.Request{Dir: done.Out}
	if r.client(&req); r.diags.HasErrors() {
		return nil, r.diags.Sort()
	}
	made := goOutput{home: done.Import, runtime: done.Runtime}
	for _, f := range req.Files {
		if compared(f.Path) && !strings.HasPrefix(f.Path, "rt/") {
			made.sources = append(made.sources, verify.Source{Path: f.Path, Bytes: f.Bytes})
		}
	}
	now, list := made.offered()
	if r.diags = append(r.diags, list...); r.diags.HasErrors() {
		return nil, r.diags.Sort()
	}
	report.Go = diff.Go(before, now)
	report.Judge()
	// What the run has to say it says when it writes.
	return report, nil
}
