package model

// Webhook is a call that the server makes: one of the API itself, or a callback of an operation. A path item
// with several methods has become one Webhook for each.
type Webhook struct {
	Pos
	Doc
	Name       string `json:"name"`                 // under webhooks or callbacks
	Expression string `json:"expression,omitempty"` // of a callback: where it goes, "{$request.body#/url}"
	ID         string `json:"id,omitempty"`         // operationId, if any
	Method     string `json:"method"`               // upper case

	Parameters []*Parameter `json:"parameters,omitempty"`
	Body       *Body        `json:"body,omitempty"`
	Responses  []*Response  `json:"responses,omitempty"` // what the server expects for an answer
}

// Link says how the answer of one operation leads to the call of another. It is documentation.
type Link struct {
	Pos
	Doc
	Name       string           `json:"name"`
	Operation  string           `json:"operation,omitempty"` // ID of the Operation it leads to; empty: none that is known
	Parameters []*LinkParameter `json:"parameters,omitempty"`
	Body       Value            `json:"body,omitempty"` // a value, or an expression as a string
}

// LinkParameter is an argument of the call to which a link leads.
type LinkParameter struct {
	Pos
	Name  string `json:"name"`  // may be qualified by the place: "path.id"
	Value Value  `json:"value"` // a value, or an expression as a string
}
