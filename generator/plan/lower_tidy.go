package plan

import "slices"

// Go refuses variables that nothing reads, so what turns out not to be read is left out at the end.

// tidy leaves out what nobody reads, and what is said twice, in code that stands in one function, in this order.
func tidy(pieces ...*[]*Code) {
	r := reads{names: map[string]bool{}}
	for _, piece := range slices.Backward(pieces) {
		shorten(*piece)
		*piece = r.block(*piece)
	}
}

// reads are the variables that are read further down, in a block or, by what stands behind it, in those around it.
type reads struct {
	names map[string]bool
	outer *reads
}

func (r *reads) has(name string) bool {
	return r != nil && (r.names[name] || r.outer.has(name))
}

// inner leaves out what nobody reads in a block within this one.
func (r *reads) inner(list []*Code) []*Code {
	in := reads{names: map[string]bool{}, outer: r}
	list = in.block(list)
	for name := range in.names {
		r.names[name] = true
	}
	return list
}

// block leaves out what nobody reads in a block, or behind it.
func (r *reads) block(list []*Code) []*Code {
	var out []*Code
	for _, c := range slices.Backward(list) {
		if r.statement(c) {
			out = append(out, c)
		}
	}
	slices.Reverse(out)
	return out
}

// statement reports whether a statement is of use. What it reads is read from now on, what it defines no longer.
func (r *reads) statement(c *Code) bool {
	switch c.Op {
	case CodeVar:
		used := r.names[c.Names[0]]
		delete(r.names, c.Names[0])
		return used
	case CodeDefine, CodeAssign:
		if !r.sets(c) {
			return false
		}
	case CodeFor:
		if c.Body = r.inner(c.Body); len(c.Body) == 0 {
			return false
		}
		for i, name := range c.Names {
			if used := r.names[name]; !used {
				c.Names[i] = "_"
			}
			delete(r.names, name)
		}
	case CodeFail:
		if c.Name != "" {
			r.names[c.Name] = true
		}
	case CodeIf:
		c.Else = r.inner(c.Else)
		if c.Body = r.inner(c.Body); len(c.Body) == 0 {
			return false
		}
		if r.expr(c.Args[0]); c.Init != nil && !r.statement(c.Init) {
			c.Init = nil
		}
		return true
	}
	for _, arg := range c.Args {
		r.expr(arg)
	}
	return true
}

// sets takes the names that nobody reads from a statement that sets variables, and reports whether any is left.
func (r *reads) sets(c *Code) bool {
	left := false
	for i, name := range c.Names {
		used := r.names[name]
		if c.Op == CodeDefine {
			delete(r.names, name)
		} else {
			used = r.has(name)
		}
		if left = left || used; !used {
			c.Names[i] = "_"
		}
	}
	return left
}

// expr adds the names that an expression reads. Functions in it are tidied on the way.
func (r *reads) expr(c *Code) {
	if c.Op == CodeName && c.Pkg == "" {
		r.names[c.Name] = true
	}
	for _, arg := range c.Args {
		r.expr(arg)
	}
	if c.Op == CodeFunc {
		in := reads{names: map[string]bool{}}
		c.Body = in.block(c.Body)
		for name := range in.names {
			r.names[name] = true
		}
	}
}
