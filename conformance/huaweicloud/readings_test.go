package huaweicloud_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/conformance/internal/reference"
)

// TestGeneratedCodeReadsTheReferenceAsOthersDo gives the client requests that were judged by the sentences of the reference.
func TestGeneratedCodeReadsTheReferenceAsOthersDo(t *testing.T) {
	accepted, refused := served.Read(t, reference.Readings(t))
	assert.Equal(t, []int{446, 807}, []int{accepted, refused})
}
