package diff

import (
	"fmt"
	"io"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Text prints a report for people at a terminal.
func Text(out io.Writer, r *Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s -> %s\n", r.Old.line(), r.New.line())
	fmt.Fprintf(&b, "verdict: %s\n", r.Verdict)
	for _, reason := range r.Reasons {
		fmt.Fprintf(&b, "  because %s\n", diag.Quote(reason))
	}
	if !r.Documents {
		b.WriteString("\nThe documents were not compared: outputs hold none.\n")
	} else if len(r.Changes) > 0 {
		b.WriteString("\nDocument\n")
	}
	for _, c := range r.Changes {
		fmt.Fprintf(&b, "  %-5s  %s: %s%s [%s]\n", c.Level, diag.Quote(c.Where), diag.Quote(c.Text), diag.Quote(c.values()), c.Kind)
		if c.Wire != "" {
			fmt.Fprintf(&b, "         wire: %s\n", c.Wire)
		}
		if at := c.places(); at != "" {
			fmt.Fprintf(&b, "         at %s\n", diag.Quote(at))
		}
	}
	if len(r.Go) > 0 {
		b.WriteString("\nGo API\n")
	}
	for _, c := range r.Go {
		fmt.Fprintf(&b, "  %-5s  %s\n", c.Level, diag.Quote(c.line()))
		if at := between(c.Old, c.New); at != "" {
			fmt.Fprintf(&b, "         at %s\n", diag.Quote(at))
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// line names a version.
func (v Version) line() string {
	text := diag.Quote(v.Name)
	if v.Version != "" {
		text += " (" + diag.Quote(v.Version) + ")"
	}
	if v.Generator != "" {
		text += " (by pantograph " + diag.Quote(v.Generator) + ")"
	}
	return text
}

// values are what was and what is.
func (c Change) values() string {
	switch {
	case c.Before != "" && c.After != "":
		return ": " + c.Before + " -> " + c.After
	case c.Before != "":
		return ": it was " + c.Before
	case c.After != "":
		return ": " + c.After
	}
	return ""
}

// places are where a change stands, in both versions.
func (c Change) places() string { return between(place(c.Old), place(c.New)) }

func place(p *model.Pos) string {
	if p == nil {
		return ""
	}
	return p.String()
}

func between(old, now string) string {
	switch {
	case old == "" || now == "":
		return old + now
	}
	return old + " -> " + now
}

// line is a change of the Go API, with the package it is in.
func (c GoChange) line() string {
	if c.Package == "" {
		return c.Text
	}
	return c.Package + ": " + c.Text
}
