package rule

// Int is an integer on its way through a computation. Once a step fails, the whole does.
type Int struct {
	n      int64
	failed bool
}

// Of begins a computation.
func Of[T ~int | ~int64](n T) Int { return Int{n: int64(n)} }

// Get returns the result, unless a step has failed.
func (x Int) Get() (int64, bool) {
	if x.failed {
		return 0, false
	}
	return x.n, true
}

func (x Int) then(n int64, ok bool) Int { return Int{n, x.failed || !ok} }

// Add adds y; it fails when the sum overflows.
//
//go:noinline
func (x Int) Add(y int64) Int { return x.then(AddInt(x.n, y)) }

// Sub takes y away; it fails when the difference overflows.
//
//go:noinline
func (x Int) Sub(y int64) Int { return x.then(SubInt(x.n, y)) }

// Mul multiplies by y; it fails when the product overflows.
//
//go:noinline
func (x Int) Mul(y int64) Int { return x.then(MulInt(x.n, y)) }

// Div divides by y; it fails when y is zero or the quotient overflows.
//
//go:noinline
func (x Int) Div(y int64) Int { return x.then(DivInt(x.n, y)) }

// Mod is the remainder of the division by y; it fails where Div does.
//
//go:noinline
func (x Int) Mod(y int64) Int { return x.then(ModInt(x.n, y)) }

// Neg changes the sign; it fails when the result overflows.
func (x Int) Neg() Int { return x.then(NegInt(x.n)) }
