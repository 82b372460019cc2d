package rt

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// noted is an option that means nothing to a client.
type noted struct{ OtherOption }

func TestWhatOptionsAskForIsKnownBeforeTheCall(t *testing.T) {
	assert.False(t, IsDryRun(nil))
	assert.False(t, IsDryRun([]CallOption{nil, noted{}, WithQuery("a", "b"), IgnoreMissing()}))
	assert.True(t, IsDryRun([]CallOption{WithDryRun(new(DryRun)), noted{}}))
	assert.False(t, Captures([]CallOption{noted{}, WithDryRun(new(DryRun))}))
	assert.True(t, Captures([]CallOption{WithResponseInto(new(RawResponse))}))
	assert.True(t, Captures([]CallOption{WithEventInto(new(ServerEvent))}))
}

func TestAReadBeforeAWriteTakesNothingThatIsMeantForTheWrite(t *testing.T) {
	tr := always(200, widgetJSON, "ETag", `"7"`)
	c := newTestClient(t, tr)
	var mine, read RawResponse
	var dry DryRun
	opts := []CallOption{
		WithDryRun(&dry), WithQuery("force", "yes"), WithBodyMember("extra", 1), WithResponseInto(&mine), noted{},
		WithHeader("if-match", `"6"`), WithHeader("Idempotency-Key", "k"), WithHeader("X-Trace", "t"), WithContentType("text/plain"),
	}
	w, err := get(context.Background(), c, "w1", append(opts, ForReading(&read))...)
	require.NoError(t, err)
	require.Len(t, tr.seen, 1)
	assert.Equal(t, "/v1/p1/widgets/w1", tr.seen[0].URL.RequestURI())
	assert.Empty(t, tr.texts[0])
	assert.Empty(t, tr.seen[0].Header["If-Match"])
	assert.Empty(t, tr.seen[0].Header["Idempotency-Key"])
	assert.Equal(t, []string{"t"}, tr.seen[0].Header["X-Trace"])
	assert.True(t, w.ref().Recorded())
	assert.Equal(t, `"7"`, read.Header.Get("ETag"))
	assert.Zero(t, mine.Status)
	assert.Empty(t, dry.Method)

	_, err = get(context.Background(), c, "w1", append(opts[:1:1], ForReading(nil), WithDryRun(&dry))...)
	require.ErrorIs(t, err, ErrDryRun, "what comes after it counts")
	_, err = get(context.Background(), c, "w1", IgnoreMissing(), ForReading(nil))
	require.NoError(t, err)
}

func TestWhatPassesByItself(t *testing.T) {
	for _, err := range []error{
		&Error{Status: 503, Class: ErrUnavailable}, &Error{Status: 429, Class: ErrRateLimited},
		&TransportError{Err: errors.New("reset")}, &TransportError{Err: &TimeoutError{Scope: AttemptTimeout}},
	} {
		assert.True(t, Passes(err), err)
	}
	for _, err := range []error{
		nil, &Error{Status: 404, Class: ErrNotFound}, &Error{Status: 500, Class: ErrInternal}, &ParamError{}, ErrDryRun, http.ErrAbortHandler,
	} {
		assert.False(t, Passes(err), "%v", err)
	}
}
