package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/pantograph-go/pantograph/generator/internal/config"
)

// init writes a configuration file.
func (c *command) init(args []string) int {
	flags := c.newFlags()
	force := flags.Bool("force", false, "replace a pantograph.yaml that is there already")
	if code, ok := c.parse(flags, args); !ok {
		return code
	}
	if flags.NArg() == 0 {
		return c.usageError("name the OpenAPI document")
	}
	for _, spec := range flags.Args() {
		if _, err := newFiles().file(spec); err != nil {
			return c.usageError("%v", err)
		}
	}
	text, err := starter(flags.Args())
	if err != nil {
		return c.usageError("%v", err)
	}
	mode := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if *force {
		mode = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	out, err := os.OpenFile(config.FileName, mode, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return c.usageError("there is a %s already; -force replaces it", config.FileName)
	}
	if err == nil {
		_, err = out.WriteString(text)
		err = errors.Join(err, out.Close())
	}
	if err != nil {
		return c.usageError("%v", err)
	}
	fmt.Fprintf(c.stdout, "%s: written; now run \"pantograph gen\"\n", config.FileName)
	return fine
}

// starter is the text of a first configuration for documents.
func starter(specs []string) (string, error) {
	pkg := "client"
	if data, err := newFiles().file(specs[0]); err == nil {
		pkg = packageFor(title(data))
	}
	var list strings.Builder
	for _, spec := range specs {
		line, err := yaml.Marshal(filepath.ToSlash(spec)) // quoted where YAML needs it
		if err != nil {
			return "", err
		}
		list.WriteString("  - " + string(line))
	}
	return fmt.Sprintf(`# yaml-language-server: $schema=%s

# What "pantograph gen" writes. Paths are relative to this file.

# The OpenAPI documents. Several of them can feed one package.
specs:
%s
# The Go package, and the directory it is written to.
package: %s
out: %[3]s

# The rest has defaults. Remove the # to change one.

# The import path of the package; by default what the go.mod file around it says.
# import: example.com/module/%[3]s

# The import path of a runtime to use. By default each client has its own, in rt.
# runtime: example.com/module/rt

# The directory outside of which no document is read; by default the deepest
# one that holds all of specs, and JSON and YAML files in the one above it.
# root: .

# Changes to documents that are not yours, as OpenAPI overlays.
# overlays: [overlay.yaml]

# The operations to generate, by tag, path or operationId; by default all.
# include: ["tag:pets", "path:/v1/**", "operation:list*"]
# exclude: ["tag:internal"]

# Treat warnings as errors.
# strict: true

# A directory with templates that add to the generated code.
# templates: templates

# Words to write in upper case in names, besides the usual ones.
# initialisms: [ECS, OBS]

# Go types of formats, in place of those that they have by themselves.
# types: {ipv4: net/netip.Addr, uri: net/url.URL}

# Do not write the package with the fake server.
# test: false
`, config.SchemaURL, list.String(), pkg), nil
}

// title returns the title of an OpenAPI document; empty when it is not easily found.
func title(data []byte) string {
	var doc struct {
		Info struct {
			Title string `yaml:"title"`
		} `yaml:"info"`
	}
	if yaml.Unmarshal(data, &doc) != nil {
		return ""
	}
	return doc.Info.Title
}

// packageFor makes a package name of a title: its telling words, run together.
func packageFor(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	dull := []string{"api", "apis", "rest", "restful", "openapi", "swagger", "http", "the", "a", "an", "for", "of", "and",
		"service", "services", "reference", "specification", "spec", "definition", "documentation", "version"}
	name := ""
	for _, word := range words {
		telling := !slices.Contains(dull, word) && !strings.ContainsFunc(word, func(r rune) bool { return r > unicode.MaxASCII }) &&
			strings.Trim(word, "v0123456789") != ""
		if telling && len(name)+len(word) <= 24 {
			name += word
		}
	}
	name = strings.TrimLeft(name, "0123456789")
	if !config.ValidPackage(name) || slices.Contains([]string{"client", "rt", "test"}, name) {
		return "client"
	}
	return name
}
