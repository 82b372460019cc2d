package cel

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/format"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/emit"
	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/rules/eval"
	"github.com/pantograph-go/pantograph/generator/internal/runtime"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// program is a generated client in a module of its own, with a main package that validates what it is given.
type program struct {
	dir string
	pkg *plan.Package
}

// generate writes a client of an API whose rules are given.
func generate(t *testing.T, api *model.API, subjects []*rules.Subject) *program {
	t.Helper()
	const home = "example.com/scratch/client"
	pkg, diags := plan.Build(api, plan.Options{Package: "client", ImportPath: home, Runtime: home + "/rt", Rules: subjects}, plan.NewLock())
	require.NotNil(t, pkg, "%v", diags)
	for _, d := range diags {
		require.NotEqual(t, "rule-not-checked", d.Code, d.String())
	}
	files, diags := emit.Files(pkg, nil)
	require.Empty(t, diags)
	p := &program{dir: t.TempDir(), pkg: pkg}
	p.write(t, "go.mod", []byte("module example.com/scratch\n\ngo 1.24.0\n"))
	for _, f := range files {
		if text, err := format.Source(f.Bytes); err == nil {
			p.write(t, "client/"+f.Path, text)
		} else {
			p.write(t, "client/"+f.Path, f.Bytes) // the compiler says what is wrong
		}
	}
	source := runtime.NewTree(os.DirFS("../../../rt"))
	packages, err := source.Packages()
	require.NoError(t, err)
	rt, err := source.Emit(packages, runtime.Prefix, home+"/rt")
	require.NoError(t, err)
	for _, f := range rt {
		p.write(t, "client/rt/"+f.Path, f.Bytes)
	}
	return p
}

func (p *program) write(t *testing.T, name string, text []byte) {
	file := filepath.Join(p.dir, filepath.FromSlash(name))
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
	require.NoError(t, os.WriteFile(file, text, 0o666))
}

// verdicts validates each of the values, all of one type, with the client's clock set, and returns the ids of the
// rules that each breaks. It makes a dry run of the one operation.
func (p *program) verdicts(t *testing.T, now time.Time, values []any) [][]string {
	t.Helper()
	method := p.pkg.Services[0].Methods[0]
	p.write(t, "main.go", []byte(strings.NewReplacer("SERVICE", p.pkg.Services[0].Field, "METHOD", method.Name, "TYPE", method.Request.Struct.Name,
		"NOW", fmt.Sprint(now.UnixNano())).Replace(validating)))
	var in bytes.Buffer
	for _, v := range values {
		require.NoError(t, json.NewEncoder(&in).Encode(v))
	}
	cmd := exec.Command("go", "run", ".")
	cmd.Dir, cmd.Env, cmd.Stdin = p.dir, append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod", "GOPROXY=off"), &in
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	require.NoError(t, cmd.Run(), "%s", problems.String())
	var verdicts [][]string
	for dec := json.NewDecoder(&out); dec.More(); {
		var ids []string
		require.NoError(t, dec.Decode(&ids))
		verdicts = append(verdicts, ids)
	}
	require.Len(t, verdicts, len(values))
	return verdicts
}

const validating = `package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"os"
	"time"

	"example.com/scratch/client"
)

func main() {
	now := time.Unix(0, NOW).UTC()
	c, err := client.New(client.WithEndpoint("https://example.com"), client.WithClock(func() time.Time { return now }))
	if err != nil {
		panic(err)
	}
	out := json.NewEncoder(os.Stdout)
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		req := new(client.TYPE)
		if err := json.Unmarshal(in.Bytes(), req); err != nil {
			panic(err)
		}
		var run client.DryRun
		err := c.SERVICE.METHOD(context.Background(), req, client.WithDryRun(&run))
		ids := []string{}
		if e := (*client.ValidationError)(nil); errors.As(err, &e) {
			for _, v := range e.Violations {
				if v.Path == "" { // what lies within is judged as well
					ids = append(ids, v.Rule)
				}
			}
		} else if !errors.Is(err, client.ErrDryRun) {
			panic(err)
		}
		if err := out.Encode(ids); err != nil {
			panic(err)
		}
	}
}
`

// condition is a random condition, and its opposite: a rule cannot tell what is false from what fails, two can.
type condition struct {
	text     string
	is, isNo *rules.Expr
}

// Generated validators, our evaluator and cel-go agree on random conditions and values: on what is true, what is
// false and what fails.
func TestGeneratedRulesMeanWhatTheyMeanInCEL(t *testing.T) {
	c, api := load(t, strings.Replace(everything, "requestBody: {content", "requestBody: {required: true, content", 1))
	self := c.types.Of(api.Schemas[0])
	r := rand.New(rand.NewPCG(7, 8))
	now := time.Date(2024, 5, 6, 7, 8, 9, 10, time.UTC)
	subject := &rules.Subject{Schema: api.Schemas[0], Type: self}
	var conditions []condition
	add := func(x *rules.Expr) {
		id := fmt.Sprintf("G-%d", len(subject.Rules))
		v := &model.Validation{ID: id, Severity: model.SeverityError}
		subject.Rules = append(subject.Rules, &rules.Rule{Keyword: "x-validations", Pos: api.Schemas[0].Pos, Stated: v, Cond: x})
	}
	for len(conditions) < 300 {
		g := &grammar{r: r}
		text := g.expr("bool", 1+r.IntN(4))
		x := c.translated(t, text, self)
		if x == nil || !x.Reads(rules.OpSelf) {
			continue
		}
		no := &rules.Expr{Op: rules.OpNot, Type: x.Type, Pos: x.Pos, Args: []*rules.Expr{x}}
		conditions = append(conditions, condition{text, x, no})
		add(x)
		add(no)
	}
	var values []any
	for range 40 {
		values = append(values, randomValue(r, self, 3))
	}
	verdicts := generate(t, api, []*rules.Subject{subject}).verdicts(t, now, values)
	seen := map[string]int{}
	for i, raw := range values {
		bound, err := eval.Bind(self, raw)
		require.NoError(t, err)
		for j, cond := range conditions {
			broken, brokenNo := slices.Contains(verdicts[i], fmt.Sprintf("G-%d", 2*j)), slices.Contains(verdicts[i], fmt.Sprintf("G-%d", 2*j+1))
			got := map[[2]bool]string{{false, true}: "true", {true, false}: "false", {true, true}: "fails"}[[2]bool{broken, brokenNo}]
			v, ok := eval.Value(cond.is, eval.Scope{Self: bound, Now: now})
			want := outcome(v, ok)
			seen[want]++
			if i%6 == 0 {
				v, ok := c.oracle(t, cond.text, self, bound, now)
				require.Equal(t, want, outcome(v, ok), cond.text)
			}
			if got != want {
				shown, _ := json.Marshal(raw)
				t.Errorf("%s\non %s\nis %s, and as Go %q", cond.text, shown, want, got)
				if seen["wrong"]++; seen["wrong"] > 5 {
					return
				}
			}
		}
	}
	t.Log(seen)
	for _, outcome := range []string{"true", "false", "fails"} {
		require.Greater(t, seen[outcome], len(conditions), outcome)
	}
}

func outcome(v any, ok bool) string {
	if !ok {
		return "fails"
	}
	return fmt.Sprint(v)
}

// translated is an expression as a tree; nil for one that is refused.
func (c *compiler) translated(t *testing.T, text string, self *rules.Type) *rules.Expr {
	checked := c.parse(model.Expression{Text: text}, self)
	require.NotNil(t, checked, "%s: %v", text, c.diags)
	tr := translator{ast: checked.NativeRep(), provider: c.provider, self: self, names: map[string]int{}}
	x := tr.expr(checked.NativeRep().Expr())
	if len(tr.diags) > 0 {
		return nil
	}
	return x
}
