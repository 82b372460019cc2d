package schema

import (
	"strconv"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// BrokenRule is the code of a deviation from what a schema asks.
const BrokenRule json.DeviationCode = "broken-rule"

// maxDeviations is how many deviations of one answer are told.
const maxDeviations = 100

// Observe lists what the body of an answer differs in from its schema, which has the name of the operation and the
// status: "listPets 200", "listPets 2XX", "listPets default". A body without a schema differs in nothing.
func (s *Set) Observe(operation string, status int, body []byte) []json.Deviation {
	code := strconv.Itoa(status)
	for _, name := range []string{code, code[:1] + "XX", "default"} {
		if s.has(operation + " " + name) {
			return s.deviations(operation+" "+name, body)
		}
	}
	return nil
}

func (s *Set) has(name string) bool {
	for i := range s.Texts {
		if s.Texts[i].Name == name {
			return true
		}
	}
	return false
}

func (s *Set) deviations(name string, body []byte) []json.Deviation {
	r := s.begin(OfText(body))
	defer r.end()
	if r.value == nil {
		return nil
	}
	var found []json.Deviation
	rep := &reporter{tell: func(place string, a *assertion) {
		if len(found) < maxDeviations {
			found = append(found, json.Deviation{Path: place, Code: BrokenRule, Message: a.words()})
		}
	}}
	r.valid(s.node(name), r.value, nil, rep)
	return found
}

// words state an assertion, to follow the place.
func (a *assertion) words() string {
	switch a.keyword {
	case "type":
		return "must be of the type " + a.limit
	case "enum", "const":
		return "must be " + a.limit
	case "minimum":
		return "must be at least " + a.limit
	case "maximum":
		return "must be at most " + a.limit
	case "exclusiveMinimum":
		return "must be greater than " + a.limit
	case "exclusiveMaximum":
		return "must be less than " + a.limit
	case "multipleOf":
		return "must be a multiple of " + a.limit
	case "pattern":
		return "must match " + a.limit
	case "format":
		return "must have the format " + a.limit
	case "required":
		return "must have " + a.limit
	case "uniqueItems":
		return "must not repeat an item"
	case "anyOf":
		return "must be one of what is documented"
	case "oneOf":
		return "must be exactly one of what is documented"
	case "false":
		return "must not be there"
	}
	text := "must conform to " + a.keyword
	if a.limit != "" {
		text += " " + a.limit
	}
	return text
}
