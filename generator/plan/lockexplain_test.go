package plan

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestExplainLock(t *testing.T) {
	old := "# names.lock 2: names\nfield\ta#/P/x\tX\nfield\ta#/P/z\tZ\nmethod\tget\tGet\tPets\ta#/p\ntype\ta#/P\tPet\tresponse\ntype\ta#/Q\tQuote\n"
	now := "# names.lock 2: names\nalias\ta#/P/z\tZ\tfield\nfield\ta#/P/x\tY\nfield\ta#/P/y\tMore\nmethod\tget\tGet\tAnimals\ta#/p\ntype\ta#/R\tQuote\n"
	var got []string
	for _, c := range ExplainLock([]byte(old), []byte(now)) {
		got = append(got, strings.Repeat(".", c.Line)+" "+c.Text)
	}
	assert.Equal(t, []string{
		".. the field X of a#/P/x is called Y",
		".. the former name Z of a#/P/z is kept",
		"... the field Z is gone, with a#/P/z",
		"... the field More of a#/P/y is new",
		".... the method Get is now: Animals, at a#/p; it was: Pets, at a#/p",
		"..... the type Pet is gone, with a#/P",
		"...... the type Quote moves from a#/Q to a#/R",
	}, got)
	assert.Empty(t, ExplainLock([]byte(now), []byte(now)))
}
