package plan

import (
	"math"
	"math/big"

	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

func scalarRepr(t TypeRef, kind string) repr {
	return repr{typ: t, form: scalar, codec: CodecField{Kind: kind, Sub: -1}}
}

// scalar is a string, number or boolean.
func (b *builder) scalar(sh *shape.Shape, at place) repr {
	if r, ok := b.mapped(sh); ok {
		return r
	}
	switch sh.Kind {
	case shape.Boolean:
		return scalarRepr(basic("bool"), "Bool")
	case shape.Integer:
		base, kind := integerOf(sh)
		if kind == "Decimal" {
			return scalarRepr(defined("Number"), kind)
		}
		return b.namedScalar(sh, at, base, kind)
	case shape.Number:
		if isDecimal(sh.Format) {
			return scalarRepr(defined("Number"), "Decimal")
		}
		if len(sh.Enum) > 0 {
			return b.namedScalar(sh, at, "float64", "Float64")
		}
		return scalarRepr(basic("float64"), "Float64")
	}
	if len(sh.Enum) == 0 {
		if r, ok := b.formatted(sh); ok {
			return r
		}
	}
	return b.namedScalar(sh, at, "string", "String")
}

// formatted is a string whose format has a Go type of its own.
func (b *builder) formatted(sh *shape.Shape) (repr, bool) {
	wired := func(t TypeRef, form form, w *Wire) (repr, bool) {
		return repr{typ: t, form: form, codec: CodecField{Kind: "Wired", Sub: b.wire(w)}}, true
	}
	timeType, bytes := TypeRef{Kind: Defined, Name: "Time", Pkg: "time"}, slice(basic("byte"))
	switch sh.Encoding {
	case "base64":
		return repr{typ: bytes, form: list, codec: CodecField{Kind: "Bytes", Sub: -1}}, true
	case "base64url":
		return wired(bytes, list, &Wire{Kind: "WireBase64URL"})
	case "base16":
		return wired(bytes, list, &Wire{Kind: "WireBase16"})
	}
	switch sh.Format {
	case "date-time":
		return scalarRepr(timeType, "Time"), true
	case "date":
		return wired(timeType, scalar, &Wire{Kind: "WireTime", Layouts: []string{"2006-01-02"}})
	case "byte":
		return repr{typ: bytes, form: list, codec: CodecField{Kind: "Bytes", Sub: -1}}, true
	case "int64":
		return wired(basic("int64"), scalar, &Wire{Kind: "WireInt64"})
	case "uint64":
		return wired(basic("uint64"), scalar, &Wire{Kind: "WireUint64"})
	}
	return repr{}, false
}

func isDecimal(format string) bool {
	return format == "decimal" || format == "bigint" || format == "biginteger"
}

// integerOf is the Go type of an integer, and its codec kind: int, unless its format or what it is compared with
// asks for more.
func integerOf(sh *shape.Shape) (base, kind string) {
	lo, hi := extent(sh)
	fits := func(lowest, highest *big.Int) bool {
		return (lo == nil || lo.Cmp(new(big.Rat).SetInt(lowest)) >= 0) && (hi == nil || hi.Cmp(new(big.Rat).SetInt(highest)) <= 0)
	}
	int64s := fits(big.NewInt(math.MinInt64), big.NewInt(math.MaxInt64))
	switch {
	case isDecimal(sh.Format):
		return "", "Decimal"
	case sh.Format == "uint64", !int64s && fits(new(big.Int), new(big.Int).SetUint64(math.MaxUint64)):
		return "uint64", "Uint64"
	case !int64s:
		return "", "Decimal"
	case sh.Format == "int64", sh.Format == "uint32", !fits(big.NewInt(math.MinInt32), big.NewInt(math.MaxInt32)):
		return "int64", "Int64"
	}
	return "int", "Int"
}

// extent is the least and the greatest number that a schema compares its values with; nil for none.
func extent(sh *shape.Shape) (lo, hi *big.Rat) {
	see := func(text string) {
		x, ok := new(big.Rat).SetString(text)
		if !ok {
			return
		}
		if lo == nil || x.Cmp(lo) < 0 {
			lo = x
		}
		if hi == nil || x.Cmp(hi) > 0 {
			hi = x
		}
	}
	for p := range sh.Node.Conjuncts() {
		for _, n := range []model.Number{p.Minimum, p.Maximum, p.ExclusiveMinimum, p.ExclusiveMaximum, p.MultipleOf, model.Number(p.Const)} {
			see(string(n))
		}
	}
	for _, v := range sh.Enum {
		see(string(v.Value))
	}
	return lo, hi
}

// namedScalar is an enum, a component scalar (a type of its own), or the plain base type.
func (b *builder) namedScalar(sh *shape.Shape, at place, base, kind string) repr {
	if len(sh.Enum) > 0 {
		if e := b.enum(sh, at, base); e != nil {
			r := scalarRepr(defined(e.Name), kind)
			r.enum = e
			return r
		}
	}
	if name, ok := b.claimed[sh.Node]; ok && len(sh.Enum) == 0 {
		t := sh.Node
		n := b.named[t]
		if n == nil {
			n = &Named{Name: name, ID: t.ID(), Doc: b.text(t.Doc), Base: base}
			b.named[t] = n
			b.pkg.Named = append(b.pkg.Named, n)
			b.lock.pin(LockEntry{Kind: "type", ID: t.ID(), Name: name})
		}
		return scalarRepr(defined(n.Name), kind)
	}
	return scalarRepr(basic(base), kind)
}

// anyOf reports whether any of the schemas that hold for a value says something.
func anyOf(s *model.Schema, has func(*model.Schema) bool) bool {
	for p := range s.Conjuncts() {
		if has(p) {
			return true
		}
	}
	return false
}

func isSecret(s *model.Schema) bool { return anyOf(s, func(p *model.Schema) bool { return p.Secret }) }

// constant is the only value that a schema permits: a constant, or a list of one value in place, which is how
// OpenAPI 3.0 writes one. A component that lists one value may come to list more.
func (b *builder) constant(s *model.Schema) model.Value {
	for p := range s.Conjuncts() {
		if p.Const != nil {
			return p.Const
		}
	}
	inPlace := anyOf(s, func(p *model.Schema) bool { return p.Name == "" && len(p.Enum) == 1 })
	if values := b.shapes.Constants(s); inPlace && len(values) == 1 && !b.shapes.Of(s).Nullable {
		return values[0]
	}
	return nil
}
