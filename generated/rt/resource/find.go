package resource

import (
	"errors"
	"iter"
	"strings"

	"github.com/pantograph-go/pantograph/generated/rt"
)

// Find returns the resource that a text identifies, by id or by name. What is a noun for messages: "group".
//
// It asks by id first, with get. When there is no such id, or the text cannot be an id at all, it goes
// through the list and compares ids and names exactly: a list that the server has filtered may hold more
// than was asked for. An id wins over names. Two of the same name are an [*AmbiguousError], none is a
// [*NotFoundError].
func Find[T any](what, nameOrID string, get func() (*T, error), list iter.Seq2[*T, error], key func(*T) (id, name string)) (*T, error) {
	v, missing, err := byID(what, nameOrID, get)
	if err != nil {
		return nil, err
	}
	if v != nil {
		// Servers have paths that look like ids: what came must be what was asked for.
		if id, name := key(v); strings.EqualFold(id, nameOrID) || name == nameOrID {
			return v, nil
		}
	}
	return find(what, nameOrID, missing, list, key)
}

// FindListed is [Find] where the items of the list say less than get does: what the list finds is read
// again by its id.
func FindListed[T, E any](what, nameOrID string, get func(id string) (*T, error), list iter.Seq2[*E, error], key func(*E) (id, name string)) (*T, error) {
	v, missing, err := byID(what, nameOrID, func() (*T, error) { return get(nameOrID) })
	if err != nil || v != nil {
		return v, err
	}
	item, err := find(what, nameOrID, missing, list, key)
	if err != nil {
		return nil, err
	}
	id, _ := key(item)
	if v, err = get(id); v == nil && err == nil {
		err = &NotFoundError{What: what, Name: nameOrID}
	}
	if err != nil {
		return nil, err
	}
	return v, nil
}

// Lookup is [Find] where there is nothing but the list.
func Lookup[T any](what, nameOrID string, list iter.Seq2[*T, error], key func(*T) (id, name string)) (*T, error) {
	if err := named(what, nameOrID); err != nil {
		return nil, err
	}
	return find(what, nameOrID, nil, list, key)
}

// named refuses the empty text, which would be the first thing without a name.
func named(what, nameOrID string) error {
	if nameOrID == "" {
		return &rt.ParamError{In: what, Name: "name or id", Reason: "is empty"}
	}
	return nil
}

// byID asks by id. It returns nothing when there is no such id, and what the server said about that.
func byID[T any](what, nameOrID string, get func() (*T, error)) (v *T, missing, err error) {
	if err := named(what, nameOrID); err != nil {
		return nil, nil, err
	}
	v, err = get()
	switch {
	case err == nil:
		return v, nil, nil
	case errors.Is(err, rt.ErrNotFound):
		return nil, err, nil
	case notAnID(err):
		return nil, nil, nil
	}
	return nil, nil, err
}

// notAnID reports whether a call was refused since a text cannot stand in its path.
func notAnID(err error) bool {
	var p *rt.ParamError
	return errors.As(err, &p) && p.In == "path"
}

// find goes through a list. Missing is what the server said of the text as an id.
func find[T any](what, nameOrID string, missing error, list iter.Seq2[*T, error], key func(*T) (id, name string)) (*T, error) {
	var first *T
	var same AmbiguousError
	for v, err := range list {
		if err != nil {
			return nil, err
		}
		if v == nil {
			continue
		}
		id, name := key(v)
		if id == nameOrID {
			return v, nil
		}
		if name != nameOrID || same.has(id) {
			continue
		}
		if first == nil {
			first = v
		}
		same.add(id, name)
	}
	switch same.Count {
	case 0:
		return nil, &NotFoundError{What: what, Name: nameOrID, Err: missing}
	case 1:
		return first, nil
	}
	same.What, same.Name = what, nameOrID
	return nil, &same
}
