package plan

// Names.
//
// Goals, in this order. A name is unique in its scope. It is stable: made of what the node says itself and of its
// place, never of the order in which nodes are met, so that one more schema or operation renames no other; and what
// is published stays, since names.lock pins it. It is readable: the one a person would have chosen.
//
// The scheme.
//   - A name that the author gives (x-pantograph.name, method, enumNames) or that the lock holds is used as it is.
//   - A text becomes words, split at punctuation and where the case changes; words are joined in CamelCase, and
//     initialisms (initialisms.go) keep one case: scaling_group_id and ScalingGroupId are ScalingGroupID.
//   - A component is named after itself. An inline type is named after its place: its owner and the member that holds
//     it. What stands in a shared response, body or parameter belongs to that, whoever uses it.
//   - A resource is a tag, or the first fixed segment of the path. The client has a field for each. Tags that differ in
//     case or punctuation only are one.
//   - An operation has two names. The call, unique in the package, names its types (ListPetsParams) and the function
//     of the fake server; it is made of the operationId. The method needs to be unique in its resource only, so it says
//     less: listPets of the resource pets is client.Pets.List. What is left out (methods.go): a namespace, be it the
//     resource's name (repos/list-for-org, Users.GetById, apps_list_regions) or what all ids of the resource begin
//     with before the verb (genai_list_agents); the resource itself behind a known verb (getPetById: GetByID); the
//     method and path that some frameworks append (read_item_items__item_id__get). Where two methods of a resource
//     would then be equal, the one that left out least keeps the name, a singular before a plural (getPet is Get,
//     getPets is GetPets), and the others take back what they left out.
//   - Without an operationId, method and path stand in for it: getGroupsByGroupId.
//   - Enum constants begin with their type, codes with Code, regions with Region, servers with Server.
//
// Hard cases.
//   - No letter or digit: the characters are spelled (Star, NameDashAsc); what is not ASCII is spelled by number
//     (U65e5). So no identifier has look-alikes, bidi marks or other invisible things in it.
//   - A digit first: N before it. A keyword or predeclared name can only come up for a variable: typeValue.
//   - Empty: the scope says what it is called (Empty, Unnamed, Param).
//   - Very long: beyond 100 bytes the end becomes a hash of the whole text.
//   - init, main, _, foo_test, foo_windows: exported names and the file names of package filename have none of them.
//   - Names that are ours (reserved.go; published in docs/names.md): the node yields (ErrorSchema).
//   - Two nodes with one derived name: the one that is called so itself has it (of Assignee and an item of Assignees, the
//     former); if that does not decide, all of them take the name that their place (Field, Body, Param, Item), their
//     folder or their spelling qualifies, and a warning says so. Which way tells them apart depends on the whole set,
//     never on its order: a package is planned anew until everybody's wishes are known (wanted.go).

import (
	"slices"
	"strings"
	"unicode"
)

// Namer turns wire names into Go names.
type Namer struct {
	upper map[string]string
	known map[string]string // names made before: most words come up often
}

// words splits a name at punctuation and at changes of case or between letters that follow digits. A version in
// front is a word: V1ListPods.
func words(name string) []string {
	var out []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			out = append(out, string(word))
			word = word[:0]
		}
	}
	runes := []rune(name)
	for i, r := range runes {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) || r > unicode.MaxASCII {
			flush()
			continue
		}
		if i > 0 && unicode.IsUpper(r) {
			prevLower := unicode.IsLower(runes[i-1]) || unicode.IsDigit(runes[i-1]) && hasLower(word)
			nextLower := i+1 < len(runes) && unicode.IsLower(runes[i+1]) && unicode.IsUpper(runes[i-1]) && !pluralTail(runes, i)
			if prevLower || nextLower || i+1 < len(runes) && unicode.IsLower(runes[i+1]) && isVersion(string(word)) {
				flush()
			}
		}
		word = append(word, r)
	}
	flush()
	return out
}

func hasLower(word []rune) bool {
	for _, r := range word {
		if unicode.IsLower(r) {
			return true
		}
	}
	return false
}

// pluralTail reports whether an upper-case run ends at i in a plural s: the D of "IDs".
func pluralTail(runes []rune, i int) bool {
	return runes[i+1] == 's' && (i+2 == len(runes) || !unicode.IsLower(runes[i+2]))
}

// Exported returns the exported Go name for a wire name, "" when it holds no letter or digit.
func (n Namer) Exported(name string) string {
	if s, ok := n.known[name]; ok {
		return s
	}
	s := n.exported(name)
	n.known[name] = s
	return s
}

func (n Namer) exported(name string) string {
	var b strings.Builder
	for _, w := range words(name) {
		b.WriteString(n.word(w))
	}
	s := b.String()
	if s != "" && unicode.IsDigit(rune(s[0])) {
		s = "N" + s
	}
	if len(s) > maxNameLength {
		s = s[:maxNameLength-8] + shortHash(name)
	}
	return s
}

// maxNameLength bounds the part of a Go name that comes from one name of the document.
const maxNameLength = 100

func (n Namer) word(w string) string {
	if up, ok := n.upper[strings.ToUpper(w)]; ok {
		return up
	}
	base := strings.TrimRight(w, "0123456789")
	if up, ok := n.upper[strings.ToUpper(base)]; ok {
		return up + w[len(base):]
	}
	if up, ok := n.upper[strings.TrimSuffix(strings.ToUpper(w), "S")]; ok {
		return up + "s" // IDs
	}
	if strings.ToUpper(w) == w && n.joined(w) {
		return w
	}
	if strings.ToUpper(w) == w || strings.ToLower(w) == w {
		return strings.ToUpper(w[:1]) + strings.ToLower(w[1:])
	}
	return strings.ToUpper(w[:1]) + w[1:]
}

// joined reports whether a word is initialisms written together: VPCID.
func (n Namer) joined(w string) bool {
	if w == "" {
		return true
	}
	for i := len(w); i >= 2; i-- {
		if up, ok := n.upper[w[:i]]; ok && up == w[:i] && n.joined(w[i:]) {
			return true
		}
	}
	return false
}

// Unexported returns the Go name of a variable for a wire name, never a keyword or predeclared name.
func (n Namer) Unexported(name string) string {
	low := n.variable(name)
	if reservedWords.has(low) {
		low += "Value"
	}
	return low
}

// variable returns the Go name of a variable for a wire name, which may be a keyword.
func (n Namer) variable(name string) string {
	exported := n.Exported(name)
	if exported == "" {
		return "value"
	}
	first := n.firstWord(exported)
	return strings.ToLower(first) + exported[len(first):]
}

// firstWord is the part of an exported name that a variable has in lower case: VPC of VPCID.
func (n Namer) firstWord(exported string) string {
	longest := ""
	for _, up := range n.upper {
		rest, ok := strings.CutPrefix(exported, up)
		if ok && len(up) > len(longest) && (rest == "" || !unicode.IsLower(rune(rest[0]))) {
			longest = up
		}
	}
	if longest == "" {
		return words(exported)[0]
	}
	return longest
}

// singular is the name of one of many, where the document gives none.
func singular(name string) string {
	has := func(suffixes ...string) bool {
		return slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(strings.ToLower(name), s) })
	}
	switch {
	case has("series", "ss", "us") || len(name) < 2:
		return name
	case has("ies"):
		return name[:len(name)-3] + "y"
	case has("sses", "xes", "ches", "shes", "statuses", "aliases", "buses"):
		return name[:len(name)-2]
	case has("s"):
		return name[:len(name)-1]
	}
	return name
}
