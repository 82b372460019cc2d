package plan

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/generator/rt/schema"
)

func TestFormatsAreThoseOfTheRuntime(t *testing.T) {
	assert.Equal(t, schema.Formats(), Formats())
}
