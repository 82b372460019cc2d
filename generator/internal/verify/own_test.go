package verify_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/runtime"
	"github.com/pantograph-go/pantograph/generator/internal/verify"
)

// verified is what becomes of a file of a client with our runtime.
func verified(unsafe bool, body string) []string {
	const home = "example.com/m/client"
	_, diags := verify.Files(verify.Request{
		Files: []verify.Source{{Path: "client.go", Bytes: []byte(verify.Header + "\n\npackage client\n\n" + body)}},
		Paths: map[string]string{".": home},
		Own:   verify.Own{Path: home + "/rt", Types: runtime.Types(unsafe)},
	})
	var messages []string
	for _, d := range diags {
		messages = append(messages, d.Message)
	}
	return messages
}

func TestCodeIsCheckedAgainstTheTypesOfOurRuntime(t *testing.T) {
	const imports = "import (\n\"net/http\"\n\"example.com/m/client/rt\"\n)\n\n"
	for _, unsafe := range []bool{true, false} {
		assert.Empty(t, verified(unsafe, imports+"func option(c *http.Client) rt.Option { return rt.WithHTTPClient(c) }\nfunc name() rt.Opt[string] { return rt.Some(\"x\") }\n"))
		for want, body := range map[string]string{
			"undefined: rt.Nothing":             "func f(*http.Client) { rt.Nothing() }",
			"as *http.Client value in argument": "func f(c http.Client) rt.Option { return rt.WithHTTPClient(c) }",
			"cannot use rt.Some(1) (value of ":  "func f(*http.Client) rt.Opt[string] { return rt.Some(1) }",
			"undefined: rt.call":                "func f(*http.Client) { rt.call() }",
		} {
			messages := verified(unsafe, imports+body)
			require.Len(t, messages, 1, body)
			assert.Contains(t, messages[0], want)
		}
	}
}
