package json

import (
	"math/bits"
	"slices"
)

// Key returns the Key of a field for the member name: `,"name":`.
func Key(name string) string {
	return string(append(AppendString([]byte{','}, name), ':'))
}

// Index returns the Index of a type whose fields have the keys, which are as Field.Key. A generator
// prints it beside the fields.
//
// It is a hash table with open addressing: the slot of a name is its hash, or one of those after it;
// slots hold the index of a field plus one, or zero when free. Half of the slots at least are free.
func Index(keys []string) []uint16 {
	if len(keys) == 0 {
		return nil
	}
	index := make([]uint16, 1<<bits.Len(uint(2*len(keys)-1)))
	for i, key := range keys {
		slot := hash(key[2 : len(key)-2])
		for index[slot%uint32(len(index))] != 0 {
			slot++
		}
		index[slot%uint32(len(index))] = uint16(i + 1)
	}
	return index
}

// find returns the index of the field with the name, which is given as it stands in a Key, or a
// negative one.
func (t *Type) find(name string) int {
	if len(t.Index) == 0 {
		return slices.IndexFunc(t.Fields, func(f Field) bool { return f.Key[2:len(f.Key)-2] == name })
	}
	mask := uint32(len(t.Index) - 1)
	for slot := hash(name) & mask; t.Index[slot] != 0; slot = (slot + 1) & mask {
		i := int(t.Index[slot]) - 1
		if key := t.Fields[i].Key; key[2:len(key)-2] == name {
			return i
		}
	}
	return -1
}

// hash mixes the length of a name with the first, middle and last bytes. It is part of what is generated: a
// change needs a new generation.
func hash(name string) uint32 {
	n := len(name)
	h := uint64(n)
	switch {
	case n >= 8:
		h ^= word(name, 0) ^ bits.RotateLeft64(word(name, n-8), 23) ^ bits.RotateLeft64(word(name, n/2-4), 41)
	case n > 0:
		for i := range n {
			h = h<<8 ^ uint64(name[i])
		}
	}
	h *= 0x9e3779b97f4a7c15
	return uint32(h >> 32)
}
