package main

import (
	"bytes"
	"errors"
	"math/rand/v2"

	"github.com/pantograph-go/pantograph/conformance/internal/instance"
	"github.com/pantograph-go/pantograph/conformance/wire/driver"
)

// outside calls an operation of a server that is not ours: one that knows the document and answers after it. It is the judge
// of the requests. Its answers are examples, which often contradict their document, at times so that the server itself says so
// and fails: they are decoded as a client does. Rules that JSON Schema has no words for it does not know, nor do the values made.
func (t *target) outside(p *process, o *operation, set settings, out *outcome) error {
	out.Operations++
	random := rand.New(rand.NewPCG(set.seed, hash(o.String())))
	accepted := false
	for _, m := range t.plan.methods(o) {
		for i := range set.rounds {
			q, err := t.prepare(o, m, nil, []instance.Fill{instance.All, instance.Required, instance.Some}[i%3], random)
			var skip skipped
			if errors.As(err, &skip) {
				out.skip(o, m, skip)
				continue
			}
			if err != nil {
				out.fail(set, o.String(), problem{"setup", err.Error()}, m.Name)
				break
			}
			q.command.Options = nil
			out.Calls++
			reply, err := p.call(q.command)
			if err == nil && t.brokenBetween(reply.Error) {
				out.Unchecked++
				reply, err = p.unchecked(q)
			}
			if err != nil {
				return err
			}
			problem := verdict(reply)
			switch {
			case problem == nil:
				accepted = true
				out.Accepted++
			case problem.kind == "server":
				accepted = true // at its own example
				out.Accepted++
				out.skip(o, m, skipped{reason: "the server fails: " + reply.Error})
			default:
				out.fail(set, o.String(), *problem, m.Name)
			}
		}
	}
	if accepted {
		out.Called++
	} else {
		out.fail(set, o.String(), problem{"uncalled", "no request of it was taken"}, "")
	}
	return nil
}

// verdict is what a server of others thinks of a call; nil: that it is right.
func verdict(reply driver.Reply) *problem {
	switch {
	case reply.Problem != "":
		return &problem{"setup", reply.Problem}
	case reply.Status >= 500 && !bytes.Contains(reply.Body, []byte(`"location":["request"`)):
		return &problem{"server", reply.Error}
	case reply.Status >= 400:
		return &problem{"rejected", reply.Error}
	case reply.Status != 0: // it was taken, and what for was none of the client's answers: another protocol, say
		return nil
	case reply.Error != "":
		return &problem{"answer", reply.Error}
	}
	return nil
}
