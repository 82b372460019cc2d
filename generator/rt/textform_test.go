package rt

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestMatchForms(t *testing.T) {
	lower := CharClass{ASCII: [2]uint64{0, 0x7fffffe00000000}}
	forms := []TextForm{{Parts: []TextPart{{Text: "urn:"}, {Class: lower, Least: 2, Most: 3}, {Text: "-"}}, Open: true}, {}}
	for text, want := range map[string]bool{
		"": true, "urn:ab-": true, "urn:abc-x": true, "urn:a-": false, "urn:abcd-": false, "urn:": false, "x": false, "urn:äb-": false, "urn:ab": false,
	} {
		assert.Equal(t, want, MatchForms(text, forms), text)
	}
	assert.Zero(t, testing.AllocsPerRun(10, func() { MatchForms("urn:abc-x", forms) }))
}
