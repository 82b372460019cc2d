package write

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// maxName is the longest element of a path that we write, in bytes.
const maxName = 200

// SafeGoFileName returns a name for a Go file, with .go, that means the same on every system: lower
// case letters, digits and underscores; no prefix that hides it from the Go tools; no suffix that
// makes it a test or ties it to a platform; not the name of a Windows device. Different bases may
// give one name: the caller sees to that.
func SafeGoFileName(base string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r - 'A' + 'a'
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		}
		return '_'
	}, base)
	name = strings.TrimLeft(name, "_")
	if name == "" {
		name = "file"
	}
	if limit := maxName - len("_.go"); len(name) > limit {
		sum := sha256.Sum256([]byte(base))
		name = name[:limit-9] + "_" + hex.EncodeToString(sum[:4])
	}
	if constrained(name) || device(name) {
		name += "_"
	}
	return name + ".go"
}

// checkNames refuses planned files that cannot or must not be written under their name.
func checkNames(req Request) diag.List {
	var list diag.List
	folded := make(map[string]string) // by lower-cased path: a path, or a directory with a slash behind
	for _, f := range planned(req, manifest{}) {
		pos := model.Pos{File: f.Path}
		if err := checkPath(f.Path); err != nil {
			list.Errorf(pos, "output-name", "a file of this name cannot be written: %v", err)
			continue
		}
		base, isGo := strings.CutSuffix(path.Base(f.Path), ".go")
		switch {
		case isGo && strings.HasPrefix(base, "_"), strings.HasPrefix(path.Base(f.Path), "."):
			list.Errorf(pos, "output-name", "the Go tools pass over a file of this name")
		case isGo && constrained(base) && !f.Constrained:
			list.Errorf(pos, "output-name", "the Go tools take a file of this name for a test, or for one of a single platform")
		}
		if other, taken := taken(folded, f.Path); taken {
			list.Errorf(pos, "output-name", "on some systems this is the same name as %s", other)
		}
	}
	return list
}

// taken enters a path and its directories into folded, and reports a path or directory that is
// already there under another spelling or as the other sort of thing.
func taken(folded map[string]string, name string) (string, bool) {
	enter := func(entry string) (string, bool) {
		key := strings.ToLower(strings.TrimSuffix(entry, "/"))
		if other, ok := folded[key]; ok && (other != entry || !strings.HasSuffix(entry, "/")) {
			return other, true
		}
		folded[key] = entry
		return "", false
	}
	for i := range len(name) {
		if name[i] == '/' {
			if other, taken := enter(name[:i+1]); taken {
				return other, true
			}
		}
	}
	return enter(name)
}

// checkPath refuses paths that lead out of the output directory or mean different things on
// different systems.
func checkPath(name string) error {
	if name == "" || path.Clean(name) != name || path.IsAbs(name) {
		return errors.New("it is not a clean relative path")
	}
	for elem := range strings.SplitSeq(name, "/") {
		switch {
		case elem == "." || elem == "..":
			return errors.New("it leads out of the output directory")
		case len(elem) > maxName:
			return errors.New("it is too long")
		case strings.ContainsFunc(elem, func(r rune) bool { return !portable(r) }):
			return errors.New("it holds a character that is not portable")
		case strings.HasSuffix(elem, "."):
			return errors.New("a dot at its end is dropped on Windows")
		case device(elem):
			return errors.New("it names a device on Windows")
		case elem == stagingName:
			return errors.New("it is the name of our own staging directory")
		}
	}
	return nil
}

// portable reports whether a character of a file name means itself everywhere.
func portable(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return true
	}
	return strings.ContainsRune("._-+", r)
}

// device reports whether Windows takes a name for a device, whatever its extension.
func device(name string) bool {
	name, _, _ = strings.Cut(strings.ToLower(name), ".")
	switch name {
	case "con", "prn", "aux", "nul":
		return true
	}
	number, isPort := strings.CutPrefix(name, "com")
	if !isPort {
		number, isPort = strings.CutPrefix(name, "lpt")
	}
	return isPort && len(number) == 1 && '0' <= number[0] && number[0] <= '9'
}

// constrained reports whether the Go tools read a build constraint, or a test, into the name of a
// Go file (given without .go).
func constrained(name string) bool {
	_, rest, found := strings.Cut(name, "_")
	if !found {
		return false
	}
	last := rest[strings.LastIndexByte(rest, '_')+1:]
	return last == "test" || slices.Contains(platforms[:], last)
}

// platforms are the systems and architectures that the Go tools know, past, present and reserved.
var platforms = [...]string{
	"aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl",
	"netbsd", "openbsd", "plan9", "solaris", "wasip1", "windows", "zos",
	"386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "loong64", "mips", "mipsle", "mips64",
	"mips64le", "mips64p32", "mips64p32le", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390", "s390x",
	"sparc", "sparc64", "wasm",
}
