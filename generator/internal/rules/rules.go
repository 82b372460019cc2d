// Package rules is the one rule tree: what a document asserts about values, from whichever front
// end it was written in. Validators, doc comments and tests are all made from it, so they cannot
// disagree. It knows neither Go types nor Go text.
//
// This file holds the leaves, the single-value assertions of JSON Schema.
package rules

import (
	"fmt"
	"iter"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Rule is one assertion about one value.
type Rule struct {
	Keyword string        // the JSON Schema keyword it comes from
	Pos     model.Pos     // of the keyword
	Source  *model.Source // the reference that states it
	Unit    string        // of numeric limits
	Count   int           // minLength, maxLength, minItems, maxItems, minProperties, maxProperties
	Number  model.Number  // minimum, maximum, exclusive…, multipleOf
	Pattern string        // pattern
	Format  string        // format
	Values  []*model.Enum // enum, const
	Where   string        // dependentRequired, dependentSchemas: the member that others depend on

	Cond *Expr  // what must be true; nil where only the server can tell
	says string // of a keyword about more than one value

	// Of a rule that the document states by itself, not by a keyword.
	Stated  *model.Validation
	Path    []string // members that lead from the value to what the rule is about, or to the list of Items
	Items   *Expr    // the All of Cond that goes over a list whose items are told one by one; nil: the value is told
	Within  []string // members that lead from such an item to what the rule is about
	Message *Expr    // makes the message; nil: it is the stated one, or else the rule in words
}

// Of lists the assertions of a schema in a fixed order: those of everything that holds for its values at
// once, references and compositions included. Of two limits of one keyword the nearer is listed first.
func Of(s *model.Schema) []Rule {
	var out []Rule
	for p := range s.Conjuncts() {
		for r := range own(p) {
			k := keywords{s: p}
			r.Pos = k.pos(r.Keyword)
			out = append(out, r)
		}
	}
	return out
}

// own goes over the assertions about a single value, without their places.
func own(s *model.Schema) iter.Seq[Rule] {
	return func(yield func(Rule) bool) {
		more := true
		add := func(keyword string, r Rule) {
			r.Keyword, r.Source, r.Unit = keyword, s.Source, s.Unit
			more = more && yield(r)
		}
		count := func(keyword string, n *int) {
			if n != nil {
				add(keyword, Rule{Count: *n})
			}
		}
		number := func(keyword string, n model.Number) {
			if n != "" {
				add(keyword, Rule{Number: n})
			}
		}
		count("minLength", s.MinLength)
		count("maxLength", s.MaxLength)
		if s.Pattern != "" {
			add("pattern", Rule{Pattern: s.Pattern})
		}
		number("minimum", s.Minimum)
		number("exclusiveMinimum", s.ExclusiveMinimum)
		number("maximum", s.Maximum)
		number("exclusiveMaximum", s.ExclusiveMaximum)
		number("multipleOf", s.MultipleOf)
		count("minItems", s.MinItems)
		count("maxItems", s.MaxItems)
		if s.UniqueItems {
			add("uniqueItems", Rule{})
		}
		count("minProperties", s.MinProperties)
		count("maxProperties", s.MaxProperties)
		if s.Const != nil {
			add("const", Rule{Values: []*model.Enum{{Pos: s.Pos, Value: s.Const}}})
		}
		if values := s.Values(); len(values) > 0 && !(s.Is(model.TypeBoolean) && bothBooleans(values)) {
			add("enum", Rule{Values: values})
		}
	}
}

// bothBooleans reports whether a list permits whatever is a boolean.
func bothBooleans(values []*model.Enum) bool {
	has := map[string]bool{}
	for _, v := range values {
		has[string(v.Value)] = true
	}
	return has["true"] && has["false"]
}

// Format is the assertion of the format of a schema, which is one where it is asked for.
func Format(s *model.Schema) Rule {
	k := keywords{s: s}
	return Rule{Keyword: "format", Pos: k.pos("format"), Source: s.Source, Format: s.Format}
}

// Listed is the assertion of a union of lists of values; nothing where it is none.
func Listed(s *model.Schema, keyword string, values []*model.Enum) []Rule {
	if len(values) == 0 {
		return nil
	}
	k := keywords{s: s}
	return []Rule{{Keyword: "enum", Pos: k.pos(keyword), Source: s.Source, Values: values}}
}

// Key names the assertion among those of its schema: by its keyword, and the member it depends on.
func (r Rule) Key() string {
	if r.Where != "" {
		return r.Keyword + "/" + r.Where
	}
	return r.Keyword
}

// maxShownPattern is how long a pattern may be that people are shown.
const maxShownPattern = 80

// Text states the rule in plain words, to follow the name of the value: "must be at most 300 s".
func (r Rule) Text() string {
	number := strings.TrimSpace(string(r.Number) + " " + r.Unit)
	switch r.Keyword {
	case "required":
		if r.says != "" {
			return r.says
		}
		return "is required"
	case "minLength":
		return "must have at least " + plural(r.Count, "character")
	case "maxLength":
		return "must have at most " + plural(r.Count, "character")
	case "pattern":
		if len(r.Pattern) > maxShownPattern {
			return "must have the form that the reference describes"
		}
		return "must match " + r.Pattern
	case "minimum":
		return "must be at least " + number
	case "maximum":
		return "must be at most " + number
	case "exclusiveMinimum":
		return "must be greater than " + number
	case "exclusiveMaximum":
		return "must be less than " + number
	case "multipleOf":
		return "must be a multiple of " + number
	case "minItems":
		return "must have at least " + plural(r.Count, "item")
	case "maxItems":
		return "must have at most " + plural(r.Count, "item")
	case "uniqueItems":
		return "must not repeat an item"
	case "minProperties":
		return "must have at least " + plural(r.Count, "member")
	case "maxProperties":
		return "must have at most " + plural(r.Count, "member")
	case "format":
		return "must have the format " + r.Format
	case "enum", "const":
		return "must be " + r.Limit()
	}
	switch {
	case r.Stated != nil && r.Stated.Message != "":
		return r.Stated.Message
	case r.Stated != nil && r.Cond != nil:
		return "must be such that " + r.Cond.Words()
	case r.says == "" && r.Cond != nil:
		return r.Cond.Words()
	}
	return r.says
}

// Limit is the bound of the rule as text: "300", or the permitted values.
func (r Rule) Limit() string {
	switch {
	case r.Values != nil:
		return oneOf(r.Values)
	case r.Pattern != "":
		return r.Pattern
	case r.Number != "":
		return string(r.Number)
	case r.Format != "":
		return r.Format
	case !counted[r.Keyword]:
		return ""
	}
	return fmt.Sprint(r.Count)
}

// counted are the keywords whose limit is a count.
var counted = map[string]bool{"minLength": true, "maxLength": true, "minItems": true, "maxItems": true, "minProperties": true, "maxProperties": true}

func oneOf(values []*model.Enum) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = string(v.Value)
		if s, ok := v.Value.Text(); ok {
			texts[i] = s
		}
		if texts[i] == "" {
			texts[i] = "empty"
		}
	}
	if len(texts) == 1 {
		return texts[0]
	}
	return strings.Join(texts[:len(texts)-1], ", ") + " or " + texts[len(texts)-1]
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
