package model

// Session says that an operation logs in: what it answers is a token, and where services are.
type Session struct {
	Pos
	Method  string   `json:"method,omitempty"`  // verb of the method that stays logged in; empty: session
	Token   string   `json:"token"`             // member of the result; "header:X-Subject-Token"
	Expires string   `json:"expires,omitempty"` // member of the result: when it ends
	Catalog *Catalog `json:"catalog,omitempty"`
}

// InCatalog says how a service is listed in the catalog that a login gives.
type InCatalog struct {
	Pos
	Type string `json:"type"`           // of the service
	Path string `json:"path,omitempty"` // what its address has behind the endpoint; parameters are those of the client
}

// Catalog says where an answer lists services and their endpoints. Members are dotted paths.
type Catalog struct {
	Pos
	Services  string `json:"services"`            // list in the result
	Type      string `json:"type"`                // member of a service
	Name      string `json:"name,omitempty"`      // member of a service
	Endpoints string `json:"endpoints"`           // list in a service
	URL       string `json:"url"`                 // member of an endpoint
	Region    string `json:"region,omitempty"`    // member of an endpoint
	Interface string `json:"interface,omitempty"` // member of an endpoint
}
