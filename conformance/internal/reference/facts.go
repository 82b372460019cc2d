package reference

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// factTable is facts.json: what independent sources, an SDK and the provider's own API definitions, say about the API.
type factTable struct {
	Counts         map[string]int  `json:"counts"`
	Silent         []string        `json:"silent"` // what the sources do not speak of
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

// silent reports whether the sources do not speak of something.
func (f factTable) silent(aspect string) bool { return slices.Contains(f.Silent, aspect) }

func readFacts(t *testing.T, file string) factTable {
	t.Helper()
	data, err := os.ReadFile(file)
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
