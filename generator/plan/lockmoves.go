package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Nodes move in a document: a component gets another name, an operation another id or path, a file another name. What is
// published for a node goes with it. A node is known again by its operationId, by its place, or by its shape, as far as the
// lock tells it: the members and the values that it has names for. In doubt it is a new node.

// follow brings the entries of nodes that have moved to where the nodes are now.
func (l *Lock) follow(api *model.API, uses *usage) diag.List {
	m := &moves{lock: l, uses: uses, here: map[string]*model.Schema{}}
	if len(l.entries)+len(l.within) > 0 {
		m.seeAll(api)
		m.operations(api)
		m.schemas()
	}
	for _, name := range sortedKeys(l.within) { // what moved here has moved there as well
		m.lock = l.within[name]
		m.schemas()
	}
	return m.diags.Sort()
}

type moves struct {
	lock  *Lock
	here  map[string]*model.Schema // of the document, by id
	uses  *usage
	diags diag.List
}

// seeAll notes the schemas of a document.
func (m *moves) seeAll(api *model.API) {
	for _, s := range api.Schemas {
		m.see(s)
	}
	for _, op := range api.Operations {
		for _, s := range schemasOf(op) {
			m.see(s)
		}
		for _, w := range op.Callbacks {
			m.seeBody(w.Body)
		}
	}
	for _, w := range api.Webhooks {
		m.seeBody(w.Body)
	}
}

func (m *moves) seeBody(body *model.Body) {
	if body != nil {
		for _, c := range body.Content {
			m.see(c.Schema)
		}
	}
}

// see notes a schema and all below it.
func (m *moves) see(s *model.Schema) {
	if s == nil || m.here[s.ID()] != nil {
		return
	}
	m.here[s.ID()] = s
	for _, child := range s.Children() {
		m.see(child)
	}
}

// schemasOf are the schemas of parameters and bodies of an operation.
func schemasOf(op *model.Operation) []*model.Schema {
	var list []*model.Schema
	media := func(content []*model.MediaType) {
		for _, c := range content {
			list = append(list, c.Schema, c.Items)
		}
	}
	for _, p := range op.Parameters {
		list = append(list, p.Schema)
		if p.Content != nil {
			list = append(list, p.Content.Schema)
		}
	}
	if op.Body != nil {
		media(op.Body.Content)
	}
	for _, r := range op.Responses {
		media(r.Content)
		for _, h := range r.Headers {
			list = append(list, h.Schema)
		}
	}
	return list
}

// byOperation are the kinds of entries whose ids begin with an operationId.
var byOperation = map[string]bool{"method": true, "call": true, "params": true, "result": true, "param": true}

// operations follows operations: one whose id is gone to the one new id at its place, one whose place is another with
// all that stands below it.
func (m *moves) operations(api *model.API) {
	at := map[string][]*model.Operation{} // by place, whatever the file is called
	byID := map[string]*model.Operation{}
	for _, op := range api.Operations {
		at[op.Pointer] = append(at[op.Pointer], op)
		byID[op.ID] = op
	}
	var locked []LockEntry
	known := map[string]bool{}
	for _, e := range m.lock.entries {
		if e.Kind == "method" && e.Place != "" {
			locked = append(locked, e)
			known[e.ID] = true
		}
	}
	slices.SortFunc(locked, func(a, b LockEntry) int { return strings.Compare(a.ID, b.ID) })
	for _, e := range locked {
		op := byID[e.ID]
		_, pointer, _ := strings.Cut(e.Place, "#")
		switch {
		case op != nil && op.Pos.ID() != e.Place:
			m.lock.move(e.Place, op.Pos.ID(), func(kind string) bool { return !byOperation[kind] })
		case op == nil && len(at[pointer]) == 1 && !known[at[pointer][0].ID]:
			to := at[pointer][0]
			known[to.ID] = true
			m.lock.move(e.ID, to.ID, func(kind string) bool { return byOperation[kind] })
			m.tell(to.Pos, e.ID, e.Note+"."+e.Name)
		}
	}
}

// schemas follows schemas, until none is known again: what moves takes along what stands in it, which may have moved as well.
func (m *moves) schemas() {
	for moved := true; moved; {
		moved = false
		gone, fresh := m.strangers()
		if len(gone) == 0 {
			return
		}
		shapes := m.lock.shapes(gone)
		for _, way := range []struct { // to know a node again
			before func(id string) string
			now    func(s *model.Schema) string
		}{
			{func(id string) string { _, at, _ := strings.Cut(id, "#"); return at }, func(s *model.Schema) string { return s.Pointer }},
			{componentOf, func(s *model.Schema) string { return componentOf(s.ID()) }},
			{func(id string) string { return shapeText(shapes[id]) }, func(s *model.Schema) string { return shapeText(shapeWords(s)) }},
		} {
			moved = m.pair(gone, fresh, way.before, way.now) || moved
		}
		moved = m.follows(gone, shapes) || moved
	}
}

// follows moves what is gone to what is used in its place, where the two have more in common than not.
func (m *moves) follows(gone []LockEntry, shapes map[string][]string) (moved bool) {
	for _, e := range gone {
		now, ok := m.lock.get("type", e.ID)
		s := m.uses.at[e.Place]
		if inline := m.uses.at[e.ID]; s == nil {
			s = inline // it has become a component
		}
		if !ok || s == nil || m.here[s.ID()] == nil {
			continue
		}
		if _, published := m.lock.get("type", s.ID()); published || !similar(shapes[e.ID], shapeWords(s)) {
			continue
		}
		m.lock.move(e.ID, s.ID(), func(kind string) bool { return !byOperation[kind] })
		m.tell(s.Pos, e.ID, now.Name)
		moved = true
	}
	return moved
}

// strangers are the types in the lock whose schemas are not there any more, and the schemas that it has no types for.
func (m *moves) strangers() (gone []LockEntry, fresh []*model.Schema) {
	published := map[string]bool{}
	for _, e := range m.lock.entries {
		if e.Kind != "type" {
			continue
		}
		id, _, _ := strings.Cut(e.ID, "(")
		published[id] = true
		if m.here[id] == nil && id == e.ID {
			gone = append(gone, e)
		}
	}
	for id, s := range m.here {
		if !published[id] {
			fresh = append(fresh, s)
		}
	}
	return gone, fresh
}

// pair moves what is gone to what is fresh, where one word stands for one of each.
func (m *moves) pair(gone []LockEntry, fresh []*model.Schema, before func(string) string, now func(*model.Schema) string) (moved bool) {
	there := func(id string) bool { _, ok := m.lock.get("type", id); return ok }
	old, found := map[string][]LockEntry{}, map[string][]*model.Schema{}
	for _, e := range gone {
		if word := before(e.ID); there(e.ID) {
			old[word] = append(old[word], e)
		}
	}
	for _, s := range fresh {
		if word := now(s); !there(s.ID()) {
			found[word] = append(found[word], s)
		}
	}
	for _, word := range sortedKeys(old) {
		if word == "" || len(old[word]) != 1 || len(found[word]) != 1 || !there(old[word][0].ID) {
			continue
		}
		e, s := old[word][0], found[word][0]
		m.lock.move(e.ID, s.ID(), func(kind string) bool { return !byOperation[kind] })
		if componentOf(e.ID) == "" || componentOf(e.ID) != componentOf(s.ID()) { // a file of another name is no news
			m.tell(s.Pos, e.ID, e.Name)
		}
		moved = true
	}
	return moved
}

func (m *moves) tell(pos model.Pos, from, name string) {
	m.diags.Notef(pos, "name-moved", "this is what stood at %s before: it is still called %s", bounded(from), name)
	m.diags.Hint("x-pantograph.name, or method for an operation, gives it another name")
}

// componentOf is the name of the component schema that an id is of; empty: it is of none.
func componentOf(id string) string {
	_, at, _ := strings.Cut(id, "#")
	for _, folder := range []string{"/components/schemas/", "/definitions/"} {
		if name, ok := strings.CutPrefix(at, folder); ok && !strings.Contains(name, "/") {
			return name
		}
	}
	return ""
}

// move gives all entries at an id, and below it, another id.
func (l *Lock) move(from, to string, kinds func(string) bool) {
	for _, inner := range l.within {
		inner.move(from, to, kinds)
	}
	below := func(id string) (rest string, ok bool) {
		rest, ok = strings.CutPrefix(id, from)
		return rest, ok && (rest == "" || strings.ContainsRune("/(= ", rune(rest[0])))
	}
	moved := map[string]LockEntry{} // by the keys they had
	for key, e := range l.entries {
		if rest, ok := below(e.Place); ok && e.Kind == "type" {
			e.Place = to + rest
			l.entries[key] = e
		}
		if rest, ok := below(e.ID); ok && (kinds(e.Kind) || e.Kind == aliasKind && kinds(aliased(e))) {
			e.ID = to + rest
			moved[key] = e
			delete(l.entries, key)
		}
	}
	for key, e := range moved {
		if _, taken := l.entries[e.key()]; taken {
			continue
		}
		l.entries[e.key()] = e
		if l.owners[e.Name] == key {
			l.owners[e.Name] = e.key()
		}
	}
}

// shapes are the shapes of nodes as far as the lock knows them, in words: the names of their members and their values.
func (l *Lock) shapes(of []LockEntry) map[string][]string {
	words := map[string][]string{}
	for _, e := range of {
		words[e.ID] = nil
	}
	for _, e := range l.entries {
		switch e.Kind {
		case "field":
			if i := strings.LastIndex(e.ID, "/properties/"); i >= 0 {
				if list, ok := words[e.ID[:i]]; ok {
					words[e.ID[:i]] = append(list, "."+model.ComponentName(e.ID))
				}
			}
		case "value":
			for i := range len(e.ID) {
				if list, ok := words[e.ID[:i]]; ok && e.ID[i] == '=' {
					words[e.ID[:i]] = append(list, "="+e.ID[i+1:])
				}
			}
		}
	}
	return words
}

// shapeWords are the shape of a schema in the same words.
func shapeWords(s *model.Schema) []string {
	var list []string
	for _, p := range s.Properties {
		list = append(list, "."+p.Name)
	}
	for _, v := range s.Enum {
		text, ok := v.Value.Text()
		if !ok {
			text = string(v.Value)
		}
		list = append(list, "="+text)
	}
	return list
}

// similar reports whether two shapes have at least half of their words in common.
func similar(a, b []string) bool {
	common := 0
	for _, word := range a {
		if slices.Contains(b, word) {
			common++
		}
	}
	return 2*common >= max(len(a), len(b))
}

// shapeText is a shape that tells enough: one word may be anything's.
func shapeText(words []string) string {
	if len(words) < 2 {
		return ""
	}
	slices.Sort(words)
	return strings.Join(words, "\n")
}
