// Package driver calls the methods of a generated client as it is told to, one line of JSON each way. It is copied beside the
// client that it drives, and needs nothing but the standard library.
package driver

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"reflect"
	"time"
)

// Client is what the driver needs of a generated package.
type Client struct {
	New         func(endpoint string) (any, error)
	Options     map[string]any             // call options by name
	ContentType func(mediaType string) any // the call option of that name

	File func(name string, content []byte) any // a part of a form that is a file

	Wire   any                              // how the client's test package reads what has no UnmarshalJSON; nil: it needs none
	Decode func(ref any, data []byte) error // reads JSON into what a method of Wire refers to

	Headers map[string]func() (any, any) // a struct for the header of an answer, and the call option that fills it
}

// Setup is the first line.
type Setup struct {
	Endpoint string
	Fields   map[string]map[string]string // of each struct: the Go name of each member, by its name on the wire
	Layouts  []string                     // of times, beyond the usual
}

// Command is one call.
type Command struct {
	Service     string // field of the client
	Method      string
	Args        []Arg // without the context
	Options     []string
	Header      string // name of one of the Headers
	ContentType string // where the document leaves a choice
	Timeout     time.Duration
}

// Arg is one argument. One that is not given is nil.
type Arg struct {
	Value  json.RawMessage `json:",omitempty"` // as JSON
	Fields []Field         `json:",omitempty"` // of a struct of parameters, a form
	Bytes  []byte          `json:",omitempty"` // of a stream or a text
	Given  bool            `json:",omitempty"`
}

// Field is a field of a struct that is no JSON object.
type Field struct {
	Name  string // in Go
	Value json.RawMessage
}

// Reply is what came of a call.
type Reply struct {
	Problem string // the driver could not make the call
	Error   string // of the call
	Status  int    // of an error of the API
	Detail  *Result
	Body    []byte  // of an error of the API
	Result  *Result // nil: the method returns none
	Header  json.RawMessage
}

// Result is a value that a method returned.
type Result struct {
	Type   string             // in Go
	Nil    bool               `json:",omitempty"`
	JSON   json.RawMessage    `json:",omitempty"`
	Bytes  []byte             `json:",omitempty"` // of a stream of bytes, or a text
	Stream bool               `json:",omitempty"` // JSON is the list of what a sequence yields
	Parts  map[string]*Result `json:",omitempty"` // of a result that may be one of several
	Status int                `json:",omitempty"` // of such
	Error  string             `json:",omitempty"` // it could not be read or written

	failure error // of a sequence before its first item: that of the call
}

// Main drives a client by standard input and output.
func Main(c Client) {
	if err := Serve(os.Stdin, os.Stdout, c); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Serve carries out commands until there are no more.
func Serve(r io.Reader, w io.Writer, c Client) error {
	in, out := json.NewDecoder(bufio.NewReader(r)), json.NewEncoder(w)
	var setup Setup
	if err := in.Decode(&setup); err != nil {
		return err
	}
	client, err := c.New(setup.Endpoint)
	if err != nil {
		return err
	}
	d := &driver{client: reflect.ValueOf(client), Client: c, Setup: setup}
	for {
		var cmd Command
		if err := in.Decode(&cmd); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if err := out.Encode(d.run(cmd)); err != nil {
			return err
		}
	}
}

type driver struct {
	client reflect.Value
	Client
	Setup
}

// run makes one call.
func (d *driver) run(cmd Command) (reply Reply) {
	defer func() {
		if p := recover(); p != nil {
			reply.Problem = fmt.Sprint("panic: ", p)
		}
	}()
	service := reflect.Indirect(d.client).FieldByName(cmd.Service)
	if cmd.Service == "" {
		service = d.client
	}
	if !service.IsValid() {
		return Reply{Problem: "the client has no service " + cmd.Service}
	}
	method := service.MethodByName(cmd.Method)
	if !method.IsValid() {
		return Reply{Problem: "there is no method " + cmd.Method}
	}
	ctx, cancel := context.WithTimeout(context.Background(), cmd.Timeout)
	defer cancel()
	t := method.Type()
	if t.NumIn() != len(cmd.Args)+2 {
		return Reply{Problem: fmt.Sprintf("%v takes other arguments than %d", t, len(cmd.Args))}
	}
	in := []reflect.Value{reflect.ValueOf(ctx)}
	for i, arg := range cmd.Args {
		v := reflect.New(t.In(i + 1)).Elem()
		if err := d.argument(v, arg); err != nil {
			return Reply{Problem: fmt.Sprintf("argument %d, %v: %v", i+1, v.Type(), err)}
		}
		in = append(in, v)
	}
	for _, name := range cmd.Options {
		in = append(in, reflect.ValueOf(d.Options[name]))
	}
	if cmd.ContentType != "" {
		in = append(in, reflect.ValueOf(d.ContentType(cmd.ContentType)))
	}
	var header any
	if f := d.Headers[cmd.Header]; f != nil {
		var option any
		header, option = f()
		in = append(in, reflect.ValueOf(option))
	}
	results := method.Call(in)
	if err, ok := results[len(results)-1].Interface().(error); ok && err != nil {
		reply.Error = err.Error()
		reply.failure(err)
	}
	if len(results) > 1 || results[0].Kind() == reflect.Func { // a sequence has its error within
		reply.Result = read(results[0])
		if err := reply.Result.failure; err != nil {
			reply.Error, reply.Result = err.Error(), nil
			reply.failure(err)
		}
	}
	if header != nil {
		text, err := json.Marshal(fields(reflect.ValueOf(header).Elem()))
		if err != nil {
			reply.Problem = err.Error()
		}
		reply.Header = text
	}
	return reply
}
