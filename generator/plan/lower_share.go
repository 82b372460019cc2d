package plan

import "strings"

// What rules are about stands in many of them: "with the type ALARM". A comparison that several rules of a function make is
// made once, and its result has a name.

// often is how many times a comparison stands in a function that is made once.
const often = 3

// share makes comparisons of members with constants of enums once where rules of a struct make them often.
func (f *frame) share(checks []*Check) {
	uses := map[string][]*Code{}
	var order []string
	first := map[string]int{}
	for i, c := range checks {
		for _, statement := range c.Code {
			statement.walk(func(x *Code) {
				if f.b.constantCompared(x) == nil {
					return
				}
				key := x.compared().key()
				if uses[key] == nil {
					order, first[key] = append(order, key), i
				}
				uses[key] = append(uses[key], x)
			})
		}
	}
	defined := make([][]*Code, len(checks))
	for _, key := range order {
		if len(uses[key]) < often {
			continue
		}
		made := uses[key][0].compared()
		variable := f.free(f.b.comparedName(made))
		for _, x := range uses[key] {
			*x = *negated(name(variable), &cond{not: x.Name == "!="})
		}
		at := first[key]
		defined[at] = append(defined[at], &Code{Op: CodeDefine, Names: []string{variable}, Args: []*Code{made}})
	}
	for i, list := range defined {
		checks[i].Code = append(list, checks[i].Code...)
	}
}

// walk shows code and all that is in it, as it is written.
func (c *Code) walk(see func(*Code)) {
	if c == nil {
		return
	}
	see(c)
	c.Init.walk(see)
	for _, list := range [][]*Code{c.Args, c.Body, c.Else} {
		for _, x := range list {
			x.walk(see)
		}
	}
}

// constantCompared is the enum whose constant a member of the struct itself is compared with; nil for other code.
func (b *builder) constantCompared(c *Code) *Enum {
	if c.Op != CodeBinary || c.Name != "==" && c.Name != "!=" || len(c.Args) != 2 || c.Args[1].Op != CodeName || c.member() == "" {
		return nil
	}
	for _, enum := range b.pkg.Enums {
		for _, v := range enum.Values {
			if v.Name == c.Args[1].Name {
				return enum
			}
		}
	}
	return nil
}

// member is the member of the struct itself that is compared, which may be optional.
func (c *Code) member() string {
	of := c.Args[0]
	if of.Op == CodeMethod && of.Name == "Or" {
		of = of.Args[0]
	}
	if of.Op == CodeMember && of.Args[0].Op == CodeSelf {
		return of.Name
	}
	return ""
}

// compared is a comparison as the question whether its operands are equal.
func (c *Code) compared() *Code { return infix("==", c.Args[0], c.Args[1]) }

// comparedName names the result of a comparison: typeIsAlarm.
func (b *builder) comparedName(c *Code) string {
	return b.namer.variable(c.member()) + "Is" + strings.TrimPrefix(c.Args[1].Name, b.constantCompared(c).Name)
}
