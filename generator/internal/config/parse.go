package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// maxSize bounds a configuration file.
const maxSize = 1 << 20

// Parse reads a configuration file. Everything that is wrong with it is reported at its place.
func Parse(file string, data []byte) (*Config, diag.List) {
	p := &parser{config: New()}
	p.config.file = file
	p.config.at = make(map[string]model.Pos)
	if len(data) > maxSize {
		p.diags.Errorf(model.Pos{File: file}, "config-syntax", "the file is larger than %d bytes", maxSize)
		return nil, p.diags
	}
	var doc yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	err := dec.Decode(&doc)
	if err == nil && !errors.Is(dec.Decode(new(yaml.Node)), io.EOF) {
		err = errors.New("the file holds more than one document")
	}
	switch {
	case errors.Is(err, io.EOF):
		p.diags.Errorf(model.Pos{File: file, Line: 1, Col: 1}, "config-syntax", "the file is empty")
	case err != nil:
		p.syntax(err)
	default:
		p.settings(doc.Content[0])
	}
	if p.diags.HasErrors() {
		return nil, p.diags.Sort()
	}
	return p.config, p.diags.Sort()
}

type parser struct {
	config *Config
	diags  diag.List
}

// setting is a key of the file, and where its value goes: a *string, *bool, *[]string or *map[string]string.
type setting struct {
	key   string
	value any
}

// table lists the settings. The JSON Schema lists the same: a test sees to it.
func (c *Config) table() []setting {
	return []setting{
		{"specs", &c.Specs},
		{"package", &c.Package},
		{"out", &c.Out},
		{"import", &c.Import},
		{"runtime", &c.Runtime},
		{"runtimeOnly", &c.RuntimeOnly},
		{"root", &c.Root},
		{"overlays", &c.Overlays},
		{"include", &c.Include},
		{"exclude", &c.Exclude},
		{"strict", &c.Strict},
		{"templates", &c.Templates},
		{"packs", &c.Packs},
		{"initialisms", &c.Initialisms},
		{"types", &c.Types},
		{"assertFormats", &c.AssertFormats},
		{"untypedRaw", &c.UntypedRaw},
		{"checkResponses", &c.CheckResponses},
		{"codec", &c.Codec},
		{"test", &c.Test},
	}
}

// settings reads the mapping that the file is.
func (p *parser) settings(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		p.errorf(n, "config-type", "the file must hold settings, as in \"package: client\"")
		return
	}
	table := p.config.table()
	names := make([]string, len(table))
	targets := make(map[string]any, len(table))
	for i, s := range table {
		names[i], targets[s.key] = s.key, s.value
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		target, known := targets[key.Value]
		if !known {
			p.errorf(key, "config-unknown", "there is no setting %q", key.Value)
			if near := diag.Nearest(key.Value, names); near != "" {
				p.diags.Hint("did you mean %s?", near)
			} else {
				p.diags.Hint("the settings are %s", strings.Join(names, ", "))
			}
			continue
		}
		if first, twice := p.config.at[key.Value]; twice {
			p.errorf(key, "config-duplicate", "the setting %s is given twice; first at %s", key.Value, first)
			continue
		}
		p.config.at[key.Value] = p.pos(value)
		p.read(key.Value, value, target)
	}
}

// read stores the value of one setting.
func (p *parser) read(key string, n *yaml.Node, target any) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	switch target := target.(type) {
	case *string:
		*target = p.text(key, n)
	case *bool:
		b, err := strconv.ParseBool(n.Value)
		if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!bool" || err != nil {
			p.errorf(n, "config-type", "%s must be true or false", key)
			return
		}
		*target = b
	case *map[string]string:
		if n.Kind != yaml.MappingNode {
			p.errorf(n, "config-type", "%s must be a mapping, as in \"ipv4: net/netip.Addr\"", key)
			return
		}
		*target = map[string]string{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			name, item := p.text("each name in "+key, n.Content[i]), n.Content[i+1]
			if _, twice := (*target)[name]; twice {
				p.errorf(n.Content[i], "config-duplicate", "%s is given twice in %s", name, key)
			}
			(*target)[name] = p.text("each entry of "+key, item)
			p.config.at[key+"."+name] = p.pos(item)
		}
	case *[]string:
		if n.Kind != yaml.SequenceNode {
			p.errorf(n, "config-type", "%s must be a list", key)
			if n.Kind == yaml.ScalarNode {
				p.diags.Hint("write it as [%s]", n.Value)
			}
			return
		}
		for _, item := range n.Content {
			if item.Kind == yaml.AliasNode {
				item = item.Alias
			}
			*target = append(*target, p.text("each entry of "+key, item))
		}
	}
}

// text reads a string that is not empty.
func (p *parser) text(what string, n *yaml.Node) string {
	switch {
	case n.Kind != yaml.ScalarNode || n.ShortTag() != "!!str":
		p.errorf(n, "config-type", "%s must be a string", what)
	case n.Value == "":
		p.errorf(n, "config-type", "%s must not be empty", what)
	case strings.ContainsFunc(n.Value, func(r rune) bool { return r < ' ' || r == 0x7f }):
		p.errorf(n, "config-type", "%s holds a control character", what)
	default:
		return n.Value
	}
	return ""
}

func (p *parser) pos(n *yaml.Node) model.Pos {
	return model.Pos{File: p.config.file, Line: n.Line, Col: n.Column}
}

func (p *parser) errorf(n *yaml.Node, code, format string, args ...any) {
	p.diags.Errorf(p.pos(n), code, format, args...)
}

// syntax reports what the YAML reader says, at the line it names.
func (p *parser) syntax(err error) {
	pos, text := model.Pos{File: p.config.file, Line: 1, Col: 1}, err.Error()
	if m := regexp.MustCompile(`^yaml: line (\d+): (.*)`).FindStringSubmatch(text); m != nil {
		pos.Line, _ = strconv.Atoi(m[1])
		text = m[2]
	}
	p.diags.Errorf(pos, "config-syntax", "%s", fmt.Sprint(strings.TrimPrefix(text, "yaml: ")))
	if strings.Contains(text, "cannot start any token") {
		p.diags.Hint("YAML is indented with spaces, not tabs; text that begins with @ or %% needs quotes")
	}
}
