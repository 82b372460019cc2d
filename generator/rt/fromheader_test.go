package rt

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Objects stand in headers as the style simple says: names and values in turn, or pairs.
func TestObjectsAreReadFromHeaders(t *testing.T) {
	for _, tt := range []struct {
		text    string
		explode bool
		want    *widget
		bad     string
	}{
		{"id,w1,size,3", false, &widget{ID: "w1", Size: 3}, ""},
		{" size , 3 , id , w 1", false, &widget{ID: "w 1", Size: 3}, ""},
		{"id=w1,size=3", true, &widget{ID: "w1", Size: 3}, ""},
		{"name=a=b, other=x", true, &widget{Name: "a=b"}, ""},
		{"", false, &widget{}, ""},
		{"id,w1,size", false, nil, "is no object"},
		{"id", true, nil, "is no object"},
		{"size,many", false, &widget{}, ""}, // lenient, as everything that is read
	} {
		r := HeaderReader{Header: http.Header{"X-Widget": {tt.text}}}
		got := ObjectFromHeader(&r, "X-Widget", tt.explode, (*widget).ref)
		assert.Equal(t, tt.want, got, tt.text)
		if tt.bad == "" {
			assert.NoError(t, r.Err(), tt.text)
		} else {
			assert.ErrorContains(t, r.Err(), tt.bad, tt.text)
		}
	}
	r := HeaderReader{Header: http.Header{}}
	assert.Nil(t, ObjectFromHeader(&r, "X-Widget", false, (*widget).ref))
	assert.NoError(t, r.Err())
}
