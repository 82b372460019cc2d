package diff

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// schemas looks at all pairs.
func (w *walk) schemas() {
	for _, p := range w.pairs.order {
		if p.old.Ref != nil && p.now.Ref == nil || p.old.Ref == nil && p.now.Ref != nil {
			continue // the target was paired with it
		}
		w.schema(w.pairs.where[p], w.pairs.sides[p], p.old, p.now)
	}
}

func (w *walk) schema(where string, s side, old, now *model.Schema) {
	if old.Name != now.Name && old.Name != "" && now.Name != "" {
		w.add(Change{Kind: "schema-renamed", Where: where, Text: "another schema stands where " + old.Name + " stood", Before: old.Name, After: now.Name}, old.Pos, now.Pos)
	}
	w.deprecated(where, old.Doc, now.Doc, old.Pos, now.Pos)
	w.types(where, s, old, now)
	w.enum(where, s, old, now)
	w.bounds(where, s, old, now)
	w.members(where, s, old, now)
	w.combinations(where, s, old, now)
	w.rules(where, s, old.Validations, now.Validations, old.Pos, now.Pos)
	if a, b := string(old.Default), string(now.Default); a != b {
		c := Change{Kind: "default-changed", Where: where, Text: "the default changed", Before: a, After: b}
		if s.has(request) {
			c.Level, c.Wire = Major, differs
		}
		w.add(c, at(old, "default"), at(now, "default"))
	}
}

// at is where a keyword stands, or its schema.
func at(s *model.Schema, keyword string) model.Pos {
	if pos, ok := s.KeywordPos(keyword); ok {
		return pos
	}
	return s.Pos
}

// types compares what a value is at all.
func (w *walk) types(where string, s side, old, now *model.Schema) {
	a, b := typeText(old), typeText(now)
	if a != b {
		c := Change{Kind: "type-changed", Level: Major, Where: where, Text: "the type changed", Wire: refused, Before: a, After: b}
		if !s.has(request) {
			c.Wire = newValues
		}
		w.add(c, at(old, "type"), at(now, "type"))
	}
	switch {
	case !old.Nullable && now.Nullable:
		c := Change{Kind: "became-nullable", Level: Minor, Where: where, Text: "it may be null now", Wire: accepted, After: "null"}
		if s.has(response) {
			c.Level, c.Wire = Major, missing
		}
		w.add(c, old.Pos, now.Pos)
	case old.Nullable && !now.Nullable:
		c := Change{Kind: "became-not-null", Level: Minor, Where: where, Text: "it is never null any more", Before: "null"}
		if s.has(request) {
			c.Level, c.Wire = Major, refused
		}
		w.add(c, old.Pos, now.Pos)
	}
	for _, flag := range []struct {
		word     string
		old, now bool
		gone     string
	}{{"readOnly", old.ReadOnly, now.ReadOnly, refused}, {"writeOnly", old.WriteOnly, now.WriteOnly, missing}} {
		if flag.old != flag.now {
			c := Change{Kind: "view-changed", Level: Minor, Where: where, Text: flag.word + " changed", Before: fmt.Sprint(flag.old), After: fmt.Sprint(flag.now)}
			if flag.now {
				c.Level, c.Wire = Major, flag.gone
			}
			w.add(c, old.Pos, now.Pos)
		}
	}
}

// typeText is the type of a schema in words: "string date-time".
func typeText(s *model.Schema) string {
	var words []string
	for _, t := range s.Types {
		words = append(words, string(t))
	}
	slices.Sort(words)
	text := strings.Join(words, " or ")
	if text == "" {
		text = "any"
	}
	for _, more := range []string{s.Format, s.ContentEncoding} {
		if more != "" {
			text += " " + more
		}
	}
	if r := s.Represents; r != nil {
		text += " for " + string(r.Type)
	}
	if s.Always != nil {
		text += fmt.Sprintf(" (%t)", *s.Always)
	}
	return text
}

// enum compares the values that are permitted. A constant is one of one value.
func (w *walk) enum(where string, s side, old, now *model.Schema) {
	a, b := values(old), values(now)
	switch {
	case len(a) == 0 && len(b) == 0:
		return
	case len(a) == 0:
		w.narrowed(where, s, "enum-added", "only certain values are permitted now", "", strings.Join(b, ", "), at(old, "enum"), at(now, "enum"))
		return
	case len(b) == 0:
		w.widened(where, s, "enum-removed", "any value is permitted now", strings.Join(a, ", "), "", at(old, "enum"), at(now, "enum"))
		return
	}
	for _, v := range b {
		if !slices.Contains(a, v) {
			w.widened(where, s, "enum-value-added", "the value "+v+" is new", "", v, at(old, "enum"), valuePos(now, v))
		}
	}
	for _, v := range a {
		if !slices.Contains(b, v) {
			w.narrowed(where, s, "enum-value-removed", "the value "+v+" is gone", v, "", valuePos(old, v), at(now, "enum"))
		}
	}
}

func values(s *model.Schema) []string {
	var out []string
	if s.Const != nil {
		out = append(out, string(s.Const))
	}
	for _, v := range s.Enum {
		if !slices.Contains(out, string(v.Value)) {
			out = append(out, string(v.Value))
		}
	}
	return out
}

func valuePos(s *model.Schema, value string) model.Pos {
	for _, v := range s.Enum {
		if string(v.Value) == value {
			return v.Pos
		}
	}
	return at(s, "const")
}

// narrowed reports that fewer values are permitted.
func (w *walk) narrowed(where string, s side, kind, text, before, after string, old, now model.Pos) {
	c := Change{Kind: kind, Where: where, Text: text, Before: before, After: after}
	if s.has(request) {
		c.Level, c.Wire = Major, refused
	}
	w.add(c, old, now)
}

// widened reports that more values are permitted.
func (w *walk) widened(where string, s side, kind, text, before, after string, old, now model.Pos) {
	c := Change{Kind: kind, Level: Minor, Where: where, Text: text, Before: before, After: after}
	switch {
	case s == request|response:
		c.Wire = accepted + ", and " + newValues
	case s.has(response):
		c.Wire = newValues
	default:
		c.Wire = accepted
	}
	w.add(c, old, now)
}

// members compares the members of objects. Their schemas are pairs of their own.
func (w *walk) members(where string, s side, old, now *model.Schema) {
	for _, p := range now.Properties {
		q, at := property(old, p.Name), where+", member "+p.Name
		switch {
		case q != nil:
			w.required(at, s, q.Required, p.Required, q.Pos, p.Pos)
			if q.Source != nil && p.Source != nil && *q.Source != *p.Source {
				w.add(Change{Kind: "source-changed", Where: at, Text: "it comes from another place of the reference", Before: q.Source.String(), After: p.Source.String()}, q.Pos, p.Pos)
			}
		case p.Required && s.has(request) && !p.Schema.Target().ReadOnly:
			w.add(Change{Kind: "required-member-added", Level: Major, Where: at, Text: "a required member is new", Wire: refused, After: p.Name}, old.Pos, p.Pos)
		default:
			w.widened(at, s, "member-added", "the member is new", "", p.Name, old.Pos, p.Pos)
		}
	}
	for _, q := range old.Properties {
		if property(now, q.Name) == nil {
			c := Change{Kind: "member-removed", Level: Major, Where: where + ", member " + q.Name, Text: "the member is gone", Wire: missing, Before: q.Name}
			if s.has(request) {
				c.Wire = refused
			}
			w.add(c, q.Pos, now.Pos)
		}
	}
	open := func(s *model.Schema) bool {
		return s.Additional == nil || s.Additional.Always == nil || *s.Additional.Always
	}
	switch {
	case open(old) && !open(now):
		w.narrowed(where, s, "closed", "no further members are permitted now", "", "", old.Pos, at(now, "additionalProperties"))
	case !open(old) && open(now):
		w.widened(where, s, "opened", "further members are permitted now", "", "", at(old, "additionalProperties"), now.Pos)
	}
}

// combinations compares what a schema is composed of, and the keywords that are compared as a whole.
func (w *walk) combinations(where string, s side, old, now *model.Schema) {
	_, gone, fresh := variants(old.AllOf, now.AllOf)
	for _, part := range fresh {
		w.narrowed(where, s, "part-added", "it has to be one more thing as well: "+called(part), "", called(part), old.Pos, part.Pos)
	}
	for _, part := range gone {
		c := Change{Kind: "part-removed", Level: Major, Where: where, Text: "it is not as well any more: " + called(part), Wire: missing, Before: called(part)}
		w.add(c, part.Pos, now.Pos)
	}
	for _, list := range [][2][]*model.Schema{{old.OneOf, now.OneOf}, {old.AnyOf, now.AnyOf}} {
		_, gone, fresh := variants(list[0], list[1])
		for _, v := range fresh {
			if len(list[0]) == 0 {
				w.narrowed(where, s, "variant-added", "it has to be one of several forms: "+called(v), "", called(v), old.Pos, v.Pos)
			} else {
				w.widened(where, s, "variant-added", "it may have another form: "+called(v), "", called(v), old.Pos, v.Pos)
			}
		}
		for _, v := range gone {
			w.narrowed(where, s, "variant-removed", "it has no such form any more: "+called(v), called(v), "", v.Pos, now.Pos)
		}
	}
	for _, k := range []struct {
		word     string
		old, now any
	}{
		{"not", old.Not, now.Not}, {"if", old.If, now.If}, {"then", old.Then, now.Then}, {"else", old.Else, now.Else}, {"contains", old.Contains, now.Contains},
		{"propertyNames", old.PropertyNames, now.PropertyNames}, {"patternProperties", old.PatternProperties, now.PatternProperties},
		{"dependentRequired", old.DependentRequired, now.DependentRequired}, {"dependentSchemas", old.DependentSchemas, now.DependentSchemas},
		{"unevaluatedProperties", old.UnevaluatedProperties, now.UnevaluatedProperties}, {"unevaluatedItems", old.UnevaluatedItems, now.UnevaluatedItems},
	} {
		if a, b := essence(k.old), essence(k.now); a == b {
			continue
		} else if b == "" {
			w.widened(where, s, "rule-removed", k.word+" is gone", short(a), "", at(old, k.word), now.Pos)
		} else {
			w.narrowed(where, s, "rule-changed", k.word+" is new or another", short(a), short(b), at(old, k.word), at(now, k.word))
		}
	}
}

func called(s *model.Schema) string { return cmp.Or(s.Target().Name, s.Title, typeText(s)) }

// essence is a value of the model as JSON without places; empty for nothing.
func essence(v any) string {
	text, err := json.Marshal(v)
	var tree any
	if err != nil || json.Unmarshal(text, &tree) != nil {
		return ""
	}
	tree = bare(tree)
	if tree == nil {
		return ""
	}
	text, _ = json.Marshal(tree)
	return string(text)
}

// bare takes places and comments out of a tree.
func bare(tree any) any {
	switch x := tree.(type) {
	case map[string]any:
		for _, name := range []string{"id", "at", "file", "line", "col", "pointer", "summary", "text", "source"} {
			delete(x, name)
		}
		for name, v := range x {
			x[name] = bare(v)
		}
	case []any:
		for i, v := range x {
			x[i] = bare(v)
		}
	}
	return tree
}

// short is a text that fits a line.
func short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return text
}
