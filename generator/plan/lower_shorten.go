package plan

import (
	"slices"
	"strconv"
	"strings"
)

// shorten leaves out of code that a list is not nil where what stands beside it says so too: a list with items is there,
// and so is one in which an item was found.
func shorten(list []*Code) {
	for _, c := range list {
		c.shorten()
	}
}

func (c *Code) shorten() {
	shorten(c.Args)
	shorten(c.Body)
	shorten(c.Else)
	if c.Init != nil {
		c.Init.shorten()
	}
	if c.Op != CodeBinary {
		return
	}
	if c.Name == "<=" && c.Args[0].Op == CodeCall && c.Args[0].Name == "len" && c.Args[1].Text == "0" {
		c.Name = "==" // no list has less
	}
	test := map[string]string{"&&": "!=", "||": "=="}[c.Name]
	if test == "" {
		return
	}
	var args []*Code
	for i, arg := range c.Args {
		if !arg.isNil(test) || !c.without(i).finds(arg.Args[0].key(), c.Name == "&&") {
			args = append(args, arg)
		}
	}
	if c.Args = args; len(args) == 1 {
		*c = *args[0]
	}
}

// isNil reports whether code compares something with nil.
func (c *Code) isNil(op string) bool {
	return c.Op == CodeBinary && c.Name == op && len(c.Args) == 2 && c.Args[1].Op == CodeName && c.Args[1].Name == "nil"
}

// without is code of all operands but one.
func (c *Code) without(i int) *Code {
	out := &Code{Op: c.Op, Name: c.Name}
	out.Args = append(append(out.Args, c.Args[:i]...), c.Args[i+1:]...)
	return out
}

// finds reports whether there must be an item in a list for code to be true, or false.
func (c *Code) finds(list string, want bool) bool {
	switch {
	case c.Op == CodeUnary && c.Name == "!":
		return c.Args[0].finds(list, !want)
	case c.Op == CodeBinary && (c.Name == "&&" && want || c.Name == "||" && !want):
		return slices.ContainsFunc(c.Args, func(arg *Code) bool { return arg.finds(list, want) })
	case c.Op == CodeBinary && len(c.Args) == 2 && c.Args[0].Op == CodeCall && c.Args[0].Name == "len" && c.Args[0].Args[0].key() == list:
		op := c.Name
		if !want {
			op = inverse[op]
		}
		n, err := strconv.Atoi(c.Args[1].Text)
		return err == nil && (op == ">" && n >= 0 || op == "!=" && n == 0 || (op == ">=" || op == "==") && n > 0)
	case c.Op == CodeCall && len(c.Args) > 0 && c.Args[0].listed().key() == list && strings.HasSuffix(c.Pkg, "/rule"):
		if want {
			return c.Name == "Any" || c.Name == "AnyAt" || c.Name == "AnyKey"
		}
		return strings.HasPrefix(c.Name, "Unique") || strings.HasPrefix(c.Name, "Sorted") || strings.HasPrefix(c.Name, "Disjoint")
	}
	return false
}

// listed is the list whose length code is, or the list that it is.
func (c *Code) listed() *Code {
	if c.Op == CodeCall && c.Pkg == "" && c.Name == "len" {
		return c.Args[0]
	}
	return c
}
