package shape

import (
	"slices"
	"strconv"

	"github.com/pantograph-go/pantograph/generator/model"
)

// merge is the shape of the parts together, for values of one type. Unions among them are left out.
func (x *Shapes) merge(node *model.Schema, c *parts, types []model.Type) *Shape {
	sh := &Shape{Kind: Any, Node: node, Nullable: slices.ContainsFunc(c.near, func(p *model.Schema) bool { return p.Nullable })}
	for _, p := range c.near {
		if p.Always != nil && !*p.Always {
			sh.Kind = Never
			return sh
		}
		if sh.Represents == nil {
			sh.Represents = p.Represents
		}
	}
	if types == nil {
		types = c.types
	}
	if len(types) == 0 {
		if slices.ContainsFunc(c.near, func(p *model.Schema) bool { return p.Const.IsNull() }) {
			sh.Kind = Null
		}
		return sh
	}
	switch types[0] {
	case model.TypeString:
		sh.Kind = String
	case model.TypeInteger:
		sh.Kind = Integer
	case model.TypeNumber:
		sh.Kind = Number
	case model.TypeBoolean:
		sh.Kind = Boolean
	case model.TypeArray:
		x.list(sh, c)
	case model.TypeObject:
		x.object(sh, c)
	}
	if sh.scalar() {
		sh.Format = nearest(x, c, "format", func(p *model.Schema) string { return p.Format })
		sh.Encoding = nearest(x, c, "contentEncoding", func(p *model.Schema) string { return p.ContentEncoding })
		sh.Enum = x.values(c, types[0])
		x.constant(c)
	}
	return sh
}

func (s *Shape) scalar() bool {
	return s.Kind == String || s.Kind == Integer || s.Kind == Number || s.Kind == Boolean
}

// nearest is the text that the nearest part has for a keyword. Another one is a conflict.
func nearest(x *Shapes, c *parts, keyword string, of func(*model.Schema) string) string {
	var from *model.Schema
	for _, p := range c.near {
		switch text := of(p); {
		case text == "":
		case from == nil:
			from = p
		case text != of(from):
			x.conflict(keyword, "the "+keyword+" "+strconv.Quote(of(from)), from, p)
		}
	}
	if from == nil {
		return ""
	}
	return of(from)
}

// values are the values of one type that all parts permit which list any.
func (x *Shapes) values(c *parts, t model.Type) []*model.Enum {
	var values []*model.Enum
	var from *model.Schema
	for _, p := range c.near {
		own := slices.DeleteFunc(slices.Clone(p.Values()), func(v *model.Enum) bool {
			of := typeOf(v.Value)
			return of != t && !(of == model.TypeInteger && t == model.TypeNumber)
		})
		switch {
		case len(own) == 0:
		case from == nil:
			values, from = own, p
		default:
			both := slices.DeleteFunc(slices.Clone(values), func(v *model.Enum) bool { return !permits(own, v.Value) })
			if len(both) == 0 {
				x.conflict("enum", "the list of values", from, p)
				continue
			}
			values = both
		}
	}
	return values
}

// constant reports constants that exclude one another.
func (x *Shapes) constant(c *parts) {
	var from *model.Schema
	for _, p := range c.near {
		switch {
		case p.Const == nil:
		case from == nil:
			from = p
		case !equal(p.Const, from.Const):
			x.conflict("const", "the constant", from, p)
		}
	}
}

func permits(values []*model.Enum, v model.Value) bool {
	return slices.ContainsFunc(values, func(e *model.Enum) bool { return equal(e.Value, v) })
}

// equal compares values as JSON does: 1.0 is 1, and escapes are what they stand for.
func equal(a, b model.Value) bool {
	if string(a) == string(b) {
		return true
	}
	if s, ok := a.Text(); ok {
		t, ok := b.Text()
		return ok && s == t
	}
	x, okX := rational(a)
	y, okY := rational(b)
	return okX && okY && x.Cmp(y) == 0
}

// object merges what is said of the members of an object.
func (x *Shapes) object(sh *Shape, c *parts) {
	required := map[string]bool{}
	declared := map[string][]*Member{} // nearest first
	for _, p := range c.near {
		for _, name := range p.Required {
			required[name] = true
		}
		for _, m := range p.Properties {
			declared[m.Name] = append(declared[m.Name], &Member{Property: m, In: c.owners[p]})
		}
	}
	for _, p := range c.order {
		for _, m := range p.Properties {
			if list := declared[m.Name]; list != nil {
				delete(declared, m.Name)
				if one := x.member(sh.Node, list, required[m.Name]); one != nil {
					sh.Members = append(sh.Members, one)
				}
			}
		}
	}
	x.further(sh, c)
	x.conditional(sh, c, required)
	x.undeclared(sh, c)
	x.discriminating(sh, c)
	x.unevaluated(sh, c)
	sh.Kind = Object
	if len(sh.Members) == 0 && !sh.Closed {
		sh.Kind = Map
	}
}

// undeclared adds the members that are required but declared nowhere: a request without them is wrong, whatever they
// hold, and where nothing else is allowed beside what is declared, nothing at all would be right. Where further members
// have a place of their own they stand there; what another member of a union declares is required of that one. What
// only some members of a union ask for may be there.
func (x *Shapes) undeclared(sh *Shape, c *parts) {
	if len(sh.Members) == 0 || sh.Additional != nil {
		return
	}
	for _, p := range c.order {
		x.rawMembers(sh, c, p, true)
	}
	if sh.Closed {
		return
	}
	for _, m := range c.asks {
		for p := range m.Conjuncts() {
			x.rawMembers(sh, c, p, false)
		}
	}
}

// rawMembers adds what p requires and nobody declares.
func (x *Shapes) rawMembers(sh *Shape, c *parts, p *model.Schema, required bool) {
	for _, name := range p.Required {
		if sh.Member(name) != nil || c.declare(name) {
			continue // or none of its values is permitted
		}
		pos := p.Pos
		if at, ok := p.KeywordPos("required"); ok {
			pos = at
		}
		x.warn(pos, "required-undeclared", "the member %q is required, but what it holds is not said; it is generated as raw JSON", name)
		owner := c.owners[p]
		if owner == nil {
			owner = sh.Node
		}
		property := &model.Property{Pos: x.unsaid(p, name).Pos, Name: name, Required: required, Schema: x.unsaid(p, name)}
		sh.Members = append(sh.Members, &Member{Property: property, In: owner})
	}
}

// discriminating adds the discriminator of a base type, or of a union that has one member only, when nothing declares it:
// values have it all the same. It is a text.
func (x *Shapes) discriminating(sh *Shape, c *parts) {
	if len(sh.Members) == 0 || sh.Additional != nil || sh.Closed {
		return
	}
	for _, p := range c.near {
		d := p.Discriminator
		if d == nil || d.Property == "" || len(p.OneOf)+len(p.AnyOf) > 1 || sh.Member(d.Property) != nil {
			continue
		}
		text := x.unsaid(p, d.Property)
		text.Types = []model.Type{model.TypeString}
		sh.Members = append(sh.Members, &Member{Property: &model.Property{Pos: text.Pos, Name: d.Property, Schema: text}, In: c.owners[p]})
	}
}

// unsaid is the schema of a member that p speaks of and nobody declares.
func (x *Shapes) unsaid(p *model.Schema, name string) *model.Schema {
	key := member{p, name}
	if x.raws[key] == nil {
		at := p.Pos
		at.Pointer += "/properties/" + model.PointerToken(name)
		x.raws[key] = &model.Schema{Pos: at}
	}
	return x.raws[key]
}

// member is the name of a member in a schema.
type member struct {
	of   *model.Schema
	name string
}

func declares(s *model.Schema, name string) bool {
	return slices.ContainsFunc(s.Properties, func(p *model.Property) bool { return p.Name == name })
}

// member is the conjunction of the declarations of one member; nil when none of its values is permitted.
func (x *Shapes) member(node *model.Schema, list []*Member, required bool) *Member {
	first := list[0]
	p := *first.Property
	var schemas []*model.Schema
	for _, m := range list {
		if m.Schema.Always != nil && !*m.Schema.Always {
			return nil
		}
		schemas = append(schemas, m.Schema)
		p.Required = p.Required || m.Required
		if p.PinnedName == "" {
			p.PinnedName = m.PinnedName
		}
		if p.Source == nil {
			p.Source = m.Source
		}
	}
	p.Required = p.Required || required
	out := &Member{Property: &p, In: first.In, Withheld: !isReadOnly(first) && slices.ContainsFunc(list, isReadOnly)}
	if p.Schema = x.combine(node, "/properties/"+model.PointerToken(p.Name), schemas); p.Schema != first.Schema {
		out.In = node
		if i := slices.Index(schemas, p.Schema); i >= 0 {
			out.In = list[i].In
		}
	}
	return out
}

func isReadOnly(m *Member) bool {
	for p := range m.Schema.Conjuncts() {
		if p.ReadOnly {
			return true
		}
	}
	return false
}

// further merges what is said of members beside the declared ones.
func (x *Shapes) further(sh *Shape, c *parts) {
	var schemas []*model.Schema
	var open, patterns []*model.Schema
	var closes, states *model.Schema
	closed := true
	for _, p := range c.near {
		for _, pattern := range p.PatternProperties {
			patterns = append(patterns, pattern.Schema)
		}
		a := p.Additional
		switch {
		case a == nil:
			closed = closed && len(p.Properties)+len(p.PatternProperties) == 0
		case a.Always != nil && !*a.Always:
			if closes == nil {
				closes = p
			}
		case a.Always != nil:
			open, closed = append(open, a), false
		default:
			schemas, closed = append(schemas, a), false
			if states == nil {
				states = p
			}
		}
	}
	if closes != nil && states != nil {
		x.conflict("additionalProperties", "what further members are", states, closes)
	}
	sh.Closed = closes != nil && closed && len(patterns) == 0
	switch {
	case len(schemas) > 0:
		sh.Additional = x.combine(sh.Node, "/additionalProperties", schemas)
	case len(open) > 0:
		sh.Additional = open[0]
	}
	switch {
	case len(patterns) == 0 || len(open) > 0:
	case len(patterns) == 1 && sh.Additional == nil:
		sh.Additional = patterns[0]
	default:
		if sh.Additional != nil {
			patterns = append(patterns, sh.Additional)
		}
		sh.Additional = x.either(sh.Node, "/patternProperties", patterns)
	}
}

// unevaluated adds the place for members that nothing else speaks of, where they are permitted: what conforms to some schemas, or
// anything. What these ask is judged where it depends on the value which members they are.
func (x *Shapes) unevaluated(sh *Shape, c *parts) {
	if slices.ContainsFunc(c.near, func(p *model.Schema) bool { return p.Additional != nil }) {
		return
	}
	var schemas []*model.Schema
	for _, p := range c.near {
		switch u := p.UnevaluatedProperties; {
		case u == nil:
		case u.Always == nil:
			schemas = append(schemas, u)
		case *u.Always && sh.Additional == nil:
			sh.Additional = u
		}
	}
	if sh.Additional == nil && len(schemas) > 0 {
		sh.Additional = x.combine(sh.Node, "/unevaluatedProperties", schemas)
	}
}

// list merges what is said of the items of an array.
func (x *Shapes) list(sh *Shape, c *parts) {
	sh.Kind = List
	longest, most := 0, -1
	for _, p := range c.near {
		longest = max(longest, len(p.PrefixItems))
		if p.MinItems != nil {
			sh.Least = max(sh.Least, *p.MinItems)
		}
		if p.MaxItems != nil && (most < 0 || *p.MaxItems < most) {
			most = *p.MaxItems
		}
	}
	at := func(i int) []*model.Schema { // what holds for the item at i
		var out []*model.Schema
		for _, p := range c.near {
			switch {
			case i < len(p.PrefixItems):
				out = append(out, p.PrefixItems[i])
			case p.Items != nil:
				out = append(out, p.Items)
			}
		}
		return out
	}
	if rest := at(longest); len(rest) > 0 {
		sh.Items = x.combine(sh.Node, "/items", rest)
	}
	if longest == 0 {
		return
	}
	sh.Kind = Tuple
	for i := range longest {
		sh.Prefix = append(sh.Prefix, x.combine(sh.Node, "/prefixItems/"+strconv.Itoa(i), at(i)))
	}
	sh.Ends = most >= 0 && most <= longest || sh.Items != nil && sh.Items.Always != nil && !*sh.Items.Always
	if sh.Ends {
		sh.Items = nil
	}
}
