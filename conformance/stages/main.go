// Command stages says what each stage of the generator takes for a document, in CPU and in memory that is allocated, and
// leaves the profiles it says that from.
//
//	go run ./conformance/stages -spec api.yaml [-root DIR] [-rounds N] [-out DIR]
//
// Nothing is written but the profiles: the output stays in memory.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"syscall"

	"github.com/pantograph-go/pantograph/generator"
)

func main() {
	spec := flag.String("spec", "", "the `document`")
	root := flag.String("root", "", "the `folder` that the document may refer to; its own unless given")
	rounds := flag.Int("rounds", 3, "how often it is generated from")
	out := flag.String("out", "bin", "the `folder` of the profiles")
	flag.Parse()
	if *spec == "" {
		log.Fatal("say which document: -spec FILE")
	}
	if *root == "" {
		*root = filepath.Dir(*spec)
	}
	if err := run(context.Background(), *spec, *root, *rounds, *out, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, spec, root string, rounds int, out string, to io.Writer) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	cpu, mem := filepath.Join(out, "stages.cpu.pprof"), filepath.Join(out, "stages.mem.pprof")
	runtime.MemProfileRate = 16 << 10
	if err := profile(spec, root, rounds, cpu, mem); err != nil {
		return err
	}
	times, err := read(ctx, "-unit=ms", cpu)
	if err != nil {
		return err
	}
	allocated, err := read(ctx, "-sample_index=alloc_space", "-unit=kB", mem)
	if err != nil {
		return err
	}
	table(to, times, allocated, rounds)
	fmt.Fprintf(to, "\n%.0f MB at most in memory at once\n%s\n%s\n", peakMemory(), cpu, mem)
	return nil
}

// read adds up a profile by stage.
func read(ctx context.Context, args ...string) (map[string]float64, error) {
	text, err := exec.CommandContext(ctx, "go", append([]string{"tool", "pprof", "-traces"}, args...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("go tool pprof: %w", err)
	}
	return byStage(text)
}

// profile generates a client some times, and writes what that took.
func profile(spec, root string, rounds int, cpu, mem string) error {
	name, err := filepath.Rel(root, spec)
	if err != nil {
		return err
	}
	config := *generator.NewConfig()
	config.Root, config.Specs, config.Package, config.Import, config.Out = ".", []string{filepath.ToSlash(name)}, "client", "example.com/m/client", "client"
	files := os.DirFS(root)
	c, err := os.Create(cpu)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := pprof.StartCPUProfile(c); err != nil {
		return err
	}
	for range rounds {
		_, diagnostics := generator.Run(generator.Options{Config: config, FS: files})
		for _, d := range diagnostics {
			if d.Severity == generator.Error {
				err = errors.Join(err, errors.New(d.String()))
			}
		}
		if err != nil {
			break
		}
	}
	pprof.StopCPUProfile()
	if err != nil {
		return err
	}
	m, err := os.Create(mem)
	if err != nil {
		return err
	}
	defer m.Close()
	return pprof.Lookup("allocs").WriteTo(m, 0)
}

// peakMemory is the most that the process held, in MB.
func peakMemory() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return float64(usage.Maxrss) / 1024
}
