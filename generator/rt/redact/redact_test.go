package redact

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSecretsAreMaskedInBodiesOfEveryForm(t *testing.T) {
	s := Secrets{Names: []string{"pin", "userData", "token.id"}}
	const multi = "--b\r\nContent-Disposition: form-data; name=\"PIN\"\r\n\r\n1234\r\n--b\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"pin\":1}\r\n" +
		"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\nabc\r\n--b--\r\n"
	for _, tt := range []struct{ name, media, body, want string }{
		{"nothing", "application/json", ``, ``},
		{"without secrets it stays as it is", "application/json", `{ "a" : 1.0 }`, `{ "a" : 1.0 }`},
		{"members", "application/json", `{"a":[{"adminPass":"x","pin":7}],"Password":"y","token":null}`, `{"a":[{"adminPass":"***","pin":"***"}],"Password":"***","token":null}`},
		{"an object under a telling name is gone into, under a declared one not", "", `{"auth":{"user":"u","password":"p"},"userdata":{"a":"b"}}`, `{"auth":{"user":"u","password":"***"},"userdata":"***"}`},
		{"a name that is one inside some members only", "", `{"id":1,"token":{"id":"x","a":{"id":2}},"TOKEN":[{"id":"y"}],"project":{"id":3}}`,
			`{"id":1,"token":{"id":"***","a":{"id":2}},"TOKEN":"***","project":{"id":3}}`},
		{"lists", "", `{"secrets":["a","b"]}`, `{"secrets":"***"}`},
		{"numbers keep their digits", "", `{"pin":1,"n":1.50,"big":123456789012345678901}`, `{"pin":"***","n":1.50,"big":123456789012345678901}`},
		{"JSON in a text", "", `{"message":"[{\"pin\":1}]"}`, `{"message":"[{\"pin\":\"***\"}]"}`},
		{"a form", "application/x-www-form-urlencoded; charset=utf-8", `a=1&client%5Fsecret=x&pin=2&flag&%zz=3`, `a=1&client%5Fsecret=***&pin=***&flag&%zz=***`},
		{"lines", "application/x-ndjson", "{\"pin\":1}\n{\"a\":2}\n", "{\"pin\":\"***\"}\n{\"a\":2}\n"},
		{"events", "text/event-stream", "event: x\ndata: {\"pin\":1}\n\n", "event: x\ndata: {\"pin\":\"***\"}\n\n"},
		{"text", "text/plain", "pin=1", "pin=1"},
		{"parts", "multipart/form-data; boundary=b", multi, strings.NewReplacer("1234", "***", `{"pin":1}`, `{"pin":"***"}`).Replace(multi)},
		{"parts that break off", "multipart/form-data; boundary=b", multi[:strings.Index(multi, "34")], strings.Replace(multi[:strings.Index(multi, "34")], "12", "***", 1)},
	} {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, string(s.Body([]byte(tt.body), tt.media))) })
	}
}

func TestNamesThatTell(t *testing.T) {
	var s Secrets
	for _, name := range []string{"password", "admin_pass", "Admin-Pass", "X-Api-Key", "accessKeyId", "token", "client_secret", "authorization", "sshPrivateKey"} {
		assert.True(t, s.Hold(name), name)
	}
	for _, name := range []string{"", "name", "tokens_used", "author", "key", "next_token_count"} {
		assert.False(t, s.Hold(name), name)
	}
}

// Masking again finds nothing more, and a value under a secret name is not in the result.
func FuzzBody(f *testing.F) {
	f.Add([]byte(`{"password":"x","a":[{"token":1}]}`), "application/json")
	f.Add([]byte("--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n1\r\n--b--"), "multipart/form-data; boundary=b")
	f.Add([]byte("token=1&a=2"), "application/x-www-form-urlencoded")
	f.Fuzz(func(t *testing.T, body []byte, media string) {
		s := Secrets{Names: []string{"pin"}}
		once := s.Body(body, media)
		require.Equal(t, string(once), string(s.Body(once, media)))
	})
}
