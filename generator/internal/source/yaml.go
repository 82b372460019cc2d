package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/pantograph-go/pantograph/generator/model"
)

// yamlReader turns yaml.v3's nodes into ours: aliases and merge keys are expanded into copies, within
// a budget, so that the result is a tree.
type yamlReader struct {
	file   *file
	open   map[*yaml.Node]bool // anchors being expanded
	copies int                 // nodes made by expansion
	alias  int                 // depth of expansion
}

// parseYAML reads a YAML file, which may also be JSON.
func parseYAML(f *file, src []byte) (*node, error) {
	if len(src) > maxYAMLSize {
		return nil, limitError(model.Pos{File: f.name, Line: 1, Col: 1}, "the YAML file is larger than %d MB; JSON may be larger", maxYAMLSize/1_000_000)
	}
	root, err := decodeYAML(f, src)
	if err != nil || root == nil {
		return nil, err
	}
	r := &yamlReader{file: f, open: map[*yaml.Node]bool{}}
	return r.value(root.Content[0], 0)
}

// decodeYAML runs yaml.v3, whose limits on depth (10000) bound its recursion.
func decodeYAML(f *file, src []byte) (doc *yaml.Node, err error) {
	defer func() {
		// yaml.v3 panics on a few malformed inputs instead of returning its error.
		if p := recover(); p != nil {
			doc, err = nil, &syntaxError{pos: model.Pos{File: f.name, Line: 1, Col: 1}, message: "the YAML parser gives up on this file"}
		}
	}()
	dec := yaml.NewDecoder(bytes.NewReader(src))
	doc = new(yaml.Node)
	if err := dec.Decode(doc); errors.Is(err, io.EOF) {
		return nil, &syntaxError{pos: model.Pos{File: f.name, Line: 1, Col: 1}, message: "the file is empty"}
	} else if err != nil {
		return nil, yamlError(f, err)
	}
	second := new(yaml.Node)
	switch err := dec.Decode(second); {
	case errors.Is(err, io.EOF):
		return doc, nil
	case err != nil:
		return nil, yamlError(f, err)
	}
	return nil, &syntaxError{
		pos: model.Pos{File: f.name, Line: second.Line, Col: second.Column}, code: "multiple-documents",
		message: "the file holds more than one YAML document", hint: "keep one document per file",
	}
}

// yamlError gives yaml.v3's message a position; it names lines only.
func yamlError(f *file, err error) error {
	pos := model.Pos{File: f.name, Line: 1, Col: 1}
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	if m := regexp.MustCompile(`^line (\d+): `).FindStringSubmatch(message); m != nil {
		pos.Line, _ = strconv.Atoi(m[1])
		message = message[len(m[0]):]
		// Its parser, unlike its scanner, counts lines from zero here.
		if regexp.MustCompile(`^did not find expected (<doc|node|key|'-'|',')`).MatchString(message) {
			pos.Line++
		}
	}
	if strings.Contains(message, "exceeded max depth") {
		return depthError(pos)
	}
	hint := ""
	if strings.Contains(message, "cannot start any token") {
		hint = "YAML is indented with spaces, not tabs; text that begins with @ or % needs quotes"
	}
	return &syntaxError{pos: pos, message: message, hint: hint}
}

func (r *yamlReader) value(y *yaml.Node, depth int) (*node, error) {
	n, err := r.file.newNode()
	if err != nil {
		return nil, err
	}
	n.line, n.col = int32(y.Line), int32(y.Column)
	if r.alias > 0 {
		if r.copies++; r.copies > maxCopies {
			return nil, limitError(r.pos(y), "aliases and merge keys expand to more than %d values", maxCopies)
		}
	}
	if depth > maxDepth {
		return nil, depthError(r.pos(y))
	}
	if y.Style&yaml.TaggedStyle != 0 && !slices.Contains(coreTags(), y.Tag) {
		return nil, &syntaxError{pos: r.pos(y), code: "yaml-tag", message: fmt.Sprintf("the tag %s is not allowed", strconv.Quote(y.Tag)), hint: "remove the tag"}
	}
	if len(y.Value) > maxText {
		return nil, limitError(r.pos(y), "the text is longer than %d MB", maxText/1_000_000)
	}
	switch y.Kind {
	case yaml.AliasNode:
		return r.expand(y, depth)
	case yaml.ScalarNode:
		r.scalar(n, y)
	case yaml.SequenceNode:
		n.kind = kindArray
		for _, c := range y.Content {
			m, err := r.inside(y, c, depth)
			if err != nil {
				return nil, err
			}
			n.push(m)
		}
	case yaml.MappingNode:
		n.kind = kindObject
		return n, r.mapping(n, y, depth)
	}
	return n, nil
}

// coreTags are the tags that say no more than JSON can.
func coreTags() []string {
	return []string{"!!str", "!!int", "!!float", "!!bool", "!!null", "!!seq", "!!map", "!!timestamp"}
}

// inside reads a child of y; y is open meanwhile, so that an alias to it is noticed.
func (r *yamlReader) inside(y, child *yaml.Node, depth int) (*node, error) {
	if y.Anchor != "" {
		r.open[y] = true
		defer delete(r.open, y)
	}
	return r.value(child, depth+1)
}

// expand copies what an alias stands for. The copy is located at the alias, its content at the anchor.
func (r *yamlReader) expand(y *yaml.Node, depth int) (*node, error) {
	if r.open[y.Alias] {
		return nil, &syntaxError{pos: r.pos(y), code: "yaml-alias-cycle", message: fmt.Sprintf("the alias %s stands inside its own anchor", strconv.Quote(y.Value))}
	}
	r.alias++
	n, err := r.value(y.Alias, depth)
	r.alias--
	if err != nil {
		return nil, err
	}
	n.line, n.col = int32(y.Line), int32(y.Column)
	return n, nil
}

func (r *yamlReader) scalar(n *node, y *yaml.Node) {
	n.text = y.Value
	n.kind = kindString
	n.plain = y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle|yaml.TaggedStyle) == 0
	switch y.Tag {
	case "!!null":
		n.kind = kindNull
	case "!!bool":
		n.kind, n.text = kindBool, y.Value
		if n.plain {
			n.text = strings.ToLower(y.Value)
		}
	case "!!int", "!!float":
		if _, ok := jsonNumber(y.Value); ok {
			n.kind = kindNumber
		}
	case "!!str":
		if n.plain && isJSONNumber(y.Value) { // too large for a float, but a number
			n.kind = kindNumber
		}
	}
}

func (r *yamlReader) mapping(n *node, y *yaml.Node, depth int) error {
	var merges []*yaml.Node
	for i := 0; i+1 < len(y.Content); i += 2 {
		k, v := y.Content[i], y.Content[i+1]
		if k.Kind == yaml.AliasNode {
			k = k.Alias
		}
		if k.Kind != yaml.ScalarNode {
			return &syntaxError{pos: r.pos(y.Content[i]), message: "a member name must be a scalar"}
		}
		if k.Tag == "!!merge" {
			merges = append(merges, v)
			continue
		}
		m, err := r.inside(y, v, depth)
		if err != nil {
			return err
		}
		m.key, m.keyLine, m.keyCol = k.Value, int32(y.Content[i].Line), int32(y.Content[i].Column)
		if old := n.add(m); old != nil {
			r.file.duplicate(m, old)
		}
	}
	for _, v := range merges {
		if err := r.merge(n, y, v, depth); err != nil {
			return err
		}
	}
	return nil
}

// merge adds the members of a merge key that the mapping does not have itself.
func (r *yamlReader) merge(n *node, y, v *yaml.Node, depth int) error {
	m, err := r.inside(y, v, depth)
	if err != nil {
		return err
	}
	from := []*node{m}
	if m.kind == kindArray {
		from = m.members
	}
	for _, f := range from {
		if f.kind != kindObject {
			return &syntaxError{pos: r.pos(v), message: "a merge key takes mappings"}
		}
		for _, member := range f.members {
			if n.get(member.key) == nil {
				n.add(member)
			}
		}
	}
	return nil
}

func (r *yamlReader) pos(y *yaml.Node) model.Pos {
	return model.Pos{File: r.file.name, Line: y.Line, Col: y.Column}
}
