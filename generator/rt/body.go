package rt

import (
	"bytes"
	"encoding/json"
)

// addMembers adds members to the JSON object of a request body, at its end.
func addMembers(body []byte, has bool, members []member) ([]byte, error) {
	if !has {
		body = []byte("{}")
	}
	var present map[string]json.RawMessage
	if err := json.Unmarshal(body, &present); err != nil || present == nil {
		return nil, &ParamError{In: "body", Name: members[0].name, Reason: "cannot be added: the body is no JSON object"}
	}
	body = bytes.TrimRight(body, " \t\r\n")
	out := append(make([]byte, 0, len(body)+64), body[:len(body)-1]...)
	for _, m := range members {
		if _, ok := present[m.name]; ok {
			return nil, &ParamError{In: "body", Name: m.name, Reason: "is in the request already"}
		}
		if len(present) > 0 {
			out = append(out, ',')
		}
		present[m.name] = nil
		name, err := json.Marshal(m.name)
		if err != nil {
			return nil, err
		}
		out = append(append(append(out, name...), ':'), m.value...)
	}
	return append(out, '}'), nil
}
