package plan

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// enum plans an open enum type, or returns nil when a value does not fit the base type.
func (b *builder) enum(sh *shape.Shape, at place, base string) *Enum {
	t := sh.Node
	at = b.meet(typeKey{schema: t}, at)
	if e, ok := b.enums[t]; ok {
		return e
	}
	e := &Enum{ID: t.ID(), Doc: b.typeText(t), Base: base}
	var list []member
	for _, v := range distinct(sh.Enum) {
		ev, m := &EnumValue{Doc: b.text(v.Doc)}, member{pinned: upperFirst(v.PinnedName), pos: v.Pos}
		if s, ok := v.Value.Text(); ok && base == "string" {
			ev.Text, m.wire = s, s
		} else if n, ok := number(v.Value, base); ok && base != "string" {
			ev.Number, m.wire = n, n
			m.base = strings.NewReplacer("-", "Minus", ".", "Point", "+", "").Replace(n)
		} else {
			return nil
		}
		if word := b.enumWord(v.Title); word != "" {
			m.base = word
		}
		m.id = t.ID() + "=" + m.wire
		e.Values, list = append(e.Values, ev), append(list, m)
	}
	if e.Name = b.claimed[t]; e.Name == "" {
		e.Name = b.deriveAs("type", t.ID(), at.want(), t.Pos)
	}
	e.List = b.derive("values", t.ID(), e.Name+"Values", "All", t.Pos) // the function
	names := b.members(scope{what: "constant", kind: "value", fallback: "Empty", hint: "name one with x-pantograph.enumNames", word: b.enumWord}, list)
	for i, v := range e.Values {
		w := want{name: e.Name + names[i], alt: e.Name + "Value" + names[i]}
		if _, known := b.lock.get("value", list[i].id); known {
			w.rank = foremost
		}
		v.Name = b.deriveAs("constant", list[i].id, w, t.Pos)
	}
	b.lock.pin(LockEntry{Kind: "type", ID: t.ID(), Name: e.Name})
	b.enums[t] = e
	b.pkg.Enums = append(b.pkg.Enums, e)
	return e
}

// distinct drops values that are equal to one before.
func distinct(values []*model.Enum) []*model.Enum {
	seen := map[string]bool{}
	var out []*model.Enum
	for _, v := range values {
		key, ok := integer(v.Value)
		if text, isText := v.Value.Text(); isText {
			key = "text " + text
		} else if !ok {
			key = string(v.Value)
		}
		if !seen[key] {
			seen[key] = true
			out = append(out, v)
		}
	}
	return out
}

// number is a JSON number as Go writes it, if it fits the base type.
func number(v model.Value, base string) (string, bool) {
	if base == "float64" {
		f, err := strconv.ParseFloat(string(v), 64)
		return strconv.FormatFloat(f, 'g', -1, 64), err == nil && !math.IsInf(f, 0)
	}
	return integer(v)
}

// integer is a JSON number without fraction as Go writes it, if it fits 64 bits: 1e2 is 100.
func integer(v model.Value) (string, bool) {
	x, ok := new(big.Rat).SetString(string(v))
	if !ok || len(v) == 0 || strings.Trim(string(v), "0123456789.eE+-") != "" || !x.IsInt() || !x.Num().IsInt64() {
		return "", false
	}
	return x.Num().String(), true
}

// enumWord names an enum value: IN_SERVICE and in-service are InService.
func (b *builder) enumWord(s string) string {
	name := b.namer.Exported("x_" + s)
	return strings.TrimPrefix(name, "X")
}
