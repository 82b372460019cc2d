// Command demo shows what pantograph does: it generates a client from the curated documents, and
// uses one against a fake service. It needs nothing but Go.
package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	"github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling/autoscalingtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, ".", &narrator{out: os.Stdout, color: terminal(os.Stdout)}); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// run prints the demo. Root is the folder of the project.
func run(ctx context.Context, root string, n *narrator) error {
	fmt.Fprintf(n.out, "\n%s\n\n", n.style("1", "pantograph draws Go clients after API documents."))
	if err := n.generation(root); err != nil {
		return err
	}
	server, err := newCloud()
	if err != nil {
		return err
	}
	client, err := server.Client(as.WithProjectID("demo"))
	if err != nil {
		return err
	}
	d := &demo{n, server, client}
	for _, step := range []func(context.Context) error{d.creation, d.listing, d.refusal, d.missing, d.signing, d.otherClouds} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := n.packs(ctx, root); err != nil {
		return err
	}
	n.heading("Now yours")
	n.prose(`README.md leads from your own API document to a working call in five minutes. The program of these pages is conformance/demo/steps.go.`)
	return nil
}

// demo is a client and the service it talks to.
type demo struct {
	*narrator
	server *autoscalingtest.Server
	client *as.Client
}

func (d *demo) creation(ctx context.Context) error {
	d.heading("Create a group")
	d.prose(`The same client is checked in under generated/. Its test package has a fake service that keeps what it is told and
		answers as the cloud does.`)
	return d.show("create", func(out io.Writer) error {
		if err := create(ctx, d.client, out); err != nil {
			return err
		}
		sent := d.server.Requests()
		last := sent[len(sent)-1]
		fmt.Fprintf(out, "sent %s %s\n%s\n", last.Method, last.Path, last.Body)
		return nil
	})
}

func (d *demo) listing(ctx context.Context) error {
	d.heading("List groups, however many pages there are")
	d.prose(`The document says how the list is paged, so the client has an iterator. It makes the requests it needs, and no more.`)
	before := len(d.server.Requests())
	return d.show("list", func(out io.Writer) error {
		if err := list(ctx, d.client, out); err != nil {
			return err
		}
		for _, r := range d.server.Requests()[before:] {
			fmt.Fprintf(out, "sent %s %s?%s\n", r.Method, r.Path, r.RawQuery)
		}
		return nil
	})
}

func (d *demo) refusal(ctx context.Context) error {
	d.heading("Hear about mistakes before the server does")
	d.prose(`What the reference demands is checked before anything is sent: all of it at once, with the place in the request, the limit, and
		where the reference says so.`)
	before := len(d.server.Requests())
	return d.show("refuse", func(out io.Writer) error {
		if err := refuse(ctx, d.client, out); err != nil {
			return err
		}
		fmt.Fprintf(out, "requests sent: %d\n", len(d.server.Requests())-before)
		return nil
	})
}

func (d *demo) missing(ctx context.Context) error {
	d.heading("Ask what an error means, not which number it has")
	d.prose(`This service reports a missing group with status 400 and a code of its own. The document knows the codes.`)
	return d.show("miss", func(out io.Writer) error { return miss(ctx, d.client, out) })
}

func (d *demo) signing(ctx context.Context) error {
	d.heading("See a signed request without sending it")
	d.prose(`A dry run does everything but send: region, project, validation, signature. This one changes one field of a group, so one member is sent.`)
	return d.show("sign", func(out io.Writer) error { return sign(ctx, out) })
}

func (d *demo) otherClouds(ctx context.Context) error {
	d.heading("Think in groups, not in calls: Open Telekom Cloud")
	d.prose(`The document declares what a group is and when it is ready, so there are handles, waits and deletions in order.`)
	if err := d.show("telekom", func(out io.Writer) error { return telekom(ctx, out) }); err != nil {
		return err
	}
	d.heading("Change one thing of what can only be replaced: Rackspace")
	d.prose(`This service takes whole configurations. The client reads what there is, lets you change it, and sends all of it.`)
	return d.show("rackspace", func(out io.Writer) error { return rackspace(ctx, out) })
}

// show prints the code of a step, runs it, and prints what it printed.
func (n *narrator) show(function string, run func(io.Writer) error) error {
	if err := n.code(function); err != nil {
		return err
	}
	var out bytes.Buffer
	err := run(&out)
	n.result(strings.TrimRight(out.String(), "\n"))
	return err
}
