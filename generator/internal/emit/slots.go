package emit

import (
	"bytes"
	"go/token"
	"path"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/internal/slot"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// Part is text in a file that a user's template printed. Offsets are those in the file.
type Part struct {
	Start, End int
	Output     slot.Output
}

// filled prints what the users' templates of a slot print for a node, which is asked for when there are some.
func (e *emitter) filled(f *jen.File, name string, node func() any) {
	if !e.slots.Filled(name) {
		return
	}
	outputs, diags := e.slots.Fill(name, node(), &printer{file: f})
	e.diags = append(e.diags, diags...)
	for _, out := range outputs {
		e.add(f, out)
	}
}

func (e *emitter) add(f *jen.File, out slot.Output) {
	f.Add(jen.Op("\n" + out.Text + "\n"))
	e.outputs = append(e.outputs, out)
}

// parts finds what templates printed in a file: their text stands in it as it is, in the order in which it came.
func parts(src []byte, outputs []slot.Output) []Part {
	var out []Part
	from := 0
	for _, o := range outputs {
		at := bytes.Index(src[from:], []byte(o.Text))
		if at < 0 {
			continue
		}
		from += at
		out = append(out, Part{from, from + len(o.Text), o})
		from += len(o.Text)
	}
	return out
}

// wholeFiles prints the files that templates add.
func (e *emitter) wholeFiles() {
	if e.slots == nil {
		return
	}
	ours := map[string]bool{}
	for _, f := range e.files {
		ours[strings.ToLower(f.Path)] = true
	}
	files, diags := e.slots.Files(e.views())
	e.diags = append(e.diags, diags...)
	for _, f := range files {
		switch pos := (model.Pos{File: f.Template()}); {
		case ours[strings.ToLower(f.Path)]:
			e.diags.Errorf(pos, "template-file", "%s is a file of pantograph's own", f.Path)
			e.diags.Hint("give the template another name")
		case f.Go:
			e.goFile(f)
		default:
			if out, list := e.slots.Print(f, &printer{}); !list.HasErrors() {
				e.files = append(e.files, File{Path: f.Path, Bytes: []byte(out.Text), Emitter: "template " + f.Template(), Plain: true})
			} else {
				e.diags = append(e.diags, list...)
			}
		}
	}
}

// goFile prints a Go file of a template: of the package itself, or of one in a folder below it.
func (e *emitter) goFile(f *slot.File) {
	dir := path.Dir(f.Path)
	name, importPath := e.p.Name, e.p.ImportPath
	p := &printer{}
	if dir != "." {
		importPath = path.Join(importPath, dir)
		p.home = e.p.ImportPath
		if name = path.Base(dir); path.Base(path.Dir(dir)) == "cmd" {
			name = "main"
		}
		if !token.IsIdentifier(name) {
			e.diags.Errorf(model.Pos{File: f.Template()}, "template-file", "%s would be of a package %q, which is no name of one", f.Path, name)
			e.diags.Hint("a Go file in a folder is of the package that is called like the folder; in cmd/NAME, of package main")
			return
		}
	}
	e.render(f.Path, "template "+f.Template(), jen.NewFilePathName(importPath, name), func(file *jen.File) {
		p.file = file
		out, diags := e.slots.Print(f, p)
		if e.diags = append(e.diags, diags...); diags.HasErrors() {
			return
		}
		for _, i := range out.Imports {
			e.imported(p, i)
		}
		e.add(file, out)
	})
}

// imported adds an import that a template declares to those of its file.
func (e *emitter) imported(p *printer, i slot.Import) {
	if i.Named {
		p.file.ImportAlias(i.Path, i.Name)
	} else {
		p.file.ImportName(i.Path, i.Name)
	}
	if name, _, _ := strings.Cut(p.Qual(i.Path, "X"), "."); name != i.Name {
		e.diags.Errorf(i.Pos, "template-import", "the package %s is called %s in this file, since another has its name", i.Path, name)
		e.diags.Hint("give it a name in the import declaration, or use qual for all names of it")
	}
}

// printer prints for templates, in one file: what it imports, the file imports.
type printer struct {
	file *jen.File
	home string // import path of the generated package, where the file is of another
}

func (p *printer) render(s *jen.Statement) string {
	var b bytes.Buffer
	if err := s.RenderWithFile(&b, p.file); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.String()
}

func (p *printer) Qual(importPath, name string) string { return p.render(jen.Qual(importPath, name)) }

func (p *printer) Type(t plan.TypeRef) string { return p.render(jenx.TypeIn(p.home, t)) }

func (p *printer) Comment(text string) string { return p.render(jenx.Comment(text)) }

func (p *printer) Literal(text string) string { return p.render(jenx.Quoted(text)) }
