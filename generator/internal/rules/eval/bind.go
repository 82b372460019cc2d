package eval

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Bind returns a JSON value (numbers as json.Number) as an expression sees it: see [rules.Type]. A value that is not
// of the type is an error; no rule is asked about it.
func Bind(t *rules.Type, v any) (any, error) {
	if rep := represents(t.Schema); rep != nil {
		return represented(t, rep, v)
	}
	switch t.Kind {
	case rules.JSON:
		return v, nil
	case rules.Bool:
		if b, ok := v.(bool); ok {
			return b, nil
		}
	case rules.List:
		if list, ok := v.([]any); ok {
			return items(t.Elem, list)
		}
	case rules.Map, rules.Object:
		if m, ok := v.(map[string]any); ok {
			return members(t, m)
		}
	case rules.Int, rules.Uint, rules.Double:
		switch n := v.(type) {
		case json.Number:
			return number(t, string(n))
		case string: // format int64 of a string
			return number(t, n)
		}
	default:
		if s, ok := v.(string); ok {
			return text(t, s)
		}
	}
	return nil, misfit(t, v)
}

func misfit(t *rules.Type, v any) error { return fmt.Errorf("%v is not %s", v, t.Kind) }

// represents says what a value is when the wire writes it as something else.
func represents(s *model.Schema) *model.Represents {
	for p := range s.Conjuncts() {
		if p.Represents != nil {
			return p.Represents
		}
	}
	return nil
}

func represented(t *rules.Type, rep *model.Represents, v any) (any, error) {
	s, ok := v.(string)
	if !ok {
		return nil, misfit(t, v)
	}
	switch rep.Type {
	case model.TypeBoolean:
		if s != rep.True && s != rep.False {
			return nil, misfit(t, v)
		}
		return s == rep.True, nil
	case model.TypeInteger, model.TypeNumber:
		return number(t, s)
	case model.TypeArray:
		list := []any{}
		if s == "" {
			return items(t.Elem, list) // a list of none, as the runtime reads it
		}
		for part := range strings.SplitSeq(s, rep.Separator) {
			var item any = part
			if t.Elem.Kind == rules.Int {
				item = json.Number(part)
			}
			list = append(list, item)
		}
		return items(t.Elem, list)
	case model.TypeTime:
		for _, layout := range rep.Layouts {
			if at, err := time.Parse(goLayout(layout), s); err == nil {
				return at, nil
			}
		}
	}
	return nil, misfit(t, v)
}

// goLayout is a layout of the vocabulary for package time.
func goLayout(layout string) string {
	return strings.NewReplacer("YYYY", "2006", "MM", "01", "DD", "02", "hh", "15", "mm", "04", "ss", "05", "[.S]", ".999999999", ".SSSSSS", ".000000", ".SSS", ".000").Replace(layout)
}

func items(t *rules.Type, list []any) (any, error) {
	out := make([]any, len(list))
	for i, v := range list {
		item, err := Bind(t, v)
		if err != nil {
			return nil, err
		}
		out[i] = item
	}
	return out, nil
}

// members keeps what is not null. Of an object, what is not declared is left out.
func members(t *rules.Type, m map[string]any) (any, error) {
	out := make(map[string]any, len(m))
	for name, v := range m {
		of := t.Elem
		if t.Kind == rules.Object {
			f := t.Field(name)
			if f == nil {
				continue
			}
			of = f.Type
		}
		if v == nil {
			continue
		}
		member, err := Bind(of, v)
		if err != nil {
			return nil, err
		}
		out[name] = member
	}
	return out, nil
}

func number(t *rules.Type, text string) (any, error) {
	switch t.Kind {
	case rules.Int:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n, nil
		}
	case rules.Uint:
		if n, err := strconv.ParseUint(text, 10, 64); err == nil {
			return n, nil
		}
	case rules.Double:
		if f, err := strconv.ParseFloat(text, 64); err == nil {
			return f, nil
		}
	}
	// 3.0 and 3e2 are integers too.
	if f, err := strconv.ParseFloat(text, 64); err == nil && t.Kind != rules.Double && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		if t.Kind == rules.Int {
			return int64(f), nil
		}
		if f >= 0 {
			return uint64(f), nil
		}
	}
	return nil, misfit(t, text)
}

func text(t *rules.Type, s string) (any, error) {
	switch t.Kind {
	case rules.String:
		return s, nil
	case rules.Bytes:
		if b, err := base64.StdEncoding.DecodeString(s); err == nil {
			return b, nil
		}
	case rules.Timestamp:
		for _, layout := range []string{time.RFC3339, time.DateOnly} {
			if at, err := time.Parse(layout, s); err == nil {
				return at, nil
			}
		}
	}
	return nil, misfit(t, s)
}
