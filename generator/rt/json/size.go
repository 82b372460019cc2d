package json

// sizer finds out about how many bytes a value is written in: rather more than less, and less only
// where text needs escapes, is in maps, or in long slices. One buffer of that size is much cheaper than one that grows.
type sizer struct {
	depth int
	stop  bool // the value nests too deep; the writer will say so
}

// typed returns the size of the t at ptr.
func (z *sizer) typed(t *Type, ptr pointer) int {
	if t.Kind != Struct && t.Kind != Tuple {
		return z.value(t.Kind, t.Flags, t.Form(), ptr)
	}
	if z.stop = z.stop || z.depth == maxWriteDepth; z.stop {
		return 0
	}
	z.depth++
	n := 2
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Kind == Constant {
			n += max(1, len(f.Key)) + len(f.Const)
		} else if size := z.value(f.Kind, f.Flags, f.Sub, at(ptr, f.Off)); size > 0 {
			n += max(1, len(f.Key)) + size
		} else if f.Flags&OmitZero == 0 || f.Flags&Required != 0 {
			n += max(1, len(f.Key)) + len("null")
		}
	}
	if t.Flags&HasAdditional != 0 {
		kind := Map
		if t.Kind == Tuple {
			kind = Slice
		}
		n += z.value(kind, 0, t.Sub, at(ptr, t.Additional))
	}
	if t.Flags&HasPresence != 0 {
		if p := *presenceAt(at(ptr, t.Presence)); p != nil {
			n += p.size()
		}
	}
	z.depth--
	return n
}

// value returns the size of a value, zero for what is not there or empty.
func (z *sizer) value(kind Kind, fl Flags, sub *Type, ptr pointer) int {
	if fl&Optional != 0 && *stateAt(ptr, valueSize(kind, fl, sub)) != set {
		return 0
	}
	switch kind {
	case String, Decimal:
		if v := *stringAt(ptr); v != "" {
			return len(v) + 2
		}
		return 0
	case Bool:
		return len("false")
	case Int:
		return intSize(int64(*intAt(ptr)))
	case Int32:
		return intSize(int64(*int32At(ptr)))
	case Int64:
		return intSize(*int64At(ptr))
	case Uint32, Uint64, Float32, Float64:
		return 24
	case Time:
		return len(`"2006-01-02T15:04:05.999999999+07:00"`)
	case Bytes:
		return sliceAt(ptr).len/3*4 + 6
	case Any:
		return sliceAt(ptr).len
	case Strings:
		n := 0
		for _, v := range *stringsAt(ptr) {
			n += len(v) + 3
		}
		return n
	case Object:
		if fl&Pointer != 0 {
			if ptr = *pointerAt(ptr); ptr == nil {
				return 0
			}
		}
		return z.typed(sub.Real(), ptr)
	case Slice:
		return z.slice(sliceAt(ptr), sub.Real())
	case Map:
		if *pointerAt(ptr) == nil {
			return 0
		}
		return 128 // to know better would take as long as writing
	case Interface:
		return z.union(sub.Real().Union, ptr)
	case Marshaled:
		return 40
	case Wired:
		switch w := sub.Wire; w.Kind {
		case WireList:
			if w.Elem == Int {
				return 8 * sliceAt(ptr).len
			}
			n := 2
			for _, v := range *stringsAt(ptr) {
				n += len(v) + len(w.Separator)
			}
			return n
		case WireBase64URL, WireBase16:
			return 2*sliceAt(ptr).len + 6
		case WireTime:
			return 40
		}
		return 26
	}
	return 0
}

// union returns the size of the value in an interface.
func (z *sizer) union(u *Union, ptr pointer) int {
	if *pointerAt(ptr) == nil {
		return 0
	}
	i, v := u.Get(ptr)
	switch {
	case i == UnknownVariant:
		return sliceAt(v).len
	case i < 0 || v == nil:
		return 0
	}
	return z.typed(u.Variants[i].Type.Real(), v)
}

// slice returns the size of a slice. Of a long one it looks at a few elements only.
func (z *sizer) slice(s *slice, t *Type) int {
	const few = 8
	if z.stop = z.stop || z.depth == maxWriteDepth; z.stop {
		return 0
	}
	z.depth++
	size, n := typeSize(t), 0
	looked := min(s.len, few)
	if s.len <= 2*few {
		looked = s.len
	}
	for i := range looked {
		n += z.typed(t, at(s.array, uintptr(i*s.len/looked)*size)) + 1
	}
	z.depth--
	if looked < s.len {
		n = n/looked*s.len + n/looked*s.len/8
	}
	return n + 2
}

// intSize returns the size of n, roughly.
func intSize(n int64) int {
	if 0 <= n && n < 1e6 {
		return 6
	}
	return 20
}

// size returns the size of what the fields do not hold.
func (p *Presence) size() int {
	n := 0
	for _, m := range p.kept {
		n += len(m.raw)
	}
	for _, m := range p.unknown {
		n += len(m.name) + len(m.raw) + 2
	}
	for _, m := range p.rest {
		n += len(m.raw)
	}
	return n
}
