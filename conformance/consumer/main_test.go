package main

import (
	"context"
	"strings"
	"testing"
)

const want = `in: 1 Ada available
in: 2 Bo available
in: 3 Cleo available
here: Ada 4.5 2026-03-01 [small]
here: Bo 4.5 2026-03-01 [small]
here: Cleo 4.5 2026-03-01 [small]
changed: Ada 4.5 "" []
wrong: name must have at least 1 character
wrong: weight must be greater than 0 kg
sold twice: true
gone: true
`

func TestConsumerRuns(t *testing.T) {
	var out strings.Builder
	if err := run(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	if out.String() != want {
		t.Errorf("the program prints\n%s\ninstead of\n%s", out.String(), want)
	}
}
