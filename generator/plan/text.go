package plan

import (
	"fmt"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/model"
)

// text carries a node's documentation to its comment.
func (b *builder) text(d model.Doc) Text {
	t := Text{Summary: strings.TrimSpace(d.Summary), Body: strings.TrimSpace(d.Text), Deprecated: d.Deprecated}
	if d.Source != nil {
		t.Source, t.URL = sourceText(d.Source), d.Source.URL
	}
	return t
}

// sourceText names a place in the reference: page, table, row.
func sourceText(s *model.Source) string { return s.String() }

// fieldText is the documentation of a member: its own words, or its type's, and the facts of its schema. Limits
// are among them where we check them: they do not bind a server.
func (b *builder) fieldText(s *model.Schema, checked bool) Text {
	t := b.typeText(s)
	if t.Summary == "" && t.Body == "" {
		of := b.typeText(b.shapes.Of(s).Node)
		t.Summary, t.Body = of.Summary, of.Body
	}
	t.Source, t.URL = "", "" // the type around it names the page
	t.Facts = facts(s, checked)
	return t
}

// typeText is the documentation of a type: its own words, or those of a part that stands in place.
func (b *builder) typeText(s *model.Schema) Text {
	t := b.text(s.Doc)
	for p := range s.Conjuncts() {
		if t.Summary == "" && t.Body == "" && p.Name == "" {
			t.Summary, t.Body = strings.TrimSpace(p.Summary), strings.TrimSpace(p.Text)
		}
	}
	return t
}

// facts are the limits and the default of a schema, in words made from the rules themselves.
func facts(s *model.Schema, limits bool) []string {
	var out []string
	var lo, hi, minLen, maxLen, minItems, maxItems *rules.Rule
	for _, r := range rules.Of(s) {
		keep := func(p **rules.Rule) {
			if *p == nil {
				*p = &r
			}
		}
		if r.Keyword == "enum" && anyOf(s, func(p *model.Schema) bool { return p.Is(model.TypeInteger) }) && s.Represents == nil {
			out = append(out, "One of "+r.Limit()+".") // what a value means, wherever it is
		}
		if !limits {
			continue
		}
		switch r.Keyword {
		case "minimum":
			keep(&lo)
		case "maximum":
			keep(&hi)
		case "minLength":
			keep(&minLen)
		case "maxLength":
			keep(&maxLen)
		case "minItems":
			keep(&minItems)
		case "maxItems":
			keep(&maxItems)
		case "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "uniqueItems", "pattern":
			text := r.Text()
			if r.Pattern != "" && !strings.Contains(text, r.Pattern) {
				continue // too long to show: the description says it in words
			}
			out = append(out, strings.ToUpper(text[:1])+text[1:]+".")
		}
	}
	unit := unitOf(s)
	between := func(lo, hi *rules.Rule, noun string) {
		switch {
		case lo != nil && hi != nil && lo.Limit() == hi.Limit():
			out = append(out, fmt.Sprintf("Exactly %s%s.", hi.Limit(), one(hi, noun)))
		case lo != nil && hi != nil:
			out = append(out, fmt.Sprintf("%s to %s%s.", lo.Limit(), hi.Limit(), noun))
		case lo != nil:
			out = append(out, fmt.Sprintf("At least %s%s.", lo.Limit(), one(lo, noun)))
		case hi != nil:
			out = append(out, fmt.Sprintf("At most %s%s.", hi.Limit(), one(hi, noun)))
		}
	}
	suffix := ""
	if unit != "" {
		suffix = " " + unit
	}
	between(lo, hi, suffix)
	between(minLen, maxLen, " characters")
	between(minItems, maxItems, " items")
	if d := defaultOf(s); d != nil && !d.IsNull() {
		text := string(d)
		if t, ok := d.Text(); ok {
			text = meant(s, t)
		}
		out = append(out, "Default: "+text+suffix+".")
	} else if unit != "" && lo == nil && hi == nil {
		out = append(out, "Unit: "+unit+".")
	}
	return out
}

// one is a noun that follows a limit, in the singular after 1.
func one(r *rules.Rule, noun string) string {
	if r.Limit() == "1" && r.Number == "" {
		return strings.TrimSuffix(noun, "s")
	}
	return noun
}

// meant is what the text of a default stands for: true for a flag's "yes".
func meant(s *model.Schema, text string) string {
	for p := range s.Conjuncts() {
		if r := p.Represents; r != nil && r.Type == model.TypeBoolean {
			switch text {
			case r.True:
				return "true"
			case r.False:
				return "false"
			}
		}
	}
	if text == "" {
		return "empty"
	}
	return text
}

func unitOf(s *model.Schema) string {
	for p := range s.Conjuncts() {
		if p.Unit != "" {
			return p.Unit
		}
	}
	return ""
}

func defaultOf(s *model.Schema) model.Value {
	for p := range s.Conjuncts() {
		if p.Default != nil {
			return p.Default
		}
	}
	return nil
}
