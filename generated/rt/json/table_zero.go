package json

import (
	"math"
	"strconv"
	"time"
)

// The Go side of a kind: how large its values are, which of them are zero, and how to make them so.

// typeSize returns the size of a value of t, an Opt included.
func typeSize(t *Type) uintptr {
	if t.Size != 0 || t.Kind == Struct || t.Kind == Tuple {
		return t.Size
	}
	size := valueSize(t.Kind, t.Flags, t.Form())
	if t.Flags&Optional != 0 {
		panic("json: type " + t.Name + " has no Size")
	}
	return size
}

// sizes are those of the kinds that have one size. Others have zero here.
var sizes = [256]uint8{
	String: uint8(stringSize), Decimal: uint8(stringSize), Bool: 1, Int: strconv.IntSize / 8, Int32: 4, Uint32: 4, Float32: 4,
	Int64: 8, Uint64: 8, Float64: 8, Time: uint8(timeSize), Bytes: uint8(sliceSize), Any: uint8(sliceSize), Strings: uint8(sliceSize),
	Slice: uint8(sliceSize), Map: uint8(pointerSize), Interface: uint8(interfaceSize),
}

// valueSize returns the size of a value, and of the value inside an Opt.
func valueSize(kind Kind, fl Flags, sub *Type) uintptr {
	if n := sizes[kind]; n > 0 {
		return uintptr(n)
	}
	return oddSize(kind, fl, sub)
}

// oddSize is valueSize for the kinds whose values have several sizes.
func oddSize(kind Kind, fl Flags, sub *Type) uintptr {
	switch kind {
	case Object:
		if fl&Pointer != 0 {
			return pointerSize
		}
		return sub.Real().Size
	case Marshaled:
		return sub.Text.Size
	case Wired:
		switch w := sub.Wire; w.Kind {
		case WireBool:
			return 1
		case WireInt:
			return strconv.IntSize / 8
		case WireInt64, WireUint64, WireFloat:
			return 8
		case WireList, WireBase64URL, WireBase16:
			return sliceSize
		case WireTime:
			return timeSize
		}
	}
	return 0
}

// clearTyped makes the t at ptr zero.
func clearTyped(t *Type, ptr pointer) {
	if t.Kind != Struct && t.Kind != Tuple {
		clearValue(t.Kind, t.Flags, t.Form(), ptr)
		return
	}
	if blank(ptr, t.Size) || t.Value != nil { // code makes zero what it reads into
		return
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		clearValue(f.Kind, f.Flags, f.Sub, at(ptr, f.Off))
	}
	if t.Flags&HasPresence != 0 {
		*presenceAt(at(ptr, t.Presence)) = nil
	}
	if t.Flags&HasAdditional != 0 {
		if extra := at(ptr, t.Additional); t.Kind == Tuple {
			*sliceAt(extra) = slice{}
		} else {
			*pointerAt(extra) = nil
		}
	}
}

// clearValue makes the value at ptr zero, an Opt absent.
func clearValue(kind Kind, fl Flags, sub *Type, ptr pointer) {
	if fl&Optional != 0 {
		*stateAt(ptr, valueSize(kind, fl, sub)) = absent
	}
	switch kind {
	case String, Decimal:
		*stringAt(ptr) = ""
	case Bool:
		*boolAt(ptr) = false
	case Int:
		*intAt(ptr) = 0
	case Int32:
		*int32At(ptr) = 0
	case Int64:
		*int64At(ptr) = 0
	case Uint32:
		*uint32At(ptr) = 0
	case Uint64:
		*uint64At(ptr) = 0
	case Float32:
		*float32At(ptr) = 0
	case Float64:
		*float64At(ptr) = 0
	case Time:
		*timeAt(ptr) = time.Time{}
	case Bytes, Any, Strings, Slice:
		*sliceAt(ptr) = slice{}
	case Map:
		*pointerAt(ptr) = nil
	case Object:
		if fl&Pointer != 0 {
			*pointerAt(ptr) = nil
		} else {
			clearTyped(sub.Real(), ptr)
		}
	case Interface:
		*interfaceAt(ptr) = nil
	case Marshaled:
		_ = sub.Text.Parse(ptr, nil)
	case Wired:
		switch sub.Wire.Kind {
		case WireBool:
			*boolAt(ptr) = false
		case WireInt:
			*intAt(ptr) = 0
		case WireInt64:
			*int64At(ptr) = 0
		case WireUint64:
			*uint64At(ptr) = 0
		case WireFloat:
			*float64At(ptr) = 0
		case WireList, WireBase64URL, WireBase16:
			*sliceAt(ptr) = slice{}
		case WireTime:
			*timeAt(ptr) = time.Time{}
		}
	}
}

// zero reports whether the value at ptr is the zero value of its Go type. An empty slice is not: nil is.
func zero(kind Kind, fl Flags, sub *Type, ptr pointer) bool {
	if fl&Optional != 0 {
		return *stateAt(ptr, valueSize(kind, fl, sub)) == absent
	}
	switch kind {
	case String, Decimal:
		return *stringAt(ptr) == ""
	case Bool:
		return !*boolAt(ptr)
	case Int:
		return *intAt(ptr) == 0
	case Int32, Uint32:
		return *uint32At(ptr) == 0
	case Int64, Uint64:
		return *uint64At(ptr) == 0
	case Float32:
		return math.Float32bits(*float32At(ptr)) == 0
	case Float64:
		return math.Float64bits(*float64At(ptr)) == 0
	case Time:
		return *timeAt(ptr) == time.Time{}
	case Bytes, Any, Strings, Slice:
		return sliceAt(ptr).array == nil
	case Map, Interface:
		return *pointerAt(ptr) == nil // no interface type has a value without a type
	case Marshaled:
		return sub.Text.IsZero(ptr)
	case Object:
		if fl&Pointer != 0 {
			return *pointerAt(ptr) == nil
		}
		t := sub.Real()
		if blank(ptr, t.Size) {
			return true
		}
		if t.Value != nil {
			v, ok := t.Value(ptr).(interface{ IsZero() bool })
			return ok && v.IsZero()
		}
		for i := range t.Fields {
			if f := &t.Fields[i]; f.Kind != Constant && !zero(f.Kind, f.Flags, f.Sub, at(ptr, f.Off)) {
				return false
			}
		}
		return (t.Flags&HasPresence == 0 || *presenceAt(at(ptr, t.Presence)) == nil) &&
			(t.Flags&HasAdditional == 0 || *pointerAt(at(ptr, t.Additional)) == nil)
	case Wired:
		switch sub.Wire.Kind {
		case WireBool:
			return !*boolAt(ptr)
		case WireInt:
			return *intAt(ptr) == 0
		case WireInt64, WireUint64:
			return *uint64At(ptr) == 0
		case WireFloat:
			return math.Float64bits(*float64At(ptr)) == 0
		case WireList, WireBase64URL, WireBase16:
			return sliceAt(ptr).array == nil
		case WireTime:
			return *timeAt(ptr) == time.Time{}
		}
	}
	return true
}
