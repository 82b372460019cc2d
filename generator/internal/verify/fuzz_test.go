package verify

import (
	"go/format"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// FuzzFiles wants a verdict on any text: files that gofmt has nothing to say about, or errors.
func FuzzFiles(f *testing.F) {
	f.Add("type T struct{}\n", "package client\n")
	f.Add("func init() {}\n", "package client\n\ntype T int\n")
	f.Add("import (\n\"fmt\"\n\"fmt\"\n)\nvar _ = fmt.Sprint\n", "//line x:1\npackage client\nfunc\n")
	f.Add("var x = func() (x int) { return x }\n/*line a:9*/ var y = []int{1: 2}[0x1]\n", "\xff")
	f.Add("type A[P A[P]] struct{}\ntype B = B\n", "package client_test\n")
	f.Fuzz(func(t *testing.T, body, hand string) {
		req := request(generated("x.go", body))
		req.Hand = []Source{{Path: "hand.go", Bytes: []byte(hand)}}
		files, list := Files(req)
		require.Equal(t, files == nil, list.HasErrors())
		if strings.Contains(body, "/*") {
			return // gofmt itself moves such comments once more when it is asked twice; emitters write none
		}
		for _, file := range files {
			formatted, err := format.Source(file.Bytes)
			require.NoError(t, err)
			assert.Equal(t, string(formatted), string(file.Bytes))
		}
	})
}
