package rules

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/generator/model"
)

// TestPickedIsPartOfAssertions picks each assertion of a schema alone: it is the one that stands in the whole list.
func TestPickedIsPartOfAssertions(t *testing.T) {
	least := 1
	s := &model.Schema{
		Types: []model.Type{model.TypeObject}, MinProperties: &least, Required: []string{"a"},
		Properties: []*model.Property{{Name: "a", Schema: &model.Schema{}}}, Additional: &model.Schema{Types: []model.Type{model.TypeString}},
		DependentRequired: []*model.DependentRequired{{Name: "a", Required: []string{"b"}}, {Name: "b", Required: []string{"a"}}},
		Not:               &model.Schema{Required: []string{"c"}}, UnevaluatedProperties: &model.Schema{},
	}
	all := Assertions(s)
	assert.Len(t, all, 9)
	for _, want := range all {
		assert.Equal(t, []Rule{want}, Picked(s, func(r Rule) bool { return r.Key() == want.Key() }), want.Key())
		assert.True(t, Asserts(s, func(r Rule) bool { return r.Key() == want.Key() }))
	}
	assert.False(t, Asserts(s, func(r Rule) bool { return r.Keyword == "maxProperties" }))
}

// TestAskingForAnAssertionMakesNoConditions asks schemas of few and of many members for what they do not assert.
func TestAskingForAnAssertionMakesNoConditions(t *testing.T) {
	asked := func(members int) float64 {
		s := &model.Schema{Types: []model.Type{model.TypeObject}}
		for i := range members {
			s.Properties = append(s.Properties, &model.Property{Name: fmt.Sprint(i), Schema: &model.Schema{}})
			s.Required = append(s.Required, fmt.Sprint(i))
		}
		return testing.AllocsPerRun(10, func() { Asserts(s, func(r Rule) bool { return r.Keyword == "not" }) })
	}
	assert.Equal(t, asked(1), asked(1000))
}
