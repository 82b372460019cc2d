package source

// The small sins of real documents. They are repaired on the tree before anything is read from it, each
// with a located warning, so that the model and kin-openapi see the same document.

// repairSchema mends a schema object.
func (l *loader) repairSchema(n *node) {
	if r := n.get("required"); r.is(kindBool) {
		l.requiredFlag(n, r)
	}
	if d := n.get("discriminator"); d.isText() && n.file.old { // 2.0: the name alone
		name := *d
		name.key, name.parent = "propertyName", d
		d.kind, d.members = kindObject, []*node{&name}
	}
	if x := n.get("x-nullable"); x.is(kindBool) && n.file.old && n.get("nullable") == nil {
		x.rename("nullable")
	}
}

// requiredFlag mends required: true on a property, the way of older drafts: the object around it
// requires the property.
func (l *loader) requiredFlag(n, flag *node) {
	n.remove("required")
	l.warnf(flag.keyPos(), "required-flag", "required is a list of names on the object, not a flag of the property")
	if properties := n.parent; flag.text == "true" && properties != nil && properties.key == "properties" {
		l.hint("add %q to the required list of the object", n.key)
	}
}

// repairNull makes null, where an object or a list belongs, an empty one, and reports whether it did.
func (l *loader) repairNull(n *node, wanted kind) bool {
	if !n.is(kindNull) || n.parent == nil {
		return false
	}
	n.kind = wanted
	l.warnf(n.keyPos(), "null-ignored", "%s is null; it is taken for empty", n.label())
	return true
}
