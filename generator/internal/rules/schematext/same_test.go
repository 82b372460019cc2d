package schematext

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/generator/model"
)

func TestSchemasAreTheSameInTheSameWords(t *testing.T) {
	text := func() *model.Schema { return &model.Schema{Types: []model.Type{model.TypeString}} }
	number := &model.Schema{Types: []model.Type{model.TypeNumber}}
	list := func(of *model.Schema) *model.Schema {
		return &model.Schema{Types: []model.Type{model.TypeArray}, Items: of}
	}
	assert.True(t, Same(list(text()), list(text())))
	assert.False(t, Same(list(text()), list(number)))
	component := &model.Schema{Name: "Node", Types: []model.Type{model.TypeArray}}
	component.Items = component
	other := &model.Schema{Name: "Other", Types: []model.Type{model.TypeArray}, Items: component}
	assert.True(t, Same(list(component), list(component)), "one name")
	assert.False(t, Same(list(component), list(other)), "two names")
	self := list(nil)
	self.Items = self
	assert.True(t, Same(self, self), "of itself")
}
