package rt

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/pantograph-go/pantograph/generated/rt/json"
)

// Incoming is the answer to a call, read while it comes: what [Download] and package stream are made
// of. It must be closed; that ends the request. Read and Close may be called by different goroutines.
type Incoming struct {
	x     *exchange
	resp  *http.Response
	outer context.Context // of the call
	inner context.Context // of the request
	end   context.CancelCauseFunc
	all   context.CancelFunc // of the total timeout
	timer *time.Timer        // ends the request; nil when nothing limits it

	read int64
	most int64 // bytes that may come; 0: any number
	err  error // of the read before
}

// Begin carries out a call as [Client.Do] does, until the answer begins: it is repeated as long as that is
// safe, and failures are errors. The answer of a success is left to the caller.
//
// The attempt timeout ends where the answer begins. From there on [WithIdleTimeout] bounds each wait for
// more of it, and [WithTimeout] the whole.
func (c *Client) Begin(ctx context.Context, call *Call) (*Incoming, error) {
	in := new(Incoming)
	if err := c.carryOut(ctx, call, in); err != nil {
		in.Close()
		return nil, err
	}
	return in, nil
}

// watch makes the context of an attempt: it ends when the answer does not begin in time. The function
// ends it too, unless the answer is being read by then.
func (in *Incoming) watch(ctx context.Context, limit time.Duration) (context.Context, func()) {
	in.outer = ctx
	in.inner, in.end = context.WithCancelCause(ctx)
	in.timer = nil
	if limit > 0 {
		end := in.end
		in.timer = time.AfterFunc(limit, func() { end(&TimeoutError{AttemptTimeout, limit}) })
	}
	return in.inner, func() {
		if in.resp == nil {
			in.rest()
			in.end(nil)
		}
	}
}

// rest stops the timer.
func (in *Incoming) rest() {
	if in.timer != nil {
		in.timer.Stop()
	}
}

// take keeps the answer of an attempt, whose body is now read under the idle timeout.
func (in *Incoming) take(x *exchange, resp *http.Response) {
	in.rest()
	in.x, in.resp, in.timer = x, resp, nil
	if limit := x.cfg.idleTimeout; limit > 0 {
		end := in.end
		in.timer = time.AfterFunc(limit, func() { end(&TimeoutError{IdleTimeout, limit}) })
		in.timer.Stop()
	}
}

// Status returns the HTTP status.
func (in *Incoming) Status() int { return in.resp.StatusCode }

// Header returns the header of the answer.
func (in *Incoming) Header() http.Header { return in.resp.Header }

// Size returns the size of the body, -1 when the server does not say it.
func (in *Incoming) Size() int64 {
	switch {
	case in.resp.StatusCode == http.StatusNoContent, in.resp.StatusCode == http.StatusResetContent, in.resp.Body == http.NoBody:
		return 0
	}
	return in.resp.ContentLength
}

// MaxSize returns how large the part of an answer may be that has to be in memory as a whole: see
// [WithMaxResponseSize].
func (in *Incoming) MaxSize() int { return int(min(in.x.maxResponse(), 1<<40)) }

// Read reads the body. Its errors are those of calls: a [*TransportError] when the answer breaks off or
// time is up, a [*ResponseError] when it is larger than allowed.
func (in *Incoming) Read(p []byte) (int, error) {
	if in.err != nil {
		return 0, in.err
	}
	if in.timer != nil {
		in.timer.Reset(in.x.cfg.idleTimeout)
	}
	n, err := in.resp.Body.Read(p)
	in.rest()
	in.read += int64(n)
	switch length := in.resp.ContentLength; {
	case in.most > 0 && in.read > in.most:
		n -= int(in.read - in.most)
		err = in.x.unusable(ErrResponseTooLarge)
	case err == io.EOF && in.read < length && in.resp.Body != http.NoBody:
		err = in.x.failed(in.outer, in.inner, io.ErrUnexpectedEOF)
	case err != nil && err != io.EOF:
		err = in.x.failed(in.outer, in.inner, err)
	}
	in.err = err
	return n, err
}

// Close ends the request and releases its connection. Closing twice does nothing.
func (in *Incoming) Close() error {
	var err error
	if in.resp != nil {
		in.rest()
		in.end(errClosed)
		if in.x.stream != nil {
			in.x.stream.release()
		}
		err = in.resp.Body.Close()
		if errors.Is(err, errClosed) || errors.Is(err, context.Canceled) {
			err = nil
		}
	}
	if in.all != nil {
		in.all()
	}
	return err
}

// errClosed is what a read fails with while the answer is closed.
const errClosed sentinel = "the answer was closed"

// Decode reads data, a part of the answer, into the value at ref, as the options of the call say: strictly
// or leniently, with or without presence. Deviations go to the observers.
func (in *Incoming) Decode(data []byte, ref json.Ref) error {
	x := in.x
	found, err := decode(json.Decode, data, ref, x.mode(), x.watched())
	if err != nil {
		return in.unusable(err, data)
	}
	if len(found) > 0 && x.cfg.strict {
		return in.unusable(&DeviationError{Deviations: found}, data)
	}
	x.report(in.outer, found)
	return nil
}

// Deviates reports a deviation of the answer as a whole. The error is not nil in strict mode.
func (in *Incoming) Deviates(code json.DeviationCode, message string) error {
	found := []Deviation{{Code: code, Message: message}}
	if in.x.cfg.strict {
		return in.unusable(&DeviationError{Deviations: found}, nil)
	}
	in.x.report(in.outer, found)
	return nil
}

// Unusable makes the error of an answer that is no use, and quotes what was read of it.
func (in *Incoming) Unusable(err error, data []byte) error { return in.unusable(err, data) }

func (in *Incoming) unusable(err error, data []byte) error {
	in.x.raw.Body = data
	e := in.x.unusable(err)
	in.x.raw.Body = nil
	return e
}
