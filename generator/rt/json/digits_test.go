package json

import (
	"errors"
	"testing"
	"unsafe"
)

// digital is a struct of a service to which 1.0 is no integer.
type digital struct {
	Int    int
	Uint64 uint64
	Opt    Opt[int]
	List   []int
	Free   int
}

var (
	digitalInt  = Type{Name: "int", Kind: Int, Flags: Digits, Size: unsafe.Sizeof(*new(int)), Slice: (*[]int)(nil)}
	digitalType = Type{
		Name: "digital", Kind: Struct, Size: unsafe.Sizeof(digital{}),
		Fields: []Field{
			{Key: `,"int":`, Off: unsafe.Offsetof(digital{}.Int), Kind: Int, Flags: Digits},
			{Key: `,"uint64":`, Off: unsafe.Offsetof(digital{}.Uint64), Kind: Uint64, Flags: Digits},
			{Key: `,"opt":`, Off: unsafe.Offsetof(digital{}.Opt), Kind: Int, Flags: Optional | Digits},
			{Key: `,"list":`, Off: unsafe.Offsetof(digital{}.List), Kind: Slice, Sub: &digitalInt},
			{Key: `,"free":`, Off: unsafe.Offsetof(digital{}.Free), Kind: Int},
		},
		Index: Index([]string{`,"int":`, `,"uint64":`, `,"opt":`, `,"list":`, `,"free":`}),
	}
)

// digitalInline is the integer with code of its own.
type digitalInline struct{ at *int64 }

func (v digitalInline) ReadJSON(d *Decoder, p int, _ Flags) int { return d.Int64(p, Digits, v.at) }
func (v digitalInline) WriteJSON(e *Encoder, b []byte) []byte   { return e.Null(b) }

func TestIntegersInDigitsAlone(t *testing.T) {
	for text, deviates := range map[string]bool{
		`{"int":1,"uint64":2,"opt":-3,"list":[4,0],"free":5.0}`: false,
		`{"int":-0}`: false, `{"int":1.0}`: true, `{"int":1e2}`: true, `{"int":-1E+2}`: true, `{"int":100000000000000000.0}`: true,
		`{"uint64":0.0}`: true, `{"opt":3.00}`: true, `{"list":[1,2.0]}`: true, `{"free":1e2}`: false,
	} {
		var v digital
		err := DecodeStrict([]byte(text), At(&digitalType, unsafe.Pointer(&v)))
		var dev *DeviationError
		if deviates != errors.As(err, &dev) || dev != nil && (len(dev.Deviations) != 1 || dev.Deviations[0].Code != BadNumber) {
			t.Errorf("%s: %v", text, err)
		}
	}
	var v digital
	if err := DecodeLenient([]byte(`{"int":1e2,"list":[2.0]}`), At(&digitalType, unsafe.Pointer(&v))); err != nil || v.Int != 100 || v.List[0] != 2 {
		t.Errorf("the numbers are read as they are meant: %+v, %v", v, err)
	}
	for text, deviates := range map[string]bool{`7`: false, `7.0`: true} {
		var n int64
		ref := Of(&Type{Name: "int64", Kind: Int64}, digitalInline{&n})
		if err := DecodeStrict([]byte(text), ref); n != 7 || deviates != (err != nil) {
			t.Errorf("%s: %d, %v", text, n, err)
		}
	}
}
