package generator

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// constructs are the documents of the conformance tests that hold every construct.
func constructs(t *testing.T) map[string]*yaml.Node {
	t.Helper()
	files, err := filepath.Glob("../conformance/constructs/*.yaml")
	require.NoError(t, err)
	require.Len(t, files, 3)
	docs := map[string]*yaml.Node{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		doc := new(yaml.Node)
		require.NoError(t, yaml.Unmarshal(data, doc))
		docs[strings.TrimSuffix(filepath.Base(name), ".yaml")] = doc
	}
	return docs
}

// told are the places whose text is only told: nothing is named or decided after it.
var told = regexp.MustCompile(`/(description|summary|termsOfService|bearerFormat|scopes/.*|contact/.*|license/.*|externalDocs/.*|examples/.*|example)$`)

// One text in every place that is only told, all at once: what is generated has the declarations it has without.
func TestHostileTextInEveryToldPlaceOfTheConstructs(t *testing.T) {
	rt := ownRuntime("example.com/m/client/rt", true)
	for name, doc := range constructs(t) {
		files, diags := printed(t, encode(t, doc))
		require.False(t, diags.HasErrors(), diags)
		_, usual := inspected(t, files)
		var places []position
		for _, at := range texts(doc, "", false) {
			if told.MatchString(at.path) && at.node.Tag == "!!str" {
				places = append(places, at)
			}
		}
		require.NotEmpty(t, places)
		before := make([]yaml.Node, len(places))
		for i, at := range places {
			before[i] = *at.node
		}
		for k, text := range hostileTexts {
			for i, at := range places {
				*at.node = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.DoubleQuotedStyle, Value: fmt.Sprint(text, i)}
			}
			data := encode(t, doc)
			t.Run(fmt.Sprintf("%s %d", name, k), func(t *testing.T) {
				t.Parallel()
				files, diags := printed(t, data)
				located(t, diags)
				require.False(t, diags.HasErrors(), diags)
				_, declarations := inspected(t, files)
				assert.Equal(t, usual, declarations)
				if k == 0 || *thorough {
					assert.Empty(t, verified(t, rt, files))
				}
			})
		}
		for i, at := range places {
			*at.node = before[i]
		}
	}
}

// A text in each of the other places, one by one: names, values, paths, media types, references. It is generated, or it is a
// located error; never is it code.
func TestHostileTextInEveryOtherPlaceOfTheConstructs(t *testing.T) {
	rt := ownRuntime("example.com/m/client/rt", true)
	for name, doc := range constructs(t) {
		for i, at := range texts(doc, "", false) {
			if told.MatchString(at.path) {
				continue
			}
			old := *at.node
			for k, text := range hostileTexts {
				if !*thorough && (k != i/8%len(hostileTexts) || i%8 != 0) {
					continue
				}
				*at.node = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.DoubleQuotedStyle, Value: text}
				data := encode(t, doc)
				t.Run(fmt.Sprintf("%s %s %d", name, at.path, k), func(t *testing.T) {
					t.Parallel()
					files, diags := printed(t, data)
					located(t, diags)
					if diags.HasErrors() {
						return
					}
					inspected(t, files)
					if i%64 == 0 || *thorough {
						assert.Empty(t, verified(t, rt, files))
					}
				})
			}
			*at.node = old
		}
	}
}
