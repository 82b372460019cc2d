package rt

import "github.com/pantograph-go/pantograph/generator/rt/json"

// Members checks the rules about members of a struct, whose description has offsets: which member a rule looks at says its At.
// What is checked of several members that stand beside one another is one call then.
//
//go:noinline
func (c *Checker) Members(v json.Ref, rules []Rule) {
	fields, held := v.Type.Fields, v.Fields()
	for i := 0; i < len(rules); i++ {
		r := &rules[i]
		f := &fields[r.At]
		if held.Absent(f) {
			continue
		}
		ok := true
		switch r.Of {
		case AsText:
			ok = r.fits(held.Text(f))
		case AsInt:
			ok = r.permits(held.Int(f))
		case AsItems:
			n, there := held.Len(f)
			ok = !there || r.permits(n)
		case AsTexts:
			for _, s := range held.Texts(f) {
				ok = ok && r.fits(s)
			}
		case AsList:
			_, ok = held.Len(f)
		}
		if !ok {
			i += c.lost(f, held, rules[i:])
		}
	}
}

// lost records that a member breaks the first of the rules. It returns how many of the others have been looked at with it: those
// about the texts of a list are, since all about one text are told before the next.
func (c *Checker) lost(f *json.Field, held json.Fields, rules []Rule) int {
	r, name := &rules[0], f.Name()
	switch r.Of {
	case AsText:
		c.Fail(name, r, held.Text(f))
	case AsInt:
		c.Fail(name, r, held.Int(f))
	case AsItems:
		n, _ := held.Len(f)
		c.Fail(name, r, ItemCount(n))
	case AsList:
		c.Fail(name, r, nil)
	case AsTexts:
		n := 1
		for n < len(rules) && rules[n].At == r.At && rules[n].Of == AsTexts {
			n++
		}
		for i, s := range held.Texts(f) {
			c.TextAt(name, i, s, rules[:n])
		}
		return n - 1
	}
	return 0
}
