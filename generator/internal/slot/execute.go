package slot

import (
	"path"
	"reflect"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/view"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// Output is what one execution printed.
type Output struct {
	Text     string
	Imports  []Import // of a whole Go file, taken out of the text
	Template string   // its file
	For      string   // what it ran for: "the model Group"
	marks    []Mark
	source   string
}

// Lines says where in templates the lines of the output come from: offsets in Text, and positions.
func (o Output) Lines() []Line {
	var out []Line
	for i, m := range o.marks {
		end := len(o.Text)
		if i+1 < len(o.marks) {
			end = o.marks[i+1].Offset
		}
		pos := m.pos(o.source)
		out = append(out, Line{m.Offset, pos})
		for at := m.Offset; at < end; {
			next := strings.IndexByte(o.Text[at:end], '\n')
			if next < 0 {
				break
			}
			at += next + 1
			pos.Line++
			out = append(out, Line{at, pos})
		}
	}
	return out
}

// pos is the line in a template of a source.
func (m Mark) pos(source string) model.Pos {
	return model.Pos{File: path.Join(source, m.File+Suffix), Line: m.Line, Col: 1}
}

// Line is where text from an offset on comes from.
type Line struct {
	Offset int
	Pos    model.Pos
}

// Filled reports whether a slot has templates.
func (s *Set) Filled(slot string) bool { return s != nil && len(s.slots[slot]) > 0 }

// Fill runs the templates of a slot for a node, and returns what they print, in the order of their sources.
func (s *Set) Fill(slot string, v any, p Printer) ([]Output, diag.List) {
	var outputs []Output
	var diags diag.List
	for _, t := range s.slots[slot] {
		out, d := s.run(t, v, p)
		if diags = append(diags, d...); d.HasErrors() || strings.TrimSpace(out.Text) == "" {
			continue
		}
		if list := syntax(&out, false); list.HasErrors() {
			diags = append(diags, list...)
			continue
		}
		outputs = append(outputs, out)
	}
	return outputs, diags
}

// File is a whole file that a template prints for a node.
type File struct {
	Path string
	Go   bool
	node any
	t    *tmpl
}

// Template is the file's template.
func (f *File) Template() string { return f.t.path() }

// Files are the whole files that templates add. Two of one name are an error.
func (s *Set) Files(v *view.Views) ([]*File, diag.List) {
	var files []*File
	var diags diag.List
	seen := map[string]*File{}
	for _, t := range s.files {
		for _, n := range nodes(t.of, v) {
			name := strings.ReplaceAll(strings.ReplaceAll(t.file, placeholder, separated("_")(plan.Words(nodeName(n)))), packagePlaceholder, v.Package.Name)
			f := &File{Path: name, Go: t.format == goFormat, node: n, t: t}
			if other := seen[strings.ToLower(name)]; other != nil {
				diags.Errorf(model.Pos{File: t.path()}, "template-file-twice", "two files are called %s: for %s, and by %s for %s", name, about(n), other.Template(), about(other.node))
				continue
			}
			seen[strings.ToLower(name)] = f
			files = append(files, f)
		}
	}
	slices.SortFunc(files, func(a, b *File) int { return strings.Compare(a.Path, b.Path) })
	return files, diags
}

// Print runs the template of a whole file.
func (s *Set) Print(f *File, p Printer) (Output, diag.List) {
	out, diags := s.run(f.t, f.node, p)
	if !diags.HasErrors() && f.Go {
		diags = append(diags, syntax(&out, true)...)
	}
	return out, diags
}

// run runs a template for a node.
func (s *Set) run(t *tmpl, v any, p Printer) (Output, diag.List) {
	e := &execution{t: t, w: &writer{budget: s.budget}, p: p}
	err := s.budget.spend(1)
	if err == nil {
		err = e.execute(v)
	}
	if err != nil {
		d := located(t, err)
		if n := len(e.w.marks); d.Pos.Line == 0 && n > 0 {
			d.Pos = e.w.marks[n-1].pos(t.source)
		}
		d.Message += " (for " + about(v) + ")"
		return Output{}, diag.List{d}
	}
	return Output{Text: e.w.b.String(), Template: t.path(), For: about(v), marks: e.w.marks, source: t.source}, nil
}

func (e *execution) execute(v any) error {
	if e.t.html != nil {
		t, err := e.t.html.Clone()
		if err != nil {
			return err
		}
		return t.Funcs(e.functions()).Execute(e.w, v)
	}
	t, err := e.t.go_.Clone()
	if err != nil {
		return err
	}
	return t.Funcs(e.functions()).Execute(e.w, v)
}

// nodes are the nodes of a sort.
func nodes(of node, v *view.Views) []any {
	p := v.Package
	switch of {
	case ofModel:
		return list(p.Models)
	case ofEnum:
		return list(p.Enums)
	case ofUnion:
		return list(p.Unions)
	case ofResource:
		return list(p.Resources)
	case ofOperation:
		return list(p.Operations)
	}
	return []any{p}
}

func list[T any](in []T) []any {
	out := make([]any, len(in))
	for i, v := range in {
		out[i] = v
	}
	return out
}

// nodeName is the Go name of a node: that of the call for an operation, and the field for a resource.
func nodeName(v any) string {
	switch v := v.(type) {
	case *view.Operation:
		return v.Call
	case *view.Resource:
		return v.Field
	}
	return reflect.Indirect(reflect.ValueOf(v)).FieldByName("Name").String()
}

// about says what a template ran for.
func about(v any) string {
	if _, ok := v.(*view.Client); ok {
		return "the client"
	}
	kind := strings.ToLower(reflect.Indirect(reflect.ValueOf(v)).Type().Name())
	return "the " + kind + " " + nodeName(v)
}
