package rt

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Rule is one documented rule on a request, as static data.
type Rule struct {
	ID       string // "CreateGroupRequest.Name.maxLength": the name for [WithoutRule]
	Text     string // "must have at most 64 characters"
	Limit    string // "64"
	Source   string // link to the place in the API reference
	Severity Severity
	Secret   bool // the value is never shown
}

// Severity says what a broken rule means.
type Severity uint8

// The severities.
const (
	SeverityError   Severity = iota // the request is not sent
	SeverityWarning                 // told together with errors; does not stop the request
)

// Violation is one broken rule.
type Violation struct {
	Path     string // place in the body, or name of the parameter: "networks[2].id"
	Rule     string // id of the rule
	Message  string // "must have at most 64 characters"
	Limit    string
	Value    any // the offending value; [Redacted] for secrets
	Severity Severity
	Source   string // link to the place in the API reference
}

// Redacted stands where the value of a secret would.
const Redacted = "***"

func (v Violation) String() string {
	var b strings.Builder
	if v.Path == "" {
		b.WriteString("the request")
	}
	b.WriteString(v.Path)
	b.WriteByte(' ')
	b.WriteString(v.Message)
	if s := valueText(v.Value); s != "" {
		b.WriteString(", is ")
		b.WriteString(s)
	}
	fmt.Fprintf(&b, " [%s]", v.Rule)
	if v.Source != "" {
		fmt.Fprintf(&b, " (%s)", v.Source)
	}
	return b.String()
}

// valueText shows scalars and the size of lists; other values say too much to be of help.
func valueText(v any) string {
	if v == nil {
		return ""
	}
	if v == Redacted {
		return Redacted
	}
	r := reflect.ValueOf(v)
	if r.Kind() == reflect.Pointer && r.IsNil() {
		return ""
	}
	if s, ok := v.(fmt.Stringer); ok {
		return plainText(s.String(), 80)
	}
	switch r.Kind() {
	case reflect.String:
		return quoteText(r.String(), 80)
	case reflect.Slice, reflect.Map, reflect.Array:
		return "a list of " + strconv.Itoa(r.Len())
	case reflect.Struct, reflect.Pointer, reflect.Interface, reflect.Func, reflect.Chan:
		return ""
	default:
		return fmt.Sprint(v)
	}
}

// ValidationError lists every violation of a request. Nothing was sent.
type ValidationError struct {
	Operation  string // empty when Validate was called by hand
	Violations []Violation
}

func (e *ValidationError) Error() string {
	var b strings.Builder
	if e.Operation != "" {
		b.WriteString(e.Operation)
		b.WriteString(": ")
	}
	b.WriteString("the request breaks ")
	if len(e.Violations) == 1 {
		b.WriteString("a rule: ")
		b.WriteString(e.Violations[0].String())
		return b.String()
	}
	fmt.Fprintf(&b, "%d rules:", len(e.Violations))
	for _, v := range e.Violations {
		b.WriteString("\n\t")
		b.WriteString(v.String())
	}
	return b.String()
}

// Is makes errors.Is(err, ErrInvalid) hold, as it does for a request that the server refuses.
func (e *ValidationError) Is(target error) bool { return target == ErrInvalid }

// Checker collects the violations of a request. A request without any costs no allocation: paths
// are put together only when a rule is broken.
//
//	var c rt.Checker
//	req.check(&c)
//	return c.Err()
type Checker struct {
	where      list[step]
	violations []Violation
}

// step is one step of the way to the value at hand.
type step struct {
	name  string
	key   string
	index int // -1: none
	keyed bool
}

// Enter goes to element i of the list at name; an empty name is the value at hand.
func (c *Checker) Enter(name string, i int) { c.where.add(step{name: name, index: i}) }

// EnterField goes to the member name.
func (c *Checker) EnterField(name string) { c.where.add(step{name: name, index: -1}) }

// EnterKey goes to the entry key of the map at name; an empty name is the value at hand.
func (c *Checker) EnterKey(name, key string) {
	c.where.add(step{name: name, index: -1, key: key, keyed: true})
}

// Leave goes back to where the last Enter came from.
func (c *Checker) Leave() { c.where.drop() }

// Fail records that the member field, or the value at hand if field is empty, breaks the rule.
func (c *Checker) Fail(field string, r *Rule, value any) {
	if r.Secret {
		value = Redacted
	}
	c.violations = append(c.violations, Violation{
		Path: c.path(field), Rule: r.ID, Message: r.Text, Limit: r.Limit,
		Value: value, Severity: r.Severity, Source: r.Source,
	})
}

// Err returns a [*ValidationError], or nil when no rule of severity error is broken.
func (c *Checker) Err() error {
	if !serious(c.violations) {
		return nil
	}
	return &ValidationError{Violations: c.violations}
}

func serious(violations []Violation) bool {
	for i := range violations {
		if violations[i].Severity == SeverityError {
			return true
		}
	}
	return false
}

func (c *Checker) path(field string) string {
	var b []byte
	for i := range c.where.n {
		s := c.where.at(i)
		b = appendMember(b, s.name)
		if s.keyed {
			b = append(strconv.AppendQuote(append(b, '['), s.key), ']')
		}
		if s.index >= 0 {
			b = append(strconv.AppendInt(append(b, '['), int64(s.index), 10), ']')
		}
	}
	return string(appendMember(b, field))
}

func appendMember(b []byte, name string) []byte {
	if name == "" {
		return b
	}
	if len(b) > 0 {
		b = append(b, '.')
	}
	return append(b, name...)
}

// validate runs the checks of a call. Errors that are not violations come back as they are.
func validate(op string, checks *list[func() error], without []string) error {
	var all *ValidationError
	for i := range checks.n {
		err := checks.at(i)()
		if err == nil {
			continue
		}
		var v *ValidationError
		if !errors.As(err, &v) {
			return err
		}
		if all == nil {
			all = &ValidationError{Operation: op}
		}
		for _, violation := range v.Violations {
			if !contains(without, violation.Rule) {
				all.Violations = append(all.Violations, violation)
			}
		}
	}
	if all == nil || !serious(all.Violations) {
		return nil
	}
	return all
}

func contains(list []string, s string) bool {
	for _, e := range list {
		if e == s {
			return true
		}
	}
	return false
}
