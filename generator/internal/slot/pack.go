package slot

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
	"golang.org/x/mod/module"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/view"
	"github.com/pantograph-go/pantograph/generator/model"
)

// packFile is the file of a folder of templates that says what they need.
const packFile = "pack.yaml"

// pack reads the pack's file: `data` is the version of the data that its templates are written for, `imports` are the
// packages that they may import besides the usual ones.
func (l *loader) pack() {
	p := &packReader{file: path.Join(l.source.Name, packFile)}
	text, err := readBounded(l.source.FS, packFile)
	if err != nil {
		p.diags.Errorf(model.Pos{File: p.file}, "template-pack", "it cannot be read: %s", cause(err))
	} else {
		p.read(text)
	}
	l.diags = append(l.diags, p.diags...)
	l.imports = p.imports
}

type packReader struct {
	file    string
	imports []string
	diags   diag.List
}

func (p *packReader) errorf(n *yaml.Node, format string, args ...any) {
	p.diags.Errorf(model.Pos{File: p.file, Line: n.Line, Col: n.Column}, "template-pack", format, args...)
}

func (p *packReader) read(text string) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		pos, message := model.Pos{File: p.file, Line: 1, Col: 1}, err.Error()
		if m := regexp.MustCompile(`^yaml: line (\d+): (.*)`).FindStringSubmatch(message); m != nil {
			pos.Line, _ = strconv.Atoi(m[1])
			message = m[2]
		}
		p.diags.Errorf(pos, "template-pack", "%s", strings.TrimPrefix(message, "yaml: "))
		return
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		p.diags.Errorf(model.Pos{File: p.file, Line: 1, Col: 1}, "template-pack", "it must hold settings: data and imports")
		return
	}
	settings := doc.Content[0].Content
	for i := 0; i+1 < len(settings); i += 2 {
		switch key, value := settings[i], settings[i+1]; key.Value {
		case "data":
			p.data(value)
		case "imports":
			p.importList(value)
		default:
			p.errorf(key, "there is no setting %q", key.Value)
			if near := diag.Nearest(key.Value, []string{"data", "imports"}); near != "" {
				p.diags.Hint("did you mean %s?", near)
			}
		}
	}
}

// data compares versions of the data.
func (p *packReader) data(n *yaml.Node) {
	version, err := strconv.Atoi(n.Value)
	switch {
	case err != nil || version < 1:
		p.errorf(n, "data must be the version of the data that the templates are written for: %d", view.Version)
	case version > view.Version:
		p.errorf(n, "the templates are written for version %d of the data, and this pantograph has version %d", version, view.Version)
		p.diags.Hint("use a newer pantograph")
	case version < view.Version:
		p.errorf(n, "the templates are written for version %d of the data, and this pantograph has version %d", version, view.Version)
		p.diags.Hint("docs/template-data.md says what has changed")
	}
}

// importList reads the packages that templates may import.
func (p *packReader) importList(n *yaml.Node) {
	if n.Kind != yaml.SequenceNode {
		p.errorf(n, "imports must be a list of import paths")
		return
	}
	for _, item := range n.Content {
		err := module.CheckImportPath(item.Value)
		switch {
		case item.Kind != yaml.ScalarNode || err != nil:
			p.errorf(item, "%q is no import path", item.Value)
		case slices.Contains([]string{"C", "unsafe", "plugin"}, item.Value):
			p.errorf(item, "generated code does not import %q", item.Value)
		default:
			p.imports = append(p.imports, item.Value)
		}
	}
}
