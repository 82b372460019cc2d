package decimal

import (
	"math/big"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNumbersOfOneValueAreEqual(t *testing.T) {
	for _, same := range [][]string{{"0", "-0", "0.0", "0e99", "-0.00e-5"}, {"1", "1.0", "10e-1", "0.1e1", "1E0", "1e+0"}, {"-120", "-1.2e2", "-0.12e3"}} {
		for _, a := range same {
			for _, b := range same {
				assert.Zero(t, Compare(a, b), "%s %s", a, b)
				x, _ := Parse(a)
				y, _ := Parse(b)
				assert.Equal(t, string(x.Append(nil)), string(y.Append(nil)))
			}
		}
	}
}

func TestHugeExponentsCostNothing(t *testing.T) {
	assert.Equal(t, 1, Compare("1e999999999", "1e999999998"))
	assert.Equal(t, -1, Compare("-1e99999999999999999999", "1"))
	assert.Equal(t, -1, Compare("1e-99999999999999999999", "1"))
	assert.True(t, MultipleOf("1e999999999", "7e-3") == MultipleOf("1e999999999", "7"), "neither: ten has no seven in it")
	assert.False(t, MultipleOf("1e-999999999", "3"))
	assert.True(t, MultipleOf("21e999999999", "7"))
	assert.True(t, MultipleOf("1e308", "0.5"))
}

func TestWhatIsNoNumberIsLess(t *testing.T) {
	for _, bad := range []string{"", "-", "x", "1x", "1e", "1ex", "0x10", "1_0", "Inf", "NaN", ".", "1e1.5", "--1"} {
		assert.Equal(t, -1, Compare(bad, "-1e400"), bad)
		assert.False(t, MultipleOf(bad, "1"), bad)
	}
	assert.False(t, MultipleOf("1", "0"))
}

var number = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,40})(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?$`)

// Comparing and dividing agree with fractions of integers.
func FuzzAgainstFractions(f *testing.F) {
	for _, seed := range [][2]string{{"1", "1.0"}, {"0.3", "0.1"}, {"-5e3", "2.5"}, {"100", "1e2"}, {"1e-9", "3"}, {"9007199254740993", "3"}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if !number.MatchString(a) || !number.MatchString(b) {
			Compare(a, b)
			return
		}
		x, _ := new(big.Rat).SetString(a)
		y, _ := new(big.Rat).SetString(b)
		assert.Equal(t, x.Cmp(y), Compare(a, b))
		n, _ := Parse(a)
		assert.Equal(t, x.IsInt(), n.IsInteger())
		assert.Equal(t, y.Sign() != 0 && new(big.Rat).Quo(x, y).IsInt(), MultipleOf(a, b))
	})
}

func TestMultiplesOfWordsTakeNoMemory(t *testing.T) {
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		if !MultipleOf("0.300", "0.1") || !MultipleOf("9999999999999999999e40", "9") || MultipleOf("12", "5") {
			t.Error("wrong")
		}
	}))
}
