package rules

import "github.com/pantograph-go/pantograph/generator/model"

// Subject is what rules of the document are about: the values of a schema, or all that a call sends.
type Subject struct {
	Schema    *model.Schema
	Operation *model.Operation // instead of Schema
	Type      *Type            // of self
	Rules     []*Rule
}
