package diff

import (
	"cmp"
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/exp/apidiff"
)

// Packages are the packages of one output by the directory they are in; "" is the output itself.
type Packages struct {
	Fset  *token.FileSet
	Types map[string]*types.Package
}

// Go compares the exported Go API of two outputs.
func Go(old, now Packages) []GoChange {
	var out []GoChange
	dirs := slices.Sorted(maps.Keys(old.Types))
	for dir := range now.Types {
		if old.Types[dir] == nil {
			dirs = append(dirs, dir)
		}
	}
	slices.Sort(dirs)
	for _, dir := range dirs {
		a, b := old.Types[dir], now.Types[dir]
		switch {
		case a == nil:
			out = append(out, GoChange{Package: dir, Level: Minor, Text: "package " + b.Name() + ": added"})
		case b == nil:
			out = append(out, GoChange{Package: dir, Level: Major, Text: "package " + a.Name() + ": removed"})
		default:
			for _, c := range apidiff.Changes(a, b).Changes {
				level := Major
				if c.Compatible {
					level = Minor
				}
				out = append(out, GoChange{Package: dir, Level: level, Text: c.Message, Old: old.place(a, c.Message), New: now.place(b, c.Message)})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b GoChange) int { return cmp.Compare(b.Level, a.Level) })
	return out
}

// symbol is what the message of a change begins with: Pet.Name, (*PetsService).List.
var symbol = regexp.MustCompile(`^\(?\*?(\w+)\)?(?:\.(\w+))?`)

// place is where the object stands that a message is about.
func (p Packages) place(pkg *types.Package, message string) string {
	m := symbol.FindStringSubmatch(message)
	if m == nil {
		return ""
	}
	obj := pkg.Scope().Lookup(m[1])
	if obj == nil {
		return ""
	}
	if m[2] != "" {
		inner, _, _ := types.LookupFieldOrMethod(obj.Type(), true, pkg, m[2])
		if inner == nil {
			return ""
		}
		obj = inner
	}
	at := p.Fset.Position(obj.Pos())
	if !at.IsValid() {
		return ""
	}
	return fmt.Sprintf("%s:%d", filepath.ToSlash(at.Filename), at.Line)
}

// sides are the parts of what is said about something that is another now: what it is, and what it was and is.
func (c GoChange) sides() (what, before, after string) {
	what, rest, changed := strings.Cut(c.Text, ": changed from ")
	if before, after, ok := strings.Cut(rest, " to "); changed && ok {
		return what, before, after
	}
	return c.Text, "", ""
}
