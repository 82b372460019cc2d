package verify

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// printed are a source file's syntax as gofmt prints it, and as it prints what is left when that is abridged.
func printed(t *testing.T, source string) (whole, abridged string, words int) {
	t.Helper()
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, "x.go", source, parser.SkipObjectResolution|parser.ParseComments)
	require.NoError(t, err)
	config := gofmt()
	var a, b bytes.Buffer
	require.NoError(t, config.Fprint(&a, fset, syntax))
	short := abridge(&file{Source: Source{Path: "x.go", Bytes: []byte(source)}, syntax: syntax})
	require.NoError(t, config.Fprint(&b, fset, short))
	ast.Inspect(short, func(n ast.Node) bool {
		if x, ok := n.(*ast.BasicLit); ok && x.Kind == token.STRING && !strings.ContainsAny(x.Value[:1], "`\"") {
			words++
		}
		return true
	})
	return a.String(), b.String(), words
}

func TestWhatStandsOnALineOfATableIsAWord(t *testing.T) {
	tests := []struct {
		name, source string
		words        int
	}{
		{"rows of a table", "var t = T {\nName : \"a\",\nFields : [] F {\n{Key : `,\"id\":`,Off : unsafe.Offsetof (X {} . ID),Kind : json.String,Flags : json.A | json.B | C},\n{Key : `b`,Sub : & tX},\n},\n}", 2},
		{"a list", "var t = T {\nIndex : [] uint16 {1,2,3,0x1f},\n}", 1},
		{"types", "var t = [] any {\n[] * T {& a,& b},[...] int {},map [string] [] * rt.T {\"a\" : nil},Opt [* T] {},[2] int {- 1},f (a) (b),x [0] . y,\n}", 7},
		{"a variable on one line", "var a,b = T {X : 1},f (1,2)", 2},
		{"a group of variables", "var (\na = T {1,2}\nlong = T {Key : 3,}\n)", 2},
		{"a comment after a row that grows", "var t = [] T {\n{1,2,3}, // a comment\n{4,5}, /* another */\n}", 1},
		{"a comment in a row", "var t = [] T {\n{1, /* one */ 2},\n}", 0},
		{"operators that depend on their surroundings", "var t = [] T {\n{f (a|b,c), a+b*c},\n}", 0},
		{"numbers that the printer spells in another way", "var t = [] any {\nf (0XFF), f (1E3),\n}", 0},
		{"text with a tab", "var t = [] string {\nf (`a\tb`,1),\n}", 1},
		{"functions", "var f = func() { _ = T {1} }", 0},
		{"a row of several lines", "var t = [] T {\n{\n1,\n2},\n}", 0},
		{"spread arguments", "var x = f (a ...)", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			whole, abridged, words := printed(t, "package p\n"+test.source+"\n")
			assert.Equal(t, whole, abridged)
			assert.Equal(t, test.words, words)
		})
	}
}

// FuzzAbridge wants gofmt to print the same with words as without, whatever stands in a file.
func FuzzAbridge(f *testing.F) {
	for _, seed := range []string{
		"var t = []T{\n{Key : `a`,Off : unsafe.Offsetof (T {} . A),Flags : A|B},\n{1,2}, // c\n}",
		"var (\na = T {1,2}\nb , c = & T {X : - 1}, map [string] int {\"a\" : 1,} // c\n)",
		"var x = f (a, b) . c [0] {1}\nvar y = (T {})\nvar z T = T {\n1, 2,\n3}",
		"var u = [...] struct{}{{},{},\n{}}\n/* a */ var v = /* b */ T {1} /* c */\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if _, err := parser.ParseFile(token.NewFileSet(), "x.go", "package p\n"+body, parser.SkipObjectResolution); err != nil {
			return // nothing to print
		}
		whole, abridged, _ := printed(t, "package p\n"+body)
		assert.Equal(t, whole, abridged)
	})
}
