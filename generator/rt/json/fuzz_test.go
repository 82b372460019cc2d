package json

import (
	"bytes"
	stdjson "encoding/json"
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// accepts says what encoding/json would say if it looked at UTF-8, and had our limit of nesting.
func accepts(data []byte) bool {
	return stdjson.Valid(data) && utf8.Valid(data) && Valid(data) == nil
}

// FuzzDecode: every type and mode accepts what encoding/json accepts. Where nothing deviates, the value is
// the one that encoding/json reads.
func FuzzDecode(f *testing.F) {
	p := makePayloads(1)
	for _, text := range [][]byte{[]byte(everyKind), p.compact, p.pretty, p.unknown, p.one, []byte(`{"left":{"children":[{"named":{"a":{"name":"x"}}}]}}`)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		err := Valid(data)
		if std := stdjson.Valid(data) && utf8.Valid(data); (err == nil) != std && (err == nil || !strings.Contains(err.Error(), "nesting")) {
			t.Fatalf("Valid: %v, but encoding/json says %v", err, std)
		}
		ok := err == nil
		kept := bytes.Clone(data)
		for mode := range Mode(8) {
			for _, v := range []Ref{new(kinds).ref(), new(options).ref(), new(node).ref(), new(groupList).ref(), new(policyRequest).ref(), new(zoo).ref(), new(keeper).ref()} {
				n := 0
				err := Decode(data, v, DecodeOptions{Mode: mode &^ Strict, Report: func(d Deviation) {
					n++
					if d.Offset < 0 || d.Offset > len(data) || !utf8.ValidString(d.Path+d.Value) {
						t.Errorf("deviation %+v", d)
					}
				}})
				if (err == nil) != ok {
					t.Fatalf("mode %d: %v, but valid is %v", mode, err, ok)
				}
				if err == nil {
					if _, err := Marshal(v); err != nil {
						t.Fatalf("what was read cannot be written: %v", err)
					}
				}
				strict := Decode(data, v, DecodeOptions{Mode: mode | Strict})
				if (strict == nil) != (err == nil && n == 0) {
					t.Fatalf("mode %d: %d deviations, but strict says %v", mode, n, strict)
				}
			}
		}
		if !bytes.Equal(data, kept) {
			t.Fatal("the data was changed")
		}
		long := padded(data)
		for _, v := range []Ref{new(kinds).ref(), new(node).ref(), new(groupList).ref()} {
			if err := Decode(long, v, DecodeOptions{Mode: WithPresence}); (err == nil) != ok {
				t.Fatalf("as a long text: %v, but valid is %v", err, ok)
			}
		}
		for _, text := range [][]byte{data, long} {
			compare(t, text, new(groupList), (*groupList).ref)
			compare(t, text, new(node), (*node).ref)
		}
	})
}

// padded is a text that is as long as several slabs.
func padded(data []byte) []byte {
	return append(bytes.Clone(data), bytes.Repeat([]byte{' '}, 2*slabSize)...)
}

// compare compares with encoding/json where nothing deviates.
func compare[T any](t *testing.T, data []byte, v *T, ref func(*T) Ref) {
	deviates := false
	if Decode(data, ref(v), DecodeOptions{Report: func(Deviation) { deviates = true }}) != nil || deviates {
		return
	}
	want := new(T)
	if err := stdjson.Unmarshal(data, want); err != nil {
		return // 1.0 for an integer, and the like
	}
	if !reflect.DeepEqual(v, want) && !hasOffset(data) {
		t.Fatalf("got  %+v\nwant %+v", v, want)
	}
}

// hasOffset: encoding/json may take the local zone for a time with an offset.
func hasOffset(data []byte) bool {
	return bytes.ContainsAny(data, "+") || bytes.Contains(data, []byte(`"create_time"`)) && bytes.Count(data, []byte("-")) > 2
}

// FuzzRoundTrip: a text that is read with presence is written without loss; a value that is written is
// read back the same.
func FuzzRoundTrip(f *testing.F) {
	for _, text := range []string{everyKind, everyUnion, `{"int":"1","string":null,"new":[1,{"a":null}],"strings":["a",1]}`, `{"time":"2020-01-01T00:00:00.50Z","float64":1.50,"bytes":"aGl="}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if !accepts(data) || len(data) == 0 || data[0] != '{' {
			return
		}
		for _, typ := range []int{tKinds, tZoo, tTags} {
			text := marshal(t, recorded(t, string(data), newValue(typ)))
			if !equalJSON(t, text, string(data)) {
				t.Fatalf("read    %s\nwritten %s", data, text)
			}
			// Without the record too, what is written is read back as what writes the same.
			plain, back := newValue(typ), newValue(typ)
			if err := Decode(data, plain, DecodeOptions{}); err != nil {
				t.Fatal(err)
			}
			text = marshal(t, plain)
			if err := Decode([]byte(text), back, DecodeOptions{Mode: Alias}); err != nil {
				t.Fatal(err)
			}
			if again := marshal(t, back); again != text {
				t.Fatalf("%s\nis read and written as\n%s", text, again)
			}
		}
	})
}

// FuzzAppendString: any text is written as encoding/json reads it, and in the shortest way.
func FuzzAppendString(f *testing.F) {
	for _, s := range []string{"", "plain", "\"\\/\b\f\n\r\t\x00\x1f\x7f", "é€😀\u2028", "\xff\xc3(", "12345678\"", "1234567\xe2\x82"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b := AppendString([]byte("x"), s)
		var std string
		if err := stdjson.Unmarshal(b[1:], &std); err != nil || std != strings.ToValidUTF8(s, "\ufffd") && std != string([]rune(s)) {
			t.Fatalf("%q is written as %s: %v", s, b[1:], err)
		}
		var own string
		if err := Decode(b[1:], refAt(ty(tString), pointerTo(&own)), DecodeOptions{Mode: Strict}); err != nil || own != std {
			t.Fatalf("%q is read as %q: %v", s, own, err)
		}
		// What encoding/json writes is read as the same.
		text, _ := stdjson.Marshal(s)
		if err := Decode(text, refAt(ty(tString), pointerTo(&own)), DecodeOptions{}); err != nil || own != std {
			t.Fatalf("%s is read as %q: %v", text, own, err)
		}
		key := Key(s)
		if memberName(key, 1) != std {
			t.Fatalf("the key %q", key)
		}
	})
}

// FuzzWires: what a wire form accepts it writes, and what it writes it accepts.
func FuzzWires(f *testing.F) {
	for _, s := range []string{"", "yes", "no", "1", "-5", "9223372036854775807", "1.5", "1e400", "a,b", "1, 2", "16:05", "2015-12-14T03:34Z", "2015-12-14T03:34:07Z", "0000-01-01T00:00Z", "2020-01-01T00:00:00.5+02:00", "24:00"} {
		f.Add(s, int64(len(s)), 1.5)
	}
	f.Fuzz(func(t *testing.T, s string, n int64, x float64) {
		text := string(AppendString(nil, s))
		if v := new(kinds); Decode([]byte(`{"int":0,"time":`+text+`}`), v.ref(), DecodeOptions{Mode: Strict}) == nil {
			if want, err := time.Parse(time.RFC3339, strings.ToUpper(s)); err != nil || !want.Equal(v.Time) {
				t.Fatalf("%s is read as %v: %v", s, v.Time, err)
			}
		}
		wiresReadWhatTheyWrite[kinds](t, tKinds, text)
		wiresReadWhatTheyWrite[zoo](t, tZoo, text)
		if math.IsNaN(x) || math.IsInf(x, 0) {
			x = 0
		}
		v := &kinds{IntText: int(n), LongText: n, RealText: x, Float64: x, Float32: float32(x), Int64: n, Uint64: uint64(n), CSV: strings.Split(strings.ToValidUTF8(s, "?"), ","), Numbers: []int{int(n), 0},
			Decimal: strconv.FormatInt(n, 10), DayTime: time.Unix(n%(1<<37), 0).UTC(), Time: time.Unix(n%(1<<37), n&0xfffff).UTC(), YesNo: n&1 != 0}
		if math.IsInf(float64(v.Float32), 0) {
			v.Float32 = 0
		}
		if len(v.CSV) == 1 && v.CSV[0] == "" {
			v.CSV = []string{} // the empty text is the empty list
		}
		written := marshal(t, v.ref())
		back := new(kinds)
		if err := Decode([]byte(written), back.ref(), DecodeOptions{Mode: Strict}); err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		back.presence = nil
		if !reflect.DeepEqual(v, back) {
			t.Fatalf("%+v\nis written as %s and read as\n%+v", v, written, back)
		}
	})
}

// wiresReadWhatTheyWrite reads the text as each field of T that is held as something else.
func wiresReadWhatTheyWrite[T any](t *testing.T, typ int, text string) {
	for i, f := range ty(typ).Fields {
		if f.Kind != Wired && f.Kind != Time && f.Kind != Marshaled {
			continue
		}
		v := new(T)
		body := `{"int":0,` + f.Key[1:] + text + `}`
		deviates := false
		if Decode([]byte(body), refAt(ty(typ), pointerTo(v)), DecodeOptions{Report: func(d Deviation) { deviates = deviates || d.Path != "int" }}); deviates {
			if !zero(f.Kind, f.Flags, f.Sub, at(pointerTo(v), f.Off)) {
				t.Fatalf("field %d: %s is refused, and leaves %+v", i, body, v)
			}
			continue
		}
		written := marshal(t, refAt(ty(typ), pointerTo(v)))
		back := new(T)
		if err := Decode([]byte(written), refAt(ty(typ), pointerTo(back)), DecodeOptions{}); err != nil {
			t.Fatal(err)
		}
		if again := marshal(t, refAt(ty(typ), pointerTo(back))); !reflect.DeepEqual(v, back) && (f.Kind != Marshaled || again != written) {
			t.Fatalf("%s is read as %+v, written as %s, read as %+v", body, v, written, back)
		}
	}
}
