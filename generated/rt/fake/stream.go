package fake

import (
	"bytes"
	"encoding/json"
	"iter"
	"net/http"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generated/rt"
)

// StreamFormat is how the items of a stream are written.
type StreamFormat uint8

// The formats: what package stream of the runtime reads.
const (
	EventData   StreamFormat = iota // server-sent events, each item the data of one
	WholeEvents                     // server-sent events, each item an object of their fields
	Texts                           // JSON texts, one a line
)

// Stream answers with the items of an iterator, each as soon as it comes. An error before the first is the answer;
// a later one breaks the connection. The end, where there is one, is the data that the document ends a stream with.
func Stream[T any](x *Exchange, status int, media string, format StreamFormat, items iter.Seq2[T, error], ends ...string) {
	x.stream(status, media, func(write func([]byte) bool) error {
		for item, err := range items {
			if err != nil {
				return err
			}
			text, err := marshal(item)
			if err != nil {
				return err
			}
			switch format {
			case EventData:
				text = field(nil, "data", string(text))
			case WholeEvents:
				text = wholeEvent(text)
			}
			if !write(append(text, '\n')) {
				return nil
			}
		}
		if len(ends) > 0 {
			write(append(field(nil, "data", ends[0]), '\n'))
		}
		return nil
	})
}

// Events answers with server-sent events. See [Stream].
func Events(x *Exchange, status int, media string, events iter.Seq2[rt.ServerEvent, error]) {
	x.stream(status, media, func(write func([]byte) bool) error {
		for e, err := range events {
			if err != nil {
				return err
			}
			var b []byte
			if e.Name != "" && e.Name != "message" {
				b = field(b, "event", e.Name)
			}
			if e.ID != "" {
				b = field(b, "id", e.ID)
			}
			if e.Retry > 0 {
				b = field(b, "retry", strconv.FormatInt(e.Retry.Milliseconds(), 10))
			}
			b = field(b, "data", e.Data)
			if !write(append(b, '\n')) {
				return nil
			}
		}
		return nil
	})
}

// stream writes what a function gives it, piece by piece. Write reports whether anyone is still listening.
func (x *Exchange) stream(status int, media string, run func(write func([]byte) bool) error) {
	begin := func() {
		if !x.answered {
			x.label(media)
			x.head(x.status(status))
			_ = http.NewResponseController(x.w).Flush()
		}
	}
	err := run(func(piece []byte) bool {
		begin()
		if _, err := x.w.Write(piece); err != nil || x.r.Context().Err() != nil {
			return false
		}
		_ = http.NewResponseController(x.w).Flush()
		return true
	})
	switch {
	case err != nil && x.answered:
		panic(http.ErrAbortHandler)
	case err != nil:
		x.Error(err)
	default:
		begin()
	}
}

// field appends a field of an event, each line of its value by itself.
func field(b []byte, name, value string) []byte {
	for line := range strings.SplitSeq(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(value), "\n") {
		b = append(append(append(b, name...), ": "...), line...)
		b = append(b, '\n')
	}
	return b
}

// wholeEvent writes an object with the members event, id, retry and data as an event.
func wholeEvent(object []byte) []byte {
	var members map[string]json.RawMessage
	if json.Unmarshal(object, &members) != nil {
		return field(nil, "data", string(object))
	}
	var b []byte
	for _, name := range [...]string{"event", "id", "retry", "data"} {
		value, ok := members[name]
		if !ok || bytes.Equal(value, []byte("null")) {
			continue
		}
		text := string(value)
		if value[0] == '"' {
			_ = json.Unmarshal(value, &text)
		}
		b = field(b, name, text)
	}
	return b
}
