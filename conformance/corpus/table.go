package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
)

// table prints results as they come, and what they come to.
type table struct {
	w        io.Writer
	json     bool
	results  []*result
	warnings map[string]int
}

func newTable(w io.Writer, json bool) *table {
	return &table{w: w, json: json, warnings: map[string]int{}}
}

const header = "document                    operations methods  warnings  stated typed %  lines/op   gen s   MB  x kin  runtime s  build s    MB   vet s program MB\n"

func (t *table) row(r *result) error {
	if t.json {
		t.results = append(t.results, r)
		return json.NewEncoder(t.w).Encode(r)
	}
	if len(t.results) == 0 {
		if _, err := io.WriteString(t.w, header); err != nil {
			return err
		}
	}
	t.results = append(t.results, r)
	warned := 0
	for code, n := range r.Warnings {
		warned += n
		t.warnings[code] += n
	}
	_, err := fmt.Fprintf(t.w, "%-28s %4d/%-4d %7d %9d %7d %7.1f %9.0f %7.2f %4d %6.1f %10.2f %8.2f %5d %7.2f %10.1f\n", r.Name, r.Generated, r.Operations, r.Methods, warned, r.Typed.Stated,
		r.Typed.Share(), r.perOperation(), r.Generation.CPU.Seconds(), r.Generation.Memory>>20, r.ratio(), r.Runtime.CPU.Seconds(), r.Build.CPU.Seconds(), r.Build.Memory>>20, r.Vet.CPU.Seconds(), float64(r.Program)/(1<<20))
	if r.Peer != nil && err == nil {
		_, err = io.WriteString(t.w, r.comparison())
	}
	for _, f := range r.Failures {
		if err == nil {
			_, err = fmt.Fprintf(t.w, "    FAIL %s\n", strings.ReplaceAll(f, "\n", "\n         "))
		}
	}
	return err
}

// comparison is a line about the peer.
func (r *result) comparison() string {
	p := r.Peer
	s := fmt.Sprintf("    oapi-codegen: gen %.2f s, build %.2f s %d MB", p.Generation.CPU.Seconds(), p.Build.CPU.Seconds(), p.Build.Memory>>20)
	if p.Fails != "" {
		return s + ", fails to " + p.Fails + "\n"
	}
	s += fmt.Sprintf("; ours costs %.2f and %.2f of that", quotient(r.Generation, p.Generation), quotient(r.Build, p.Build))
	if p.Libraries.CPU > 0 {
		s += fmt.Sprintf(", the build %.2f with our runtime and its libraries", quotient(both(r.Build, r.Runtime), both(p.Build, p.Libraries)))
	}
	return s + "\n"
}

// both is what two programs cost, one after the other.
func both(a, b scratch.Usage) scratch.Usage {
	return scratch.Usage{CPU: a.CPU + b.CPU, Memory: max(a.Memory, b.Memory)}
}

// quotient is one CPU time in units of another; 0 when there is none.
func quotient(a, b scratch.Usage) float64 {
	if b.CPU == 0 {
		return 0
	}
	return a.CPU.Seconds() / b.CPU.Seconds()
}

// perOperation is how many lines an operation costs.
func (r *result) perOperation() float64 { return float64(r.Lines) / float64(max(r.Operations, 1)) }

// ratio is what generation costs, less 0.3 s, in loads of the document.
func (r *result) ratio() float64 {
	if r.Load.CPU == 0 {
		return 0
	}
	return (r.Generation.CPU.Seconds() - 0.3) / r.Load.CPU.Seconds()
}

// end prints the sums, and says whether a document failed.
func (t *table) end() error {
	failed := 0
	for _, r := range t.results {
		if len(r.Failures) > 0 {
			failed++
		}
	}
	if !t.json {
		if err := t.sums(failed); err != nil {
			return err
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d documents fail", failed, len(t.results))
	}
	return nil
}

func (t *table) sums(failed int) error {
	var b strings.Builder
	var all typed
	operations, generated := 0, 0
	var lines []float64
	for _, r := range t.results {
		operations, generated = operations+r.Operations, generated+r.Generated
		all.Stated, all.Raw = all.Stated+r.Typed.Stated, all.Raw+r.Typed.Raw
		if r.Operations > 0 && r.Lines > 0 {
			lines = append(lines, r.perOperation())
		}
	}
	fmt.Fprintf(&b, "\n%d of %d documents, %d of %d operations\n", len(t.results)-failed, len(t.results), generated, operations)
	fmt.Fprintf(&b, "%d of %d fields, parameters and bodies that state a type have one in Go: %.2f %%\n", all.Stated-all.Raw, all.Stated, all.Share())
	if len(lines) > 0 {
		slices.Sort(lines)
		fmt.Fprintf(&b, "%.0f lines of Go an operation, in the median of the documents\n", lines[len(lines)/2])
	}
	b.WriteString("build: CPU of the package alone, what it needs of its runtime compiled before; runtime: of that, which is compiled once\n")
	for _, r := range t.results {
		if p := r.Peer; p != nil && p.Libraries.CPU > 0 {
			fmt.Fprintf(&b, "the libraries of oapi-codegen's output, compiled before: %.2f s\n", p.Libraries.CPU.Seconds())
			break
		}
	}
	b.WriteString("x kin: CPU of generation less 0.3 s, in plain loads of the same document by kin-openapi\n\nwarnings\n")
	codes := slices.SortedFunc(maps.Keys(t.warnings), func(x, y string) int {
		if d := t.warnings[y] - t.warnings[x]; d != 0 {
			return d
		}
		return strings.Compare(x, y)
	})
	for _, code := range codes {
		fmt.Fprintf(&b, "%6d %s\n", t.warnings[code], code)
	}
	_, err := io.WriteString(t.w, b.String())
	return err
}
