package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Who renames something that is published breaks the programs that use the old name. So that stays, as a deprecated alias,
// for as long as the lock has a line for it: the line is written when the lock and the plan differ in a name, and the alias
// is gone when somebody takes the line out. Go has no aliases of fields: there the rename is a warning.

// aliasKind is the kind of the lines in the lock that keep old names.
const aliasKind = "alias"

// Alias is an old name for something. It is deprecated.
type Alias struct {
	Kind AliasKind `json:"kind"`
	Old  string    `json:"old"`
	New  string    `json:"new"`

	Base    string   `json:"base,omitempty"`    // AliasValues: the type of the values
	Service *Service `json:"service,omitempty"` // AliasMethod: which has the old name
	Target  *Service `json:"target,omitempty"`  // AliasMethod: which has the new one
	Method  *Method  `json:"method,omitempty"`
}

// AliasKind is what an alias is in Go.
type AliasKind string

// The kinds of aliases.
const (
	AliasType   AliasKind = "type"
	AliasConst  AliasKind = "const"
	AliasValues AliasKind = "values" // a function that lists values
	AliasMethod AliasKind = "method"
)

// aliased is the kind of what an entry is an alias of.
func aliased(e LockEntry) string {
	kind, _, _ := strings.Cut(e.Note, " ")
	return kind
}

// aliases keeps the names that the lock has for something that has another name now.
func (b *builder) aliases() {
	for _, e := range b.renamed() {
		a, kept := b.alias(e)
		switch {
		case a != nil:
			b.pkg.Aliases = append(b.pkg.Aliases, a)
			b.lock.pin(e)
		case !kept:
			b.diags.Warnf(b.posOf(e), "rename-breaks", "the published name %s of %s %s is gone: Go has no alias for it", bounded(e.Name), aliased(e), bounded(e.ID))
			b.diags.Hint("programs have to be changed; pin the old name with x-pantograph.name to spare them that")
		}
	}
}

// renamed are the old names, sorted: the aliases from before, and what has another name in the lock. What is gone altogether
// is nobody's alias.
func (b *builder) renamed() []LockEntry {
	var out []LockEntry
	add := func(e LockEntry, kind, name string) {
		out = append(out, LockEntry{Kind: aliasKind, ID: e.ID, Name: name, Note: kind})
	}
	for key, e := range b.lock.entries {
		now, used := b.lock.used[key]
		switch {
		case e.Kind == aliasKind:
			out = append(out, e)
		case !used:
		case e.Kind == "value":
			if old, now := b.constName(b.lock.entries, e), b.constName(b.lock.used, now); old != now && old != "" && now != "" {
				add(e, "constant", old)
			}
		case e.Kind == "constant":
		case e.Kind == "method":
			if e.Name != now.Name || e.Note != now.Note && e.Note != "" {
				add(e, "method "+e.Note, e.Name)
			}
		case e.Name != now.Name:
			add(e, e.Kind, e.Name)
		}
	}
	slices.SortFunc(out, func(a, b LockEntry) int { return strings.Compare(a.key(), b.key()) })
	return slices.CompactFunc(out, func(a, b LockEntry) bool { return a.key() == b.key() })
}

// constName is the name of the constant of a value: that of its type and its own, unless the lock says otherwise.
func (b *builder) constName(in map[string]LockEntry, value LockEntry) string {
	if e, ok := in["constant\t"+value.ID]; ok {
		return e.Name
	}
	for i := range value.ID {
		if value.ID[i] == '=' {
			if of, ok := in["type\t"+value.ID[:i]]; ok {
				return of.Name + value.Name
			}
		}
	}
	return ""
}

// alias is an old name as a declaration; nil where there can be none, or where it is not kept any more.
func (b *builder) alias(e LockEntry) (a *Alias, kept bool) {
	kind := aliased(e)
	now, used := b.lock.used[LockEntry{Kind: kind, ID: e.ID}.key()]
	if kind == "constant" {
		value, ok := b.lock.used["value\t"+e.ID]
		now, used = LockEntry{Name: b.constName(b.lock.used, value)}, ok && b.constName(b.lock.used, value) != ""
	}
	if !used || now.Name == e.Name && kind != "method" {
		return nil, true // it is gone, or has the name again
	}
	if kind == "method" {
		return b.methodAlias(e)
	}
	if packageLevel[kind] || kind == "constant" {
		if b.gone(e, kind) {
			return nil, false
		}
		b.derived[e.Name] = e.key()
	}
	a = &Alias{Old: e.Name, New: now.Name}
	switch kind {
	case "type", "params", "result", "header", "unknown", "service", "serverType":
		a.Kind = AliasType
	case "constant":
		a.Kind = AliasConst
	case "values":
		a.Kind, a.Base = AliasValues, b.lock.used["type\t"+e.ID].Name
	case "region", "code", "server":
		prefix := map[string]string{"region": "Region", "code": "Code", "server": "Server"}[kind]
		a.Kind, a.Old, a.New = AliasConst, prefix+a.Old, prefix+a.New
		if b.taken(a.Old, e.key()) {
			return nil, false
		}
		b.claim(a.Old, model.Pos{})
	default:
		return nil, false
	}
	return a, true
}

// gone reports whether another node has an old name now.
func (b *builder) gone(e LockEntry, kind string) bool {
	key := e.key()
	if own := kind + "\t" + e.ID; b.lock.owners[e.Name] == own {
		key = own
	}
	return b.taken(e.Name, key) || !b.free(e.Name, key) && b.derived[e.Name] != kind+"\t"+e.ID
}

// methodAlias forwards an old method to the one that an operation has now.
func (b *builder) methodAlias(e LockEntry) (a *Alias, kept bool) {
	_, field, _ := strings.Cut(e.Note, " ")
	now := b.lock.used[LockEntry{Kind: "method", ID: e.ID}.key()]
	if now.Name == e.Name && now.Note == field {
		return nil, true
	}
	a = &Alias{Kind: AliasMethod, Old: e.Name, New: now.Name}
	for _, s := range b.pkg.Services {
		if s.Field == field {
			a.Service = s
		}
		if s.Field != now.Note {
			continue
		}
		if i := slices.IndexFunc(s.Methods, func(m *Method) bool { return m.Name == now.Name }); i >= 0 {
			a.Target, a.Method = s, s.Methods[i]
		}
	}
	if a.Service == nil || a.Method == nil || b.hasMethod(a.Service, e.Name) {
		return nil, false
	}
	return a, true
}

// hasMethod reports whether a service has a method of a name, an iterator or one of its layer among them.
func (b *builder) hasMethod(s *Service, name string) bool {
	if slices.ContainsFunc(s.Methods, func(m *Method) bool {
		return m.Name == name || m.Pages != nil && (m.Pages.Name == name || m.Pages.Pages == name)
	}) {
		return true
	}
	return s.Layer != nil && slices.ContainsFunc(s.Layer.Extras, func(x *Extra) bool { return x.Name == name })
}

// posOf is where a node stands, as exactly as its id says.
func (b *builder) posOf(e LockEntry) model.Pos {
	m := &moves{here: map[string]*model.Schema{}}
	m.seeAll(b.api)
	id := e.ID
	if s := m.here[id]; s != nil {
		return s.Pos
	}
	if i := strings.LastIndex(id, "/properties/"); i >= 0 && m.here[id[:i]] != nil {
		for _, p := range m.here[id[:i]].Properties {
			if p.Name == model.ComponentName(id) {
				return p.Pos
			}
		}
	}
	for _, op := range b.api.Operations {
		if of, _, _ := strings.Cut(id, " "); op.ID == of {
			return op.Pos
		}
	}
	return model.Pos{}
}

// Current is the name that is right now, with the service of a method.
func (a *Alias) Current() string {
	if a.Kind == AliasMethod {
		return a.Target.Type + "." + a.New
	}
	return a.New
}
