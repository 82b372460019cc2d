package plan

import (
	"fmt"
	"go/ast"
	"go/parser"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/shape"
)

// A configuration can map formats to Go types. The types that it can name are these: of the standard library, so
// that every output is checked as a whole and depends on nothing, with methods for their text. What a
// configuration says is compared with the list, and never printed.

// TypeMapping maps a format to a Go type.
type TypeMapping struct {
	Format string
	Type   TypeRef
}

// mappable is a type that a format can have.
type mappable struct {
	pkg, name string
	number    bool // it can be a JSON number too
}

var mappableTypes = [...]mappable{
	{"", "string", false},
	{"math/big", "Float", true},
	{"math/big", "Int", true},
	{"net/netip", "Addr", false},
	{"net/netip", "AddrPort", false},
	{"net/netip", "Prefix", false},
	{"net/url", "URL", false},
}

// ParseType reads a Go type as a configuration names it: net/netip.Addr.
func ParseType(text string) (TypeRef, error) {
	folder, last := "", text
	if i := strings.LastIndexByte(text, '/'); i >= 0 {
		folder, last = text[:i+1], text[i+1:]
	}
	x, err := parser.ParseExpr(last)
	if err != nil {
		return TypeRef{}, fmt.Errorf("%q is no Go type", bounded(text))
	}
	pkg, name := "", ""
	switch x := x.(type) {
	case *ast.Ident:
		name = x.Name
	case *ast.SelectorExpr:
		if of, ok := x.X.(*ast.Ident); ok {
			pkg, name = folder+of.Name, x.Sel.Name
		}
	}
	var known []string
	for _, m := range mappableTypes {
		if m.pkg == pkg && m.name == name && (folder == "" || pkg != "") {
			return m.ref(), nil
		}
		known = append(known, strings.TrimPrefix(m.pkg+"."+m.name, "."))
	}
	return TypeRef{}, fmt.Errorf("a format cannot be mapped to %q; it can to %s", bounded(text), strings.Join(known, ", "))
}

func (m mappable) ref() TypeRef {
	if m.pkg == "" {
		return basic(m.name)
	}
	return TypeRef{Kind: Defined, Name: m.name, Pkg: m.pkg}
}

// mapped is the representation that the configuration gives to a format.
func (b *builder) mapped(sh *shape.Shape) (repr, bool) {
	if sh.Format == "" || len(sh.Enum) > 0 || sh.Represents != nil {
		return repr{}, false
	}
	for _, m := range b.opt.Types {
		if m.Format != sh.Format {
			continue
		}
		number := sh.Kind == shape.Integer || sh.Kind == shape.Number
		switch {
		case sh.Kind == shape.String && m.Type.Kind == Basic:
			b.used[m.Format] = true
			return scalarRepr(m.Type, "String"), true
		case sh.Kind == shape.String, number && numeric(m.Type, sh.Kind):
			b.used[m.Format] = true
			return repr{typ: m.Type, form: scalar, codec: CodecField{Kind: "Marshaled", Sub: b.textType(m.Type, number)}}, true
		}
	}
	return repr{}, false
}

// numeric reports whether a type can hold JSON numbers of a kind.
func numeric(t TypeRef, kind shape.Kind) bool {
	for _, m := range mappableTypes {
		if m.ref() == t {
			return m.number && (kind == shape.Number || m.name == "Int")
		}
	}
	return false
}

// textType returns the codec's description of a type that writes itself.
func (b *builder) textType(t TypeRef, number bool) int {
	for i, have := range b.pkg.Codec.Texts {
		if have.Type == t && have.Number == number {
			return i
		}
	}
	word := t.Pkg + "." + t.Name
	if number {
		word += ".number"
	}
	b.pkg.Codec.Texts = append(b.pkg.Codec.Texts, &TextType{Var: b.variable("x", word), Type: t, Number: number})
	return len(b.pkg.Codec.Texts) - 1
}

// unusedTypes finds the mappings of formats that nothing has: the configuration knows where they stand.
func (b *builder) unusedTypes() {
	for _, m := range b.opt.Types {
		if !b.used[m.Format] {
			b.pkg.UnusedFormats = append(b.pkg.UnusedFormats, m.Format)
		}
	}
}
