package verify

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/generator/internal/verify/stdlib"
)

func TestWhatFilesNameOfStandardPackages(t *testing.T) {
	tests := []struct {
		name, text string
		want       map[string][]string // nil: there is no telling
	}{
		{"selectors", "import (\"io\"; \"math/rand/v2\")\nvar a io.Reader = io.Discard; var b = rand.IntN(3)", map[string][]string{"io": {"Discard", "Reader"}, "math/rand/v2": {"IntN"}}},
		{"another name", "import in \"io\"\nvar a in.Reader; var io struct{ Writer int }; var b = io.Writer", map[string][]string{"io": {"Reader"}}},
		{"not a part of a longer word", "import \"io\"\nvar a radio.Writer; var b aio.X; var c _io.Y", map[string][]string{"io": {}}},
		{"space around the dot", "import \"io\"\nvar a io . Reader; var b = io.\n\n\tDiscard; var c io.\r\n EOF", map[string][]string{"io": {"Discard", "EOF", "Reader"}}},
		{"a comment before the dot", "import \"io\"\nvar a io/**/.Reader", map[string][]string{"io": nil}},
		{"a comment behind the dot", "import \"io\"\nvar a io./**/Reader", map[string][]string{"io": nil}},
		{"a dot import", "import . \"io\"\nvar a Reader", map[string][]string{"io": nil}},
		{"a blank import", "import _ \"io\"", map[string][]string{"io": {}}},
		{"packages of others", "import \"example.com/io\"\nvar a io.Reader", map[string][]string{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			req := request(generated("x.go", ""))
			req.Hand = []Source{{Path: "a.go", Bytes: []byte("package client\n\n" + tt.text + "\n")}}
			s, err := newSession(req)
			assert.NoError(t, err)
			s.parse()
			assert.Empty(t, s.diags)
			got := map[string][]string{}
			delete(s.wanted, "net/http") // of the runtime
			for path, w := range s.wanted {
				got[path] = slices.Sorted(maps.Keys(w.names))
				if w.whole {
					got[path] = nil
				} else if got[path] == nil {
					got[path] = []string{}
				}
			}
			assert.Equal(t, tt.want, got)
		})
	}
}

// However they are written, names of standard packages are found where they are used.
func TestOddlyWrittenNamesAreThere(t *testing.T) {
	req := request(generated("x.go", ""))
	req.Hand = []Source{{Path: "a.go", Bytes: []byte("package client\n\nimport (\n\t\"io\"\n\t. \"time\"\n)\n\nvar a = io /* x */ .\n\t// y\n\tDiscard\nvar b io.Reader\nvar c Duration = Second\n")}}
	_, list := Files(req)
	assert.Empty(t, list)
}

func TestNewerAPIIsKnownForTheGoVersionOfOutput(t *testing.T) {
	assert.Equal(t, GoVersion, stdlib.NewImporter().GoVersion(), "run go generate in verify/stdlib")
}
