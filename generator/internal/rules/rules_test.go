package rules_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/model"
)

func values(texts ...string) []*model.Enum {
	out := make([]*model.Enum, len(texts))
	for i, text := range texts {
		out[i] = &model.Enum{Value: model.Value(text)}
	}
	return out
}

func TestRulesInWords(t *testing.T) {
	cases := []struct {
		rule        rules.Rule
		text, limit string
	}{
		{rules.Rule{Keyword: "required"}, "is required", ""},
		{rules.Rule{Keyword: "minLength", Count: 1}, "must have at least 1 character", "1"},
		{rules.Rule{Keyword: "maxLength", Count: 64}, "must have at most 64 characters", "64"},
		{rules.Rule{Keyword: "maxLength", Count: 0}, "must have at most 0 characters", "0"},
		{rules.Rule{Keyword: "pattern", Pattern: "^[a-z]+$"}, "must match ^[a-z]+$", "^[a-z]+$"},
		{rules.Rule{Keyword: "minimum", Number: "0", Unit: "s"}, "must be at least 0 s", "0"},
		{rules.Rule{Keyword: "maximum", Number: "1.50"}, "must be at most 1.50", "1.50"},
		{rules.Rule{Keyword: "exclusiveMinimum", Number: "0"}, "must be greater than 0", "0"},
		{rules.Rule{Keyword: "exclusiveMaximum", Number: "10", Unit: "GB"}, "must be less than 10 GB", "10"},
		{rules.Rule{Keyword: "multipleOf", Number: "5"}, "must be a multiple of 5", "5"},
		{rules.Rule{Keyword: "minItems", Count: 1}, "must have at least 1 item", "1"},
		{rules.Rule{Keyword: "maxItems", Count: 2}, "must have at most 2 items", "2"},
		{rules.Rule{Keyword: "uniqueItems"}, "must not repeat an item", ""},
		{rules.Rule{Keyword: "minProperties", Count: 1}, "must have at least 1 member", "1"},
		{rules.Rule{Keyword: "maxProperties", Count: 3}, "must have at most 3 members", "3"},
		{rules.Rule{Keyword: "const", Values: values(`"pause"`)}, "must be pause", "pause"},
		{rules.Rule{Keyword: "enum", Values: values(`"a"`, `"b"`)}, "must be a or b", "a or b"},
		{rules.Rule{Keyword: "enum", Values: values(`1`, `2`, `""`)}, "must be 1, 2 or empty", "1, 2 or empty"},
		{rules.Rule{Keyword: "enum", Values: values(`"a\"b"`)}, `must be a"b`, `a"b`},
	}
	for _, c := range cases {
		t.Run(c.text, func(t *testing.T) {
			assert.Equal(t, c.text, c.rule.Text())
			assert.Equal(t, c.limit, c.rule.Limit())
		})
	}
}

// The rules of a schema come in one order, whatever the order of its keywords; a reference with
// siblings asserts its own and its target's.
func TestRulesOfASchema(t *testing.T) {
	n, page := 3, &model.Source{Page: "Page"}
	target := &model.Schema{Types: []model.Type{model.TypeString}, MaxLength: &n, Pattern: "^a$", Keywords: []model.KeywordPlace{{Name: "pattern", Line: 7}}}
	use := &model.Schema{Ref: target, MinLength: &n, Unit: "s"}
	use.Source = page
	var keywords []string
	for _, r := range rules.Of(use) {
		keywords = append(keywords, r.Keyword)
	}
	assert.Equal(t, []string{"minLength", "maxLength", "pattern"}, keywords)
	list := rules.Of(use)
	assert.Equal(t, page, list[0].Source)
	assert.Equal(t, "s", list[0].Unit)
	assert.Nil(t, list[1].Source)
	assert.Equal(t, 7, list[2].Pos.Line)
	assert.Empty(t, rules.Of(nil))
	assert.Empty(t, rules.Of(&model.Schema{Types: []model.Type{model.TypeBoolean}, Enum: values("true", "false")}), "both values of a boolean say nothing")
	assert.Len(t, rules.Of(&model.Schema{Types: []model.Type{model.TypeBoolean}, Enum: values("true")}), 1)
}

// Keywords that combine schemas are told in words, too.
func TestCombinedKeywordsInWords(t *testing.T) {
	n, no := 2, false
	named := &model.Schema{Name: "Disk"}
	s := &model.Schema{
		PrefixItems: []*model.Schema{named}, Items: &model.Schema{Types: []model.Type{model.TypeString}, MaxLength: &n}, Contains: named, MaxContains: &n,
		Required: []string{"a", "b"}, Properties: []*model.Property{{Name: "a", Schema: named}}, Additional: &model.Schema{Always: &no},
		PropertyNames:     &model.Schema{Pattern: "^a"},
		DependentRequired: []*model.DependentRequired{{Name: "a", Required: []string{"c"}}},
		Not:               &model.Schema{Title: "Volume"}, OneOf: []*model.Schema{named, {Types: []model.Type{model.TypeObject}, Nullable: true}},
		If: named, Then: &model.Schema{Name: "Other"},
	}
	got := map[string]string{}
	for _, r := range rules.Assertions(s) {
		got[r.Keyword] = r.Text()
	}
	assert.Equal(t, map[string]string{
		"prefixItems":          "must be a list of a Disk, in this order",
		"items":                "must have as items after item 1 only a string that must have at most 2 characters",
		"contains":             "must have an item that is a Disk",
		"maxContains":          "must have at most 2 items of this kind: a Disk",
		"required":             "must have a and b",
		"properties":           "must have a as a Disk",
		"additionalProperties": "must have no further members",
		"propertyNames":        "must have names of members that are a value that must match ^a",
		"dependentRequired":    "must have c where a is set",
		"oneOf":                "must be exactly one of these: a Disk; an object or null",
		"not":                  "must not be a Volume",
		"if":                   "must be, where it is a Disk, an Other",
	}, got)
}
