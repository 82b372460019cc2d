// Command compilecost says what it costs to compile clients: of a synthetic document of 500 schemas and operations, by
// pantograph and by oapi-codegen, beside plain structs. The packages that a client needs are compiled before.
//
//	go run ./conformance/compilecost [-schemas N] [-rounds N] [-peer DIR]
//
// It prints lines as benchmarks do.
package main

import (
	"context"
	"crypto/rand"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/conformance/internal/peer"
	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
)

func main() {
	schemas := flag.Int("schemas", 500, "how many")
	rounds := flag.Int("rounds", 3, "how often each is compiled, in turns")
	from := flag.String("peer", "conformance/peers", "the `folder` of the module that pins oapi-codegen")
	flag.Parse()
	if err := run(context.Background(), *schemas, *rounds, *from); err != nil {
		log.Fatal(err)
	}
}

// contender is a package to compile: its folder, and how.
type contender struct {
	name, dir string
	build     func(ctx context.Context, output string) (scratch.Usage, error)
}

func run(ctx context.Context, schemas, rounds int, from string) error {
	module, err := scratch.New()
	if err != nil {
		return err
	}
	defer module.Remove()
	contenders, err := prepare(ctx, module, schemas, from)
	if err != nil {
		return err
	}
	for _, c := range contenders { // what it imports is compiled
		if _, err := c.build(ctx, ""); err != nil {
			return err
		}
	}
	for range rounds {
		for _, c := range contenders {
			if err := measure(ctx, c); err != nil {
				return err
			}
		}
	}
	return nil
}

func prepare(ctx context.Context, module *scratch.Module, schemas int, from string) ([]contender, error) {
	doc := filepath.Join(module.Dir, "synthetic.json")
	plain := filepath.Join(module.Dir, "plain")
	if err := os.Mkdir(plain, 0o777); err != nil {
		return nil, err
	}
	for name, text := range map[string]string{doc: document(schemas), filepath.Join(plain, "client.go"): structs(schemas)} {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			return nil, err
		}
	}
	generator, err := scratch.Generator(ctx, module.Dir)
	if err != nil {
		return nil, err
	}
	ours := filepath.Join(module.Dir, "ours")
	if _, _, err := scratch.Run(ctx, module.Dir, nil, generator, "gen", "-spec", doc, "-out", ours, "-package", "client", "-import", scratch.Path+"/ours"); err != nil {
		return nil, err
	}
	theirs := filepath.Join(module.Dir, "peers")
	oapicodegen := peer.In(theirs)
	if err := oapicodegen.Prepare(ctx, from); err != nil {
		return nil, err
	}
	if _, err := oapicodegen.Generate(ctx, "client", doc); err != nil {
		return nil, err
	}
	in := func(dir string) func(context.Context, string) (scratch.Usage, error) {
		return func(ctx context.Context, output string) (scratch.Usage, error) {
			args := []string{"build"}
			if output != "" {
				args = append(args, "-o", output)
			}
			return module.Go(ctx, append(args, "./"+filepath.Base(dir))...)
		}
	}
	return []contender{
		{"pantograph", ours, in(ours)},
		{"plain-structs", plain, in(plain)},
		{"oapi-codegen", filepath.Join(theirs, "client"), func(ctx context.Context, output string) (scratch.Usage, error) {
			return oapicodegen.Build(ctx, "client", output)
		}},
	}, nil
}

// measure compiles a package that nobody has compiled yet.
func measure(ctx context.Context, c contender) error {
	fresh := "package client\n\nconst fresh = " + strconv.Quote(rand.Text()) + "\n"
	if err := os.WriteFile(filepath.Join(c.dir, "fresh.go"), []byte(fresh), 0o666); err != nil {
		return err
	}
	archive := filepath.Join(filepath.Dir(c.dir), c.name+".a")
	usage, err := c.build(ctx, archive)
	if err != nil {
		return err
	}
	info, err := os.Stat(archive)
	if err != nil {
		return err
	}
	text, err := textSize(ctx, archive)
	if err != nil {
		return err
	}
	fmt.Printf("BenchmarkCompile/synthetic/%s 1 %d cpu-ns/op %.1f MB-peak %.2f MB-text %.1f MB-archive\n", c.name, usage.CPU.Nanoseconds(), mb(usage.Memory), mb(text), mb(info.Size()))
	return nil
}

func mb(bytes int64) float64 { return float64(bytes) / 1e6 }

// textSize adds up the functions of an archive.
func textSize(ctx context.Context, archive string) (int64, error) {
	out, _, err := scratch.Run(ctx, "", nil, "go", "tool", "nm", "-size", archive)
	if err != nil {
		return 0, err
	}
	var size int64
	for line := range strings.Lines(out) {
		f := strings.Fields(line)
		if len(f) >= 4 && strings.EqualFold(f[2], "t") {
			n, err := strconv.ParseInt(f[1], 10, 64)
			if err != nil {
				return 0, err
			}
			size += n
		}
	}
	return size, nil
}
