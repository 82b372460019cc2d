package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// stage is a part of a run, told by the functions that make it. The deepest of them on the stack decides.
type stage struct {
	name      string
	functions []string // ends of their names
}

var stages = []stage{
	{"load", []string{"source.(*reader).open"}},
	{"model", []string{"source.Load"}},
	{"rules", []string{"generator.(*run).rules"}},
	{"plan", []string{"generator.(*run).plan"}},
	{"emit", []string{"generator.(*run).emit"}},
	{"print", []string{"jen.(*File).Render", "emit.groupImports", "verify.printFiles"}},
	{"parse and audit", []string{"generator.(*run).verify", "generator.(*run).hand"}},
	{"type-check", []string{"verify.(*session).check"}},
	{"runtime", []string{"generator.(*run).runtime"}},
	{"other", []string{"generator.Run"}},
	{"collector", []string{"runtime.gcBgMarkWorker", "runtime.bgsweep", "runtime.bgscavenge"}},
}

// rest is what belongs to no stage: the program itself, and the Go runtime.
const rest = "outside"

// stageOf finds the stage of a function.
func stageOf(function string) (string, bool) {
	for _, s := range stages {
		for _, f := range s.functions {
			if strings.HasSuffix(function, "/"+f) || function == f {
				return s.name, true
			}
		}
	}
	return "", false
}

// byStage adds up what go tool pprof -traces prints: stacks, the value of each before its innermost function, the functions
// below one another, and rules of dashes between stacks.
func byStage(traces []byte) (map[string]float64, error) {
	sums := map[string]float64{}
	value, at := 0.0, rest
	end := func() {
		if value != 0 {
			sums[at] += value
		}
		value, at = 0, rest
	}
	lines := bufio.NewScanner(bytes.NewReader(traces))
	lines.Buffer(nil, 1<<20)
	begun := false
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if strings.HasPrefix(line, "-----") {
			end()
			begun = true
			continue
		}
		if !begun || line == "" {
			continue
		}
		function := line
		if first, more, ok := strings.Cut(line, " "); ok && value == 0 {
			v, err := strconv.ParseFloat(strings.TrimRight(first, "msMBk"), 64)
			if err != nil {
				continue // a label of the stack
			}
			value, function = v, strings.TrimSpace(more)
		}
		function = strings.TrimSuffix(function, " (inline)")
		if name, ok := stageOf(function); ok && at == rest {
			at = name
		}
	}
	end()
	if !begun {
		return nil, fmt.Errorf("no stacks in what go tool pprof printed")
	}
	return sums, lines.Err()
}

// table prints what each stage takes, for one of so many rounds: CPU in milliseconds, memory in kilobytes.
func table(w io.Writer, cpu, memory map[string]float64, rounds int) {
	total := func(m map[string]float64) (sum float64) {
		for _, v := range m {
			sum += v
		}
		return max(sum, 1e-9)
	}
	cpuTotal, memoryTotal := total(cpu), total(memory)
	row := func(name string, c, m float64) {
		fmt.Fprintf(w, "%-16s %8.0f ms %5.1f %% %9.1f MB %5.1f %%\n", name, c/float64(rounds), 100*c/cpuTotal, m/1024/float64(rounds), 100*m/memoryTotal)
	}
	fmt.Fprintf(w, "%-16s %11s %7s %12s %7s\n", "stage", "CPU", "", "allocated", "")
	for _, s := range stages {
		row(s.name, cpu[s.name], memory[s.name])
	}
	row(rest, cpu[rest], memory[rest])
	row("all", cpuTotal, memoryTotal)
}
