// Wire drives the generated client of each document of a folder: every operation is called with random valid arguments,
// and a server checks each request against the document with kin-openapi, compares it with what was given, and answers with
// random valid bodies of every documented status and media type, which must come back whole.
//
// With -endpoint the judge is a server of others, which knows the document: see package live.
//
//	go run ./conformance/wire -dir DIR [-only a,b] [-op "GET /pets"] [-seed N] [-rounds N] [-json]
//
// Failures that are not ours are listed in expected.txt, each with its reason.
package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
	"github.com/pantograph-go/pantograph/conformance/internal/spec"
)

//go:embed expected.txt
var expected []byte

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, w io.Writer) error {
	set := settings{}
	flags := flag.NewFlagSet("wire", flag.ContinueOnError)
	flags.StringVar(&set.folder, "dir", ".", "the folder of the documents")
	root := flags.String("root", "", "the folder whose files they may refer to (default: their own, and the one around it)")
	only := flags.String("only", "", "their names, separated by commas (default: all)")
	flags.StringVar(&set.only, "op", "", "one operation: METHOD /path")
	flags.Uint64Var(&set.seed, "seed", 1, "of the random values")
	flags.IntVar(&set.rounds, "rounds", 3, "calls of each method, at least")
	flags.StringVar(&set.endpoint, "endpoint", "", "call a server at this URL, which judges requests by the document, instead of ours")
	name := flags.String("name", "", "what to call the one document, instead of what its file is called")
	open := flags.String("open", "", "a list of further failures, which are ours and known; those that are mended are told")
	lines := flags.Bool("json", false, "print JSON lines")
	verbose := flags.Bool("v", false, "list what was skipped and what no method asks for too")
	keep := flags.Bool("keep", false, "keep the scratch module")
	if err := flags.Parse(args); err != nil {
		return err
	}
	entries, err := spec.Folder(set.folder, strings.FieldsFunc(*only, func(r rune) bool { return r == ',' || r == ' ' }))
	if err != nil {
		return err
	}
	for i := range entries {
		entries[i].Root = *root
	}
	if *name != "" && len(entries) == 1 {
		entries[0].Name = *name
	}
	if set.endpoint == "" { // the list is about our server and its judge
		if set.expected, err = parseExpectations(bytes.NewReader(expected)); err != nil {
			return fmt.Errorf("expected.txt: %w", err)
		}
	}
	if *open != "" {
		data, err := os.ReadFile(*open)
		if err != nil {
			return err
		}
		list, err := parseExpectations(bytes.NewReader(data))
		if err != nil {
			return fmt.Errorf("%s: %w", *open, err)
		}
		for _, e := range list {
			e.ours = true
		}
		set.expected = append(set.expected, list...)
	}
	m, err := scratch.New()
	if err != nil {
		return err
	}
	if *keep {
		fmt.Fprintln(os.Stderr, "the scratch module is", m.Dir)
	} else {
		defer m.Remove()
	}
	if err := prepare(m); err != nil {
		return err
	}
	r := report{w: w, json: *lines, verbose: *verbose, set: set}
	for _, e := range entries {
		out, err := wire(ctx, m, e, set)
		if err != nil {
			return fmt.Errorf("%s: %w", e.Name, err)
		}
		if err := r.row(out); err != nil {
			return err
		}
	}
	return r.end(slices.Collect(func(yield func(string) bool) {
		for _, e := range entries {
			if !yield(e.Name) {
				return
			}
		}
	}))
}

// report prints what came of the documents.
type report struct {
	w             io.Writer
	json, verbose bool
	set           settings
	all           outcome
	failed        int
}

func (r *report) row(o *outcome) error {
	if len(o.Failures) > 0 {
		r.failed++
	}
	r.all.Operations, r.all.Called = r.all.Operations+o.Operations, r.all.Called+o.Called
	r.all.Answers, r.all.Answered = r.all.Answers+o.Answers, r.all.Answered+o.Answered
	r.all.Calls += o.Calls
	r.all.Failures = append(r.all.Failures, o.Failures...)
	if r.json {
		return json.NewEncoder(r.w).Encode(o)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-28s called %4d of %-4d operations, ", o.Name, o.Called, o.Operations)
	if r.set.endpoint == "" {
		fmt.Fprintf(&b, "%5d of %-5d answers whole, %5d calls", o.Answered, o.Answers, o.Calls)
	} else {
		fmt.Fprintf(&b, "%5d of %-5d calls accepted", o.Accepted, o.Calls)
	}
	fmt.Fprintf(&b, ", %d failures, %d expected, %d unchecked, %d skipped, %d unreached, %d impossible\n", len(o.Failures), o.Expected, o.Unchecked, len(o.Skipped), len(o.NotReached), len(o.Impossible))
	for i, f := range o.Failures {
		if i == 12 && !r.verbose {
			fmt.Fprintf(&b, "    and %d more; -v lists them\n", len(o.Failures)-i)
			break
		}
		fmt.Fprintf(&b, "    FAIL %s\n", strings.ReplaceAll(f, "\n", "\n         "))
	}
	if r.verbose {
		for _, s := range o.Skipped {
			fmt.Fprintf(&b, "    skipped %s\n", s)
		}
		for _, s := range o.NotReached {
			fmt.Fprintf(&b, "    unreached %s\n", s)
		}
		for _, s := range o.Impossible {
			fmt.Fprintf(&b, "    impossible %s\n", s)
		}
	}
	if len(o.Failures) > 0 {
		fmt.Fprintf(&b, "    again: go run ./conformance/wire -dir %s -only %s -seed %d -rounds %d -op 'METHOD /path'\n", r.set.folder, o.Name, r.set.seed, r.set.rounds)
	}
	_, err := io.WriteString(r.w, b.String())
	return err
}

// end prints the sums, and wants every expectation about the documents of the run to be needed.
func (r *report) end(names []string) error {
	if !r.json && len(names) > 1 {
		fmt.Fprintf(r.w, "\n%d of %d operations called, %d of %d answers whole, %d calls, %d failures\n",
			r.all.Called, r.all.Operations, r.all.Answered, r.all.Answers, r.all.Calls, len(r.all.Failures))
	}
	for _, e := range r.set.expected {
		if e.met > 0 || !slices.Contains(names, e.document) || r.set.only != "" {
			continue
		}
		if e.ours {
			fmt.Fprintf(r.w, "mended, and may leave its list: %s %s %s\n", e.document, e.operation, e.kind)
		} else {
			return fmt.Errorf("expected.txt:%d: nothing fails so any more", e.line)
		}
	}
	if r.failed > 0 {
		return fmt.Errorf("%d documents fail", r.failed)
	}
	return nil
}
