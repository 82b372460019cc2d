package rt

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Rule is one documented rule on a request, as static data.
type Rule struct {
	ID       string // "CreateGroupRequest.Name.maxLength": the name for [WithoutRule]
	Text     string // "must have at most 64 characters"
	Limit    string // "64"; in static data it may stand in N alone
	Source   string // link to the place in the API reference
	Severity Severity
	Codes    []string // error codes by which the server reports it
	Secret   bool     // the value is never shown
	Test     Test     // what [Checker.Text] and its like test; other rules are code
	Of       Aspect   // what the rule looks at in the member that it is about, where data says which that is
	At       uint16   // which that is: its place in the description
	N        int      // the limit of Test
	Match    Matcher  // what texts must match
}

// Severity says what a broken rule means.
type Severity uint8

// The severities.
const (
	SeverityError   Severity = iota // the request is not sent
	SeverityWarning                 // told to the observers, and together with errors; does not stop the request
	SeverityServer                  // only the server can tell; nothing is checked
)

// Violation is one broken rule.
type Violation struct {
	Path     string // place in the body, or name of the parameter: "networks[2].id"
	Rule     string // id of the rule
	Message  string // "must have at most 64 characters"
	Limit    string
	Value    any // the offending value, of keywords about texts a string; [Redacted] for secrets
	Severity Severity
	Source   string   // link to the place in the API reference
	Codes    []string // error codes by which the server reports it, if they are known
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
//	return rt.Validate(req, inspect)
type Checker struct {
	where      steps
	violations []Violation
	clock      func() time.Time // nil: the system's
	now        time.Time        // zero: nobody has asked yet
}

// checkers are those that have nothing to do: a check is told where to record what it finds, so that is on no stack.
var checkers = sync.Pool{New: func() any { return new(Checker) }}

// Validate runs a check of a value. It returns a [*ValidationError], or nil when no rule of severity error is broken. See
// [Call.CheckValue].
//
//go:noinline
func Validate(v any, check func(v any, c *Checker)) error {
	c := checkers.Get().(*Checker)
	check(v, c)
	err := c.Err()
	*c = Checker{}
	checkers.Put(c)
	return err
}

// CheckAt runs a check by a clock of its own; nil is the system's.
func CheckAt(clock func() time.Time, check func(*Checker)) error {
	c := Checker{clock: clock}
	check(&c)
	return c.Err()
}

// Now returns the time of the client's clock, the same for all rules of a request.
func (c *Checker) Now() time.Time {
	if c.now.IsZero() {
		if c.now = time.Now(); c.clock != nil {
			c.now = c.clock()
		}
	}
	return c.now
}

// step is one step of the way to the value at hand.
type step struct {
	name  string
	key   string
	index int // -1: none
	keyed bool
}

// steps is a way, most of which are short enough to need no allocation.
type steps struct {
	first [4]step
	n     int
	more  []step
}

// next makes room for a step, which is yet that of another.
func (s *steps) next() *step {
	s.n++
	if s.n <= len(s.first) {
		return &s.first[s.n-1]
	}
	s.more = append(s.more, step{})
	return &s.more[len(s.more)-1]
}

func (s *steps) at(i int) *step {
	if i < len(s.first) {
		return &s.first[i]
	}
	return &s.more[i-len(s.first)]
}

func (s *steps) drop() {
	if s.n == 0 {
		return
	}
	s.n--
	if s.n >= len(s.first) {
		s.more = s.more[:s.n-len(s.first)]
	}
}

// Enter goes to element i of the list at name; an empty name is the value at hand.
//
//go:noinline
func (c *Checker) Enter(name string, i int) {
	s := c.where.next()
	s.name, s.index, s.keyed = name, i, false
}

// EnterField goes to the member name.
//
//go:noinline
func (c *Checker) EnterField(name string) {
	s := c.where.next()
	s.name, s.index, s.keyed = name, -1, false
}

// EnterKey goes to the entry key of the map at name; an empty name is the value at hand.
//
//go:noinline
func (c *Checker) EnterKey(name, key string) {
	s := c.where.next()
	s.name, s.index, s.key, s.keyed = name, -1, key, true
}

// Leave goes back to where the last Enter came from.
//
//go:noinline
func (c *Checker) Leave() { c.where.drop() }

// Fail records that the member field, or the value at hand if field is empty, breaks the rule. The value is the offending one, or a
// pointer to where it lies, which takes least code.
//
//go:noinline
func (c *Checker) Fail(field string, r *Rule, value any) { c.FailAs(field, r, value, "") }

// FailAs is Fail with a message of its own, in place of the text of the rule; an empty one is none.
func (c *Checker) FailAs(field string, r *Rule, value any, message string) {
	if message == "" {
		message = r.Text
	}
	if r.Secret {
		value = Redacted
	} else {
		value = pointed(value)
	}
	c.violations = append(c.violations, Violation{
		Path: c.path(field), Rule: r.ID, Message: message, Limit: r.limit(),
		Value: value, Severity: r.Severity, Source: r.Source, Codes: r.Codes,
	})
}

// pointed is what lies where a pointer leads, without the Opt around it: nil where none is set. Other values are as they are.
func pointed(p any) any {
	v := reflect.ValueOf(p)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return p
	}
	if _, ok := p.(interface{ IsAbsent() bool }); !ok {
		return v.Elem().Interface()
	}
	out := v.MethodByName("Get").Call(nil)
	if set := out[1].Bool(); !set {
		return nil
	}
	return out[0].Interface()
}

// Err returns a [*ValidationError], or nil when no rule of severity error is broken.
//
//go:noinline
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

// Given is what to show of a value that may be absent.
func Given[T any](v Opt[T]) any {
	if x, ok := v.Get(); ok {
		return x
	}
	return nil
}

// validate runs the checks of a call, but for the rules that are switched off. It returns what is to be told though
// the call goes on.
func (x *exchange) validate() (warnings []Violation, err error) {
	if len(x.call.checks) == 0 {
		return nil, nil
	}
	c := &Checker{clock: x.client.now}
	for i := range x.call.checks {
		x.call.checks[i].run(x.call.checks[i].value, c)
	}
	if without := x.cfg.withoutRules; len(without) > 0 {
		c.violations = slices.DeleteFunc(c.violations, func(v Violation) bool { return slices.Contains(without, v.Rule) })
	}
	if serious(c.violations) {
		return nil, &ValidationError{Operation: x.call.Operation.ID, Violations: c.violations}
	}
	return c.violations, nil
}
