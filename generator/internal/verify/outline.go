package verify

import "bytes"

// outline is what of a runtime package that is not ours others can tell: of its functions, which nobody looks into, it has no bodies, and
// those that are not exported it has where a declaration names them. To parse and check all of them took a third of the time
// for a small document. What it finds are the forms that gofmt gives to functions; all that stays is on the line it was.
type outline struct {
	files  [][]byte
	hidden []hidden
}

// hidden is a function that is not exported: a part of a file.
type hidden struct {
	name             string
	file, start, end int
}

// outlines fills in what of the files of a runtime package is looked at.
func outlines(files []*file) {
	var o outline
	for _, f := range files {
		o.add(f.Bytes)
	}
	o.leaveOut()
	for i, f := range files {
		f.outline = o.files[i]
	}
}

// add adds a file without the bodies of its functions, and without lines of comment.
func (o *outline) add(source []byte) {
	out := make([]byte, 0, len(source)/2)
	inside, open := false, -1 // open: the hidden function that we are inside of
	for line := range bytes.Lines(source) {
		switch {
		case inside && !bytes.HasPrefix(line, []byte("}")):
			out = append(out, '\n')
			continue
		case !inside && bytes.HasPrefix(bytes.TrimLeft(line, "\t"), []byte("//")):
			out = append(out, '\n')
			continue
		case !inside && bytes.HasPrefix(line, []byte("func ")):
			inside = begins(line)
			if name := hiddenName(line); name != "" && (inside || bytes.HasSuffix(line, []byte("}\n"))) {
				o.hidden = append(o.hidden, hidden{name, len(o.files), len(out), len(out) + len(line)})
				if inside {
					open = len(o.hidden) - 1
				}
			}
			out = append(out, line...)
			continue
		}
		out = append(out, line...)
		if inside && open >= 0 {
			o.hidden[open].end = len(out)
		}
		inside, open = false, -1
	}
	o.files = append(o.files, out)
}

// begins reports whether a body begins at the end of a line, and not an interface among the parameters.
func begins(line []byte) bool {
	closed := func(open, end string) bool { return bytes.Count(line, []byte(open)) == bytes.Count(line, []byte(end)) }
	return bytes.HasPrefix(line, []byte("func ")) && bytes.HasSuffix(line, []byte(" {\n")) && closed("(", ")") && closed("[", "]")
}

// hiddenName is the name of a function or method, where that is not exported.
func hiddenName(line []byte) string {
	rest := line[len("func "):]
	if rest[0] == '(' {
		_, after, found := bytes.Cut(rest, []byte(") "))
		if !found {
			return ""
		}
		rest = after
	}
	name := word(rest)
	if len(name) == 0 || 'A' <= name[0] && name[0] <= 'Z' {
		return ""
	}
	return string(name)
}

// leaveOut blanks the hidden functions that nothing else names: neither a type, as a method of an interface, nor a variable.
func (o *outline) leaveOut() {
	named := make(map[string]bool, len(o.hidden))
	for _, h := range o.hidden {
		named[h.name] = false
	}
	next := 0
	for i, text := range o.files {
		at := 0
		for ; next < len(o.hidden) && o.hidden[next].file == i; next++ {
			note(named, text[at:o.hidden[next].start])
			at = o.hidden[next].end
		}
		note(named, text[at:])
	}
	for _, h := range o.hidden {
		if !named[h.name] {
			blank(o.files[h.file][h.start:h.end])
		}
	}
}

// note marks the words of a text that are keys.
func note(named map[string]bool, text []byte) {
	for len(text) > 0 {
		if w := word(text); len(w) > 0 {
			if seen, key := named[string(w)]; key && !seen {
				named[string(w)] = true
			}
			text = text[len(w):]
		} else {
			text = text[1:]
		}
	}
}

// blank leaves nothing but the ends of lines.
func blank(text []byte) {
	for i, b := range text {
		if b != '\n' {
			text[i] = ' '
		}
	}
}
