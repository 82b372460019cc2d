// Package spec reads OpenAPI documents for the proofs: a reader of a hundred lines that shares nothing with the generator
// but the YAML parser, so that what it counts is not what the generator thinks it saw.
package spec

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Files holds the documents that were read, by their path.
type Files struct{ roots map[string]*yaml.Node }

// Place is a node of a document. The zero Place is none.
type Place struct {
	File  string
	Node  *yaml.Node
	files *Files
}

// Open reads a document. What it refers to is read when it is asked for.
func Open(file string) (Place, error) {
	f := &Files{roots: map[string]*yaml.Node{}}
	root, err := f.root(file)
	return Place{file, root, f}, err
}

func (f *Files) root(file string) (*yaml.Node, error) {
	if n, ok := f.roots[file]; ok {
		return n, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	doc := new(yaml.Node)
	if err := yaml.Unmarshal(data, doc); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) == 0 {
		return nil, fmt.Errorf("%s: the document is empty", file)
	}
	f.roots[file] = doc.Content[0]
	return doc.Content[0], nil
}

// Found reports whether there is a node.
func (p Place) Found() bool { return p.Node != nil }

// Text is the value of a scalar.
func (p Place) Text() string {
	if p.Node == nil || p.Node.Kind != yaml.ScalarNode {
		return ""
	}
	return p.Node.Value
}

// Member is a named child.
type Member struct {
	Name  string
	Value Place
}

// Members are the children of a mapping, references not followed.
func (p Place) Members() []Member {
	if p.Node == nil || p.Node.Kind != yaml.MappingNode {
		return nil
	}
	var out []Member
	for i := 0; i+1 < len(p.Node.Content); i += 2 {
		key, value := p.Node.Content[i], p.Node.Content[i+1]
		if key.Value == "<<" && key.Tag == "!!merge" {
			out = append(out, p.at(value).Members()...)
			continue
		}
		out = append(out, Member{key.Value, p.at(value)})
	}
	return out
}

// Items are the children of a sequence, references not followed.
func (p Place) Items() []Place {
	if p.Node == nil || p.Node.Kind != yaml.SequenceNode {
		return nil
	}
	out := make([]Place, len(p.Node.Content))
	for i, n := range p.Node.Content {
		out[i] = p.at(n)
	}
	return out
}

// Child is a child as it is written, its reference not followed.
func (p Place) Child(name string) Place {
	for _, m := range p.Members() {
		if m.Name == name {
			return m.Value
		}
	}
	return Place{}
}

// Get follows names down, and references on the way and at the end.
func (p Place) Get(path ...string) Place {
	p = p.Target()
	for _, name := range path {
		p = p.Child(name).Target()
	}
	return p
}

// Target follows a reference to its end; a reference that leads nowhere gives the zero Place.
func (p Place) Target() Place {
	for range 100 {
		ref := p.Child("$ref")
		if ref.Text() == "" {
			return p
		}
		p = p.follow(ref.Text())
	}
	return Place{}
}

func (p Place) follow(ref string) Place {
	file, fragment, _ := strings.Cut(ref, "#")
	if file != "" {
		unescaped, err := url.PathUnescape(file)
		if err != nil {
			return Place{}
		}
		file = filepath.Join(filepath.Dir(p.File), filepath.FromSlash(unescaped))
	} else {
		file = p.File
	}
	root, err := p.files.root(file)
	if err != nil {
		return Place{}
	}
	return Place{file, root, p.files}.Pointer(fragment)
}

// Pointer follows a JSON pointer from the root of a document; references on the way are followed, the last is not.
func (p Place) Pointer(pointer string) Place {
	if unescaped, err := url.PathUnescape(pointer); err == nil {
		pointer = unescaped
	}
	if pointer == "" || pointer == "/" {
		return p
	}
	for _, token := range strings.Split(strings.TrimPrefix(pointer, "/"), "/") {
		token = strings.NewReplacer("~1", "/", "~0", "~").Replace(token)
		next := p.Child(token)
		if items := p.Items(); len(items) > 0 {
			if i, err := strconv.Atoi(token); err == nil && i >= 0 && i < len(items) {
				next = items[i]
			}
		}
		if !next.Found() && p.Child("$ref").Found() {
			next = p.Target().Child(token)
		}
		p = next
	}
	return p
}

// Root is the root of a further file of the document.
func (p Place) Root(file string) Place {
	root, err := p.files.root(file)
	if err != nil {
		return Place{}
	}
	return Place{file, root, p.files}
}

func (p Place) at(n *yaml.Node) Place {
	for n != nil && n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return Place{p.File, n, p.files}
}
