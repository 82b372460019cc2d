package plan

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/generator/rt"
)

// matchForms has the runtime match, as generated code would.
func matchForms(text string, list []Form) bool {
	var out []rt.TextForm
	for _, f := range list {
		form := rt.TextForm{Open: f.Open}
		for _, p := range f.Parts {
			part := rt.TextPart{Text: p.Text, Least: p.Least, Most: p.Most}
			for _, r := range p.Class {
				for c := r.Lo; c <= min(r.Hi, 127); c++ {
					part.Class.ASCII[c>>6] |= 1 << (uint(c) & 63)
				}
				if r.Hi > 127 {
					part.Class.Runes = append(part.Class.Runes, rt.RuneRange{Lo: max(r.Lo, 128), Hi: r.Hi})
				}
			}
			form.Parts = append(form.Parts, part)
		}
		out = append(out, form)
	}
	return rt.MatchForms(text, out)
}

var (
	withForms    = []string{"^[a-z]{2,4}$", "^urn:[a-z0-9]{2,}$", "^a?b{0,2}c$", "^(foo|bar)-[0-9]+$", `^\**[^*]|^$`, "^[0-9]{4}-[0-9]{2}$", "^(ab)?x", "^$", "^[0-9]+-[0-9]+(/|$)", "^x{0}y$", "^[^a]*a", "^(a|ab)$"}
	withoutForms = []string{"[a-z]", "a$", "^[a-z]*[a-m]$", "^(ab)*$", "^(?i)ab$", "^(?:a|^)*$", `^a\b`, "^[a-z]+b?c$", "^$a"}
)

func TestPatternsWithForms(t *testing.T) {
	for _, expr := range withForms {
		_, ok := forms(expr)
		assert.True(t, ok, expr)
	}
	for _, expr := range withoutForms {
		_, ok := forms(expr)
		assert.False(t, ok, expr)
	}
}

// Forms match what the expression matches that they are of.
func FuzzForms(f *testing.F) {
	for _, expr := range append(withForms, withoutForms...) {
		for _, text := range []string{"", "a", "ab", "abc", "urn:a1", "foo-12", "bar-", "**x", "*", "2024-12", "1-2/", "1-2", "abx", "y", "ca", "\xff", "bbc"} {
			f.Add(expr, text)
		}
	}
	f.Fuzz(func(t *testing.T, expr, text string) {
		re, err := regexp.Compile(expr)
		if err != nil || len(expr) > 200 {
			return
		}
		if list, ok := forms(expr); ok {
			assert.Equal(t, re.MatchString(text), matchForms(text, list), "%q on %q: %+v", expr, text, list)
		}
	})
}
