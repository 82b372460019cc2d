// Package jenx is the only code that touches jennifer's sharp edges: comments, literals and type
// expressions made from document text and planned types. Nothing else turns text into Go source.
package jenx

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/plan"
)

// Type is the code of a planned type expression in its own package, its imports included.
func Type(t plan.TypeRef) *jen.Statement { return TypeIn("", t) }

// TypeIn is Type as another package sees it: types of the plan's package are qualified with its
// import path.
func TypeIn(home string, t plan.TypeRef) *jen.Statement {
	local := func(name string) *jen.Statement {
		if home == "" {
			return jen.Id(name)
		}
		return jen.Qual(home, name)
	}
	switch t.Kind {
	case plan.Basic:
		return jen.Id(t.Name)
	case plan.Slice:
		return jen.Index().Add(TypeIn(home, *t.Elem))
	case plan.Map:
		return jen.Map(jen.String()).Add(TypeIn(home, *t.Elem))
	case plan.Pointer:
		return jen.Op("*").Add(TypeIn(home, *t.Elem))
	case plan.Opt:
		return local("Opt").Index(TypeIn(home, *t.Elem))
	}
	if t.Pkg != "" {
		return jen.Qual(t.Pkg, t.Name)
	}
	return local(t.Name)
}

// Lit is a string literal: raw when that reads better and is exact, quoted otherwise.
func Lit(s string) *jen.Statement {
	if strings.ContainsAny(s, "\"\\") && plain(s) {
		return jen.Op("`" + s + "`")
	}
	return jen.Op(strconv.Quote(s))
}

// Quoted is a string literal in double quotes that is safe in a raw literal and in a comment too: in a struct tag that a
// template of a user writes.
func Quoted(s string) *jen.Statement {
	return jen.Op(strings.NewReplacer("`", `\x60`, "*/", `\x2a/`).Replace(strconv.Quote(s)))
}

// plain reports whether a text can stand in a raw literal and look like what it is.
func plain(s string) bool {
	return strconv.CanBackquote(s) && !strings.ContainsFunc(s, func(r rune) bool { return !strconv.IsPrint(r) })
}

// indented is the end of a line with the indentation of the next.
var indented = regexp.MustCompile(`\n\t*`)

// Text is a string literal of several lines: raw when that is exact and no line could be taken for a
// comment or directive.
func Text(s string) *jen.Statement {
	// A space keeps the lines apart: halves of a character that a line end has split are no character.
	if plain(indented.ReplaceAllString(s, " ")) && !strings.Contains(s, "\n//") && !strings.Contains(s, "\n#") {
		return jen.Op("`" + s + "`")
	}
	return Lit(s)
}

// Num is a number literal that the plan has checked.
func Num(s string) *jen.Statement { return jen.Op(s) }
