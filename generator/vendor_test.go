package generator

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every client of ours becomes one file, whose packages had the same names for different things. What it is made of is
// type-checked at the version we promise before it is written.
func TestClientsBecomeSingleFiles(t *testing.T) {
	clients, err := filepath.Glob("../generated/*/*")
	require.NoError(t, err)
	require.NotEmpty(t, clients)
	for _, client := range clients {
		if _, err := os.Stat(filepath.Join(client, "client.go")); err != nil {
			continue
		}
		t.Run(client, func(t *testing.T) {
			to := t.TempDir()
			result, list := Vendor(VendorOptions{From: client, To: to, Import: "example.com/single", SingleFile: true})
			require.Empty(t, list)
			require.Len(t, result.Changes, 2)
			src, err := os.ReadFile(filepath.Join(to, filepath.Base(client)+".go"))
			require.NoError(t, err)
			head, _, _ := strings.Cut(string(src), "\n)\n")
			assert.NotContains(t, head[strings.Index(head, "\npackage "):], "pantograph", "it imports nothing of ours")
			again, list := Vendor(VendorOptions{From: client, To: to, Import: "example.com/single", SingleFile: true})
			require.Empty(t, list)
			assert.Empty(t, again.Changes, "equal bytes")
		})
	}
}

func TestVendorSaysWhatIsMissing(t *testing.T) {
	to := t.TempDir()
	_, list := Vendor(VendorOptions{From: "../conformance/consumer/petstore", To: to})
	require.Len(t, list, 1)
	assert.Equal(t, "config-import", list[0].Code)
	assert.Equal(t, "give it with -import", list[0].Hint)

	_, list = Vendor(VendorOptions{From: "../generated/huaweicloud/iam", FromImport: "github.com/pantograph-go/pantograph/generated/huaweicloud/iam", To: to, Import: "example.com/x"})
	require.NotEmpty(t, list)
	assert.Equal(t, "vendor-runtime", list[0].Code, "its runtime is not in the folder that was named")
	entries, err := os.ReadDir(to)
	require.NoError(t, err)
	assert.Empty(t, entries)
}
