package rules

import (
	"fmt"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// says states what a keyword asks that concerns more than one value, to follow the name of the value.
func (k *keywords) says(keyword string) string {
	s := k.s
	switch keyword {
	case "false":
		return "must not be there"
	case "$ref":
		return "must be " + described(s.Ref)
	case "type":
		return "must be " + types(s.Types, s.Nullable)
	case "prefixItems":
		return "must be a list of " + descriptions(s.PrefixItems, ", ") + ", in this order"
	case "items":
		if len(s.PrefixItems) > 0 {
			return fmt.Sprintf("must have as items after item %d only %s", len(s.PrefixItems), described(s.Items))
		}
		return "must have as items only " + described(s.Items)
	case "contains":
		if s.MinContains != nil {
			return fmt.Sprintf("must have at least %s of this kind: %s", plural(*s.MinContains, "item"), described(s.Contains))
		}
		return "must have an item that is " + described(s.Contains)
	case "maxContains":
		return fmt.Sprintf("must have at most %s of this kind: %s", plural(*s.MaxContains, "item"), described(s.Contains))
	case "required":
		return "must have " + enumerated(s.Required)
	case "properties":
		var parts []string
		for _, p := range s.Properties {
			parts = append(parts, p.Name+" as "+described(p.Schema))
		}
		return "must have " + strings.Join(parts, ", ")
	case "patternProperties":
		var parts []string
		for _, p := range s.PatternProperties {
			parts = append(parts, fmt.Sprintf("those whose names match %s as %s", shown(p.Pattern), described(p.Schema)))
		}
		return "must have, of members, " + strings.Join(parts, ", ")
	case "additionalProperties", "unevaluatedProperties":
		further := s.Additional
		if keyword != "additionalProperties" {
			further = s.UnevaluatedProperties
		}
		if further.Always != nil && !*further.Always {
			return "must have no further members"
		}
		return "must have as further members only " + described(further)
	case "unevaluatedItems":
		if s := s.UnevaluatedItems; s.Always != nil && !*s.Always {
			return "must have no further items"
		}
		return "must have as further items only " + described(s.UnevaluatedItems)
	case "propertyNames":
		return "must have names of members that are " + described(s.PropertyNames)
	case "allOf":
		return "must be all of these: " + descriptions(s.AllOf, "; ")
	case "anyOf":
		return "must be one of these, or several: " + descriptions(s.AnyOf, "; ")
	case "oneOf":
		return "must be exactly one of these: " + descriptions(s.OneOf, "; ")
	case "not":
		return "must not be " + described(s.Not)
	case "if":
		text := "must be, where it is " + described(s.If) + ", "
		switch {
		case s.Then == nil:
			return "must be, unless it is " + described(s.If) + ", " + described(s.Else)
		case s.Else == nil:
			return text + described(s.Then)
		}
		return text + described(s.Then) + ", else " + described(s.Else)
	}
	return ""
}

func descriptions(list []*model.Schema, separator string) string {
	parts := make([]string, len(list))
	for i, s := range list {
		parts[i] = described(s)
	}
	return strings.Join(parts, separator)
}

func enumerated(words []string) string {
	if n := len(words) - 1; n > 0 {
		return strings.Join(words[:n], ", ") + " and " + words[n]
	}
	return strings.Join(words, "")
}

// described names what a schema describes: by its name, or by what it asks of one value.
func described(s *model.Schema) string {
	switch {
	case s == nil:
		return "anything"
	case s.Name != "":
		return article(s.Name)
	case s.Title != "":
		return article(s.Title)
	case s.Always != nil && *s.Always:
		return "anything"
	case s.Always != nil:
		return "nothing"
	}
	base := "a value"
	if len(s.Types) > 0 {
		base = types(s.Types, s.Nullable)
	} else if s.Ref != nil {
		base = described(s.Ref)
	}
	var asks []string
	for r := range own(s) {
		asks = append(asks, r.Text())
	}
	if len(s.Required) > 0 {
		asks = append(asks, "must have "+enumerated(s.Required))
	}
	for _, p := range s.Properties {
		if p.Schema != nil && p.Schema.Const != nil {
			asks = append(asks, "must have "+p.Name+" as "+constant(decoded(p.Schema.Const)))
		}
	}
	if len(asks) == 0 {
		return base
	}
	return base + " that " + strings.Join(asks, ", ")
}

func article(name string) string {
	if strings.ContainsRune("AEIOUaeiou", rune(name[0])) {
		return "an " + name
	}
	return "a " + name
}
