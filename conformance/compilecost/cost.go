package main

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
)

// cost is what a package cost to compile, and what became of it: its functions and its archive, in bytes.
type cost struct {
	scratch.Usage
	text, archive int64
}

// takeTurns compiles what the contenders import, and then them, in turns. Each is told.
func takeTurns(ctx context.Context, contenders []*contender, rounds int, told func(*contender, cost)) error {
	for _, c := range contenders {
		if _, err := c.build(ctx, filepath.Join(filepath.Dir(c.dir), c.name+".a")); err != nil {
			return err
		}
	}
	for range rounds {
		for _, c := range contenders {
			cost, err := measure(ctx, c)
			if err != nil {
				return err
			}
			told(c, cost)
		}
	}
	return nil
}

// measure compiles a package that nobody has compiled yet.
func measure(ctx context.Context, c *contender) (cost, error) {
	fresh := "package client\n\nconst fresh = " + strconv.Quote(rand.Text()) + "\n"
	if err := os.WriteFile(filepath.Join(c.dir, "fresh.go"), []byte(fresh), 0o666); err != nil {
		return cost{}, err
	}
	archive := filepath.Join(filepath.Dir(c.dir), c.name+".a")
	usage, err := c.build(ctx, archive)
	if err != nil {
		return cost{}, err
	}
	info, err := os.Stat(archive)
	if err != nil {
		return cost{}, err
	}
	text, err := textSize(ctx, archive)
	return cost{Usage: usage, text: text, archive: info.Size()}, err
}

// textSize adds up the functions of an archive.
func textSize(ctx context.Context, archive string) (int64, error) {
	return textOf(ctx, archive, func(string) bool { return true })
}

// textOf adds up the functions of an archive whose names are chosen.
func textOf(ctx context.Context, archive string, chosen func(name string) bool) (int64, error) {
	out, _, err := scratch.Run(ctx, "", nil, "go", "tool", "nm", "-size", archive)
	if err != nil {
		return 0, err
	}
	var size int64
	for line := range strings.Lines(out) {
		f := strings.Fields(line)
		if len(f) < 4 || !strings.EqualFold(f[2], "t") || !chosen(strings.Join(f[3:], " ")) {
			continue
		}
		n, err := strconv.ParseInt(f[1], 10, 64)
		if err != nil {
			return 0, err
		}
		size += n
	}
	return size, nil
}
