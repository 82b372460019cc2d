package json

import (
	"slices"
	"strings"
)

// jsonTypes is a set of types of JSON values.
type jsonTypes uint8

const (
	objectType jsonTypes = 1 << iota
	arrayType
	stringType
	numberType
	boolType
	nullType
	anyType // of a Go type: it takes all
)

// typeOf returns the type of the value that begins with c, none for what begins no value.
func typeOf(c byte) jsonTypes {
	switch c {
	case '{':
		return objectType
	case '[':
		return arrayType
	case '"':
		return stringType
	case 't', 'f':
		return boolType
	case 'n':
		return nullType
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return numberType
	}
	return 0
}

// typesOf returns the types of JSON that a value of a kind may have, without null.
func typesOf(kind Kind, sub *Type) jsonTypes {
	switch kind {
	case Struct, Map:
		return objectType
	case Object:
		return typesOf(sub.Real().Kind, nil)
	case Tuple, Slice, Strings:
		return arrayType
	case String, Time, Bytes, Wired:
		return stringType
	case Int, Int32, Int64, Uint32, Uint64, Float32, Float64, Decimal:
		return numberType
	case Bool:
		return boolType
	case Any:
		return anyType
	case Marshaled:
		if sub.Text.Number {
			return numberType
		}
		return stringType
	case Interface:
		var types jsonTypes
		variants := sub.Real().Union.Variants
		for i := range variants {
			types |= typesOfVariant(&variants[i])
		}
		return types
	}
	return 0
}

func typesOfVariant(v *Variant) jsonTypes {
	t := v.Type.Real()
	return typesOf(t.Kind, t.Form())
}

// candidate is a variant that an object or array may be, with what speaks against it.
type candidate struct {
	variant int
	value   Field // what it is, as a field would say it
	broken  int   // array: elements that could not be held
	faults  int   // what the document does not allow: see Union
	unknown int   // members that are no fields, elements that have no place; twice where they are lost
	matched int   // members that have the one value that their field allows

	// What is looked at now, an object: the struct it may be, if not nil, and what members are that are no
	// fields, if of a kind.
	members *Type
	rest    Field
	seen    []uint64 // a bit for each field of members
}

// guess finds the variant that the value at p fits best, an object or array: negative for none. Several
// variants are of that type. A value of the member Key, if any, leaves those it stands for. It returns a negative position
// after fail.
func (d *decoder) guess(p int, u *Union, want jsonTypes, value string) (variant, end int) {
	d.candidates = d.gather(d.candidates[:0], u, UnknownVariant, want)
	if value != "" {
		d.candidates = slices.DeleteFunc(d.candidates, func(c candidate) bool { return !u.Variants[c.variant].has(value) })
	}
	if want == objectType {
		for i := range d.candidates {
			c := &d.candidates[i]
			c.look(&c.value)
		}
		end = d.score(p)
	} else {
		end = d.scoreArray(p)
	}
	best := &d.candidates[0]
	for i := range d.candidates {
		if c := &d.candidates[i]; c.better(best) {
			best = c
		}
	}
	switch {
	case best.broken > 0:
		return UnknownVariant, end
	case end < 0:
		return best.variant, end
	}
	return d.deeper(p, *best), end
}

func (c *candidate) better(than *candidate) bool {
	switch {
	case c.broken != than.broken:
		return c.broken < than.broken
	case c.faults != than.faults:
		return c.faults < than.faults
	case c.unknown != than.unknown:
		return c.unknown < than.unknown
	}
	return c.matched > than.matched
}

// gather appends the variants of u that may be of a type of JSON. Those of a union among them count for it.
func (d *decoder) gather(list []candidate, u *Union, variant int, want jsonTypes) []candidate {
	for i := range u.Variants {
		of := variant
		if of < 0 {
			of = i
		}
		v := &u.Variants[i]
		if t := v.Type.Real(); t.Kind == Interface {
			list = d.gather(list, t.Form().Real().Union, of, want)
		} else if typesOfVariant(v)&want != 0 {
			list = append(list, candidate{variant: of, value: valueOf(v.Type)})
		}
	}
	return list
}

// look prepares for an object that is a value of f.
func (c *candidate) look(f *Field) {
	c.members, c.rest = nil, Field{}
	switch f.Kind {
	case Object:
		if t := f.Sub.Real(); t.Kind == Struct {
			c.members = t
			if t.Flags&HasAdditional != 0 {
				c.rest = valueOf(t.Sub)
			}
		}
	case Map:
		c.rest = valueOf(f.Sub)
	}
}

// score counts what the object at p has against the candidates that look at it.
func (d *decoder) score(p int) int {
	words := 0
	for i := range d.candidates {
		if c := &d.candidates[i]; c.members != nil {
			words += (len(c.members.Fields) + 63) / 64
		}
	}
	d.seen = append(d.seen[:0], make([]uint64, words)...)
	words = 0
	for i := range d.candidates {
		if c := &d.candidates[i]; c.members != nil {
			n := (len(c.members.Fields) + 63) / 64
			c.seen = d.seen[words : words+n]
			words += n
		}
	}
	end := d.members(p, func(p, q, e int) bool {
		name := d.nameAt(p)
		for i := range d.candidates {
			d.candidates[i].member(d, name, q, e)
		}
		return true
	})
	for i := range d.candidates {
		if c := &d.candidates[i]; c.members != nil {
			for j := range c.members.Fields {
				if c.members.Fields[j].Flags&Required != 0 && c.seen[j>>6]>>(j&63)&1 == 0 {
					c.faults++
				}
			}
		}
	}
	return end
}

// nameAt is the name of the member at p, as Field.Key has it.
func (d *decoder) nameAt(p int) string {
	name := d.s[p+1 : quoted(d.s, p)-1]
	if strings.IndexByte(name, '\\') >= 0 {
		return canonical(d.s, p)
	}
	return name
}

// member counts what the member with the value from q to e has against the candidate.
func (c *candidate) member(d *decoder, name string, q, e int) {
	if c.members != nil {
		if i := c.members.find(name); i >= 0 {
			c.seen[i>>6] |= 1 << (i & 63)
			c.field(d, &c.members.Fields[i], q, e)
			return
		}
	}
	switch {
	case c.rest.Kind != Invalid:
		c.unknown++
		if !d.fits(&c.rest, q, e) {
			c.faults++
		}
	case c.members != nil:
		c.unknown += 2
	}
}

// field counts what the value of a member has for or against a field.
func (c *candidate) field(d *decoder, f *Field, q, e int) {
	switch {
	case !d.fits(f, q, e):
		c.faults++
	case f.Const != "" && d.s[q] != 'n' && !f.several():
		c.matched++
	}
}

// scoreArray counts what the array at p has against the candidates.
func (d *decoder) scoreArray(p int) int {
	n, failed := 0, false // elements
	end := d.items(p, func(q, e int) bool {
		objects := false
		for i := range d.candidates {
			c := &d.candidates[i]
			f, ok := elementOf(&c.value, n)
			if !ok {
				c.unknown += 2
			} else if !d.fits(&f, q, e) {
				c.broken++
			}
			c.look(&f)
			objects = objects || c.members != nil || c.rest.Kind != Invalid
		}
		if n++; objects && d.s[q] == '{' {
			d.left--
			failed = d.score(q) < 0
			d.left++
		}
		return !failed
	})
	if failed {
		return -1
	}
	for i := range d.candidates {
		if c := &d.candidates[i]; c.value.Kind == Object {
			c.faults += max(0, required(c.value.Sub.Real())-n)
		}
	}
	return end
}

// elementOf describes element i of an array that is a value of f. ok is false when it has no place.
func elementOf(f *Field, i int) (element Field, ok bool) {
	switch f.Kind {
	case Strings:
		return Field{Kind: String}, true
	case Slice:
		return valueOf(f.Sub), true
	}
	switch t := f.Sub.Real(); {
	case i < len(t.Fields):
		return t.Fields[i], true
	case t.Flags&HasAdditional != 0:
		return valueOf(t.Sub), true
	}
	return Field{}, false
}

// valueOf describes a value of type i as a field would.
func valueOf(t *Type) Field {
	t = t.Real()
	if t.Kind == Struct || t.Kind == Tuple {
		return Field{Kind: Object, Sub: t}
	}
	return Field{Kind: t.Kind, Flags: t.Flags, Sub: t.Form()}
}

// fits reports whether the value from q to e is of a type, and of the value, that f allows.
func (d *decoder) fits(f *Field, q, e int) bool {
	have := typeOf(d.s[q])
	switch types := typesOf(f.Kind, f.Sub); {
	case f.Const != "":
		return have == nullType && f.Flags&Nullable != 0 || f.allows(d.s[q:e])
	case have == nullType:
		return f.Flags&Nullable != 0 || types&anyType != 0
	case types&(have|anyType) == 0:
		return false
	}
	switch f.Kind {
	case Int, Int32, Int64, Uint32, Uint64:
		_, _, integral, _ := parseInteger(d.s[q:e])
		return integral
	}
	return true
}

// several reports whether Const is a list of the values of a scalar.
func (f *Field) several() bool {
	return f.Const[0] == '[' && typesOf(f.Kind, f.Sub)&(arrayType|objectType|anyType) == 0 && f.Kind != Constant
}

// allows reports whether Const is a value, or has it in its list.
func (f *Field) allows(value string) bool {
	if !f.several() {
		return sameScalar(value, f.Const)
	}
	for list := f.Const[1:]; list != ""; {
		end := strings.IndexAny(list, ",]")
		if list[0] == '"' {
			end = quoted(list, 0)
		}
		if sameScalar(value, list[:end]) {
			return true
		}
		list = list[end+1:]
	}
	return false
}
