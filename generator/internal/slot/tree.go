package slot

import (
	"strings"
	"text/template/parse"
)

// Names of functions that are put into templates, and that nobody could write there.
const (
	tickFunc  = "pantograph_tick"  // counts a step
	printFunc = "pantograph_print" // passes on what is about to be printed
	markFunc  = "pantograph_mark"  // notes the line that prints next
)

// prepare changes the tree of a template: each round of a loop and each call of a template counts, what is printed
// is looked at first, and it is known which line prints. Package template can be stopped in no other way.
func (l *loader) prepare(t *tmpl, tree *parse.Tree) {
	if tree == nil || tree.Root == nil {
		return
	}
	text := t.text
	if partial, ok := l.partials[tree.ParseName]; ok {
		text = partial
	}
	p := &preparer{text: text, name: tree.ParseName}
	p.list(tree.Root)
	tree.Root.Nodes = append([]parse.Node{p.call(tree.Root.Pos, tickFunc)}, tree.Root.Nodes...)
}

type preparer struct {
	text string
	name string
}

func (p *preparer) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	var out []parse.Node
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			out = append(out, p.mark(n.Pos)...)
		case *parse.ActionNode:
			if len(n.Pipe.Decl) == 0 {
				out = append(out, p.mark(n.Pos)...)
				n.Pipe.Cmds = append(n.Pipe.Cmds, &parse.CommandNode{NodeType: parse.NodeCommand, Pos: n.Pos, Args: []parse.Node{parse.NewIdentifier(printFunc).SetPos(n.Pos)}})
			}
		case *parse.RangeNode:
			p.branch(&n.BranchNode, true)
		case *parse.IfNode:
			p.branch(&n.BranchNode, false)
		case *parse.WithNode:
			p.branch(&n.BranchNode, false)
		}
		out = append(out, n)
	}
	l.Nodes = out
}

func (p *preparer) branch(n *parse.BranchNode, loop bool) {
	p.list(n.List)
	p.list(n.ElseList)
	if loop && n.List != nil {
		n.List.Nodes = append([]parse.Node{p.call(n.Pos, tickFunc)}, n.List.Nodes...)
	}
}

// mark is the note that the node at a position prints next.
func (p *preparer) mark(at parse.Pos) []parse.Node {
	end := min(int(at), len(p.text))
	line := 1 + strings.Count(p.text[:end], "\n")
	return []parse.Node{p.call(at, markFunc, &parse.StringNode{NodeType: parse.NodeString, Pos: at, Quoted: `""`, Text: p.name}, number(at, line))}
}

func number(at parse.Pos, n int) parse.Node {
	return &parse.NumberNode{NodeType: parse.NodeNumber, Pos: at, IsInt: true, Int64: int64(n), IsUint: true, Uint64: uint64(n), Text: "0"}
}

// call is an action that calls a function and prints nothing: it declares a variable.
func (p *preparer) call(at parse.Pos, function string, args ...parse.Node) parse.Node {
	command := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: at, Args: append([]parse.Node{parse.NewIdentifier(function).SetPos(at)}, args...)}
	return &parse.ActionNode{NodeType: parse.NodeAction, Pos: at, Pipe: &parse.PipeNode{
		NodeType: parse.NodePipe, Pos: at, Cmds: []*parse.CommandNode{command},
		Decl: []*parse.VariableNode{{NodeType: parse.NodeVariable, Pos: at, Ident: []string{"$" + function}}},
	}}
}
