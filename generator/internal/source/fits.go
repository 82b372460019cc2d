package source

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Defaults and examples are compared with their schemas once all schemas are read. One that does not fit is reported
// where it deviates, and left out: it would say what is not so.

// instance is a value of the document that must fit a schema.
type instance struct {
	node   *node
	schema *model.Schema
	what   string // default or example
	drop   func()
}

// checkInstances compares all values.
func (l *loader) checkInstances() {
	left := maxAllSteps
	for _, i := range l.instances {
		steps := min(maxSteps, left)
		f := fitter{steps: steps}
		at, why := f.misfit(i.node, i.schema)
		if left -= steps - max(f.steps, 0); at != nil {
			l.warnf(at.pos(), i.what+"-violates-schema", "the %s does not fit its schema: %s", i.what, why)
			i.drop()
		}
	}
}

// fitter compares one value with its schema. Formats, patterns and what only the whole of a schema can tell are
// not asserted: a doubt speaks for the document.
type fitter struct {
	steps int // left
	depth int
}

// misfit returns the node that deviates and why, or nil.
func (f *fitter) misfit(n *node, s *model.Schema) (*node, string) {
	if f.steps--; f.steps < 0 || f.depth > maxDepth || s == nil {
		return nil, ""
	}
	f.depth++
	defer func() { f.depth-- }()
	if n.kind == kindNull && nullable(s) {
		return nil, ""
	}
	if s.Ref != nil {
		if at, why := f.misfit(n, s.Ref); at != nil {
			return at, why
		}
	}
	if s.Always != nil {
		if !*s.Always {
			return n, "no value does"
		}
		return nil, ""
	}
	at, why := f.typed(n, s)
	if at == nil {
		at, why = f.listed(n, s)
	}
	if at == nil {
		at, why = f.limited(n, s)
	}
	if at == nil {
		at, why = f.entries(n, s)
	}
	if at == nil {
		at, why = f.members(n, s)
	}
	if at == nil {
		at, why = f.composed(n, s)
	}
	return at, why
}

// nullable reports whether a schema says itself that null is a value.
func nullable(s *model.Schema) bool {
	for range maxHops {
		if s.Nullable {
			return true
		}
		if s.Ref == nil {
			return false
		}
		s = s.Ref
	}
	return false
}

func (f *fitter) typed(n *node, s *model.Schema) (*node, string) {
	if len(s.Types) == 0 || slices.ContainsFunc(s.Types, n.isOf) {
		return nil, ""
	}
	return n, fmt.Sprintf("it must be of the type %s, not %s", typeNames(s.Types), n.kind)
}

// isOf reports whether a value is of a type.
func (n *node) isOf(t model.Type) bool {
	switch t {
	case model.TypeString:
		return n.isText()
	case model.TypeBoolean:
		return n.kind == kindBool
	case model.TypeArray:
		return n.kind == kindArray
	case model.TypeObject:
		return n.kind == kindObject
	case model.TypeInteger:
		text, ok := n.number()
		return ok && (!strings.ContainsAny(text, ".eE") || isWhole(model.Value(text)))
	case model.TypeNumber:
		_, ok := n.number()
		return ok
	}
	return true
}

// listed compares with const and enum.
func (f *fitter) listed(n *node, s *model.Schema) (*node, string) {
	if s.Const != nil && !f.equal(n, s.Const) {
		return n, fmt.Sprintf("it must be %s", s.Const)
	}
	f.steps -= len(s.Enum) / 10
	if len(s.Enum) > 0 && !slices.ContainsFunc(s.Enum, func(e *model.Enum) bool { return f.equal(n, e.Value) }) {
		return n, "it is none of the values of the enum"
	}
	return nil, ""
}

// equal compares a node with a value as the document has it.
func (f *fitter) equal(n *node, v model.Value) bool {
	switch {
	case n.kind == kindNumber && typeOf(v) != model.TypeString:
		text, _ := n.number()
		return text == string(v) || isJSONNumber(string(v)) && compare(model.Number(text), model.Number(v)) == 0
	case n.isText():
		text, ok := v.Text()
		return ok && text == n.text || n.kind != kindString && n.text == string(v)
	case n.kind < kindArray:
		return n.text == string(v)
	}
	f.steps -= len(v)
	return string(render(n)) == string(v)
}

func (f *fitter) limited(n *node, s *model.Schema) (*node, string) {
	if n.kind == kindString || n.plain && slices.Contains(s.Types, model.TypeString) {
		return n.outside(utf8.RuneCountInString(n.text), s.MinLength, s.MaxLength, "characters")
	}
	text, ok := n.number()
	if !ok || len(text) > maxDigits || exponent(text) > maxDigits {
		return nil, ""
	}
	value := model.Number(text)
	switch {
	case s.Minimum != "" && compare(value, s.Minimum) < 0:
		return n, "it must be at least " + string(s.Minimum)
	case s.Maximum != "" && compare(value, s.Maximum) > 0:
		return n, "it must be at most " + string(s.Maximum)
	case s.ExclusiveMinimum != "" && compare(value, s.ExclusiveMinimum) <= 0:
		return n, "it must be more than " + string(s.ExclusiveMinimum)
	case s.ExclusiveMaximum != "" && compare(value, s.ExclusiveMaximum) >= 0:
		return n, "it must be less than " + string(s.ExclusiveMaximum)
	case s.MultipleOf != "" && !multiple(value, s.MultipleOf):
		return n, "it must be a multiple of " + string(s.MultipleOf)
	}
	return nil, ""
}

func multiple(value, of model.Number) bool {
	x, _ := new(big.Rat).SetString(string(value))
	y, _ := new(big.Rat).SetString(string(of))
	return x == nil || y == nil || y.Sign() == 0 || x.Quo(x, y).IsInt()
}

// outside compares a number of things with the limits of it.
func (n *node) outside(count int, least, most *int, things string) (*node, string) {
	switch {
	case least != nil && count < *least:
		return n, fmt.Sprintf("it must have at least %d %s", *least, things)
	case most != nil && count > *most:
		return n, fmt.Sprintf("it must have at most %d %s", *most, things)
	}
	return nil, ""
}

// entries compares what a list holds.
func (f *fitter) entries(n *node, s *model.Schema) (*node, string) {
	if n.kind != kindArray {
		return nil, ""
	}
	if at, why := n.outside(len(n.members), s.MinItems, s.MaxItems, "entries"); at != nil {
		return at, why
	}
	for i, m := range n.members {
		schema := s.Items
		if i < len(s.PrefixItems) {
			schema = s.PrefixItems[i]
		}
		if at, why := f.misfit(m, schema); at != nil {
			return at, why
		}
	}
	return nil, ""
}

// members compares what an object holds. What one side alone reads or writes need not be there.
func (f *fitter) members(n *node, s *model.Schema) (*node, string) {
	if n.kind != kindObject {
		return nil, ""
	}
	if at, why := n.outside(len(n.members), s.MinProperties, s.MaxProperties, "members"); at != nil {
		return at, why
	}
	f.steps -= len(s.Properties) / 10
	known := 0
	for _, p := range s.Properties {
		m := n.get(p.Name)
		if m == nil {
			continue
		}
		known++
		if at, why := f.misfit(m, p.Schema); at != nil {
			return at, why
		}
	}
	for _, name := range s.Required {
		if n.get(name) == nil && !oneSided(s, name) {
			return n, fmt.Sprintf("it has no member %q", name)
		}
	}
	if s.Additional == nil || known == len(n.members) || len(s.PatternProperties) > 0 {
		return nil, ""
	}
	for _, m := range n.members {
		if f.steps -= len(s.Properties) / 10; f.steps < 0 {
			break
		}
		if slices.ContainsFunc(s.Properties, func(p *model.Property) bool { return p.Name == m.key }) {
			continue
		}
		if always := s.Additional.Always; always != nil && !*always {
			return m, fmt.Sprintf("%q is no member of it", m.key)
		}
		if at, why := f.misfit(m, s.Additional); at != nil {
			return at, why
		}
	}
	return nil, ""
}

func oneSided(s *model.Schema, name string) bool {
	i := slices.IndexFunc(s.Properties, func(p *model.Property) bool { return p.Name == name })
	if i < 0 {
		return false
	}
	for p, hops := s.Properties[i].Schema, 0; p != nil && hops < maxHops; p, hops = p.Ref, hops+1 {
		if p.ReadOnly || p.WriteOnly {
			return true
		}
	}
	return false
}

// composed compares with the parts of a composition. That only one member of oneOf fits is not asserted.
func (f *fitter) composed(n *node, s *model.Schema) (*node, string) {
	for _, part := range s.AllOf {
		if at, why := f.misfit(n, part); at != nil {
			return at, why
		}
	}
	for keyword, union := range [][]*model.Schema{s.OneOf, s.AnyOf} {
		var at *node
		var why string
		fits := len(union) == 0
		for _, member := range union {
			if at, why = f.misfit(n, member); at == nil {
				fits = true
				break
			}
		}
		if fits {
			continue
		}
		if len(union) > 1 {
			at, why = n, "it fits no member of "+[]string{"oneOf", "anyOf"}[keyword]
		}
		return at, why
	}
	return nil, ""
}
