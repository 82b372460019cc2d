package jenx_test

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/dave/jennifer/jen"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
)

// printed is the source of a file with c in front of a declaration, before and after gofmt.
func printed(t testing.TB, c jen.Code) (raw, formatted string) {
	t.Helper()
	f := jen.NewFile("p")
	f.NoFormat = true
	f.Add(c)
	f.Type().Id("T").Int()
	var b strings.Builder
	require.NoError(t, f.Render(&b))
	out, err := format.Source([]byte(b.String()))
	require.NoError(t, err, b.String())
	return b.String(), string(out)
}

// commented is the comment that text becomes, formatted.
func commented(t testing.TB, text ...string) string {
	t.Helper()
	_, out := printed(t, jenx.Comment(text...))
	out = strings.TrimPrefix(out, "package p\n\n")
	return strings.TrimSuffix(out, "type T int\n")
}

func TestComment(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("word ", 30))
	cases := []struct {
		name string
		text []string
		want string
	}{
		{"nothing", []string{""}, ""},
		{"white space", []string{" \n\t\n"}, ""},
		{"one line", []string{"A thing."}, "// A thing.\n"},
		{"paragraphs", []string{"One.\n\n\nTwo.", "Three."}, "// One.\n//\n// Two.\n//\n// Three.\n"},
		{"lines are joined", []string{"One\ntwo\r\nthree"}, "// One two three\n"},
		{"wrapped", []string{long}, "// " + long[:99] + "\n// " + long[100:] + "\n"},
		{"a list", []string{"These:\n- one\n* two\n  more\n• three"}, "// These:\n//\n//   - one\n//   - two more\n//   - three\n"},
		{"numbers", []string{"Steps:\n1. one\n   more\n2) two\n\n10. ten"}, "// Steps:\n//\n//  1. one more\n//  2. two\n//  10. ten\n"},
		{"a year is no item", []string{"Since\n2019. Not before."}, "// Since 2019. Not before.\n"},
		{"no heading", []string{"# Heading"}, "// Heading\n"},
		{"headings", []string{"One\n## Heading ##\ntwo #3\n#4\n\nThree\n=====\nfour\n\n***\n\nfive"}, "// One\n//\n// # Heading\n//\n// two #3 #4\n//\n// # Three\n//\n// four\n//\n// five\n"},
		{"code", []string{"So:\n```js\n\nif (a) {\n\t//go:build x\n\n\n  *b*\n}\n```\nor\n  ~~~\n  +build c\n  ```"}, "// So:\n//\n//\tif (a) {\n//\t    //go:build x\n//\n//\n//\t  *b*\n//\t}\n//\n// or\n//\n//\t```\n//\t+ build c\n//\t```\n//\t```\n"},
		{"code in a list", []string{"- one\n\n- two\n  ```\n  x\n  ```\n- three\n\nend\n- four"}, "// - one\n//\n// - two\n//\n//\tx\n//\n// - three\n//\n// end\n//\n//   - four\n"},
		{"code of nothing", []string{"a\n```\n\u00a0\n\u2003\n```"}, "// a\n"},
		{"a table", []string{"As:\n| a | b |\n|---|---|\n| 1 | 2 |\n\nend"}, "// As:\n//\n//\t| a | b |\n//\t|---|---|\n//\t| 1 | 2 |\n//\n// end\n"},
		{"quotations", []string{"One\n> [!NOTE]\n> Do not.\n>\n> Never.\n\n> two\nthree\n\n> 0 and\n>= 1"}, "// One\n//\n// Note: Do not.\n//\n// Never.\n//\n// two three\n//\n// > 0 and >= 1\n"},
		{"emphasis", []string{"**Note:** a **b c** `**d**` **/x** 2 ** 3, ***e***"}, "// Note: a b c `**d**` /x 2 ** 3, e\n"},
		{"links", []string{"See [the\npage](https://a.example/p \"P\"), [the page](https://a.example/p), [the page](https://b.example), <https://c.example>, [https://d.example](https://d.example), [below](#x), [there](/y), `[code](https://e.example)`."}, "// See [the page], [the page], the page (https://b.example), https://c.example, https://d.example,\n// below, there (/y), `[code](https://e.example)`.\n//\n// [the page]: https://a.example/p\n"},
		{"links of two paragraphs", []string{"[a](https://a.example)", "[b](https://b.example)"}, "// [a]\n//\n// [b]\n//\n// [a]: https://a.example\n// [b]: https://b.example\n"},
		{"HTML", []string{"<p>One<br/>two &lt;b&gt; <i>three</i></p><ul><li>four</li><li><code>five</code></li></ul><a class='x' href=\"https://a.example\">six</a> `<p>&amp;` <id> <b>"}, "// One two <b> three\n//\n//   - four\n//   - `five`\n//\n// [six] `<p>&amp;` <id> <b>\n//\n// [six]: https://a.example\n"},
		{"ends a comment", []string{"*/ func init() {}"}, "// */ func init() {}\n"},
		{"directive", []string{"go:build ignore", "//go:build ignore", "+build ignore"}, "// go:build ignore\n//\n// //go:build ignore\n//\n// + build ignore\n"},
		{"line ends", []string{"a\rb\u0085c\u2028d\u2029e\ff\vg"}, "// a b c d e f g\n"},
		{"control and bidi", []string{"a\x00b\u202ec\u2066\ufeffd\xff"}, "// abcd\n"},
		{"preformatted", []string{"Sends.", jenx.Code("GET /x\n//go:build y")}, "// Sends.\n//\n//\tGET /x//go:build y\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, commented(t, c.text...)) })
	}
}

var directive = regexp.MustCompile(`(?m)^//(go:|line |export |extern |\s*\+build)`)

func FuzzComment(f *testing.F) {
	for _, s := range []string{
		"A thing.", "a\nb", "- a\n- b\n  c\n\nd", "# x", "*/", "//go:build x", "+build x", "a\u2028b", "\t//go:x", "[a]: http://x\n\nb", "Deprecated: x", "  1. a\n  2. b",
		"a\n\tb", strings.Repeat("w ", 100) + "- x", strings.Repeat("w ", 50) + "+build", "``quoted''", "-\n-", "- ", "* * *", "a\n---\nb", "\xff\xfe", "• x", "1) a\n2) b", "```\n- a\n```\n- b\n```\n+build c", "> [!NOTE]\n> a", "|a|\n- b", "[a](http://b) **c** `**`", "[a``](http://b)", "<pre>+build</pre><li>a<a href=\"http://b\">c</a>", "&#10;+build", "[[a]](http://b)", "```\n\u00a0\n```",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		raw, out := printed(t, jenx.Comment(s))
		for _, text := range []string{raw, out} {
			for line := range strings.Lines(text) {
				if line = strings.TrimSpace(line); line != "" && line != "package p" && line != "type T int" && !strings.HasPrefix(line, "//") {
					t.Fatalf("%q is no comment, in\n%s", line, text)
				}
			}
			if directive.MatchString(text) {
				t.Fatalf("a directive, in\n%s", text)
			}
		}
		again, err := format.Source([]byte(out))
		if err != nil || string(again) != out {
			t.Fatalf("gofmt changes it again (%v):\n%s\n%s", err, out, again)
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), "p.go", out, parser.ParseComments)
		if err != nil || len(syntax.Decls) != 1 {
			t.Fatalf("%v:\n%s", err, out)
		}
		line := jenx.Line(s)
		if strings.ContainsAny(line, "\n\r\u2028\u2029\u0085") || directive.MatchString(line) {
			t.Fatalf("no line comment: %q", line)
		}
	})
}

func FuzzLit(f *testing.F) {
	for _, s := range []string{"", "a", "a\"b", "a`b", "a\\b", "a\nb", "a\x00b", "\u202e", "\"\u2028", "\xff", "日本", "a\tb\"", "\"\ufeff", "{\n\t\t\"a\": 1\n}", "\xe3\x9c\n\xa6"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, lit := range []*jen.Statement{jenx.Lit(s), jenx.Text(s)} {
			fset := token.NewFileSet()
			file := jen.NewFile("p")
			file.NoFormat = true
			file.Var().Id("x").Op("=").Add(lit)
			var b strings.Builder
			if err := file.Render(&b); err != nil {
				t.Fatal(err)
			}
			syntax, err := parser.ParseFile(fset, "p.go", b.String(), 0)
			if err != nil {
				t.Fatalf("%v:\n%s", err, b.String())
			}
			value := syntax.Decls[0].(*ast.GenDecl).Specs[0].(*ast.ValueSpec).Values[0].(*ast.BasicLit)
			if got, err := strconv.Unquote(value.Value); err != nil || got != s {
				t.Fatalf("%q became %q (%v)", s, got, err)
			}
			shown := value.Value
			for strings.Contains(shown, "\n\t") { // indentation shows
				shown = strings.ReplaceAll(shown, "\n\t", "\n")
			}
			if strings.ContainsFunc(shown, func(r rune) bool { return r != '\n' && !strconv.IsPrint(r) }) {
				t.Fatalf("%q hides what it is", value.Value)
			}
		}
	})
}
