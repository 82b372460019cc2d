package plan

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// LockChange is what would become of a line of the lock.
type LockChange struct {
	Line int // in the old lock; of a new line, the one it comes before
	Text string
}

// ExplainLock says what is different in a lock, line by line: what is new, gone, called otherwise, or somewhere else.
func ExplainLock(old, now []byte) []LockChange {
	before, after := lockLines(old), lockLines(now)
	at := map[string]int{}
	for i, line := range before {
		at[line.id] = i
	}
	next := map[string]lockLine{}
	moved := map[string]lockLine{} // new lines by what stays when a node moves: kind and name
	for _, line := range after {
		next[line.id] = line
		if _, known := at[line.id]; !known {
			moved[line.kind+"\t"+line.name] = line
		}
	}
	var out []LockChange
	came := map[string]bool{}
	for _, line := range before {
		to, stays := next[line.id]
		text := ""
		switch m, ok := moved[line.kind+"\t"+line.name]; {
		case !stays && ok:
			came[m.id] = true
			text = fmt.Sprintf("the %s %s moves from %s to %s", line.kind, line.name, line.node, m.node)
		case !stays && line.kind == aliasKind:
			text = fmt.Sprintf("the former name %s of %s is given up", line.name, line.node)
		case !stays:
			text = fmt.Sprintf("the %s %s is gone, with %s", line.kind, line.name, line.node)
		case to.name != line.name:
			text = fmt.Sprintf("the %s %s of %s is called %s", line.kind, line.name, line.node, to.name)
		case to.rest != line.rest:
			text = fmt.Sprintf("the %s %s is now: %s; it was: %s", line.kind, line.name, furtherWords(to.rest), furtherWords(line.rest))
		default:
			continue
		}
		out = append(out, LockChange{line.number, text})
	}
	for _, line := range after {
		if _, known := at[line.id]; known || came[line.id] {
			continue
		}
		text := fmt.Sprintf("the %s %s of %s is new", line.kind, line.name, line.node)
		if line.kind == aliasKind {
			text = fmt.Sprintf("the former name %s of %s is kept", line.name, line.node)
		}
		i, _ := slices.BinarySearchFunc(before, line.text, func(l lockLine, text string) int { return strings.Compare(l.text, text) })
		number := 1
		if i < len(before) {
			number = before[i].number
		} else if i > 0 {
			number = before[i-1].number
		}
		out = append(out, LockChange{number, text})
	}
	slices.SortStableFunc(out, func(a, b LockChange) int { return cmp.Compare(a.Line, b.Line) })
	return out
}

// lockLine is a line of a lock in its parts.
type lockLine struct {
	number                           int
	text, id, kind, node, name, rest string
}

func lockLines(data []byte) []lockLine {
	var out []lockLine
	number := 0
	for raw := range bytes.Lines(data) {
		number++
		text := strings.TrimRight(string(raw), "\r\n")
		f := strings.SplitN(text, "\t", 4)
		if strings.HasPrefix(text, "#") || len(f) < 3 {
			continue
		}
		line := lockLine{number: number, text: text, kind: f[0], node: f[1], name: f[2], id: f[0] + "\t" + f[1]}
		if len(f) > 3 {
			line.rest = f[3]
		}
		if line.kind == aliasKind { // a node may have had several names
			line.id = text
		}
		out = append(out, line)
	}
	return out
}

// furtherWords is what a line says besides the name, in words.
func furtherWords(rest string) string {
	if rest == "" {
		return "nothing more"
	}
	return strings.ReplaceAll(rest, "\t", ", at ")
}
