package instance

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

func (m *Maker) object(s *openapi3.Schema, depth int) (any, error) {
	out := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		p := s.Properties[name]
		required := slices.Contains(s.Required, name)
		if p.Value != nil && (m.hidden(p.Value) || !required && m.allHidden(p.Value)) {
			continue
		}
		if !required && !m.wanted(depth) {
			continue
		}
		v, err := m.value(p, depth+1)
		if err != nil {
			if required {
				return nil, err
			}
			continue
		}
		out[name] = v
	}
	for _, name := range s.Required {
		if _, ok := s.Properties[name]; !ok {
			v, err := m.value(s.AdditionalProperties.Schema, depth+1)
			if err != nil {
				return nil, err
			}
			out[name] = v
		}
	}
	return out, m.further(s, out, depth)
}

// hidden reports whether a value is of the other direction alone.
func (m *Maker) hidden(s *openapi3.Schema) bool {
	return s.ReadOnly && !m.Answer || s.WriteOnly && m.Answer ||
		slices.ContainsFunc(s.AllOf, func(part *openapi3.SchemaRef) bool {
			return part.Value != nil && part.Value != s && m.hidden(part.Value)
		})
}

// allHidden reports whether all members of an object are: an empty object would say nothing.
func (m *Maker) allHidden(s *openapi3.Schema) bool {
	for _, part := range append(openapi3.SchemaRefs{{Value: s}}, s.AllOf...) {
		if part.Value == nil || part.Value != s && !m.allHidden(part.Value) {
			return false
		}
		for _, p := range part.Value.Properties {
			if p.Value == nil || !m.hidden(p.Value) {
				return false
			}
		}
	}
	return len(s.Properties)+len(s.AllOf) > 0
}

// wanted reports whether an optional member is made.
func (m *Maker) wanted(depth int) bool {
	switch {
	case m.scarce(depth):
		return false
	case m.Fill == All && depth < 2:
		return true
	}
	return m.chance(2)
}

// scarce reports whether only the necessary is made.
func (m *Maker) scarce(depth int) bool { return depth >= deep || m.left <= 0 || m.Fill == Required }

// further adds members beyond the properties, where the schema says what they are or asks for more.
func (m *Maker) further(s *openapi3.Schema, out map[string]any, depth int) error {
	least := int(s.MinProps)
	if m.Filled {
		least = max(least, 1)
	}
	most := 1 << 20
	if s.MaxProps != nil {
		most = int(*s.MaxProps)
	}
	for _, pattern := range slices.Sorted(maps.Keys(s.PatternProperties)) {
		if m.scarce(depth) {
			break
		}
		name, ok := matching(m.Rand, pattern)
		v, err := m.value(s.PatternProperties[pattern], depth+1)
		if ok && err == nil && s.Properties[name] == nil {
			out[name] = v
		}
	}
	names := Alphabet("abcdefghijklmnopqrstuvwxyz_")
	extra := 0
	if s.AdditionalProperties.Schema != nil && !m.scarce(depth) {
		extra = 1 + m.Rand.IntN(2)
	}
	for i := 0; len(out) < least || i < extra && len(out) < most; i++ {
		if i > 50 {
			return fmt.Errorf("no %d members found", least)
		}
		if len(out) < least && m.another(s, out, depth) {
			continue
		}
		name := names.Word(m.Rand, 3, 8)
		if s.PropertyNames != nil {
			v, err := m.value(s.PropertyNames, depth+1)
			if text, ok := v.(string); ok && err == nil {
				name = text
			}
		}
		// Where nothing is said of members beyond the properties, they are not what a client sends.
		told := s.AdditionalProperties.Schema != nil || s.AdditionalProperties.Has != nil || len(s.Properties) == 0
		if closed(s) || !told || s.Properties[name] != nil {
			if !m.another(s, out, depth) {
				if closed(s) && len(s.PatternProperties) == 0 && !m.Filled {
					return NoneError(fmt.Sprintf("no %d members are allowed", least))
				}
				return fmt.Errorf("no %d members are there to be made", least)
			}
			continue
		}
		v, err := m.value(s.AdditionalProperties.Schema, depth+1)
		if err != nil {
			return err
		}
		out[name] = v
	}
	return nil
}

func closed(s *openapi3.Schema) bool {
	return s.AdditionalProperties.Has != nil && !*s.AdditionalProperties.Has
}

// another adds a property that is not there yet.
func (m *Maker) another(s *openapi3.Schema, out map[string]any, depth int) bool {
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		if _, ok := out[name]; ok {
			continue
		}
		if p := s.Properties[name]; p.Value != nil && m.hidden(p.Value) {
			continue
		}
		if v, err := m.value(s.Properties[name], depth+1); err == nil {
			out[name] = v
			return true
		}
	}
	return false
}

func (m *Maker) array(s *openapi3.Schema, depth int) (any, error) {
	out := []any{}
	for _, item := range s.PrefixItems {
		v, err := m.value(item, depth+1)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	least, most := int(s.MinItems), len(out)+3
	if m.Filled {
		least = max(least, 1)
	}
	if m.scarce(depth) {
		most = least
	}
	if s.MaxItems != nil {
		most = min(most, int(*s.MaxItems))
	}
	if len(s.PrefixItems) > 0 && (s.Items == nil || s.Items.Value != nil && s.Items.Value.Always != nil && !*s.Items.Value.Always) {
		return out, nil
	}
	n := max(least, len(out))
	if most > n {
		n += m.Rand.IntN(most - n + 1)
	}
	seen := map[string]bool{}
	for i := 0; len(out) < n && i < 100+n; i++ {
		v, err := m.value(s.Items, depth+1)
		if err != nil {
			if len(out) >= least {
				break
			}
			return nil, err
		}
		if s.UniqueItems {
			key, err := json.Marshal(v)
			if err != nil || seen[string(key)] {
				continue
			}
			seen[string(key)] = true
		}
		out = append(out, v)
	}
	return out, nil
}
