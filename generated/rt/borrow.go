package rt

import (
	"sync"

	"github.com/pantograph-go/pantograph/generated/rt/json"
)

// lender has memory that the bodies of answers are read into, one after the other. It is an interface since packages of clients
// would compile what a field of the type sync.Pool consists of.
type lender interface {
	take() *room
	back(*room)
}

// answers is the lender of a client.
type answers struct{ pool sync.Pool }

// room is memory for one body.
type room struct{ bytes []byte }

func (a *answers) take() *room {
	if r, ok := a.pool.Get().(*room); ok {
		return r
	}
	return new(room)
}

func (a *answers) back(r *room) { a.pool.Put(r) }

// borrow finds memory for the body of an answer that nobody sees but the codec, which holds on to nothing: what it makes are
// copies, and so much of the answer stays as is kept of it. Other bodies get memory of their own: those that are captured,
// shared, watched or read by another codec, and texts.
func (x *exchange) borrow() []byte {
	call, cfg := x.call, x.cfg
	if cfg.into != nil || cfg.also != nil || cfg.share || call.Results != nil || json.IsText(call.Result) ||
		call.Operation.Decode != nil || call.Operation.Answers != nil && x.watched() ||
		!isJSON(headerOf(x.raw.Header, "Content-Type")) {
		return nil
	}
	x.borrowed = x.client.answers.take()
	return x.borrowed.bytes
}

// giveBack ends the use of a body that was decoded. That of a call that failed is left alone: who has read it in vain may
// not be done with it. Large ones are no memory to keep.
func (x *exchange) giveBack() {
	if r := x.borrowed; r != nil && cap(x.raw.Body) <= believed+1 {
		r.bytes = x.raw.Body[:0]
		x.client.answers.back(r)
	}
	x.borrowed, x.raw.Body = nil, nil
}
