package rt

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pantograph-go/pantograph/generated/rt/json"
)

// Curl returns the request as a command for a shell: bash, zsh, or any that has the quoting $'…' (POSIX 2024).
// Secrets are masked as in String, so put yours in their place before you run it. Whatever the request
// holds stays within the quotes, and nothing of it moves a terminal's cursor.
//
// A body that is not all known, or that no argument can hold, comes from standard input.
func (d DryRun) Curl() string {
	body, given := d.body(), int64(len(d.Body)) == d.Length
	c := command{words: []string{"curl", "--globoff", "--path-as-is"}}
	switch {
	case d.Method == http.MethodHead:
		c.add("--head")
	case d.Method != http.MethodGet || d.Length != 0:
		c.add("--request", d.Method)
	}
	for _, name := range json.Names(d.Header) {
		for _, value := range d.Header[name] {
			switch {
			case name == "Accept-Encoding":
				c.add("--compressed")
			case secretHeader(name) || slices.Contains(d.secret, name):
				c.add("--header", name+": "+Redacted)
			case value == "":
				c.add("--header", name+";")
			default:
				c.add("--header", name+": "+value)
			}
		}
	}
	if d.Length != 0 && d.Header.Get("Content-Type") == "" {
		c.add("--header", "Content-Type:") // curl would say that it is a form
	}
	switch {
	case d.Length == 0:
	case !given || bytes.IndexByte(body, 0) >= 0:
		c.add("--data-binary", "@-")
	default:
		c.add("--data-raw", string(body))
	}
	c.add("--url", d.url())
	return c.String()
}

// command is a command line.
type command struct{ words []string }

// add adds an option, and what it takes.
func (c *command) add(option string, value ...string) {
	for _, v := range value {
		option += " " + shellQuote(v)
	}
	c.words = append(c.words, option)
}

func (c *command) String() string { return strings.Join(c.words, " ") }

// shellQuote makes one word of a shell of a text. Most stand in single quotes, in which nothing has a meaning but the
// quote that ends them; it is put between two pairs. A text with what cannot be printed is written as $'…', with
// all escaped that means something there: quotes too, so that a shell without this quoting takes it for a word as well.
func shellQuote(s string) string {
	if printable(s) {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	b := []byte("$'")
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\\' || r == '\'' || r == utf8.RuneError && n == 1 || !unicode.IsPrint(r):
			for i := range n {
				// Three digits, since the digits of \x would go on with what follows.
				b = append(append(b, '\\'), octal(s[i])...)
			}
		default:
			b = append(b, s[:n]...)
		}
		s = s[n:]
	}
	return string(append(b, '\''))
}

func octal(c byte) string {
	s := strconv.FormatUint(uint64(c), 8)
	return "000"[len(s):] + s
}

// printable reports whether a text is one that a terminal shows as it is, on several lines at most.
func printable(s string) bool {
	for i, r := range s {
		if r == '\n' {
			continue
		}
		if !unicode.IsPrint(r) {
			return false
		}
		if _, n := utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError && n == 1 {
			return false
		}
	}
	return true
}
