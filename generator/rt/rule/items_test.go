package rule

import (
	"slices"
	"testing"
	"time"
)

// item is what lists hold; the text decides, in whatever type it is looked at.
type item struct{ text string }

func (i item) key() string    { return i.text }
func (i item) octets() []byte { return []byte(i.text) }
func (i item) set() bool      { return i.text > "m" }
func (i item) at() time.Time {
	zone := time.FixedZone("", len(i.text)*3600) // one time is the same in every zone
	return time.Unix(int64(i.text[0]), 0).In(zone)
}

func items(texts ...string) []item {
	out := make([]item, len(texts))
	for i, s := range texts {
		out[i] = item{s}
	}
	return out
}

func TestKeysOfItemsAreComparedLikeItems(t *testing.T) {
	long := make([]string, 3*few)
	for i := range long {
		long[i] = string(rune('!' + i))
	}
	for _, list := range [][]string{nil, {"a"}, {"a", "b"}, {"b", "a"}, {"a", "a"}, {"a", "b", "a"}, {"z", "a"}, {"a", "z", "z"}, long, append(slices.Clone(long), "!")} {
		of := items(list...)
		unique, sorted := Unique(list), Sorted(list)
		keys, octets, times, sets := Map(of, item.key), Map(of, item.octets), Map(of, item.at), Map(of, item.set)
		if !slices.Equal(keys, list) {
			t.Fatal(keys)
		}
		for name, got := range map[string]bool{
			"UniqueBy": UniqueBy(of, item.key), "UniqueBytes": UniqueBytes(octets), "UniqueBytesBy": UniqueBytesBy(of, item.octets), "UniqueFunc": UniqueFunc(list, func(a, b string) bool { return a == b }),
			"UniqueTimes": UniqueTimes(times), "UniqueTimesBy": UniqueTimesBy(of, item.at),
			"UniqueByAt": UniqueByAt(len(of), func(i int) string { return of[i].text }), "UniqueBytesByAt": UniqueBytesByAt(len(of), func(i int) []byte { return octets[i] }),
			"UniqueTimesByAt": UniqueTimesByAt(len(of), func(i int) time.Time { return times[i] }), "UniqueFuncAt": UniqueFuncAt(len(of), func(a, b int) bool { return of[a] == of[b] }),
		} {
			if got != unique {
				t.Errorf("%s of %q: %v", name, list, got)
			}
		}
		for name, got := range map[string]bool{
			"SortedBy": SortedBy(of, item.key), "SortedBytes": SortedBytes(octets), "SortedBytesBy": SortedBytesBy(of, item.octets),
			"SortedTimes": SortedTimes(times), "SortedTimesBy": SortedTimesBy(of, item.at),
			"SortedByAt": SortedByAt(len(of), func(i int) string { return of[i].text }), "SortedBytesByAt": SortedBytesByAt(len(of), func(i int) []byte { return octets[i] }),
			"SortedTimesByAt": SortedTimesByAt(len(of), func(i int) time.Time { return times[i] }),
		} {
			if got != sorted {
				t.Errorf("%s of %q: %v", name, list, got)
			}
		}
		falls := slices.Contains(list, "z") && list[len(list)-1] == "a"
		if SortedBools(sets) == falls || SortedBoolsBy(of, item.set) == falls || SortedBoolsByAt(len(of), func(i int) bool { return sets[i] }) == falls {
			t.Errorf("SortedBools of %q", list)
		}
	}
}

func TestItemsAreCounted(t *testing.T) {
	is := func(s string) bool { return s == "a" }
	m := map[string]int{"a": 1, "b": 2}
	if Count([]string{"a", "b", "a"}, is) != 2 || CountKeys(m, is) != 1 || !AnyKey(m, is) || AnyKey(map[string]int{"b": 1}, is) || !slices.Equal(Filter([]string{"a", "b", "a"}, is), []string{"a", "a"}) {
		t.Error("counts")
	}
	of := items("a", "b", "a")
	isAt := func(i int) bool { return of[i].text == "a" }
	if CountAt(3, isAt) != 2 || !AnyAt(3, isAt) || AnyAt(3, func(i int) bool { return of[i].text == "c" }) || AnyAt(0, isAt) || !slices.Equal(FilterAt(of, isAt), []item{{"a"}, {"a"}}) ||
		!slices.Equal(MapAt(3, func(i int) string { return of[i].text }), []string{"a", "b", "a"}) {
		t.Error("counts by places")
	}
}

func TestItemsByTheirPlacesTakeNoMemory(t *testing.T) {
	of := items("a", "b", "c")
	n := testing.AllocsPerRun(10, func() {
		key := func(i int) string { return of[i].text }
		ends := func(i int) (string, bool) { return of[i].text, true }
		if !UniqueByAt(len(of), key) || !SortedByAt(len(of), key) || !UniqueFuncAt(len(of), func(a, b int) bool { return of[a] == of[b] }) ||
			!AnyAt(len(of), func(i int) bool { return of[i].text == "b" }) || CountAt(len(of), func(i int) bool { return of[i].text > "a" }) != 2 || !DisjointAt(len(of), ends, ends) {
			t.Error("wrong")
		}
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestWhatIsNullIsNotGiven(t *testing.T) {
	for text, want := range map[string]bool{"": false, "null": false, " \n null": false, "0": true, "  {}": true, `"null"`: true} {
		if Given([]byte(text)) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}
