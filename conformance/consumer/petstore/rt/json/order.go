package json

// order is the order in which the members of the objects of a list come. A server writes them all in one
// order, which need not be that of the document: what the first object shows, the others confirm. It
// holds for each field, from index 1 on, how far from the next one of the document the one after it is, and at 0 the same of the
// first one. What is not known is the next one.
type order [128]int8

// after returns the field to expect after field i, or first where i is -1. It may be none.
func (o *order) after(i int) int {
	i++
	if o != nil {
		i += int(o[uint(i)%uint(len(o))])
	}
	return i
}

// learn notes that field next came after field i. A negative one is no field; of a struct with more
// fields than fit, those beyond share what is noted with others.
func (o *order) learn(i, next int) {
	if o != nil && next >= 0 {
		o[uint(i+1)%uint(len(o))] = int8(next - i - 1)
	}
}
