package resource

import (
	"errors"
	"iter"
	"strconv"
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
// again by its id, and so is an item that has no name in the list, for the one that it has by own.
func FindListed[T, E any](what, nameOrID string, get func(id string) (*T, error), list iter.Seq2[*E, error], key func(*E) (id, name string), own func(*T) (id, name string)) (*T, error) {
	v, missing, err := byID(what, nameOrID, func() (*T, error) { return get(nameOrID) })
	if err != nil || v != nil {
		return v, err
	}
	item, err := search(what, nameOrID, missing, list, key, true, nameBy(get, own))
	if err != nil {
		return nil, err
	}
	return reread(what, nameOrID, get, item, key)
}

// Named finds the resource of a name, by name alone: for those who must not take an id for it, since another
// resource may have an id like the name. What the list finds is read again by its id; see [FindListed].
func Named[T, E any](what, name string, get func(id string) (*T, error), list iter.Seq2[*E, error], key func(*E) (id, name string), own func(*T) (id, name string)) (*T, error) {
	if err := named(what, name); err != nil {
		return nil, err
	}
	item, err := search(what, name, nil, list, key, false, nameBy(get, own))
	if err != nil {
		return nil, err
	}
	return reread(what, name, get, item, key)
}

// nameBy asks for the name of what has an id; nil where nothing says more of it than the list.
func nameBy[T any](get func(id string) (*T, error), own func(*T) (id, name string)) func(id string) (string, error) {
	if own == nil {
		return nil
	}
	return func(id string) (string, error) {
		v, err := get(id)
		if v == nil || errors.Is(err, rt.ErrNotFound) { // it is gone since it was listed
			return "", ignore(err, rt.ErrNotFound)
		}
		_, name := own(v)
		return name, err
	}
}

// ignore is an error, unless it is one that does not matter.
func ignore(err, harmless error) error {
	if errors.Is(err, harmless) {
		return nil
	}
	return err
}

// reread reads an item of a list by its id.
func reread[T, E any](what, name string, get func(id string) (*T, error), item *E, key func(*E) (id, name string)) (*T, error) {
	id, _ := key(item)
	v, err := get(id)
	if v == nil && err == nil {
		err = &NotFoundError{What: what, Name: name}
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

// find goes through a list, for an id or a name. Missing is what the server said of the text as an id.
func find[T any](what, nameOrID string, missing error, list iter.Seq2[*T, error], key func(*T) (id, name string)) (*T, error) {
	return search(what, nameOrID, missing, list, key, true, nil)
}

// search is find, where ids count only if they are to. Names that are missing are asked for, unless nobody knows them.
func search[T any](what, nameOrID string, missing error, list iter.Seq2[*T, error], key func(*T) (id, name string), ids bool, nameOf func(id string) (string, error)) (*T, error) {
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
		if ids && id == nameOrID {
			return v, nil
		}
		if name == "" && id != "" && nameOf != nil {
			if name, err = nameOf(id); err != nil {
				return nil, err
			}
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

// WholeNumber is the text of an id that is a number. Other texts are a [*rt.ParamError]: they cannot stand in the
// path.
func WholeNumber[T ~int | ~int64](text string) (T, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || strconv.FormatInt(n, 10) != text || int64(T(n)) != n {
		return 0, &rt.ParamError{In: "path", Reason: "is no whole number"}
	}
	return T(n), nil
}
