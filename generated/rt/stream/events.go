package stream

import (
	"bytes"
	"context"
	stdjson "encoding/json"
	"io"
	"iter"
	"slices"
	"strconv"
	"time"

	"github.com/pantograph-go/pantograph/generated/rt"
)

const eventStream = "text/event-stream"

// done is how many APIs end a stream of JSON, whether they document it or not.
const done = "[DONE]"

// Events iterates over an answer of server-sent events as they are.
func Events(ctx context.Context, c *rt.Client, call *rt.Call) iter.Seq2[rt.ServerEvent, error] {
	return func(yield func(rt.ServerEvent, error) bool) {
		f := Format{media: []string{eventStream}}
		f.read = func(in *rt.Incoming, _ func([]byte) error) error {
			return readEvents(in, func(e *event) error {
				in.Announce(e.public())
				if !yield(e.public(), nil) {
					return errStop
				}
				return nil
			})
		}
		if err := f.run(ctx, c, call, nil); err != nil {
			yield(rt.ServerEvent{}, err)
		}
	}
}

// EventData is server-sent events whose data is JSON. Data that is one of ends is the end of the stream.
func EventData(ends ...string) Format {
	return Format{[]string{eventStream}, func(in *rt.Incoming, each func([]byte) error) error {
		return readData(in, ends, func(e *event) error { return each(e.data) })
	}}
}

// WholeEvents is server-sent events as JSON objects, with the members event, id, retry and data. Data that
// is no JSON is a string.
func WholeEvents(ends ...string) Format {
	return Format{[]string{eventStream}, func(in *rt.Incoming, each func([]byte) error) error {
		return readData(in, ends, func(e *event) error { return each(e.object(stdjson.Valid(e.data))) })
	}}
}

// TextEvents is WholeEvents whose data is always a string.
func TextEvents(ends ...string) Format {
	return Format{[]string{eventStream}, func(in *rt.Incoming, each func([]byte) error) error {
		return readData(in, ends, func(e *event) error { return each(e.object(false)) })
	}}
}

// readData reads events to their documented end. Events without data say nothing.
func readData(in *rt.Incoming, ends []string, each func(*event) error) error {
	err := readEvents(in, func(e *event) error {
		switch {
		case len(e.data) == 0:
			return nil
		case slices.Contains(ends, string(e.data)):
			return io.EOF
		case string(e.data) == done:
			if err := in.Deviates(rt.UndocumentedEnd, "the stream ends with "+done); err != nil {
				return err
			}
			return io.EOF
		}
		in.Announce(e.public())
		return each(e)
	})
	if err == io.EOF {
		return nil
	}
	return err
}

// event is what the fields of an event add up to.
type event struct {
	name  string
	data  []byte
	lines int // of data
	id    string
	retry time.Duration
}

func (e *event) public() rt.ServerEvent {
	name := e.name
	if name == "" {
		name = "message"
	}
	return rt.ServerEvent{Name: name, Data: string(e.data), ID: e.id, Retry: e.retry}
}

// object is the event as a JSON object.
func (e *event) object(isJSON bool) []byte {
	b := []byte("{")
	field := func(name, value string) {
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(append(strconv.AppendQuote(b, name), ':'), value...)
	}
	quoted := func(s string) string {
		text, _ := stdjson.Marshal(s) // a string always has a JSON form
		return string(text)
	}
	if e.name != "" {
		field("event", quoted(e.name))
	}
	if e.id != "" {
		field("id", quoted(e.id))
	}
	if e.retry > 0 {
		field("retry", strconv.FormatInt(e.retry.Milliseconds(), 10))
	}
	if isJSON {
		field("data", string(e.data))
	} else {
		field("data", quoted(string(e.data)))
	}
	return append(b, '}')
}

// readEvents reads the events of an answer, as the HTML standard has it, with two liberties: an event with
// a name and no data is one, and the last needs no blank line behind it.
func readEvents(in *rt.Incoming, each func(*event) error) error {
	w := newWindow(in)
	p := parser{in: in, most: w.most, each: each}
	for bom := true; bom; {
		if err := w.more(); err == io.EOF {
			bom = false // and no event either
		} else if err != nil {
			return err
		}
		if len(w.data) >= 3 {
			w.data, bom = bytes.TrimPrefix(w.data, []byte("\xef\xbb\xbf")), false
		}
	}
	for from := 0; ; { // looked at before: the line is not complete yet
		used := 0
		for {
			i := bytes.IndexAny(w.data[used+from:], "\r\n")
			if i < 0 {
				from = len(w.data) - used
				break
			}
			end := used + from + i
			from = 0
			if err := p.line(w.data[used:end], w.data[end]); err != nil {
				return err
			}
			used = end + 1
		}
		w.drop(used)
		if err := w.more(); err == io.EOF {
			if len(w.data) > 0 {
				if err := p.line(w.data, 0); err != nil {
					return err
				}
			}
			return p.dispatch()
		} else if err != nil {
			return err
		}
	}
}

// parser makes events of lines.
type parser struct {
	in   *rt.Incoming
	each func(*event) error
	most int
	next event
	cr   bool // the line before ended with a carriage return: a line feed belongs to it
}

// line takes a line without its end, and the byte that ended it.
func (p *parser) line(line []byte, end byte) error {
	after := p.cr
	p.cr = end == '\r'
	if len(line) == 0 {
		if after && end == '\n' {
			return nil
		}
		return p.dispatch()
	}
	name, value, _ := bytes.Cut(line, []byte(":"))
	value = bytes.TrimPrefix(value, []byte(" "))
	e := &p.next
	switch string(name) {
	case "event":
		e.name = string(value)
	case "data":
		if len(e.data)+len(value) >= p.most {
			return p.in.Unusable(rt.ErrResponseTooLarge, e.data[:min(len(e.data), 256)])
		}
		if e.lines++; e.lines > 1 {
			e.data = append(e.data, '\n')
		}
		e.data = append(e.data, value...)
	case "id":
		if bytes.IndexByte(value, 0) < 0 {
			e.id = string(value)
		}
	case "retry":
		if ms, err := strconv.ParseUint(string(value), 10, 32); err == nil {
			e.retry = time.Duration(ms) * time.Millisecond
		}
	}
	return nil
}

// dispatch ends an event.
func (p *parser) dispatch() error {
	e := &p.next
	var err error
	if e.lines > 0 || e.name != "" {
		err = p.each(e)
	}
	data := e.data[:0]
	if cap(data) > 1<<16 {
		data = nil
	}
	p.next = event{id: e.id, data: data}
	return err
}
