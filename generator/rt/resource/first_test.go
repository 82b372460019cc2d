package resource

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFirst(t *testing.T) {
	list := []int{7, 8}
	got, err := First("number", list, nil)
	require.NoError(t, err)
	assert.Same(t, &list[0], got)
	_, err = First[int]("number", nil, nil)
	require.EqualError(t, err, "the server answered no number where one was sent")
	failed := errors.New("failed")
	_, err = First("number", list, failed)
	require.ErrorIs(t, err, failed)
}
