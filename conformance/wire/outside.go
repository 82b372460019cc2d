package main

import (
	"errors"
	"math/rand/v2"

	"github.com/pantograph-go/pantograph/conformance/internal/instance"
)

// outside calls an operation of a server that is not ours: one that knows the document and answers after it. It is the judge
// of the requests. Its answers are examples, which often contradict their document: they are decoded as a client does.
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
			if err != nil {
				return err
			}
			switch {
			case reply.Problem != "":
				out.fail(set, o.String(), problem{"setup", reply.Problem}, m.Name)
			case reply.Status >= 500:
				out.skip(o, m, skipped{"the server fails: " + reply.Error}) // at its own example
				accepted = true
			case reply.Status != 0:
				out.fail(set, o.String(), problem{"rejected", reply.Error}, m.Name)
			case t.brokenBetween(reply.Error):
				out.skip(o, m, skipped{"what was made breaks rules between members: " + reply.Error})
			case reply.Error != "":
				out.fail(set, o.String(), problem{"answer", reply.Error}, m.Name)
			default:
				accepted = true
			}
		}
	}
	if accepted {
		out.Called++
	}
	return nil
}
