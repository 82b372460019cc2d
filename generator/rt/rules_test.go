package rt

import (
	"fmt"
	"testing"
)

func TestRulesAreFoundByTheCodesThatReportThem(t *testing.T) {
	a := Rule{ID: "A", Text: "must fit", Source: "page", Codes: []string{"E.1", "E.2"}, Severity: SeverityServer}
	b := Rule{ID: "B", Text: "must be there"}
	types := []RuleSet{{Of: "A", Rules: []*Rule{&a}, Holds: []int32{1}}, {Of: "Holder", Holds: []int32{0}}}
	operations := []RuleSet{{Of: "other"}, {Of: "op", Rules: []*Rule{&b, &b}, Holds: []int32{1}}}
	for _, c := range []struct {
		codes []string
		want  string
	}{
		{nil, "[B: must be there A: must fit (page)]"}, {[]string{"E.2"}, "[A: must fit (page)]"}, {[]string{"E.3", ""}, "[]"},
	} {
		if got := fmt.Sprint(ExplainRules(operations, types, "op", c.codes)); got != c.want {
			t.Errorf("%v: %s", c.codes, got)
		}
	}
	if got := ExplainRules(operations, types, "no such", nil); got != nil {
		t.Error("rules of nothing:", got)
	}
	list := ListRules(types, 0)
	list[0].ID = "changed"
	if a.ID != "A" {
		t.Error("a listed rule is the rule itself")
	}
}
