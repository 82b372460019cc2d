package json

// levels is how far down values are looked at, where nothing above tells variants apart. Looking further would
// take a time that grows with the depth of unions in unions.
const levels = 3

// deeper chooses among the candidates that are as good as best by what lies within the value at p, an object or
// array. The text has been passed over before.
func (d *decoder) deeper(p int, best candidate) int {
	var tied []candidate
	for _, c := range d.candidates {
		if !best.better(&c) {
			tied = append(tied, candidate{variant: c.variant, value: c.value})
		}
	}
	if len(tied) < 2 {
		return best.variant
	}
	err := d.err // what is wrong with the text is found by who reads it
	defer func() { d.err = err }()
	first := 0
	for i := range tied {
		c := &tied[i]
		if d.below(c, &c.value, p, levels); c.better(&tied[first]) {
			first = i
		}
	}
	return tied[first].variant
}

// below counts what the value at p, and what lies in it, has against the candidate, where it is a value of f.
func (d *decoder) below(c *candidate, f *Field, p, levels int) {
	switch {
	case levels == 0:
	case f.Kind == Interface && (d.s[p] == '{' || d.s[p] == '['):
		u := f.Sub.Real().Union
		if v := d.evident(u, p); v != nil {
			value := valueOf(v.Type)
			d.below(c, &value, p, levels-1)
		} else if u.Key == "" && len(u.Variants) <= fewVariants {
			d.belowUnion(c, u, p, levels)
		}
	case d.s[p] == '{':
		d.belowObject(c, f, p, levels)
	case d.s[p] == '[' && typesOf(f.Kind, f.Sub) == arrayType:
		n := 0
		d.items(p, func(q, e int) bool {
			element, ok := elementOf(f, n)
			n++
			if !ok {
				c.unknown += 2
			} else {
				d.inner(c, &element, q, e, levels)
			}
			return true
		})
	}
}

// fewVariants are tried one by one, where a union within a variant is to be guessed too. The texts of more would be
// read too often.
const fewVariants = 8

// belowUnion counts for the variant that the object or array at p fits best.
func (d *decoder) belowUnion(c *candidate, u *Union, p, levels int) {
	var best *candidate
	for i := range u.Variants {
		v := &u.Variants[i]
		if typesOfVariant(v)&typeOf(d.s[p]) == 0 {
			continue
		}
		at, value := candidate{}, valueOf(v.Type)
		if d.below(&at, &value, p, levels-1); best == nil || at.better(best) {
			best = &at
		}
	}
	if best != nil {
		c.broken += best.broken
		c.faults += best.faults
		c.unknown += best.unknown
		c.matched += best.matched
	}
}

// inner counts for the value from q to e inside another one, and below it.
func (d *decoder) inner(c *candidate, f *Field, q, e, levels int) {
	d.left--
	if c.field(d, f, q, e); f.Const == "" {
		d.below(c, f, q, levels-1)
	}
	d.left++
}

// belowObject counts for an object.
func (d *decoder) belowObject(c *candidate, f *Field, p, levels int) {
	at := candidate{}
	at.look(f)
	if at.members == nil && at.rest.Kind == Invalid {
		return
	}
	var few [4]uint64
	seen := few[:]
	if at.members != nil && len(at.members.Fields) > 64*len(seen) {
		seen = make([]uint64, (len(at.members.Fields)+63)/64)
	}
	d.members(p, func(p, q, e int) bool {
		field := &at.rest
		if at.members != nil {
			if i := at.members.find(d.nameAt(p)); i >= 0 {
				seen[i>>6] |= 1 << (i & 63)
				field = &at.members.Fields[i]
			}
		}
		switch {
		case field.Kind == Invalid:
			c.unknown += 2
			return true
		case field == &at.rest:
			c.unknown++
		}
		d.inner(c, field, q, e, levels)
		return true
	})
	if at.members == nil {
		return
	}
	for i := range at.members.Fields {
		if at.members.Fields[i].Flags&Required != 0 && seen[i>>6]>>(i&63)&1 == 0 {
			c.faults++
		}
	}
}

// evident is the variant of the object or array at p that needs no guess; nil for none.
func (d *decoder) evident(u *Union, p int) *Variant {
	want := typeOf(d.s[p])
	if want == objectType && u.Key != "" {
		if i, value, _ := d.byMember(p, u); i >= 0 && !(u.Shared && u.several(value)) {
			return &u.Variants[i]
		}
		return nil
	}
	var found *Variant
	for i := range u.Variants {
		if v := &u.Variants[i]; typesOfVariant(v)&want != 0 {
			if found != nil {
				return nil
			}
			found = v
		}
	}
	return found
}
