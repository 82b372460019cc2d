package plan

import (
	"bufio"
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/filename"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Lock pins published names: each line is a kind, the id of the node in the document, the Go name
// and, for types, the direction. It is committed with the output; nothing it holds is renamed.
type Lock struct {
	entries map[string]LockEntry
	owners  map[string]string // kind and id by the published names of the package level
	used    map[string]LockEntry

	within map[string]*Lock // of further packages, by their names
}

// LockEntry is one pinned name.
type LockEntry struct {
	Kind string // of a further package with its name in front: webhooks.type; type, result, header, values, params, call, method, resource, service, field, param, value, option, code, region, server, serverType
	ID   string
	Name string
	Note string // type: its direction; method: its service; resource: its file; alias: the kind of what was renamed, for a method with its service behind

	Place string // method: where its operation stands; type of a component: a place that uses it
}

// key is the key of an entry: what may be renamed several times has several aliases.
func (e LockEntry) key() string {
	if e.Kind == aliasKind {
		return e.Kind + "\t" + e.ID + "\t" + e.Note + "\t" + e.Name
	}
	return e.Kind + "\t" + e.ID
}

// lockFormat is the version of the file's form. It stands in the first line, which is otherwise the same for all.
const lockFormat = 2

const lockHeader = `# names.lock 2: the published Go names and where in the documents they come from.
# Commit this file. To rename something on purpose, set x-pantograph.name in the document.
`

// lockVersion is the version of the form that the first line of a lock states; the first did not.
func lockVersion(line string) int {
	rest, ok := strings.CutPrefix(line, "# names.lock ")
	version, _, found := strings.Cut(rest, ":")
	if n, err := strconv.Atoi(version); ok && found && err == nil {
		return n
	}
	return 1
}

// NewLock returns an empty lock.
func NewLock() *Lock {
	return &Lock{entries: map[string]LockEntry{}, owners: map[string]string{}, used: map[string]LockEntry{}}
}

// ParseLock reads a lock file.
func ParseLock(file string, data []byte) (*Lock, diag.List) {
	l := NewLock()
	var diags diag.List
	sc := bufio.NewScanner(bytes.NewReader(data))
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		if version := lockVersion(line); version > lockFormat {
			diags.Errorf(model.Pos{File: file, Line: n, Col: 1}, "lock-version", "a newer pantograph wrote these names: their form is %d, and this one knows %d", version, lockFormat)
			diags.Hint("use that version of pantograph, or a later one")
			return l, diags
		}
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) < 3 || len(f) > 5 {
			diags.Errorf(model.Pos{File: file, Line: n, Col: 1}, "lock-syntax", "want kind, id, name and note separated by tabs")
			diags.Hint("restore the file from version control, or delete it to pin all names anew")
			continue
		}
		e := LockEntry{Kind: f[0], ID: readID(f[1]), Name: f[2]}
		if len(f) > 3 {
			e.Note = f[3]
		}
		if len(f) > 4 {
			e.Place = readID(f[4])
		}
		if name := e.Name; !isIdentifier(name) && (e.Kind != "value" || !isIdentifier("V"+name)) { // values follow the name of their type
			diags.Errorf(model.Pos{File: file, Line: n, Col: 1}, "lock-name", "%q is not an exported Go name", e.Name)
			continue
		}
		if e.Kind == "resource" && e.Note != "" && filename.SafeGo(e.Note) != e.Note+".go" {
			diags.Errorf(model.Pos{File: file, Line: n, Col: 1}, "lock-name", "%q is not the name of a Go file", e.Note)
			diags.Hint("restore the file from version control, or leave out the name: it is derived then")
			continue
		}
		of := l
		if pkg, kind, ok := strings.Cut(e.Kind, "."); ok {
			of, e.Kind = l.Within(pkg), kind
		}
		if packageLevel[e.Kind] || e.Kind == aliasKind && packageLevel[e.Note] {
			if other, taken := of.owners[e.Name]; taken {
				diags.Errorf(model.Pos{File: file, Line: n, Col: 1}, "lock-name", "the name %s is also that of %s", e.Name, other[strings.IndexByte(other, '\t')+1:])
				diags.Hint("restore the file from version control, or delete one of the lines")
				continue
			}
			of.owners[e.Name] = e.key()
		}
		if other, twice := of.entries[e.key()]; twice && other != e {
			diags.Errorf(model.Pos{File: file, Line: n, Col: 1}, "lock-name", "%s %s has the name %s already", e.Kind, bounded(e.ID), other.Name)
			diags.Hint("a merge may have left both: keep the line of the branch whose name is published")
			continue
		}
		of.entries[e.key()] = e
	}
	if err := sc.Err(); err != nil {
		diags.Errorf(model.Pos{File: file}, "lock-syntax", "%v", err)
	}
	return l, diags
}

// get returns the pinned entry of a node.
func (l *Lock) get(kind, id string) (LockEntry, bool) {
	e, ok := l.entries[kind+"\t"+id]
	return e, ok
}

// holds reports whether a name of the package level is published for a node other than that of the kind and id.
func (l *Lock) holds(name, key string) bool {
	owner, ok := l.owners[name]
	return ok && owner != key
}

// packageLevel are the kinds of entries whose names are those of the package as they stand.
var packageLevel = map[string]bool{
	"type": true, "params": true, "values": true, "result": true, "header": true, "unknown": true, "decoder": true, "service": true, "serverType": true, "constant": true,
}

// restart forgets what was recorded.
func (l *Lock) restart() { l.used = map[string]LockEntry{} }

// pin records a published name.
func (l *Lock) pin(e LockEntry) { l.used[e.key()] = e }

// Bytes is the lock file for what was pinned in this run.
func (l *Lock) Bytes() []byte {
	lines := l.lines("")
	for name, inner := range l.within {
		lines = append(lines, inner.lines(name+".")...)
	}
	slices.Sort(lines)
	var b bytes.Buffer
	b.WriteString(lockHeader)
	for _, line := range lines {
		fmt.Fprintln(&b, line)
	}
	return b.Bytes()
}

func (l *Lock) lines(prefix string) []string {
	lines := make([]string, 0, len(l.used))
	for _, e := range l.used {
		line := prefix + e.Kind + "\t" + writtenID(e.ID) + "\t" + e.Name
		if e.Note != "" || e.Place != "" {
			line += "\t" + e.Note
		}
		if e.Place != "" {
			line += "\t" + writtenID(e.Place)
		}
		lines = append(lines, line)
	}
	return lines
}

// Within is the part of the lock that pins the names of a further package.
func (l *Lock) Within(name string) *Lock {
	if l.within == nil {
		l.within = map[string]*Lock{}
	}
	if l.within[name] == nil {
		l.within[name] = NewLock()
	}
	return l.within[name]
}

// writtenID keeps an id on its line and in its column.
func writtenID(id string) string {
	if strings.ContainsFunc(id, unicode.IsControl) || strings.HasPrefix(id, `"`) || !utf8.ValidString(id) {
		return strconv.Quote(id)
	}
	return id
}

func readID(text string) string {
	if id, err := strconv.Unquote(text); err == nil && strings.HasPrefix(text, `"`) {
		return id
	}
	return text
}

func isIdentifier(s string) bool {
	for i, r := range s {
		if !(r >= 'A' && r <= 'Z' || i > 0 && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_')) {
			return false
		}
	}
	return s != ""
}
