package schema

import (
	"strings"

	"github.com/pantograph-go/pantograph/generated/rt"
)

// Judge asks rules of one value, and tells a checker which are broken.
type Judge struct {
	set     *Set
	checker *rt.Checker
	field   string
	value   Value
	broken  bool
}

// Judge begins with the value of a member, or with the one that the checker is at if field is empty.
func (s *Set) Judge(c *rt.Checker, field string, v Value) Judge {
	return Judge{set: s, checker: c, field: field, value: v}
}

// Asks checks a keyword of a schema, which is a documented rule. The violation has the place within the value.
func (j Judge) Asks(name, keyword string, rule *rt.Rule) Judge {
	place, broken := j.set.Broken(name, keyword, j.value)
	if !broken {
		return j
	}
	switch {
	case place == "":
		place = j.field
	case j.field != "" && !strings.HasPrefix(place, "["):
		place = j.field + "." + place
	default:
		place = j.field + place
	}
	j.checker.Fail(place, rule, nil)
	j.broken = true
	return j
}

// Broken reports whether one of the rules was.
func (j Judge) Broken() bool { return j.broken }
