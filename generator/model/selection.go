package model

// Selection is what came of selecting operations.
type Selection struct {
	LeftOut []*LeftOut `json:"leftOut,omitempty"`
	Schemas []string   `json:"schemas,omitempty"` // ids of the component schemas to which the selected operations refer
}

// LeftOut is an operation or webhook that is left out.
type LeftOut struct {
	Pos
	Method  string `json:"method"`
	Path    string `json:"path,omitempty"`
	Webhook string `json:"webhook,omitempty"` // its name
	Why     string `json:"why"`               // "not included", "excluded by tag:pets"
}
