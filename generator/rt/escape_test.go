package rt

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// RFC 3986, section 2.3: letters, digits, hyphen, full stop, underscore, tilde.
func TestUnreservedBytes(t *testing.T) {
	for c := range 256 {
		want := strings.IndexByte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~", byte(c)) >= 0
		assert.Equal(t, want, unreserved(byte(c)), "%q", c)
	}
}

func TestASegmentIsEscapedFromTheFirstByteThatNeedsIt(t *testing.T) {
	for _, s := range []string{"", "a", "a:b", "ä", "a b", "ab/", "100%", "a+b@c", "\x00\xff"} {
		got := string(appendSegment([]byte("/"), s))
		plain, err := url.PathUnescape(got)
		assert.NoError(t, err)
		assert.Equal(t, "/"+s, plain)
		assert.NotContains(t, got[1:], "/")
	}
}
