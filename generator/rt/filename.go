package rt

import (
	"mime"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxFileName is the longest name of a file that is suggested, in bytes.
const maxFileName = 200

// suggestedName is the file name that a Content-Disposition header suggests, made safe; empty when there
// is none.
func suggestedName(disposition string) string {
	if disposition == "" {
		return ""
	}
	_, params, err := mime.ParseMediaType(disposition)
	name := params["filename"]
	if err != nil || name == "" {
		name = looseName(disposition)
	}
	return safeName(name)
}

// looseName finds the name in a header that is not well formed: filename=annual report.pdf.
func looseName(disposition string) string {
	for part := range strings.SplitSeq(disposition, ";") {
		key, value, ok := strings.Cut(part, "=")
		if ok && strings.EqualFold(strings.TrimSpace(key), "filename") {
			return strings.Trim(strings.TrimSpace(value), `"`)
		}
	}
	return ""
}

// safeName makes a name that names a file in the folder where it is used, on every system: the last element
// of a path, without characters that are special anywhere, no device, not hidden, bounded.
func safeName(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, strings.ContainsRune(`<>:"|?*`, r), unicode.IsControl(r):
			return '_'
		case !unicode.IsPrint(r): // bidi marks, and whatever shows as nothing
			return -1
		}
		return r
	}, name)
	name = strings.TrimRight(strings.TrimLeft(name, ". "), ". ")
	if len(name) > maxFileName {
		stem, extension := name, ""
		if i := strings.LastIndexByte(name, '.'); i > 0 && len(name)-i <= 16 {
			stem, extension = name[:i], name[i:]
		}
		cut := maxFileName - len(extension)
		for !utf8.RuneStart(stem[cut]) {
			cut--
		}
		name = strings.TrimRight(stem[:cut], ". ") + extension
	}
	if device(name) {
		name = "_" + name
	}
	return name
}

// device reports whether Windows takes a name for a device, whatever its extension.
func device(name string) bool {
	name, _, _ = strings.Cut(strings.ToLower(name), ".")
	switch name = strings.TrimRight(name, " "); name {
	case "con", "prn", "aux", "nul", "conin$", "conout$":
		return true
	}
	number, ok := strings.CutPrefix(name, "com")
	if !ok {
		number, ok = strings.CutPrefix(name, "lpt")
	}
	return ok && utf8.RuneCountInString(number) == 1 && strings.ContainsAny(number, "0123456789¹²³")
}
