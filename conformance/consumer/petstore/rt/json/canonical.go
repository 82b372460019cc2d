package json

import (
	"sort"

	"example.com/consumer/petstore/rt/decimal"
)

// sameValue reports whether two texts of JSON are one value.
func sameValue(a, b string) bool {
	x, err := TreeOfText([]byte(a))
	y, also := TreeOfText([]byte(b))
	return err == nil && also == nil && string(AppendCanonical(nil, &x)) == string(AppendCanonical(nil, &y))
}

// AppendCanonical appends a text that equal values have in common: numbers by their value, members in order of their
// names. Of a member that is there twice the last counts.
func AppendCanonical(b []byte, v *Tree) []byte {
	switch v.Kind {
	case TreeNull:
		return append(b, "null"...)
	case TreeScalar:
		if v.Scalar == StringScalar {
			return AppendString(b, v.Text)
		}
		if n, ok := decimal.Parse(v.Text); ok && v.Scalar == NumberScalar {
			return n.Append(b)
		}
		return append(b, v.Text...)
	case TreeArray:
		b = append(b, '[')
		for i := range v.Items {
			b = append(AppendCanonical(b, &v.Items[i]), ',')
		}
		return append(b, ']')
	}
	order := make([]int, len(v.Names))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return v.Names[order[i]] < v.Names[order[j]] })
	b = append(b, '{')
	for at, i := range order {
		if at+1 < len(order) && v.Names[order[at+1]] == v.Names[i] {
			continue
		}
		b = append(AppendCanonical(append(AppendString(b, v.Names[i]), ':'), &v.Items[i]), ',')
	}
	return append(b, '}')
}
