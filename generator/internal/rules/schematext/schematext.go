// Package schematext writes schemas as package schema of the runtime reads them: JSON Schema without what is decided
// here. References are names, patterns are RE2, formats stand only where they are to be asserted.
package schematext

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Entry is a schema under its name.
type Entry struct{ Name, JSON string }

// Writer writes schemas that refer to one another.
type Writer struct {
	Asserts func(format string) bool           // the formats to assert; nil: none
	Report  func(pos model.Pos, err error)     // of patterns that cannot be had; nil: nobody
	Overlap func(members []*model.Schema) bool // of a oneOf of which it is enough to be one; nil: none
	Hidden  func(p *model.Property) bool       // of members that these values do not have, whatever requires them; nil: none

	Together func(s *model.Schema) *Together // how closed schemas are meant that others are put together with; nil: as they are written

	entries []*entry
	byNode  map[*model.Schema]*entry
	taken   map[string]bool
	open    []*model.Schema // schemas in place that are being written
	named   bool            // entries have names only
	in      *inside         // what the schema at hand is part of
	parts   map[part]*entry // of schemas that are otherwise there
}

type entry struct {
	name, text string
	node       *model.Schema
}

// Entries are what was written, in the order of first use.
func (w *Writer) Entries() []Entry {
	out := make([]Entry, len(w.entries))
	for i, e := range w.entries {
		out[i] = Entry{e.name, e.text}
	}
	return out
}

// Schema writes a schema, under the name of its component or else under the one given, and returns the name.
func (w *Writer) Schema(s *model.Schema, name string) string {
	if s.Name != "" {
		name = s.Name
	}
	return w.entry(s, name).name
}

// Alias writes a schema under a name, whatever its component is called.
func (w *Writer) Alias(s *model.Schema, name string) {
	e := &entry{name: w.unique(name)}
	w.entries = append(w.entries, e)
	e.text = w.schema(s)
}

// Part writes some keywords of a schema, with what they need beside them, and returns the name.
func (w *Writer) Part(s *model.Schema, keywords []string, name string) string {
	e := &entry{name: w.unique(name)}
	w.entries = append(w.entries, e)
	e.text = w.alone(s, withNeeded(keywords))
	return e.name
}

// Same reports whether two schemas say the same in the same words. What they refer to is the same when it has one name, so
// it is not written.
func Same(a, b *model.Schema) bool {
	w := Writer{named: true}
	return a == b || w.schema(a) == w.schema(b)
}

// namesOnly asks for the names of the properties, not for what they are.
const namesOnly = "names of properties"

// withNeeded adds the keywords that others look at; nil: all.
func withNeeded(keywords []string) []string {
	out := slices.Clone(keywords)
	for _, k := range keywords {
		switch k {
		case "unevaluatedProperties", "unevaluatedItems":
			return nil
		case "additionalProperties":
			out = append(out, namesOnly, "patternProperties")
		case "items":
			out = append(out, "prefixItems")
		case "contains", "maxContains":
			out = append(out, "contains", "minContains", "maxContains")
		}
	}
	return out
}

func (w *Writer) unique(name string) string {
	if w.taken == nil {
		w.taken = map[string]bool{}
	}
	free := name
	for i := 2; w.taken[free]; i++ {
		free = name + "#" + strconv.Itoa(i)
	}
	w.taken[free] = true
	return free
}

func (w *Writer) entry(s *model.Schema, name string) *entry {
	if e := w.byNode[s]; e != nil {
		return e
	}
	if w.byNode == nil {
		w.byNode = map[*model.Schema]*entry{}
	}
	e := &entry{name: w.unique(name), node: s}
	w.byNode[s] = e // before it is written: it may refer to itself
	w.entries = append(w.entries, e)
	if !w.named {
		w.within(nil, func() { e.text = w.alone(s, nil) })
	}
	return e
}

// alone writes a schema that stands by itself.
func (w *Writer) alone(s *model.Schema, keywords []string) string {
	outer := w.open
	w.open = []*model.Schema{s}
	text := w.object(s, keywords)
	w.open = outer
	return text
}

// schema is the text of a schema where it stands: components, and schemas that consist of themselves, by their name.
func (w *Writer) schema(s *model.Schema) string {
	if s.Always != nil {
		return strconv.FormatBool(*s.Always)
	}
	if s.Name != "" || w.byNode[s] != nil || slices.Contains(w.open, s) {
		if e := w.part(s); e != nil {
			return w.reference(e)
		}
	}
	if s.Name != "" || w.byNode[s] != nil {
		return w.reference(w.entry(s, s.Name))
	}
	if slices.Contains(w.open, s) {
		return w.reference(w.entry(s, s.ID()))
	}
	w.open = append(w.open, s)
	text := w.object(s, nil)
	w.open = w.open[:len(w.open)-1]
	return text
}

func (w *Writer) reference(e *entry) string { return `{"$ref":` + quoted(e.name) + `}` }

// object writes keywords; nil: all of them.
func (w *Writer) object(s *model.Schema, keywords []string) string {
	if s.Always != nil {
		return strconv.FormatBool(*s.Always)
	}
	in, whole := w.begin(s)
	o := object{b: []byte{'{'}, only: keywords, in: in}
	w.within(nil, func() { // most keywords are about parts of the value
		w.values(&o, s)
		w.lists(&o, s)
		w.members(&o, s)
		w.combined(&o, s)
	})
	if whole && in.Closed && keywords == nil && s.UnevaluatedProperties == nil {
		o.add("unevaluatedProperties", "false")
	}
	return string(append(o.b, '}'))
}

// object is a JSON object that is being written.
type object struct {
	b    []byte
	only []string
	in   *inside // what it is part of
}

func (o *object) wants(keyword string) bool { return o.only == nil || slices.Contains(o.only, keyword) }

func (o *object) add(keyword, text string) {
	if len(o.b) > 1 {
		o.b = append(o.b, ',')
	}
	o.b = append(append(append(o.b, quoted(keyword)...), ':'), text...)
}

// put adds a keyword that is wanted; text is asked for only then.
func (o *object) put(keyword string, there bool, text func() string) {
	if there && o.wants(keyword) {
		o.add(keyword, text())
	}
}

func (o *object) count(keyword string, n *int) {
	o.put(keyword, n != nil, func() string { return strconv.Itoa(*n) })
}

func (o *object) number(keyword string, n model.Number) {
	o.put(keyword, n != "", func() string { return string(n) })
}

func (w *Writer) one(o *object, keyword string, s *model.Schema) {
	o.put(keyword, s != nil, func() string { return w.schema(s) })
}

func (w *Writer) many(o *object, keyword string, list []*model.Schema) {
	o.put(keyword, len(list) > 0, func() string { return array(list, w.schema) })
}

func array[T any](list []T, text func(T) string) string {
	b := []byte{'['}
	for i, x := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, text(x)...)
	}
	return string(append(b, ']'))
}

func quoted(s string) string {
	b, _ := json.Marshal(s) // of a string there is always JSON
	return string(b)
}

func (w *Writer) values(o *object, s *model.Schema) {
	o.put("$ref", s.Ref != nil, func() (name string) {
		w.within(o.in, func() {
			if e := w.part(s.Ref); e != nil {
				name = e.name
			} else {
				name = w.Schema(s.Ref, s.Ref.ID())
			}
		})
		return quoted(name)
	})
	o.put("type", len(s.Types) > 0, func() string {
		types := slices.Clone(s.Types)
		if s.Nullable {
			types = append(types, "null")
		}
		if len(types) == 1 {
			return quoted(string(types[0]))
		}
		return array(types, func(t model.Type) string { return quoted(string(t)) })
	})
	listed := s.Enum
	if o.only != nil {
		listed = s.Values() // a union of constants is one as well, where that is what is asked
	}
	o.put("enum", len(listed) > 0, func() string {
		values := make([]string, 0, len(listed)+1)
		for _, v := range listed {
			values = append(values, string(v.Value))
		}
		if s.Nullable {
			values = append(values, "null")
		}
		return array(values, func(v string) string { return v })
	})
	o.put("const", s.Const != nil, func() string { return string(s.Const) })
	o.count("minLength", s.MinLength)
	o.count("maxLength", s.MaxLength)
	if s.Pattern != "" && o.wants("pattern") {
		pos, _ := s.KeywordPos("pattern")
		if expr, ok := w.pattern(pos, s.Pattern); ok {
			o.add("pattern", quoted(expr))
		}
	}
	o.put("format", s.Format != "" && w.Asserts != nil && w.Asserts(s.Format), func() string { return quoted(s.Format) })
	o.number("minimum", s.Minimum)
	o.number("maximum", s.Maximum)
	o.number("exclusiveMinimum", s.ExclusiveMinimum)
	o.number("exclusiveMaximum", s.ExclusiveMaximum)
	o.number("multipleOf", s.MultipleOf)
}

func (w *Writer) pattern(pos model.Pos, pattern string) (string, bool) {
	expr, err := rules.RE2(pattern)
	if err != nil && w.Report != nil {
		w.Report(pos, err)
	}
	return expr, err == nil
}

func (w *Writer) lists(o *object, s *model.Schema) {
	o.count("minItems", s.MinItems)
	o.count("maxItems", s.MaxItems)
	o.put("uniqueItems", s.UniqueItems, func() string { return "true" })
	w.many(o, "prefixItems", s.PrefixItems)
	w.one(o, "items", s.Items)
	w.one(o, "contains", s.Contains)
	o.count("minContains", s.MinContains)
	o.count("maxContains", s.MaxContains)
	w.one(o, "unevaluatedItems", s.UnevaluatedItems)
}

// required are the members that a value must have, without those that no such value has.
func (w *Writer) required(s *model.Schema) []string {
	if w.Hidden == nil || len(s.Required) == 0 {
		return s.Required
	}
	out := slices.Clone(s.Required)
	for _, around := range append(slices.Clone(w.open), s) {
		for p := range around.Conjuncts() {
			for _, member := range p.Properties {
				if w.Hidden(member) {
					out = slices.DeleteFunc(out, func(name string) bool { return name == member.Name })
				}
			}
		}
	}
	return out
}

func (w *Writer) members(o *object, s *model.Schema) {
	o.count("minProperties", s.MinProperties)
	o.count("maxProperties", s.MaxProperties)
	if required := w.required(s); len(required) > 0 && o.wants("required") {
		o.add("required", array(required, quoted))
	}
	if full := o.wants("properties"); len(s.Properties) > 0 && (full || o.wants(namesOnly)) {
		in := object{b: []byte{'{'}}
		for _, p := range s.Properties {
			if full {
				in.add(p.Name, w.schema(p.Schema))
			} else {
				in.add(p.Name, "true")
			}
		}
		o.add("properties", string(append(in.b, '}')))
	}
	o.put("patternProperties", len(s.PatternProperties) > 0, func() string {
		in := object{b: []byte{'{'}}
		for _, p := range s.PatternProperties {
			if expr, ok := w.pattern(p.Pos, p.Pattern); ok {
				in.add(expr, w.schema(p.Schema))
			}
		}
		return string(append(in.b, '}'))
	})
	if o.in == nil || !o.in.Open[s] {
		w.one(o, "additionalProperties", s.Additional)
	}
	w.one(o, "propertyNames", s.PropertyNames)
	o.put("dependentRequired", len(s.DependentRequired) > 0, func() string {
		in := object{b: []byte{'{'}}
		for _, d := range s.DependentRequired {
			in.add(d.Name, array(d.Required, quoted))
		}
		return string(append(in.b, '}'))
	})
	o.put("dependentSchemas", len(s.DependentSchemas) > 0, func() string {
		in := object{b: []byte{'{'}}
		for _, d := range s.DependentSchemas {
			in.add(d.Name, w.schema(d.Schema))
		}
		return string(append(in.b, '}'))
	})
	w.one(o, "unevaluatedProperties", s.UnevaluatedProperties)
}

// blurred reports whether a member of a union describes less than it is described by: a format that is not asserted
// may be all that tells it from another.
func (w *Writer) blurred(s *model.Schema) bool {
	for p := range s.Conjuncts() {
		if p.Format != "" && (w.Asserts == nil || !w.Asserts(p.Format)) {
			return true
		}
	}
	return false
}

// together writes the keywords that apply others to the same value.
func (w *Writer) together(o *object, s *model.Schema) {
	w.many(o, "allOf", s.AllOf)
	if rules.ListsHeirs(s) { // its members lead back to it
		return
	}
	o.put("anyOf", len(s.AnyOf) > 0, func() string { return array(s.AnyOf, w.variant) })
	o.put("oneOf", len(s.OneOf) > 0, func() string {
		text := array(s.OneOf, w.variant)
		if slices.ContainsFunc(s.OneOf, w.blurred) || w.Overlap != nil && w.Overlap(s.OneOf) {
			return `[{"anyOf":` + text + `}]`
		}
		return text
	})
}

func (w *Writer) combined(o *object, s *model.Schema) {
	w.within(o.in, func() { w.together(o, s) })
	w.one(o, "not", s.Not)
	w.one(o, "if", s.If)
	if o.wants("if") && s.If != nil {
		for _, branch := range []struct {
			keyword string
			schema  *model.Schema
		}{{"then", s.Then}, {"else", s.Else}} {
			if branch.schema != nil {
				o.add(branch.keyword, w.schema(branch.schema))
			}
		}
	}
}
