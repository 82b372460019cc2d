package rules

import (
	"fmt"

	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Types knows the types that values have in rules. A rule sees what a value means: a number that is written in a
// string is a number, a time a time. A member that is null counts as absent.
type Types struct {
	shapes *shape.Shapes
	byNode map[*model.Schema]*Type
	open   map[*model.Schema]bool // lists and maps whose items are being looked at
	queue  []func()               // members of objects still to be looked at: documents make chains of any length
	names  map[string]int
}

// maxNested is how many lists a list may hold, one in the other.
const maxNested = 50

// NewTypes returns the types of the schemas of an API.
func NewTypes(shapes *shape.Shapes) *Types {
	return &Types{shapes: shapes, byNode: map[*model.Schema]*Type{}, open: map[*model.Schema]bool{}, names: map[string]int{}}
}

// Of returns the type of a schema. What has no one type in CEL (a union, a tuple, any value) is JSON.
func (x *Types) Of(s *model.Schema) *Type {
	t := x.of(s, "self")
	x.drain()
	return t
}

// drain looks at the members of the objects that were found.
func (x *Types) drain() {
	for len(x.queue) > 0 {
		next := x.queue[0]
		x.queue = x.queue[1:]
		next()
	}
}

func (x *Types) of(s *model.Schema, place string) *Type {
	sh := x.shapes.Of(s)
	if rep := sh.Represents; rep != nil {
		return x.represented(s, rep, place)
	}
	switch sh.Kind {
	case shape.String:
		return &Type{Kind: text(sh), Schema: s}
	case shape.Integer:
		switch sh.Format {
		case "uint64":
			return &Type{Kind: Uint, Schema: s}
		case "decimal":
			return &Type{Schema: s}
		}
		return &Type{Kind: Int, Schema: s}
	case shape.Number:
		if sh.Format == "decimal" {
			return &Type{Schema: s}
		}
		return &Type{Kind: Double, Schema: s}
	case shape.Boolean:
		return &Type{Kind: Bool, Schema: s}
	case shape.List, shape.Map:
		if x.open[sh.Node] || len(x.open) > maxNested {
			return &Type{Schema: s} // a list of lists of itself, as good as
		}
		x.open[sh.Node] = true
		defer delete(x.open, sh.Node)
		if sh.Kind == shape.Map {
			return &Type{Kind: Map, Elem: x.of(sh.Additional, place+"{}"), Schema: s}
		}
		if x.shapes.Of(sh.Items).Nullable {
			return &Type{Kind: List, Elem: &Type{Schema: sh.Items}, Schema: s} // an item cannot be absent
		}
		return &Type{Kind: List, Elem: x.of(sh.Items, place+"[]"), Schema: s}
	case shape.Object:
		return x.object(s, sh, place)
	}
	return &Type{Schema: s}
}

// text is the kind of a string.
func text(sh *shape.Shape) Kind {
	switch {
	case sh.Encoding == "base64" || sh.Format == "byte":
		return Bytes
	case sh.Format == "date" || sh.Format == "date-time":
		return Timestamp
	case sh.Format == "int64":
		return Int
	case sh.Format == "uint64":
		return Uint
	}
	return String
}

func (x *Types) represented(s *model.Schema, rep *model.Represents, place string) *Type {
	switch rep.Type {
	case model.TypeBoolean:
		return &Type{Kind: Bool, Schema: s}
	case model.TypeInteger:
		return &Type{Kind: Int, Schema: s}
	case model.TypeNumber:
		return &Type{Kind: Double, Schema: s}
	case model.TypeTime:
		return &Type{Kind: Timestamp, Schema: s}
	case model.TypeArray:
		return &Type{Kind: List, Elem: x.of(rep.Items, place+"[]"), Schema: s}
	}
	return &Type{Schema: s}
}

// object is the type of an object. It is known before its members are: they may hold the like.
func (x *Types) object(s *model.Schema, sh *shape.Shape, place string) *Type {
	if t, ok := x.byNode[sh.Node]; ok {
		return t
	}
	if sh.Node.Name != "" {
		place = sh.Node.Name
	}
	t := &Type{Kind: Object, Name: x.unique(place), Schema: s}
	x.byNode[sh.Node] = t
	x.queue = append(x.queue, func() {
		for _, m := range sh.Members {
			t.Fields = append(t.Fields, x.field(m.Property, t.Name))
		}
	})
	return t
}

func (x *Types) field(p *model.Property, owner string) *Field {
	f := &Field{Name: p.Name, Type: x.of(p.Schema, owner+"."+p.Name), Required: p.Required && !x.shapes.Of(p.Schema).Nullable, Pos: p.Pos}
	for part := range p.Schema.Conjuncts() {
		if part.Default != nil && !part.Default.IsNull() {
			f.Default = part.Default
			break
		}
	}
	return f
}

// unique makes a name that no other type has.
func (x *Types) unique(name string) string {
	x.names[name]++
	if n := x.names[name]; n > 1 {
		return fmt.Sprintf("%s#%d", name, n)
	}
	return name
}

// Request is the type of all that a call sends: the parameters by where they stand, and the body.
func (x *Types) Request(op *model.Operation) *Type {
	t := &Type{Kind: Object, Name: x.unique(op.ID)}
	for _, in := range []model.In{model.InPath, model.InQuery, model.InHeader, model.InCookie} {
		part := &Type{Kind: Object, Name: x.unique(op.ID + "." + string(in))}
		for _, p := range op.Parameters {
			if s := p.Schema; p.In == in {
				if s == nil && p.Content != nil {
					s = p.Content.Schema
				}
				part.Fields = append(part.Fields, x.field(&model.Property{Pos: p.Pos, Name: p.Name, Schema: s, Required: p.Required}, part.Name))
			}
		}
		if len(part.Fields) > 0 {
			t.Fields = append(t.Fields, &Field{Name: string(in), Type: part, Required: true, Pos: op.Pos})
		}
	}
	if b := op.Body; b != nil && len(b.Content) > 0 {
		t.Fields = append(t.Fields, &Field{Name: "body", Type: x.of(b.Content[0].Schema, op.ID+".body"), Required: b.Required, Pos: b.Pos})
	}
	x.drain()
	return t
}
