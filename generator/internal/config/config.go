// Package config is what a user decides about one output: the content of pantograph.yaml, or the
// same by flags. The public generator.Config is an alias of its Config.
package config

import (
	"path/filepath"

	"github.com/pantograph-go/pantograph/generator/model"
)

// FileName is the name of a configuration file.
const FileName = "pantograph.yaml"

// The codecs.
const (
	TableCodec  = "table"  // descriptions with offsets, which one interpreter reads
	InlineCodec = "inline" // code for each member, without unsafe
)

// SchemaURL is where the JSON Schema of the file is published.
const SchemaURL = "https://raw.githubusercontent.com/pantograph-go/pantograph/main/docs/pantograph.schema.json"

// Config describes one output. Paths are relative to the directory of the file; Complete makes them
// relative to the working directory.
type Config struct {
	Specs       []string `json:"specs,omitempty"`       // documents that feed the package
	Package     string   `json:"package,omitempty"`     // Go package name
	Out         string   `json:"out"`                   // output directory
	Import      string   `json:"import,omitempty"`      // import path of the package
	Runtime     string   `json:"runtime,omitempty"`     // import path of a runtime that is there already; empty: write one to Out/rt
	RuntimeOnly bool     `json:"runtimeOnly,omitempty"` // write nothing but the whole runtime, to Out/rt
	Root        string   `json:"root,omitempty"`        // directory outside of which no document is read; but see Above
	Overlays    []string `json:"overlays,omitempty"`    // OpenAPI overlays to apply to the documents, in this order
	Include     []string `json:"include,omitempty"`     // select operations: "tag:pets", "path:/v1/**", "operation:list*"; none: all
	Exclude     []string `json:"exclude,omitempty"`     // but not these
	Strict      bool     `json:"strict"`                // warnings are errors
	Templates   string   `json:"templates,omitempty"`   // directory of user templates
	Packs       []string `json:"packs,omitempty"`       // packs of templates that come with pantograph
	Initialisms []string `json:"initialisms,omitempty"` // words to write in upper case, besides the usual ones
	Test        bool     `json:"test"`                  // write the test-support package too

	Types map[string]string `json:"types,omitempty"` // Go types of formats: ipv4: net/netip.Addr

	AssertFormats []string `json:"assertFormats,omitempty"` // formats of strings that are checked; "all": each that is known
	UntypedRaw    bool     `json:"untypedRaw"`              // schemas that state no type are raw JSON, whatever their keywords are about

	CheckResponses bool `json:"checkResponses"` // answers can be observed by their schemas

	Codec string `json:"codec,omitempty"` // how JSON is read and written: TableCodec or InlineCodec; empty: TableCodec

	ownRoot bool // the root was found, not given

	file string               // where it was read from; empty for flags
	at   map[string]model.Pos // where each setting stands
}

// New returns the configuration that says nothing.
func New() *Config { return &Config{Out: ".", Test: true} }

// Pos returns where a setting stands, or else the file.
func (c *Config) Pos(setting string) model.Pos {
	if pos, ok := c.at[setting]; ok {
		return pos
	}
	return model.Pos{File: c.file}
}

// Dir returns the directory to which the paths of the configuration are relative.
func (c *Config) Dir() string { return filepath.Dir(c.file) }

// Inline reports whether types get code that reads and writes them.
func (c *Config) Inline() bool { return c.Codec == InlineCodec }
