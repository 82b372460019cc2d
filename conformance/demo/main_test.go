package main

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestDemoTellsWhatHappens(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.Context(), "../..", &narrator{out: &out}); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	for _, want := range []string{
		"for       71 operations on ",
		"again     0 written",
		"with the committed ones: all equal",
		"created 00000000-0000-4000-8000-000000000001",
		`"min_instance_number":0`,
		"g-6  video",
		"?start_number=6&limit=3",
		"max_instance_number must be at most 300",
		"networks is required",
		"requests sent: 0",
		"AS.2007",
		"Authorization: SDK-HMAC-SHA256 Access=DEMOACCESSKEY",
		`{"scaling_group_name":"web-2"}`,
		"web has 3 servers",
		`1. group ("00000000-0000-4000-8000-000000000001"): deleted`,
		`"metadata":{"owner":"me","team":"blue"}`,
		"docs/index.html  ",
		"autoscaling policies execute",
		"current_instance_number: 3",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the demo does not print %q", want)
		}
	}
	for line := range strings.Lines(page) {
		if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > width {
			t.Errorf("%d columns are too many: %s", n, line)
		}
		if strings.Contains(line, "\x1b") {
			t.Errorf("no terminal watches, and there are colors: %q", line)
		}
	}
	if page[len(page)-1] != '\n' || strings.Contains(page, "\n\n\n") {
		t.Error("the page has empty lines too many, or no end")
	}
}
