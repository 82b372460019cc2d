package diff

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"

	"github.com/pantograph-go/pantograph/generator/model"
)

// bounds compares the limits of a value.
func (w *walk) bounds(where string, s side, old, now *model.Schema) {
	for _, k := range []struct {
		word     string
		old, now string
		upper    bool
	}{
		{"maxLength", count(old.MaxLength), count(now.MaxLength), true}, {"minLength", count(old.MinLength), count(now.MinLength), false},
		{"maxItems", count(old.MaxItems), count(now.MaxItems), true}, {"minItems", count(old.MinItems), count(now.MinItems), false},
		{"maxProperties", count(old.MaxProperties), count(now.MaxProperties), true}, {"minProperties", count(old.MinProperties), count(now.MinProperties), false},
		{"maxContains", count(old.MaxContains), count(now.MaxContains), true}, {"minContains", count(old.MinContains), count(now.MinContains), false},
		{"maximum", string(old.Maximum), string(now.Maximum), true}, {"minimum", string(old.Minimum), string(now.Minimum), false},
		{"exclusiveMaximum", string(old.ExclusiveMaximum), string(now.ExclusiveMaximum), true}, {"exclusiveMinimum", string(old.ExclusiveMinimum), string(now.ExclusiveMinimum), false},
	} {
		switch c := tighter(k.old, k.now, k.upper); {
		case c > 0:
			w.narrowed(where, s, "limit-tightened", k.word+" is tighter now", k.old, k.now, at(old, k.word), at(now, k.word))
		case c < 0:
			w.widened(where, s, "limit-loosened", k.word+" is looser now", k.old, k.now, at(old, k.word), at(now, k.word))
		}
	}
	for _, k := range []struct{ word, old, now string }{
		{"pattern", old.Pattern, now.Pattern}, {"multipleOf", string(old.MultipleOf), string(now.MultipleOf)}, {"uniqueItems", flag(old.UniqueItems), flag(now.UniqueItems)},
	} {
		switch {
		case k.old == k.now:
		case k.now == "":
			w.widened(where, s, "limit-loosened", k.word+" is gone", k.old, "", at(old, k.word), at(now, k.word))
		case k.old == "":
			w.narrowed(where, s, "limit-tightened", k.word+" is new", "", k.now, at(old, k.word), at(now, k.word))
		default: // which is the narrower cannot be told
			w.narrowed(where, s, "limit-changed", k.word+" is another now", k.old, k.now, at(old, k.word), at(now, k.word))
		}
	}
}

func count(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func flag(b bool) string {
	if b {
		return "true"
	}
	return ""
}

// tighter says whether the new limit permits less (1), more (-1) or as much (0) as the old one. Empty is none.
func tighter(old, now string, upper bool) int {
	switch {
	case old == now:
		return 0
	case old == "":
		return 1
	case now == "":
		return -1
	}
	a, ok := new(big.Rat).SetString(old)
	b, ok2 := new(big.Rat).SetString(now)
	if !ok || !ok2 {
		return 1
	}
	if c := a.Cmp(b); upper {
		return c
	} else {
		return -c
	}
}

// rules compares the rules that a document states in its own language, by their ids.
func (w *walk) rules(where string, s side, old, now []*model.Validation, at, to model.Pos) {
	find := func(list []*model.Validation, id string) *model.Validation {
		i := slices.IndexFunc(list, func(v *model.Validation) bool { return v.ID == id })
		if i < 0 {
			return nil
		}
		return list[i]
	}
	text := func(v *model.Validation) string {
		if v.Rule.Text == "" {
			return v.Message
		}
		return v.Rule.Text
	}
	for _, v := range now {
		q := find(old, v.ID)
		switch {
		case q == nil && v.Severity == model.SeverityWarning:
			w.add(Change{Kind: "rule-added", Level: Minor, Where: where, Text: fmt.Sprintf("the rule %s is new, as a warning", v.ID), After: text(v)}, at, v.Pos)
		case q == nil:
			w.narrowed(where, s, "rule-added", fmt.Sprintf("the rule %s is new", v.ID), "", text(v), at, v.Pos)
		case q.Rule.Text != v.Rule.Text || q.Severity != v.Severity:
			w.narrowed(where, s, "rule-changed", fmt.Sprintf("the rule %s is another now", v.ID), text(q)+" ("+string(q.Severity)+")", text(v)+" ("+string(v.Severity)+")", q.Pos, v.Pos)
		}
	}
	for _, q := range old {
		if find(now, q.ID) == nil {
			w.widened(where, s, "rule-removed", fmt.Sprintf("the rule %s is gone", q.ID), text(q), "", q.Pos, to)
		}
	}
}
