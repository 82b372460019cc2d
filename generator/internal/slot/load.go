package slot

import (
	"errors"
	htmltemplate "html/template"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/filename"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Bounds of what a folder holds.
const (
	maxTemplate  = 1 << 20 // bytes of one file
	maxTemplates = 1000    // files
)

// Source is a folder of templates, or a pack.
type Source struct {
	FS   fs.FS
	Name string // for messages: the folder's path, or "pack NAME"
}

// Set is the templates of a run.
type Set struct {
	slots   map[string][]*tmpl // by slot, in the order of the sources
	files   []*tmpl            // of whole files
	imports []string           // that the sources ask for
	budget  *budget
}

// tmpl is a template.
type tmpl struct {
	source string // name of its source
	name   string // without suffix: "model/methods", "resource/file/[name].md"
	text   string
	of     node
	file   string // pattern of the file that it is; empty: it fills a slot
	format format

	go_  *template.Template // parsed; what Execute runs is a copy
	html *htmltemplate.Template
}

// path is the template's file, for messages.
func (t *tmpl) path() string { return path.Join(t.source, t.name+Suffix) }

// Imports are the packages that the sources ask for, sorted.
func (s *Set) Imports() []string {
	if s == nil {
		return nil
	}
	return s.imports
}

// Load reads all templates. A file that is named like a template and is none is an error.
func Load(sources []Source) (*Set, diag.List) {
	s := &Set{slots: map[string][]*tmpl{}, budget: newBudget()}
	var diags diag.List
	for _, src := range sources {
		l := &loader{source: src, partials: map[string]string{}}
		l.load()
		diags = append(diags, l.diags...)
		s.imports = append(s.imports, l.imports...)
		for _, t := range l.templates {
			s.add(t)
		}
	}
	slices.Sort(s.imports)
	s.imports = slices.Compact(s.imports)
	return s, diags.Sort()
}

// add takes a template in. One of a whole file takes the place of its namesake in an earlier source.
func (s *Set) add(t *tmpl) {
	if t.file == "" {
		s.slots[t.name] = append(s.slots[t.name], t)
		return
	}
	if i := slices.IndexFunc(s.files, func(o *tmpl) bool { return o.name == t.name }); i >= 0 {
		s.files[i] = t
		return
	}
	s.files = append(s.files, t)
}

// loader reads one source.
type loader struct {
	source    Source
	partials  map[string]string // texts by name
	templates []*tmpl
	imports   []string
	diags     diag.List
}

func (l *loader) load() {
	count := 0
	err := fs.WalkDir(l.source.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return nil
		}
		if name == packFile {
			l.pack()
		}
		if !strings.HasSuffix(name, Suffix) {
			return nil
		}
		if count++; count > maxTemplates {
			return errors.New("there are too many")
		}
		l.template(name)
		return nil
	})
	if err != nil {
		l.diags.Errorf(model.Pos{File: l.source.Name}, "templates-not-read", "the templates cannot be read: %s", cause(err))
	}
	for _, t := range l.templates {
		l.parse(t)
	}
}

// template reads one file.
func (l *loader) template(file string) {
	pos := model.Pos{File: path.Join(l.source.Name, file)}
	t := &tmpl{source: l.source.Name, name: strings.TrimSuffix(file, Suffix)}
	partial := strings.HasPrefix(t.name, partials)
	if of, pattern, ok := whole(t.name); ok {
		t.of, t.file, t.format = of, pattern, formatOf(pattern)
		if err := checkPattern(of, pattern); err != nil {
			l.diags.Errorf(pos, "template-name", "no file can be called %q: %v", pattern, err)
			return
		}
	} else if slices.Contains(Names(), t.name) {
		t.of = node(path.Dir(t.name))
	} else if !partial {
		l.unknown(pos, t.name)
		return
	}
	text, err := readBounded(l.source.FS, file)
	if err != nil {
		l.diags.Errorf(pos, "template-not-read", "the template cannot be read: %s", cause(err))
		return
	}
	if t.text = text; partial {
		l.partials[t.name] = text
		t.of = "partial"
	}
	l.templates = append(l.templates, t)
}

// unknown reports a file whose name is no slot.
func (l *loader) unknown(pos model.Pos, name string) {
	l.diags.Errorf(pos, "unknown-slot", "there is no slot %q", name)
	if near := diag.Nearest(name, Names()); near != "" {
		l.diags.Hint("did you mean %s? The slots are %s; whole files are %s; templates for others to call are %sNAME", near, strings.Join(Names(), ", "), strings.Join(patterns(), ", "), partials)
		return
	}
	l.diags.Hint("the slots are %s; whole files are %s; templates for others to call are %sNAME", strings.Join(Names(), ", "), strings.Join(patterns(), ", "), partials)
}

// checkPattern looks at the name of a whole file.
func checkPattern(of node, pattern string) error {
	first, _, _ := strings.Cut(pattern, "/")
	if first == "rt" {
		return errors.New("the folder rt is the runtime's")
	}
	named := strings.Contains(pattern, placeholder)
	if of == ofPackage && named {
		return errors.New("there is one package; " + placeholder + " is for folders of models, enums, unions, resources and operations")
	}
	if of != ofPackage && !named {
		return errors.New("there is a file for each " + string(of) + ", so its name has to hold " + placeholder)
	}
	plain := strings.NewReplacer(placeholder, "", packagePlaceholder, "").Replace(pattern)
	if i := strings.IndexFunc(plain, func(r rune) bool { return r != '/' && !filename.Portable(r) }); i >= 0 {
		return errors.New("it holds a character that is not portable")
	}
	return nil
}

// readBounded reads a file of reasonable size.
func readBounded(fsys fs.FS, name string) (string, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxTemplate+1))
	switch {
	case err != nil:
		return "", err
	case len(data) > maxTemplate:
		return "", errors.New("it is larger than 1 MB")
	}
	return string(data), nil
}

// cause describes an error of the file system without its path, which the diagnostic gives.
func cause(err error) string {
	var of *fs.PathError
	if errors.As(err, &of) {
		return of.Err.Error()
	}
	return err.Error()
}

// parse parses a template with the partials of its source.
func (l *loader) parse(t *tmpl) {
	var err error
	if t.format == htmlFormat && t.of != "partial" {
		t.html = htmltemplate.New(t.name).Option("missingkey=error").Funcs(htmltemplate.FuncMap(names()))
		if _, err = t.html.Parse(t.text); err == nil {
			for name, text := range l.partials {
				if _, err := t.html.New(name).Parse(text); err != nil {
					return // reported with the partial
				}
			}
			for _, part := range t.html.Templates() {
				l.prepare(t, part.Tree)
			}
		}
	} else {
		t.go_ = template.New(t.name).Option("missingkey=error").Funcs(names())
		if _, err = t.go_.Parse(t.text); err == nil {
			for name, text := range l.partials {
				if name == t.name {
					continue
				}
				if _, err := t.go_.New(name).Parse(text); err != nil {
					return
				}
			}
			for _, part := range t.go_.Templates() {
				l.prepare(t, part.Tree)
			}
		}
	}
	if err != nil {
		l.diags = append(l.diags, located(t, err))
	}
}

// located turns an error of package template into a diagnostic at its file and line.
func located(t *tmpl, err error) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Error, Code: "template", Pos: model.Pos{File: t.path()}, Message: err.Error()}
	form := regexp.MustCompile(`(?s)^(?:html/)?template: ?([^:]*):(\d+)(?::(\d+))?: (.*)`)
	if m := form.FindStringSubmatch(err.Error()); m != nil {
		// What package template says of functions of ours that nobody wrote.
		executing := regexp.MustCompile(`^executing "[^"]*" at <[^>]*>: error calling pantograph_[a-z]+: `)
		if strings.HasPrefix(m[1], partials) {
			d.Pos.File = path.Join(t.source, m[1]+Suffix)
		}
		d.Pos.Line, _ = strconv.Atoi(m[2])
		d.Pos.Col, _ = strconv.Atoi(m[3])
		d.Pos.Col = max(d.Pos.Col, 1)
		d.Message = strings.Join(strings.Fields(executing.ReplaceAllString(m[4], "")), " ")
	}
	explain(&d)
	return d
}
