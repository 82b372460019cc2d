package source

import (
	"regexp"

	"github.com/pantograph-go/pantograph/generator/model"
)

// selector reads "links[rel=next].href": a member of the item of a list that has a certain value. What has no
// brackets is nil: a plain path.
func (l *loader) selector(m *node) *model.Selector {
	if m == nil || !regexp.MustCompile(`[\[\]]`).MatchString(m.text) {
		return nil
	}
	parts := regexp.MustCompile(`^([^\[\]=]+)\[([^\[\]=.]+)=([^\[\]=]+)\]\.([^\[\]=]+)$`).FindStringSubmatch(m.text)
	if parts == nil {
		l.errorf(m.pos(), "pagination-selector", "%q does not pick an item of a list", m.text)
		l.hint("it is written list[member=value].member: links[rel=next].href")
		return &model.Selector{}
	}
	return &model.Selector{List: parts[1], Member: parts[2], Value: parts[3], Result: parts[4]}
}

// checkSelector makes sure that a response has the list, and its items the members.
func (l *loader) checkSelector(op *model.Operation, m *node, s *model.Selector) {
	if s.List == "" {
		return // reported
	}
	for _, of := range successes(op) {
		list := schemaAt(of, s.List)
		if list == nil || list.Items == nil {
			continue
		}
		item := list.Items.Target()
		for _, name := range []string{s.Member, s.Result} {
			if schemaAt(item, name) == nil {
				l.errorf(m.pos(), "pagination-member-missing", "the items of %q have no member %q", s.List, name)
				l.didYouMean(name, membersOf([]*model.Schema{item}))
			}
		}
		return
	}
	l.errorf(m.pos(), "pagination-member-missing", "no successful response of %s has the list %q", op.ID, s.List)
	l.didYouMean(s.List, membersOf(successes(op)))
}
