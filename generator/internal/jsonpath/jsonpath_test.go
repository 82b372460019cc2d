package jsonpath_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/pantograph-go/pantograph/generator/internal/jsonpath"
)

// tree is a node of a YAML document.
type tree struct{ *yaml.Node }

func (t tree) Kind() jsonpath.Kind {
	switch {
	case t.Node.Kind == yaml.SequenceNode:
		return jsonpath.Array
	case t.Node.Kind == yaml.MappingNode:
		return jsonpath.Object
	}
	return map[string]jsonpath.Kind{"!!null": jsonpath.Null, "!!bool": jsonpath.Bool, "!!int": jsonpath.Number, "!!float": jsonpath.Number, "!!str": jsonpath.String}[t.Tag]
}

func (t tree) Text() string { return t.Value }

func (t tree) Len() int {
	if t.Node.Kind == yaml.MappingNode {
		return len(t.Content) / 2
	}
	return len(t.Content)
}

func (t tree) At(i int) jsonpath.Node {
	if t.Node.Kind == yaml.MappingNode {
		return tree{t.Content[2*i+1]}
	}
	return tree{t.Content[i]}
}

func (t tree) Name(i int) string { return t.Content[2*i].Value }

func (t tree) Get(name string) (jsonpath.Node, bool) {
	for i := 0; i < len(t.Content); i += 2 {
		if t.Content[i].Value == name {
			return tree{t.Content[i+1]}, true
		}
	}
	return nil, false
}

// show prints a value as JSON-like text.
func show(n jsonpath.Node) string {
	var parts []string
	switch n.Kind() {
	case jsonpath.Array:
		for i := range n.Len() {
			parts = append(parts, show(n.At(i)))
		}
		return "[" + strings.Join(parts, ",") + "]"
	case jsonpath.Object:
		for i := range n.Len() {
			parts = append(parts, n.Name(i)+":"+show(n.At(i)))
		}
		return "{" + strings.Join(parts, ",") + "}"
	}
	return n.Text()
}

func parse(t testing.TB, text string) tree {
	t.Helper()
	var doc yaml.Node
	require.NoError(t, yaml.Unmarshal([]byte(text), &doc))
	return tree{doc.Content[0]}
}

// TestSelect runs the examples of RFC 9535, table by table, and what they leave out.
func TestSelect(t *testing.T) {
	const (
		store = `{store: {book: [
			{category: reference, author: Nigel Rees, title: Sayings of the Century, price: 8.95},
			{category: fiction, author: Evelyn Waugh, title: Sword of Honour, price: 12.99},
			{category: fiction, author: Herman Melville, title: Moby Dick, isbn: 0-553-21311-3, price: 8.99},
			{category: fiction, author: J. R. R. Tolkien, title: The Lord of the Rings, isbn: 0-395-19395-8, price: 22.99}],
			bicycle: {color: red, price: 399}}}`
		names   = `{o: {"j j": {k.k: 3}}, "'": {"@": 2}}`
		wild    = `{o: {j: 1, k: 2}, a: [5, 3]}`
		letters = `[a, b, c, d, e, f, g]`
		tests   = `{a: [3, 5, 1, 2, 4, 6, {b: j}, {b: k}, {b: {}}, {b: kilo}], o: {p: 1, q: 2, r: 3, s: 5, t: {u: 6}}, e: f}`
		deep    = `{o: {j: 1, k: 2}, a: [5, 3, [{j: 4}, {k: 6}]]}`
		nulls   = `{a: null, b: [null], c: [{}], "null": 1}`
		compare = `[{obj: {x: y}, arr: [2, 3], n: 1.0, s: a}]`
		words   = `[{t: "a\nb"}, {t: axb}, {t: xaxbx}, {t: "a\rb"}, {t: 5}]`
	)
	for _, c := range []struct{ doc, query, want string }{
		{store, `$.store.book[*].author`, "Nigel Rees|Evelyn Waugh|Herman Melville|J. R. R. Tolkien"},
		{store, `$..author`, "Nigel Rees|Evelyn Waugh|Herman Melville|J. R. R. Tolkien"},
		{store, `$.store..price`, "8.95|12.99|8.99|22.99|399"},
		{store, `$..book[2].title`, "Moby Dick"},
		{store, `$..book[-1].title`, "The Lord of the Rings"},
		{store, `$..book[0,1].title`, "Sayings of the Century|Sword of Honour"},
		{store, `$..book[:2].title`, "Sayings of the Century|Sword of Honour"},
		{store, `$..book[?@.isbn].title`, "Moby Dick|The Lord of the Rings"},
		{store, `$..book[?@.price<10].title`, "Sayings of the Century|Moby Dick"},
		{store, `$..book[?@.price < $.store.bicycle.price && @.category == 'fiction'].price`, "12.99|8.99|22.99"},
		{names, `$.o['j j']`, "{k.k:3}"},
		{names, `$.o['j j']['k.k']`, "3"},
		{names, `$.o["j j"]["k.k"]`, "3"},
		{names, `$["'"]["@"]`, "2"},
		{names, `$['\''].*`, "2"},
		{wild, `$[*]`, "{j:1,k:2}|[5,3]"},
		{wild, `$.o[*, *]`, "1|2|1|2"},
		{letters, `$[1]`, "b"},
		{letters, `$[-2]`, "f"},
		{letters, `$[7]`, ""},
		{letters, `$[1:3]`, "b|c"},
		{letters, `$[5:]`, "f|g"},
		{letters, `$[1:5:2]`, "b|d"},
		{letters, `$[5:1:-2]`, "f|d"},
		{letters, `$[::-1]`, "g|f|e|d|c|b|a"},
		{letters, `$[::0]`, ""},
		{letters, `$[0:100]`, "a|b|c|d|e|f|g"},
		{letters, `$[100:-100:-3]`, "g|d|a"},
		{letters, `$[0, 3]`, "a|d"},
		{letters, `$[0:2, 5]`, "a|b|f"},
		{letters, `$[0, 0]`, "a|a"},
		{tests, `$.a[?@.b == 'kilo']`, "{b:kilo}"},
		{tests, `$.a[?(@.b == 'kilo')]`, "{b:kilo}"},
		{tests, `$.a[?@>3.5]`, "5|4|6"},
		{tests, `$.a[?@.b]`, "{b:j}|{b:k}|{b:{}}|{b:kilo}"},
		{tests, `$[?@.*]`, "[3,5,1,2,4,6,{b:j},{b:k},{b:{}},{b:kilo}]|{p:1,q:2,r:3,s:5,t:{u:6}}"},
		{tests, `$[?@[?@.b]]`, "[3,5,1,2,4,6,{b:j},{b:k},{b:{}},{b:kilo}]"},
		{tests, `$.o[?@<3, ?@<3]`, "1|2|1|2"},
		{tests, `$.a[?@<2 || @.b == "k"]`, "1|{b:k}"},
		{tests, `$.a[?match(@.b, "[jk]")]`, "{b:j}|{b:k}"},
		{tests, `$.a[?search(@.b, "[jk]")]`, "{b:j}|{b:k}|{b:kilo}"},
		{tests, `$.o[?@>1 && @<4]`, "2|3"},
		{tests, `$.o[?@.u || @.x]`, "{u:6}"},
		{tests, `$.a[?@.b == $.x]`, "3|5|1|2|4|6"},
		{tests, `$.a[?@ == @]`, "3|5|1|2|4|6|{b:j}|{b:k}|{b:{}}|{b:kilo}"},
		{tests, `$.a[?!@.b]`, "3|5|1|2|4|6"},
		{tests, `$.a[?!(@.b == 'j' || @ < 6) && !(@.b)]`, "6"},
		{deep, `$..j`, "1|4"},
		{deep, `$..[0]`, "5|{j:4}"},
		{deep, `$..o`, "{j:1,k:2}"},
		{deep, `$.o..[*, *]`, "1|2|1|2"},
		{deep, `$.a..[0, 1]`, "5|3|{j:4}|{k:6}"},
		{nulls, `$.a`, "null"},
		{nulls, `$.a[0]`, ""},
		{nulls, `$.b[?@ == null]`, "null"},
		{nulls, `$.c[?@.d == null]`, ""},
		{nulls, `$.null`, "1"},
		{compare, `$[?@.arr == @.arr].s`, "a"},
		{compare, `$[?@.obj != @.arr].s`, "a"},
		{compare, `$[?@.n == 1].s`, "a"},
		{compare, `$[?@.n == 1e0 && @.n <= 1 && @.n >= 1].s`, "a"},
		{compare, `$[?@.none == @.nothing].s`, "a"},
		{compare, `$[?@.none <= @.nothing].s`, "a"},
		{compare, `$[?@.n < 'a'].s`, ""},
		{compare, `$[?@.obj < @.arr].s`, ""},
		{compare, `$[?'a' <= @.s && true == true].s`, "a"},
		{compare, `$[?length(@.arr) == 2 && length(@.s) == 1 && length(@.obj) == 1].s`, "a"},
		{compare, `$[?length(@.n) == 1].s`, ""},
		{compare, `$[?count(@.*) == 4].s`, "a"},
		{compare, `$[?value(@..x) == 'y'].s`, "a"},
		{compare, `$[?value(@.*) == 'y'].s`, ""},
		{words, `$[?match(@.t, 'a.b')].t`, "axb"},
		{words, `$[?search(@.t, 'a[.x]b')].t`, "axb|xaxbx"},
		{words, `$[?match(@.t, '[')].t`, ""},
		{`{"a\tö😀": 1}`, `$['a\tö\uD83D\uDE00']`, "1"},
		{`{ö_1: 1}`, `$.ö_1`, "1"},
		{`{a: {b: 1}}`, "$ .a\n[ 'b' ]", "1"},
	} {
		path, err := jsonpath.Parse(c.query)
		if !assert.NoError(t, err, c.query) {
			continue
		}
		found, err := path.Select(parse(t, c.doc))
		require.NoError(t, err)
		var got []string
		for _, n := range found {
			got = append(got, show(n))
		}
		assert.Equal(t, c.want, strings.Join(got, "|"), c.query)
	}
}

func TestParseRefuses(t *testing.T) {
	for query, want := range map[string]string{
		``:                                     `at character 1: a query begins with $`,
		`a`:                                    `at character 1: a query begins with $`,
		` $`:                                   `at character 1: a query begins with $`,
		`$ `:                                   `at character 2: " " is not expected here`,
		`$.`:                                   `at character 3: a name is missing; one with other signs is written ['name']`,
		`$.a-b`:                                `at character 4: "-b" is not expected here`,
		`$.1`:                                  `at character 3: a name is missing; one with other signs is written ['name']`,
		`$..`:                                  `at character 4: a name is missing; one with other signs is written ['name']`,
		`$[`:                                   `at character 3: a selector is missing: a name in quotes, an index, *, or a filter ?…`,
		`$[a]`:                                 `at character 3: a selector is missing: a name in quotes, an index, *, or a filter ?…`,
		`$[0`:                                  `at character 4: "," is missing`,
		`$[01]`:                                `at character 4: a number does not begin with 0`,
		`$[-0]`:                                `at character 3: a whole number is missing`,
		`$[9007199254740992]`:                  `at character 3: a whole number is missing`,
		`$['a`:                                 `at character 5: the string does not end`,
		`$['\x']`:                              `at character 5: there is no escape \x`,
		`$['\"']`:                              `at character 5: there is no escape \"`,
		`$['\uD800']`:                          `at character 10: "\\u" is missing`,
		`$['\u12']`:                            `at character 6: four hexadecimal digits are missing`,
		"$['\n']":                              `at character 4: a control character is written \u000a`,
		`$[?]`:                                 `at character 4: a query (@…), a value or a function is missing`,
		`$[?@.a == ]`:                          `at character 11: a query (@…), a value or a function is missing`,
		`$[?true]`:                             `at character 8: a comparison is missing: == != < <= > >=`,
		`$[?@.* == 1]`:                         `at character 4: a query that is compared must lead to one value: names and indexes only`,
		`$[?1 == @..a]`:                        `at character 9: a query that is compared must lead to one value: names and indexes only`,
		`$[?!1]`:                               `at character 5: only a query, a function that is true or false, or parentheses can be negated`,
		`$[?match(@.a, 'b') == 1]`:             `at character 4: the function has no value to compare`,
		`$[?length(@.a)]`:                      `at character 15: a comparison is missing: == != < <= > >=`,
		`$[?length(@.*) == 1]`:                 `at character 11: a query that is compared must lead to one value: names and indexes only`,
		`$[?count('a') == 1]`:                  `at character 10: the argument must be a query`,
		`$[?count() == 1]`:                     `at character 4: the number of arguments of count is 1`,
		`$[?size(@) == 1]`:                     `at character 4: there is no function size; there are length, count, value, match and search`,
		`$[?(@.a]`:                             `at character 8: ")" is missing`,
		"$.\xff":                               `at character 1: the query is not UTF-8`,
		`$[?` + strings.Repeat("(", 200) + `@`: `at character 104: the expression is nested more than 100 levels deep`,
		`$[?` + strings.Repeat("length(", 200) + `@`: `at character 697: functions are nested more than 100 levels deep`,
		`$` + strings.Repeat("[?@", 200) + `]`:       `at character 304: the expression is nested more than 100 levels deep`,
	} {
		_, err := jsonpath.Parse(query)
		assert.EqualError(t, err, want, query)
	}
}

// TestLimit: a query can ask for more than there is time for.
func TestLimit(t *testing.T) {
	doc := "a"
	for i := range 200 {
		doc = fmt.Sprintf("{k%d: %s}", i, doc)
	}
	path, err := jsonpath.Parse(`$..[?@..[?@..[?@..[?@..x]]]]`)
	require.NoError(t, err)
	_, err = path.Select(parse(t, doc))
	assert.ErrorIs(t, err, jsonpath.ErrLimit)
}

func FuzzParse(f *testing.F) {
	for _, query := range []string{`$.a['b'][0,1:2:-1]..*`, `$[?@.a == 'x' && !(count(@.*) < 2 || match(@.b, "c."))]`, `$["\uD83D\uDE00"]`} {
		f.Add(query)
	}
	doc := parse(f, `{a: [1, {b: [x, null, 1.5]}], b: {a: true}}`)
	f.Fuzz(func(t *testing.T, query string) {
		path, err := jsonpath.Parse(query)
		if err != nil || len(query) > 200 {
			return
		}
		if _, err := path.Select(doc); err != nil {
			t.Fatal(err)
		}
	})
}
