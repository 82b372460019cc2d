package main

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// inspection is what the text of an output says.
type inspection struct {
	calls   map[string]bool // "GET /pets/{id}": the lines that trace methods to operations
	methods int             // that hold such a line
	lines   int             // of Go

	services []service         // fields of the client
	first    map[string]string // the first method of each type
}

// service is a field of the client.
type service struct{ field, typ string }

// one is an expression for a method of the client c; empty: it has none.
func (f *inspection) one() string {
	for _, s := range f.services {
		if m := f.first[s.typ]; m != "" {
			return "c." + s.field + "." + m
		}
	}
	return ""
}

// trace is the line of a doc comment that names the operation.
var trace = regexp.MustCompile(`(?m)^//\t((?:GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE) /.*)$`)

// inspect reads the Go files of a client and of its test package, but not those of its runtime.
func inspect(dir string) (inspection, error) {
	found := inspection{calls: map[string]bool{}, first: map[string]string{}}
	for _, pattern := range []string{"*.go", "clienttest/*.go"} {
		files, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		if err != nil {
			return found, err
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				return found, err
			}
			found.lines += lines(text)
			if pattern == "*.go" {
				err = found.read(name, text)
			}
			if err != nil {
				return found, err
			}
		}
	}
	return found, nil
}

func (f *inspection) read(name string, text []byte) error {
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, d := range file.Decls {
		f.client(d)
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Recv == nil || fn.Doc == nil || !fn.Name.IsExported() {
			continue
		}
		for _, c := range slices.Backward(fn.Doc.List) { // what the document itself shows stands before
			if m := trace.FindStringSubmatch(c.Text); m != nil {
				f.calls[strings.TrimSpace(m[1])] = true
				f.methods++
				if star, ok := fn.Recv.List[0].Type.(*ast.StarExpr); ok {
					if typ, ok := star.X.(*ast.Ident); ok && f.first[typ.Name] == "" {
						f.first[typ.Name] = fn.Name.Name
					}
				}
				break
			}
		}
	}
	return nil
}

// client notes the services of the client.
func (f *inspection) client(d ast.Decl) {
	decl, ok := d.(*ast.GenDecl)
	if !ok {
		return
	}
	for _, spec := range decl.Specs {
		typ, ok := spec.(*ast.TypeSpec)
		if !ok || typ.Name.Name != "Client" {
			continue
		}
		fields, ok := typ.Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, field := range fields.Fields.List {
			if star, ok := field.Type.(*ast.StarExpr); ok {
				if of, ok := star.X.(*ast.Ident); ok && len(field.Names) == 1 && field.Names[0].IsExported() {
					f.services = append(f.services, service{field.Names[0].Name, of.Name})
				}
			}
		}
	}
}

// lines counts those that hold a token.
func lines(text []byte) int {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(text))
	var s scanner.Scanner
	s.Init(file, text, nil, 0)
	n, last := 0, 0
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return n
		}
		if tok == token.SEMICOLON && lit == "\n" {
			continue
		}
		first := file.Line(pos)
		end := first + strings.Count(lit, "\n")
		n += end - max(first, last+1) + 1
		last = end
	}
}
