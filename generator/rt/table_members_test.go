package rt

import (
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// gadget has a member of each kind that rules about members look at.
type gadget struct {
	Name   string
	Label  Opt[string]
	Size   int
	Weight Opt[int]
	Tags   []string
	Parts  []widget
}

var gadgetType = json.Type{
	Name: "gadget", Kind: json.Struct, Size: unsafe.Sizeof(gadget{}), Index: json.Index([]string{`,"name":`, `,"la\"bel":`, `,"size":`, `,"weight":`, `,"tags":`, `,"parts":`}),
	Fields: []json.Field{
		{Key: `,"name":`, Off: unsafe.Offsetof(gadget{}.Name), Kind: json.String, Flags: json.Required},
		{Key: `,"la\"bel":`, Off: unsafe.Offsetof(gadget{}.Label), Kind: json.String, Flags: json.Optional},
		{Key: `,"size":`, Off: unsafe.Offsetof(gadget{}.Size), Kind: json.Int, Flags: json.Required},
		{Key: `,"weight":`, Off: unsafe.Offsetof(gadget{}.Weight), Kind: json.Int, Flags: json.Optional | json.Nullable},
		{Key: `,"tags":`, Off: unsafe.Offsetof(gadget{}.Tags), Kind: json.Strings, Flags: json.Required},
		{Key: `,"parts":`, Off: unsafe.Offsetof(gadget{}.Parts), Kind: json.Slice, Sub: &widgetType},
	},
}

func (g *gadget) ref() json.Ref { return json.At(&gadgetType, unsafe.Pointer(g)) }

var gadgetRules = []Rule{
	{ID: "name.least", Text: "t", Test: MinLength, N: 2},
	{ID: "name.values", Text: "t", Match: &Values{"ab", "abc"}},
	{ID: "label.most", Text: "t", Test: MaxLength, N: 2, At: 1},
	{ID: "size.least", Text: "t", Test: Minimum, N: 1, Of: AsInt, At: 2},
	{ID: "size.most", Text: "t", Test: Maximum, N: 5, Of: AsInt, At: 2},
	{ID: "weight.least", Text: "t", Test: Minimum, N: 3, Of: AsInt, At: 3},
	{ID: "tags.required", Text: "t", Of: AsList, At: 4},
	{ID: "tags.least", Text: "t", Test: MinItems, N: 1, Of: AsItems, At: 4},
	{ID: "tags.length", Text: "t", Test: MinLength, N: 1, Of: AsTexts, At: 4},
	{ID: "tags.values", Text: "t", Match: &Values{"a", "b"}, Of: AsTexts, At: 4},
	{ID: "parts.least", Text: "t", Test: MinItems, N: 2, Of: AsItems, At: 5},
}

func TestRulesAboutMembersAreCheckedByTheDescription(t *testing.T) {
	broken := func(id, path, limit string, value any) Violation {
		return Violation{Path: "gadgets[1]." + path, Rule: id, Message: "t", Limit: limit, Value: value}
	}
	for name, c := range map[string]struct {
		of   gadget
		want []Violation
	}{
		"all kept":     {gadget{Name: "abc", Label: Some("x"), Size: 5, Weight: Some(3), Tags: []string{"a", "b"}, Parts: make([]widget, 2)}, nil},
		"what is left": {gadget{Name: "ab", Size: 1, Weight: Null[int](), Tags: []string{"a"}}, nil},
		"nothing is there": {gadget{}, []Violation{
			broken("name.least", "name", "2", ""), broken("name.values", "name", "", ""), broken("size.least", "size", "1", 0), broken("tags.required", "tags", "", nil),
		}},
		"all broken": {gadget{Name: "x", Label: Some("xyz"), Size: 6, Weight: Some(2), Tags: []string{}, Parts: make([]widget, 1)}, []Violation{
			broken("name.least", "name", "2", "x"), broken("name.values", "name", "", "x"), broken("label.most", `la"bel`, "2", "xyz"),
			broken("size.most", "size", "5", 6), broken("weight.least", "weight", "3", 2), broken("tags.least", "tags", "1", ItemCount(0)), broken("parts.least", "parts", "2", ItemCount(1)),
		}},
		"one text of a list after the other": {gadget{Name: "ab", Size: 1, Tags: []string{"", "a", "c", ""}}, []Violation{
			broken("tags.length", "tags[0]", "1", ""), broken("tags.values", "tags[0]", "", ""), broken("tags.values", "tags[2]", "", "c"),
			broken("tags.length", "tags[3]", "1", ""), broken("tags.values", "tags[3]", "", ""),
		}},
	} {
		t.Run(name, func(t *testing.T) {
			var checker Checker
			checker.Enter("gadgets", 1)
			checker.Members(c.of.ref(), gadgetRules)
			assert.Equal(t, c.want, checker.violations)
			if c.want == nil {
				assert.Zero(t, testing.AllocsPerRun(10, func() { checker.Members(c.of.ref(), gadgetRules) }))
			}
		})
	}
}
