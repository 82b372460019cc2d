package diff

import (
	_ "embed"
	"encoding/json"
	"html/template"
	"io"
)

//go:embed report.html.tmpl
var page string

// HTML prints a report as one page that needs nothing else: no network, no further file. Text of documents is escaped for
// its place by html/template; the script of the page reads it back from the page alone.
func HTML(out io.Writer, r *Report) error {
	t, err := template.New("report").Funcs(template.FuncMap{"place": place, "line": Version.line, "sides": goSides}).Parse(page)
	if err != nil {
		return err
	}
	return t.Execute(out, r)
}

// goSides are the parts of a change of the Go API for the columns of a table.
func goSides(c GoChange) map[string]string {
	what, before, after := c.sides()
	return map[string]string{"What": what, "Before": before, "After": after}
}

// JSON prints a report for machines.
func JSON(out io.Writer, r *Report) error {
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
}
