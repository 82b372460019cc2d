package rt

import (
	"errors"
	"net/http"
	"slices"
)

// OtherOption is embedded in call options that mean something to others than [Client.Do], which passes over
// them.
type OtherOption struct{}

func (OtherOption) applyCall(*callConfig) {}

// intent is what the options of a call ask for, by themselves.
func intent(opts []CallOption) *callConfig {
	c := new(callConfig)
	for _, o := range opts {
		if o != nil {
			o.applyCall(c)
		}
	}
	return c
}

// IsDryRun reports whether options keep a call from being sent: see [WithDryRun].
func IsDryRun(opts []CallOption) bool { return intent(opts).dryRun != nil }

// Captures reports whether options capture what comes of a call: its response, header or events. Calls that
// share such options must not run at the same time.
func Captures(opts []CallOption) bool {
	c := intent(opts)
	return c.into != nil || c.header != nil || c.event != nil
}

// ForReading is the last option of a call that reads what another call is going to write, with the options
// of that one. It takes back what is meant for the write alone: the dry run, [IgnoreMissing], additions to
// query and body, conditions, and what captures results. Presence is recorded, so that nothing of what is
// read gets lost. The response is captured when into is not nil.
//
//go:noinline
func ForReading(into *RawResponse) CallOption {
	return callOption(func(c *callConfig) {
		c.dryRun, c.ignoreMissing = nil, false
		c.query, c.members, c.contentType = nil, nil, ""
		c.into, c.header, c.event, c.listing = into, nil, nil, nil
		c.headers = slices.DeleteFunc(slices.Clone(c.headers), func(h HeaderField) bool { return conditional(h.Name) })
		c.presence = true
	})
}

// conditional reports whether a header makes a request depend on the state of what it is for, or marks
// one request of many.
func conditional(header string) bool {
	switch http.CanonicalHeaderKey(header) {
	case "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Idempotency-Key":
		return true
	}
	return false
}

// Passes reports whether a failure may pass by itself: the service was not available or had too many
// requests, or no answer arrived. It is for those who ask again and again anyway; what [RetryPolicy] repeats
// has been repeated before.
func Passes(err error) bool {
	if errors.Is(err, ErrUnavailable) || errors.Is(err, ErrRateLimited) {
		return true
	}
	var t *TransportError
	return errors.As(err, &t) && repeatableFailure(t.Err, true)
}

// Quote puts text that came from elsewhere in quotes, as the messages of this package do: what cannot be
// printed is escaped, and at most limit bytes are kept.
func Quote(s string, limit int) string { return quoteText(s, limit) }
