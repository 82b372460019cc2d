package rt

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// Null is a body like any other where the document says so: nil is sent as null, and null is no result.
func TestNullIsABody(t *testing.T) {
	op := opCreate
	op.NullBody, op.NullAnswer = true, true
	for _, tt := range []struct {
		answer string
		empty  bool
	}{{" null\n", true}, {`{"id":"w1"}`, false}} {
		transport := always(200, tt.answer)
		out := new(widget)
		call := Call{Operation: &op, Body: (*widget)(nil).ref(), Result: out.ref(), Options: []CallOption{WithStrict()}}
		require.NoError(t, newTestClient(t, transport).Do(context.Background(), &call))
		assert.Equal(t, []string{"null"}, transport.texts)
		assert.Equal(t, tt.empty, call.Empty(), tt.answer)
	}
	plain := opCreate
	call := Call{Operation: &plain, Body: (*widget)(nil).ref()}
	assert.ErrorContains(t, newTestClient(t, always(200, "{}")).Do(context.Background(), &call), "body is nil")
	out := new(widget)
	call = Call{Operation: &plain, Body: new(widget).ref(), Result: out.ref(), Options: []CallOption{WithStrict()}}
	assert.ErrorContains(t, newTestClient(t, always(200, "null")).Do(context.Background(), &call), "null")
}

// A failure whose body is null has no detail.
func TestAFailureOfNullHasNoDetail(t *testing.T) {
	op := opCreate
	op.Failures = []Failure{{New: func() (any, json.Ref) { w := new(widget); return w, w.ref() }}}
	call := Call{Operation: &op, Body: new(widget).ref()}
	err := newTestClient(t, always(404, "null")).Do(context.Background(), &call)
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.Nil(t, e.Detail)
}
