package slot

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/view"
)

// explain says in our words what package template found, and what leads to the mend.
func explain(d *diag.Diagnostic) {
	// In its words:
	noFunction := regexp.MustCompile(`^function "([^"]*)" not defined$`)
	noField := regexp.MustCompile(`^executing "[^"]*" at <[^>]*>: can't evaluate field (\w+) in type \*?view\.(\w+)$`)
	noValue := regexp.MustCompile(`^executing "[^"]*" at <([^>]*)\.(\w+)>: nil pointer evaluating \*view\.(\w+)\.\w+$`)
	switch m := d.Message; {
	case noFunction.MatchString(m):
		var known []string
		for _, f := range Functions() {
			known = append(known, f.Name)
		}
		if near := diag.Nearest(noFunction.FindStringSubmatch(m)[1], known); near != "" {
			d.Hint = "did you mean " + near + "?"
			return
		}
		d.Hint = "besides those of text/template, there are " + strings.Join(known, ", ")
	case noField.MatchString(m):
		found := noField.FindStringSubmatch(m)
		fields := fieldsOf(found[2])
		d.Message = fmt.Sprintf("the view %s has no field %q", found[2], found[1])
		if near := diag.Nearest(found[1], fields); near != "" {
			d.Hint = "did you mean " + near + "?"
		} else if len(fields) > 0 {
			d.Hint = "it has " + strings.Join(fields, ", ")
		}
	case noValue.MatchString(m):
		found := noValue.FindStringSubmatch(m)
		d.Message = fmt.Sprintf("there is no %s here, so it has no %s", found[3], found[2])
		d.Hint = "ask first: {{with " + found[1] + "}}{{." + found[2] + "}}{{end}}"
	case m == "unexpected EOF":
		d.Hint = "each {{if}}, {{range}}, {{with}} and {{define}} needs its {{end}}"
	}
}

// fieldsOf are the fields of a view, those of what it embeds among them.
func fieldsOf(name string) []string {
	var out []string
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || seen[t] {
			return
		}
		seen[t] = true
		if t.Name() == name {
			for _, f := range reflect.VisibleFields(t) {
				if f.IsExported() && !f.Anonymous {
					out = append(out, f.Name)
				}
			}
		}
		for i := range t.NumField() {
			walk(t.Field(i).Type)
		}
	}
	walk(reflect.TypeFor[view.Package]())
	return out
}
