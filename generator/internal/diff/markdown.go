package diff

import (
	"fmt"
	"io"
	"strings"
)

// Markdown prints a report for a pull request.
func Markdown(out io.Writer, r *Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## API changes: %s\n\n%s → %s\n\n", r.Verdict, escaped(r.Old.line()), escaped(r.New.line()))
	for _, reason := range r.Reasons {
		fmt.Fprintf(&b, "- %s\n", escaped(reason))
	}
	if len(r.Changes) > 0 {
		b.WriteString("\n### Document\n\n| | Where | What | Before | After | On the wire | Place |\n|---|---|---|---|---|---|---|\n")
	}
	for _, c := range r.Changes {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s |\n", c.Level, escaped(c.Where), escaped(c.Text), escaped(c.Before), escaped(c.After), escaped(c.Wire), escaped(c.places()))
	}
	if len(r.Go) > 0 {
		b.WriteString("\n### Go API\n\n| | What | Place |\n|---|---|---|\n")
	}
	for _, c := range r.Go {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", c.Level, escaped(c.line()), escaped(between(c.Old, c.New)))
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// Changelog prints the entry for a changelog: what is new for who calls the client, what breaks first.
func Changelog(out io.Writer, r *Report) error {
	var b strings.Builder
	title := r.New.Version
	if title == "" {
		title = "next"
	}
	fmt.Fprintf(&b, "## %s\n\nThis is a %s release.\n", escaped(title), r.Verdict)
	for _, part := range []struct {
		level Level
		title string
	}{{Major, "Breaking"}, {Minor, "Added and changed"}, {Patch, "Other"}} {
		var lines []string
		for _, c := range r.Changes {
			if c.Level != part.level || c.Kind == "text-changed" {
				continue
			}
			line := c.Where + ": " + c.Text + c.values() + "."
			if c.Wire != "" {
				line += " On the wire: " + c.Wire + "."
			}
			lines = append(lines, "- "+escaped(line))
		}
		for _, c := range r.Go {
			if c.Level == part.level && part.level == Major {
				lines = append(lines, "- Go: "+escaped(c.line())+".")
			}
		}
		if len(lines) > 0 {
			fmt.Fprintf(&b, "\n### %s\n\n%s\n", part.title, strings.Join(lines, "\n"))
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// escaped is text of a document in Markdown: on one line, without a meaning of its own.
func escaped(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '<':
			b.WriteString("&lt;")
			continue
		case r == '&':
			b.WriteString("&amp;")
			continue
		case strings.ContainsRune("\\`*_[]|#!~$@", r):
			b.WriteByte('\\')
		case r < ' ' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			continue // a terminal or a reader would follow it
		}
		b.WriteRune(r)
	}
	return b.String()
}
