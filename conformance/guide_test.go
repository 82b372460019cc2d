package conformance

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestGuidesRun runs the program of each guide, and compares what it prints.
func TestGuidesRun(t *testing.T) {
	for _, page := range []string{"huaweicloud", "otc", "rackspace"} {
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			path := "../docs/guide/" + page + ".md"
			program, output := blocks(t, path, "go")[0], blocks(t, path, "text")[0]
			dir := t.TempDir()
			write(t, dir, "main.go", program)
			if got := run(t, ".", "go", "run", filepath.Join(dir, "main.go")); got != output {
				t.Errorf("the program prints\n%s\nand the page says\n%s", got, output)
			}
		})
	}
}

// TestCallsOfTheGuidesCompile compiles each call in the right column of the pages for those who come from elsewhere.
func TestCallsOfTheGuidesCompile(t *testing.T) {
	const scaffold = `package main

import (
	"context"
	"errors"

	as "github.com/pantograph-go/pantograph/generated/%s"
)

var (
	ctx context.Context
	err = errors.New("")
	c   *as.Client
	id  as.GroupID
	%s
)

func use(...any) {}

func main() {
%s}
`
	cloud := "configuration as.ConfigurationID\n\tids []as.ConfigurationID\n\tpolicy as.PolicyID\n\tinstance as.InstanceID"
	for page, of := range map[string][2]string{
		"from-huaweicloud-sdk":    {"huaweicloud/autoscaling", cloud},
		"from-gophertelekomcloud": {"otc/autoscaling", cloud},
		"from-otcextensions":      {"otc/autoscaling", cloud},
		"from-pyrax":              {"rackspace/autoscale", "policy as.PolicyID\n\twebhook as.WebhookID"},
	} {
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			var calls strings.Builder
			n := 0
			for _, row := range regexp.MustCompile("(?m)^\\|.*\\| `(.*)` \\|$").FindAllStringSubmatch(text(t, "../docs/guide/"+page+".md"), -1) {
				fmt.Fprintf(&calls, "\tuse(func() { a(%s) })\n", row[1])
				n++
			}
			if n < 7 {
				t.Fatalf("%d calls on the page", n)
			}
			dir := t.TempDir()
			write(t, dir, "main.go", fmt.Sprintf(scaffold, of[0], of[1], calls.String())+"\nfunc a(...any) {}\n")
			run(t, ".", "go", "vet", filepath.Join(dir, "main.go"))
		})
	}
}
