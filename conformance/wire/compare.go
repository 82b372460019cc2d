package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"time"
)

func sortedKeys(m map[string]any) []string { return sortedNames(m) }

func sortedNames[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// sameJSON compares a text with a value, as JSON: numbers by what they come to, times by the moment they name.
func sameJSON(got []byte, want any) bool {
	decoded, ok := decode(got)
	if !ok {
		return false
	}
	data, err := json.Marshal(want)
	if err != nil {
		return false
	}
	wanted, ok := decode(data)
	return ok && difference("", decoded, wanted) == ""
}

func decode(data []byte) (any, bool) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil || dec.More() {
		return nil, false
	}
	return v, true
}

// difference names the first place where two values differ; empty where none does.
func difference(at string, got, want any) string {
	place := at
	if place == "" {
		place = "/"
	}
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return place + " is no object"
		}
		for _, name := range sortedKeys(w) {
			v, ok := g[name]
			if !ok {
				return at + "/" + name + " is missing: " + shown(w[name])
			}
			if d := difference(at+"/"+name, v, w[name]); d != "" {
				return d
			}
		}
		for _, name := range sortedKeys(g) {
			if _, ok := w[name]; !ok {
				return at + "/" + name + " is too much: " + shown(g[name])
			}
		}
		return ""
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return place + " is no list of the same length"
		}
		for i := range w {
			if d := difference(at+"/"+strconv.Itoa(i), g[i], w[i]); d != "" {
				return d
			}
		}
		return ""
	case json.Number:
		g, ok := got.(json.Number)
		if ok && sameNumber(string(g), string(w)) {
			return ""
		}
	case string:
		if g, ok := got.(string); ok && (g == w || sameTime(g, w)) {
			return ""
		}
	default:
		if got == want {
			return ""
		}
	}
	return place + ": got " + shown(got) + ", want " + shown(want)
}

// shown is a value for a message.
func shown(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return first(string(data), 80)
}

func sameNumber(a, b string) bool {
	x, ok := new(big.Rat).SetString(a)
	if !ok {
		return false
	}
	y, ok := new(big.Rat).SetString(b)
	return ok && x.Cmp(y) == 0
}

// sameTime reports whether two texts name one moment in the same zone.
func sameTime(a, b string) bool {
	x, err := time.Parse(time.RFC3339Nano, a)
	if err != nil {
		return false
	}
	y, err := time.Parse(time.RFC3339Nano, b)
	if err != nil {
		return false
	}
	_, dx := x.Zone()
	_, dy := y.Zone()
	return x.Equal(y) && dx == dy
}
