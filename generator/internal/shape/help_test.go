package shape_test

import (
	"cmp"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/internal/source"
	"github.com/pantograph-go/pantograph/generator/model"
)

// document is component schemas and their shapes.
type document struct {
	components map[string]*model.Schema
	order      []*model.Schema
	shapes     *shape.Shapes
	depth      int // of what is shown; 0 is enough for tests
}

func (d *document) most() int { return cmp.Or(d.depth, 4) }

// load reads component schemas, written as YAML.
func load(t testing.TB, schemas string) *document {
	t.Helper()
	var b strings.Builder
	b.WriteString("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n")
	for line := range strings.Lines(schemas) {
		b.WriteString("    " + line)
	}
	api, diags := source.Load(source.Request{FS: fstest.MapFS{"api.yaml": {Data: []byte(b.String())}}, Specs: []string{"api.yaml"}})
	require.NotNil(t, api, "%v", diags)
	d := &document{components: map[string]*model.Schema{}, order: api.Schemas, shapes: shape.New(api.Schemas)}
	for _, s := range api.Schemas {
		d.components[s.Name] = s
	}
	return d
}

// show is the shape of a component in one line.
func (d *document) show(name string) string { return d.schema(d.components[name], 0) }

// messages are the diagnostics so far, without the name of the file.
func (d *document) messages() []string {
	var out []string
	for _, m := range d.shapes.Diagnostics() {
		out = append(out, strings.ReplaceAll(m.String(), "api.yaml:", ""))
	}
	return out
}

func (d *document) schema(s *model.Schema, depth int) string {
	sh := d.shapes.Of(s)
	if depth > 0 && sh.Node.Name != "" { // components by name, below
		return sh.Node.Name + null(sh)
	}
	return d.text(sh, depth)
}

func null(sh *shape.Shape) string {
	if sh.Nullable {
		return "?"
	}
	return ""
}

func (d *document) text(sh *shape.Shape, depth int) string {
	if depth > d.most() {
		return "…"
	}
	below := func(s *model.Schema) string { return d.schema(s, depth+1) }
	var b strings.Builder
	switch sh.Kind {
	case shape.Object, shape.Map:
		var parts []string
		for _, m := range sh.Members {
			required := ""
			if m.Required {
				required = "!"
			}
			parts = append(parts, m.Name+required+": "+below(m.Schema))
		}
		if sh.Additional != nil {
			parts = append(parts, "…: "+below(sh.Additional))
		} else if sh.Closed {
			parts = append(parts, "closed")
		}
		b.WriteString("{" + strings.Join(parts, ", ") + "}")
	case shape.List, shape.Tuple:
		var parts []string
		for _, p := range sh.Prefix {
			parts = append(parts, below(p))
		}
		if sh.Items != nil {
			parts = append(parts, "…"+below(sh.Items))
		} else if sh.Ends {
			parts = append(parts, "end")
		}
		b.WriteString("[" + strings.Join(parts, ", ") + "]")
	case shape.Union:
		var parts []string
		for _, v := range sh.Variants {
			one := v.Node.Name
			if one == "" || v.Self {
				one = d.text(v.Shape, depth+1)
			}
			if v.Self {
				one = "self" + one
			}
			var values []string
			for _, value := range v.Values {
				values = append(values, string(value))
			}
			if len(values) > 0 {
				one = strings.Join(values, ",") + "=" + one
			}
			parts = append(parts, one)
		}
		b.WriteString("(" + strings.Join(parts, " | ") + ")")
		if sh.Discriminator != "" {
			b.WriteString(" by " + sh.Discriminator)
		}
	default:
		b.WriteString(string(sh.Kind))
		if sh.Format != "" {
			b.WriteString(":" + sh.Format)
		}
		for _, v := range sh.Enum {
			fmt.Fprintf(&b, " %s", v.Value)
			if v.Title != "" {
				fmt.Fprintf(&b, "(%s)", v.Title)
			}
		}
	}
	return b.String() + null(sh)
}
