package plan

import (
	"slices"
	"strings"
	"unicode"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Method names of operations whose document declares none: made of the operationId, less what the resource says
// already (see the essay in names.go). listPets of the resource pets is client.Pets.List.

// candidate is a name that a method may have.
type candidate struct {
	name string
	rank rank
}

// rank says how much was left out to come to a name. Of those that want one name, the lowest rank has it, if that
// is one's alone.
type rank int

const (
	whole     rank = iota // the operationId itself
	unspaced              // less a namespace: pets/list, pets_list
	oneNoun               // less the noun in the singular: getPet
	manyNouns             // less the noun in the plural: getPets
)

// methodNames names the methods of all operations without a declared verb, each resource by itself.
func (b *builder) methodNames() map[*model.Operation]string {
	ids := b.ids
	groups := map[string][]*model.Operation{}
	for _, op := range b.api.Operations {
		groups[b.resource(op.Resource)] = append(groups[b.resource(op.Resource)], op)
	}
	out := map[*model.Operation]string{}
	for _, r := range b.api.Resources {
		fixed := map[string]bool{}
		var open [][]candidate // from the shortest name to the whole one
		var ops []*model.Operation
		for _, op := range groups[r.Name] {
			if e, ok := b.lock.get("method", op.ID); op.Verb != "" || ok {
				fixed[b.namer.Exported(op.Verb)], fixed[e.Name] = true, true
			}
			if op.Verb == "" {
				ops = append(ops, op)
			}
		}
		space := namespace(ops, ids)
		for _, op := range ops {
			open = append(open, b.candidates(words(ids[op]), ids[op], nouns(r), space))
		}
		for i, name := range settle(open, fixed) {
			out[ops[i]] = name
		}
	}
	return out
}

// candidates are the names that an operation may have in its resource, the shortest first.
func (b *builder) candidates(ws []string, id string, nouns [][]string, space int) []candidate {
	named := func(ws []string, r rank) candidate { return candidate{b.namer.Exported(strings.Join(ws, "_")), r} }
	out := []candidate{named(ws, whole)}
	if rest := unspace(ws, id, nouns, space); len(rest) < len(ws) {
		ws = rest
		out = append(out, named(ws, unspaced))
	}
	if rest, r := withoutNoun(ws, nouns); r != whole {
		out = append(out, named(rest, r))
	}
	slices.Reverse(out)
	return out
}

// settle gives each operation the shortest of its names that is its own. All yield at once, so no order decides.
func settle(open [][]candidate, fixed map[string]bool) []string {
	at := make([]int, len(open))
	for moved := true; moved; {
		moved = false
		wanted := map[string][]int{}
		for i := range open {
			name := open[i][at[i]].name
			wanted[name] = append(wanted[name], i)
		}
		for name, list := range wanted {
			stays := -1
			if !fixed[name] {
				stays = lowest(open, at, list)
			}
			for _, i := range list {
				if i != stays && at[i] < len(open[i])-1 {
					at[i]++
					moved = true
				}
			}
		}
	}
	names := make([]string, len(open))
	for i := range open {
		names[i] = open[i][at[i]].name
	}
	return names
}

// lowest is the one of the list whose name has the lowest rank; -1 when several have it.
func lowest(open [][]candidate, at, list []int) int {
	best, alone := list[0], true
	for _, i := range list[1:] {
		switch r, low := open[i][at[i]].rank, open[best][at[best]].rank; {
		case r < low:
			best, alone = i, true
		case r == low:
			alone = false
		}
	}
	if !alone {
		return -1
	}
	return best
}

// unspace drops the namespace in front of a name: that of the whole resource, or the resource itself.
func unspace(ws []string, id string, nouns [][]string, space int) []string {
	if i := strings.IndexAny(id, "/.:#"); i > 0 {
		if left := words(id[:i]); len(ws) > len(left) && slices.ContainsFunc(nouns, func(n []string) bool { return len(n) == len(left) && begins(left, n) != 0 }) {
			return ws[len(left):]
		}
	}
	if space > 0 {
		return ws[space:]
	}
	for _, n := range nouns {
		if begins(ws, n) != 0 && len(ws) > len(n) && !prepositions.has(strings.ToLower(ws[len(n)])) {
			return ws[len(n):]
		}
	}
	return ws
}

// withoutNoun drops the resource behind the verb of a name.
func withoutNoun(ws []string, nouns [][]string) ([]string, rank) {
	word := func(i int) string {
		if i >= len(ws) {
			return ""
		}
		return strings.ToLower(ws[i])
	}
	n := 0
	if verbScopes.has(word(0)) {
		n = 1
	}
	if !verbs.has(word(n)) {
		return ws, whole
	}
	kept := n + 1
	if n = kept; word(n) == "all" {
		n, kept = n+1, kept+1
	}
	for ; n < len(ws); n++ {
		for _, noun := range nouns {
			if r := begins(ws[n:], noun); r != whole {
				return slices.Concat(ws[:kept], ws[n+len(noun):]), r
			}
		}
		if !articles.has(word(n)) && !isVersion(word(n)) {
			break
		}
	}
	return ws, whole
}

// begins reports whether words begin with a noun, and in which number.
func begins(ws, noun []string) rank {
	if len(ws) < len(noun) {
		return whole
	}
	for i, w := range noun {
		if singular(strings.ToLower(ws[i])) != w {
			return whole
		}
	}
	if last := strings.ToLower(ws[len(noun)-1]); last == singular(last) {
		return oneNoun
	}
	return manyNouns
}

// nouns are the names of a resource as words in the singular: with and without what only fills it up.
func nouns(r *model.Resource) [][]string {
	var out [][]string
	add := func(name string) {
		ws := words(name)
		for i, w := range ws {
			ws[i] = singular(strings.ToLower(w))
		}
		if len(ws) > 0 {
			out = append(out, ws)
		}
		for len(ws) > 1 && fillers.has(ws[len(ws)-1]) {
			ws = ws[:len(ws)-1]
			out = append(out, ws)
		}
	}
	add(r.Name)
	add(r.Singular)
	return out
}

// namespace counts the words that all operations of a resource begin with, before their verbs: genai_list_agents.
func namespace(ops []*model.Operation, ids map[*model.Operation]string) int {
	if len(ops) < 2 {
		return 0
	}
	first := words(ids[ops[0]])
	n := slices.IndexFunc(first, func(w string) bool { return verbs.has(strings.ToLower(w)) })
	for _, op := range ops {
		ws := words(ids[op])
		if n <= 0 || n >= len(ws) || !verbs.has(strings.ToLower(ws[n])) || !slices.EqualFunc(ws[:n], first[:n], strings.EqualFold) {
			return 0
		}
	}
	return n
}

// plainIDs are the operationIds without the method and path that some frameworks write behind them:
// read_item_items__item_id__get of GET /items/{item_id} is read_item. Ids that would be equal are left as they are.
func (b *builder) plainIDs() map[*model.Operation]string {
	out := map[*model.Operation]string{}
	count := map[string]int{}
	for _, op := range b.api.Operations {
		out[op] = op.ID
		if !op.Variant {
			out[op] = plainID(op)
		}
		count[b.namer.Exported(out[op])]++
	}
	for _, op := range b.api.Operations {
		if count[b.namer.Exported(out[op])] > 1 {
			out[op] = op.ID
		}
	}
	return out
}

func plainID(op *model.Operation) string {
	flat := func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return '_'
	}
	if id, ok := strings.CutSuffix(op.ID, strings.Map(flat, op.Path)+"_"+strings.ToLower(op.Method)); ok && len(words(id)) > 0 {
		return id
	}
	return op.ID
}

// isVersion reports whether a word is the version of an API: v1.
func isVersion(w string) bool {
	return len(w) > 1 && (w[0] == 'v' || w[0] == 'V') && strings.Trim(w[1:], "0123456789") == ""
}
