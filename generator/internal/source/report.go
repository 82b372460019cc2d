package source

import (
	"fmt"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// report collects what is found. Of what is found very often, the first cases are told and the rest is counted:
// nobody reads ten thousand lines, and a hostile document has millions.
type report struct {
	diags   diag.List
	counts  map[string]int // by severity and code
	dropped bool           // the last one
}

func (r *report) add(severity diag.Severity, pos model.Pos, code, format string, args ...any) {
	kind := string(severity) + " " + code
	r.counts[kind]++
	if r.dropped = r.counts[kind] > maxReports; r.dropped {
		return
	}
	message := fmt.Sprintf(format, args...)
	if len(message) > maxMessage { // it quotes the document
		message = strings.ToValidUTF8(strings.Clone(message[:maxMessage]), "") + "…"
	}
	r.diags = append(r.diags, diag.Diagnostic{Pos: pos, Severity: severity, Code: code, Message: message})
}

func (r *report) errorf(pos model.Pos, code, format string, args ...any) {
	r.add(diag.Error, pos, code, format, args...)
}

func (r *report) warnf(pos model.Pos, code, format string, args ...any) {
	r.add(diag.Warning, pos, code, format, args...)
}

func (r *report) notef(pos model.Pos, code, format string, args ...any) {
	r.add(diag.Note, pos, code, format, args...)
}

// hint adds a hint to the last diagnostic.
func (r *report) hint(format string, args ...any) {
	if !r.dropped {
		r.diags.Hint(format, args...)
	}
}

// related adds positions to the last diagnostic.
func (r *report) related(pos ...model.Pos) {
	if !r.dropped {
		d := &r.diags[len(r.diags)-1]
		d.Related = append(d.Related, pos...)
	}
}

// didYouMean hints at the nearest name.
func (r *report) didYouMean(name string, names []string) {
	if r.dropped || len(names) > maxNear {
		return
	}
	if near := diag.Nearest(name, names); near != "" {
		r.hint("did you mean %q?", near)
	}
}

// countRest tells how much is not told, behind the last that is.
func (r *report) countRest() {
	last := map[string]model.Pos{}
	var kinds []string
	for _, d := range r.diags {
		kind := string(d.Severity) + " " + d.Code
		if _, seen := last[kind]; !seen {
			kinds = append(kinds, kind)
		}
		last[kind] = d.Pos
	}
	for _, kind := range kinds {
		if rest := r.counts[kind] - maxReports; rest > 0 {
			r.diags = append(r.diags, diag.Diagnostic{
				Pos: last[kind], Severity: diag.Note, Code: "more", Message: fmt.Sprintf("there are %d more like this: %s", rest, kind),
			})
		}
	}
}
