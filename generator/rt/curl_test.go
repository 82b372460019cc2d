package rt

import (
	"bytes"
	"context"
	"net/http"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt/redact"
)

func TestADryRunIsACommand(t *testing.T) {
	c := newTestClient(t, always(200, widgetJSON), WithAuthorizer(queryToken{}))
	var d DryRun
	_, err := create(context.Background(), c, &widget{Name: "it's $(here) `now` !!"}, WithDryRun(&d), WithQuery("a", "b"), WithQuery("password", "s3cret1"),
		WithBodyMember("adminPass", "s3cret2"), WithHeader("X-Empty", ""), WithHeader("X-Api-Key", "s3cret3"))
	require.ErrorIs(t, err, ErrDryRun)
	assert.Equal(t, `curl --globoff --path-as-is --request 'POST' --header 'Authorization: ***' `+
		`--header 'Content-Type: application/json;charset=UTF-8' --header 'User-Agent: widgets/v1 pantograph' --header 'X-Api-Key: ***' `+
		`--header 'X-Auth-Token: ***' --header 'X-Empty;' --header 'X-Project-Id: p1' `+
		`--data-raw '{"name":"it'\''s $(here) `+"`now`"+` !!","adminPass":"***"}' `+
		`--url 'https://north.example.com/v1/p1/widgets?a=b&password=***'`, withoutAccept(d.Curl()))
	assert.NotContains(t, d.String()+d.Curl(), "s3cret")
	assert.Contains(t, d.URL+string(d.Body)+d.Header.Get("X-Api-Key"), "s3cret3")

	_, err = get(context.Background(), c, "w1", WithDryRun(&d))
	require.ErrorIs(t, err, ErrDryRun)
	assert.NotContains(t, d.Curl(), "--request")
	assert.NotContains(t, d.Curl(), "--data")
}

// withoutAccept leaves out what differs by transport.
func withoutAccept(s string) string {
	return strings.ReplaceAll(s, "--header 'Accept: application/json' ", "")
}

func TestCommandsOfOtherRequests(t *testing.T) {
	for _, tt := range []struct {
		name string
		d    DryRun
		want string
	}{
		{"HEAD", DryRun{Method: "HEAD", shown: "https://a/b"}, `curl --globoff --path-as-is --head --url 'https://a/b'`},
		{"a compressed answer", DryRun{Method: "GET", shown: "https://a/b", Header: http.Header{"Accept-Encoding": {"gzip"}}},
			`curl --globoff --path-as-is --compressed --url 'https://a/b'`},
		{"a body of no type", DryRun{Method: "GET", shown: "https://a/b", Body: []byte("@file"), Length: 5},
			`curl --globoff --path-as-is --request 'GET' --header 'Content-Type:' --data-raw '@file' --url 'https://a/b'`},
		{"a body that is not all there", DryRun{Method: "PUT", shown: "https://a/b", Header: http.Header{"Content-Type": {"x/y"}}, Body: []byte("be"), Length: -1},
			`curl --globoff --path-as-is --request 'PUT' --header 'Content-Type: x/y' --data-binary '@-' --url 'https://a/b'`},
		{"a body that no argument holds", DryRun{Method: "PUT", shown: "https://a/b", Header: http.Header{"Content-Type": {"x/y"}}, Body: []byte("a\x00b"), Length: 3},
			`curl --globoff --path-as-is --request 'PUT' --header 'Content-Type: x/y' --data-binary '@-' --url 'https://a/b'`},
		{"what moves a cursor", DryRun{Method: "PUT", shown: "https://a/b", Header: http.Header{"Content-Type": {"x/y"}}, Body: []byte("\x1b[2J'\r\n1\u202e\\\xff"), Length: 13},
			`curl --globoff --path-as-is --request 'PUT' --header 'Content-Type: x/y' --data-raw $'\033[2J\047\015\n1\342\200\256\134\377' --url 'https://a/b'`},
		{"a header whose secret only the document knows", DryRun{Method: "GET", shown: "https://a/b?pin=7&x=1", Header: http.Header{"X-Pin": {"7"}},
			secret: []string{"X-Pin"}, secrets: redact.Secrets{Names: []string{"PIN"}}},
			`curl --globoff --path-as-is --header 'X-Pin: ***' --url 'https://a/b?pin=***&x=1'`},
	} {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, tt.d.Curl()) })
	}
}

var nasty = []string{
	"", "plain", "'", "''", `'; rm -rf / #`, `"`, "`id`", "$(id)", "${HOME}", "$'x'", `\`, `\'`, `'\''`, "a\nb", "\n'", "!!", "*", "?", "~", "-o", "@file",
	"\t", "\r\n", "\x1b]0;title\a", "\u202eabc", "\u2028", "\xff\xfe", "é日", "\x7f", "a\x01b'c\\d\"e", "1\x002"[:1], `\047;id;`, "\x01\\'; id #", "\x01\n'\n",
}

func TestNoTextBreaksOutOfItsQuotes(t *testing.T) {
	for _, s := range nasty {
		got, ok := unquote(shellQuote(s))
		assert.True(t, ok && got == s, "%q became %s", s, shellQuote(s))
		assert.True(t, visible(shellQuote(s)), "%q", s)
	}
	words := make([]string, len(nasty))
	for i, s := range nasty {
		words[i] = shellQuote(s)
	}
	for _, shell := range []string{"bash", "zsh"} {
		path, err := exec.LookPath(shell)
		if err != nil {
			continue // the reader of this test stands for it
		}
		out, err := exec.Command(path, "-c", `printf '%s\0' `+strings.Join(words, " ")).CombinedOutput()
		require.NoError(t, err, "%s", out)
		assert.Equal(t, strings.Join(nasty, "\x00")+"\x00", string(out), shell)
	}
	// A shell that does not know the quoting still sees one word.
	if path, err := exec.LookPath("dash"); err == nil {
		for _, s := range nasty {
			out, err := exec.Command(path, "-c", `printf '%s\0' `+shellQuote(s)).CombinedOutput()
			require.NoError(t, err)
			assert.Equal(t, 1, bytes.Count(out, []byte{0}), "%q", s)
		}
	}
}

func FuzzShellQuote(f *testing.F) {
	for _, s := range nasty {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.Contains(s, "\x00") {
			return
		}
		q := shellQuote(s)
		got, ok := unquote(q)
		require.True(t, ok, q)
		require.Equal(t, s, got)
		require.True(t, visible(q))
	})
}

// visible reports whether a text has nothing that a terminal does not show as it is.
func visible(s string) bool { return printable(s) }

// unquote reads one word as a shell does, of quotes alone: '…', $'…' and \'.
func unquote(q string) (string, bool) {
	var b []byte
	for q != "" {
		switch {
		case strings.HasPrefix(q, `\'`):
			b, q = append(b, '\''), q[2:]
		case strings.HasPrefix(q, "'"):
			inner, rest, ok := strings.Cut(q[1:], "'")
			if !ok {
				return "", false
			}
			b, q = append(b, inner...), rest
		case strings.HasPrefix(q, "$'"):
			inner, rest, ok := strings.Cut(q[2:], "'")
			if !ok {
				return "", false
			}
			for inner != "" {
				switch {
				case strings.HasPrefix(inner, `\n`):
					b, inner = append(b, '\n'), inner[2:]
				case inner[0] == '\\':
					if len(inner) < 4 {
						return "", false
					}
					n, err := strconv.ParseUint(inner[1:4], 8, 8)
					if err != nil {
						return "", false
					}
					b, inner = append(b, byte(n)), inner[4:]
				default:
					b, inner = append(b, inner[0]), inner[1:]
				}
			}
			q = rest
		default:
			return "", false
		}
	}
	return string(b), true
}
