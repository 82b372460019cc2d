package json

// order is the order in which the members of the objects of a list come. A server writes them all in one
// order, which need not be that of the document: what the first object shows, the others confirm. It
// holds the field after each field, and at 0 the first one, all counted from 1; zero is not known.
type order [64]uint8

// after returns the field to expect after field i, or first where i is -1. What is not known, it is the
// next one of the document.
func (o *order) after(i int) int {
	if o != nil && uint(i+1) < uint(len(o)) {
		if next := o[i+1]; next != 0 {
			return int(next) - 1
		}
	}
	return i + 1
}

// learn notes that field next came after field i. A negative one is no field; of a struct with more
// fields than fit, those beyond are not learned.
func (o *order) learn(i, next int) {
	if o != nil && uint(i+1) < uint(len(o)) && uint(next) < uint(len(o)) {
		o[i+1] = uint8(next + 1)
	}
}
