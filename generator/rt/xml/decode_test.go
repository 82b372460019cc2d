package xml

import (
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

var lineType = json.Type{Name: "line", Kind: json.Struct, Size: unsafe.Sizeof(line{}), Grow: json.Grow[line], Fields: []json.Field{
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

func orderRef(o *order) json.Ref { return json.Ref{Type: &orderType, Ptr: unsafe.Pointer(o)} }

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
		`<order xmlns="urn:shop" no="x"><note>x</note></order>`:                                `has an attribute "no" that is no integer`,
		`<order xmlns="urn:shop" no="1"><note>x</note><note>y</note></order>`:                  "is there more than once",
		`<order xmlns="urn:shop" no="1"><note><a/></note></order>`:                             "has elements, a text is expected",
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
