package rule

import "testing"

func TestComputationsFailAsAWhole(t *testing.T) {
	for _, x := range edges {
		for _, y := range edges {
			for name, c := range map[string]struct {
				chain Int
				step  func(x, y int64) (int64, bool)
			}{
				"+": {Of(x).Add(y), AddInt[int64]}, "-": {Of(x).Sub(y), SubInt[int64]}, "*": {Of(x).Mul(y), MulInt}, "/": {Of(x).Div(y), DivInt}, "%": {Of(x).Mod(y), ModInt},
				"-x": {Of(x).Neg(), func(x, _ int64) (int64, bool) { return NegInt(x) }},
			} {
				want, ok := c.step(x, y)
				if got, done := c.chain.Get(); got != want || done != ok {
					t.Errorf("%d %s %d = %d, %v; want %d, %v", x, name, y, got, done, want, ok)
				}
				if _, done := c.chain.Mul(0).Get(); done != ok {
					t.Errorf("%d %s %d: the failure is forgotten", x, name, y)
				}
			}
		}
	}
}
