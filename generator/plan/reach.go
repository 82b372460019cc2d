package plan

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// reached says from where a type is reached.
type reached struct{ request, response bool }

// reachAll finds which types requests and responses reach.
func (b *builder) reachAll() {
	for _, op := range b.api.Operations {
		for _, p := range op.Parameters {
			b.reachFrom(p.Schema, reached{request: true})
			if p.Content != nil {
				b.reachFrom(p.Content.Schema, reached{request: true})
			}
		}
		if op.Body != nil {
			for _, m := range op.Body.Content {
				if b.hasFiles(m) {
					b.reachParts(m)
					continue
				}
				b.reachFrom(m.Schema, reached{request: true})
				b.reachFrom(m.Items, reached{request: true})
			}
		}
		b.reachAnswers(op)
	}
	b.compareViews()
}

// reachAnswers finds the schemas of the answers that are decoded, and of their headers.
func (b *builder) reachAnswers(op *model.Operation) {
	side := reached{response: true}
	for _, r := range op.Responses {
		for _, m := range r.Content {
			if k := answerKind(m); (k != BodyBinary || isFailure(op, r)) && op.Method != "HEAD" {
				b.reachFrom(m.Schema, side)
				b.reachFrom(m.Items, side)
			}
		}
		for _, h := range r.Headers {
			b.reachFrom(h.Schema, side)
			if h.Content != nil {
				b.reachFrom(h.Content.Schema, side)
			}
		}
	}
}

// isFailure reports whether an answer is one whose body is kept with an error.
func isFailure(op *model.Operation, r *model.Response) bool {
	success, _ := successes(op)
	return !slices.Contains(success, r) || r.Status == "default"
}

// reachFrom follows a schema to all types below. Those within a list or map belong to the type around it.
func (b *builder) reachFrom(s *model.Schema, side reached) {
	if s != nil {
		b.reachShape(b.shapes.Of(s), side, nil)
	}
}

func (b *builder) reachShape(sh *shape.Shape, side reached, from *typeKey) {
	key := keyOf(sh)
	if from != nil && !slices.Contains(b.users[key], *from) {
		b.users[key] = append(b.users[key], *from)
	}
	was := b.reach[key]
	now := reached{was.request || side.request, was.response || side.response}
	if was == now {
		return
	}
	b.reach[key] = now
	below := func(s *model.Schema, side reached) {
		if s != nil && side != (reached{}) {
			b.reachShape(b.shapes.Of(s), side, &key)
		}
	}
	for _, m := range sh.Members {
		readOnly, writeOnly := views(m)
		b.differs[key] = b.differs[key] || readOnly || writeOnly
		below(m.Schema, reached{side.request && !readOnly, side.response && !writeOnly})
	}
	for _, s := range sh.Prefix {
		below(s, side)
	}
	below(sh.Items, side)
	below(sh.Additional, side)
	if sh.Represents != nil {
		below(sh.Represents.Items, side)
	}
	for _, v := range sh.Variants {
		b.keyed(sh, v)
		b.reachShape(v.Shape, side, &key)
	}
}

// keyed notes which value of a discriminator stands for an object. Requests always carry it, so nobody has to
// set it; where unions disagree, or the document does not say it, somebody has. A member that is no stated discriminator
// may be left out where it is optional.
func (b *builder) keyed(sh *shape.Shape, v *shape.Variant) {
	property := sh.Discriminator
	if property == "" || v.Kind != shape.Object {
		return
	}
	k := memberKey{keyOf(v.Shape), property}
	if v.Shape.Member(property) == nil && v.Additional == nil && !v.Closed && !slices.Contains(b.undeclared[k.typeKey], property) {
		b.undeclared[k.typeKey] = append(b.undeclared[k.typeKey], property)
	}
	if v.Self {
		return
	}
	if m := v.Shape.Member(property); sh.Found && m != nil && !m.Required {
		b.tells[k] = true
		return
	}
	value := model.Value(nil)
	if len(v.Values) == 1 && !v.Implied {
		value = v.Values[0]
	}
	if have, ok := b.keys[k]; ok && string(have) != string(value) {
		value = nil
	}
	b.keys[k] = value
}

// discriminators are those that unions know an object by and it does not declare: values have them all the same.
func (b *builder) discriminators(k typeKey, sh *shape.Shape) []*shape.Member {
	var out []*shape.Member
	for _, name := range slices.Sorted(slices.Values(b.undeclared[k])) {
		text := &model.Schema{Pos: sh.Node.Pos, Types: []model.Type{model.TypeString}}
		text.Pos.Pointer += "/properties/" + model.PointerToken(name)
		out = append(out, &shape.Member{Property: &model.Property{Pos: text.Pos, Name: name, Schema: text}, In: sh.Node})
	}
	return out
}

// memberKey names a member of a type.
type memberKey struct {
	typeKey
	name string
}

// compareViews finds the types whose views for requests and responses differ, in themselves or below.
func (b *builder) compareViews() {
	var queue []typeKey
	for key, differs := range b.differs {
		if differs {
			queue = append(queue, key)
		}
	}
	for len(queue) > 0 {
		key := queue[0]
		queue = queue[1:]
		for _, user := range b.users[key] {
			if !b.differs[user] {
				b.differs[user] = true
				queue = append(queue, user)
			}
		}
	}
}
