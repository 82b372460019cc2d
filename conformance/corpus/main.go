// Corpus generates a client of each document of a folder and says what came of it: every operation must be there, the
// output must build, vet, and be the same on one processor as on all. It measures what that costs.
//
//	go run ./conformance/corpus -dir DIR [-only a,b] [-json] [-build=false] [-peer DIR] [-keep]
//
// DIR holds an index.json, or OpenAPI documents at its top. The exit status is 1 if a document fails.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
	"github.com/pantograph-go/pantograph/conformance/internal/spec"
)

type options struct {
	dir  string
	only []string
	json bool
	keep bool
	load string
	peer string
	one  worker
	steps
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	opt, err := parse(os.Args[1:])
	if err != nil {
		os.Exit(2)
	}
	switch {
	case opt.load != "":
		err = plainLoad(opt.load)
	case opt.one.Name != "":
		err = json.NewEncoder(os.Stdout).Encode(opt.prover().prove(ctx, opt.one.Entry))
	default:
		err = run(ctx, opt, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func parse(args []string) (options, error) {
	var opt options
	var only string
	flags := flag.NewFlagSet("corpus", flag.ContinueOnError)
	flags.StringVar(&opt.dir, "dir", ".", "the folder of the documents")
	flags.StringVar(&only, "only", "", "their names, separated by commas (default: all)")
	flags.BoolVar(&opt.json, "json", false, "print JSON lines instead of a table")
	flags.BoolVar(&opt.build, "build", true, "build and vet the output")
	flags.BoolVar(&opt.again, "again", true, "generate a second time, on one processor, and compare")
	flags.BoolVar(&opt.keep, "keep", false, "keep the scratch module")
	flags.StringVar(&opt.peer, "peer", "", "compare with oapi-codegen, which the module in this folder pins")
	flags.StringVar(&opt.load, "load", "", "for its own use: load this JSON document with kin-openapi, and no more")
	flags.Var(&opt.one, "one", "for its own use: prove one document, and print the result as JSON")
	if err := flags.Parse(args); err != nil {
		return opt, err
	}
	if only != "" {
		opt.only = strings.FieldsFunc(only, func(r rune) bool { return r == ',' || r == ' ' })
	}
	return opt, nil
}

func run(ctx context.Context, opt options, w io.Writer) error {
	entries, err := spec.Folder(opt.dir, opt.only)
	if err != nil {
		return err
	}
	module, err := scratch.New()
	if err != nil {
		return err
	}
	if opt.keep {
		fmt.Fprintln(os.Stderr, "the scratch module is", module.Dir)
	} else {
		defer module.Remove()
	}
	opt.one.Module = module.Dir
	if opt.one.Generator, err = scratch.Generator(ctx, module.Dir); err != nil {
		return err
	}
	if opt.build {
		if err := warm(ctx, module); err != nil {
			return err
		}
	}
	var libraries scratch.Usage
	if opt.peer != "" {
		with := peerIn(module.Dir)
		err := with.Prepare(ctx, opt.peer)
		if err == nil && opt.build {
			libraries, err = with.Libraries(ctx)
		}
		if err != nil {
			return err
		}
	}
	out := newTable(w, opt.json)
	for _, e := range entries {
		r, err := opt.start(ctx, e)
		if err == nil {
			if r.Peer != nil {
				r.Peer.Libraries = libraries
			}
			err = out.row(r)
		}
		if err != nil {
			return err
		}
	}
	return out.end()
}
