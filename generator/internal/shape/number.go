package shape

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// maxNumber bounds digits and exponent of numbers that are compared by value: documents are not ours.
const maxNumber = 1000

// rational is the value of a JSON number.
func rational(v model.Value) (*big.Rat, bool) {
	text := string(v)
	if text == "" || len(text) > maxNumber || strings.Trim(text, "0123456789.eE+-") != "" {
		return nil, false
	}
	if _, exponent, ok := strings.Cut(strings.ToLower(text), "e"); ok {
		if n, err := strconv.Atoi(exponent); err != nil || n > maxNumber || n < -maxNumber {
			return nil, false
		}
	}
	return new(big.Rat).SetString(text)
}

// isInteger reports whether a JSON number has no fraction: 1.0 and 1e2 have none.
func isInteger(v model.Value) bool {
	r, ok := rational(v)
	return ok && r.IsInt()
}
