package plan

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestAWordListHasWholeWords(t *testing.T) {
	const list wordList = "begin gin\n\tor organ"
	for _, word := range list.all() {
		assert.True(t, list.has(word), word)
	}
	for _, word := range []string{"", "be", "in", "g", "org", "an", "gins", "Or"} {
		assert.False(t, list.has(word), word)
	}
	for _, list := range []wordList{reservedWords, verbs} {
		for _, word := range list.all() {
			assert.True(t, list.has(word), word)
		}
	}
}
