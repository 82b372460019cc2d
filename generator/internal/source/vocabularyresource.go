package source

// The shapes of the resource layer; see docs/resources.md.

// resourceShape is an entry of the list of resources.
func resourceShape(source *shape) *shape {
	identity := &shape{name: "identity", members: []member{{name: "id", required: true}, {name: "name"}, {name: "parameter"}}}
	find := &shape{name: "find", members: []member{{name: "filter"}, {name: "id"}, {name: "name"}, {name: "list", want: wantWord}}}
	wait := &shape{name: "wait", members: []member{
		{name: "for", want: wantWord, required: true}, {name: "summary"}, {name: "member"}, {name: "also", want: wantTexts}, {name: "success", want: wantTexts},
		{name: "failure", want: wantTexts}, {name: "equals"}, {name: "missing", want: wantFlag}, {name: "appears", want: wantFlag}, {name: "every", want: wantDuration},
		{name: "within", want: wantDuration}, {name: "settle", want: wantNumber},
	}}
	ensure := &shape{name: "ensure", members: []member{{name: "create", want: wantWord}, {name: "update", want: wantWord}}}
	dependent := &shape{name: "dependent", members: []member{{name: "resource", want: wantWord, required: true}, {name: "method", want: wantWord}}}
	drain := &shape{name: "drain", members: []member{
		{name: "method", want: wantWord, required: true}, {name: "resource", want: wantWord}, {name: "by", want: wantWord, required: true},
		{name: "set", want: wantMembers, required: true}, {name: "wait", want: wantWord, required: true},
	}}
	return &shape{name: "resource", members: []member{
		{name: "name", want: wantWord, required: true}, {name: "singular", want: wantWord}, {name: "summary"}, {name: "description"},
		{name: "source", want: wantObject, shape: source}, {name: "parent", want: wantWord}, {name: "identity", want: wantObject, shape: identity},
		{name: "find", want: wantObject, shape: find}, {name: "wait", want: wantList, shape: wait},
		{name: "ensure", want: wantObject, shape: ensure}, {name: "dependents", want: wantList, shape: dependent},
		{name: "drain", want: wantObject, shape: drain}, {name: "simulate", want: wantObject, shape: simulationShape()},
	}}
}

// batchShape is how an operation takes lists.
func batchShape() *shape {
	errors := &shape{name: "itemErrors", members: []member{
		{name: "code", required: true}, {name: "member", required: true}, {name: "id", required: true}, {name: "itemCode"}, {name: "message"},
	}}
	return &shape{name: "batch", members: []member{
		{name: "method", want: wantWord, required: true}, {name: "items", required: true}, {name: "limit", want: wantNumber},
		{name: "errors", want: wantObject, shape: errors},
	}}
}

// changeShape is how an operation replaces what it is given.
func changeShape() *shape {
	return &shape{name: "change", members: []member{
		{name: "method", want: wantWord, required: true}, {name: "read", want: wantWord}, {name: "from"}, {name: "ifMatch", want: wantFlag},
		{name: "maps", want: wantTexts},
	}}
}

// sessionShape is how an operation logs in.
func sessionShape() *shape {
	catalog := &shape{name: "catalog", members: []member{
		{name: "services", required: true}, {name: "type", required: true}, {name: "name"}, {name: "endpoints", required: true},
		{name: "url", required: true}, {name: "region"}, {name: "interface"},
	}}
	return &shape{name: "session", members: []member{
		{name: "method", want: wantWord}, {name: "token", required: true}, {name: "expires"}, {name: "catalog", want: wantObject, shape: catalog},
	}}
}
