package main

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
)

// expectation is a failure that is known. One line of the list:
//
//	document | METHOD /path | kind | reason
//
// A path that ends in * stands for all that begin so, and * for every operation.
type expectation struct {
	document, operation, kind, reason string
	line                              int
	met                               int
	ours                              bool // to be mended
}

// parseExpectations reads a list. Lines that begin with # are comments.
func parseExpectations(r io.Reader) ([]*expectation, error) {
	var out []*expectation
	scanner := bufio.NewScanner(r)
	for n := 1; scanner.Scan(); n++ {
		line := strings.TrimSpace(scanner.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.SplitN(line, "|", 4)
		if len(parts) != 4 || slices.ContainsFunc(parts, func(p string) bool { return strings.TrimSpace(p) == "" }) {
			return nil, fmt.Errorf("line %d is no expectation: %s", n, line)
		}
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		out = append(out, &expectation{document: parts[0], operation: parts[1], kind: parts[2], reason: parts[3], line: n})
	}
	return out, scanner.Err()
}

// meets reports whether a failure is one that is expected, and remembers it.
func meets(list []*expectation, document, operation, kind string) bool {
	for _, e := range list {
		if e.document != document || e.kind != kind {
			continue
		}
		prefix, any := strings.CutSuffix(e.operation, "*")
		if e.operation == operation || any && strings.HasPrefix(operation, prefix) {
			e.met++
			return true
		}
	}
	return false
}
