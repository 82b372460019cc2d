package rt

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var opRun = Operation{ID: "Run", Method: "POST", Path: "/v1/execute/{version}/{hash}", Anonymous: true}

func TestALinkIsTakenApart(t *testing.T) {
	for link, want := range map[string][3]string{
		"https://a.example.com/v1/execute/1/4f76":        {"https://a.example.com", "1", "4f76"},
		"https://a.example.com/v1/execute/1/4f76/":       {"https://a.example.com", "1", "4f76"},
		"https://a.example.com:8443/x/v1/execute/1/a%20": {"https://a.example.com:8443/x", "1", "a "},
	} {
		l, err := ParseLink(&opRun, link)
		require.NoError(t, err, link)
		assert.Equal(t, want, [3]string{l.endpoint, l.Param("version"), l.Param("hash")})
		assert.Empty(t, l.Param("other"))
		assert.NotContains(t, fmt.Sprintf("%v %+v %#v %s", l, l, l, l), "4f76")
	}
}

func TestWhatIsNoLinkIsRefusedAndNotShown(t *testing.T) {
	for _, link := range []string{
		"", "/v1/execute/1/s3cret", "https:///v1/execute/1/s3cret", "https://a.example.com/v1/execute/1", "https://a.example.com/v1/exec/1/s3cret",
		"https://a.example.com/v1/execute//s3cret", "https://a.example.com/v1/execute/1/s3cret?x=1", "https://u:p@a.example.com/v1/execute/1/s3cret",
		"https://a.example.com/v1/execute/1/s3cret#x", "https://a.example.com/v1/execute/1/s3cret%zz", "https://a.example.com/v1/execute/1/s3cret/more",
		"https://a.example.com/v1/execute/1/s3cret?", ":s3cret",
	} {
		_, err := ParseLink(&opRun, link)
		var e *ParamError
		require.ErrorAs(t, err, &e, "%q", link)
		assert.NotContains(t, err.Error(), "s3cret")
	}
}

func FuzzParseLink(f *testing.F) {
	f.Add("https://a.example.com/v1/execute/1/4f76/")
	f.Add("https://a/v1/execute/%2e%2e/x")
	f.Fuzz(func(t *testing.T, link string) {
		l, err := ParseLink(&opRun, link)
		if err != nil {
			return
		}
		if l.Param("version") == "" || l.Param("hash") == "" {
			t.Errorf("%q: a parameter is empty", link)
		}
	})
}

// TestALinkLeadsWhereItSays calls another host than the client's, without credentials.
func TestALinkLeadsWhereItSays(t *testing.T) {
	var seen []string
	c, err := New(&API{Name: "x"}, WithEndpoint("https://home.example.com"), WithTransport(roundTrip(func(r *http.Request) (*http.Response, error) {
		seen = append(seen, r.Method+" "+r.URL.String()+" "+r.Header.Get("Authorization"))
		return &http.Response{StatusCode: 202, Body: http.NoBody, Header: http.Header{}}, nil
	})))
	require.NoError(t, err)
	l, err := ParseLink(&opRun, "https://away.example.com/v1/execute/1/4f76/")
	require.NoError(t, err)
	call := Call{Operation: &opRun, Options: l.Options(nil)}
	call.PathParam("version", l.Param("version"))
	call.PathParam("hash", l.Param("hash"))
	require.NoError(t, c.Do(context.Background(), &call))
	assert.Equal(t, []string{"POST https://away.example.com/v1/execute/1/4f76 "}, seen)
	l, err = ParseLink(&opRun, "http://away.example.com/v1/execute/1/4f76/")
	require.NoError(t, err)
	call.Options = l.Options(nil)
	require.ErrorIs(t, c.Do(context.Background(), &call), ErrInvalid, "plain http is not spoken")
}
