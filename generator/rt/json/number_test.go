package json

import (
	stdjson "encoding/json"
	"errors"
	"strconv"
	"testing"
)

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		n       Number
		valid   bool
		integer string // what Int64 gives; empty for an error
		natural string // what Uint64 gives
		float   string // what Float64 gives
	}{
		{"", true, "0", "0", "0"},
		{"0", true, "0", "0", "0"},
		{"-0", true, "0", "0", "-0"},
		{"-12", true, "-12", "", "-12"},
		{"1.0", true, "1", "1", "1"},
		{"1e2", true, "100", "100", "100"},
		{"1.5", true, "", "", "1.5"},
		{"9223372036854775807", true, "9223372036854775807", "9223372036854775807", "9.223372036854775807e+18"},
		{"-9223372036854775808", true, "-9223372036854775808", "", "-9.223372036854775807e+18"},
		{"9223372036854775808", true, "", "9223372036854775808", "9.223372036854775807e+18"},
		{"18446744073709551615", true, "", "18446744073709551615", "1.8446744073709551615e+19"},
		{"18446744073709551616", true, "", "", "18446744073709551616"},
		{"1e400", true, "", "", ""},
		{"0x10", false, "", "", ""}, {"01", false, "", "", ""}, {"+1", false, "", "", ""}, {"1 ", false, "", "", ""}, {"NaN", false, "", "", ""}, {"-", false, "", "", ""}, {"1,2", false, "", "", ""},
	} {
		if c.n.IsValid() != c.valid {
			t.Errorf("%q: valid is %v", c.n, c.n.IsValid())
		}
		i, err := c.n.Int64()
		if want, _ := strconv.ParseInt(c.integer, 10, 64); i != want || (err == nil) != (c.integer != "") {
			t.Errorf("%q: Int64 gives %d, %v", c.n, i, err)
		}
		u, err := c.n.Uint64()
		if want, _ := strconv.ParseUint(c.natural, 10, 64); u != want || (err == nil) != (c.natural != "") {
			t.Errorf("%q: Uint64 gives %d, %v", c.n, u, err)
		}
		f, err := c.n.Float64()
		if want, _ := strconv.ParseFloat(c.float, 64); (err == nil) != (c.float != "") || err == nil && f != want {
			t.Errorf("%q: Float64 gives %v, %v", c.n, f, err)
		}
		text, err := stdjson.Marshal(c.n)
		if (err == nil) != c.valid || c.valid && string(text) != c.n.String() {
			t.Errorf("%q: encoding/json writes %s, %v", c.n, text, err)
		}

		// The codec writes the same, and refuses the same.
		v := kinds{Decimal: string(c.n)}
		_, err = Marshal(v.ref())
		var bad *ValueError
		if c.valid && err != nil || !c.valid && (!errors.As(err, &bad) || bad.Member != "decimal") {
			t.Errorf("%q: %v", c.n, err)
		}
	}
	if n := IntNumber(-7); n != "-7" {
		t.Errorf("got %s", n)
	}
	var n Number
	if err := stdjson.Unmarshal([]byte(`12345678901234567890.10`), &n); err != nil || n != "12345678901234567890.10" {
		t.Errorf("%s %v", n, err)
	}
	if err := stdjson.Unmarshal([]byte(`"1"`), &n); err == nil {
		t.Error("a string is a number")
	}
	if err := stdjson.Unmarshal([]byte(`null`), &n); err != nil || n != "12345678901234567890.10" {
		t.Errorf("%s %v", n, err)
	}
}
