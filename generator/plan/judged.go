package plan

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/internal/rules/schematext"
	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// SchemaText is a schema as package schema of the runtime reads it.
type SchemaText struct {
	Name string `json:"name"`
	JSON string `json:"json"`
}

// judging is what is remembered of values that are judged as they are written.
type judging struct {
	chosen  map[*model.Schema]map[*model.Schema]bool // by variant: whose members it was chosen from
	schemas schematext.Writer
}

// asserts reports whether the configuration asks for a format to be asserted.
func (o Options) asserts(format string) bool {
	return format != "" && (slices.Contains(o.Formats, format) || slices.Contains(o.Formats, AllFormats))
}

// Formats are the formats that the runtime can check. A test compares them with what it knows: the runtime itself is no part of
// the generator, which reaches no network.
func Formats() []string {
	return []string{"date", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "json-pointer", "regex", "relative-json-pointer",
		"time", "uri", "uri-reference", "uuid"}
}

// AllFormats stands for all formats that the runtime knows.
const AllFormats = "all"

// hidden reports whether requests have no such member.
func hidden(p *model.Property) bool {
	return anyOf(p.Schema, func(s *model.Schema) bool { return s.ReadOnly })
}

// ownChecks are the checks of an object or tuple as a whole.
func (b *builder) ownChecks(s *Struct, sh *shape.Shape) {
	if !s.Validated {
		return
	}
	s.Checks = b.residueOnly(s.Name, sh.Node, repr{typ: defined(s.Name), form: object, codec: CodecField{Kind: "Object", Sub: s.Codec}, object: s})
	if sh.Self { // the plain members of a union, which asks for the rest
		for _, c := range s.Checks {
			c.Asks = slices.DeleteFunc(c.Asks, func(a *Ask) bool { return a.keyword == "oneOf" || a.keyword == "anyOf" })
		}
		s.Checks = slices.DeleteFunc(s.Checks, func(c *Check) bool { return len(c.Asks) == 0 })
	}
}

func (b *builder) residueOnly(id string, s *model.Schema, r repr) []*Check {
	if c := b.residue(id, s, r, false, nil); c != nil {
		return []*Check{c}
	}
	return nil
}

// choose notes whose members the variants of a union are, before they are planned.
func (b *builder) choose(sh *shape.Shape) {
	for _, v := range sh.Variants {
		for _, holder := range []*model.Schema{sh.Node, v.Within} {
			if holder == v.Node {
				continue
			}
			if b.chosen[v.Node] == nil {
				b.chosen[v.Node] = map[*model.Schema]bool{}
			}
			for p := range holder.Conjuncts() {
				b.chosen[v.Node][p] = true
			}
		}
	}
}

// writeAsks writes the schemas of a check, and finds how the value is had.
func (b *builder) writeAsks(c *Check) {
	if c.Op != CheckSchema {
		return
	}
	for i, a := range c.Asks {
		if a.Schema != "" {
			continue
		}
		var keywords []string
		for _, also := range c.Asks[i:] {
			if also.of == a.of {
				keywords = append(keywords, also.keyword)
			}
		}
		name := b.schemas.Part(a.of, keywords, a.id)
		for _, also := range c.Asks[i:] {
			if also.of == a.of {
				also.Schema = name
			}
		}
	}
	r := c.value
	for r.typ.Kind == Opt || r.typ.Kind == Pointer { // those that are there are judged
		r.typ = *r.typ.Elem
	}
	r.codec.Flags = nil
	switch c.Codec = -1; r.form {
	case raw:
	case object:
		c.Struct = r.object
	default:
		c.Codec = b.rootEntry(r)
	}
}
