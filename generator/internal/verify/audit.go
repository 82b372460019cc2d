package verify

import (
	"bytes"
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// audit looks at the generated files for what no document may cause. It relies on nothing the
// emitters promise.
func (s *session) audit() {
	for _, f := range s.generated() {
		s.auditHeader(f)
		s.auditCharacters(f)
		s.auditComments(f)
		s.auditImports(f)
		s.auditInit(f)
	}
}

// auditHeader wants the first line by which tools and readers know generated code.
func (s *session) auditHeader(f *file) {
	if first, _, _ := bytes.Cut(f.Bytes, []byte("\n")); string(first) != Header {
		s.internal(f, f.syntax.FileStart, "internal-output-header", "the first line of generated code must be %q", Header)
	}
}

// auditCharacters refuses characters that change how source looks: controls, line separators that
// are none to Go, and bidirectional marks. Emitters quote them.
func (s *session) auditCharacters(f *file) {
	line := 1
	for i := 0; i < len(f.Bytes); {
		r, size := rune(f.Bytes[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(f.Bytes[i:])
		}
		if r == '\n' {
			line++
		} else if disguises(r) {
			s.internal(f, f.syntax.FileStart+token.Pos(i), "internal-output-character", "generated code holds the raw character %U", r)
			return // one is enough: where there is one there are many
		}
		i += size
	}
}

// disguises reports whether a character makes source look like something else.
func disguises(r rune) bool {
	switch {
	case r == '\t', r == '\n':
		return false
	case r < 0x20, 0x7f <= r && r <= 0x9f: // controls, NEL among them
		return true
	case r == 0x061c, r == 0x200e, r == 0x200f, 0x202a <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069: // bidirectional marks
		return true
	case r == 0x2028, r == 0x2029, r == 0xfeff: // line and paragraph separator, byte order mark
		return true
	}
	return false
}

// auditComments refuses comments that mean something to a tool. We write none.
func (s *session) auditComments(f *file) {
	for _, group := range f.syntax.Comments {
		for _, c := range group.List {
			if directive(c.Text) {
				s.internal(f, c.Pos(), "internal-output-directive", "generated code holds the directive %s", strconv.Quote(c.Text))
			}
		}
	}
}

// directive reports whether a comment is read by the Go tools: //go:build, //line, //export,
// /*line*/, // +build and all others of the form //word:word.
func directive(text string) bool {
	if body, ok := strings.CutPrefix(text, "/*"); ok {
		return strings.HasPrefix(body, "line ")
	}
	body := strings.TrimPrefix(text, "//")
	if strings.HasPrefix(strings.TrimSpace(body), "+build") {
		return true
	}
	for _, word := range []string{"line ", "extern ", "export "} {
		if strings.HasPrefix(body, word) {
			return true
		}
	}
	tool, argument, found := strings.Cut(body, ":")
	return found && tool != "" && argument != "" && strings.Trim(tool, lowerAlnum) == "" && strings.Contains(lowerAlnum, argument[:1])
}

const lowerAlnum = "abcdefghijklmnopqrstuvwxyz0123456789"

// auditImports refuses cgo, dot and blank imports and every import that is not planned for. A blank import of a package
// of the output has no effect; in tests, it says what they are about.
func (s *session) auditImports(f *file) {
	for _, spec := range f.syntax.Imports {
		path := importPath(spec)
		switch {
		case path == "C":
			s.internal(f, spec.Pos(), "internal-output-import", "generated code imports cgo")
		case spec.Name != nil && (spec.Name.Name == "_" && !s.planned(path) || spec.Name.Name == "."):
			s.internal(f, spec.Pos(), "internal-output-import", "generated code imports %q under the name %s", path, spec.Name.Name)
		case !s.planned(path) && !usual(path) && !(f.test && path == "log") && !slices.Contains(s.allowed, path):
			s.notPermitted(f, spec, path)
		}
	}
}

// notPermitted reports an import that nobody planned for. When a user's template is the first to use it, the error is there,
// with what allows it.
func (s *session) notPermitted(f *file, spec *ast.ImportSpec, path string) {
	at := spec.Pos()
	if use := firstUse(f.syntax, spec, path); use.IsValid() && f.originAt(s.pos(use)).Kind == "template" {
		at = use
	}
	before := len(s.diags)
	s.internal(f, at, "internal-output-import", "generated code imports %q, which is not in the permitted set", path)
	if len(s.diags) > before && s.diags[before].Code == "template-output" {
		s.diags[before].Hint = "what templates import besides the usual packages is named in pack.yaml beside them: imports: [" + path + "]"
	}
}

// firstUse is where a file first selects from an import.
func firstUse(f *ast.File, spec *ast.ImportSpec, importPath string) (first token.Pos) {
	name := path.Base(importPath)
	if spec.Name != nil {
		name = spec.Name.Name
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && !first.IsValid() {
			if id, ok := sel.X.(*ast.Ident); ok && id.Name == name {
				first = id.Pos()
			}
		}
		return !first.IsValid()
	})
	return first
}

// usual reports whether generated code may import a standard package without being permitted by
// the request. What reaches into the machine or around the type system is not among them.
func usual(path string) bool {
	switch path {
	case "bytes", "cmp", "context", "encoding", "encoding/base64", "encoding/hex", "encoding/json", "encoding/xml",
		"errors", "fmt", "io", "iter", "log/slog", "maps", "math", "math/big", "mime", "mime/multipart",
		"net/http", "net/http/httptest", "net/netip", "net/textproto", "net/url", "regexp", "slices", "sort",
		"strconv", "strings", "sync", "sync/atomic", "testing", "time", "unicode/utf8":
		return true
	}
	return false
}

// importPath returns the path of an import, which the parser has checked to be a string.
func importPath(spec *ast.ImportSpec) string {
	path, _ := strconv.Unquote(spec.Path.Value)
	return path
}

// auditInit refuses functions that run at import.
func (s *session) auditInit(f *file) {
	for _, decl := range f.syntax.Decls {
		if d, ok := decl.(*ast.FuncDecl); ok && d.Recv == nil && d.Name.Name == "init" {
			s.internal(f, d.Pos(), "internal-output-init", "generated code holds a func init")
		}
	}
}
