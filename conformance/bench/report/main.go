// Command report puts what the benchmarks measured into docs/performance.md: tables between marks, and plots.
//
// It reads the output of all rounds. A figure is the median of its rounds.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	docs := flag.String("docs", "../../docs", "the `folder` of performance.md")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("say which file holds what was measured")
	}
	if err := run(flag.Arg(0), *docs); err != nil {
		log.Fatal(err)
	}
}

func run(measured, docs string) error {
	data, err := os.ReadFile(measured)
	if err != nil {
		return err
	}
	results, err := read(data)
	if err != nil {
		return err
	}
	page := filepath.Join(docs, "performance.md")
	text, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	for _, g := range groups(results) {
		if text, err = put(text, g.name, table(g)); err != nil {
			return fmt.Errorf("%s: %w", page, err)
		}
		if len(g.contenders) < 3 {
			continue
		}
		if err := os.WriteFile(filepath.Join(docs, "performance-"+g.name+".svg"), plot(g), 0o644); err != nil {
			return err
		}
	}
	if text, err = put(text, "machine", machine(results)); err != nil {
		return fmt.Errorf("%s: %w", page, err)
	}
	return os.WriteFile(page, text, 0o644)
}

// put replaces what stands between the marks of a name.
func put(text []byte, name string, by []byte) ([]byte, error) {
	begin, end := []byte("<!-- measured: "+name+" -->\n"), []byte("<!-- end -->")
	before, rest, found := bytes.Cut(text, begin)
	if !found {
		return nil, fmt.Errorf("there is no mark %q", strings.TrimSpace(string(begin)))
	}
	_, after, found := bytes.Cut(rest, end)
	if !found {
		return nil, fmt.Errorf("nothing ends %q", strings.TrimSpace(string(begin)))
	}
	return bytes.Join([][]byte{before, begin, by, end, after}, nil), nil
}
