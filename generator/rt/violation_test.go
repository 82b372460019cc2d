package rt

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

var testRules = [...]Rule{
	{ID: "CreateWidget.Name.maxLength", Text: "must have at most 4 characters", Limit: "4", Source: "https://example.com/ref#t3"},
	{ID: "Network.ID.required", Text: "must be set"},
	{ID: "Tags.unique", Text: "must not repeat"},
	{ID: "Size.hint", Text: "should be even", Severity: SeverityWarning},
}

type spec struct {
	name     string
	networks []string
	labels   map[string]string
	sub      *spec
	size     int
}

func (s *spec) Validate() error {
	var c Checker
	s.check(&c)
	return c.Err()
}

func (s *spec) check(c *Checker) {
	if Length(s.name) > 4 {
		c.Fail("name", &testRules[0], s.name)
	}
	for i := range s.networks {
		c.Enter("networks", i)
		if s.networks[i] == "" {
			c.Fail("id", &testRules[1], nil)
		}
		c.Leave()
	}
	for k, v := range s.labels {
		c.EnterKey("labels", k)
		if v == "" {
			c.Fail("", &testRules[1], v)
		}
		c.Leave()
	}
	if s.size%2 != 0 {
		c.Fail("size", &testRules[3], s.size)
	}
	if s.sub != nil {
		c.EnterField("sub")
		s.sub.check(c)
		c.Leave()
	}
}

func TestAllViolationsAreFoundWithTheirPaths(t *testing.T) {
	s := spec{name: "toolong", networks: []string{"a", "", ""}, labels: map[string]string{"a b": ""}, size: 3,
		sub: &spec{sub: &spec{sub: &spec{sub: &spec{sub: &spec{sub: &spec{name: "deeper"}}}}}}}
	err := s.Validate()
	var v *ValidationError
	if !errors.As(err, &v) || !errors.Is(err, ErrInvalid) {
		t.Fatal(err)
	}
	var paths []string
	for _, x := range v.Violations {
		paths = append(paths, x.Path)
	}
	if got := fmt.Sprint(paths); got != `[name networks[1].id networks[2].id labels["a b"] size sub.sub.sub.sub.sub.sub.name]` {
		t.Error(got)
	}
	if x := v.Violations[0]; x.Rule != testRules[0].ID || x.Limit != "4" || x.Source != testRules[0].Source || x.Value != "toolong" || x.Severity != SeverityError {
		t.Errorf("%+v", x)
	}
	mustContain(t, err.Error(), "the request breaks 6 rules:", `name must have at most 4 characters, is "toolong" [CreateWidget.Name.maxLength] (https://example.com/ref#t3)`, "networks[1].id must be set [Network.ID.required]")
}

func TestPathsOfListsOfLists(t *testing.T) {
	var c Checker
	c.Enter("rows", 1)
	c.Enter("", 2)
	c.EnterKey("", "k")
	c.Fail("", &testRules[1], nil)
	c.Fail("x", &testRules[2], nil)
	c.Leave()
	c.Leave()
	c.Leave()
	c.Leave() // one too many does no harm
	c.Fail("y", &testRules[1], nil)
	var v *ValidationError
	errors.As(c.Err(), &v)
	if v.Violations[0].Path != `rows[1][2]["k"]` || v.Violations[1].Path != `rows[1][2]["k"].x` || v.Violations[2].Path != "y" || v.Violations[1].Rule != "Tags.unique" {
		t.Errorf("%+v", v.Violations)
	}
}

func TestWarningsStopNothing(t *testing.T) {
	if err := (&spec{size: 1}).Validate(); err != nil {
		t.Error(err)
	}
}

func TestAValidRequestCostsNoAllocation(t *testing.T) {
	s := spec{name: "web", networks: []string{"a", "b"}, sub: &spec{name: "x", sub: &spec{sub: &spec{}}}}
	if n := testing.AllocsPerRun(100, func() {
		if s.Validate() != nil {
			t.Fail()
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestRequestsAreValidatedBeforeTheyAreSent(t *testing.T) {
	bad, worse := &spec{name: "toolong"}, &spec{networks: []string{""}}
	run := func(opts ...CallOption) (int, error) {
		tr := always(204, "")
		call := Call{Operation: &opDelete, Options: opts}
		call.PathParam("widget_id", "w1")
		call.Check(bad.check)
		call.Check((&spec{}).check)
		call.Check(worse.check)
		err := newTestClient(t, tr).Do(context.Background(), &call)
		return tr.count(), err
	}
	var v *ValidationError
	n, err := run()
	if !errors.As(err, &v) || n != 0 || v.Operation != "DeleteWidget" || len(v.Violations) != 2 {
		t.Errorf("%v, %d sent", err, n)
	}
	n, err = run(WithoutRule(testRules[0].ID))
	if !errors.As(err, &v) || n != 0 || len(v.Violations) != 1 || v.Violations[0].Path != "networks[0].id" {
		t.Errorf("%v, %d sent", err, n)
	}
	if n, err = run(WithoutRule(testRules[0].ID), WithoutRule(testRules[1].ID)); err != nil || n != 1 {
		t.Errorf("%v, %d sent", err, n)
	}
	if n, err = run(WithoutValidation()); err != nil || n != 1 {
		t.Errorf("%v, %d sent", err, n)
	}
}

func TestWarningsAreToldToObservers(t *testing.T) {
	var seen []Event
	tr := always(204, "")
	c := newTestClient(t, tr, WithObserver(func(_ context.Context, e Event) { seen = append(seen, e) }))
	run := func(opts ...CallOption) error {
		seen = nil
		call := Call{Operation: &opDelete, Options: opts}
		call.PathParam("widget_id", "w1")
		call.Check((&spec{size: 1}).check)
		return c.Do(context.Background(), &call)
	}
	if err := run(); err != nil || tr.count() != 1 {
		t.Fatal(err)
	}
	if e := seen[0]; e.Kind != EventWarning || e.Path != "size" || e.Violation == nil || e.Violation.Severity != SeverityWarning || e.Message != e.Violation.String() {
		t.Errorf("%+v", e)
	}
	if err := run(WithoutRule(seen[0].Violation.Rule)); err != nil || seen[0].Kind == EventWarning {
		t.Error(err, seen)
	}
}

func TestRulesTakeTheTimeOfTheClient(t *testing.T) {
	fixed := time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	c := newTestClient(t, always(204, ""), WithClock(func() time.Time { return fixed }))
	call := Call{Operation: &opDelete}
	call.PathParam("widget_id", "w1")
	asked := 0
	call.Check(func(c *Checker) {
		if asked++; !c.Now().Equal(fixed) {
			t.Error(c.Now())
		}
	})
	if err := c.Do(context.Background(), &call); err != nil || asked != 1 {
		t.Error(err, asked)
	}
	var own Checker
	first := own.Now()
	if d := time.Since(first); d < 0 || d > time.Minute || own.Now() != first {
		t.Error(d)
	}
}

// The checks of a call run in the order in which they were added, functions and those of values, and report together.
func TestChecksOfValuesAreToldWithTheOthers(t *testing.T) {
	c := newTestClient(t, always(204, ""))
	call := NewCall(&opDelete, json.Ref{}, nil)
	call.PathParam("widget_id", "w1")
	inspect := func(v any, c *Checker) { c.Fail(v.(string), &testRules[0], nil) }
	want := []string{"a", "b", "c", "d", "e", "f"} // more than lie in the call itself
	for i, name := range want {
		if i%2 == 0 {
			call.CheckValue(name, inspect)
		} else {
			call.Check(func(c *Checker) { c.Fail(name, &testRules[0], nil) })
		}
	}
	var v *ValidationError
	if err := c.Do(context.Background(), call); !errors.As(err, &v) {
		t.Fatal(err)
	}
	var got []string
	for _, violation := range v.Violations {
		got = append(got, violation.Path)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestRulesMayMakeTheirMessages(t *testing.T) {
	var c Checker
	c.FailAs("a", &testRules[0], 3, "is three")
	c.FailAs("b", &testRules[0], nil, "")
	var v *ValidationError
	errors.As(c.Err(), &v)
	if a, b := v.Violations[0], v.Violations[1]; a.Message != "is three" || a.Value != 3 || b.Message != testRules[0].Text || b.Value != nil {
		t.Errorf("%+v", v.Violations)
	}
}

func TestTheValueOfARuleMayBePointedAt(t *testing.T) {
	type kind string
	v := struct {
		Kind, None Opt[kind]
		List       []int
		Time       Opt[time.Time]
	}{Kind: Some(kind("x")), None: Null[kind](), List: []int{1, 2}, Time: Some(time.Unix(5, 0))}
	var c Checker
	for _, value := range []any{&v.Kind, &v.None, &v.List, &v.Time, (*int)(nil), kind("y"), nil} {
		c.Fail("a", &testRules[0], value)
	}
	c.Fail("a", &Rule{ID: "S", Secret: true}, &v.Kind)
	var got *ValidationError
	errors.As(c.Err(), &got)
	for i, want := range []any{kind("x"), nil, []int{1, 2}, time.Unix(5, 0), (*int)(nil), kind("y"), nil, Redacted} {
		if value := got.Violations[i].Value; !reflect.DeepEqual(value, want) {
			t.Errorf("%d: %#v, want %#v", i, value, want)
		}
	}
}
