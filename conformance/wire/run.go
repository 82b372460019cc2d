package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
	"github.com/pantograph-go/pantograph/conformance/internal/spec"
)

// outcome is what came of a document.
type outcome struct {
	Name       string   `json:"name"`
	Operations int      `json:"operations"`
	Called     int      `json:"called"`     // operations with a request that was accepted
	Answers    int      `json:"answers"`    // documented: statuses with their media types
	Answered   int      `json:"answered"`   // of them, those that came back whole
	Calls      int      `json:"calls"`      // all
	Unchecked  int      `json:"unchecked"`  // of them, those that rules between members refused, sent all the same
	Accepted   int      `json:"accepted"`   // of them, those that a server of others took
	Failures   []string `json:"failures"`   // not expected
	Expected   int      `json:"expected"`   // failures that are
	Skipped    []string `json:"skipped"`    // calls for which no instance was found
	NotReached []string `json:"unreached"`  // answers that no method asks for
	Impossible []string `json:"impossible"` // answers that no value can be, which are not counted as documented
}

// settings of a run.
type settings struct {
	seed     uint64
	rounds   int
	only     string // operation
	expected []*expectation
	folder   string
	endpoint string // of a server that is not ours
}

// wire drives the client of one document.
func wire(ctx context.Context, m *scratch.Module, e spec.Entry, set settings) (*outcome, error) {
	out := &outcome{Name: e.Name}
	t, err := build(ctx, m, e)
	if err != nil {
		out.fail(set, "*", problem{"build", err.Error()}, "")
		return out, ctx.Err()
	}
	exercise, endpoint := t.outside, set.endpoint
	if endpoint == "" {
		server := serve(t)
		defer server.Close()
		exercise, endpoint = server.exercise, server.URL
	}
	p, err := t.start(ctx, endpoint)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err := p.stop(); err != nil && ctx.Err() == nil {
			out.fail(set, "*", problem{"driver", err.Error()}, "")
		}
	}()
	for _, o := range t.operations {
		if set.only != "" && set.only != o.String() {
			continue
		}
		if err := exercise(p, o, set, out); err != nil {
			return out, err
		}
	}
	return out, nil
}

func hash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

func (out *outcome) skip(o *operation, m *plannedMethod, s skipped) {
	line := fmt.Sprintf("%s (%s): %s", o, m.Name, first(strings.ReplaceAll(s.reason, "\n", " "), 200))
	if !slices.Contains(out.Skipped, line) {
		out.Skipped = append(out.Skipped, line)
	}
}

// fail notes a failure, once.
func (out *outcome) fail(set settings, operation string, p problem, method string) {
	if meets(set.expected, out.Name, operation, p.kind) {
		out.Expected++
		return
	}
	// One of a sort is enough: they differ in the random values.
	sort := fmt.Sprintf("%s (%s) %s", operation, method, problem{p.kind, first(p.text, 24)})
	if !slices.ContainsFunc(out.Failures, func(f string) bool { return strings.HasPrefix(f, strings.TrimSuffix(sort, "…")) }) {
		out.Failures = append(out.Failures, fmt.Sprintf("%s (%s) %s", operation, method, p))
	}
}
