package diag

import "strings"

// Nearest returns the candidate most like name, or "" when none is like it at all.
func Nearest(name string, candidates []string) string {
	if len(name) > 100 {
		return ""
	}
	best, least := "", 2+len(name)/4
	for _, c := range candidates {
		d := distance(strings.ToLower(name), strings.ToLower(c), least)
		if min(len(name), len(c)) > 3 && (strings.HasPrefix(c, name) || strings.HasPrefix(name, c)) {
			d = min(d, 1)
		}
		if d < least && d < max(len(name), len(c)) {
			best, least = c, d
		}
	}
	return best
}

// distance is the number of edits between two words: a letter more, less or other, or two exchanged. From
// enough on, it is enough.
func distance(a, b string, enough int) int {
	if len(a)-len(b) >= enough || len(b)-len(a) >= enough {
		return enough
	}
	before, above, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before, above, row = above, row, before
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(row[j]+1, above[j+1]+1, above[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
