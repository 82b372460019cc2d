package json

// Visitor is told the parts of a value one after the other, as Visit comes to them. For those who write
// something else than JSON of it: queries, forms.
type Visitor interface {
	BeginObject()
	Name(name string) // of the member whose value comes next
	BeginArray()
	Scalar(kind ScalarKind, text string)
	Null()
	End() // of the object or array that was begun last
}

// ScalarKind says what a scalar is in JSON.
type ScalarKind uint8

// The kinds of scalars.
const (
	StringScalar ScalarKind = iota + 1 // its text is the content of the string
	NumberScalar
	BoolScalar // true, false
)

// Visit tells to what Append would write of v: the members that are there, in their order, with the
// texts they have. For a nil v that is null. The error is that of Append; nothing has been told then.
func Visit(v Ref, to Visitor) error {
	// It goes over the text that is written, so what is omitted, null or kept from reading is decided in one place.
	b, err := Marshal(v)
	if err != nil {
		return err
	}
	s := view(b)
	visit(s, space(s, 0), to)
	return nil
}

// VisitText is Visit for a text of JSON. The error is that of Valid.
func VisitText(data []byte, to Visitor) error {
	if err := Valid(data); err != nil {
		return err
	}
	s := string(data)
	visit(s, space(s, 0), to)
	return nil
}

// visit goes over the value at p, whose grammar has been checked, and returns the position after it.
func visit(s string, p int, to Visitor) int {
	switch open := s[p]; open {
	case '{', '[':
		if open == '{' {
			to.BeginObject()
		} else {
			to.BeginArray()
		}
		for p = space(s, p+1); s[p] != open+2; {
			if open == '{' {
				to.Name(memberName(s, p))
				p = space(s, space(s, quoted(s, p))+1)
			}
			if p = space(s, visit(s, p, to)); s[p] == ',' {
				p = space(s, p+1)
			}
		}
		to.End()
		return p + 1
	case '"':
		to.Scalar(StringScalar, memberName(s, p))
		return quoted(s, p)
	case 't':
		to.Scalar(BoolScalar, "true")
		return p + 4
	case 'f':
		to.Scalar(BoolScalar, "false")
		return p + 5
	case 'n':
		to.Null()
		return p + 4
	}
	e, _ := number(s, p)
	to.Scalar(NumberScalar, s[p:e])
	return e
}
