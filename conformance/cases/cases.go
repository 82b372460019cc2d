// Package cases reads requests that people have judged: which rule each of them breaks, and where. The cases of a
// provider are YAML files in one folder:
//
//	bases:
//	  group: {operation: CreateScalingGroup, recording: huawei-CreateScalingGroup.json}
//	cases:
//	  - row: GRP-C-06
//	    base: group
//	    path: desire_instance_number
//	    reject: [{desire_instance_number: 11}]
//	    accept: [{desire_instance_number: 10}]
//
// A request is a base with changes: members of the body by their paths, query parameters with a question mark before
// their name, path parameters in braces. The tag !absent takes a member away; !text 257 is a text of so many
// characters, !bytes 1025 as many bytes in Base64. A folder may take over the cases of a provider that runs the same
// service: see sister.go.
package cases

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.yaml.in/yaml/v3"
)

// Verdict is what becomes of a request.
type Verdict string

// The verdicts.
const (
	Accept Verdict = "accept" // it breaks no rule but, if any, warnings of other rules
	Warn   Verdict = "warn"   // it is sent, and the rule is told
	Reject Verdict = "reject" // it is not sent, and the rule is the only reason
)

// Suite is what a folder holds.
type Suite struct {
	Now   time.Time // of the client's clock
	Bases map[string]Request
	Cases []Case
}

// Request is what a call sends.
type Request struct {
	Operation string
	Path      map[string]string // parameters of the path
	Query     map[string]string
	Body      any // numbers as json.Number; nil: none
}

// JSON is the body as it is sent.
func (r Request) JSON() ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	return json.Marshal(r.Body)
}

// Case is a rule, and requests on both sides of it.
type Case struct {
	At      string   // file and line
	Rows    []string // of the reference
	Rule    string   // the rule of the document
	Keyword string   // or the keyword of the value at Path
	Path    string   // where it is reported
	Also    []string // what else cannot but be broken with it
	Tries   []Try
}

// Try is one request and its verdict.
type Try struct {
	At      string
	Change  string // as it is written
	Verdict Verdict
	Request Request
}

// Load reads a folder. Recordings are files of another.
func Load(folder, recordings string) (*Suite, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	l := loader{recordings: recordings, suite: &Suite{Bases: map[string]Request{}}}
	for _, file := range files {
		if err := l.read(file); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	if err := l.borrow(); err != nil {
		return nil, err
	}
	for _, p := range l.pending { // bases may stand in other files
		c, err := l.judged(p)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.at, err)
		}
		l.suite.Cases = append(l.suite.Cases, c)
	}
	if len(l.suite.Cases) == 0 {
		return nil, errors.New(folder + ": no cases")
	}
	return l.suite, nil
}

// loader is the state of one Load.
type loader struct {
	recordings string
	suite      *Suite
	pending    []pending
	sisters    []sister
}

// base is how a base is written.
type base struct {
	Operation string            `yaml:"operation"`
	Recording string            `yaml:"recording"`
	Path      map[string]string `yaml:"path"`
	Query     map[string]string `yaml:"query"`
	Body      yaml.Node         `yaml:"body"`
}

// pending is how a case is written.
type pending struct {
	Row     string      `yaml:"row"`
	Rows    []string    `yaml:"rows"`
	Rule    string      `yaml:"rule"`
	Keyword string      `yaml:"keyword"`
	Base    string      `yaml:"base"`
	Path    string      `yaml:"path"`
	Also    []string    `yaml:"also"`
	Reject  []yaml.Node `yaml:"reject"`
	Warn    []yaml.Node `yaml:"warn"`
	Accept  []yaml.Node `yaml:"accept"`

	at string
}

func (l *loader) read(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var content struct {
		Now    string          `yaml:"now"`
		Bases  map[string]base `yaml:"bases"`
		Cases  []yaml.Node     `yaml:"cases"`
		Sister *sister         `yaml:"sister"`
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&content); err != nil {
		return err
	}
	if content.Now != "" {
		if l.suite.Now, err = time.Parse(time.RFC3339, content.Now); err != nil {
			return err
		}
	}
	for name, b := range content.Bases {
		if _, taken := l.suite.Bases[name]; taken {
			return fmt.Errorf("the base %s is there twice", name)
		}
		if l.suite.Bases[name], err = l.request(b); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if content.Sister != nil {
		content.Sister.file = file
		l.sisters = append(l.sisters, *content.Sister)
	}
	for _, n := range content.Cases {
		p := pending{at: place(file, n)}
		if err := strict(n, &p); err != nil {
			return fmt.Errorf("line %d: %w", n.Line, err)
		}
		l.pending = append(l.pending, p)
	}
	return nil
}

// strict decodes a node whose members are all known.
func strict(n yaml.Node, into any) error {
	text, err := yaml.Marshal(&n)
	if err != nil {
		return err
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	return decoder.Decode(into)
}

func place(file string, n yaml.Node) string { return fmt.Sprintf("%s:%d", filepath.Base(file), n.Line) }

func (l *loader) request(b base) (Request, error) {
	r := Request{Operation: b.Operation, Path: b.Path, Query: b.Query}
	switch {
	case b.Operation == "":
		return r, errors.New("no operation")
	case !b.Body.IsZero() && b.Recording != "":
		return r, errors.New("a body and a recording")
	case !b.Body.IsZero():
		r.Body = value(&b.Body)
	case b.Recording != "":
		var recorded struct {
			Request struct{ Body json.RawMessage }
		}
		text, err := os.ReadFile(filepath.Join(l.recordings, b.Recording))
		if err == nil {
			err = json.Unmarshal(text, &recorded)
		}
		if err != nil {
			return r, err
		}
		r.Body, err = decoded(recorded.Request.Body)
		if err != nil {
			return r, err
		}
	}
	return r, nil
}

// decoded is JSON with its numbers as they are written.
func decoded(text []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var v any
	return v, decoder.Decode(&v)
}

func (l *loader) judged(p pending) (Case, error) {
	c := Case{At: p.at, Rows: p.Rows, Rule: p.Rule, Keyword: p.Keyword, Path: p.Path, Also: p.Also}
	if p.Row != "" {
		c.Rows = append([]string{p.Row}, p.Rows...)
	}
	if c.Rule == "" && c.Keyword == "" && len(c.Rows) > 0 {
		c.Rule = c.Rows[0]
	}
	from, known := l.suite.Bases[p.Base]
	if !known {
		return c, fmt.Errorf("there is no base %q", p.Base)
	}
	if len(c.Rows) == 0 || len(p.Reject)+len(p.Warn)+len(p.Accept) == 0 {
		return c, errors.New("a case of nothing")
	}
	for _, list := range []struct {
		verdict Verdict
		changes []yaml.Node
	}{{Reject, p.Reject}, {Warn, p.Warn}, {Accept, p.Accept}} {
		for _, n := range list.changes {
			r, err := from.changed(&n)
			if err != nil {
				return c, err
			}
			text, err := yaml.Marshal(&n)
			if err != nil {
				return c, err
			}
			c.Tries = append(c.Tries, Try{At: p.at, Change: string(bytes.TrimSpace(text)), Verdict: list.verdict, Request: r})
		}
	}
	return c, nil
}
