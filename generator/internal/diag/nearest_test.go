package diag

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNearestOfMembers(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"naem", "name"}, {"sources", "source"}, {"start_numbr", "start_number"}, {"project", "project_id"}, {"Name", "name"},
		{"verb", ""}, {"x", ""}, {"", ""}, {"chapter", ""},
	} {
		assert.Equal(t, c.want, Nearest(c.name, []string{"source", "name", "start_number", "project_id", "id"}), c.name)
	}
}
