package plan

// Tested is the kind of value that a check looks at whose test is data of its rule, by the method of the runtime that takes it.
type Tested string

// The kinds.
const (
	TestedText  Tested = "Text"
	TestedInt   Tested = "Int"
	TestedItems Tested = "Items"
)

// tests says as what a check looks at a value of a type; nothing if what it asks cannot be data of the rule.
func (c *Check) tests(t TypeRef) Tested {
	if t.Kind == Opt {
		t = *t.Elem
	}
	switch c.Op {
	case CheckMinLength, CheckMaxLength, CheckMatch, CheckClass:
		return TestedText
	case CheckKnown, CheckOneOf:
		if c.Text {
			return TestedText
		}
	case CheckMin, CheckMax:
		if t.Kind == Basic && t.Name == "int" {
			return TestedInt
		}
	case CheckMinItems, CheckMaxItems:
		return TestedItems
	}
	return ""
}

// Together is how many of the checks of a value, from the first on, are data of rules that stand beside one another in a table.
func Together(checks []*Check) int {
	for i, c := range checks {
		if first := checks[0]; c.Tested == "" || c.Tested != first.Tested || c.Rule.Table != first.Rule.Table || c.Rule.Index != first.Rule.Index+i {
			return i
		}
	}
	return len(checks)
}
