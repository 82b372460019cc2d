package xml

import (
	stdjson "encoding/json"
	"encoding/xml"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

var anyType = json.Type{Name: "Raw", Kind: json.Any, Size: unsafe.Sizeof([]byte{})}

func encode(d *Document, text string) (string, error) {
	raw := stdjson.RawMessage(text)
	b, err := d.Encode(json.At(&anyType, unsafe.Pointer(&raw)))
	return strings.TrimPrefix(string(b), xml.Header), err
}

func object(members ...Member) *Document {
	return &Document{Root: Element{Name: "pet", Object: 1}, Objects: []Object{{Members: members}}}
}

// TestTheExamplesOfTheStandard is the list of the OpenAPI specification ("XML Object Examples").
func TestTheExamplesOfTheStandard(t *testing.T) {
	member := func(e Element) *Document { return object(Member{"animals", e}) }
	for name, tt := range map[string]struct {
		document *Document
		give     string
		want     string
	}{
		"no name":              {member(Element{Name: "animals"}), `{"animals":"x"}`, `<animals>x</animals>`},
		"list":                 {member(Element{Name: "animals"}), `{"animals":["x","y"]}`, `<animals>x</animals><animals>y</animals>`},
		"replaced name":        {member(Element{Name: "animal"}), `{"animals":"x"}`, `<animal>x</animal>`},
		"names of entries":     {member(Element{Name: "aliens", Item: &Element{Name: "animal"}}), `{"animals":["x","y"]}`, `<animal>x</animal><animal>y</animal>`},
		"wrapped":              {member(Element{Name: "animals", Wrapped: true}), `{"animals":["x"]}`, `<animals><animals>x</animals></animals>`},
		"wrapped, both named":  {member(Element{Name: "aliens", Wrapped: true, Item: &Element{Name: "animal"}}), `{"animals":["x"]}`, `<aliens><animal>x</animal></aliens>`},
		"wrapped, empty":       {member(Element{Name: "animals", Wrapped: true}), `{"animals":[]}`, `<animals></animals>`},
		"attribute and prefix": {object(Member{"id", Element{Name: "id", Attribute: true}}, Member{"name", Element{Name: "name", Prefix: "sample", Space: "http://example.com/schema/sample"}}), `{"id":0,"name":"x"}`, `id="0"><sample:name xmlns:sample="http://example.com/schema/sample">x</sample:name>`},
		"null is left out":     {object(Member{"id", Element{Name: "id", Attribute: true}}), `{"id":null,"name":null,"list":[null]}`, `<pet></pet>`},
		"unknown members":      {object(), `{"other":{"a":[1,true]}}`, `<other><a>1</a><a>true</a></other>`},
		"escapes":              {object(), `{"a":"<&>\"' ü"}`, `<a>&lt;&amp;&gt;&#34;&#39; ü</a>`},
	} {
		got, err := encode(tt.document, tt.give)
		require.NoError(t, err, name)
		assert.Contains(t, got, tt.want, name)
		assert.True(t, strings.HasPrefix(got, "<pet"), name)
	}
	list, err := encode(&Document{Root: Element{Name: "pets", Item: &Element{Name: "pet"}}}, `["a","b"]`)
	require.NoError(t, err)
	assert.Equal(t, `<pets><pet>a</pet><pet>b</pet></pets>`, list, "a document has one root")
	none, err := encode(object(), `{"a":1}`)
	require.NoError(t, err)
	assert.Equal(t, `<pet><a>1</a></pet>`, none)
}

func TestNamespacesHoldInside(t *testing.T) {
	d := &Document{Root: Element{Name: "a", Space: "urn:x", Object: 1}, Objects: []Object{{Members: []Member{
		{"same", Element{Name: "same", Space: "urn:x"}}, {"other", Element{Name: "other", Space: "urn:y"}}, {"child", Element{Name: "child", Object: 1}},
	}}}}
	got, err := encode(d, `{"same":"1","other":"2","child":{"same":"3"}}`)
	require.NoError(t, err)
	assert.Equal(t, `<a xmlns="urn:x"><same>1</same><other xmlns="urn:y">2</other><child><same>3</same></child></a>`, got)
}

func TestMapsHaveAnElementForEachKey(t *testing.T) {
	d := &Document{Root: Element{Name: "m", Object: 1}, Objects: []Object{{Rest: &Element{Attribute: false, Object: 1}}}}
	got, err := encode(d, `{"a":{"b":"1"}}`)
	require.NoError(t, err)
	assert.Equal(t, `<m><a><b>1</b></a></m>`, got)
}

func TestWhatXMLCannotHoldIsAnError(t *testing.T) {
	attribute := object(Member{"a", Element{Name: "a", Attribute: true}})
	for _, tt := range []struct {
		document   *Document
		give, want string
	}{
		{object(), `{"a b":1}`, "is no name of an element"}, {object(), `{"1a":1}`, "is no name of an element"}, {object(), `{"":1}`, "is no name of an element"},
		{object(), `{"a><b":1}`, "is no name of an element"}, {object(), `{"a:b":1}`, "is no name of an element"},
		{object(), `{"a":"\u0000"}`, "a character that XML cannot hold"}, {object(), `{"a":"\uffff"}`, "a character that XML cannot hold"},
		{attribute, `{"a":[1]}`, "is no scalar"}, {attribute, `{"a":"\u0001"}`, "a character that XML cannot hold"},
	} {
		_, err := encode(tt.document, tt.give)
		assert.ErrorContains(t, err, tt.want, tt.give)
	}
}

// TestDocumentsReadBackAsTheyWereGiven holds that encoding/xml finds every text at its place.
func TestDocumentsReadBackAsTheyWereGiven(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	letters := []rune("abc<>&\"'= \t\n\r]]>-ü漢😀")
	for range 3000 {
		var b strings.Builder
		for range r.IntN(8) {
			b.WriteRune(letters[r.IntN(len(letters))])
		}
		text := b.String()
		give, err := stdjson.Marshal(map[string]any{"at": text, "in": text, "list": []string{text, text}})
		require.NoError(t, err)
		got, err := encode(object(Member{"at", Element{Name: "at", Attribute: true}}), string(give))
		require.NoError(t, err)
		var back struct {
			At   string   `xml:"at,attr"`
			In   string   `xml:"in"`
			List []string `xml:"list"`
		}
		require.NoError(t, xml.Unmarshal([]byte(got), &back), got)
		require.Equal(t, text, back.At)
		require.Equal(t, text, back.In)
		require.Equal(t, []string{text, text}, back.List)
	}
}

func FuzzNamesAndTexts(f *testing.F) {
	f.Add("name", "text")
	f.Add("a><b", "</a>")
	f.Fuzz(func(t *testing.T, name, text string) {
		give, err := stdjson.Marshal(map[string]string{name: text})
		require.NoError(t, err)
		got, err := encode(object(), string(give))
		if err != nil {
			return
		}
		elements := 0
		for d := xml.NewDecoder(strings.NewReader(got)); ; {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%q: %v", got, err)
			}
			if _, ok := token.(xml.StartElement); ok {
				elements++
			}
		}
		if elements != 2 {
			t.Fatalf("%q has %d elements", got, elements)
		}
	})
}

// A document has a root, even where there is nothing to say.
func TestNothingHasARoot(t *testing.T) {
	null := []byte("null")
	data, err := (&Document{Root: Element{Name: "request"}}).Encode(json.At(&anyType, unsafe.Pointer(&null)))
	require.NoError(t, err)
	assert.Equal(t, xml.Header+"<request></request>", string(data))
}
