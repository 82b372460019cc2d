package generator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/rules/schematest"
)

// subject is a schema, as text, and the values that a generated type is to judge.
type subject struct {
	schema string
	values []json.RawMessage
}

// verdict is what a generated type says of a value: it is decoded strictly, then validated.
type verdict struct {
	Type       string   // Go type of the value
	Deviations []string // codes of what strict decoding found
	Broken     []string // rules
	Err        string   // anything else that went wrong
}

// valid reports whether nothing is wrong with the value, but for what is ignored of decoding.
func (v verdict) valid() bool { return len(v.Deviations)+len(v.Broken) == 0 && v.Err == "" }

// only reports whether the deviations are of these kinds alone, and nothing else is wrong.
func (v verdict) only(codes ...string) bool {
	for _, d := range v.Deviations {
		if !strings.Contains(strings.Join(codes, " "), d) {
			return false
		}
	}
	return len(v.Deviations) > 0 && len(v.Broken) == 0 && v.Err == ""
}

const verdictDriver = `package client

import (
	"bufio"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"

	"example.com/m/client/rt"
	"example.com/m/client/rt/json"
)

type verdict struct {
	Type               string
	Deviations, Broken []string
	Err                string
}

type holder interface {
	ref() json.Ref
	Validate() error
}

func judge(v holder, data []byte) (out verdict) {
	defer func() {
		if p := recover(); p != nil {
			out.Err = fmt.Sprint(p)
		}
	}()
	err := json.DecodeStrict(data, v.ref())
	var found *json.DeviationError
	if errors.As(err, &found) {
		for _, d := range found.Deviations {
			out.Deviations = append(out.Deviations, string(d.Code))
		}
	} else if err != nil {
		out.Err = err.Error()
	}
	out.Type = "constant"
	if held := reflect.ValueOf(v).Elem().FieldByName("V"); held.IsValid() {
		out.Type = held.Type().String()
	}
	var broken *rt.ValidationError
	if err := v.Validate(); errors.As(err, &broken) {
		for _, r := range broken.Violations {
			out.Broken = append(out.Broken, r.Rule+" at "+r.Path)
		}
	} else if err != nil {
		out.Err = err.Error()
	}
	return out
}

// Run judges values, one a line.
func Run() error {
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	defer out.Flush()
	dec, enc := stdjson.NewDecoder(in), stdjson.NewEncoder(out)
	for dec.More() {
		var line struct {
			Of   int
			Data stdjson.RawMessage
		}
		if err := dec.Decode(&line); err != nil {
			return err
		}
		if err := enc.Encode(subjects[line.Of](line.Data)); err != nil {
			return err
		}
	}
	return nil
}
`

// verdicts generates a type for each subject, builds them once and gives them the values.
func verdicts(t *testing.T, settings string, subjects []subject) [][]verdict {
	t.Helper()
	t.Chdir(t.TempDir())
	put(t, "go.mod", "module example.com/m\n\ngo 1.24.0\n")
	schemas, paths := map[string]any{}, map[string]any{}
	var table strings.Builder
	table.WriteString("package client\n\nvar subjects = []func(data []byte) verdict{\n")
	for i, s := range subjects {
		name, holder := fmt.Sprintf("Subject%d", i), fmt.Sprintf("Holder%d", i)
		schemas[name] = schematest.Moved(schematest.Decode(t, []byte(s.schema)), "#/components/schemas/"+name)
		ref := func(name string) any { return map[string]any{"$ref": "#/components/schemas/" + name} }
		schemas[holder] = map[string]any{"type": "object", "required": []any{"v"}, "properties": map[string]any{"v": ref(name)}}
		paths["/"+name] = map[string]any{"post": map[string]any{
			"operationId": "do" + name, "responses": map[string]any{"204": map[string]any{"description": "done"}},
			"requestBody": map[string]any{"required": true, "content": map[string]any{"application/json": map[string]any{"schema": ref(holder)}}}}}
		fmt.Fprintf(&table, "\tfunc(data []byte) verdict { v := new(%s); return judge(v, data) },\n", holder)
	}
	document, err := json.Marshal(map[string]any{
		"openapi": "3.1.1", "info": map[string]any{"title": "T", "version": "1"}, "servers": []any{map[string]any{"url": "https://example.com"}},
		"paths": paths, "components": map[string]any{"schemas": schemas}})
	require.NoError(t, err)
	put(t, "spec/openapi.json", string(document))
	put(t, "client/pantograph.yaml", "specs: [../spec/openapi.json]\npackage: client\ntest: false\n"+settings)
	pantograph(t, 0, "gen", "client")
	put(t, "client/verdict.go", verdictDriver)
	put(t, "client/subjects.go", table.String()+"}\n")
	put(t, "main.go", "package main\n\nimport \"example.com/m/client\"\n\nfunc main() {\n\tif err := client.Run(); err != nil {\n\t\tpanic(err)\n\t}\n}\n")
	return runVerdicts(t, subjects)
}

// runVerdicts builds and runs the program.
func runVerdicts(t *testing.T, subjects []subject) [][]verdict {
	t.Helper()
	build := exec.Command("go", "build", "-o", "judge", ".")
	build.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "GOPROXY=off")
	text, err := build.CombinedOutput()
	require.NoError(t, err, string(text))
	var in bytes.Buffer
	enc := json.NewEncoder(&in)
	for i, s := range subjects {
		for _, v := range s.values {
			require.NoError(t, enc.Encode(map[string]any{"Of": i, "Data": map[string]any{"v": v}}))
		}
	}
	var stderr bytes.Buffer
	run := exec.Command("./judge")
	run.Stdin, run.Stderr = &in, &stderr
	out, err := run.Output()
	require.NoError(t, err, stderr.String())
	dec := json.NewDecoder(bytes.NewReader(out))
	all := make([][]verdict, len(subjects))
	for i, s := range subjects {
		for range s.values {
			var v verdict
			require.NoError(t, dec.Decode(&v))
			all[i] = append(all[i], v)
		}
	}
	return all
}
