package rackspace_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/conformance/internal/reference"
)

// TestGeneratedCodeReadsTheReferenceAsOthersDo gives the client requests that were judged by the sentences about the service.
func TestGeneratedCodeReadsTheReferenceAsOthersDo(t *testing.T) {
	accepted, refused := served.Read(t, reference.Readings(t))
	assert.Equal(t, []int{115, 300}, []int{accepted, refused})
}
