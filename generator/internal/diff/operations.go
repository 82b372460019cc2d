package diff

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// What changes do on the wire, in words.
const (
	refused   = "a request that was accepted may be refused"
	accepted  = "requests are accepted that were refused"
	newValues = "a response may carry values it did not before"
	missing   = "a response may lack what it had"
	differs   = "the same request means something else"
)

func (w *walk) api(old, now *model.API) {
	w.operations(old.Operations, now.Operations)
	w.schemes(old.Security, now.Security)
	w.servers("the API", old.Servers, now.Servers)
	w.regions(old.Regions, now.Regions)
	w.codes(old.Errors, now.Errors)
	w.schemas()
}

// operations pairs operations by their ids, and the rest by method and path: those are renamed.
func (w *walk) operations(old, now []*model.Operation) {
	byID, byPlace := map[string]*model.Operation{}, map[string]*model.Operation{}
	before := map[string]bool{}
	for _, op := range now {
		byID[op.ID] = op
	}
	for _, op := range old {
		before[op.ID] = true
	}
	for _, op := range now {
		if !before[op.ID] && !op.Variant {
			byPlace[call(op)] = op
		}
	}
	known := map[*model.Operation]bool{}
	for _, op := range old {
		to := byID[op.ID]
		if to == nil && !op.Variant {
			if to = byPlace[call(op)]; to != nil {
				w.add(Change{Kind: "operation-renamed", Where: call(op), Text: fmt.Sprintf("the operation %s is called %s", op.ID, to.ID), Before: op.ID, After: to.ID}, op.Pos, to.Pos)
			}
		}
		if to == nil {
			w.add(Change{Kind: "operation-removed", Level: Major, Where: call(op), Text: "the operation " + op.ID + " is gone", Wire: refused, Before: call(op)}, op.Pos, model.Pos{})
			continue
		}
		known[to] = true
		w.operation(op, to)
	}
	for _, op := range now {
		if !known[op] {
			w.add(Change{Kind: "operation-added", Level: Minor, Where: call(op), Text: "the operation " + op.ID + " is new", After: call(op)}, model.Pos{}, op.Pos)
		}
	}
}

func call(op *model.Operation) string { return op.Method + " " + op.Asked() }

func (w *walk) operation(old, now *model.Operation) {
	where := call(now)
	if call(old) != call(now) {
		w.add(Change{Kind: "operation-moved", Level: Major, Where: where, Text: "the operation " + now.ID + " has another method or path", Before: call(old), After: call(now),
			Wire: "programs built before call what is not there any more"}, old.Pos, now.Pos)
	}
	if old.Resource != now.Resource {
		w.add(Change{Kind: "operation-regrouped", Where: where, Text: "the operation belongs to another resource", Before: old.Resource, After: now.Resource}, old.Pos, now.Pos)
	}
	w.deprecated(where, old.Doc, now.Doc, old.Pos, now.Pos)
	w.parameters(where, old, now)
	w.body(where, old, now)
	w.responses(where, old, now)
	w.requirements(where, old, now)
	w.servers(where, old.Servers, now.Servers)
	w.rules(where, request, old.Validations, now.Validations, old.Pos, now.Pos)
	w.limits(where, old, now)
	for _, code := range now.Errors {
		if !slices.Contains(old.Errors, code) {
			w.add(Change{Kind: "error-added", Level: Minor, Where: where, Text: "it may fail with the code " + code, Wire: newValues, After: code}, old.Pos, now.Pos)
		}
	}
}

// limits compares the rate limit and the paging of an operation.
func (w *walk) limits(where string, old, now *model.Operation) {
	text := func(l *model.RateLimit) string {
		if l == nil {
			return ""
		}
		return fmt.Sprintf("%d per user, %d in total, %s", l.PerUser, l.Total, l.Window)
	}
	if a, b := text(old.RateLimit), text(now.RateLimit); a != b {
		w.add(Change{Kind: "rate-limit-changed", Level: Minor, Where: where, Text: "the rate limit changed", Wire: "requests may be throttled at another rate", Before: a, After: b}, old.Pos, now.Pos)
	}
	paging := func(p *model.Pagination) string {
		if p == nil {
			return ""
		}
		return strings.Join([]string{string(p.Kind), p.Cursor, p.Limit, p.Items, p.Total, p.Next, p.ItemMarker}, " ")
	}
	if a, b := paging(old.Pagination), paging(now.Pagination); a != b {
		w.add(Change{Kind: "paging-changed", Level: Minor, Where: where, Text: "the list is cut into pages in another way", Before: a, After: b}, old.Pos, now.Pos)
	}
}

func (w *walk) deprecated(where string, old, now model.Doc, at, to model.Pos) {
	switch {
	case !old.Deprecated && now.Deprecated:
		w.add(Change{Kind: "deprecated", Level: Minor, Where: where, Text: "it is deprecated now"}, at, to)
	case old.Summary != now.Summary || old.Text != now.Text:
		w.add(Change{Kind: "text-changed", Where: where, Text: "the description changed", Before: short(old.Summary + " " + old.Text), After: short(now.Summary + " " + now.Text)}, at, to)
	}
}

// parameters compares parameters by place and name, those of a path that is another now by their order.
func (w *walk) parameters(where string, old, now *model.Operation) {
	moved := call(old) != call(now)
	before := map[string]*model.Parameter{}
	for i, p := range old.Parameters {
		before[key(p, i, moved)] = p
	}
	for i, p := range now.Parameters {
		at := where + ", " + string(p.In) + " " + p.Name
		q := before[key(p, i, moved)]
		delete(before, key(p, i, moved))
		switch {
		case q == nil && p.Required:
			w.add(Change{Kind: "required-parameter-added", Level: Major, Where: at, Text: "a required parameter is new", Wire: refused, After: p.Name}, old.Pos, p.Pos)
		case q == nil:
			w.add(Change{Kind: "parameter-added", Level: Minor, Where: at, Text: "an optional parameter is new", Wire: accepted, After: p.Name}, old.Pos, p.Pos)
		default:
			w.parameter(at, q, p)
		}
	}
	for i, p := range old.Parameters {
		if before[key(p, i, moved)] != nil {
			w.add(Change{Kind: "parameter-removed", Level: Major, Where: where + ", " + string(p.In) + " " + p.Name, Text: "the parameter is gone", Wire: refused, Before: p.Name}, p.Pos, now.Pos)
		}
	}
}

// key tells parameters of an operation apart. Those of the path stand first, in its order.
func key(p *model.Parameter, i int, moved bool) string {
	if moved && p.In == model.InPath {
		return "path " + strconv.Itoa(i)
	}
	return string(p.In) + " " + p.Name
}

func (w *walk) parameter(where string, old, now *model.Parameter) {
	w.required(where, request, old.Required, now.Required, old.Pos, now.Pos)
	w.deprecated(where, old.Doc, now.Doc, old.Pos, now.Pos)
	style := func(p *model.Parameter) string {
		return fmt.Sprintf("%s, explode %t, reserved %t", p.Style, p.Explode, p.AllowReserved)
	}
	if a, b := style(old), style(now); a != b {
		w.add(Change{Kind: "style-changed", Level: Major, Where: where, Text: "it is written in another style", Wire: refused, Before: a, After: b}, old.Pos, now.Pos)
	}
	w.pair(where, request, old.Schema, now.Schema)
	if old.Content != nil && now.Content != nil {
		w.pair(where, request, old.Content.Schema, now.Content.Schema)
	}
}

// required compares whether something has to be there.
func (w *walk) required(where string, s side, old, now bool, at, to model.Pos) {
	c := Change{Where: where, Before: optional(old), After: optional(now)}
	switch {
	case !old && now:
		c.Kind, c.Text = "became-required", "it is required now"
		if c.Level = Minor; s.has(request) {
			c.Level, c.Wire = Major, refused
		}
	case old && !now:
		c.Kind, c.Text = "became-optional", "it is optional now"
		if c.Level, c.Wire = Minor, accepted; s.has(response) {
			c.Level, c.Wire = Major, missing
		}
	default:
		return
	}
	w.add(c, at, to)
}

func optional(required bool) string {
	if required {
		return "required"
	}
	return "optional"
}
