package conformance

import (
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	"github.com/pantograph-go/pantograph/generated/rt"
)

// pageOf is a page of so many groups, made while it is read.
type pageOf struct {
	groups int
	rest   string
}

func (p *pageOf) Read(b []byte) (int, error) {
	if p.rest == "" {
		if p.groups == 0 {
			return 0, io.EOF
		}
		p.groups--
		p.rest = "," + oneGroup
		if p.groups == 0 {
			p.rest += `],"total_number":1}`
		}
	}
	n := copy(b, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

func (p *pageOf) Close() error { return nil }

type largePage struct{ groups int }

func (l largePage) RoundTrip(r *http.Request) (*http.Response, error) {
	body := &pageOf{l.groups, `{"limit":0,"scaling_groups":[` + oneGroup}
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: body, ContentLength: -1, Request: r}, nil
}

// The items of a page of 100 MB come in less than 8 MB of memory, garbage included. A page that has to be there as a whole
// is too large.
func TestAPageOf100MBTakesLittleMemory(t *testing.T) {
	groups := (100 << 20) / len(oneGroup)
	c, err := as.New(as.WithRegion(as.RegionCNNorth4), as.WithProjectID("p1"), as.WithTransport(largePage{groups}))
	require.NoError(t, err)
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	before, peak, n := m.HeapAlloc, uint64(0), 0
	for g, err := range c.Groups.All(t.Context(), nil) {
		require.NoError(t, err)
		if n++; n%100 == 0 {
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapAlloc)
		}
		if !strings.HasPrefix(g.Name, "web") || len(g.AvailableZones) != 2 {
			t.Fatal(n, g)
		}
		if n > groups {
			break
		}
	}
	assert.Equal(t, groups+1, n)
	assert.Less(t, int64(peak-before), int64(8<<20))
	t.Logf("%d groups, %.1f MB", n, float64(peak-before)/(1<<20))
	_, err = c.Groups.List(t.Context(), nil)
	require.ErrorIs(t, err, rt.ErrResponseTooLarge)
}
