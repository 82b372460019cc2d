package verify

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/scanner"
	"go/token"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

const (
	around      = 2  // lines shown before and after the one of an internal error
	maxInternal = 20 // internal errors shown: one defect of an emitter shows in many places
)

// internal adds an error in generated code: where it stands, the lines around it, and what made
// them. When a user's template made them, the error is the template's.
func (s *session) internal(f *file, pos token.Pos, code, format string, args ...any) {
	if f == nil {
		s.diags.Errorf(model.Pos{}, code, format, args...)
		return
	}
	name := ""
	if f.syntax != nil {
		name = declarationAt(f.syntax, pos)
	}
	s.internalAt(f, s.pos(pos), name, code, fmt.Sprintf(format, args...))
}

func (s *session) internalAt(f *file, at model.Pos, name, code, message string) {
	if s.internals++; s.internals > maxInternal {
		return
	}
	origin := f.originAt(at)
	d := diag.Diagnostic{
		Pos:      at,
		Severity: diag.Error,
		Code:     code,
		Message:  message,
		Hint:     "this is a defect of pantograph, not of your document: please report it with the document",
		Detail:   provenance(name, origin) + excerpt(f.Bytes, at.Line),
	}
	if origin.Pos.File != "" {
		d.Pos, d.Related = origin.Pos, append(d.Related, at)
		d.Code = origin.Kind + "-output"
		if origin.For != "" {
			d.Message += " (for " + origin.For + ")"
		}
		d.Hint = "what this " + origin.Kind + " writes is not acceptable Go"
		if _, name, ok := strings.Cut(message, "undefined: "); ok && origin.Kind == "template" && strings.ToLower(name) == name {
			d.Hint += "; if " + name + ` is a package, write {{qual "` + name + `" "Name"}} for a name of it, and it is imported`
		}
	}
	s.diags = append(s.diags, d)
}

// originAt says what made the text at a position.
func (f *file) originAt(at model.Pos) Origin {
	offset := f.offset(at)
	for _, p := range f.Parts {
		if offset < p.Start || offset >= p.End {
			continue
		}
		origin := p.Origin
		for _, l := range p.Lines {
			if l.Offset <= offset {
				origin.Pos = l.Pos
			}
		}
		return origin
	}
	return f.Origin
}

// offset is where a position is in the file.
func (f *file) offset(at model.Pos) int {
	offset := 0
	for range at.Line - 1 {
		next := bytes.IndexByte(f.Bytes[offset:], '\n')
		if next < 0 {
			break
		}
		offset += next + 1
	}
	return offset + at.Col - 1
}

// template returns the one of several positions at which a user's template stands, or else the first: a name that is
// declared twice is the template's mistake, wherever the second declaration stands.
func (s *session) template(u *unit, e typeError) token.Pos {
	for _, pos := range append([]token.Pos{e.pos}, e.related...) {
		if f := s.fileAt(u, pos); f != nil && f.originAt(s.pos(pos)).Pos.File != "" {
			return pos
		}
	}
	return e.pos
}

// syntaxError adds an error of the parser.
func (s *session) syntaxError(f *file, e *scanner.Error) {
	// Lines are counted here, since e.Pos obeys line directives.
	before := f.Bytes[:min(max(e.Pos.Offset, 0), len(f.Bytes))]
	at := model.Pos{
		File: f.Path,
		Line: 1 + strings.Count(string(before), "\n"),
		Col:  len(before) - strings.LastIndexByte(string(before), '\n'),
	}
	if f.hand {
		s.diags.Warnf(at, "hand-written-syntax", "%s", sentence(e.Msg))
		s.diags.Hint("this hand-written file does not parse and took no part in the verification")
		return
	}
	s.internalAt(f, at, "", "internal-output-syntax", "generated code does not parse: "+sentence(e.Msg))
}

// clash adds an error of a hand-written file that does not go together with generated code.
func (s *session) clash(f *file, e typeError) {
	d := diag.Diagnostic{
		Severity: diag.Error,
		Code:     "hand-written-clash",
		Message:  "this hand-written file clashes with generated code: " + sentence(e.message),
		Hint:     "rename the declaration here, or pin another name in the document with x-pantograph.name",
	}
	if f.syntax.FileStart <= e.pos && e.pos <= f.syntax.FileEnd {
		d.Pos = s.pos(e.pos)
	} else {
		d.Pos = model.Pos{File: f.Path, Line: 1, Col: 1}
		d.Related = append(d.Related, s.pos(e.pos))
	}
	for _, pos := range e.related {
		d.Related = append(d.Related, s.pos(pos))
	}
	s.diags = append(s.diags, d)
}

// pos is a position of ours, without regard to line directives.
func (s *session) pos(p token.Pos) model.Pos {
	at := s.fset.PositionFor(p, false)
	return model.Pos{File: at.Filename, Line: at.Line, Col: at.Column}
}

// provenance is the first line of an internal error's detail.
func provenance(name string, origin Origin) string {
	switch {
	case name != "" && origin.Text != "":
		return fmt.Sprintf("in %s, by %s\n", name, origin.Text)
	case name != "":
		return fmt.Sprintf("in %s\n", name)
	case origin.Text != "":
		return fmt.Sprintf("by %s\n", origin.Text)
	}
	return ""
}

// excerpt returns the lines around one, numbered.
func excerpt(src []byte, line int) string {
	lines := strings.Split(string(src), "\n")
	var b strings.Builder
	for n := max(1, line-around); n <= min(len(lines), line+around); n++ {
		mark := " "
		if n == line {
			mark = ">"
		}
		fmt.Fprintf(&b, "%s %4d | %s\n", mark, n, lines[n-1])
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// declarationAt names the declaration around pos: "Group", "Group.Validate"; empty outside of any.
func declarationAt(f *ast.File, pos token.Pos) string {
	for _, decl := range f.Decls {
		if decl.Pos() > pos || pos >= decl.End() {
			continue
		}
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv != nil && len(d.Recv.List) == 1 {
				return receiver(d.Recv.List[0].Type) + "." + d.Name.Name
			}
			return d.Name.Name
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if spec.Pos() <= pos && pos < spec.End() {
					if names := introduced(spec); len(names) > 0 {
						return names[0].Name
					}
				}
			}
		}
	}
	return ""
}

// receiver returns the type name of a method's receiver.
func receiver(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.ParenExpr:
		return receiver(x.X)
	case *ast.StarExpr:
		return receiver(x.X)
	case *ast.IndexExpr:
		return receiver(x.X)
	case *ast.IndexListExpr:
		return receiver(x.X)
	}
	return ""
}

// sentence puts a message of the Go tools on one line.
func sentence(message string) string { return strings.Join(strings.Fields(message), " ") }
