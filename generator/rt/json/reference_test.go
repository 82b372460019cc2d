package json

import (
	stdjson "encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// This file finds the variants of unions a second time: on values that encoding/json has read, by the
// words of Union, without a thought of speed.

// parsed is a value of JSON. Its members keep their order, and those that are there twice.
type parsed struct {
	types   jsonTypes
	text    string // of a string, its content; of a number or boolean, as it stands
	names   []string
	members []parsed // of an object, or the elements of an array
}

func parse(text string) parsed {
	d := stdjson.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	return parseNext(d)
}

func parseNext(d *stdjson.Decoder) parsed {
	token, err := d.Token()
	if err != nil {
		panic(err)
	}
	switch v := token.(type) {
	case string:
		return parsed{types: stringType, text: v}
	case stdjson.Number:
		return parsed{types: numberType, text: v.String()}
	case bool:
		return parsed{types: boolType, text: strconv.FormatBool(v)}
	case nil:
		return parsed{types: nullType, text: "null"}
	}
	p := parsed{types: arrayType}
	if token == stdjson.Delim('{') {
		p.types = objectType
	}
	for d.More() {
		if p.types == objectType {
			name, _ := d.Token()
			p.names = append(p.names, name.(string))
		}
		p.members = append(p.members, parseNext(d))
	}
	if _, err := d.Token(); err != nil {
		panic(err)
	}
	return p
}

// is reports whether p is the scalar in the text of JSON.
func (p parsed) is(constant string) bool {
	c := parse(constant)
	if p.types != c.types || p.types != numberType {
		return p.types == c.types && p.text == c.text
	}
	x, errX := strconv.ParseFloat(p.text, 64)
	y, errY := strconv.ParseFloat(c.text, 64)
	return errX == nil && errY == nil && x == y
}

// last returns the last member with the name.
func (p parsed) last(name string) (parsed, bool) {
	for i, n := range slices.Backward(p.names) {
		if n == name {
			return p.members[i], true
		}
	}
	return parsed{}, false
}

// integer returns p as one, if it is one.
func (p parsed) integer() (*big.Int, bool) {
	digits, exponent, _ := strings.Cut(strings.ToLower(p.text), "e")
	e, err := strconv.Atoi(exponent)
	if exponent != "" && (err != nil || e > 1000 || e < -1000) {
		// Beyond, it depends on zeros alone.
		mantissa, ok := new(big.Rat).SetString(digits)
		if ok && mantissa.Sign() == 0 {
			return new(big.Int), true
		}
		return new(big.Int).Lsh(big.NewInt(1), 100), ok && exponent[0] != '-'
	}
	r, ok := new(big.Rat).SetString(p.text)
	if !ok || !r.IsInt() {
		return nil, false
	}
	return r.Num(), true
}

// wellTyped reports whether p is of the type, and the value, of f.
func (p parsed) wellTyped(f Field) bool {
	types := referenceTypes(f)
	switch {
	case f.Const != "":
		return p.is(f.Const) || p.types == nullType && f.Flags&Nullable != 0
	case p.types == nullType:
		return f.Flags&Nullable != 0 || types&anyType != 0
	}
	switch f.Kind {
	case Int, Int32, Int64, Uint32, Uint64:
		if p.types == numberType {
			_, ok := p.integer()
			return ok
		}
	}
	return types&(p.types|anyType) != 0
}

func referenceTypes(f Field) jsonTypes {
	switch f.Kind {
	case Bool:
		return boolType
	case Int, Int32, Int64, Uint32, Uint64, Float32, Float64, Decimal:
		return numberType
	case Strings, Slice:
		return arrayType
	case Map:
		return objectType
	case Any:
		return anyType
	case Object:
		return map[Kind]jsonTypes{Struct: objectType, Tuple: arrayType}[f.Sub.Real().Kind]
	case Marshaled:
		return map[bool]jsonTypes{false: stringType, true: numberType}[f.Sub.Text.Number]
	case Interface:
		var all jsonTypes
		for _, v := range f.Sub.Real().Union.Variants {
			all |= referenceTypes(valueOf(v.Type))
		}
		return all
	}
	return stringType
}

// weight is what speaks against a variant, the most important first.
type weight [4]int

func (p parsed) weighObject(f Field) (w weight) {
	var t *Type
	rest := Field{}
	switch {
	case f.Kind == Map:
		rest = valueOf(f.Sub)
	case f.Kind == Object && f.Sub.Real().Kind == Struct:
		if t = f.Sub.Real(); t.Flags&HasAdditional != 0 {
			rest = valueOf(t.Sub)
		}
	default:
		return w
	}
	for i, name := range p.names {
		known := Field{}
		if t != nil {
			for _, f := range t.Fields {
				if memberName(f.Key, 1) == name {
					known = f
				}
			}
		}
		switch {
		case known.Kind != Invalid:
			w.value(p.members[i], known)
		case rest.Kind != Invalid:
			w[2]++
			w.value(p.members[i], rest)
		default:
			w[2] += 2
		}
	}
	if t != nil {
		for _, f := range t.Fields {
			if f.Flags&Required != 0 && !slices.Contains(p.names, memberName(f.Key, 1)) {
				w[1]++
			}
		}
	}
	return w
}

func (p parsed) weighArray(f Field) (w weight) {
	for i, item := range p.members {
		element := Field{Kind: String}
		switch {
		case f.Kind == Slice:
			element = valueOf(f.Sub)
		case f.Kind == Object && i < len(f.Sub.Real().Fields):
			element = f.Sub.Real().Fields[i]
		case f.Kind == Object && f.Sub.Real().Flags&HasAdditional != 0:
			element = valueOf(f.Sub.Real().Sub)
		case f.Kind == Object:
			w[2] += 2
			continue
		}
		if !item.wellTyped(element) {
			w[0]++
		}
		if item.types == objectType {
			inner := item.weighObject(element)
			for j := 1; j < len(w); j++ {
				w[j] += inner[j]
			}
		}
	}
	if f.Kind == Object {
		for i, f := range f.Sub.Real().Fields {
			if i >= len(p.members) && f.Flags&Required != 0 {
				w[1]++
			}
		}
	}
	return w
}

// weigh returns the least weight of f, or of the variants in it, that are of the type of p.
func (p parsed) weigh(f Field) (least weight, ok bool) {
	if f.Kind == Interface {
		for _, v := range f.Sub.Real().Union.Variants {
			if w, fits := p.weigh(valueOf(v.Type)); fits && (!ok || slices.Compare(w[:], least[:]) < 0) {
				least, ok = w, true
			}
		}
		return least, ok
	}
	if referenceTypes(f)&p.types == 0 {
		return weight{}, false
	}
	if p.types == objectType {
		return p.weighObject(f), true
	}
	return p.weighArray(f), true
}

// holds reports whether the scalar p can be a value of f.
func (p parsed) holds(f Field) bool {
	if referenceTypes(f)&p.types == 0 {
		return false
	}
	limit := func(bits uint, low *big.Int) bool {
		n, ok := p.integer()
		return ok && n.Cmp(low) >= 0 && n.Cmp(new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), bits), big.NewInt(1))) <= 0
	}
	switch f.Kind {
	case Int:
		return limit(strconv.IntSize-1, new(big.Int).Neg(new(big.Int).Lsh(big.NewInt(1), strconv.IntSize-1)))
	case Float64:
		_, err := strconv.ParseFloat(p.text, 64)
		return err == nil
	case Time:
		// Package time is lenient: with hours of one digit, with commas, with offsets.
		shape := regexp.MustCompile(`^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$`)
		_, err := time.Parse(time.RFC3339, strings.ToUpper(p.text))
		return err == nil && shape.MatchString(p.text)
	case String:
		return true
	case Interface:
		i, _ := p.choose(f.Sub.Real().Union)
		return i >= 0
	}
	panic(fmt.Sprint("the reference does not know kind ", f.Kind))
}

// choose returns the index of the variant that p is, or UnknownVariant.
func (p parsed) choose(u *Union) (variant int, guessed bool) {
	if p.types == objectType && u.Key != "" {
		i := slices.Index(p.names, memberName(u.Key, 1))
		for j, v := range u.Variants {
			if i >= 0 && slices.ContainsFunc(v.Values, p.members[i].is) {
				return j, false
			}
		}
		if j := slices.IndexFunc(u.Variants, func(v Variant) bool { return v.Default }); j >= 0 {
			return j, false
		}
		if i >= 0 && p.members[i].types != nullType || !u.Guess {
			return UnknownVariant, false
		}
	}
	var fits []int
	for i, v := range u.Variants {
		if referenceTypes(valueOf(v.Type))&p.types != 0 {
			fits = append(fits, i)
		}
	}
	if p.types != objectType && p.types != arrayType {
		for _, i := range fits {
			if p.holds(valueOf(u.Variants[i].Type)) {
				return i, true
			}
		}
		return UnknownVariant, false
	}
	if len(fits) == 0 {
		return slices.IndexFunc(u.Variants, func(v Variant) bool {
			return referenceTypes(valueOf(v.Type))&anyType != 0
		}), false
	}
	if len(fits) == 1 {
		return fits[0], false
	}
	// All that there is, unions among them spelled out, in the order of the document.
	type option struct {
		variant int
		field   Field
	}
	var options []option
	var add func(variant int, f Field)
	add = func(variant int, f Field) {
		if f.Kind == Interface {
			for _, v := range f.Sub.Real().Union.Variants {
				add(variant, valueOf(v.Type))
			}
		} else if referenceTypes(f)&p.types != 0 {
			options = append(options, option{variant, f})
		}
	}
	for _, i := range fits {
		add(i, valueOf(u.Variants[i].Type))
	}
	weighed := func(o option) weight { w, _ := p.weigh(o.field); return w }
	compare := func(a, b option) int { x, y := weighed(a), weighed(b); return slices.Compare(x[:], y[:]) }
	least := slices.MinFunc(options, compare)
	if weighed(least)[0] > 0 {
		return UnknownVariant, true
	}
	options = slices.DeleteFunc(options, func(o option) bool { return compare(o, least) != 0 })
	return slices.MinFunc(options, func(a, b option) int {
		x, y := p.inside(a.field, 3), p.inside(b.field, 3)
		return slices.Compare(x[:], y[:])
	}).variant, true
}

// inside is what speaks against f in p and in what lies in it, as deep as levels say.
func (p parsed) inside(f Field, levels int) (w weight) {
	if levels == 0 {
		return w
	}
	add := func(of weight) {
		for i := range w {
			w[i] += of[i]
		}
	}
	within := func(p parsed, f Field) {
		if w.value(p, f); f.Const == "" {
			add(p.inside(f, levels-1))
		}
	}
	switch {
	case f.Kind == Interface && (p.types == objectType || p.types == arrayType):
		if v, ok := p.evident(f.Sub.Real().Union); ok {
			return p.inside(valueOf(v.Type), levels-1)
		}
	case p.types == objectType:
		own := p.weighObject(f)
		w[2] = own[2]
		for i, name := range p.names {
			if known, rest := memberOf(f, name); known.Kind != Invalid {
				within(p.members[i], known)
			} else if rest.Kind != Invalid {
				within(p.members[i], rest)
			}
		}
		if f.Kind == Object && f.Sub.Real().Kind == Struct {
			for _, m := range f.Sub.Real().Fields {
				if m.Flags&Required != 0 && !slices.Contains(p.names, memberName(m.Key, 1)) {
					w[1]++
				}
			}
		}
	case p.types == arrayType && referenceTypes(f)&arrayType != 0:
		for i, item := range p.members {
			if element, ok := placeOf(f, i); ok {
				within(item, element)
			} else {
				w[2] += 2
			}
		}
	}
	return w
}

// value weighs a value that is, or is not, what f allows.
func (w *weight) value(p parsed, f Field) {
	switch {
	case !p.wellTyped(f):
		w[1]++
	case f.Const != "" && p.types != nullType:
		w[3]--
	}
}

// memberOf is the field of an object that has a name, and what its further members are.
func memberOf(f Field, name string) (known, rest Field) {
	switch {
	case f.Kind == Map:
		rest = valueOf(f.Sub)
	case f.Kind == Object && f.Sub.Real().Kind == Struct:
		t := f.Sub.Real()
		if t.Flags&HasAdditional != 0 {
			rest = valueOf(t.Sub)
		}
		for _, m := range t.Fields {
			if memberName(m.Key, 1) == name {
				known = m
			}
		}
	}
	return known, rest
}

// placeOf is what the i-th element of an array is.
func placeOf(f Field, i int) (Field, bool) {
	switch {
	case f.Kind == Strings:
		return Field{Kind: String}, true
	case f.Kind == Slice:
		return valueOf(f.Sub), true
	case i < len(f.Sub.Real().Fields):
		return f.Sub.Real().Fields[i], true
	case f.Sub.Real().Flags&HasAdditional != 0:
		return valueOf(f.Sub.Real().Sub), true
	}
	return Field{}, false
}

// evident is the variant that p is for sure.
func (p parsed) evident(u *Union) (Variant, bool) {
	if p.types == objectType && u.Key != "" {
		if i := slices.Index(p.names, memberName(u.Key, 1)); i >= 0 {
			for _, v := range u.Variants {
				if slices.ContainsFunc(v.Values, p.members[i].is) {
					return v, true
				}
			}
		}
		i := slices.IndexFunc(u.Variants, func(v Variant) bool { return v.Default })
		if i < 0 {
			return Variant{}, false
		}
		return u.Variants[i], true
	}
	fits := slices.DeleteFunc(slices.Clone(u.Variants), func(v Variant) bool { return referenceTypes(valueOf(v.Type))&p.types == 0 })
	if len(fits) != 1 {
		return Variant{}, false
	}
	return fits[0], true
}

// describe writes the variants that are to be found in p when it is read as f.
func (p parsed) describe(b *strings.Builder, f Field) {
	want := referenceTypes(f)
	switch {
	case f.Kind == Interface && p.types == nullType:
		b.WriteString("- ")
	case f.Kind != Interface && want&p.types == 0:
	case f.Kind == Interface:
		u := f.Sub.Real().Union
		i, _ := p.choose(u)
		if i < 0 {
			b.WriteString("other ")
			return
		}
		b.WriteString(u.Variants[i].Type.Name + " ")
		p.describe(b, valueOf(u.Variants[i].Type))
	case f.Kind == Object && f.Sub.Real().Kind == Struct:
		for _, f := range f.Sub.Real().Fields {
			if m, ok := p.last(memberName(f.Key, 1)); ok && f.Kind != Constant {
				b.WriteString(memberName(f.Key, 1) + "= ")
				m.describe(b, f)
			}
		}
	case f.Kind == Slice, f.Kind == Map:
		names := slices.Sorted(slices.Values(p.names))
		for i, m := range p.members {
			if f.Kind == Map {
				m, _ = p.last(names[i])
				if i > 0 && names[i] == names[i-1] {
					continue
				}
				b.WriteString(names[i] + ": ")
			}
			m.describe(b, valueOf(f.Sub))
			b.WriteString("; ")
		}
	}
}

// describeValue is describe of a value that the package under test has read.
func describeValue(b *strings.Builder, f Field, ptr pointer) {
	switch {
	case f.Kind == Interface:
		u := f.Sub.Real().Union
		switch i, v := u.Get(ptr); {
		case i == NoVariant:
			b.WriteString("- ")
		case i < 0:
			b.WriteString("other ")
		default:
			b.WriteString(u.Variants[i].Type.Name + " ")
			describeValue(b, valueOf(u.Variants[i].Type), v)
		}
	case f.Kind == Object && f.Sub.Real().Kind == Struct:
		t := f.Sub.Real()
		presence := *presenceAt(at(ptr, t.Presence))
		for i, f := range t.Fields {
			if presence != nil && presence.present(i) {
				b.WriteString(memberName(f.Key, 1) + "= ")
				describeValue(b, f, at(ptr, f.Off))
			}
		}
	case f.Kind == Slice:
		t, list := f.Sub.Real(), sliceAt(ptr)
		for i := range list.len {
			describeValue(b, valueOf(f.Sub), at(list.array, uintptr(i)*typeSize(t)))
			b.WriteString("; ")
		}
	case f.Kind == Map:
		f.Sub.Real().Range(ptr, func(key string, v pointer) bool {
			b.WriteString(key + ": ")
			describeValue(b, valueOf(f.Sub), v)
			b.WriteString("; ")
			return true
		})
	}
}
