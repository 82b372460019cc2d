package resource

import (
	"cmp"
	"errors"
	"strings"

	"github.com/pantograph-go/pantograph/generated/rt"
	"github.com/pantograph-go/pantograph/generated/rt/json"
)

// Action is what was done to have a resource as it is wanted.
type Action string

// The actions.
const (
	Created   Action = "created"
	Updated   Action = "updated"
	Unchanged Action = "unchanged"
)

// Ensured is a resource that is as it is wanted.
type Ensured[T any] struct {
	Resource *T
	Action   Action
	Changed  []string // members that were updated: "max", "config.flavor"
}

// ImmutableError says that members are to be changed that no update can change. Nothing was written.
type ImmutableError struct {
	Members []string // as in Ensured.Changed
}

// Error names the members.
func (e *ImmutableError) Error() string {
	const most = 10
	var b strings.Builder
	b.WriteString("cannot be changed once it is created: ")
	for i, m := range e.Members[:min(len(e.Members), most)] {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(rt.Quote(m, maxText))
	}
	if len(e.Members) > most {
		b.WriteString(" and more")
	}
	return b.String()
}

// Is makes errors.Is(err, rt.ErrInvalid) hold.
func (e *ImmutableError) Is(target error) bool { return target == rt.ErrInvalid }

// Difference finds what want, a request that creates, says otherwise than have, which was read with presence, and
// puts that into update, the request that changes it. It returns the names of what differs, "config.flavor"
// of members of members; none when nothing is to be done.
//
// Only what want says counts: of objects the members that it has, of lists each item. Numbers are compared
// by value, and are equal to the same number in a text. What is null or empty is equal to what is not there. A
// member that differs is put into update whole, laid over what update has there. When that does not have it, the error is an [*ImmutableError] and update is of no use.
// Members that update cannot leave out are put into it as they are.
func Difference(have, want, update json.Ref) (changed []string, err error) {
	var is, wanted, request json.Tree
	for _, t := range []struct {
		of   json.Ref
		tree *json.Tree
	}{{have, &is}, {want, &wanted}, {update, &request}} {
		if *t.tree, err = json.TreeOf(t.of); err != nil {
			return nil, err
		}
	}
	if wanted.Kind != json.TreeObject {
		return nil, errors.New("what is wanted is no object")
	}
	var d differences
	d.compare(&is, &wanted)
	if len(d.paths) == 0 {
		return nil, nil
	}
	if request.Kind != json.TreeObject {
		return nil, &ImmutableError{Members: d.names()}
	}
	for _, name := range required(update.Type) {
		if v := cmp.Or(child(&is, name), child(&wanted, name)); v != nil {
			put(&request, name, *v)
		}
	}
	for _, path := range d.paths {
		overlay(&request, path[0], child(&wanted, path[0]))
	}
	if err := writeTree(&request, update); err != nil {
		return nil, err
	}
	if request, err = json.TreeOf(update); err != nil {
		return nil, err
	}
	changed = d.names()
	fixed := new(ImmutableError)
	for i, path := range d.paths {
		if !covers(at(&request, path), at(&wanted, path)) {
			fixed.Members = append(fixed.Members, changed[i])
		}
	}
	if len(fixed.Members) > 0 {
		return nil, fixed
	}
	return changed, nil
}

// required are the names of the members that a type cannot leave out.
func required(t *json.Type) []string {
	var names []string
	for _, f := range t.Real().Fields {
		if f.Flags&json.Required != 0 && f.Kind != json.Constant {
			name, _ := json.Raw(f.Key[1 : len(f.Key)-1]).Text()
			names = append(names, name)
		}
	}
	return names
}

// differences gathers the paths to what differs.
type differences struct {
	paths [][]string
	path  []string
}

// compare compares two values at the same path. Objects are gone into.
func (d *differences) compare(have, want *json.Tree) {
	if have == nil || have.Kind != json.TreeObject || want.Kind != json.TreeObject || len(want.Items) == 0 {
		if !equal(have, want) {
			d.paths = append(d.paths, append([]string(nil), d.path...))
		}
		return
	}
	for i, name := range want.Names {
		d.path = append(d.path, name)
		d.compare(child(have, name), &want.Items[i])
		d.path = d.path[:len(d.path)-1]
	}
}

// names are the paths for people.
func (d *differences) names() []string {
	names := make([]string, len(d.paths))
	for i, path := range d.paths {
		names[i] = strings.Join(path, ".")
	}
	return names
}
