// Command compilecost says what it costs to compile clients: of a synthetic document of 500 schemas and operations, by
// pantograph, ogen and oapi-codegen, beside plain structs. The packages that a client needs are compiled before. Then it says what
// the validators add of those of our clients that have the most rules.
//
//	go run ./conformance/compilecost [-schemas N] [-rounds N] [-peers DIR] [-bench DIR]
//
// It prints lines as benchmarks do, but for the last.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"path/filepath"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
)

func main() {
	schemas := flag.Int("schemas", 500, "how many")
	rounds := flag.Int("rounds", 3, "how often each is compiled, in turns")
	peers := flag.String("peers", "conformance/peers", "the `folder` of the module that pins oapi-codegen")
	bench := flag.String("bench", "conformance/bench", "the `folder` of the module that pins ogen, with the configuration of its client")
	flag.Parse()
	if *rounds < 1 {
		log.Fatal("-rounds: at least 1")
	}
	if err := run(context.Background(), *schemas, *rounds, *peers, *bench); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, schemas, rounds int, peers, bench string) error {
	module, err := scratch.New()
	if err != nil {
		return err
	}
	defer module.Remove()
	doc, err := writeDocument(module, schemas)
	if err != nil {
		return err
	}
	var contenders []*contender
	for _, prepare := range []func() (*contender, error){
		func() (*contender, error) { return ours(ctx, module, doc) },
		func() (*contender, error) { return plain(ctx, module, schemas) },
		func() (*contender, error) { return ogen(ctx, filepath.Join(module.Dir, "ogen"), doc, bench) },
		func() (*contender, error) { return oapicodegen(ctx, filepath.Join(module.Dir, "peers"), doc, peers) },
	} {
		c, err := prepare()
		if err != nil {
			return err
		}
		contenders = append(contenders, c)
	}
	err = takeTurns(ctx, contenders, rounds, func(c *contender, cost cost) {
		fmt.Printf("BenchmarkCompile/synthetic/%s 1 %d cpu-ns/op %.1f MB-peak %.2f MB-text %.1f MB-archive\n",
			c.name, cost.CPU.Nanoseconds(), mb(cost.Memory), mb(cost.text), mb(cost.archive))
	})
	if err != nil {
		return err
	}
	return sayWhatValidatorsCost(ctx, module.Dir, rounds)
}

func mb(bytes int64) float64 { return float64(bytes) / 1e6 }
