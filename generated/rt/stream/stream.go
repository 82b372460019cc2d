// Package stream reads answers that come piece by piece: server-sent events and sequences of JSON texts.
//
// The generated methods return iterators. Each loop over one makes a request of its own; it ends with the
// stream, with the first error, which it yields, or when the loop is left. Then the answer is closed and
// nothing stays behind.
//
// A stream may be endless. What has to be in memory at once, an event or a text, is bounded by
// rt.WithMaxResponseSize, and the wait for more by rt.WithIdleTimeout.
package stream

import (
	"context"
	"errors"
	"io"
	"iter"
	"mime"
	"slices"
	"strconv"

	"github.com/pantograph-go/pantograph/generated/rt"
	"github.com/pantograph-go/pantograph/generated/rt/json"
)

// Format cuts an answer into the JSON texts of its items and hands them to each. The text is only valid
// until each returns. An error of each ends the reading and is returned.
type Format struct {
	media []string // without parameters
	read  func(in *rt.Incoming, each func(text []byte) error) error
}

// errStop is what each returns when the loop was left.
var errStop = errors.New("the loop was left")

// Items iterates over an answer, each item in a value of its own.
func Items[T any](ctx context.Context, c *rt.Client, call *rt.Call, f Format, ref func(*T) json.Ref) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		err := f.run(ctx, c, call, func(in *rt.Incoming, text []byte) error {
			v := new(T)
			if err := in.Decode(text, ref(v)); err != nil {
				return err
			}
			if !yield(v, nil) {
				return errStop
			}
			return nil
		})
		if err != nil {
			yield(nil, err)
		}
	}
}

// Values is Items for what is no struct.
func Values[T any](ctx context.Context, c *rt.Client, call *rt.Call, f Format, ref func(*T) json.Ref) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for v, err := range Items(ctx, c, call, f, ref) {
			if v == nil {
				v = new(T)
			}
			if !yield(*v, err) {
				return
			}
		}
	}
}

// run makes the request and reads the answer. It returns nil when the loop was left.
func (f Format) run(ctx context.Context, c *rt.Client, call *rt.Call, each func(in *rt.Incoming, text []byte) error) error {
	in, err := c.Begin(ctx, call)
	if err != nil {
		return err
	}
	defer in.Close()
	if in.Size() == 0 {
		return nil
	}
	if err := f.labelled(in); err != nil {
		return err
	}
	err = f.read(in, func(text []byte) error { return each(in, text) })
	if errors.Is(err, errStop) {
		return nil
	}
	return err
}

// labelled looks at the media type of an answer. One that is certainly no stream is an error: read as
// events, it would be a stream of none.
func (f Format) labelled(in *rt.Incoming) error {
	label := in.Header().Get("Content-Type")
	media, _, _ := mime.ParseMediaType(label)
	switch {
	case slices.Contains(f.media, media):
		return nil
	case media == "text/html", slices.Contains(f.media, eventStream) && json.IsMediaType(media):
		head := make([]byte, 256)
		n, _ := io.ReadFull(in, head)
		return in.Unusable(rt.ErrContentType, head[:n])
	}
	return in.Deviates(rt.OtherMediaType, "the media type of the stream is "+strconv.Quote(label))
}
