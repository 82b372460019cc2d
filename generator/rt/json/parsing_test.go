package json

import (
	stdjson "encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// Each text of testdata/parsing.txt is accepted or refused as it says: alone, by every type and mode, and inside an array, as
// the value of a member that the type does not have, and as that of one it has.
func TestParsing(t *testing.T) {
	data, err := os.ReadFile("testdata/parsing.txt")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if line[0] == '#' {
			continue
		}
		text, err := strconv.Unquote(line[2:])
		if err != nil {
			t.Fatalf("line %d: %v", i+1, err)
		}
		want := line[0] == 'y'
		if std := stdjson.Valid([]byte(text)) && utf8.ValidString(text); std != want {
			t.Errorf("line %d: encoding/json says %v", i+1, std)
		}
		for _, around := range [][2]string{{"", ""}, {"[", "]"}, {`{"nobody knows this":`, "}"}, {`{"Any":`, "}"}, {`{"scaling_groups":[{"networks":`, "}]}"}, {`{"children":[{"name":`, "}]}"}} {
			whole := []byte(around[0] + text + around[1])
			wanted := want
			if around[0] != "" && !want { // two values in an array are what one text may be
				wanted = stdjson.Valid(whole) && utf8.Valid(whole)
			}
			if err := Valid(whole); (err == nil) != wanted {
				t.Errorf("line %d: %q: %v", i+1, whole, err)
			}
			for mode := range Mode(16) {
				for _, v := range []Ref{new(kinds).ref(), new(node).ref(), new(groupList).ref(), new(zoo).ref(), new(keeper).ref()} {
					err := Decode(whole, v, DecodeOptions{Mode: mode &^ Strict})
					if (err == nil) != wanted {
						t.Errorf("line %d: %q as %s, mode %d: %v", i+1, whole, v.Type.Name, mode, err)
					}
				}
			}
		}
	}
}
