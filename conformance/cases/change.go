package cases

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// value is a node of YAML as JSON, its numbers as they are written.
func value(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = value(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			list = append(list, value(item))
		}
		return list
	}
	switch n.ShortTag() {
	case "!text":
		return strings.Repeat("x", size(n))
	case "!bytes":
		return base64.StdEncoding.EncodeToString(make([]byte, size(n)))
	case "!!null":
		return nil
	case "!!bool":
		return n.Value == "true"
	case "!!int", "!!float":
		return json.Number(n.Value)
	}
	return n.Value
}

// size is the number that follows a tag.
func size(n *yaml.Node) int {
	count, err := strconv.Atoi(n.Value)
	if err != nil {
		return 0
	}
	return count
}

// changed is a copy of the request with changes.
func (r Request) changed(n *yaml.Node) (Request, error) {
	if n.Kind != yaml.MappingNode {
		return r, errors.New("a change is a mapping of places to values")
	}
	r.Body = copied(r.Body)
	path, query := map[string]string{}, map[string]string{}
	maps.Copy(path, r.Path)
	maps.Copy(query, r.Query)
	r.Path, r.Query = path, query
	for i := 0; i+1 < len(n.Content); i += 2 {
		where, to := n.Content[i].Value, n.Content[i+1]
		absent := to.Tag == "!absent"
		name, isQuery := strings.CutPrefix(where, "?")
		switch {
		case isQuery && absent:
			delete(r.Query, name)
		case isQuery:
			r.Query[name] = to.Value
		case strings.HasPrefix(where, "{"):
			r.Path[strings.Trim(where, "{}")] = to.Value
		default:
			body, err := set(r.Body, steps(where), value(to), absent)
			if err != nil {
				return r, fmt.Errorf("%s: %w", where, err)
			}
			r.Body = body
		}
	}
	return r, nil
}

func copied(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := map[string]any{}
		for name, member := range v {
			m[name] = copied(member)
		}
		return m
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = copied(item)
		}
		return list
	}
	return v
}

// steps are the names and places that lead to a member: a.b[0].c.
func steps(path string) []string {
	return strings.Split(strings.TrimPrefix(strings.NewReplacer("[", ".[", "]", "").Replace(path), "."), ".")
}

// set returns what became of v: objects on the way are made, items are appended.
func set(v any, path []string, to any, absent bool) (any, error) {
	if len(path) == 0 {
		return to, nil
	}
	if place, isItem := strings.CutPrefix(path[0], "["); isItem {
		list, _ := v.([]any)
		i, err := strconv.Atoi(place)
		if err != nil || i < 0 || i > len(list) || absent && i == len(list) {
			return nil, fmt.Errorf("no item %s", place)
		}
		if absent && len(path) == 1 {
			return append(list[:i], list[i+1:]...), nil
		}
		if i == len(list) {
			list = append(list, nil)
		}
		list[i], err = set(list[i], path[1:], to, absent)
		return list, err
	}
	m, isObject := v.(map[string]any)
	if !isObject {
		if v != nil || absent {
			return nil, fmt.Errorf("no object has the member %s", path[0])
		}
		m = map[string]any{}
	}
	if absent && len(path) == 1 {
		if _, has := m[path[0]]; !has {
			return nil, fmt.Errorf("%s is not there", path[0])
		}
		delete(m, path[0])
		return m, nil
	}
	member, err := set(m[path[0]], path[1:], to, absent)
	if err != nil {
		return nil, err
	}
	m[path[0]] = member
	return m, nil
}
