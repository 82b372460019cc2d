package huaweicloud_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// factTable is facts.json: what independent sources, an SDK and the provider's own API definitions, say about the API.
type factTable struct {
	Counts         map[string]int  `json:"counts"`
	LimitsSetAside []setAside      `json:"limitsSetAside"`
	Operations     []factOperation `json:"operations"`
	Schemas        []factSchema    `json:"schemas"`
}

// setAside is a limit of the facts that the reference contradicts; see errata.md of the document concerned.
type setAside struct {
	Schema    string `json:"schema"`
	Operation string `json:"operation"`
	Field     string `json:"field"`
	Keyword   string `json:"keyword"`
	Limit     any    `json:"limit"`
	Instead   any    `json:"instead"`
}

type factOperation struct {
	ID              string      `json:"id"`
	Version         string      `json:"version"`
	Method          string      `json:"method"`
	Path            string      `json:"path"`
	Status          int         `json:"status"`
	ContentType     string      `json:"contentType"`
	Token           bool        `json:"token"`
	Parameters      []factField `json:"parameters"`
	RequestSchema   string      `json:"requestSchema"`
	RequestRequired bool        `json:"requestRequired"`
	Request         []factField `json:"request"`
	Response        []factField `json:"response"`
	RateLimit       *struct {
		PerUser int `json:"perUser"`
		Total   int `json:"total"`
	} `json:"rateLimit"`
}

type factSchema struct {
	Name     string      `json:"name"`
	Request  bool        `json:"request"`
	Response bool        `json:"response"`
	Fields   []factField `json:"fields"`
}

// factField is a field of a schema, a flattened field of a body, or a parameter.
type factField struct {
	Name     string         `json:"name"`
	Path     string         `json:"path"`
	In       string         `json:"in"`
	Type     string         `json:"type"`
	Format   string         `json:"format"`
	Schema   string         `json:"schema"`
	Enum     []string       `json:"enum"`
	Required bool           `json:"required"`
	Limits   map[string]any `json:"limits"`
	Items    *struct {
		Type   string   `json:"type"`
		Schema string   `json:"schema"`
		Enum   []string `json:"enum"`
	} `json:"items"`
}

// flat gives a field of a schema the form it has in a flattened body.
func (f factField) flat(prefix string) factField {
	f.Path = prefix + f.Name
	if f.Items != nil {
		f.Path += "[]"
		f.Type, f.Schema, f.Enum = f.Items.Type, f.Items.Schema, f.Items.Enum
	}
	return f
}

func readFacts(t *testing.T) factTable {
	t.Helper()
	data, err := os.ReadFile("facts.json")
	require.NoError(t, err)
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var facts factTable
	require.NoError(t, decoder.Decode(&facts))
	return facts
}

// same reports whether two limits are equal, as numbers if they are numbers.
func same(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX == nil && errY == nil {
		return x == y
	}
	return a == b
}

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

func readDeviations(t *testing.T) *deviations {
	t.Helper()
	data, err := os.ReadFile("deviations.yaml")
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
