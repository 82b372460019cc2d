package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/pantograph-go/pantograph/conformance/internal/instance"
)

// tries are how often a call is made up anew whose random values are no good.
const tries = 12

// fills are how full the values are, in turn.
var fills = []instance.Fill{instance.All, instance.Required, instance.Some}

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
	x := &exercise{server: s, process: p, o: o, set: set, out: out, random: rand.New(rand.NewPCG(set.seed, hash(o.String())))}
	answered, none, accepted := make([]bool, len(all)), make([]error, len(all)), false
	methods := t.plan.methods(o)
	if len(methods) == 0 {
		out.fail(set, o.String(), problem{"setup", "no method calls it"}, "")
	}
	for _, m := range methods {
		for i, d := range t.plannedRounds(o, m, all, set.rounds) {
			got, err := x.call(m, &all[d], i)
			if err != nil {
				return err
			}
			answered[d], accepted = answered[d] || got.answered, accepted || got.accepted
			if none[d] = got.none; got.broken {
				break
			}
		}
		if !accepted && !slices.Contains(none, nil) { // what cannot be answered as documented is called all the same
			got, err := x.call(m, nil, 0)
			if err != nil {
				return err
			}
			accepted = got.accepted
		}
	}
	if accepted {
		out.Called++
	} else if len(methods) > 0 {
		out.fail(set, o.String(), problem{"uncalled", "no request of it was taken"}, "")
	}
	for i, yes := range answered {
		switch {
		case yes:
			out.Answered++
		case none[i] != nil:
			out.Answers--
			out.Impossible = append(out.Impossible, fmt.Sprintf("%s %s: %v", o, all[i], none[i]))
		case slices.ContainsFunc(methods, func(m *plannedMethod) bool { return asks(m, all[i]) }):
			out.fail(set, o.String(), problem{"missed", all[i].String() + " never came back whole"}, "")
		default:
			out.NotReached = append(out.NotReached, o.String()+" "+all[i].String())
		}
	}
	return nil
}

// exercise is the calls of one operation.
type exercise struct {
	*server
	process *process
	o       *operation
	set     settings
	out     *outcome
	random  *rand.Rand
}

// called is what came of a call.
type called struct {
	accepted bool  // the request came, and the judge took it
	answered bool  // the answer came back whole
	broken   bool  // no call of the method can be made
	none     error // why no such answer is possible
}

// call makes a call of a method that gets an answer; nil: one that is not documented. What was made up and is no good is made up anew, each time otherwise filled.
func (x *exercise) call(m *plannedMethod, d *documented, turn int) (called, error) {
	var skip skipped
	for i := range tries {
		got, err := x.once(m, d, fills[(turn+i)%len(fills)])
		if !errors.As(err, &skip) {
			return got, err
		}
	}
	x.out.skip(x.o, m, skip)
	return called{none: skip.none}, nil
}

// once makes up a call and makes it. The error is a skipped where that is no good.
func (x *exercise) once(m *plannedMethod, d *documented, fill instance.Fill) (got called, err error) {
	t := x.target
	q, err := t.prepare(x.o, m, d, fill, x.random)
	if errors.As(err, new(skipped)) {
		return got, err
	}
	if err != nil {
		x.out.fail(x.set, x.o.String(), problem{"setup", err.Error()}, m.Name)
		return called{broken: true}, nil
	}
	x.expect(q)
	reply, err := x.process.call(q.command)
	if err != nil {
		return got, err
	}
	requests, problems := x.found()
	if requests == 0 && t.brokenBetween(reply.Error) {
		x.expect(q)
		if reply, err = x.process.unchecked(q); err != nil {
			return got, err
		}
		requests, problems = x.found()
		x.out.Unchecked++
	}
	x.out.Calls++
	switch {
	case requests == 0 && strings.Contains(reply.Error, ".oneOf]"):
		return got, skipped{reason: "what was made is several of the alternatives at once: " + reply.Error}
	case requests == 0 && reply.Problem == "":
		problems = append(problems, problem{"refused", first(reply.Error, 300)})
	default:
		var wrong []problem
		if d != nil {
			wrong = q.judge(reply)
		}
		got = called{accepted: requests > 0 && !x.rejected, answered: len(wrong) == 0}
		problems = append(problems, wrong...)
	}
	for _, problem := range problems {
		x.out.fail(x.set, x.o.String(), problem, m.Name)
	}
	return got, nil
}

// asks reports whether a method can get an answer.
func asks(m *plannedMethod, d documented) bool {
	return !d.success() || d.mediaType == "" || m.Operation.Accept == "" || admits(m.Operation.Accept, d.mediaType, d.media.Schema)
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
