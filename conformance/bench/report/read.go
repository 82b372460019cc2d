package main

import (
	"bufio"
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// results are what was measured, by benchmark.
type results struct {
	about  map[string]string // goos, cpu and the like
	order  []string
	rounds map[string][]map[string]float64 // by benchmark: the units of each round
}

// read reads the output of go test -bench.
func read(data []byte) (*results, error) {
	r := &results{about: map[string]string{}, rounds: map[string][]map[string]float64{}}
	s := bufio.NewScanner(bytes.NewReader(data))
	for line := 1; s.Scan(); line++ {
		f := strings.Fields(s.Text())
		if len(f) >= 2 && strings.HasSuffix(f[0], ":") {
			r.about[strings.TrimSuffix(f[0], ":")] = strings.Join(f[1:], " ")
		}
		if len(f) < 4 || !strings.HasPrefix(f[0], "Benchmark") {
			continue
		}
		name, units := strings.TrimPrefix(f[0], "Benchmark"), map[string]float64{}
		if i := strings.LastIndexByte(name, '-'); i > 0 {
			if _, err := strconv.Atoi(name[i+1:]); err == nil { // how many processors there are
				name = name[:i]
			}
		}
		for i := 2; i+1 < len(f); i += 2 {
			v, err := strconv.ParseFloat(f[i], 64)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", line, err)
			}
			units[f[i+1]] = v
		}
		if r.rounds[name] == nil {
			r.order = append(r.order, name)
		}
		r.rounds[name] = append(r.rounds[name], units)
	}
	if len(r.order) == 0 {
		return nil, fmt.Errorf("nothing was measured")
	}
	return r, s.Err()
}

// median is that of the rounds of a benchmark; false where the unit was not measured.
func (r *results) median(name, unit string) (float64, bool) {
	var all []float64
	for _, round := range r.rounds[name] {
		if v, ok := round[unit]; ok {
			all = append(all, v)
		}
	}
	if len(all) == 0 {
		return 0, false
	}
	slices.Sort(all)
	if n := len(all); n%2 == 0 {
		return (all[n/2-1] + all[n/2]) / 2, true
	}
	return all[len(all)/2], true
}

// group is a benchmark with what it is run on and by.
type group struct {
	name       string // decode
	payloads   []string
	contenders []string
	results    *results
	title      string // Decode
}

func (g *group) median(payload, contender, unit string) (float64, bool) {
	return g.results.median(g.title+"/"+payload+"/"+contender, unit)
}

// groups are the benchmarks in the order they were run.
func groups(r *results) []*group {
	var out []*group
	for _, name := range r.order {
		parts := strings.Split(name, "/")
		if len(parts) != 3 {
			continue
		}
		i := slices.IndexFunc(out, func(g *group) bool { return g.title == parts[0] })
		if i < 0 {
			i = len(out)
			out = append(out, &group{name: strings.ToLower(parts[0]), title: parts[0], results: r})
		}
		for list, v := range map[*[]string]string{&out[i].payloads: parts[1], &out[i].contenders: parts[2]} {
			if !slices.Contains(*list, v) {
				*list = append(*list, v)
			}
		}
	}
	return out
}
