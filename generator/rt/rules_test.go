package rt

import (
	"fmt"
	"sync"
	"testing"
)

func TestRulesAreFoundByTheCodesThatReportThem(t *testing.T) {
	a := []Rule{{ID: "A", Text: "must fit", Source: "page", Codes: []string{"E.1", "E.2"}, Severity: SeverityServer}}
	b := []Rule{{ID: "B", Text: "must be there"}}
	types := []RuleSet{{Of: "A", Rules: [][]Rule{a}, Holds: []int32{1}}, {Of: "Holder", Holds: []int32{0}}}
	operations := []RuleSet{{Of: "other"}, {Of: "op", Rules: [][]Rule{b, b}, Holds: []int32{1}}}
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
}

func TestRulesOfATypeAreFoundByItsName(t *testing.T) {
	a := [][]Rule{{{ID: "A"}}}
	types := []RuleSet{{Of: "RuleSet"}, {Of: "Rule", Rules: a}, {Of: "Mutex", Rules: a}, {Of: "error", Rules: a}}
	beside := (*RuleSet)(nil)
	list := ListRules(types, beside, (*Rule)(nil))
	if len(list) != 1 || list[0].ID != "A" {
		t.Fatal(list)
	}
	list[0].ID = "changed"
	if a[0][0].ID != "A" {
		t.Error("a listed rule is the rule itself")
	}
	for _, of := range []any{nil, Rule{}, "Rule", new(RuleSet), new(Violation), new(sync.Mutex), new(error), new(*Rule)} {
		if got := ListRules(types, beside, of); got != nil {
			t.Errorf("%T: %v", of, got)
		}
	}
}
