package cases

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// sister says which cases of another provider hold for this one too. Files are named relative to the one that says so.
//
//	sister:
//	  folder: ../../../huaweicloud/testdata/cases
//	  recordings: ../../../huaweicloud/recordings
//	  rows: ../../rules-map.json    # its scopes, but for other: the rows that this reference has
//	  without:
//	    - {case: GRP-C-03 pattern, reason: names are of ASCII letters here}
//
// A base that both have is this one's.
type sister struct {
	Folder     string    `yaml:"folder"`
	Recordings string    `yaml:"recordings"`
	Rows       string    `yaml:"rows"`
	Without    []without `yaml:"without"`

	file string
}

// without leaves out cases: those with a name (a rule, or a row and a keyword: "GRP-C-02 pattern"), those of a base, or, with
// part of a change, single requests of them.
type without struct {
	Case   string `yaml:"case"`
	Base   string `yaml:"base"`
	Change string `yaml:"change"`
	Reason string `yaml:"reason"`

	used bool
}

// leaves reports whether a case is meant.
func (w *without) leaves(p pending) bool {
	if w.Case != "" && w.Case != p.name() || w.Base != "" && w.Base != p.Base {
		return false
	}
	return w.Case != "" || w.Base != ""
}

// name is how a case is left out.
func (p pending) name() string {
	first := p.Row
	if first == "" && len(p.Rows) > 0 {
		first = p.Rows[0]
	}
	switch {
	case p.Keyword != "":
		return first + " " + p.Keyword
	case p.Rule != "":
		return p.Rule
	}
	return first
}

// borrow adds the cases of sisters.
func (l *loader) borrow() error {
	for _, s := range l.sisters {
		at := func(name string) string { return filepath.Join(filepath.Dir(s.file), filepath.FromSlash(name)) }
		rows, err := scopes(at(s.Rows))
		if err != nil {
			return err
		}
		files, err := filepath.Glob(filepath.Join(at(s.Folder), "*.yaml"))
		if err != nil {
			return err
		}
		theirs := loader{recordings: at(s.Recordings), suite: &Suite{Bases: map[string]Request{}}}
		for _, file := range files {
			if err := theirs.read(file); err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
		}
		if l.suite.Now.IsZero() {
			l.suite.Now = theirs.suite.Now
		}
		if err := l.take(theirs, rows, s.Without); err != nil {
			return fmt.Errorf("%s: %w", s.file, err)
		}
	}
	return nil
}

// scopes are the rows of this reference that a map of rules lists.
func scopes(file string) (map[string]bool, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var rules struct {
		Scopes map[string][]string `json:"scopes"`
	}
	rows := map[string]bool{}
	err = json.Unmarshal(text, &rules)
	delete(rules.Scopes, "other") // rows about the sister only
	for _, scope := range rules.Scopes {
		for _, row := range scope {
			rows[row] = true
		}
	}
	return rows, err
}

// take adds the cases of rows that both references have, with their bases.
func (l *loader) take(theirs loader, rows map[string]bool, leaving []without) error {
	for _, p := range theirs.pending {
		if both := slices.Concat([]string{p.Row}, p.Rows); !slices.ContainsFunc(both, func(row string) bool { return rows[row] }) {
			continue
		}
		left := false
		for i := range leaving {
			w := &leaving[i]
			if !w.leaves(p) {
				continue
			}
			if w.Change == "" {
				left, w.used = true, true
				continue
			}
			for _, list := range []*[]yaml.Node{&p.Reject, &p.Warn, &p.Accept} {
				*list = slices.DeleteFunc(*list, func(n yaml.Node) bool {
					text, err := yaml.Marshal(&n)
					found := err == nil && strings.Contains(string(text), w.Change)
					w.used = w.used || found
					return found
				})
			}
			left = left || len(p.Reject)+len(p.Warn)+len(p.Accept) == 0
		}
		if left {
			continue
		}
		if _, ours := l.suite.Bases[p.Base]; !ours {
			l.suite.Bases[p.Base] = theirs.suite.Bases[p.Base]
		}
		l.pending = append(l.pending, p)
	}
	for _, w := range leaving {
		if !w.used || w.Reason == "" {
			return fmt.Errorf("without %s%s: nothing is left out, or there is no reason", w.Case, w.Base)
		}
	}
	return nil
}
