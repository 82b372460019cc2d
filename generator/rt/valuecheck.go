package rt

// The checks of texts and numbers, as calls: those of generated code are many, and a call is less to compile than a
// condition with what is done when it does not hold. Each records that the member field, or the value at hand if field is
// empty, breaks the rule. They take plain texts and integers: of a function for any type there would be one for each.

// MinLength checks that v has at least n characters.
//
//go:noinline
func (c *Checker) MinLength(field, v string, n int, r *Rule) {
	if Length(v) < n {
		c.Fail(field, r, v)
	}
}

// MaxLength checks that v has at most n characters.
//
//go:noinline
func (c *Checker) MaxLength(field, v string, n int, r *Rule) {
	if len(v) > n && Length(v) > n { // no text has more characters than bytes
		c.Fail(field, r, v)
	}
}

// Class checks that v consists of characters of the class.
//
//go:noinline
func (c *Checker) Class(field, v string, class *CharClass, r *Rule) {
	if !MatchClass(v, class) {
		c.Fail(field, r, v)
	}
}

// SomeOfClass is Class for texts that must not be empty.
//
//go:noinline
func (c *Checker) SomeOfClass(field, v string, class *CharClass, r *Rule) {
	if v == "" || !MatchClass(v, class) {
		c.Fail(field, r, v)
	}
}

// Pattern checks that the expression matches v.
//
//go:noinline
func (c *Checker) Pattern(field, v string, p *Pattern, r *Rule) {
	if !p.Match(v) {
		c.Fail(field, r, v)
	}
}

// Forms checks that v has one of the forms.
//
//go:noinline
func (c *Checker) Forms(field, v string, forms []TextForm, r *Rule) {
	if !MatchForms(v, forms) {
		c.Fail(field, r, v)
	}
}

// OneOf checks that v is one of the values.
//
//go:noinline
func (c *Checker) OneOf(field, v string, values []string, r *Rule) {
	if !OneOf(v, values) {
		c.Fail(field, r, v)
	}
}

// Min checks that v is at least n.
//
//go:noinline
func (c *Checker) Min(field string, v, n int, r *Rule) {
	if v < n {
		c.Fail(field, r, v)
	}
}

// Max checks that v is at most n.
//
//go:noinline
func (c *Checker) Max(field string, v, n int, r *Rule) {
	if v > n {
		c.Fail(field, r, v)
	}
}
