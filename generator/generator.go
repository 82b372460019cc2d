// Package generator turns OpenAPI documents into Go clients.
//
// [Run] leads one output through the stages: documents are loaded (source) into the API (model),
// every decision about the Go is taken (plan), the source is printed (emit), proven (verify) and
// written (write). [Main] is the command pantograph around it.
package generator

import (
	"github.com/pantograph-go/pantograph/generator/internal/config"
	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/write"
)

// Config describes one output: the content of pantograph.yaml. Start with [NewConfig] or
// [ParseConfig].
type Config = config.Config

// NewConfig returns the configuration that says nothing yet.
func NewConfig() *Config { return config.New() }

// ParseConfig reads the content of a configuration file. Its paths are relative to the directory
// of file, a path of the system with slashes. The configuration is nil when there are errors.
func ParseConfig(file string, data []byte) (*Config, []Diagnostic) { return config.Parse(file, data) }

// Diagnostic is one located message. Only those of severity [Error] stop generation.
type Diagnostic = diag.Diagnostic

// Severity ranks a diagnostic.
type Severity = diag.Severity

// The severities.
const (
	Error   = diag.Error
	Warning = diag.Warning
	Note    = diag.Note
)

// Result says what was changed on disk, or with Options.Check or Options.FS what would be.
type Result struct {
	Changes   []Change // sorted by path
	Unchanged int      // files left alone
	Inputs    []string // files and directories that were read or looked for; there when generation failed too
	Files     []File   // with Options.FS: what the output consists of, sorted by path; the manifest comes last
}

// Change is one changed file.
type Change = write.Change
