package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/pantograph-go/pantograph/conformance/internal/instance"
	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
	"github.com/pantograph-go/pantograph/conformance/internal/spec"
)

// outcome is what came of a document.
type outcome struct {
	Name       string   `json:"name"`
	Operations int      `json:"operations"`
	Called     int      `json:"called"`    // operations with a request that was accepted
	Answers    int      `json:"answers"`   // documented: statuses with their media types
	Answered   int      `json:"answered"`  // of them, those that came back whole
	Calls      int      `json:"calls"`     // all
	Unchecked  int      `json:"unchecked"` // of them, those that rules between members refused, sent all the same
	Accepted   int      `json:"accepted"`  // of them, those that a server of others took
	Failures   []string `json:"failures"`  // not expected
	Expected   int      `json:"expected"`  // failures that are
	Skipped    []string `json:"skipped"`   // calls for which no instance was found
	NotReached []string `json:"unreached"` // answers that no method asks for
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

// exercise makes all calls of one operation.
func (s *server) exercise(p *process, o *operation, set settings, out *outcome) error {
	t := s.target
	out.Operations++
	all := answers(o)
	out.Answers += len(all)
	if len(all) == 0 { // none that HTTP ends with, as where a connection changes its protocol: the request is sent all the same
		all = []documented{{name: "none", status: http.StatusNoContent, response: &openapi3.Response{}}}
		defer func(answered int) { out.Answered = answered }(out.Answered)
	}
	answered, accepted := make([]bool, len(all)), false
	methods := t.plan.methods(o)
	if len(methods) == 0 {
		out.fail(set, o.String(), problem{"setup", "no method calls it"}, "")
	}
	random := rand.New(rand.NewPCG(set.seed, hash(o.String())))
	for _, m := range methods {
		for i, d := range t.plannedRounds(o, m, all, set.rounds) {
			fill := []instance.Fill{instance.All, instance.Required, instance.Some}[i%3]
			q, err := t.prepare(o, m, &all[d], fill, random)
			var skip skipped
			if errors.As(err, &skip) {
				out.skip(o, m, skip)
				continue
			}
			if err != nil {
				out.fail(set, o.String(), problem{"setup", err.Error()}, m.Name)
				break
			}
			s.expect(q)
			reply, err := p.call(q.command)
			if err != nil {
				return err
			}
			requests, problems := s.found()
			if requests == 0 && t.brokenBetween(reply.Error) {
				s.expect(q)
				if reply, err = p.unchecked(q); err != nil {
					return err
				}
				requests, problems = s.found()
				out.Unchecked++
			}
			out.Calls++
			if requests == 0 && strings.Contains(reply.Error, ".oneOf]") {
				out.skip(o, m, skipped{"what was made is several of the alternatives at once: " + reply.Error})
			} else if requests == 0 && reply.Problem == "" {
				problems = append(problems, problem{"refused", first(reply.Error, 300)})
			} else {
				accepted = accepted || requests > 0 && !s.rejected
				wrong := q.judge(reply)
				answered[d] = answered[d] || len(wrong) == 0
				problems = append(problems, wrong...)
			}
			for _, problem := range problems {
				out.fail(set, o.String(), problem, m.Name)
			}
		}
	}
	if accepted {
		out.Called++
	}
	for i, yes := range answered {
		if yes {
			out.Answered++
		} else if !slices.ContainsFunc(methods, func(m *plannedMethod) bool { return asks(m, all[i]) }) {
			out.NotReached = append(out.NotReached, o.String()+" "+all[i].String())
		}
	}
	return nil
}

// asks reports whether a method can get an answer.
func asks(m *plannedMethod, d documented) bool {
	return !d.success() || d.mediaType == "" || m.Operation.Accept == "" || admits(m.Operation.Accept, d.mediaType)
}

// plannedRounds are the answers that the calls of a method get, one for each call.
func (t *target) plannedRounds(o *operation, m *plannedMethod, all []documented, least int) []int {
	var out []int
	for i, d := range all {
		if asks(m, d) {
			out = append(out, i)
		}
	}
	if len(out) == 0 {
		return nil
	}
	for i := 0; len(out) < least; i++ {
		out = append(out, out[i])
	}
	return out
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
