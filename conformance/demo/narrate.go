package main

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"slices"
	"strings"
)

// width is the width of the page.
const width = 80

//go:embed steps.go
var steps string

// narrator prints the demo: numbered steps, prose, code, and what the code printed.
type narrator struct {
	out   io.Writer
	color bool // a terminal watches: headings bold, code dim
	step  int
}

// heading begins a step.
func (n *narrator) heading(title string) {
	n.step++
	fmt.Fprintf(n.out, "%s\n\n", n.style("1", fmt.Sprintf("%d. %s", n.step, title)))
}

// prose prints a paragraph, wrapped.
func (n *narrator) prose(format string, args ...any) {
	line := "  "
	for _, word := range strings.Fields(fmt.Sprintf(format, args...)) {
		if len(line)+1+len(word) > width {
			fmt.Fprintln(n.out, line)
			line = "  "
		}
		line += " " + word
	}
	fmt.Fprintf(n.out, "%s\n\n", line)
}

// code prints the body of a function of steps.go.
func (n *narrator) code(function string) error {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "steps.go", steps, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(file.Decls, func(d ast.Decl) bool {
		f, ok := d.(*ast.FuncDecl)
		return ok && f.Name.Name == function
	})
	if at < 0 {
		return fmt.Errorf("steps.go has no function %s", function)
	}
	block := file.Decls[at].(*ast.FuncDecl).Body
	body := steps[fset.Position(block.Lbrace).Offset+1 : fset.Position(block.Rbrace).Offset]
	body = strings.TrimSuffix(strings.TrimSpace(body), "\n\treturn nil")
	for line := range strings.Lines(body) {
		line = strings.TrimPrefix(strings.TrimRight(line, "\n"), "\t")
		fmt.Fprintf(n.out, "     %s\n", n.style("2", strings.ReplaceAll(line, "\t", "    ")))
	}
	fmt.Fprintln(n.out)
	return nil
}

// result prints lines that a step printed, marked and wrapped.
func (n *narrator) result(text string) {
	for line := range strings.Lines(text) {
		n.mark(strings.TrimRight(line, "\n"))
	}
	fmt.Fprintln(n.out)
}

// mark prints one line, broken where it reads well.
func (n *narrator) mark(line string) {
	const mark, indent = "   > ", "      "
	prefix := mark
	for len(prefix)+len(line) > width {
		room := line[:width-len(prefix)]
		at := max(strings.LastIndexAny(room, "/&?"), strings.LastIndexAny(room, " ,;")+1)
		if at <= 0 {
			at = len(room)
		}
		fmt.Fprintln(n.out, strings.TrimRight(prefix+line[:at], " "))
		line, prefix = line[at:], mark+indent
	}
	fmt.Fprintln(n.out, strings.TrimRight(prefix+line, " "))
}

func (n *narrator) style(code, text string) string {
	if !n.color || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// short cuts what is too long to be read.
func short(s string) string {
	const most = 56
	if len(s) <= most {
		return s
	}
	return s[:most] + "..."
}
