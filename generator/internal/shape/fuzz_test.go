package shape_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// builder makes components that refer to one another in any way of the bytes it is given.
type builder struct {
	data       []byte
	components []*model.Schema
	made       int
}

func (b *builder) next(n int) int {
	if len(b.data) == 0 {
		return 0
	}
	v := int(b.data[0])
	b.data = b.data[1:]
	return v % n
}

func (b *builder) list(depth, most int) []*model.Schema {
	var out []*model.Schema
	for range b.next(most + 1) {
		out = append(out, b.schema(depth+1, ""))
	}
	return out
}

// schema is a reference to a component, or a schema of its own.
func (b *builder) schema(depth int, name string) *model.Schema {
	if name == "" && (depth > 3 || b.next(3) == 0) {
		return b.components[b.next(len(b.components))]
	}
	b.made++
	s := &model.Schema{Pos: model.Pos{Line: b.made, Pointer: fmt.Sprint("/", b.made)}}
	b.fill(s, depth)
	return s
}

func (b *builder) fill(s *model.Schema, depth int) {
	types := []model.Type{model.TypeString, model.TypeInteger, model.TypeNumber, model.TypeBoolean, model.TypeArray, model.TypeObject}
	for range b.next(3) {
		if t := types[b.next(6)]; !slices.Contains(s.Types, t) {
			s.Types = append(s.Types, t)
		}
	}
	for i := range b.next(3) {
		s.Properties = append(s.Properties, &model.Property{Name: string(rune('a' + i)), Schema: b.schema(depth+1, "")})
	}
	switch b.next(10) {
	case 0:
		s.AllOf = b.list(depth, 3)
	case 1:
		s.OneOf = b.list(depth, 4)
	case 2:
		s.AnyOf = b.list(depth, 4)
	case 3:
		s.Items = b.schema(depth+1, "")
	case 4:
		s.Additional = b.schema(depth+1, "")
	case 5:
		s.Enum = []*model.Enum{{Value: model.Value(`"a"`)}, {Value: model.Value("1")}}
	case 6:
		s.Const = model.Value([]string{`"a"`, `"b"`, "1", "null"}[b.next(4)])
	case 7:
		s.PrefixItems = b.list(depth, 2)
	case 8:
		s.Discriminator = &model.Discriminator{Property: "a"}
	case 9:
		s.AllOf, s.OneOf, s.Required = b.list(depth, 2), b.list(depth, 3), []string{"a"}
	}
	if b.next(12) == 0 {
		always := b.next(2) == 0
		s.Always = &always
	}
	s.Nullable = b.next(8) == 0
}

func build(data []byte) []*model.Schema {
	b := &builder{data: data}
	for i := range 4 {
		b.components = append(b.components, &model.Schema{Name: string(rune('A' + i)), Pos: model.Pos{Line: 1000 + i, Pointer: fmt.Sprint("/components/", i)}})
	}
	for _, c := range b.components {
		b.fill(c, 0)
	}
	return b.components
}

// Every shape that can be reached is resolved, in bounded time.
func walk(x *shape.Shapes, list []*model.Schema) map[*model.Schema]*shape.Shape {
	seen := map[*model.Schema]*shape.Shape{}
	var queue []*model.Schema
	var parts func(sh *shape.Shape)
	parts = func(sh *shape.Shape) {
		for _, m := range sh.Members {
			queue = append(queue, m.Schema)
		}
		queue = append(append(queue, sh.Prefix...), sh.Items, sh.Additional)
		for _, v := range sh.Variants {
			parts(v.Shape)
		}
	}
	for queue = slices.Clone(list); len(queue) > 0 && len(seen) < 3000; queue = queue[1:] {
		if s := queue[0]; s != nil && seen[s] == nil {
			seen[s] = x.Of(s)
			parts(seen[s])
		}
	}
	return seen
}

func FuzzShapes(f *testing.F) {
	f.Add([]byte("x"))
	f.Add([]byte{2, 5, 3, 2, 1, 1, 4, 9, 2, 3, 1, 7, 0, 3, 1, 8, 200, 33, 7, 1, 0, 0, 9, 5, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 300 {
			return
		}
		components := build(data)
		x := shape.New(components)
		for s, sh := range walk(x, components) {
			assert.Same(t, sh, x.Of(s))
			assert.True(t, sh.Kind != shape.Union || len(sh.Variants) > 1, "a union of one")
			assert.True(t, sh.Node != nil)
			for _, v := range sh.Variants {
				assert.NotContains(t, []shape.Kind{shape.Union, shape.Any, shape.Never, shape.Null}, v.Kind)
			}
		}
		if slices.ContainsFunc(x.Diagnostics(), func(d diag.Diagnostic) bool { return strings.HasSuffix(d.Code, "-cycle") }) {
			return
		}
		// The shape of a component does not depend on which is asked for first.
		back := shape.New(components)
		for _, s := range slices.Backward(components) {
			d, e := &document{shapes: x, depth: 2}, &document{shapes: back, depth: 2}
			assert.Equal(t, d.schema(s, 0), e.schema(s, 0), s.Name)
		}
	})
}
