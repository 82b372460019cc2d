package rt

// The checks of texts, as calls: those of generated code are many, and a call is less to compile than a condition with
// what is done when it does not hold. Each records that the member field breaks the rule.

// CheckMinLength checks that v has at least n characters.
//
//go:noinline
func CheckMinLength[T ~string](c *Checker, field string, v T, n int, r *Rule) {
	if Length(v) < n {
		c.Fail(field, r, v)
	}
}

// CheckMaxLength checks that v has at most n characters.
//
//go:noinline
func CheckMaxLength[T ~string](c *Checker, field string, v T, n int, r *Rule) {
	if len(v) > n && Length(v) > n { // no text has more characters than bytes
		c.Fail(field, r, v)
	}
}

// CheckClass checks that v consists of characters of the class.
//
//go:noinline
func CheckClass[T ~string](c *Checker, field string, v T, class *CharClass, r *Rule) {
	if !MatchClass(v, class) {
		c.Fail(field, r, v)
	}
}

// CheckSomeOfClass is CheckClass for texts that must not be empty.
//
//go:noinline
func CheckSomeOfClass[T ~string](c *Checker, field string, v T, class *CharClass, r *Rule) {
	if v == "" || !MatchClass(v, class) {
		c.Fail(field, r, v)
	}
}

// CheckPattern checks that the expression matches v.
//
//go:noinline
func CheckPattern[T ~string](c *Checker, field string, v T, p *Pattern, r *Rule) {
	if !p.Match(string(v)) {
		c.Fail(field, r, v)
	}
}

// CheckForms checks that v has one of the forms.
//
//go:noinline
func CheckForms[T ~string](c *Checker, field string, v T, forms []TextForm, r *Rule) {
	if !MatchForms(v, forms) {
		c.Fail(field, r, v)
	}
}
