package xml

import (
	"encoding/xml"
	"math/rand/v2"
	"strings"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// order is what a generated package would have.
type order struct {
	ID    int
	Note  string
	Tags  []string
	Lines []line
}

type line struct {
	Name  string
	Price float64
	Gift  bool
}

var lineType = json.Type{Name: "line", Kind: json.Struct, Size: unsafe.Sizeof(line{}), Slice: (*[]line)(nil), Fields: []json.Field{
	{Key: json.Key("name"), Off: unsafe.Offsetof(line{}.Name), Kind: json.String, Flags: json.Required},
	{Key: json.Key("price"), Off: unsafe.Offsetof(line{}.Price), Kind: json.Float64, Flags: json.Required},
	{Key: json.Key("gift"), Off: unsafe.Offsetof(line{}.Gift), Kind: json.Bool, Flags: json.Required},
}}

var orderType = json.Type{Name: "order", Kind: json.Struct, Size: unsafe.Sizeof(order{}), Fields: []json.Field{
	{Key: json.Key("id"), Off: unsafe.Offsetof(order{}.ID), Kind: json.Int, Flags: json.Required},
	{Key: json.Key("note"), Off: unsafe.Offsetof(order{}.Note), Kind: json.String, Flags: json.Required},
	{Key: json.Key("tags"), Off: unsafe.Offsetof(order{}.Tags), Kind: json.Strings},
	{Key: json.Key("lines"), Off: unsafe.Offsetof(order{}.Lines), Kind: json.Slice, Sub: &lineType},
}}

var orders = Document{Root: Element{Name: "order", Space: "urn:shop", Object: 1}, Objects: []Object{
	{Members: []Member{
		{"id", Element{Name: "no", Attribute: true}},
		{"tags", Element{Name: "tag"}},
		{"lines", Element{Name: "lines", Wrapped: true, Item: &Element{Name: "line", Object: 2}}},
	}},
	{Members: []Member{{"name", Element{Name: "name", Attribute: true}}, {"price", Element{Name: "price", Prefix: "p", Space: "urn:price"}}}},
}}

func orderRef(o *order) json.Ref { return json.At(&orderType, unsafe.Pointer(o)) }

// TestOrdersReadBackAsTheyWereGiven holds that what Encode writes is what Decode reads, strictly.
func TestOrdersReadBackAsTheyWereGiven(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	text := func() string {
		var b strings.Builder
		for range r.IntN(6) {
			b.WriteRune([]rune("ab <>&\"'ü漢\n\t")[r.IntN(12)])
		}
		return b.String()
	}
	for range 2000 {
		o := order{ID: r.IntN(100), Note: text()}
		for range r.IntN(3) {
			o.Tags = append(o.Tags, text())
		}
		for range r.IntN(3) {
			o.Lines = append(o.Lines, line{text(), r.NormFloat64(), r.IntN(2) == 0})
		}
		data, err := orders.Encode(orderRef(&o))
		require.NoError(t, err)
		var back order
		require.NoError(t, orders.Decode(data, orderRef(&back), json.DecodeOptions{Mode: json.Strict}), "%s", data)
		require.Equal(t, o, back, "%s", data)
	}
}

func TestDocumentsOfAnotherForm(t *testing.T) {
	for give, want := range map[string]string{
		`<order xmlns="urn:shop" no="1"><note>x</note></order>`:                                "",
		`<order xmlns="urn:shop" xmlns:p="urn:price" no="1"><note/><lines/></order>`:           "",
		`<order no="1"><note>x</note></order>`:                                                 `the root is "order"`,
		`<other xmlns="urn:shop"/>`:                                                            `the root is "other"`,
		`<order xmlns="urn:shop" no="x"><note>x</note></order>`:                                "id is a string, an integer expected",
		`<order xmlns="urn:shop" no="1"><note>x</note><note>y</note></order>`:                  "is there more than once",
		`<order xmlns="urn:shop" no="1"><note><a/></note></order>`:                             "note is an object, a string expected",
		`<order xmlns="urn:shop" no="1"><note>x</note><none/></order>`:                         "none",
		`<order xmlns="urn:shop" no="1" other="1"><note>x</note></order>`:                      "other",
		`<order xmlns="urn:shop" no="1"/>`:                                                     "note",
		`<order xmlns="urn:shop" no="1"><note>x</note><lines><line name="a"/></lines></order>`: "price",
		`<order xmlns="urn:shop" no="1"><note>x</note>`:                                        "EOF",
		``: "there is no root", `<a/><b/>`: "there is no root",
		`<!DOCTYPE a [<!ENTITY x "y">]><order xmlns="urn:shop" no="1"><note>&x;</note></order>`: "entity",
		strings.Repeat("<a>", 2000): "nested too deep",
	} {
		var o order
		err := orders.Decode([]byte(give), orderRef(&o), json.DecodeOptions{Mode: json.Strict})
		if want == "" {
			assert.NoError(t, err, give)
			continue
		}
		assert.ErrorContains(t, err, want, give[:min(len(give), 200)])
	}
}

// What encoding/xml writes of a struct with the same names is read as the same values.
func TestWhatEncodingXMLWritesIsRead(t *testing.T) {
	type xmlLine struct {
		Name  string  `xml:"name,attr"`
		Price float64 `xml:"urn:price price"`
		Gift  bool    `xml:"gift"`
	}
	type xmlOrder struct {
		XMLName xml.Name  `xml:"urn:shop order"`
		ID      int       `xml:"no,attr"`
		Note    string    `xml:"note"`
		Tags    []string  `xml:"tag"`
		Lines   []xmlLine `xml:"lines>line"`
	}
	r := rand.New(rand.NewPCG(5, 6))
	text := func() string {
		var b strings.Builder
		for range r.IntN(6) {
			b.WriteRune([]rune("ab <>&\"'ü漢\t")[r.IntN(11)])
		}
		return b.String()
	}
	for range 2000 {
		give := xmlOrder{ID: r.IntN(100) - 50, Note: text()}
		want := order{ID: give.ID, Note: give.Note}
		for range r.IntN(3) {
			give.Tags = append(give.Tags, text())
		}
		want.Tags, want.Lines = give.Tags, []line{} // encoding/xml writes the element around none
		for range r.IntN(3) {
			l := xmlLine{text(), float64(r.IntN(1000)) / 8, r.IntN(2) == 0}
			give.Lines, want.Lines = append(give.Lines, l), append(want.Lines, line(l))
		}
		data, err := xml.MarshalIndent(give, " ", "\t")
		require.NoError(t, err)
		var got order
		require.NoError(t, orders.Decode(data, orderRef(&got), json.DecodeOptions{Mode: json.Strict}), "%s", data)
		require.Equal(t, want, got, "%s", data)
	}
}

// Documents are read as far as they can be, and what deviates is told.
func TestDocumentsAreReadLeniently(t *testing.T) {
	const head = `<order xmlns="urn:shop" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x y" no=" 7 ">`
	for give, want := range map[string]struct {
		order
		told string
	}{
		head + `<note>x</note></order>`:                                                                      {order{ID: 7, Note: "x"}, ""},
		head + `<note xsi:nil="true"/></order>`:                                                              {order{ID: 7}, "note is null"},
		head + `<note>x</note><note>y</note></order>`:                                                        {order{ID: 7, Note: "y"}, "more than once"},
		head + `<note>x</note><lines><line name="a"><price/><gift>true</gift></line></lines></order>`:        {order{ID: 7, Note: "x", Lines: []line{{Name: "a", Gift: true}}}, "price"},
		head + `<note>x</note><lines><line name="a"><price>much</price></line></lines></order>`:              {order{ID: 7, Note: "x", Lines: []line{{Name: "a"}}}, "price"},
		`<?xml version="1.0" encoding="ISO-8859-1"?>` + head + "<note>gr\xfc\xdf</note></order>":             {order{ID: 7, Note: "grüß"}, ""},
		`<?xml version="1.0" encoding="us-ascii"?>` + head + "<note>x</note><tag></tag><tag>b</tag></order>": {order{ID: 7, Note: "x", Tags: []string{"", "b"}}, ""},
	} {
		var told []string
		var got order
		require.NoError(t, orders.Decode([]byte(give), orderRef(&got), json.DecodeOptions{Report: func(d json.Deviation) { told = append(told, d.String()) }}), give)
		assert.Equal(t, want.order, got, give)
		if want.told == "" {
			assert.Empty(t, told, give)
		} else {
			assert.Contains(t, strings.Join(told, "; "), want.told, give)
		}
	}
	var got order
	assert.ErrorContains(t, orders.Decode([]byte(`<?xml version="1.0" encoding="koi8-r"?><order/>`), orderRef(&got), json.DecodeOptions{}), "koi8-r")
	any := orders
	any.AnyRoot = true
	require.NoError(t, any.Decode([]byte(`<bestellung xmlns="urn:shop" no="3"><note>x</note></bestellung>`), orderRef(&got), json.DecodeOptions{Mode: json.Strict}))
	assert.Equal(t, order{ID: 3, Note: "x"}, got)
}

// A root that is a list holds entries of any name, unless a name is stated.
func TestEntriesOfRootsHaveAnyName(t *testing.T) {
	lines := json.Type{Name: "lines", Kind: json.Slice, Size: unsafe.Sizeof([]line{}), Sub: &lineType}
	text := []byte(`<lines><line><name>a</name><price>1</price><gift>true</gift></line><other><name>b</name><price>2</price><gift>false</gift></other></lines>`)
	read := func(d Document) []line {
		var got []line
		require.NoError(t, d.Decode(text, json.At(&lines, unsafe.Pointer(&got)), json.DecodeOptions{}))
		return got
	}
	all := []line{{"a", 1, true}, {"b", 2, false}}
	assert.Equal(t, all, read(Document{Root: Element{Name: "request"}, AnyRoot: true}))
	assert.Equal(t, all, read(Document{Root: Element{Name: "request", Item: &Element{Name: "request"}}, AnyRoot: true}))
	assert.Equal(t, all[1:], read(Document{Root: Element{Name: "request", Item: &Element{Name: "other"}}, AnyRoot: true}))
	assert.Empty(t, read(Document{Root: Element{Name: "lines"}}))
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`<order xmlns="urn:shop" no="1"><note>x</note><lines><line name="a"/></lines></order>`))
	f.Add([]byte(`<a><b/></a>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var o order
		if orders.Decode(data, orderRef(&o), json.DecodeOptions{Mode: json.Strict}) != nil {
			return
		}
		again, err := orders.Encode(orderRef(&o))
		if err != nil {
			return // a text that came by reference may be one that XML cannot hold
		}
		var back order
		if err := orders.Decode(again, orderRef(&back), json.DecodeOptions{Mode: json.Strict}); err != nil {
			t.Fatalf("%s: %v", again, err)
		}
	})
}

// A list in a list has an element around it, and a prefix is no part of a name that is read.
func TestListsInListsAndPrefixesReadBack(t *testing.T) {
	type page struct {
		Lang string
		Rows [][]string
	}
	row := json.Type{Name: "row", Kind: json.Strings, Size: unsafe.Sizeof([]string{}), Slice: (*[][]string)(nil)}
	pageType := json.Type{Name: "page", Kind: json.Struct, Size: unsafe.Sizeof(page{}), Fields: []json.Field{
		{Key: json.Key("xml:lang"), Off: unsafe.Offsetof(page{}.Lang), Kind: json.String, Flags: json.Required},
		{Key: json.Key("rows"), Off: unsafe.Offsetof(page{}.Rows), Kind: json.Slice, Sub: &row},
	}}
	pages := Document{Root: Element{Name: "page", Object: 1}, Objects: []Object{{Members: []Member{
		{"xml:lang", Element{Name: "lang", Prefix: "xml", Attribute: true}},
		{"rows", Element{Name: "rows", Item: &Element{Name: "rows", Wrapped: true}}},
	}}}}
	give := page{"de", [][]string{{"a", "b"}, {}, {"c"}}}
	data, err := pages.Encode(json.At(&pageType, unsafe.Pointer(&give)))
	require.NoError(t, err)
	assert.Contains(t, string(data), `<page xml:lang="de"><rows><rows>a</rows><rows>b</rows></rows><rows></rows><rows><rows>c</rows></rows></page>`)
	var got page
	require.NoError(t, pages.Decode(data, json.At(&pageType, unsafe.Pointer(&got)), json.DecodeOptions{Mode: json.Strict}))
	assert.Equal(t, give, got)
}

// What has no type keeps what it holds: several elements of a name are a list, and a list in a list comes back as one.
func TestAnythingReadsBack(t *testing.T) {
	document := Document{Root: Element{Name: "request"}}
	for text, want := range map[string]string{
		`<request><k>a</k><k>true</k><n>1</n></request>`:                  `{"k":["a",true],"n":1}`,
		`<request><k><i>1</i><i>2</i></k></request>`:                      `{"k":{"i":[1,2]}}`,
		`<request><k id="7">a</k></request>`:                              `{"k":{"@id":7,"#text":"a"}}`,
		`<request><k><k>1</k><k>2</k></k><k><k>3</k></k></request>`:       `{"k":[[1,2],[3]]}`,
		`<request><k><k><k>1</k></k></k><k> x </k></request>`:             `{"k":[[[1]]," x "]}`,
		"<request>\n<k>\n<i>1</i>\n</k>\n<k>\n<i>1</i>\n</k>\n</request>": `{"k":[{"i":1},{"i":1}]}`,
	} {
		var got []byte
		require.NoError(t, document.Decode([]byte(text), json.At(&anyType, unsafe.Pointer(&got)), json.DecodeOptions{Mode: json.Strict}), text)
		assert.JSONEq(t, want, string(got), text)
	}
	give := []byte(`{"k":[["a"],["b",["c","d"]]]}`)
	data, err := document.Encode(json.At(&anyType, unsafe.Pointer(&give)))
	require.NoError(t, err)
	var got []byte
	require.NoError(t, document.Decode(data, json.At(&anyType, unsafe.Pointer(&got)), json.DecodeOptions{Mode: json.Strict}))
	assert.Equal(t, string(give), string(got))
}
