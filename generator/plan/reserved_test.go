package plan

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The published lists are the ones in use.
func TestReservedNamesArePublished(t *testing.T) {
	page, err := os.ReadFile("../../docs/names.md")
	require.NoError(t, err)
	for title, names := range map[string][]string{"reserved types": reservedTypes.all(), "reserved methods": slices.Collect(maps.Keys(reservedMethods))} {
		_, rest, found := strings.Cut(string(page), "<!-- "+title+" -->\n")
		require.True(t, found, title)
		published, _, _ := strings.Cut(strings.TrimLeft(rest, "\n"), "\n\n")
		want := "`" + strings.Join(slices.Sorted(slices.Values(names)), "` `") + "`"
		require.Equal(t, want, strings.Join(strings.Fields(published), " "), "docs/names.md, %s", title)
	}
}
