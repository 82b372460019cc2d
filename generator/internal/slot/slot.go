// Package slot runs the templates of users: files found by name in folders and packs, each for the nodes of a plan as
// package view shows them. It bounds what they can do, lets no text of the document through but escaped, and knows for
// every byte of their output which line of which template printed it.
package slot

import (
	"path"
	"strings"
)

// Suffix is that of a template's file.
const Suffix = ".tmpl"

// node is a sort of thing that templates run for.
type node string

// The nodes.
const (
	ofPackage   node = "package"
	ofClient    node = "client"
	ofModel     node = "model"
	ofEnum      node = "enum"
	ofUnion     node = "union"
	ofResource  node = "resource"
	ofOperation node = "operation"
)

// The slots in files of ours: what their templates print stands behind the declaration of the node.
const (
	PackageDeclarations = "package/declarations"
	ClientMethods       = "client/methods"
	ModelMethods        = "model/methods"
	EnumMethods         = "enum/methods"
	UnionMethods        = "union/methods"
	ResourceMethods     = "resource/methods"
	OperationMethods    = "operation/methods"
)

// Names are the slots in files of ours.
func Names() []string {
	return []string{PackageDeclarations, ClientMethods, ModelMethods, EnumMethods, UnionMethods, ResourceMethods, OperationMethods}
}

// folders hold templates of whole files, one for each node of a sort. The pattern of the name is the rest of the path.
var folders = []struct {
	prefix string
	of     node
}{
	{"file/", ofPackage}, {"model/file/", ofModel}, {"enum/file/", ofEnum}, {"union/file/", ofUnion}, {"resource/file/", ofResource}, {"operation/file/", ofOperation},
}

// patterns is how whole files are named, for messages.
func patterns() []string {
	var out []string
	for _, f := range folders {
		out = append(out, f.prefix+"NAME")
	}
	return out
}

// partials hold templates that others call: {{template "partial/name" .}}.
const partials = "partial/"

// whole reports for which nodes a template of a whole file runs, and the pattern of its name.
func whole(name string) (of node, pattern string, ok bool) {
	for _, f := range folders {
		if rest, found := strings.CutPrefix(name, f.prefix); found && rest != "" {
			return f.of, rest, true
		}
	}
	return "", "", false
}

// placeholder is replaced by the name of the node in the pattern of a file's name.
const placeholder = "[name]"

// packagePlaceholder is replaced by the name of the package.
const packagePlaceholder = "[package]"

// format is how text is written in a file.
type format int

// The formats of files.
const (
	goFormat format = iota
	markdownFormat
	htmlFormat
	hashFormat  // comments begin with #, strings are JSON's: YAML, TOML
	shellFormat // comments begin with #, strings are the shell's
	jsonFormat  // and all others
)

func formatOf(name string) format {
	switch strings.ToLower(path.Ext(name)) {
	case ".go":
		return goFormat
	case ".md", ".markdown":
		return markdownFormat
	case ".html", ".htm":
		return htmlFormat
	case ".yaml", ".yml", ".toml":
		return hashFormat
	case ".sh", ".bash":
		return shellFormat
	}
	return jsonFormat
}
