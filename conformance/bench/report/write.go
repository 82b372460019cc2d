package main

import (
	"bytes"
	"fmt"
	"html"
	"strings"
)

// ours is the contender that all are compared with.
const ours = "pantograph"

// table shows the CPU time of an operation, how much longer others take, and the allocations.
func table(g *group) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "\n| | %s |\n|---|%s\n", strings.Join(g.payloads, " | "), strings.Repeat("---|", len(g.payloads)))
	for _, c := range g.contenders {
		row := make([]string, len(g.payloads))
		for i, p := range g.payloads {
			row[i] = cell(g, p, c)
		}
		fmt.Fprintf(&b, "| %s | %s |\n", c, strings.Join(row, " | "))
	}
	b.WriteByte('\n')
	return b.Bytes()
}

func cell(g *group, payload, contender string) string {
	if kept, ok := g.median(payload, contender, "MB-kept"); ok {
		return fmt.Sprintf("%.1f MB", kept)
	}
	took, ok := g.median(payload, contender, "cpu-ns/op")
	if !ok {
		return ""
	}
	text := duration(took)
	if base, ok := g.median(payload, ours, "cpu-ns/op"); ok && contender != ours {
		text += fmt.Sprintf(" (%.*fx)", places(took/base), took/base)
	}
	for _, unit := range []string{"MB-peak", "MB-text", "MB-archive"} {
		if size, ok := g.median(payload, contender, unit); ok {
			text += fmt.Sprintf(", %.*f MB %s", decimals[unit], size, strings.TrimPrefix(unit, "MB-"))
		}
	}
	if allocs, ok := g.median(payload, contender, "allocs/op"); ok {
		text += fmt.Sprintf(", %.0f allocs", allocs)
	}
	if bytes, ok := g.median(payload, contender, "B/op"); ok && bytes >= 10_000 {
		text += fmt.Sprintf(", %.0f KB", bytes/1000)
	}
	return text
}

// places are the decimals of a ratio.
func places(ratio float64) int {
	if ratio < 0.1 {
		return 2
	}
	return 1
}

// decimals are those of sizes in MB.
var decimals = map[string]int{"MB-peak": 0, "MB-text": 2, "MB-archive": 1}

func duration(ns float64) string {
	switch {
	case ns < 10_000:
		return fmt.Sprintf("%.0f ns", ns)
	case ns < 100_000_000:
		return fmt.Sprintf("%.0f µs", ns/1000)
	}
	return fmt.Sprintf("%.2f s", ns/1e9)
}

// machine says where and how often was measured.
func machine(r *results) []byte {
	rounds := 0
	for _, all := range r.rounds {
		rounds = max(rounds, len(all))
	}
	return fmt.Appendf(nil, "\n%s, %s/%s; %d rounds.\n\n", r.about["cpu"], r.about["goos"], r.about["goarch"], rounds)
}

// plot draws how much longer others take than we do, as bars.
func plot(g *group) []byte {
	const left, width, bar, gap, head = 150, 520, 14, 26, 30
	type line struct {
		label string
		ratio float64
	}
	var b bytes.Buffer
	y, most := head, 1.0
	lines := map[string][]line{}
	for _, p := range g.payloads {
		base, ok := g.median(p, ours, "cpu-ns/op")
		if !ok {
			continue
		}
		for _, c := range g.contenders {
			if took, ok := g.median(p, c, "cpu-ns/op"); ok {
				lines[p] = append(lines[p], line{c, took / base})
				most = max(most, took/base)
			}
		}
	}
	for _, p := range g.payloads {
		if len(lines[p]) == 0 {
			continue
		}
		fmt.Fprintf(&b, "<text x=\"4\" y=\"%d\" class=\"p\">%s</text>\n", y, html.EscapeString(p))
		y += 6
		for _, l := range lines[p] {
			class := "o"
			if l.label == ours {
				class = "u"
			}
			w := int(l.ratio / most * width)
			fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" class=\"c\">%s</text><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" class=\"%s\"/><text x=\"%d\" y=\"%d\">%.1f</text>\n",
				left-6, y+bar-3, html.EscapeString(l.label), left, y, max(w, 1), bar-2, class, left+w+5, y+bar-3, l.ratio)
			y += bar
		}
		y += gap
	}
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11">
<style>text{fill:#555}.p{font-weight:bold}.c{text-anchor:end}.o{fill:#9aa7b5}.u{fill:#c2571a}</style>
<title>%s: CPU time, in multiples of a generated client's</title>
%s</svg>
`, left+width+60, y, html.EscapeString(g.title), b.Bytes())
}
