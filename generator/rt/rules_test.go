package rt

import (
	"fmt"
	"testing"
)

func TestRulesAreFoundByTheCodesThatReportThem(t *testing.T) {
	a := Rule{ID: "A", Text: "must fit", Source: "page", Codes: []string{"E.1", "E.2"}, Severity: SeverityServer}
	b := Rule{ID: "B", Text: "must be there"}
	for _, c := range []struct {
		codes []string
		want  string
	}{
		{nil, "[B: must be there A: must fit (page)]"}, {[]string{"E.2"}, "[A: must fit (page)]"}, {[]string{"E.3", ""}, "[]"},
	} {
		if got := fmt.Sprint(ReportedRules(c.codes, nil, ListRules(&b), ListRules(&a))); got != c.want {
			t.Errorf("%v: %s", c.codes, got)
		}
	}
	list := ListRules(&a)
	list[0].ID = "changed"
	if a.ID != "A" {
		t.Error("a listed rule is the rule itself")
	}
}
