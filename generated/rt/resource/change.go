package resource

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generated/rt"
	"github.com/pantograph-go/pantograph/generated/rt/json"
)

// Reading returns the options of the read before a write that has these options: see [rt.ForReading].
// The response is captured in into, unless that is nil.
func Reading(opts []rt.CallOption, into *rt.RawResponse) []rt.CallOption {
	return append(slices.Clip(opts), rt.ForReading(into))
}

// IfMatch returns the options of a write that is to succeed only while the resource is as it was read: If-Match
// with the ETag of r. Where the server has sent none, or the caller has a condition of his own, that is left as it is.
func IfMatch(r *rt.RawResponse, opts []rt.CallOption) []rt.CallOption {
	tag := ""
	if r != nil {
		tag = r.Header.Get("ETag")
	}
	if tag == "" {
		return opts
	}
	return append([]rt.CallOption{rt.WithHeader("If-Match", tag)}, opts...)
}

// Rebase makes a request of what was read: of from, or of its member at the path. What the request does not
// have falls away, at every depth; nulls and zeros that were there stay, if presence was recorded. What the
// request held before is gone.
//
// A value that the request cannot hold is an error, since writing the request would lose it: a text for a
// number. Null for what cannot be null is as if it were not there.
func Rebase(from, into json.Ref, path ...string) error {
	text, err := json.Marshal(from)
	if err != nil {
		return err
	}
	part, ok := json.Lookup(text, path...)
	if !ok || string(part) == "null" {
		return fmt.Errorf("what was read has no member %s", rt.Quote(strings.Join(path, "."), maxText))
	}
	return write(part, into)
}

// Overlay puts the entries of a map into the map that a request has as a member, beside those that are
// there. An entry of the same key is replaced.
func Overlay(into json.Ref, member string, entries json.Ref) error {
	more, err := json.TreeOf(entries)
	if err != nil || more.Kind == json.TreeNull {
		return err
	}
	request, err := json.TreeOf(into)
	if err != nil {
		return err
	}
	if more.Kind != json.TreeObject || request.Kind != json.TreeObject {
		return errors.New("only a map can be put into a map, and only one that is a member")
	}
	at := child(&request, member)
	switch {
	case at == nil:
		put(&request, member, more)
	case at.Kind == json.TreeNull:
		*at = more
	case at.Kind != json.TreeObject:
		return fmt.Errorf("the member %s is no map", rt.Quote(member, maxText))
	default:
		for i, name := range more.Names {
			put(at, name, more.Items[i])
		}
	}
	if err := writeTree(&request, into); err != nil {
		return err
	}
	if !into.Has(member) {
		return fmt.Errorf("the request has no member %s", rt.Quote(member, maxText))
	}
	return nil
}

// writeTree is write for a tree.
func writeTree(t *json.Tree, into json.Ref) error { return write(json.AppendTree(nil, t), into) }

// write sets a request to what a text says, as far as the request has it.
func write(text []byte, into json.Ref) error {
	var lost []json.Deviation
	err := json.Decode(text, into, json.DecodeOptions{Mode: json.WithPresence | json.Known, Report: func(d json.Deviation) {
		if loses(d) {
			lost = append(lost, d)
		}
	}})
	if err == nil && len(lost) > 0 {
		err = &json.DeviationError{Deviations: lost}
	}
	if err != nil {
		return fmt.Errorf("the request cannot hold what it is made of: %w", err)
	}
	return nil
}

// loses reports whether a deviation means that a value is not in the request.
func loses(d json.Deviation) bool {
	switch d.Code {
	case json.WrongType, json.WrongValue, json.OutOfRange, json.BadText, json.WrongLength:
		return !d.Kept
	}
	return false
}

// NoMember says that a value of a union is not of the kind that has a member.
func NoMember(have any, member string) error {
	return &rt.ParamError{In: "body", Name: member, Reason: fmt.Sprintf("is no member of a %T", have)}
}
