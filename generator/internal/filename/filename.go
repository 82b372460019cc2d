// Package filename knows which names of files mean the same on every system, and to the Go tools.
package filename

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// MaxLength is the longest element of a path that we write, in bytes.
const MaxLength = 200

// SafeGo returns a name for a Go file, with .go, that means the same on every system: lower
// case letters, digits and underscores; no prefix that hides it from the Go tools; no suffix that
// makes it a test or ties it to a platform; not the name of a Windows device. Different bases may
// give one name: the caller sees to that.
func SafeGo(base string) string {
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
	if limit := MaxLength - len("_.go"); len(name) > limit {
		sum := sha256.Sum256([]byte(base))
		name = name[:limit-9] + "_" + hex.EncodeToString(sum[:4])
	}
	if Constrained(name) || Device(name) {
		name += "_"
	}
	return name + ".go"
}

// Portable reports whether a character of a file name means itself everywhere.
func Portable(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return true
	}
	return strings.ContainsRune("._-+", r)
}

// Device reports whether Windows takes a name for a device, whatever its extension.
func Device(name string) bool {
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

// Constrained reports whether the Go tools read a build constraint, or a test, into the name of a
// Go file (given without .go).
func Constrained(name string) bool {
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
