// Live drives generated clients against servers that nobody here wrote: Prometheus Alertmanager, with a client made of the
// document of its release; OpenStack Keystone, at which the client of the curated document logs in; and Prism, which mocks a
// document and judges requests by it.
//
//	go run ./conformance/live [-cache bin/live] [-corpus DIR] [-only alertmanager,keystone,prism]
//
// It needs apt-get, dpkg and the Python of Debian, npm, and the module proxy, once: what is downloaded stays in the cache folder.
// Nothing is installed into the system. Servers listen on free loopback ports and end with this program.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
)

// limit bounds the whole, downloads and a busy machine included.
const limit = 40 * time.Minute

type settings struct {
	cache  string // absolute
	corpus string
	only   string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var set settings
	flag.StringVar(&set.cache, "cache", "bin/live", "the folder for what is downloaded")
	flag.StringVar(&set.corpus, "corpus", "", "a folder of documents, some of which Prism mocks too")
	flag.StringVar(&set.only, "only", "", "some of the three: their names, separated by commas")
	flag.Parse()
	if err := run(ctx, set); err != nil {
		fmt.Fprintln(os.Stderr, err)
		cancel()
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, set settings) (err error) {
	if set.cache, err = filepath.Abs(set.cache); err != nil {
		return err
	}
	if err := os.MkdirAll(set.cache, 0o777); err != nil {
		return err
	}
	m, err := scratch.New()
	if err != nil {
		return err
	}
	defer m.Remove()
	parts := []struct {
		name string
		run  func(context.Context, settings, *scratch.Module) error
	}{{"alertmanager", alertmanager}, {"keystone", keystone}, {"prism", prism}}
	only := strings.FieldsFunc(set.only, func(r rune) bool { return r == ',' })
	ran := 0
	for _, part := range parts {
		if len(only) > 0 && !slices.Contains(only, part.name) {
			continue
		}
		ran++
		if failed := part.run(ctx, set, m); failed != nil {
			err = errors.Join(err, fmt.Errorf("%s: %w", part.name, failed))
		}
	}
	if ran < len(only) {
		err = errors.Join(err, fmt.Errorf("of %s, %d are no servers that are known here", set.only, len(only)-ran))
	}
	return err
}

// say prints a line of the protocol.
func say(format string, args ...any) {
	fmt.Println(strings.TrimRight(fmt.Sprintf(format, args...), "\n"))
}
