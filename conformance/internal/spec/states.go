package spec

// States reports whether a schema says what its values are: a type, or something that only makes sense with one.
func (p Place) States() bool { return p.states(0) }

func (p Place) states(depth int) bool {
	p = p.Target()
	if depth > 20 || !p.Found() {
		return false
	}
	if t := p.Child("type"); t.Found() && t.Text() != "null" && (t.Text() != "" || len(t.Items()) > 0) {
		return true
	}
	for _, keyword := range []string{"properties", "items", "prefixItems", "enum", "const"} {
		if p.Child(keyword).Found() {
			return true
		}
	}
	for _, keyword := range []string{"allOf", "oneOf", "anyOf"} {
		for _, member := range p.Child(keyword).Items() {
			if member.states(depth + 1) {
				return true
			}
		}
	}
	return false
}

// Keyword finds a keyword of a schema in itself or in what it is combined of.
func (p Place) Keyword(name string) Place { return p.keyword(name, 0) }

func (p Place) keyword(name string, depth int) Place {
	p = p.Target()
	if depth > 20 {
		return Place{}
	}
	if k := p.Child(name); k.Found() {
		return k
	}
	for _, group := range []string{"allOf", "oneOf", "anyOf"} {
		for _, member := range p.Child(group).Items() {
			if k := member.keyword(name, depth+1); k.Found() {
				return k
			}
		}
	}
	return Place{}
}

// Property finds the schema of a member of an object, in its properties or in those of what it is combined of.
func (p Place) Property(name string) Place { return p.property(name, 0) }

func (p Place) property(name string, depth int) Place {
	p = p.Target()
	if depth > 20 {
		return Place{}
	}
	if s := p.Child("properties").Child(name); s.Found() {
		return s
	}
	for _, group := range []string{"allOf", "oneOf", "anyOf"} {
		for _, member := range p.Child(group).Items() {
			if s := member.property(name, depth+1); s.Found() {
				return s
			}
		}
	}
	return Place{}
}
