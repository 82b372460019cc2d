package json

import "strconv"

// length notes it when n elements are not as many as a tuple has.
func (d *decoder) length(start, end int, t *Type, n int) {
	if most, least := len(t.Fields), required(t); n > most && t.Flags&Open == 0 {
		d.deviate(start, end, WrongLength, "has ", strconv.Itoa(n), " elements, at most ", strconv.Itoa(most), " expected")
	} else if n < least {
		d.deviate(start, end, WrongLength, "has ", strconv.Itoa(n), " elements, at least ", strconv.Itoa(least), " expected")
	}
}

// required returns how many elements a tuple has at least.
func required(t *Type) int {
	n := len(t.Fields)
	for n > 0 && t.Fields[n-1].Flags&Required == 0 {
		n--
	}
	return n
}
