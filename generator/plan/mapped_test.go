package plan

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestTypesThatFormatsCanHave(t *testing.T) {
	for text, want := range map[string]string{"net/netip.Addr": "netip.Addr", "net/url.URL": "url.URL", "math/big.Int": "big.Int", "string": "string"} {
		got, err := ParseType(text)
		assert.NoError(t, err, text)
		assert.Equal(t, want, got.String())
	}
	for _, text := range []string{
		"", "int", "netip.Addr", "net/netip.Addrs", "os.File", "net/http.Client", "*net/netip.Addr", "[]string", "net/netip.Addr; func init() {}",
		"net/string", "/string", "net/netip.Addr{}", "x/net/netip.Addr", "math/big.Int.Add",
	} {
		got, err := ParseType(text)
		assert.Error(t, err, "%q is %s", text, got)
	}
}
