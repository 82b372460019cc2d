package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
)

// sayWhatValidatorsCost says how much CPU time validators add to compiling the clients with the most rules: the median of the rounds,
// in which each client is compiled with them and without, one after the other. A machine with other work needs many rounds.
func sayWhatValidatorsCost(ctx context.Context, dir string, rounds int) error {
	for _, client := range []string{"huaweicloud/autoscaling", "otc/autoscaling", "rackspace/autoscale"} {
		whole, without, err := validated(ctx, dir, client)
		if err != nil {
			return err
		}
		var added []float64
		for range rounds {
			with, err := whole.compile(ctx, filepath.Join(dir, "whole.a"))
			if err != nil {
				return err
			}
			bare, err := without.compile(ctx, filepath.Join(dir, "without.a"))
			if err != nil {
				return err
			}
			added = append(added, float64(with.CPU)/float64(bare.CPU)-1)
		}
		slices.Sort(added)
		fmt.Printf("validators add %.1f %% to the CPU time of compiling %s (%.1f to %.1f %% in %d rounds)\n",
			100*added[rounds/2], client, 100*added[0], 100*added[rounds-1], rounds)
	}
	return nil
}

// compilation is a package as the compiler alone is given it, without the go command.
type compilation struct {
	pkg, dir, compiler, imports string // imports: the file that says where what it imports lies compiled
	files                       []string
}

// validated are a client and the same without what validators add to it: the code of its checks, the tables of its rules,
// and their lists. Who calls them stays.
func validated(ctx context.Context, dir, client string) (whole, without *compilation, err error) {
	const generated = "github.com/pantograph-go/pantograph/generated/"
	whole = &compilation{pkg: generated + client, imports: filepath.Join(dir, "importcfg")}
	list, _, err := scratch.Run(ctx, "", nil, "go", "list", "-export", "-deps", "-json=ImportPath,Dir,GoFiles,Export", whole.pkg)
	if err != nil {
		return nil, nil, err
	}
	var imports bytes.Buffer
	for d := json.NewDecoder(strings.NewReader(list)); d.More(); {
		var p struct {
			ImportPath, Dir, Export string
			GoFiles                 []string
		}
		if err := d.Decode(&p); err != nil {
			return nil, nil, err
		}
		if p.ImportPath == whole.pkg {
			whole.dir = p.Dir
			for _, name := range p.GoFiles {
				whole.files = append(whole.files, filepath.Join(p.Dir, name))
			}
		} else if p.Export != "" {
			fmt.Fprintf(&imports, "packagefile %s=%s\n", p.ImportPath, p.Export)
		}
	}
	if err := os.WriteFile(whole.imports, imports.Bytes(), 0o666); err != nil {
		return nil, nil, err
	}
	tools, _, err := scratch.Run(ctx, "", nil, "go", "env", "GOTOOLDIR")
	if err != nil {
		return nil, nil, err
	}
	whole.compiler = filepath.Join(strings.TrimSpace(tools), "compile")
	some := *whole
	some.files = slices.Clone(whole.files)
	for i, name := range some.files {
		switch filepath.Base(name) {
		case "validate.go", "rules.go":
			some.files[i] = filepath.Join(dir, filepath.Base(name))
			if err := withoutRules(name, some.files[i]); err != nil {
				return nil, nil, err
			}
		}
	}
	return whole, &some, nil
}

// withoutRules copies a file without tables of rules, and without what functions do that is given a Checker.
func withoutRules(from, to string) error {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, from, nil, 0)
	if err != nil {
		return err
	}
	file.Decls = slices.DeleteFunc(file.Decls, func(d ast.Decl) bool {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if checksRules(d) {
				d.Body.List = nil
			}
		case *ast.GenDecl:
			if v, ok := d.Specs[0].(*ast.ValueSpec); ok && d.Tok == token.VAR {
				name := v.Names[0].Name
				if strings.HasSuffix(name, "Rules") { // lists of tables
					v.Values[0].(*ast.CompositeLit).Elts = nil
					return false
				}
				return strings.HasPrefix(name, "rules") || strings.HasPrefix(name, "match")
			}
		}
		return false
	})
	dropImports(file)
	var b bytes.Buffer
	if err := format.Node(&b, fset, file); err != nil {
		return err
	}
	return os.WriteFile(to, b.Bytes(), 0o666)
}

// checksRules reports whether a function checks rules: it is given a Checker, and returns nothing.
func checksRules(f *ast.FuncDecl) bool {
	return f.Type.Results == nil && slices.ContainsFunc(f.Type.Params.List, func(p *ast.Field) bool {
		star, ok := p.Type.(*ast.StarExpr)
		if !ok {
			return false
		}
		s, ok := star.X.(*ast.SelectorExpr)
		return ok && s.Sel.Name == "Checker"
	})
}

// dropImports drops those that nobody names any more.
func dropImports(file *ast.File) {
	named := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := s.X.(*ast.Ident); ok {
				named[id.Name] = true
			}
		}
		return true
	})
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			g.Specs = slices.DeleteFunc(g.Specs, func(s ast.Spec) bool {
				path := strings.Trim(s.(*ast.ImportSpec).Path.Value, `"`)
				return !named[path[strings.LastIndexByte(path, '/')+1:]]
			})
		}
	}
	file.Decls = slices.DeleteFunc(file.Decls, func(d ast.Decl) bool {
		g, ok := d.(*ast.GenDecl)
		return ok && g.Tok == token.IMPORT && len(g.Specs) == 0
	})
}

// compile compiles the package.
func (c *compilation) compile(ctx context.Context, archive string) (scratch.Usage, error) {
	args := append([]string{"-o", archive, "-p", c.pkg, "-importcfg", c.imports, "-lang=go1.24", "-pack", "-complete", "-c=1"}, c.files...)
	_, usage, err := scratch.Run(ctx, c.dir, []string{"GOMAXPROCS=1"}, c.compiler, args...)
	return usage, err
}
