package main

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/verify/stdlib"
)

// compare says what an importer tells of packages that is not so.
func compare(packages []*types.Package, importer *stdlib.Importer) error {
	for _, p := range packages {
		read, err := importer.Import(p.Path())
		if err != nil {
			return err
		}
		if got, want := describe(read), describe(p); got != want {
			return fmt.Errorf("%s is not what it was:\n%s", p.Path(), difference(got, want))
		}
	}
	return nil
}

func difference(got, want string) string {
	now, before := strings.Split(got, "\n"), strings.Split(want, "\n")
	var out []string
	for _, line := range now {
		if !slices.Contains(before, line) {
			out = append(out, "+ "+line)
		}
	}
	for _, line := range before {
		if !slices.Contains(now, line) {
			out = append(out, "- "+line)
		}
	}
	return strings.Join(out, "\n")
}

// describe says what another package can see of one.
func describe(p *types.Package) string {
	var b strings.Builder
	for _, name := range p.Scope().Names() {
		object := p.Scope().Lookup(name)
		if !object.Exported() {
			continue
		}
		switch object := object.(type) {
		case *types.Const:
			fmt.Fprintln(&b, object, object.Val().Kind(), object.Val().ExactString())
		case *types.TypeName:
			describeType(&b, object)
		default:
			fmt.Fprintln(&b, object)
		}
	}
	return b.String()
}

func describeType(b *strings.Builder, object *types.TypeName) {
	fmt.Fprintln(b, "type", object.Type(), object.IsAlias(), types.Comparable(object.Type()))
	if object.IsAlias() {
		fmt.Fprintln(b, "  =", types.Unalias(object.Type()))
	}
	named, ok := object.Type().(*types.Named)
	if !ok {
		return
	}
	for p := range named.TypeParams().TypeParams() {
		fmt.Fprintln(b, "  parameter", p, p.Constraint())
	}
	switch u := named.Underlying().(type) {
	case *types.Struct:
		for i := range u.NumFields() {
			if f := u.Field(i); f.Exported() || f.Embedded() {
				fmt.Fprintln(b, "  ", f, u.Tag(i))
			}
		}
	default:
		fmt.Fprintln(b, "  ", u)
	}
	for _, t := range []types.Type{named, types.NewPointer(named)} {
		methods := types.NewMethodSet(t)
		for m := range methods.Methods() {
			if m.Obj().Exported() {
				fmt.Fprintln(b, "  ", m)
			}
		}
	}
}
