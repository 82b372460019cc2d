package json

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"math"
	"strconv"
	"strings"
	"time"
)

// Wired reads the string at p, which holds a value in another form, into what dst points to: the Go type that the form
// has.
func (d *decoder) Wired(p int, fl Flags, w *Wire, dst any) int {
	if byteAt(d.s, p) != '"' {
		return d.other(p, fl, "a string")
	}
	v, e := d.peek(p)
	if e < 0 {
		return e
	}
	switch w.Kind {
	case WireBool:
		switch v {
		case w.True:
			*dst.(*bool) = true
		case w.False:
			*dst.(*bool) = false
		default:
			return d.reject(p, e, BadText, "is neither ", w.True, " nor ", w.False)
		}
	case WireInt:
		n, ok := wiredInt(v, strconv.IntSize)
		if !ok {
			return d.reject(p, e, BadText, "is not an integer in a string")
		}
		*dst.(*int) = int(n)
	case WireInt64:
		n, ok := wiredInt(v, 64)
		if !ok {
			return d.reject(p, e, BadText, "is not an integer in a string")
		}
		*dst.(*int64) = n
	case WireUint64:
		n, err := strconv.ParseUint(v, 10, 64)
		if end, whole := number(v, 0); !whole || end != len(v) || err != nil {
			return d.reject(p, e, BadText, "is not an unsigned integer in a string")
		}
		*dst.(*uint64) = n
	case WireBase64URL:
		b, ok := base64URL(v)
		if !ok {
			return d.reject(p, e, BadText, "is not base64url")
		}
		*dst.(*[]byte) = b
	case WireBase16:
		b, err := hex.DecodeString(v)
		if err != nil {
			return d.reject(p, e, BadText, "is not base16")
		}
		*dst.(*[]byte) = b
	case WireFloat:
		f, err := strconv.ParseFloat(v, 64)
		if end, _ := number(v, 0); end != len(v) || err != nil {
			return d.reject(p, e, BadText, "is not a number in a string")
		}
		*dst.(*float64) = f
	case WireList:
		if !d.list(v, w, dst) {
			return d.reject(p, e, BadText, "is not a list of integers in a string")
		}
	case WireTime:
		t, ok := parseLayouts(w.Layouts, v)
		if !ok {
			return d.reject(p, e, BadText, "is not a time as in ", strings.Join(w.Layouts, " or "))
		}
		*dst.(*time.Time) = t
	}
	return e
}

// wiredInt reads a decimal integer without a plus sign or leading zeros.
func wiredInt(s string, bits int) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, bits)
	end, whole := number(s, 0)
	return n, err == nil && whole && end == len(s)
}

// base64URL reads base64 of the alphabet for URLs, with padding or without.
func base64URL(s string) ([]byte, bool) {
	encoding := base64.URLEncoding
	if len(s)%4 != 0 {
		encoding = base64.RawURLEncoding
	}
	b, err := encoding.Strict().AppendDecode(make([]byte, 0, encoding.DecodedLen(len(s))), []byte(s))
	// The decoder passes over line breaks.
	return b, err == nil && !strings.ContainsAny(s, "\r\n")
}

// list reads the elements of v. The empty text is the empty list.
func (d *decoder) list(v string, w *Wire, dst any) bool {
	n := 0
	if v != "" {
		n = 1 + strings.Count(v, w.Separator)
	}
	if w.Elem == Int {
		list := make([]int, n)
		for i := range list {
			var item string
			item, v, _ = strings.Cut(v, w.Separator)
			x, ok := wiredInt(item, strconv.IntSize)
			if !ok {
				return false
			}
			list[i] = int(x)
		}
		*dst.(*[]int) = list
		return true
	}
	list := make([]string, n)
	for i := range list {
		var item string
		item, v, _ = strings.Cut(v, w.Separator)
		list[i] = d.keep(item)
	}
	*dst.(*[]string) = list
	return true
}

// Wired appends the value that v points to in the form of w, as a string.
func (e *encoder) Wired(b []byte, w *Wire, v any) []byte {
	switch w.Kind {
	case WireBool:
		if *v.(*bool) {
			return AppendString(b, w.True)
		}
		return AppendString(b, w.False)
	case WireInt:
		return append(strconv.AppendInt(append(b, '"'), int64(*v.(*int)), 10), '"')
	case WireInt64:
		return append(strconv.AppendInt(append(b, '"'), *v.(*int64), 10), '"')
	case WireUint64:
		return append(strconv.AppendUint(append(b, '"'), *v.(*uint64), 10), '"')
	case WireBase64URL:
		return append(base64.URLEncoding.AppendEncode(append(b, '"'), *v.(*[]byte)), '"')
	case WireBase16:
		n := len(b)
		b = hex.AppendEncode(append(b, '"'), *v.(*[]byte))
		return append(append(b[:n], bytes.ToUpper(b[n:])...), '"')
	case WireFloat:
		return append(e.float(append(b, '"'), *v.(*float64), 64), '"')
	case WireList:
		if w.Elem == Int {
			b = append(b, '"')
			for i, n := range *v.(*[]int) {
				if i > 0 {
					b = appendPlain(b, w.Separator)
				}
				b = strconv.AppendInt(b, int64(n), 10)
			}
			return append(b, '"')
		}
		for _, v := range *v.(*[]string) {
			if strings.Contains(v, w.Separator) {
				return e.fail(b, "an element of the list holds the separator "+strconv.Quote(w.Separator))
			}
		}
		return AppendString(b, strings.Join(*v.(*[]string), w.Separator))
	case WireTime:
		layout, t := chooseLayout(w.Layouts, *v.(*time.Time))
		if year := t.Year(); hasYear(layout) && (year < 0 || year > 9999) {
			return e.fail(b, "the year "+strconv.Itoa(year)+" cannot be written")
		}
		var buf [64]byte
		return AppendString(b, string(t.AppendFormat(buf[:0], layout)))
	}
	return b
}

// time appends a time of RFC 3339.
func (e *encoder) time(b []byte, t time.Time) []byte {
	t, ok := writable(t)
	if !ok {
		return e.fail(b, "the year "+strconv.Itoa(t.Year())+" cannot be written")
	}
	return append(t.AppendFormat(append(b, '"'), time.RFC3339Nano), '"')
}

// float appends f in the shortest form that reads back the same, with an exponent for very small and
// large numbers.
func (e *encoder) float(b []byte, f float64, bits int) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return e.fail(b, strconv.FormatFloat(f, 'g', -1, bits)+" has no JSON form")
	}
	abs := math.Abs(f)
	if abs == 0 || abs >= 1e-6 && abs < 1e21 && bits == 64 ||
		bits == 32 && float32(abs) >= 1e-6 && float32(abs) < 1e21 {
		return strconv.AppendFloat(b, f, 'f', -1, bits)
	}
	b = strconv.AppendFloat(b, f, 'e', -1, bits)
	// e-09 becomes e-9.
	if n := len(b); b[n-4] == 'e' && b[n-3] == '-' && b[n-2] == '0' {
		b[n-2] = b[n-1]
		b = b[:n-1]
	}
	return b
}
