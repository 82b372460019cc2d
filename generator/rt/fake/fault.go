package fake

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// Fault is something that goes wrong on purpose, so that a test sees how its code takes it.
type Fault struct {
	Operation string // id of the operation it happens to; empty: any
	After     int    // how many of its requests go well before
	Times     int    // how many go wrong then; 0: all

	Latency    time.Duration // before anything is answered
	Reset      bool          // the connection breaks, without an answer
	Truncate   int           // the connection breaks after so many bytes of the body; 0: it does not
	Status     int           // answered instead of what the operation says; 0: nothing is
	RetryAfter string        // header of that answer: seconds or a date
	Body       string        // of that answer; empty: an error in the shape of the service
	Next       Trap          // the link to the next page leads astray
}

// Inject makes requests go wrong. The first fault that concerns a request happens to it. Without faults, none does any more.
func (s *Server) Inject(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
	for _, f := range faults {
		s.faults = append(s.faults, &fault{Fault: f})
	}
}

// fault is a fault and how many requests it has seen.
type fault struct {
	Fault
	seen int
}

// happening is a fault that happens to a request, and the how manieth it is.
type happening struct {
	Fault
	turn int
}

// fault finds what happens to a request for an operation.
func (s *Server) fault(operation string) *happening {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.faults {
		if f.Operation != "" && f.Operation != operation {
			continue
		}
		if f.seen++; f.seen > f.After && (f.Times == 0 || f.seen <= f.After+f.Times) {
			return &happening{f.Fault, f.seen}
		}
	}
	return nil
}

// suffer lets a fault happen to a request, and reports whether it has been answered with that.
func (x *Exchange) suffer(f *happening) bool {
	if f.Latency > 0 {
		t := time.NewTimer(f.Latency)
		defer t.Stop()
		select {
		case <-t.C:
		case <-x.r.Context().Done():
			panic(http.ErrAbortHandler)
		}
	}
	switch {
	case f.Reset:
		panic(http.ErrAbortHandler)
	case f.Next != "":
		x.query.pairs = slices.DeleteFunc(x.query.pairs, func(p pair) bool { return p.name == trapQuery }) // it is the trap's own
		x.w = &trapped{ResponseWriter: x.w, links: x.route.Links, trap: f.Next, at: x.r.URL, number: f.turn}
	case f.Truncate > 0:
		x.w = &cut{ResponseWriter: x.w, left: f.Truncate}
	}
	if f.Status == 0 {
		return false
	}
	if f.RetryAfter != "" {
		x.w.Header().Set("Retry-After", f.RetryAfter)
	}
	if f.Body != "" {
		x.send(f.Status, []byte(f.Body))
	} else {
		x.write(f.Status, strconv.Itoa(f.Status), http.StatusText(f.Status), nil)
	}
	return true
}

// cut breaks the connection after some bytes of the body.
type cut struct {
	http.ResponseWriter
	left int
}

func (c *cut) Write(p []byte) (int, error) {
	if len(p) < c.left {
		c.left -= len(p)
		return c.ResponseWriter.Write(p)
	}
	_, _ = c.ResponseWriter.Write(p[:c.left])
	if f, ok := c.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
	panic(http.ErrAbortHandler)
}
