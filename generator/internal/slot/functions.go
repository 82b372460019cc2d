package slot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"reflect"
	"strings"
	"text/template"

	"github.com/pantograph-go/pantograph/generator/internal/view"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// Printer writes what has to do with the Go file that a template prints into.
type Printer interface {
	Qual(importPath, name string) string // a name of another package, which is imported
	Type(t plan.TypeRef) string          // a type, its imports included
	Comment(text string) string          // text as comment lines
	Literal(text string) string          // text as a string literal
}

// Function is a function of templates, for the documentation.
type Function struct{ Name, Use, About string }

// Functions lists what templates can call, besides what package template brings.
func Functions() []Function {
	return []Function{
		{"qual", `qual "net/http" "Header"`, "a name of another package, which is imported: `http.Header`. Names of the package that the file belongs to need no such thing, and get none: `qual .Package.ImportPath .Name` is right in every file"},
		{"goType", `goType .Type`, "a Go type, its imports included: `Opt[time.Time]`"},
		{"doc", `doc .Doc`, "text as prose of the file: `//` comment lines in Go, `#` comment lines in YAML, TOML and shell, escaped paragraphs in Markdown, plain text in HTML"},
		{"line", `line .Doc`, "the same on one line, for a cell of a table and the like"},
		{"quote", `quote .Wire`, "text as one value: a string literal in Go, YAML, TOML and JSON, a quoted word in shell, code in Markdown, plain text in HTML"},
		{"json", `json .Fields`, "anything as JSON on one line, the type expression for a type, without what it refers back to"},
		{"is", `is .Wire "id"`, "whether a text is the given one"},
		{"pascal", `pascal .Wire`, "`MinInstanceNumber`"},
		{"camel", `camel .Wire`, "`minInstanceNumber`"},
		{"snake", `snake .Wire`, "`min_instance_number`"},
		{"kebab", `kebab .Wire`, "`min-instance-number`"},
		{"words", `words .Name`, "`min instance number`"},
		{"upper", `upper .Wire`, "`MIN_INSTANCE_NUMBER`"},
		{"lower", `lower .Name`, "a name in lower case letters: `mininstancenumber`"},
	}
}

var errNotRunning = errors.New("the template is not running")

// names are the functions that a template may name. What they do is said when it runs.
func names() template.FuncMap {
	all := template.FuncMap{}
	for name := range (&execution{}).functions() {
		if !strings.HasPrefix(name, "pantograph_") {
			all[name] = func(...any) (any, error) { return nil, errNotRunning }
		}
	}
	return all
}

// execution is one run of a template for one node.
type execution struct {
	t *tmpl
	w *writer
	p Printer
}

func (e *execution) functions() template.FuncMap {
	return template.FuncMap{
		"qual":   e.qual,
		"goType": e.goType,
		"doc":    e.doc,
		"line":   e.line,
		"quote":  e.quote,
		"json":   e.json,
		"is":     func(t *view.Text, s string) bool { return view.Reveal(t) == s },
		"pascal": e.cased(pascal), "camel": e.cased(camel), "snake": e.cased(separated("_")), "kebab": e.cased(separated("-")),
		"words": e.cased(separated(" ")), "upper": e.cased(func(w []string) string { return strings.ToUpper(separated("_")(w)) }),
		"lower": e.cased(separated("")),

		// Those of package template would let text through as it is, or build texts without bounds.
		"print": func(args ...any) (string, error) { return e.format(args, func() string { return fmt.Sprint(args...) }) },
		"println": func(args ...any) (string, error) {
			return e.format(args, func() string { return fmt.Sprintln(args...) })
		},
		"printf": func(form string, args ...any) (string, error) {
			return e.format(append([]any{form}, args...), func() string { return fmt.Sprintf(form, args...) })
		},
		"html":     e.refused("html", "the functions doc and quote escape as the file wants it"),
		"js":       e.refused("js", "json and quote escape"),
		"urlquery": e.refused("urlquery", "quote escapes"),

		tickFunc:  func() (string, error) { return "", e.w.budget.spend(1) },
		printFunc: e.printed,
		markFunc: func(file string, line int) string {
			e.w.marks = append(e.w.marks, Mark{Offset: e.w.b.Len(), File: file, Line: line})
			return ""
		},
	}
}

func (e *execution) refused(name, instead string) func(...any) (string, error) {
	return func(...any) (string, error) { return "", fmt.Errorf("there is no function %s: %s", name, instead) }
}

// printed looks at a value that is about to be printed.
func (e *execution) printed(v any) (any, error) {
	switch v.(type) {
	case *view.Text:
		return nil, errors.New("this is text of the document: print it with doc or quote")
	case *view.Type:
		return nil, errors.New("this is a Go type: print it with goType")
	}
	switch r := reflect.Indirect(reflect.ValueOf(v)); r.Kind() {
	case reflect.Struct, reflect.Slice, reflect.Map:
		return nil, fmt.Errorf("this is no single value but %s: print its parts", described(r))
	case reflect.Invalid:
		return nil, errors.New("there is nothing here to print: ask with {{with}} first")
	}
	return v, nil
}

func described(r reflect.Value) string {
	switch r.Kind() {
	case reflect.Slice:
		return "a list"
	case reflect.Map:
		return "a map"
	}
	return "the view " + r.Type().Name()
}

// format formats values none of which is text of the document, and not too much of them.
func (e *execution) format(args []any, do func() string) (string, error) {
	size := 0
	for _, a := range args {
		switch a := a.(type) {
		case string:
			size += len(a)
		case nil, bool, int, int64, uint64, float64:
		default:
			if _, err := e.printed(a); err != nil {
				return "", err
			}
		}
	}
	if size > maxOutput {
		return "", fmt.Errorf("the text has more than %d MB", maxOutput>>20)
	}
	if err := e.w.budget.spend(1 + size/stepBytes); err != nil {
		return "", err
	}
	out := do()
	return out, e.w.budget.spend(len(out) / stepBytes)
}

// textOf is the text in a value: text of the document, or a string or number of the template's.
func (e *execution) textOf(v any) (string, error) {
	var s string
	switch v := v.(type) {
	case *view.Text:
		s = view.Reveal(v)
	case string:
		s = v
	case *view.Type:
		s = view.Expression(v).String()
	case bool, int, int64, uint64, float64:
		s = fmt.Sprint(v)
	default:
		return "", fmt.Errorf("this is no text but %s", described(reflect.Indirect(reflect.ValueOf(v))))
	}
	return s, e.w.budget.spend(1 + len(s)/stepBytes)
}

func (e *execution) qual(importPath, name string) (string, error) {
	if e.t.format == goFormat {
		return e.p.Qual(importPath, name), e.w.budget.spend(1)
	}
	return importPath[strings.LastIndexByte(importPath, '/')+1:] + "." + name, e.w.budget.spend(1)
}

func (e *execution) goType(t *view.Type) (string, error) {
	switch {
	case t == nil:
		return "", errors.New("there is no type here: ask with {{with}} first")
	case e.t.format == goFormat:
		return e.p.Type(view.Expression(t)), e.w.budget.spend(1)
	}
	return view.Expression(t).String(), e.w.budget.spend(1)
}

func (e *execution) doc(v any) (string, error) {
	s, err := e.textOf(v)
	if err != nil {
		return "", err
	}
	switch e.t.format {
	case goFormat:
		return e.p.Comment(s), nil
	case markdownFormat:
		return markdownProse(s), nil
	case htmlFormat:
		return s, nil // html/template escapes it for where it stands
	case hashFormat, shellFormat:
		return hashComment(s), nil
	}
	return "", errors.New("a file of this sort has no comments: print with quote or json")
}

func (e *execution) line(v any) (string, error) {
	s, err := e.textOf(v)
	if err != nil {
		return "", err
	}
	if s = strings.Join(strings.Fields(strings.Join(lines(s), " ")), " "); e.t.format == markdownFormat {
		return markdownLine(s), nil
	}
	return e.doc(s)
}

func (e *execution) quote(v any) (string, error) {
	s, err := e.textOf(v)
	if err != nil {
		return "", err
	}
	switch e.t.format {
	case goFormat:
		return e.p.Literal(s), nil
	case markdownFormat:
		return markdownCode(s), nil
	case htmlFormat:
		return s, nil
	case shellFormat:
		return shellWord(s), nil
	}
	return jsonString(s), nil
}

func (e *execution) json(v any) (any, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	if err := enc.Encode(v); err != nil {
		return "", err
	}
	if b.Len() > maxOutput {
		return "", fmt.Errorf("the text has more than %d MB", maxOutput>>20)
	}
	out := unclosing.Replace(visible(strings.TrimSuffix(b.String(), "\n")))
	switch e.t.format {
	case htmlFormat:
		return htmltemplate.JS(out), e.w.budget.spend(1 + len(out)/stepBytes) // a value in a script, and text elsewhere
	case shellFormat:
		out = shellWord(out)
	case markdownFormat:
		out = markdownCode(out)
	}
	return out, e.w.budget.spend(1 + len(out)/stepBytes)
}

// unclosing writes what would end a raw literal or a comment of Go around JSON in another way. Only strings hold it.
var unclosing = strings.NewReplacer("`", `\u0060`, "*/", `\u002a/`)

// cased makes a function that writes words in another form. The result holds ASCII letters, digits and separators only.
func (e *execution) cased(join func([]string) string) func(any) (string, error) {
	return func(v any) (string, error) {
		s, err := e.textOf(v)
		return join(plan.Words(s)), err
	}
}
