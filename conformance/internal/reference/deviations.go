package reference

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// deviation is an entry of deviations.yaml.
type deviation struct {
	Schemas    []string `yaml:"schemas"`    // of the facts
	Operations []string `yaml:"operations"` // for parameters, and for members of an answer's outermost object
	Field      string   `yaml:"field"`      // its name; empty: all fields
	Kind       string   `yaml:"kind"`
	Values     []string `yaml:"values"` // what the document says, or, of "missing value", does not say
	Reason     string   `yaml:"reason"`
}

// deviations remembers which of its entries were needed.
type deviations struct {
	entries []deviation
	used    map[string]bool
}

var deviationKinds = append([]string{
	"field",         // the document has the field, the facts do not
	"value",         // the document lists the value of an enum, the facts do not
	"missing value", // the facts list it, the document does not
	"format",
	"type",
	"required",
}, limitWords...)

func readDeviations(t *testing.T, file string) *deviations {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	d := &deviations{used: map[string]bool{}}
	require.NoError(t, decoder.Decode(&d.entries))
	for _, e := range d.entries {
		require.NotEmpty(t, e.Reason, "deviations.yaml: %s: no reason", e.Field)
		require.NotEmpty(t, e.Field, "deviations.yaml: %s: no field", e.Reason)
		require.Contains(t, deviationKinds, e.Kind, "deviations.yaml: %s", e.Field)
		require.NotEmpty(t, append(slices.Clone(e.Schemas), e.Operations...), "deviations.yaml: %s: nowhere", e.Field)
		if e.Kind != "field" {
			require.NotEmpty(t, e.Values, "deviations.yaml: %s: no values", e.Field)
		}
	}
	return d
}

// key names one use of one entry.
func (d *deviations) key(entry int, owner, value string) string {
	return fmt.Sprintf("%d %s %s", entry, owner, value)
}

// allow reports whether an entry speaks of this.
func (d *deviations) allow(owner, field, kind, value string) bool {
	for i, e := range d.entries {
		owners := append(slices.Clone(e.Schemas), e.Operations...)
		if e.Kind == kind && e.Field == field && slices.Contains(owners, owner) && (kind == "field" || slices.Contains(e.Values, value)) {
			if kind == "field" {
				value = ""
			}
			d.used[d.key(i, owner, value)] = true
			return true
		}
	}
	return false
}

// unused are the parts of entries that nothing needed.
func (d *deviations) unused() []string {
	var unused []string
	for i, e := range d.entries {
		for _, owner := range append(slices.Clone(e.Schemas), e.Operations...) {
			values := e.Values
			if e.Kind == "field" {
				values = []string{""}
			}
			for _, value := range values {
				if !d.used[d.key(i, owner, value)] {
					unused = append(unused, strings.TrimSpace(fmt.Sprintf("%s of %s: %s %s", e.Field, owner, e.Kind, value)))
				}
			}
		}
	}
	return unused
}
