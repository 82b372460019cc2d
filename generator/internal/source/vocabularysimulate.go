package source

// The shapes of what a fake server keeps; see docs/resources.md.

// simulationShape is how a fake server keeps resources.
func simulationShape() *shape {
	flow := &shape{name: "flow", members: []member{
		{name: "when", want: wantMap, required: true}, {name: "after", want: wantDuration}, {name: "set", want: wantMembers, required: true},
	}}
	log := &shape{name: "simulatedLog", members: []member{
		{name: "resource", want: wantWord, required: true}, {name: "set", want: wantMembers}, {name: "run", want: wantMembers},
	}}
	return &shape{name: "simulation", members: []member{
		{name: "id"}, {name: "parameter"}, {name: "initial", want: wantMembers}, {name: "missing"}, {name: "limit", want: wantNumber}, {name: "full"},
		{name: "flow", want: wantList, shape: flow}, {name: "children", want: wantWords}, {name: "newest", want: wantFlag},
		{name: "capacity", want: wantObject, shape: capacityShape(log)}, {name: "scale", want: wantObject, shape: scaleShape(log)},
	}}
}

// capacityShape is how a resource is made of others.
func capacityShape(log *shape) *shape {
	phase := &shape{name: "phase", members: []member{{name: "for", want: wantDuration}, {name: "set", want: wantMembers}}}
	units := &shape{name: "units", members: []member{
		{name: "resource", want: wantWord, required: true}, {name: "comes", want: wantObject, shape: phase}, {name: "there", want: wantMembers},
		{name: "goes", want: wantObject, shape: phase}, {name: "keep", want: wantMap},
	}}
	return &shape{name: "capacity", members: []member{
		{name: "number", required: true}, {name: "least"}, {name: "most"}, {name: "outside"}, {name: "cooldown"}, {name: "when", want: wantMap},
		{name: "ready"}, {name: "pending"}, {name: "busy"}, {name: "list"}, {name: "units", want: wantObject, shape: units, required: true},
		{name: "log", want: wantObject, shape: log},
	}}
}

// scaleShape is how what runs changes a capacity.
func scaleShape(log *shape) *shape {
	operation := &shape{name: "scaleOperation", members: []member{
		{name: "member", required: true}, {name: "more", want: wantTexts}, {name: "less", want: wantTexts}, {name: "exactly", want: wantTexts},
	}}
	return &shape{name: "scale", members: []member{
		{name: "to"}, {name: "by"}, {name: "percent"}, {name: "round", want: wantChoice, choices: []string{"away", "toward"}},
		{name: "operation", want: wantObject, shape: operation}, {name: "otherwise", want: wantNumber}, {name: "cooldown"},
		{name: "cooling"}, {name: "unchanged"}, {name: "full"}, {name: "log", want: wantObject, shape: log},
	}}
}

// simulatedActShape is what an operation does to them.
func simulatedActShape() *shape {
	need := &shape{name: "need", members: []member{
		{name: "of", want: wantWord}, {name: "member", required: true}, {name: "values", want: wantTexts, required: true}, {name: "code", required: true}, {name: "unless"},
	}}
	leaves := &shape{name: "leaving", members: []member{{name: "replaced"}, {name: "below"}}}
	joins := &shape{name: "joining", members: []member{{name: "above"}, {name: "taken"}}}
	return &shape{name: "simulatedAct", members: []member{
		{name: "of", want: wantWord}, {name: "at"}, {name: "set", want: wantMembers}, {name: "each"}, {name: "delete", want: wantFlag},
		{name: "needs", want: wantList, shape: need}, {name: "run", want: wantFlag}, {name: "through", want: wantWord}, {name: "quiet", want: wantFlag},
		{name: "leaves", want: wantObject, shape: leaves}, {name: "joins", want: wantObject, shape: joins},
	}}
}
