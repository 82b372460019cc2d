package plan

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Union is a sealed interface: a value of one of several types.
type Union struct {
	Name      string     `json:"name"`
	ID        string     `json:"id"` // of its schema
	Doc       Text       `json:"doc"`
	Direction Direction  `json:"direction"`
	Variants  []*Variant `json:"variants"`
	Unknown   string     `json:"unknown"`           // the type of a value that is none of them
	Key       string     `json:"key,omitempty"`     // the member that tells objects apart
	Guess     bool       `json:"guess,omitempty"`   // objects without that member are guessed
	Shared    bool       `json:"shared,omitempty"`  // some value of Key stands for several of the variants
	Open      bool       `json:"open,omitempty"`    // a value that is no variant is allowed
	Checked   bool       `json:"checked,omitempty"` // some variant has something to check
	Secret    bool       `json:"secret,omitempty"`  // some variant holds a secret
	Var       string     `json:"var"`               // of its description
	Codec     int        `json:"codec"`             // index among the unions
	Circle    int        `json:"circle,omitempty"`  // as of a CodecType
	Linked    bool       `json:"linked,omitempty"`  // as of a CodecType
	Inline    bool       `json:"inline,omitempty"`  // it has code to read and write it

	Checks []*Check   `json:"checks,omitempty"` // of the value as a whole
	Table  *RuleTable `json:"-"`                // of its rules
	Judged bool       `json:"judged,omitempty"` // those say all: the checks of the variants explain what is wrong

	place string // what inline types in it are named after
	shape *shape.Shape
}

// Variant is one type that a value of a union can have.
type Variant struct {
	Type    TypeRef  `json:"type"`              // a pointer to a struct, or a defined type
	Doc     Text     `json:"doc"`               // of a type made for the union
	Of      *TypeRef `json:"of,omitempty"`      // what such a type is defined as
	Struct  *Struct  `json:"-"`                 // nil for what is none
	Codec   int      `json:"codec"`             // index of its description
	Values  []string `json:"values,omitempty"`  // JSON texts of the key that say it is this one
	Default bool     `json:"default,omitempty"` // it is this one when the key says nothing we know
	Checks  []*Check `json:"checks,omitempty"`  // of what is no struct
}

// unionOf plans the interface of a union, once for each view.
func (b *builder) unionOf(sh *shape.Shape, at place) *Union {
	key := keyOf(sh)
	at = b.meet(key, at)
	key.input = at.input && b.splits(key)
	if u, ok := b.unions[key]; ok {
		return u
	}
	names := b.nameType(key, at)
	direction, side := b.direction(key)
	u := &Union{
		Name: names.name, ID: sh.Node.ID(), Doc: b.typeText(sh.Node), Direction: direction, Key: sh.Discriminator, Open: sh.Open,
		Var: b.variable("u", names.name), Codec: len(b.pkg.Codec.Unions), place: names.place, shape: sh,
	}
	b.lock.pin(LockEntry{Kind: "type", ID: key.id(), Name: u.Name, Note: string(u.Direction)})
	b.unions[key], b.places[sh.Node] = u, u.place
	b.pkg.Codec.Unions = append(b.pkg.Codec.Unions, u)
	u.Unknown = b.derive("unknown", key.id(), "Unknown"+u.Name, "Type", sh.Node.Pos)
	b.lock.pin(LockEntry{Kind: "unknown", ID: key.id(), Name: u.Unknown})
	checked := direction == Request && side.request
	b.choose(sh)
	defer b.inType()()
	variants := b.variantNames(u.place, sh)
	for i, v := range sh.Variants {
		own := b.variant(u, v, variants[i], key, direction == Request, checked)
		for _, value := range v.Values {
			own.Values = append(own.Values, string(value))
		}
		u.Variants = append(u.Variants, own)
	}
	b.tellApart(u, sh)
	if checked {
		b.judgeUnion(u, sh)
	}
	return u
}

// variantNames are what the variants are called where they have no names: each behind the name of the union, or of the union
// among the members that it comes from.
func (b *builder) variantNames(place string, sh *shape.Shape) []variantName {
	names := make([]variantName, len(sh.Variants))
	within := map[*model.Schema]map[*model.Schema]variantName{} // a union among the members may have many
	for i, word := range b.variantWords(place, sh) {
		names[i] = variantName{place, word}
		v := sh.Variants[i]
		if v.Within == sh.Node || v.Within.Name == "" {
			continue
		}
		inner, known := within[v.Within]
		if !known {
			inner = b.namesWithin(v.Within)
			within[v.Within] = inner
		}
		if name, ok := inner[v.Node]; ok {
			names[i] = name
		}
	}
	return names
}

// namesWithin are the names of a union's variants.
func (b *builder) namesWithin(union *model.Schema) map[*model.Schema]variantName {
	sh, place := b.shapes.Of(union), b.typeName(union)
	names := make(map[*model.Schema]variantName, len(sh.Variants))
	for i, word := range b.variantWords(place, sh) {
		if _, ok := names[sh.Variants[i].Node]; !ok {
			names[sh.Variants[i].Node] = variantName{place, word}
		}
	}
	return names
}

// variantName is the name of a union, and the word that a variant has behind it.
type variantName struct{ owner, word string }

// variant plans one type of a union: a struct, an enum or id that is a type already, or a type of its own.
func (b *builder) variant(u *Union, v *shape.Variant, name variantName, key typeKey, input, checked bool) *Variant {
	at, word := place{name: name.owner + name.word, owner: name.owner, input: input}, name.word
	if v.Kind == shape.Object || v.Kind == shape.Tuple {
		s := b.object(v.Shape, at)
		b.pkg.Codec.Types[s.Codec].Elem = true
		return &Variant{Type: pointer(defined(s.Name)), Struct: s, Codec: s.Codec}
	}
	at.name, at.owner = u.place+word, u.place
	plain := *v.Shape
	if plain.Node == key.schema { // what stands beside the union: its name is that of the union
		beside := *plain.Node
		beside.Name, plain.Node = "", &beside
		beside.Pos.Pointer += "(" + string(v.Kind) + ")" // nor is what it holds the union: an enum has a name of its own
	}
	plain.Format, plain.Encoding = "", "" // text stays text: its Go type would not say which variant it is
	if v.Kind != shape.String {
		plain.Format = v.Format
	}
	if _, mapped := b.mapped(&plain); mapped {
		plain.Format = "" // a type of another package cannot be told to be a variant
	}
	r := b.reprOf(&plain, at)
	out := &Variant{Type: r.typ}
	if checked {
		out.Checks = b.valueChecks(u.Name+"."+word, v.Node, r, isSecret(v.Node))
	}
	if r.typ.Kind != Defined || r.typ.Name == "Number" {
		id := key.id() + "(" + string(v.Kind) + ")"
		of := r.typ
		out.Of, out.Type, out.Doc = &of, defined(b.derive("type", id, u.Name+word, u.Name, v.Node.Pos)), b.typeText(v.Node)
		b.lock.pin(LockEntry{Kind: "type", ID: id, Name: out.Type.Name, Note: string(u.Direction)})
		r.typ = out.Type
	}
	for _, c := range out.Checks {
		c.value.typ = r.typ // it is the variant that is judged
	}
	out.Codec = b.codecEntry(r)
	return out
}

// tellApart completes what the codec needs to find the variant of an object.
func (b *builder) tellApart(u *Union, sh *shape.Shape) {
	var unsaid []*Variant // objects that no value of the key stands for
	for i, v := range u.Variants {
		switch {
		case v.Struct == nil || v.Struct.Tuple || u.Key == "":
		case sh.Variants[i].Self && sh.Variants[i].Node == sh.Node: // the base type stands for those of its heirs that nobody knows
			v.Default = true
		case len(v.Values) == 0:
			unsaid = append(unsaid, v)
		}
	}
	if len(unsaid) > 1 {
		u.Key = ""
	} else if len(unsaid) == 1 && !slices.ContainsFunc(u.Variants, func(v *Variant) bool { return v.Default }) {
		unsaid[0].Default = true
	}
	if !slices.ContainsFunc(u.Variants, func(v *Variant) bool { return v.Default || len(v.Values) > 0 }) {
		u.Key = ""
	}
	u.Guess = u.Key != "" && !slices.ContainsFunc(u.Variants, func(v *Variant) bool { return v.Default })
	of := map[string]*Variant{}
	for _, v := range u.Variants {
		if u.Key == "" {
			v.Values, v.Default = nil, false
		}
		for _, value := range v.Values {
			if of[value] != nil {
				u.Shared, of[value].Struct.Guessed, v.Struct.Guessed = true, true, true
			}
			of[value] = v
		}
		if v.Struct != nil && (u.Guess || u.Key == "") {
			v.Struct.Guessed = true
		}
	}
}

// variantWords are what the types of a union are called behind its name, where they have none of their own.
func (b *builder) variantWords(owner string, sh *shape.Shape) []string {
	words := make([]string, len(sh.Variants))
	count := map[string]int{}
	shared := sync.OnceValue(func() map[string]int { return variantsWith(sh) })
	for i, v := range sh.Variants {
		words[i] = b.variantWord(owner, sh, v, shared)
		count[words[i]]++
	}
	for i, w := range words {
		if count[w] > 1 { // the place in the list is all that is left
			words[i] = w + strconv.Itoa(i+1)
		}
	}
	return words
}

func (b *builder) variantWord(owner string, sh *shape.Shape, v *shape.Variant, shared func() map[string]int) string {
	switch v.Kind {
	case shape.String:
		return "String"
	case shape.Integer:
		return "Int"
	case shape.Number:
		return "Number"
	case shape.Boolean:
		return "Bool"
	case shape.List:
		return b.elemWord(sh, v.Items) + "List"
	case shape.Map:
		return b.elemWord(sh, v.Additional) + "Map"
	case shape.Tuple:
		return "Tuple"
	}
	word := ""
	switch member := v.Member.Target(); {
	case member.Name != "":
		word = b.typeName(member)
	case member.Title != "" && len(words(member.Title)) <= 4:
		word = b.namer.Exported(member.Title)
	case len(v.Values) > 0 && len(v.Values) <= 3:
		texts := make([]string, len(v.Values))
		for i, value := range v.Values {
			var ok bool
			if texts[i], ok = value.Text(); !ok {
				texts[i] = string(value)
			}
		}
		word = strings.TrimPrefix(b.namer.Exported("x_"+strings.Join(texts, "_or_")), "X")
	default:
		word = b.ownWord(v, shared())
	}
	if short := strings.TrimPrefix(word, owner); short != "" && b.namer.Exported(short) == short {
		word = short // without repeating the name of the union
	}
	if word == "" {
		return "Object"
	}
	return word
}

// variantsWith counts the variants that have a member, by its name.
func variantsWith(sh *shape.Shape) map[string]int {
	count := map[string]int{}
	for _, v := range sh.Variants {
		for _, m := range v.Members {
			count[m.Name]++
		}
	}
	return count
}

// ownWord is the first member that no other variant has.
func (b *builder) ownWord(v *shape.Variant, shared map[string]int) string {
	for _, required := range []bool{true, false} {
		for _, m := range v.Members {
			if shared[m.Name] == 1 && m.Required == required {
				return b.namer.Exported(m.Name)
			}
		}
	}
	return "Object"
}

// elemWord is what the items of a list or map are called in the name of its type; nothing, when they are the
// union again.
func (b *builder) elemWord(union *shape.Shape, s *model.Schema) string {
	sh := b.shapes.Of(s)
	if sh.Node == union.Node {
		return ""
	}
	if sh.Node.Name != "" {
		return b.typeName(sh.Node)
	}
	switch sh.Kind {
	case shape.String:
		return "String"
	case shape.Integer:
		return "Int"
	case shape.Number:
		return "Number"
	case shape.Boolean:
		return "Bool"
	}
	return ""
}
