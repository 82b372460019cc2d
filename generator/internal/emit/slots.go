package emit

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// slotNames are the places in the output that templates can fill. A template is a file of that name
// with the suffix .tmpl; file/<name>.go.tmpl adds a file to the package.
var slotNames = []string{"model/methods", "client/methods", "resource/methods"}

// maxSlotOutput bounds what one execution of a template may print.
const maxSlotOutput = 4 << 20

// Slots are the user's templates, by slot name.
type Slots struct {
	byName map[string]*template.Template
	files  []string // names of extra files, sorted
	root   string   // for messages
}

// LoadSlots reads the templates below a folder. A name that is no slot is an error.
func LoadSlots(fsys fs.FS, root string) (*Slots, diag.List) {
	s := &Slots{byName: map[string]*template.Template{}, root: root}
	var diags diag.List
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".tmpl") {
			return err
		}
		pos := model.Pos{File: path.Join(root, name)}
		slot := strings.TrimSuffix(name, ".tmpl")
		extra, isFile := strings.CutPrefix(slot, "file/")
		if isFile && (!strings.HasSuffix(extra, ".go") || strings.Contains(extra, "/")) {
			diags.Errorf(pos, "template-name", "an extra file is called file/<name>.go.tmpl")
			return nil
		}
		if !isFile && !slices.Contains(slotNames, slot) {
			diags.Errorf(pos, "unknown-slot", "there is no slot %q", slot)
			diags.Hint("the slots are %s and file/<name>.go", strings.Join(slotNames, ", "))
			return nil
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		t, err := template.New(name).Option("missingkey=error").Funcs(functions(nil)).Parse(string(text))
		if err != nil {
			diags = append(diags, s.located(name, err))
			return nil
		}
		s.byName[slot] = t
		if isFile {
			s.files = append(s.files, extra)
		}
		return nil
	})
	if err != nil {
		diags.Errorf(model.Pos{File: root}, "templates-not-read", "the templates cannot be read: %v", err)
	}
	slices.Sort(s.files)
	return s, diags
}

// functions are what templates can call. Document text is printable through doc and quote alone.
func functions(f *jen.File) template.FuncMap {
	render := func(s *jen.Statement) (string, error) {
		if f == nil {
			return "", errors.New("no file")
		}
		var b bytes.Buffer
		err := s.RenderWithFile(&b, f)
		return b.String(), err
	}
	return template.FuncMap{
		"qual":   func(path, name string) (string, error) { return render(jen.Qual(path, name)) },
		"goType": func(t Type) (string, error) { return render(jenx.Type(t.ref)) },
		"quote":  func(v any) (string, error) { return strconv.Quote(plain(v)), nil },
		"doc":    func(v any) (string, error) { return render(jenx.Comment(plain(v))) },
	}
}

func plain(v any) string {
	if t, ok := v.(Text); ok {
		return t.text
	}
	return fmt.Sprint(v)
}

// code executes the template of a slot for one node; nothing when the slot is not filled.
func (s *Slots) code(slot string, e *emitter, f *jen.File, node any) *jen.Statement {
	if s == nil || s.byName[slot] == nil {
		return jen.Null()
	}
	out, err := s.execute(slot, f, node)
	if err != nil {
		e.diags = append(e.diags, s.located(slot+".tmpl", err))
		return jen.Null()
	}
	if strings.TrimSpace(out) == "" {
		return jen.Null()
	}
	e.slotDecls(s, slot, out)
	return jen.Op("\n" + out + "\n")
}

func (s *Slots) execute(slot string, f *jen.File, node any) (string, error) {
	t, err := s.byName[slot].Clone()
	if err != nil {
		return "", err
	}
	w := &boundedWriter{left: maxSlotOutput}
	err = t.Funcs(functions(f)).Execute(w, node)
	return w.b.String(), err
}

type boundedWriter struct {
	b    strings.Builder
	left int
}

func (w *boundedWriter) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, fmt.Errorf("the output exceeds %d bytes", maxSlotOutput)
	}
	return w.b.Write(p)
}

// slotDecls notes which declarations a template printed, so that an error in one names the template.
func (e *emitter) slotDecls(s *Slots, slot, out string) {
	file, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+out, parser.SkipObjectResolution)
	if err != nil || file == nil {
		return
	}
	for _, d := range file.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		name := fn.Name.Name
		if fn.Recv != nil && len(fn.Recv.List) == 1 {
			t := fn.Recv.List[0].Type
			if star, ok := t.(*ast.StarExpr); ok {
				t = star.X
			}
			if id, ok := t.(*ast.Ident); ok {
				name = id.Name + "." + name
			}
		}
		if e.templates == nil {
			e.templates = map[string]string{}
		}
		e.templates[name] = path.Join(s.root, slot+".tmpl")
	}
}

var templateError = regexp.MustCompile(`^template: ([^:]*):(\d+)(?::(\d+))?: (.*)`)

// located turns an error of package template into a diagnostic at its file and line.
func (s *Slots) located(name string, err error) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Error, Code: "template", Pos: model.Pos{File: path.Join(s.root, name)}, Message: err.Error()}
	if m := templateError.FindStringSubmatch(err.Error()); m != nil {
		d.Pos.File = path.Join(s.root, m[1])
		d.Pos.Line, _ = strconv.Atoi(m[2])
		d.Pos.Col, _ = strconv.Atoi(m[3])
		d.Pos.Col = max(d.Pos.Col, 1)
		d.Message = m[4]
	}
	return d
}

// extraFiles prints the files that templates add to the package.
func (e *emitter) extraFiles() {
	if e.slots == nil {
		return
	}
	for _, name := range e.slots.files {
		e.file(name, "template file/"+name, func(f *jen.File) {
			f.Add(e.slots.code("file/"+name, e, f, packageView(e.p)))
		})
	}
}

// Text is text of the document. It prints only through the functions doc and quote.
type Text struct{ text string }

// Format keeps document text from reaching Go source as it is.
func (Text) Format(w fmt.State, _ rune) {
	_, _ = w.Write([]byte("%!(print document text with doc or quote)"))
}

// Type is a Go type. It prints through the function goType.
type Type struct{ ref plan.TypeRef }

// Format points at goType.
func (Type) Format(w fmt.State, _ rune) { _, _ = w.Write([]byte("%!(print a type with goType)")) }

// PackageView is what templates see of a package. See docs/template-data.md.
type PackageView struct {
	Name      string
	Title     Text
	Models    []ModelView
	Resources []ResourceView
}

// ModelView is what templates see of a struct.
type ModelView struct {
	Name    string
	Doc     Text
	Request bool
	Fields  []FieldView
}

// FieldView is what templates see of a field.
type FieldView struct {
	Name     string
	Wire     Text
	Doc      Text
	Type     Type
	Required bool
	Optional bool
	Secret   bool
}

// ResourceView is what templates see of a service.
type ResourceView struct {
	Field   string
	Type    string
	Doc     Text
	Methods []MethodView
}

// MethodView is what templates see of a method.
type MethodView struct {
	Name        string
	Doc         Text
	OperationID Text
	HTTPMethod  string
	Path        Text
}

func textView(t plan.Text) Text {
	return Text{strings.TrimSpace(t.Summary + "\n\n" + t.Body)}
}

func packageView(p *plan.Package) PackageView {
	v := PackageView{Name: p.Name, Title: Text{p.Title}}
	for _, s := range p.Structs {
		v.Models = append(v.Models, modelView(s))
	}
	for _, s := range p.Services {
		v.Resources = append(v.Resources, resourceView(s))
	}
	return v
}

func modelView(s *plan.Struct) ModelView {
	v := ModelView{Name: s.Name, Doc: textView(s.Doc), Request: s.Direction == plan.Request}
	for _, f := range s.Fields {
		if f.Name != "" {
			v.Fields = append(v.Fields, FieldView{Name: f.Name, Wire: Text{f.Wire}, Doc: textView(f.Doc), Type: Type{f.Type},
				Required: f.Required, Optional: f.Optional, Secret: f.Secret})
		}
	}
	return v
}

func resourceView(s *plan.Service) ResourceView {
	v := ResourceView{Field: s.Field, Type: s.Type, Doc: textView(s.Doc)}
	for _, m := range s.Methods {
		v.Methods = append(v.Methods, MethodView{Name: m.Name, Doc: textView(m.Doc), OperationID: Text{m.Operation.ID},
			HTTPMethod: m.Operation.Method, Path: Text{m.Operation.Path}})
	}
	return v
}
